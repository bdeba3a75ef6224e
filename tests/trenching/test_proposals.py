"""What is proposed for lines side by side, worked out by hand on a plane."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely

from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind, ProposalKind, Suggestion
from neixiang_survey_plugin.core.trenching.together import TieKind
from tests.conflicts.scenes import pipe
from tests.drawn import _table
from tests.trenching.towns import line, only, proposal, propose, town


def objections(suggestion: Suggestion) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.kind.value, one.route_ids) for one in suggestion.objections}


def test_two_lines_side_by_side_are_brought_into_one_trench() -> None:
    found = only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power"))
    assert found.route_ids == ("water", "power")
    assert {bond.kind for bond in found.bonds} == {TieKind.PARALLEL, TieKind.SAME_ROAD}
    one = proposal(found)
    assert one.kind is ProposalKind.SHARED_TRENCH
    assert (one.before.openings, one.after.openings) == (2, 1)
    assert (one.before.closures, one.after.closures) == (2, 1)
    assert one.before.trench_m == pytest.approx(120.0)
    # water and power stand 0.5 m + half of both pipes apart: the one moves by 3 - 0.63 m
    moved_m = 3.0 - (0.5 + 0.055 + 0.075)
    lead_m = moved_m * 2**0.5
    # the spine lies in the section all along, so that the trench is 60 m, and two leads beside it
    assert one.after.trench_m == pytest.approx(60.0 + 2 * lead_m, abs=0.6)
    assert one.section is not None
    assert one.section.width_m == pytest.approx(0.15 + 0.5 + 0.11)


def test_before_and_after_of_every_figure_stand_side_by_side() -> None:
    one = proposal(only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power")))
    width_m = 0.15 + 0.5 + 0.11 + 0.6
    assert one.before.road_m2 == {"asphalt": pytest.approx(10 * (0.71 + 0.75))}
    assert one.after.road_m2 == {"asphalt": pytest.approx(10 * width_m)}
    # working strips of 2 m: 1.29 and 1.25 m more than the trench; the wider margin is kept
    assert one.before.green_m2 == pytest.approx(2 * 10 * 2.0)
    assert one.after.green_m2 == pytest.approx(10 * (width_m + 1.29))
    assert one.before.earth_m3 == pytest.approx(60 * (0.71 * 1.21 + 0.75 * 1.25))
    assert one.before.cost is not None
    assert one.after.cost is not None
    assert one.after.cost < one.before.cost


def test_the_common_cost_is_shared_by_what_each_would_have_cost_alone() -> None:
    one = proposal(only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "heat")))
    alone = {member.route.route_id: member.cost_alone for member in one.members}
    shares = {member.route.route_id: member.cost_share for member in one.members}
    assert sum(shares.values()) == pytest.approx(one.after.cost)
    assert sum(alone.values()) == pytest.approx(one.before.cost)
    assert shares["water"] / shares["heat"] == pytest.approx(alone["water"] / alone["heat"])


def test_heat_lies_beside_the_trench_of_the_cables_under_one_closure() -> None:
    found = only(
        line("0 -10, 0 50", "power"), line("2 -10, 2 50", "telecom"), line("4 -10, 4 50", "heat")
    )
    one = proposal(found)
    assert one.kind is ProposalKind.SHARED_OPENING
    assert one.section is not None
    assert [dig.route_ids for dig in one.section.digs] == [("power", "telecom"), ("heat",)]
    assert (one.after.openings, one.after.closures) == (1, 1)
    assert ("not_together", ("power", "heat")) in objections(found)
    assert ("not_together", ("telecom", "heat")) in objections(found)


def test_a_member_is_judged_on_the_common_strip_in_full_and_the_case_counts_it_once() -> None:
    routes = [line("0 12, 0 50", "power"), line("3 12, 3 50", "telecom")]
    one = proposal(only(*routes))
    common_m = one.after.green_m2 / 10.0
    assert common_m > 2.0
    for member in one.members:
        area = member.after.works_area
        assert area is not None
        park = shapely.intersection(area, shapely.box(-500, 20, 500, 30)).area
        assert park == pytest.approx(common_m * 10.0)
    # 10 m of park under a strip of 2 m pass the limit of 20 m2, under the common one they do not
    assert one.ways_changed == {
        "power": (Way.COMMITMENT, Way.JOINT),
        "telecom": (Way.COMMITMENT, Way.JOINT),
    }
    stricter = [o.route_ids for o in one.objections if o.kind is ObjectionKind.STRICTER_WAY]
    assert stricter == [("power",), ("telecom",)]


def test_the_deepest_digs_and_is_laid_first() -> None:
    routes = (line("0 -10, 0 50", "water", cover_m=2.0), line("3 -10, 3 50", "power", cover_m=0.7))
    one = proposal(only(*routes))
    assert one.digs_by == "water_unit"
    assert one.laying_order == ("water", "power")
    in_place = proposal(only(*routes), Variant.IN_PLACE)
    assert in_place.laying_order == ("water", "power")


def test_a_line_too_shallow_for_the_carriageway_is_laid_deeper() -> None:
    # telecom in ducts: 0.9 m under a carriageway
    routes = (line("0 -10, 0 50", "water"), line("3 -10, 3 50", "telecom", cover_m=0.8))
    one = proposal(only(*routes, one=town("carriageway")))
    assert {member.route.route_id: member.after.cover_m for member in one.members} == {
        "water": 1.0,
        "telecom": 0.9,
    }
    assert one.section is not None
    assert one.section.slot("telecom").cover_m == 0.9
    assert [c.kind.value for c in one.conflicts_before] == ["cover"]
    assert one.conflicts_after == ()
    deep_enough = proposal(only(*routes, one=town("sidewalk")))
    assert [member.after.cover_m for member in deep_enough.members] == [1.0, 0.8]


def test_a_line_is_not_laid_deeper_where_that_would_fail_against_what_is_there() -> None:
    bottom_m = 0.8 + 0.11
    sewer = pipe("-50 5, 50 5", cover_m=bottom_m + 0.05)  # 0.05 m below telecom as it is
    base = town("carriageway")
    mains = _table(schema.PIPELINES, [sewer], None, None)
    assert mains is not None
    crossed = replace(base, layers={**base.layers, "pipelines": mains})
    routes = (line("0 -10, 0 50", "power"), line("3 -10, 3 50", "telecom", cover_m=0.8))
    found = only(*routes, one=crossed)
    covers = {m.route.route_id: m.after.cover_m for m in proposal(found).members}
    assert covers["telecom"] == 0.8


def test_the_order_runs_from_the_red_line_outwards() -> None:
    # along the street, 2 m behind its northern red line: power is to lie nearest to it
    routes = (line("0 14, 60 14", "power"), line("0 12, 60 12", "water"))
    north = only(*routes)
    one = proposal(north)
    assert one.section is not None
    # as drawn water is nearer; to change that the lines would have to cross
    assert [slot.utility for slot in one.section.slots] == ["water", "power"]
    assert one.section.departures == (("water", "power"),)
    assert ObjectionKind.ORDER in {o.kind for o in one.objections}
    swapped = (line("0 12, 60 12", "power"), line("0 14, 60 14", "water"))
    other = proposal(only(*swapped))
    assert other.section is not None
    assert other.section.departures == ()


def test_a_line_drawn_the_other_way_round_keeps_its_direction() -> None:
    one = proposal(only(line("0 -10, 0 50", "water"), line("3 50, 3 -10", "power")))
    for member in one.members:
        before, after = member.route.line.coords, member.after.line.coords
        assert (after[0], after[-1]) == (before[0], before[-1])
    there = proposal(only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power")))
    assert one.after.trench_m == pytest.approx(there.after.trench_m)


def test_lines_that_only_cross_one_road_share_its_closure_and_stay_where_they_are() -> None:
    found = only(line("0 -2, 0 12", "water"), line("20 -2, 20 12", "power"))
    (one,) = found.proposals
    assert (one.variant, one.section) == (Variant.IN_PLACE, None)
    assert one.kind is ProposalKind.SHARED_OPENING
    assert (one.before.closures, one.after.closures) == (2, 1)
    assert one.before.openings == one.after.openings == 2
    assert [member.after.line for member in one.members] == [m.route.line for m in one.members]


@pytest.mark.parametrize(
    ("shape", "together"),
    [("4.9 -10, 4.9 50", True), ("31 -2, 31 12", False), ("29 -2, 29 12", True)],
)
def test_how_near_is_near_stands_in_the_rule_file(shape: str, together: bool) -> None:
    found = propose(line("0 -10, 0 50", "water"), line(shape, "power"))
    assert bool(found.suggestions) is together


def test_lines_that_run_apart_or_at_other_times_are_left_alone() -> None:
    apart = line("0 -10, 0 50", "water"), line("60 -10, 60 50", "power")
    assert propose(*apart).suggestions == ()
    later = line(
        "3 -10, 3 50",
        "power",
        works_from=date(2027, 3, 1),
        works_to=date(2027, 3, 9),
        planned_on=date(2027, 3, 1),
    )
    assert propose(line("0 -10, 0 50", "water"), later).suggestions == ()


def test_works_move_to_the_days_that_they_have_in_common() -> None:
    other = {"works_from": date(2026, 9, 17), "works_to": date(2026, 9, 30)}
    one = proposal(only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power", **other)))
    assert one.window == (date(2026, 9, 17), date(2026, 9, 18))
    assert {member.after.planned_on for member in one.members} == {date(2026, 9, 17)}


def test_works_without_a_common_day_say_so() -> None:
    other = {"works_from": date(2026, 9, 20), "works_to": date(2026, 9, 30), "planned_on": None}
    found = only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power", **other))
    one = proposal(found)
    assert one.window is None
    assert ObjectionKind.NO_COMMON_DAYS in {o.kind for o in one.objections}
    assert [m.after.works_from for m in one.members] == [m.route.works_from for m in one.members]


def test_a_line_of_unknown_diameter_or_bored_is_left_where_it_is() -> None:
    unknown = line("3 -10, 3 50", "power", diameter_mm=None)
    found = only(line("0 -10, 0 50", "water"), unknown)
    assert ("no_diameter", ("power",)) in objections(found)
    assert [one.variant for one in found.proposals] == [Variant.IN_PLACE]


def test_gas_joins_with_its_protection_said() -> None:
    found = only(line("0 -10, 0 50", "water"), line("3 -10, 3 50", "gas"))
    one = proposal(found)
    assert one.kind is ProposalKind.SHARED_TRENCH
    (said,) = [o for o in one.objections if o.kind is ObjectionKind.PROTECTION]
    assert said.clause == "GB 50028-2006 6.3.7"
    without = proposal(found, Variant.WITHOUT_GAS)
    assert without.section is not None
    assert len(without.section.digs) == 2


def test_an_unknown_cover_leaves_earth_and_cost_unknown() -> None:
    found = only(line("0 -10, 0 50", "water", cover_m=None), line("3 -10, 3 50", "power"))
    one = proposal(found)
    assert one.before.earth_m3 is None
    assert one.after.earth_m3 is None
    assert one.after.cost is None
    assert {member.cost_share for member in one.members} == {None}


def test_a_county_without_working_widths_leaves_openings_unknown() -> None:
    bare = town()
    bare = replace(bare, defaults=replace(bare.defaults, working_width_m={}))
    lines = (line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power"))
    one = proposal(only(*lines, one=bare))
    assert (one.before.openings, one.after.openings, one.after.green_m2) == (None, None, None)
    assert one.after.trench_m < one.before.trench_m


def test_nothing_and_one_line_alone_have_no_proposal() -> None:
    assert propose().suggestions == ()
    assert propose(line("0 -10, 0 50", "water")).suggestions == ()


def test_a_crowd_of_lines_is_named_and_left_out() -> None:
    many = [line(f"{n / 10} -10, {n / 10} 50", "water", f"w{n}") for n in range(30)]
    found = propose(*many)
    assert set(found.crowded) == {one.route_id for one in many}
    assert found.suggestions == ()


def test_more_lines_than_one_section_holds_are_named() -> None:
    many = [line(f"{n * 2} -10, {n * 2} 50", "telecom", f"t{n}") for n in range(10)]
    (found,) = propose(*many).suggestions
    assert [o.kind for o in found.objections] == [ObjectionKind.CROWD]
    assert found.proposals == ()


def test_proposals_are_ranked_by_closures_openings_and_cost() -> None:
    lines = (line("0 -10, 0 50", "power"), line("2 -10, 2 50", "telecom"))
    found = only(*lines, line("4 -10, 4 50", "water"), line("6 -10, 6 50", "gas"))
    figures = [(one.after.closures, one.after.openings, one.after.cost) for one in found.proposals]
    assert len(figures) == 4
    assert figures == sorted(figures)
