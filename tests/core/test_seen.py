"""The objects of a county that an area shows: whole, and no layer that has none there."""

from __future__ import annotations

import shapely

from neixiang_survey_plugin.core.excerpt import Excerpts
from tests import drawn


def seen(west: float, east: float) -> dict[str, list[str]]:
    """What lies between two eastings in a county of two roads, one of two parts, and a park."""
    parts = shapely.union(shapely.box(0, 0, 10, 10), shapely.box(100, 0, 110, 10))
    county = drawn.county(
        [drawn.road(parts, "R1"), drawn.road((40, 0, 50, 10), "R2")], [drawn.green((40, 0, 50, 5))]
    )
    found = Excerpts(county, 5.0).seen(shapely.box(west, 0, east, 10), ("roads", "green_spaces"))
    return {name: table.ids.tolist() for name, table in found.items()}


def test_only_what_meets_the_area_is_seen() -> None:
    assert seen(45, 60) == {"roads": ["R2"], "green_spaces": ["G1"]}


def test_a_layer_without_any_object_there_is_left_out() -> None:
    assert seen(0, 5) == {"roads": ["R1"]}
    assert seen(20, 30) == {}
