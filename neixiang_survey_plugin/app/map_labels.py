"""What may be written on the map: names of roads, sites and greens, and what a main is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from neixiang_survey_plugin.app.map_layers import LOOK_FIELDS, UNKNOWN
from neixiang_survey_plugin.app.map_levels import Floats
from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY, chinese_word

_SAMPLES = 25  # points of a middle line
_ENDS_OFF = 2  # of them at each end, where the corners of a strip bend it


@dataclass(frozen=True, eq=False)
class Named:
    """The features of one look that have something to say, with a box each, in grid metres.

    ``is_name`` where it is what the data calls them, which is the same in every language.
    """

    layer: str
    look: str
    geometry: Geometries
    boxes: Floats
    rows: NDArray[np.intp]
    say: Callable[[int], str]
    is_name: bool = True

    def seen(self, box: Box, least_m: float) -> NDArray[np.intp]:
        """Those in the box whose own box is wide or high enough, the largest first."""
        west, south, east, north = box
        low_e, low_n, high_e, high_n = self.boxes.T
        size_m = np.hypot(high_e - low_e, high_n - low_n)
        meet = (low_e <= east) & (high_e >= west) & (low_n <= north) & (high_n >= south)
        found = np.flatnonzero(meet & (size_m >= least_m))
        return found[np.argsort(-size_m[found], kind="stable")]


def named_features(tables: Mapping[str, FeatureTable]) -> tuple[Named, ...]:
    """What can be labelled, layer by layer and look by look."""
    return tuple(
        named
        for name, table in tables.items()
        if name in _SAYING
        for named in _by_look(name, table)
    )


def middle_line(geometry: Geometry) -> Floats:
    """The line along which a strip such as a road or a river runs, as coordinates.

    A line is its own. For an area: the mean of its two long sides, which part at the two corners
    that lie farthest from each other; the ends, where it would bend, are left off.
    """
    if shapely.get_dimensions(geometry) == 1:
        return np.asarray(shapely.get_coordinates(geometry), dtype=np.float64)
    ring = shapely.get_coordinates(shapely.get_exterior_ring(geometry))[:-1]
    first = int(np.argmax(np.hypot(*(ring - ring.mean(axis=0)).T)))
    ring = np.roll(ring, -first, axis=0)
    other = int(np.argmax(np.hypot(*(ring - ring[0]).T)))
    there, back = ring[: other + 1], np.concatenate([ring[other:], ring[:1]])[::-1]
    middle: Floats = (_evenly(there) + _evenly(back)) / 2
    return middle[_ENDS_OFF:-_ENDS_OFF]


def _evenly(chain: Floats) -> Floats:
    """Points at equal distances along a chain."""
    done = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(chain, axis=0).T))])
    at = np.linspace(0.0, done[-1], _SAMPLES)
    return np.stack([np.interp(at, done, chain[:, 0]), np.interp(at, done, chain[:, 1])], axis=1)


def _by_look(name: str, table: FeatureTable) -> Iterator[Named]:
    field = LOOK_FIELDS.get(name)
    looks = table.columns[field] if field else np.full(len(table), UNKNOWN, dtype=object)
    says = _SAYING[name](table)
    speaking = _speaking(name, table)[table.feature]
    for look in dict.fromkeys(looks):
        parts = np.flatnonzero((looks == look)[table.feature] & speaking)
        geometry, rows = table.geometry[parts], table.feature[parts]
        boxes, is_name = shapely.bounds(geometry), _SAYING[name] is _names
        yield Named(name, look or UNKNOWN, geometry, boxes, rows, says, is_name)


def _speaking(name: str, table: FeatureTable) -> NDArray[np.bool_]:
    if name in ("pipelines", "plan_lines"):
        return np.ones(len(table), dtype=np.bool_)
    return np.array([bool(words) for words in table.columns["name"]], dtype=np.bool_)


def _names(table: FeatureTable) -> Callable[[int], str]:
    return lambda row: str(table.columns["name"][row])


def _mains(table: FeatureTable) -> Callable[[int], str]:
    """给水 DN200, 电力 10 kV, or the utility alone where neither is known."""

    def say(row: int) -> str:
        utility = table.columns["utility"][row]
        words = [chinese_word(PIPELINE_UTILITY, utility)] if utility else []
        diameter_mm = float(table.columns["diameter_mm"][row])
        voltage_kv = table.columns.get("voltage_kv")
        if utility == "power" and voltage_kv is not None and not np.isnan(voltage_kv[row]):
            words.append(f"{voltage_kv[row]:g} kV")
        elif not np.isnan(diameter_mm):
            words.append(f"DN{diameter_mm:g}")
        return " ".join(words)

    return say


def _planned(table: FeatureTable) -> Callable[[int], str]:
    say = _mains(table)
    return lambda row: f"规划{say(row)}"


_SAYING: Mapping[str, Callable[[FeatureTable], Callable[[int], str]]] = {
    "roads": _names,
    "green_spaces": _names,
    "control_areas": _names,
    "sites": _names,
    "pipelines": _mains,
    "plan_lines": _planned,
}
