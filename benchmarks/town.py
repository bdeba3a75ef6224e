"""A town of any size for benchmarks: the same streets block after block, never twice alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.county import County, RouteDefaults
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.core.schema import GREEN_SPACES, PIPELINES, ROADS, LayerSchema

Floats = NDArray[np.float64]

ORIGIN = np.array([578_000.0, 3_658_000.0])
BLOCK_M = 150.0
# Scale factor 1.00007 growing to the east: figures are of the same kind as in the county.
GRID = Grid(4546, 578_000.0, 3_658_000.0, (1.0000759, 1.9e-5, 0.0, 1.2e-6, 0.0, 0.0))
_POINTS_A_SIDE = 22
_POINTS_A_GREEN = 26
_ROAD_CLASSES = np.array(["local", "local", "local", "secondary", "arterial"], dtype=object)


def make_town(features: int, policy: Policy, seed: int = 7) -> County:
    """A county with so many roads, green spaces and pipelines each, in a square of blocks.

    Half the roads run east, half north, every one a gently bent strip of 44 vertices; every
    block has two greens of 26 vertices and two mains. The sample county's roads have 45 vertices
    on average, its greens 26.
    """
    random = np.random.default_rng(seed)
    blocks = features // 2
    side = int(np.ceil(np.sqrt(blocks)))
    corner = ORIGIN + BLOCK_M * np.stack(np.divmod(np.arange(blocks), side)[::-1], axis=1)
    roads = np.concatenate([_streets(corner, 0, random), _streets(corner, 1, random)])
    greens = np.concatenate([_gardens(corner, half, random) for half in (0, 1)])
    mains = np.concatenate([_mains(corner, 0), _mains(corner, 1)])
    layers = {
        "roads": _roads(roads, random),
        "green_spaces": _table(GREEN_SPACES, greens, "G", {}),
        "pipelines": _table(PIPELINES, mains, "P", {}),
    }
    return _county(layers, policy)


def town_of(
    roads: NDArray[np.object_], greens: NDArray[np.object_], policy: Policy, seed: int = 7
) -> County:
    """A county of these roads and green spaces, the facts of roads by chance."""
    random = np.random.default_rng(seed)
    layers = {
        "roads": _roads(roads, random),
        "green_spaces": _table(GREEN_SPACES, greens, "G", {}),
    }
    return _county(layers, policy)


def _county(layers: Mapping[str, FeatureTable], policy: Policy) -> County:
    return County(
        name=f"{len(layers['roads'])} features",
        grid=GRID,
        policy=policy,
        layers=layers,
        defaults=RouteDefaults({"water": 1.6}, 2.0, 1.5),
    )


def random_routes(county: County, count: int, seed: int = 11) -> list[shapely.LineString]:
    """Lines of 12 segments and about 500 m that turn like a service line along streets."""
    random = np.random.default_rng(seed)
    low_e, low_n, high_e, high_n = shapely.total_bounds(county.layers["roads"].geometry)
    start = np.stack(
        [random.uniform(low_e, high_e - 400, count), random.uniform(low_n, high_n - 400, count)], 1
    )
    heading = random.uniform(0, np.pi / 2, (count, 1)) + random.normal(0, 0.5, (count, 12))
    step = random.uniform(30, 53, (count, 12))
    moves = step[..., None] * np.stack([np.cos(heading), np.sin(heading)], axis=-1)
    points = start[:, None] + np.concatenate(
        [np.zeros((count, 1, 2)), np.cumsum(moves, axis=1)], axis=1
    )
    return list(shapely.linestrings(points))


def _streets(corner: Floats, axis: int, random: np.random.Generator) -> NDArray[np.object_]:
    along = np.linspace(0.0, BLOCK_M, _POINTS_A_SIDE)
    width_m = random.uniform(9.0, 24.0, (len(corner), 1))
    bend_m = random.uniform(-6.0, 6.0, (len(corner), 1)) * np.sin(np.pi * along / BLOCK_M)
    across = np.concatenate([bend_m - width_m / 2, (bend_m + width_m / 2)[:, ::-1]], axis=1)
    both = np.broadcast_to(np.concatenate([along, along[::-1]]), across.shape)
    ring = np.stack([both, across] if axis == 0 else [across, both], axis=-1)
    return shapely.polygons(corner[:, None] + ring)


def _gardens(corner: Floats, half: int, random: np.random.Generator) -> NDArray[np.object_]:
    angle = np.linspace(0.0, 2 * np.pi, _POINTS_A_GREEN, endpoint=False)
    radius_m = random.uniform(4.0, 14.0, (len(corner), 1)) * random.uniform(
        0.7, 1.0, (len(corner), _POINTS_A_GREEN)
    )
    middle = corner + np.array([BLOCK_M * (0.3 + 0.4 * half), BLOCK_M / 2])
    centre = middle + random.uniform([-14.0, -45.0], [14.0, 45.0], corner.shape)
    ring = radius_m[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return shapely.polygons(centre[:, None] + ring)


def _mains(corner: Floats, axis: int) -> NDArray[np.object_]:
    end = corner.copy()
    end[:, axis] += BLOCK_M
    return shapely.linestrings(np.stack([corner, end], axis=1))


def _roads(areas: NDArray[np.object_], random: np.random.Generator) -> FeatureTable:
    count = len(areas)
    return _table(
        ROADS,
        areas,
        "R",
        {
            "road_class": random.choice(_ROAD_CLASSES, count),
            "delivered_on": np.datetime64("2005-01-01") + random.integers(0, 7_800, count),
            "overhauled_on": np.full(count, np.datetime64("NaT"), dtype="datetime64[D]"),
            "width_m": np.full(count, np.nan),
        },
    )


def _table(
    schema: LayerSchema, geometry: NDArray[np.object_], prefix: str, known: Mapping[str, Any]
) -> FeatureTable:
    count = len(geometry)
    ids = np.char.add(prefix, np.arange(count).astype(str)).astype(object)
    columns = {field.name: np.full(count, None, dtype=object) for field in schema.fields}
    return FeatureTable(
        schema=schema,
        geometry=geometry,
        feature=np.arange(count),
        columns={**columns, schema.id_field: ids, **known},
        accuracy_m=0.1,
    )
