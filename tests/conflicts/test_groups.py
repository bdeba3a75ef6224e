"""Conflicts by cause, so that a street does not light up as a whole."""

from __future__ import annotations

from neixiang_survey_plugin.core.conflicts.conflict import ConflictOutcome
from neixiang_survey_plugin.core.conflicts.groups import group_conflicts
from tests.conflicts.scenes import find, pipe, route

ALONG = "0 0, 100 0"


def test_a_main_drawn_in_pieces_is_one_cause() -> None:
    pieces = [pipe(f"{x} 0.5, {x + 20} 0.5", f"P{x}") for x in range(0, 100, 20)]
    conflicts = find(route(ALONG), pipes=pieces)
    (group,) = group_conflicts(conflicts)
    assert len(group.conflicts) == len(conflicts) == 5
    assert group.cause.fact is None


def test_a_depth_that_is_missing_is_one_cause_however_many_lines_it_leaves_open() -> None:
    mains = [pipe(f"{x} -50, {x} 50", f"P{x}") for x in (20, 40, 60)]
    (group,) = group_conflicts(find(route(ALONG, cover_m=None), pipes=mains))
    assert (group.cause.layer, group.cause.object_id, group.cause.fact) == (
        "routes", "r1", "cover_m",
    )  # fmt: skip
    crossed = [route(f"{x} -50, {x} 50", f"r{x}", cover_m=1.0) for x in (20, 40, 60)]
    (group,) = group_conflicts(find(*crossed, pipes=[pipe(ALONG, cover_m=None)]))
    assert (group.cause.layer, group.cause.object_id) == ("pipelines", "P1")


def test_what_blocks_comes_first_and_what_is_only_looked_up_last() -> None:
    mains = [
        pipe("0 0.3, 100 0.3", "P1", "reclaimed"),
        pipe("50 -50, 50 50", "P2", cover_m=None),
        pipe("0 -0.8, 100 -0.8", "P3"),
        pipe("0 0.05, 100 0.05", "P4", "telecom", cover_m=1.0),
    ]
    groups = group_conflicts(find(route(ALONG), pipes=mains))
    assert [group.conflicts[0].b for group in groups] == ["P4", "P3", "P2", "P1"]
    assert [group.outcome for group in groups] == [
        ConflictOutcome.FAIL,
        ConflictOutcome.WAIVABLE,
        ConflictOutcome.UNKNOWN,
        ConflictOutcome.WAIVABLE,
    ]
    assert [group.blocks for group in groups] == [True, False, False, False]


def test_the_gravest_of_a_group_stands_for_it() -> None:
    pieces = [pipe(f"{x} {north}, {x + 20} {north}", f"P{x}") for x, north in ((0, 0.9), (20, 0.5))]
    (group,) = group_conflicts(find(route(ALONG), pipes=pieces))
    assert group.gravest.b == "P20"
    assert not group.asks_only_to_confirm


def test_an_uncertain_figure_is_only_to_be_confirmed() -> None:
    beside = pipe("0 0.3, 100 0.3", "P1", "reclaimed")
    (group,) = group_conflicts(find(route(ALONG), pipes=[beside]))
    assert group.asks_only_to_confirm
