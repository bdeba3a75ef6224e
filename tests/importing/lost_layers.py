"""Random layers within Henan in fourteen systems, each with its true place beside it.

What moves them is PROJ and published formulas, written here a second time: nothing of the program
that finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.app.importing.where_landmarks import landmarks
from neixiang_survey_plugin.app.importing.where_reading import Reading
from neixiang_survey_plugin.app.importing.where_web_maps import WebShift, shifted
from neixiang_survey_plugin.io.importing.where import Home, place_by
from neixiang_survey_plugin.io.placement import box_of

Shapes = NDArray[Any]
Move = Callable[[Shapes, "Town", np.random.Generator], Shapes]

HENAN = (110.5, 31.6, 116.4, 36.2)
AWAY = np.array([2311.7, -1877.3])
KINDS = ("roads", "some_roads", "one_road", "centre_lines", "pipelines", "greens", "buildings")


@dataclass(frozen=True, eq=False)
class Town:
    """A made-up county seat on its own grid."""

    epsg: int
    centre: tuple[float, float]
    layers: dict[str, Shapes]


@dataclass(frozen=True, eq=False)
class Lost:
    """A layer as a file would hold it, where it truly lies, and what the file says."""

    town: Town
    home: Home
    kind: str
    system: str
    numbers: Shapes
    truth: Shapes
    declared: str | None
    says: str  # nothing, truth, lie
    knows: str  # roads, buildings, nothing: what the county has already


def lost_layers(count: int, seed: int = 8, towns: int = 40) -> list[Lost]:
    """So many random layers, the same ones for the same seed; system after system."""
    random = np.random.default_rng(seed)
    made = [_town(random, regular=number % 4 == 0) for number in range(towns)]
    names = list(SYSTEMS)
    return [_lose(made[n % towns], names[n % len(names)], random) for n in range(count)]


def _lose(town: Town, system: str, random: np.random.Generator) -> Lost:
    kind = str(random.choice(KINDS))
    truth = _layer(town, kind, random)
    numbers = SYSTEMS[system](truth, town, random)
    says = str(random.choice(["nothing", "truth", "lie"], p=[0.4, 0.25, 0.35]))
    declared = {"nothing": None, "truth": _code(system, town), "lie": _lie(system, town, random)}
    knows = str(random.choice(["roads", "buildings", "nothing"], p=[0.7, 0.1, 0.2]))
    home = _home(town, knows)
    return Lost(town, home, kind, system, numbers, truth, declared[says], says, knows)


@lru_cache(maxsize=256)
def _home(town: Town, knows: str) -> Home:
    if knows == "nothing":
        return Home(town.epsg)
    known = town.layers[knows]
    streets = known if knows == "roads" else known[:0]
    return Home(town.epsg, box_of([known]), landmarks([known], streets))


def _town(random: np.random.Generator, regular: bool) -> Town:
    lon, lat = random.uniform(HENAN[:2], HENAN[2:])
    epsg = 4534 + (round(lon / 3) * 3 - 75) // 3
    east, north = _transformer(4490, epsg).transform(lon, lat)
    block = random.uniform(120, 260)
    count = int(random.integers(3, 9))
    turn = 0.0 if regular else random.uniform(0, np.pi / 2)
    bend = 0.0 if regular else 0.12 * block
    cells = [(column, row) for column in range(count) for row in range(count)]
    axes, roads, greens, buildings = [], [], [], []
    for column, row in cells:
        width = 20.0 if regular else random.uniform(8, 40)
        for axis in (0, 1):
            at = np.linspace(0, 1, 2 if regular else int(random.integers(4, 9)))
            line = np.column_stack([at * block, bend * np.sin(np.pi * at) * random.uniform(-1, 1)])
            start = (column * block, row * block)
            line = (line if axis == 0 else line[:, ::-1]) + start
            axes.append(shapely.linestrings(line))
            roads.append(shapely.buffer(axes[-1], width / 2, cap_style="flat"))
        low = np.array([column, row]) * block + width / 2 + bend
        greens.append(shapely.box(*low, *(low + random.uniform(5, 15, 2))))
        size = random.uniform(12, 50, 2)
        buildings.append(shapely.box(*(low + 18), *(low + 18 + size)))
    layers = {"axes": axes, "roads": roads, "greens": greens, "buildings": buildings}
    turned = {name: _turned(shapes, turn, (east, north)) for name, shapes in layers.items()}
    return Town(epsg, (east, north), turned)


def _turned(shapes: list[Any], turn: float, to: tuple[float, float]) -> Shapes:
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    moved: Shapes = shapely.transform(np.array(shapes), lambda points: points @ matrix + to)
    return moved


def _layer(town: Town, kind: str, random: np.random.Generator) -> Shapes:
    roads = town.layers["roads"]
    if kind in town.layers:
        return town.layers[kind]
    if kind == "one_road":
        return roads[[random.integers(len(roads))]]
    if kind == "some_roads":  # some of the county's, some new ones a good way off
        kept = roads[random.permutation(len(roads))[: max(3, len(roads) // 3)]]
        new = shapely.transform(kept[: len(kept) // 2], lambda p: p + AWAY)
        return np.concatenate([kept, new])
    axes = town.layers["axes"]
    if kind == "centre_lines":  # digitised by somebody else
        return shapely.transform(axes, lambda p: p + random.normal(0, 1.5, p.shape))
    return shapely.offset_curve(axes, float(random.uniform(-3, 3)))


@lru_cache(maxsize=256)
def _transformer(source: int, target: int | str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _through(shapes: Shapes, source: int, target: int | str) -> Shapes:
    step = _transformer(source, target)
    return shapely.transform(shapes, lambda p: np.column_stack(step.transform(*p.T)))


def _zone(town: Town, degrees: int) -> int:
    """The number of the zone in which the town lies."""
    lon = _transformer(town.epsg, 4490).transform(*town.centre)[0]
    return round(lon / 3) if degrees == 3 else int(lon // 6) + 1


def _meridian(town: Town, degrees: int) -> int:
    return _zone(town, 3) * 3 if degrees == 3 else _zone(town, 6) * 6 - 3


def _old(shapes: Shapes, town: Town, ellipsoid: str, step_m: NDArray[np.float64]) -> Shapes:
    x, y, z = step_m
    longitude = _meridian(town, 3)
    pipeline = Transformer.from_pipeline(
        f"+proj=pipeline +step +inv +proj=tmerc +lon_0={longitude} +x_0=500000 +ellps=GRS80 "
        f"+step +proj=cart +ellps=GRS80 +step +proj=helmert +x={x} +y={y} +z={z} "
        f"+step +inv +proj=cart +ellps={ellipsoid} "
        f"+step +proj=tmerc +lon_0={longitude} +x_0=500000 +ellps={ellipsoid}"
    )
    own = _through(shapes, town.epsg, 4534 + (longitude - 75) // 3)

    def move(points: Any) -> Any:
        return np.column_stack(pipeline.transform(*points.T, np.zeros(len(points)))[:2])

    moved: Shapes = shapely.transform(own, move)
    return moved


def _beijing(shapes: Shapes, town: Town, random: np.random.Generator) -> Shapes:
    # Beijing 1954 to WGS 84 in the basin of Ordos, EPSG:15921, somewhat changed.
    step = np.array([-12.646, 155.176, 80.863]) + random.uniform(-8, 8, 3)
    return _old(shapes, town, "krass", step)


def _xian(shapes: Shapes, town: Town, random: np.random.Generator) -> Shapes:
    step = random.normal(0, 1, 3)
    return _old(shapes, town, "IAU76", step / np.linalg.norm(step) * random.uniform(60, 140))


def _local(shapes: Shapes, town: Town, random: np.random.Generator) -> Shapes:
    east, north = town.centre
    steps = (
        (-500_000.0, -3_000_000.0),
        (-np.floor(east / 1e4) * 1e4, -np.floor(north / 1e4) * 1e4),
        tuple(random.uniform(-60_000, 60_000, 2)),
        tuple(10 ** random.uniform(0.5, 2.5, 2) * random.choice([-1, 1], 2)),
    )
    step = steps[random.integers(len(steps))]
    moved: Shapes = shapely.transform(shapes, lambda points: points + step)
    return moved


def _neighbour(shapes: Shapes, town: Town, random: np.random.Generator) -> Shapes:
    return _through(shapes, town.epsg, town.epsg + int(random.choice([-1, 1])))


def _utm(town: Town) -> int:
    return 32600 + int((_transformer(town.epsg, 4490).transform(*town.centre)[0] + 180) // 6) + 1


def _web(shift: WebShift) -> Move:
    def move(shapes: Shapes, town: Town, _: np.random.Generator) -> Shapes:
        degrees = _through(shapes, town.epsg, 4326)
        moved: Shapes = shapely.transform(degrees, lambda points: shifted(points, shift))
        return moved

    return move


def _swapped(shapes: Shapes, town: Town, random: np.random.Generator) -> Shapes:
    own = shapes if random.random() < 0.5 else _through(shapes, town.epsg, 4490)
    moved: Shapes = shapely.transform(own, lambda points: points[:, ::-1])
    return moved


def _to(code: Callable[[Town], int]) -> Move:
    return lambda shapes, town, _: _through(shapes, town.epsg, code(town))


CODES: dict[str, Callable[[Town], int]] = {
    "CGCS2000, 3 degrees": lambda town: 4534 + (_meridian(town, 3) - 75) // 3,
    "CGCS2000, 3 degrees, zone in front": lambda town: 4513 + _zone(town, 3) - 25,
    "CGCS2000, 6 degrees": lambda town: 4502 + (_meridian(town, 6) - 75) // 6,
    "CGCS2000, 6 degrees, zone in front": lambda town: 4491 + _zone(town, 6) - 13,
    "WGS 84, degrees": lambda _: 4326,
    "WGS 84, UTM": _utm,
    "Web Mercator": lambda _: 3857,
}
SYSTEMS: dict[str, Move] = {
    **{name: _to(code) for name, code in CODES.items()},
    "Beijing 1954": _beijing,
    "Xian 1980": _xian,
    "axes swapped": _swapped,
    "the neighbouring zone": _neighbour,
    "local, a constant offset": _local,
    "GCJ-02": _web(WebShift.GCJ02),
    "BD-09": _web(WebShift.BD09),
}


def _code(system: str, town: Town) -> str | None:
    """What an honest file of that system says; None where no code says it."""
    if system in CODES:
        return f"EPSG:{CODES[system](town)}"
    first = {"Beijing 1954": 2422, "Xian 1980": 2370}.get(system)
    return first and f"EPSG:{first + (_meridian(town, 3) - 75) // 3}"


def _lie(system: str, town: Town, random: np.random.Generator) -> str:
    """Another system's code, most often the county's own."""
    true = _code(system, town)
    others = [f"EPSG:{code(town)}" for code in CODES.values()]
    lies = [code for code in [f"EPSG:{town.epsg}", *others] if code != true]
    return lies[0] if random.random() < 0.5 else str(random.choice(lies))


OUTCOMES = ("right, sure", "right, unsure", "among others", "cannot tell", "wrong, sure")
_RIGHT_WITHIN_M = 0.5


def outcome(lost: Lost, found: Whereabouts) -> str:
    """Whether the first candidate is right and sure; one is right within half a metre."""
    right = [_off_m(lost, one.reading) <= _RIGHT_WITHIN_M for one in found.candidates]
    if found.sure:
        return "right, sure" if right[0] else "wrong, sure"
    if not any(right):
        return "cannot tell"
    return "right, unsure" if right[0] else "among others"


def _off_m(lost: Lost, reading: Reading) -> float:
    there = place_by(lost.numbers, reading, lost.town.epsg)
    return float(np.abs(shapely.get_coordinates(there) - shapely.get_coordinates(lost.truth)).max())
