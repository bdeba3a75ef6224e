"""What is dug for lines side by side, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neixiang_survey_plugin.app.wording import width_sentence
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import (
    CrossSection,
    SectionOrder,
    draw_section,
    line_up,
)
from neixiang_survey_plugin.core.trenching.section import GapKind, statutory
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.conflicts.scenes import clearances, route

RULES = load_trench_rules()


def line(utility: str, width_mm: float, cover_m: float | None = 1.0, **facts: object) -> Route:
    usual = {"laying": "duct"} if utility in ("power", "telecom") else {}
    said = {**usual, "diameter_mm": width_mm, "cover_m": cover_m, **facts}
    return route("0 0, 100 0", route_id=utility, utility=utility, **said)


def section(*routes: Route, trench: tuple[int, ...] = ()) -> CrossSection:
    lines = line_up(routes, trench or (0,) * len(routes), RULES, clearances())
    return draw_section(routes, lines, statutory(lines, RULES), SectionOrder.STATUTORY, RULES)


def test_the_sample_widths_come_out_with_the_figures_of_the_rule_files() -> None:
    lines = [
        line("power", 400.0),
        line("telecom", 250.0),
        line("water", 110.0),
        line("gas", 110.0, pressure_class="medium_b"),
        line("heat", 650.0),
    ]
    assert section(*lines).width_m == pytest.approx(4.52)


def test_a_trench_has_its_working_space_on_both_sides() -> None:
    (dig,) = section(line("power", 400.0), line("telecom", 250.0)).digs
    assert (dig.left_m, dig.right_m) == (pytest.approx(-0.3), pytest.approx(1.45))
    assert dig.width_m == pytest.approx(0.4 + 0.5 + 0.25 + 2 * 0.3)


def test_one_level_is_dug_where_the_bottoms_hardly_differ() -> None:
    (dig,) = section(line("power", 400.0, 0.8), line("telecom", 250.0, 0.8)).digs
    assert not dig.stepped
    assert dig.depth_m == pytest.approx(0.8 + 0.4 + 0.1)
    assert dig.area_m2 == pytest.approx(1.75 * 1.3)


def test_a_deeper_line_is_dug_in_a_step_with_its_own_working_space() -> None:
    drawn = section(line("power", 400.0, 0.5), line("water", 110.0, 1.2))
    (dig,) = drawn.digs
    # power 0.0-0.4 is dug to 1.0, water 0.9-1.01 to 1.41; the gap is 0.5, its middle at 0.65
    assert dig.floor == (
        (pytest.approx(0.65), pytest.approx(1.0)),
        (pytest.approx(1.31), pytest.approx(1.41)),
    )
    assert dig.area_m2 == pytest.approx((0.65 + 0.3) * 1.0 + (1.31 - 0.65) * 1.41)
    assert drawn.laying_order == ("water", "power")


def test_the_deeper_line_may_be_the_one_at_the_red_line() -> None:
    (near,) = section(line("power", 400.0, 1.2), line("water", 110.0, 0.6)).digs
    # the gap of 0.5 ends the power line's working space at its middle
    assert near.floor[0] == (pytest.approx(0.65), pytest.approx(1.7))
    assert near.left_m == pytest.approx(-0.45)  # deeper than 1.5 m: supported
    (far,) = section(line("telecom", 250.0, 1.1), line("water", 110.0, 0.6)).digs
    assert far.floor[0] == (pytest.approx(0.55), pytest.approx(1.45))


def test_a_step_stays_beside_the_deeper_pipe_where_the_gap_is_wide() -> None:
    (dig,) = section(line("telecom", 250.0, 0.5), line("water", 110.0, 1.2)).digs
    assert dig.floor[0][0] == pytest.approx(0.25 + 1.0 - 0.3)


def test_neighbours_that_hardly_differ_are_one_level_beside_a_deeper_one() -> None:
    lines = (line("power", 400.0, 0.5), line("telecom", 250.0, 0.6), line("water", 110.0, 1.2))
    (dig,) = section(*lines).digs
    # power is dug to 1.0, telecom to 0.95: both to 1.0; water to 1.41 from 0.3 m beside it
    assert dig.floor == (
        (pytest.approx(2.15 - 0.3), pytest.approx(1.0)),
        (pytest.approx(2.56), pytest.approx(1.41)),
    )


def test_levels_never_bring_lines_nearer() -> None:
    flat = section(line("water", 110.0, 1.0), line("heat", 650.0, 1.0))
    stepped = section(line("water", 110.0, 0.6), line("heat", 650.0, 3.0))
    assert stepped.width_m == flat.width_m == pytest.approx(0.11 + 1.5 + 0.65)


def test_between_two_trenches_stands_earth() -> None:
    lines = (line("water", 110.0), line("gas", 110.0, pressure_class="low"))
    one, two = section(*lines), section(*lines, trench=(0, 1))
    assert one.width_m == pytest.approx(0.72)
    assert two.width_m == pytest.approx(0.11 + 0.3 + 0.4 + 0.3 + 0.11)
    assert two.digs[1].left_m - two.digs[0].right_m == pytest.approx(0.4)


def test_a_deep_trench_is_wider_by_its_support() -> None:
    (dig,) = section(line("water", 110.0, 1.4)).digs
    assert dig.width_m == pytest.approx(0.11 + 2 * (0.3 + 0.15))


def test_an_unknown_cover_leaves_the_depth_unknown_and_is_laid_first() -> None:
    drawn = section(line("power", 400.0, None), line("water", 110.0))
    (dig,) = drawn.digs
    assert dig.depth_m is None
    assert dig.area_m2 is None
    assert drawn.laying_order == ("power", "water")
    assert dig.width_m == pytest.approx(0.4 + 0.5 + 0.11 + 0.6)


def test_the_stricter_of_table_and_pair_is_kept() -> None:
    direct = line("power", 100.0, laying="direct")
    gas = line("gas", 100.0, pressure_class="medium_b")
    # 4.1.9 asks 0.5 of a cable in the soil, the pair 1.0 as GB 50217 does
    assert section(direct, gas).width_m == pytest.approx(0.1 + 1.0 + 0.1)
    high = replace(gas, pressure_class="subhigh_a")
    assert section(direct, high).width_m == pytest.approx(0.1 + 1.5 + 0.1)


def test_what_is_not_known_of_a_line_keeps_the_widest_gap_that_is_possible() -> None:
    gas = line("gas", 100.0, pressure_class=None)
    assert section(line("water", 110.0), gas).width_m == pytest.approx(0.11 + 1.5 + 0.1)


def test_a_section_names_what_departs_from_the_statutory_order() -> None:
    lines = (line("telecom", 250.0), line("power", 400.0))
    found = line_up(lines, (0, 0), RULES, clearances())
    turned = draw_section(lines, found, statutory(found, RULES), SectionOrder.STATUTORY, RULES)
    assert turned.departures == ()
    assert turned.slot("power").left_m == 0.0
    with pytest.raises(KeyError):
        turned.slot("heat")
    with pytest.raises(KeyError):
        turned.dig("heat")


def test_a_section_says_which_gaps_make_it_wide_and_by_which_clause() -> None:
    drawn = section(
        line("power", 400.0),
        line("telecom", 250.0),
        line("heat", 650.0),
        trench=(0, 0, 1),
    )
    cables, apart = drawn.bounds
    assert (cables.first, cables.second, cables.gap_m) == ("power", "telecom", 0.5)
    assert (cables.rule.kind, cables.rule.clause) == (GapKind.TABLE, "4.1.9")
    assert (apart.first, apart.second) == ("telecom", "heat")
    assert apart.rule.kind is GapKind.EARTH
    assert apart.gap_m == pytest.approx(0.3 + 0.4 + 0.15 + 0.4)  # spaces, support, earth
    assert width_sentence(drawn) == (
        "3.05 m 的由来：电力 0.40 + 净距 0.50（4.1.9） + 通信 0.25 + "
        "两沟之间 1.25（工作面和留土） + 热力 0.65。"
    )


def test_a_gap_that_the_pair_asks_for_names_the_clause_of_the_pair() -> None:
    drawn = section(line("power", 150.0, laying="direct"), line("gas", 90.0))
    (bound,) = drawn.bounds
    assert (bound.rule.kind, bound.rule.clause) == (GapKind.PAIR, "GB 50217-2007 5.3.5")
    assert bound.gap_m == pytest.approx(1.0)


def test_a_line_alone_has_no_width_to_explain() -> None:
    alone = section(line("water", 110.0))
    assert alone.bounds == ()
    assert width_sentence(alone) is None
