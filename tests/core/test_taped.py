"""Figures that were taped on site count in the place of what the layers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.judging.taping import taping
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.taped import check_taped, lapsed, line_print, taped_figure
from tests.core.towns import Town, routes, towns
from tests.drawn import check_one, county, finding, green, measure_one, road, route, way

LINE = route("0 0, 100 0")
WIDE = road((40, -50, 55.001, 50))


def taped(at: str, value: float, field: str = "taped_m", line: Route = LINE) -> ConfirmedFact:
    return ConfirmedFact(
        "routes", f"{line.route_id}@{at}", field, f"{value!r}", "皮尺量测", "张工",
        date(2026, 11, 20), line_print(line.line),
    )  # fmt: skip


def with_facts(there: County, *facts: ConfirmedFact) -> County:
    known, complaints = there.with_facts(facts)
    assert complaints == ()
    return known


def crossing(there: County, line: Route = LINE) -> Finding:
    return finding(check_one(there, line), "crossing_length")


def test_a_borderline_crossing_is_settled_by_the_tape() -> None:
    there = county([WIDE], roads_accuracy_m=0.1)
    doubtful = crossing(there)
    assert (doubtful.outcome.value, doubtful.borderline) == ("fail", True)
    fact = taped("R1", 14.95)
    known = with_facts(there, fact)
    settled = crossing(known)
    assert settled.measured == pytest.approx(14.95)
    assert (settled.outcome.value, settled.borderline) == ("pass", False)
    measures = check_one(known, LINE).measures
    assert [one.taped_m for one in measures.roads.crossings] == [14.95]
    assert measures.untaped is not None
    assert measures.untaped.roads.across.value == pytest.approx(15.001)
    assert settled.uncertainty == 0.0
    assert crossing(with_facts(there, taped("R1", 9.0))).uncertainty == 0.0  # far from the limit
    assert settled.confirmed == (fact,)
    assert way(known, LINE) == "commitment"


def test_the_tape_may_also_show_that_it_is_too_long() -> None:
    there = county([road((40, -50, 54.99, 50))], roads_accuracy_m=0.1)
    assert crossing(there).borderline
    settled = crossing(with_facts(there, taped("R1", 15.01)))
    assert (settled.outcome.value, settled.borderline) == ("fail", False)


def test_only_the_taped_road_is_replaced_and_the_others_keep_blurring() -> None:
    there = county([road((20, -50, 27, 50)), road((60, -50, 67.9, 50), "R2")], roads_accuracy_m=0.1)
    half = crossing(with_facts(there, taped("R1", 7.05)))
    assert half.measured == pytest.approx(14.95)
    assert half.borderline
    both = crossing(with_facts(there, taped("R1", 7.05), taped("R2", 7.9)))
    assert not both.borderline


def test_the_readings_follow_the_tape() -> None:
    there = with_facts(county([WIDE, road((70, -9, 78, 9), "R2")]), taped("R1", 9.0))
    measures = check_one(there, LINE).measures.roads
    assert (measures.across.value, measures.inside.value) == pytest.approx((17.0, 17.0))
    assert measures.across_each.value == pytest.approx(9.0)


def test_a_taped_gap_says_whether_a_road_is_touched() -> None:
    arterial = road((0, 1.05, 100, 20), road_class="arterial")
    there = county([arterial], roads_accuracy_m=0.1)
    doubtful = finding(check_one(there, LINE), "main_road")
    assert (doubtful.outcome.value, doubtful.borderline) == ("pass", True)
    for gap_m, outcome in ((0.04, "pass"), (0.0, "fail")):
        known = with_facts(there, taped("R1", gap_m, "taped_gap_m"))
        settled = finding(check_one(known, LINE), "main_road")
        assert (settled.outcome.value, settled.borderline) == (outcome, False)
        assert [one.field for one in settled.confirmed] == ["taped_gap_m"]


def test_a_road_that_the_line_lies_in_is_touched_whatever_was_taped() -> None:
    there = county([road((40, -50, 48, 50), road_class="arterial")])
    known = with_facts(there, taped("R1", 3.0, "taped_gap_m"))
    assert finding(check_one(known, LINE), "main_road").outcome.value == "fail"


def test_taped_green_is_settled_too() -> None:
    there = county((), [green((0, 0.9, 100, 20))], greens_accuracy_m=0.2)
    doubtful = finding(check_one(there, LINE), "green_area")
    assert (doubtful.measured, doubtful.borderline) == (pytest.approx(10.0), True)
    settled = finding(
        check_one(with_facts(there, taped("G1", 12.5, "taped_m2")), LINE), "green_area"
    )
    assert (settled.measured, settled.borderline) == (pytest.approx(12.5), False)
    assert [one.field for one in settled.confirmed] == ["taped_m2"]


def test_what_was_taped_lapses_with_the_course_of_its_line() -> None:
    there = with_facts(county([WIDE], roads_accuracy_m=0.1), taped("R1", 14.95))
    moved = route("0 0, 100 0.001")
    assert crossing(there, moved).measured == pytest.approx(15.001, abs=1e-6)
    assert crossing(there, moved).confirmed == ()
    assert lapsed(there.taped, [moved]) == there.taped
    assert lapsed(there.taped, []) == there.taped
    assert lapsed(there.taped, [replace(LINE, diameter_mm=63.0)]) == ()


def test_an_unknown_total_stays_unknown() -> None:
    there = county([WIDE], roads_coverage=(-10, -60, 60, 60))
    known = crossing(with_facts(there, taped("R1", 14.0)))
    assert (known.outcome.value, known.measured) == ("unknown", None)
    assert known.at_least == pytest.approx(14.0)


@settings(max_examples=50)
@given(towns(), st.data())
def test_taping_what_was_measured_changes_nothing(town: Town, data: st.DataObject) -> None:
    there = town.county()
    line = data.draw(routes(town.grid))
    measured = measure_one(there, line)
    crossed: dict[str, float] = {}
    for one in measured.roads.crossings:
        crossed[one.road.road_id] = crossed.get(one.road.road_id, 0.0) + one.length_m
    if any(one.kind == "along" for one in measured.roads.crossings):
        crossed = {}  # what is taped is a crossing
    patches: dict[str, float] = {}
    for patch in measured.green.occupations:
        patches[patch.green_id] = patches.get(patch.green_id, 0.0) + patch.area_m2
    facts = [taped(road_id, metres, line=line) for road_id, metres in crossed.items()]
    facts += [taped(one, area, "taped_m2", line) for one, area in patches.items()]
    (same,) = taping(facts).apply([line], [measured])
    assert totals(same) == pytest.approx(totals(measured), abs=1e-6, nan_ok=True)


def totals(measures: RouteMeasures) -> list[float]:
    amounts = (measures.roads.across, measures.roads.inside, measures.green.strip)
    return [
        float("nan") if value is None else value
        for amount in amounts
        for value in (amount.value, amount.at_least)
    ]


@settings(max_examples=50)
@given(towns(), st.data(), st.floats(0, 50), st.floats(0, 50))
def test_more_on_the_tape_is_never_less_in_the_total(
    town: Town, data: st.DataObject, one_m: float, more_m: float
) -> None:
    there = town.county()
    line = data.draw(routes(town.grid))
    measured = measure_one(there, line)
    for road_id in {one.road.road_id for one in measured.roads.crossings}:
        short, long = (
            taping([taped(road_id, metres, line=line)]).apply([line], [measured])[0].roads
            for metres in (one_m, one_m + more_m)
        )
        for field in ("across", "across_each", "inside"):
            less, most = getattr(short, field), getattr(long, field)
            assert less.at_least <= most.at_least
            assert less.value is None or less.value <= most.value


def test_a_figure_is_checked_against_its_line_and_its_object() -> None:
    fact = replace(taped("R1", 7.0), value="07.50", of_line=None)
    checked = check_taped(fact, [LINE], ["R1"])
    assert (checked.value, checked.of_line) == ("7.5", line_print(LINE.line))
    assert check_taped(replace(fact, value=None), [LINE], ["R1"]).value is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"object_id": "r1"}, "要写成“外线@道路或绿地”"),
        ({"object_id": "r9@R1"}, "没有外线 r9"),
        ({"object_id": "r1@R9"}, "图层 roads 里没有 R9"),
        ({"object_id": "r1@R9", "field": "taped_m2"}, "图层 green_spaces 里没有 R9"),
        ({"field": "taped_in"}, "没有这个字段；字段有 taped_m、taped_gap_m、taped_m2"),
        ({"value": "-1"}, "应是不小于 0 的数"),
    ],
)
def test_a_wrong_figure_is_refused_in_one_sentence(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(SurveyError, match=said) as refused:
        check_taped(replace(taped("R1", 7.0), **wrong), [LINE], ["R1"])
    assert len(refused.value.problems) == 1


def test_a_figure_that_cannot_be_read_is_a_complaint_and_the_rest_is_used() -> None:
    bad, good = replace(taped("R1", 7.0), value="seven"), taped("R2", 7.0)
    known, complaints = county([WIDE]).with_facts([bad, good])
    assert known.taped == (good,)
    assert "taped_m=seven" in complaints[0]
    assert taped_figure(replace(good, layer="roads", field="width_m", object_id="R1")) is None
