"""The shifted coordinates of Chinese web maps, GCJ-02 and BD-09, and the way back from them."""

# Source: the formulas that are published everywhere for these shifts, among them in "Restrictions
# on geographic data in China" (Wikipedia) and in the coordinate pages of the web maps' own
# documentation. GCJ-02 has no official public text: it serves to recognise a shifted layer, and
# to undo the shift where somebody decides so. The way back is found by iteration, to a millimetre.

from __future__ import annotations

import enum
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The shift is computed on Krassovsky's ellipsoid.
_SEMI_MAJOR_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_CENTRE = np.array([105.0, 35.0])
_BD_STEP = np.array([0.0065, 0.006])
_BD_ANGLE = np.pi * 3000.0 / 180.0
_ROUNDS = 30
_CLOSE_DEG = 1e-9  # a tenth of a millimetre


class WebShift(enum.Enum):
    """Whose shift coordinates carry."""

    GCJ02 = "gcj02"
    BD09 = "bd09"


def shifted(lon_lat: Floats, shift: WebShift) -> Floats:
    """Where a web map shows true places (n, 2; degrees, longitude first)."""
    on_gcj = lon_lat + _gcj_offset(lon_lat)
    return on_gcj if shift is WebShift.GCJ02 else _gcj_to_bd(on_gcj)


def unshifted(lon_lat: Floats, shift: WebShift) -> Floats:
    """The true places (n, 2; degrees) of those that a web map shows; the inverse of ``shifted``."""
    return _inverse(lambda true: shifted(true, shift), lon_lat)


def _inverse(forward: Callable[[Floats], Floats], wanted: Floats) -> Floats:
    guess = wanted.copy()
    for _ in range(_ROUNDS):
        miss = wanted - forward(guess)
        guess = guess + miss
        if not (np.abs(miss) > _CLOSE_DEG).any():
            break
    return guess


def _gcj_offset(lon_lat: Floats) -> Floats:
    x, y = (lon_lat - _CENTRE).T
    root, product, ripple = np.sqrt(np.abs(x)), x * y, _waves(x, (6, 20), (2, 20))
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
    east_m = east_m + ripple + _waves(x, (1, 20), (1 / 3, 40)) + _waves(x, (1 / 12, 150))
    east_m = east_m + _waves(x, (1 / 30, 300))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
    north_m = north_m + ripple + _waves(y, (1, 20), (1 / 3, 40)) + _waves(y, (1 / 12, 160))
    north_m = north_m + _waves(y, (1 / 30, 320))
    lat = np.radians(lon_lat[:, 1])
    w_squared = 1 - _ECCENTRICITY_SQUARED * np.sin(lat) ** 2
    parallel_m = _SEMI_MAJOR_M / np.sqrt(w_squared) * np.cos(lat)
    meridian_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / w_squared**1.5
    offset: Floats = np.degrees(np.column_stack([east_m / parallel_m, north_m / meridian_m]))
    return offset


def _waves(along: Floats, *parts: tuple[float, float]) -> Floats:
    """Two thirds of some sine waves: (half turns a degree, amplitude)."""
    total = sum(high * np.sin(turns * np.pi * along) for turns, high in parts)
    return np.asarray(total) * 2 / 3


def _gcj_to_bd(on_gcj: Floats) -> Floats:
    x, y = on_gcj.T
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_ANGLE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_ANGLE)
    turned = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    on_bd: Floats = turned + _BD_STEP
    return on_bd
