"""Every figure that the layers can express, held by the real check a millimetre either side."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.core.conflicts.clearance_cells import Cell, Table
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome
from tests.conflicts.scenes import (
    RADIUS_M,
    building,
    clearances,
    find,
    only,
    pipe,
    route,
    surface,
    tree,
)

MM = 0.001
UTILITIES = ("water", "power", "gas", "heat", "telecom")
LINES: dict[str, dict[str, Any]] = {
    "W1": {"utility": "water"},
    "W": {"utility": "water"},
    "W2": {"utility": "water", "diameter_mm": 300.0},
    "S": {"utility": "sewer"},
    "R": {"utility": "reclaimed"},
    "G": {"utility": "gas"},
    "GL": {"utility": "gas", "pressure_class": "low"},
    "GMB": {"utility": "gas", "pressure_class": "medium_b"},
    "GMA": {"utility": "gas", "pressure_class": "medium_a"},
    "GSB": {"utility": "gas", "pressure_class": "subhigh_b"},
    "GSA": {"utility": "gas", "pressure_class": "subhigh_a"},
    "H": {"utility": "heat"},
    "PD": {"utility": "power"},
    "PC": {"utility": "power", "laying": "duct"},
    "TD": {"utility": "telecom"},
    "TC": {"utility": "telecom", "laying": "duct"},
    "GT": {"utility": "heat", "laying": "trench"},
}
ROUTES = [key for key, known in LINES.items() if known["utility"] in UTILITIES]
OBSTACLES = {"TR": "tree", "SH": "shrub", "PL": "pole"}
SURFACES = {"walk": "sidewalk", "drive": "carriageway"}


def facts(key: str, when: str | None) -> dict[str, Any]:
    """The facts of a line of that key; ``when`` makes the gas wide or the voltage high."""
    known = dict(LINES[key])
    if when == "dn_over_300" and known["utility"] == "gas":
        known["diameter_mm"] = 400.0
    if when == "from_35_kv" and known["utility"] == "power":
        known["voltage_kv"] = 35.0
    return known


def radius_m(known: dict[str, Any]) -> float:
    return float(known.get("diameter_mm", 2000 * RADIUS_M)) / 2000.0


def of(table: Table) -> list[Cell]:
    return [cell for cell in clearances().cells if cell.table is table]


def name(cell: Cell) -> str:
    return "-".join(filter(None, (cell.first, cell.second, cell.when)))


def line_pairs(cell: Cell) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Both ways round: who is the route; sewers and reclaimed water never are."""
    one, other = facts(cell.first, cell.when), facts(cell.second, cell.when)
    return [(a, b) for a, b in ((one, other), (other, one)) if a["utility"] in UTILITIES]


def expressible(cell: Cell) -> bool:
    return cell.first in LINES and cell.second in LINES and bool(line_pairs(cell))


def beside(a: dict[str, Any], b: dict[str, Any], clear_m: float) -> tuple[Conflict, ...]:
    apart_m = clear_m + radius_m(a) + radius_m(b)
    return find(route("0 0, 100 0", **a), pipes=[pipe(f"0 {apart_m}, 100 {apart_m}", **b)])


def stands_for(conflict: Conflict, cell: Cell) -> None:
    """That a conflict names the cell's figure and is as grave as its confidence lets it be."""
    assert conflict.required_m == cell.figure_m
    assert conflict.confidence == cell.confidence
    assert conflict.needs_confirmation is (cell.confidence in "DX")
    assert conflict.measured_m == pytest.approx(cell.figure_m - MM, abs=1e-9)


LINE_CELLS = [cell for cell in of(Table.HORIZONTAL) if expressible(cell)]
BUILDING_CELLS = [
    cell for cell in of(Table.HORIZONTAL) if cell.first == "BLD" and cell.second in ROUTES
]
OBSTACLE_CELLS = [
    cell for cell in of(Table.HORIZONTAL) if cell.first in ROUTES and cell.second in OBSTACLES
]
CROSSING_CELLS = [cell for cell in of(Table.VERTICAL) if expressible(cell)]
COVER_CELLS = [cell for cell in of(Table.COVER) if cell.first in ROUTES]


@pytest.mark.parametrize("cell", LINE_CELLS, ids=name)
def test_two_lines_a_millimetre_too_near_conflict_and_a_millimetre_clear_do_not(cell: Cell) -> None:
    for a, b in line_pairs(cell):
        conflict = only(beside(a, b, cell.figure_m - MM))
        stands_for(conflict, cell)
        assert conflict.kind is ConflictKind.HORIZONTAL
        assert conflict.outcome is ConflictOutcome.WAIVABLE
        assert conflict.move_m == pytest.approx(MM, abs=1e-9)
        # two cables within 0.2 m of each other count as connected at their ends
        assert conflict.to_m - conflict.from_m > 99.0
        assert beside(a, b, cell.figure_m + MM) == ()


@pytest.mark.parametrize("cell", BUILDING_CELLS, ids=name)
def test_a_line_a_millimetre_too_near_to_a_building_conflicts(cell: Cell) -> None:
    known = facts(cell.second, None)
    for gap_m, expected in ((cell.figure_m - MM, 1), (cell.figure_m + MM, 0)):
        south = gap_m + radius_m(known)
        found = find(route("0 0, 100 0", **known), buildings=[building((20, south, 80, 90))])
        assert len(found) == expected
        if expected:
            stands_for(only(found), cell)
            assert only(found).kind is ConflictKind.BUILDING


@pytest.mark.parametrize("cell", OBSTACLE_CELLS, ids=name)
def test_a_line_a_millimetre_too_near_to_an_obstacle_conflicts(cell: Cell) -> None:
    known = facts(cell.first, None)
    for gap_m, expected in ((cell.figure_m - MM, 1), (cell.figure_m + MM, 0)):
        there = tree(50, gap_m + radius_m(known), OBSTACLES[cell.second])
        found = find(route("0 0, 100 0", **known), obstacles=[there])
        assert len(found) == expected
        if expected:
            stands_for(only(found), cell)
            assert only(found).kind is ConflictKind.OBSTACLE


@pytest.mark.parametrize("cell", CROSSING_CELLS, ids=name)
def test_lines_that_cross_a_millimetre_too_near_conflict(cell: Cell) -> None:
    lower, upper = facts(cell.first, None), facts(cell.second, None)
    for gap_m, expected in ((cell.figure_m - MM, 1), (cell.figure_m + MM, 0)):
        deep_m = 1.0 + 2 * radius_m(upper) + gap_m
        for a, a_cover, b, b_cover in (
            (lower, deep_m, upper, 1.0),
            (upper, 1.0, lower, deep_m),
        ):
            if a["utility"] not in UTILITIES:
                continue
            found = find(
                route("-50 0, 50 0", **a, cover_m=a_cover),
                pipes=[pipe("0 -50, 0 50", **b, cover_m=b_cover)],
            )
            assert len(found) == expected
            if expected:
                stands_for(only(found), cell)
                assert only(found).kind is ConflictKind.VERTICAL


@pytest.mark.parametrize("cell", COVER_CELLS, ids=name)
def test_a_cover_a_millimetre_too_shallow_conflicts(cell: Cell) -> None:
    known = facts(cell.first, None)
    above = surface((0, -5, 100, 5), SURFACES[cell.second])
    (conflict,) = find(route("0 0, 100 0", **known, cover_m=cell.figure_m - MM), surfaces=[above])
    stands_for(conflict, cell)
    assert conflict.deeper_m == pytest.approx(MM, abs=1e-9)
    assert find(route("0 0, 100 0", **known, cover_m=cell.figure_m), surfaces=[above]) == ()


def test_nearly_every_figure_between_lines_goes_through_the_check() -> None:
    """What is left to the tables: kerbs, rails, towers, and pairs of which neither is a route."""
    assert len(LINE_CELLS) == 103
    assert len(of(Table.HORIZONTAL)) == 244
    assert len(CROSSING_CELLS) == 53
    assert len(of(Table.VERTICAL)) == 83
