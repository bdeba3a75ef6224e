"""From a layer's own coordinate system into the county grid."""

# pyproj is imported where a system has to be looked up: equal EPSG codes need none.

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.errors import SurveyError

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

Floats = NDArray[np.float64]

# WGS 84 and CGCS2000 name the same place to some centimetres, and their ellipsoids differ by a
# tenth of a millimetre; Xian 1980 and Beijing 1954 lie about 100 m off and must not pass.
_SAME_ELLIPSOID_M = 0.001


@lru_cache(maxsize=64)
def look_up_crs(crs: str) -> CRS:
    """The system of a code, WKT or PROJ text; SurveyError when PROJ does not know it."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(crs)
    except CRSError:
        raise SurveyError(f"不认识坐标系“{_short(crs)}”；请写 EPSG 编号，如 EPSG:4546") from None


@lru_cache(maxsize=64)  # of a Shapefile's WKT: 8 ms each time, asked for each way to read a layer
def epsg_of(crs: str) -> int | None:
    """The EPSG code of a system, None where the register has none like it.

    SurveyError when PROJ does not know the text.
    """
    code: int | None = look_up_crs(crs).to_epsg()
    return code


def crs_name(crs: str) -> str:
    """How a message names a system: its EPSG code and its own name where there is one."""
    code, name = epsg_of(crs), look_up_crs(crs).name
    return f"EPSG:{code}（{name}）" if code else str(name)


def is_known_crs(crs: str | None) -> bool:
    """Whether coordinates in a system have a place on Earth; SurveyError for an unknown text."""
    if crs is None:
        return False
    return crs.upper().startswith("EPSG:") or not look_up_crs(crs).is_engineering


@lru_cache(maxsize=64)
def is_same_crs(crs: str, epsg: int) -> bool:
    """Whether a system is the one of an EPSG code, whatever order its axes are listed in."""
    if crs.upper() == f"EPSG:{epsg}":
        return True
    target = look_up_crs(f"EPSG:{epsg}")
    return epsg_of(crs) == epsg or look_up_crs(crs).equals(target, ignore_axis_order=True)


def to_county_grid(coordinates: Floats, crs: str, epsg: int) -> Floats:
    """Coordinates (n, 2), east or longitude first, in the county grid (metres).

    What has no place on the grid comes out as inf. SurveyError when the two systems rest on
    different datums for which PROJ has no transformation.
    """
    if is_same_crs(crs, epsg):
        return coordinates
    transformer = _transformer(crs, epsg)
    return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))


def from_county_grid(coordinates: Floats, epsg: int) -> Floats:
    """Coordinates (n, 2) of the county grid as longitude and latitude, EPSG:4326, in degrees.

    CGCS2000 and WGS 84 name the same place to some centimetres: nothing is shifted.
    """
    if not len(coordinates):
        return coordinates
    transformer = _transformer("EPSG:4326", epsg)
    lon, lat = transformer.transform(coordinates[:, 0], coordinates[:, 1], direction="INVERSE")
    return np.column_stack((lon, lat))


@lru_cache(maxsize=64)
def _transformer(crs: str, epsg: int) -> Transformer:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    source, target = look_up_crs(crs), look_up_crs(f"EPSG:{epsg}")
    # allow_ballpark: PROJ otherwise leaves an unknown shift of datum out without a word.
    may_skip_datum = _same_ellipsoid(source, target)
    try:
        return Transformer.from_crs(source, target, always_xy=True, allow_ballpark=may_skip_datum)
    except ProjError:
        raise SurveyError(
            f"{crs_name(crs)}与 {crs_name(f'EPSG:{epsg}')}的基准不同，没有公开的精确转换；"
            "请先用本地转换参数把数据转到县的坐标系"
        ) from None


def _same_ellipsoid(one: Any, other: Any) -> bool:
    axes = [
        (system.ellipsoid.semi_major_metre, system.ellipsoid.semi_minor_metre)
        for system in (one, other)
    ]
    return bool(np.allclose(axes[0], axes[1], rtol=0.0, atol=_SAME_ELLIPSOID_M))


def _short(crs: str) -> str:
    return crs if len(crs) <= 60 else f"{crs[:57]}..."
