"""The pointer is drawn to what is meant, from a few pixels away and no further."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.drawing import snap_targets
from neixiang_survey_plugin.app.drawing.snapping import Snapper, SnapRules
from neixiang_survey_plugin.app.map_host import Pointer, Snap
from neixiang_survey_plugin.core import schema
from tests.drawing.desk import PIXEL_M, at
from tests.drawn import _table, drawn
from tests.session.opened import TOWN


def town() -> Snapper:
    """The street from 40 to 48, the park from 60, a main at -20, a site in the west."""
    layers = {
        **TOWN.layers,
        "pipelines": _table(
            schema.PIPELINES, [{"shape": "-20 -50, -20 50", "pipe_id": "P1"}], None, None
        ),
        "sites": _table(
            schema.SITES, [{"shape": (-60, -10, -40, 10), "site_id": "Z1"}], None, None
        ),
    }
    return Snapper(replace(TOWN, layers=layers))


SNAPPER = town()


def snap(e_m: float, n_m: float, *before: tuple[float, float], **held: bool) -> Pointer:
    return SNAPPER.snapped(at(e_m, n_m, **held), before)


@pytest.mark.parametrize(
    ("place", "kind", "name", "meant"),
    [
        ((-20.5, 20), Snap.MAIN, "P1", (-20, 20)),
        ((-20.5, 49.4), Snap.VERTEX, "P1", (-20, 50)),
        ((-20.5, 0.3), Snap.MIDDLE, "P1", (-20, 0)),
        ((-40.6, 4), Snap.SITE, "Z1", (-40, 4)),
        ((-40.6, 9.5), Snap.VERTEX, "Z1", (-40, 10)),
        ((47.2, 30), Snap.EDGE, "R1", (48, 30)),
        ((60.4, 20), Snap.EDGE, "G1", (60, 20)),
    ],
)
def test_each_kind_of_thing_draws_the_pointer_to_it(
    place: tuple[float, float], kind: Snap, name: str, meant: tuple[float, float]
) -> None:
    found = snap(*place)
    assert (found.snap, found.snapped_to, found.at) == (kind, name, meant)


def test_nothing_draws_the_pointer_from_further_than_the_tolerance() -> None:
    within_m = SnapRules().tolerance_px * PIXEL_M
    assert snap(-20 - within_m + 0.01, 20).snap is Snap.MAIN
    far = snap(-20 - within_m - 0.01, 20)
    assert (far.snap, far.snapped_to, far.at) == (None, None, (-20 - within_m - 0.01, 20))


def test_a_street_is_met_straight_across() -> None:
    found = snap(39.5, 7.4, (0.0, 7.0))
    assert (found.snap, found.at) == (Snap.RIGHT_ANGLE, (40, 7))


def test_the_next_segment_goes_straight_on_or_at_a_right_angle() -> None:
    assert snap(10.3, 30.4, (0, 30), (5, 30)).at == (10.3, 30)
    assert snap(5.4, 41, (0, 30), (5, 30)).at == (5, 41)


def test_a_line_can_be_closed_on_its_first_vertex() -> None:
    found = snap(0.4, 30.2, (0, 30), (5, 30), (5, 35))
    assert (found.snap, found.at) == (Snap.VERTEX, (0, 30))


def test_with_shift_the_line_turns_by_45_degrees() -> None:
    found = snap(9.0, 38.0, (0, 30), (5, 30), constrained=True)
    assert found.at == (pytest.approx(11), pytest.approx(36))
    assert snap(4.0, 30.9, (0, 30), constrained=True).at == (4, 30)


def test_lines_of_the_survey_draw_the_pointer_but_not_the_one_in_hand() -> None:
    own = town()
    own.moving.put("r1", drawn("0 0, 30 0"))
    assert own.snapped(at(10, 0.5)).snapped_to == "r1"
    assert own.snapped(at(10, 0.5), but="r1").snap is None
    own.moving.put("r1", drawn("0 20, 30 20"))
    assert own.snapped(at(10, 0.5)).snap is None
    own.moving.remove("r1")
    assert own.snapped(at(10, 20.5)).snap is None


def test_a_kind_that_is_switched_off_and_snapping_that_is_off_draw_nothing() -> None:
    off = replace(town(), rules=SnapRules(kinds=frozenset(Snap) - {Snap.MAIN}))
    assert off.snapped(at(-20.5, 20)).snap is None
    assert replace(town(), rules=SnapRules(on=False)).snapped(at(-20.5, 20)).snap is None


@given(st.integers(-700, 900), st.integers(-600, 600))
def test_a_snapped_pointer_is_never_further_away_than_the_tolerance(east: int, north: int) -> None:
    found = snap(east / 10, north / 10, (0.0, 7.0), (5.0, 7.0))
    away = ((found.e_m - east / 10) ** 2 + (found.n_m - north / 10) ** 2) ** 0.5
    assert away <= SnapRules().tolerance_px * PIXEL_M + 1e-9
    assert (found.snap is None) == (away == 0.0 and found.snapped_to is None and found.snap is None)


def with_a_pond() -> Snapper:
    """The town, its site round, with a pond in it."""
    site = shapely.box(-60, -10, -40, 10).buffer(6).difference(shapely.box(-55, -4, -46, 5))
    layers = SNAPPER.county.layers
    sites = replace(layers["sites"], geometry=np.array([site], dtype=object))
    return Snapper(replace(TOWN, layers={**layers, "sites": sites}))


POND = with_a_pond()


@given(
    st.floats(-70, 55),
    st.floats(-20, 62),
    st.lists(st.tuples(st.floats(-60, 40), st.floats(-20, 40)), max_size=3),
)
def test_of_a_large_outline_what_lies_near_is_looked_at_and_nothing_else_is_found(
    e_m: float, n_m: float, before: list[tuple[float, float]]
) -> None:
    whole = POND.snapped(at(e_m, n_m), tuple(before))
    with mock.patch.object(snap_targets, "_MANY", 2):
        part = POND.snapped(at(e_m, n_m), tuple(before))
    assert (part.snap, part.snapped_to) == (whole.snap, whole.snapped_to)
    assert part.at == pytest.approx(whole.at, abs=1e-9)


def test_of_a_large_outline_only_the_segments_near_the_pointer_are_asked() -> None:
    ring = shapely.Point(0, 0).buffer(50, quad_segs=500).exterior
    target = snap_targets.Target(Snap.EDGE, "roads", "R1", ring)
    near = snap_targets.near_part(target, (50.0, 0.0), 1.0)
    assert near.name == "R1"
    assert shapely.get_num_coordinates(near.line) < 20
    assert near.line.distance(shapely.Point(50, 0)) == ring.distance(shapely.Point(50, 0))
    assert snap_targets.near_part(target, (0.0, 0.0), 1.0) is target
