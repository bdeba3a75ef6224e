"""The sentences: each names the thing, the figure, the limit and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.conflicts.conflict import NotJudged, NotJudgedReason
from neixiang_survey_plugin.core.judging.approvals import Approval, Matter
from neixiang_survey_plugin.core.judging.findings import (
    Finding,
    OtherReading,
    Outcome,
    RoadRemark,
    Verdict,
)
from neixiang_survey_plugin.core.judging.limits import SLACK
from neixiang_survey_plugin.core.judging.splitting import SuspectedSplit
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown
from neixiang_survey_plugin.core.policy import (
    CrossingReading,
    GreenReading,
    LengthReading,
    Reading,
    Rule,
    Way,
)
from tests import drawn
from tests import packet_cases as cases

RULES = {rule.rule_id: rule for rule in drawn.neixiang().rules}
PASSED = Finding("", "四(二)", Outcome.PASS, "m", 15.0, 7.32, "utility", ("r1",))
ARTERIAL = RoadRemark("R3", "示例大道", "arterial")


def rule(rule_id: str) -> Rule:
    return RULES[rule_id]


def limited(measured: float | None, outcome: Outcome, **facts: object) -> Finding:
    """A finding on 15 m of road crossing."""
    return PASSED._replace(measured=measured, outcome=outcome, reading="across", **facts)


def said(finding: Finding, rule_id: str = "crossing_length", **names: str) -> str:
    return wording.finding_sentence(finding, rule(rule_id), names)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7.318, "7.32"),
        (200.0, "200.00"),
        (200.001, "200.001"),
        (200.00002, "200.00002"),
        (199.9996, "199.9996"),
        (200.000000001, "200.00"),
        (0.0, "0.00"),
        (-0.0, "0.00"),
        (0.0004, "0.0004"),
        (None, "未知"),
    ],
)
def test_a_figure_is_rounded_but_never_onto_its_limit(value: float | None, shown: str) -> None:
    assert wording.figure(value, 200.0) == shown


@given(st.floats(0.0, 1000.0), st.floats(-0.02, 0.02), st.integers(0, 30_000))
def test_no_figure_reads_as_on_the_other_side_of_its_limit(
    apart: float, near: float, hundredths: int
) -> None:
    limit = hundredths / 100
    for value in (apart, limit + near):
        if value >= 0.0 and abs(value - limit) > SLACK:
            shown = float(wording.figure(value, limit))
            assert (shown > limit) == (value > limit)
            assert shown != limit


def test_the_excess_adds_up_with_the_figure_and_the_limit() -> None:
    finding = limited(15.0049, Outcome.FAIL)
    assert wording.measured_words(finding) == "15.005 m"
    assert wording.margin_words(finding) == "超 0.005 m"


def test_a_crossing_within_its_limit_says_what_is_left() -> None:
    assert said(limited(7.318, Outcome.PASS)) == "穿越城市道路 7.32 m，不超过 15 m，余 7.68 m。"


def test_a_crossing_on_its_limit_says_that_the_number_is_included() -> None:
    assert said(limited(15.000000001, Outcome.PASS)) == (
        "穿越城市道路 15.00 m，正好是限值 15 m（含本数）。"
    )


def test_a_crossing_a_millimetre_over_shows_the_millimetre_and_what_to_do() -> None:
    assert said(limited(15.001, Outcome.FAIL)) == (
        "穿越城市道路 15.001 m，超过限值 15 m，多出 0.001 m；"
        "改线使穿越不超过 15 m，否则按更严格的方式办理。"
    )


def test_a_known_part_that_breaks_a_limit_is_a_least() -> None:
    finding = limited(16.0, Outcome.FAIL, at_least=16.0)
    assert "至少 16.00 m，超过限值 15 m，至少多出 1.00 m" in said(finding)
    assert wording.measured_words(finding) == "≥ 16.00 m"
    assert wording.margin_words(finding) == "超至少 1.00 m"


def test_an_unknown_crossing_says_why_and_where_to_get_it_and_is_never_zero() -> None:
    finding = limited(
        None,
        Outcome.UNKNOWN,
        at_least=9.0,
        reasons=(Reason(Unknown.ROAD_WITHOUT_WIDTH, ("R9",)),),
    )
    assert said(finding, R9="示例东路") == (
        "穿越城市道路未知（已知部分 9.00 m，限值 15 m）；道路示例东路（R9）缺红线宽度："
        "向自然资源和规划部门调取道路红线图，或实地量取，填入 width_m。"
    )
    assert wording.measured_words(finding) == "未知（已知 9.00 m）"
    assert wording.margin_words(finding) == "未知"
    assert "0.00" not in said(finding._replace(at_least=0.0))


def test_a_figure_that_is_unknown_but_cannot_break_its_limit_says_so() -> None:
    assert said(limited(None, Outcome.PASS)) == "穿越城市道路的确数未知，但不会超过限值 15 m。"


def test_a_borderline_finding_asks_for_the_taped_figure() -> None:
    finding = limited(14.95, Outcome.PASS, borderline=True, uncertainty=0.2)
    assert "△ 临界：图层精度以内（±0.20 m）结论会改变，须实测" in said(finding)
    assert wording.measured_words(finding) == "14.95 m ±0.20"
    assert wording.outcome_words(finding) == "✓ 合格 △ 临界"
    assert wording.outcome_mark(finding) == "✓△"


@pytest.mark.parametrize(
    ("rule_id", "reading", "begin"),
    [
        ("crossing_length", "across_each", "最长一次穿越城市道路 7.32 m"),
        ("crossing_length", "inside", "城市道路内的敷设长度 7.32 m"),
        ("line_length", "utility", "敷设管线长度 7.32 m"),
        ("line_length", "application", "同一申请各专业敷设管线总长度 7.32 m"),
        ("green_area", "working_strip", "临时占用绿地 7.32 m"),
        ("green_area", "trench", "沟槽占用绿地 7.32 m"),
    ],
)
def test_a_sentence_names_what_its_reading_measures(rule_id: str, reading: str, begin: str) -> None:
    assert said(PASSED._replace(reading=reading), rule_id).startswith(begin)


@pytest.mark.parametrize(
    ("outcome", "roads", "sentence"),
    [
        (Outcome.PASS, (), "未触及快速路、主干路。"),
        (Outcome.UNKNOWN, (), "是否触及快速路、主干路未知。"),
        (
            Outcome.FAIL,
            (ARTERIAL,),
            "触及示例大道（主干路，R3）；改线避开，否则按更严格的方式办理。",
        ),
    ],
)
def test_a_road_class_names_the_road(
    outcome: Outcome, roads: tuple[RoadRemark, ...], sentence: str
) -> None:
    finding = PASSED._replace(unit="road", limit=0.0, outcome=outcome, roads=roads)
    assert said(finding, "main_road") == sentence


def test_a_protected_road_says_from_which_day_it_is_free() -> None:
    protected = RoadRemark("R2", None, "local", date(2027, 2, 28))
    finding = PASSED._replace(unit="road", outcome=Outcome.FAIL, roads=(protected,), measured=1.0)
    assert said(finding, "road_protection") == (
        "触及无名道路（支路，R2），保护期至2027年2月28日（含当日）；"
        "改线避开，或自2027年3月1日起开工，否则须经县级以上城市人民政府批准。"
    )
    assert wording.measured_words(finding) == "1 条"
    assert wording.limit_of_words(finding) == wording.margin_words(finding) == "—"


def test_a_missing_overhaul_date_is_noted_where_it_passes() -> None:
    note = Reason(Unknown.OVERHAULED_ON_MISSING, ("R1",))
    sentence = said(PASSED._replace(unit="road", notes=(note,)), "road_protection")
    assert sentence == "触及的城市道路都不在保护期内；道路R1没有大修记录，按未大修计。"


def test_a_finding_that_the_day_decides_says_so() -> None:
    finding = PASSED._replace(unit="road", day_decides=True)
    assert "出件和开工前各复核一次" in said(finding, "road_protection")


def test_a_suspended_unit_reads_the_months_from_the_rule() -> None:
    finding = PASSED._replace(unit="unit", outcome=Outcome.FAIL, measured=1.0)
    suspended = replace(rule("unit_suspension"), suspended_months=6)
    assert "满 6 个月并整改完成后恢复" in wording.finding_sentence(finding, suspended)


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        (Outcome.PASS, "属服务对象"),
        (Outcome.FAIL, "不属服务对象"),
        (Outcome.UNKNOWN, "未知"),
    ],
)
def test_the_kind_of_applicant_has_words_without_a_rule(outcome: Outcome, shown: str) -> None:
    finding = PASSED._replace(unit="applicant", outcome=outcome)
    assert wording.measured_words(finding) == shown
    assert wording.finding_sentence(finding, None).endswith("。")


@pytest.mark.parametrize("unknown", Unknown)
def test_whatever_may_be_unknown_has_a_way_out(unknown: Unknown) -> None:
    reason = Reason(unknown, ("X1", "X2"))
    gap = wording.gap_of(reason)
    assert gap.what
    assert gap.where == wording.remedy_words(reason)
    assert "{" not in wording.reason_words(reason)


@pytest.mark.parametrize("way", Way)
def test_every_way_has_words(way: Way) -> None:
    assert wording.way_words(way)


def test_every_reading_has_words() -> None:
    words = [wording.reading_words("crossing", one.value) for one in CrossingReading]
    words += [wording.reading_words("length", one.value) for one in LengthReading]
    words += [wording.reading_words("green", one.value) for one in GreenReading]
    assert len(set(words)) == 7


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_has_words(matter: Matter) -> None:
    assert wording.matter_words(matter)


def test_an_approval_names_department_objects_and_doubt() -> None:
    approval = Approval(Matter.EXCAVATION, "城管局", ("交警大队",), ("R1",), certain=False)
    assert wording.approval_sentence(approval, {"R1": "示例东路"}) == (
        "城市道路挖掘、占用：城管局、交警大队，涉及 示例东路（R1），是否需要待资料补齐后确定"
    )


def test_a_department_that_the_county_does_not_list_is_no_none() -> None:
    assert wording.approval_sentence(Approval(Matter.RIVER, None)) == (
        "河道管理范围内建设：主管部门（县文件未列）"
    )


def verdict_of(case: str) -> Verdict:
    routes = {"c1": cases.COMMITTED, "c2": cases.PROTECTED, "c3": cases.UNDETERMINED}
    return cases.checked(routes[case]).routes[0].verdict


@pytest.mark.parametrize(
    ("case", "begin", "end"),
    [
        ("c1", "可走告知承诺（四(二)），时限：即时办结", "。"),
        ("c2", "须并联审批并报县政府批准（城市道路管理条例 第三十三条），时限：", "3年内”。"),
        ("c3", "未判定：资料不足，尚不能确定“不含城市主干道、快速路”", "重新核查。"),
    ],
)
def test_a_verdict_says_way_clause_time_and_why(case: str, begin: str, end: str) -> None:
    sentence = wording.verdict_sentence(verdict_of(case), drawn.neixiang())
    assert sentence.startswith(begin)
    assert sentence.endswith(end)


def test_a_way_that_depends_on_the_reading_asks_who_decided() -> None:
    other = OtherReading("crossing", "inside", Way.JOINT)
    alike = OtherReading("green", "trench", Way.COMMITMENT)
    verdict = Verdict(Way.COMMITMENT, None, Reading(), (), (other, alike))
    assert wording.reading_decides_sentence(verdict) == (
        "办理方式取决于读法，须注明由谁决定采用本次读法。"
        "若穿越按城市道路内的全部长度合计（含沿路敷设）：联合踏勘、并联审批，与本次不同。"
    )
    same = replace(verdict, other_readings=(alike,))
    assert wording.reading_decides_sentence(same) == "换用其他读法，办理方式不变。"


def test_each_line_says_the_day_that_it_was_judged_for() -> None:
    results = cases.checked(cases.COMMITTED, cases.PROTECTED).routes
    assert list(wording.day_sentences(results, drawn.ON)) == [
        "外线 w1 按计划施工日 2026年12月1日判定",
        "外线 p1 按核查日 2026年11月22日判定",
    ]


def test_lines_that_were_judged_together_are_named() -> None:
    other = replace(cases.COMMITTED, route_id="w2")
    result = cases.checked(cases.COMMITTED, other).routes[0]
    sentence = wording.judged_together_sentence(result, drawn.neixiang())
    assert sentence is not None
    assert "w1、w2" in sentence
    assert "365 天" in sentence
    alone = cases.checked(cases.COMMITTED).routes[0]
    assert wording.judged_together_sentence(alone, drawn.neixiang()) is None


def test_a_suspected_split_names_the_lines_and_the_broken_condition() -> None:
    split = SuspectedSplit("gas", ("g1", "g2"), ("line_length",))
    assert wording.suspected_split_sentence(split, drawn.neixiang()) == (
        "疑似拆分：燃气外线 g1、g2 相距不超过 50 m、申请相隔不超过 365 天，"
        "合并后不满足“敷设管线长度在200米以内”；请核实是否同一工程"
    )


def test_a_course_says_where_the_line_runs_and_what_it_crosses() -> None:
    result = cases.checked(cases.PROTECTED).routes[0]
    assert wording.route_description(result, drawn.neixiang()) == (
        "电力外线 p1：起点 X 10.00 Y 70.00，终点 X 50.00 Y 200.00，长 170.00 m"
        "（椭球面；网格 170.00 m）；10.00–20.00 m 横穿示例R1路（支路，R1）10.00 m；"
        "110.00–122.00 m 横穿示例R2路（支路，R2）12.00 m；8.00–22.00 m（埋深 3.2 m）非开挖。"
    )


def test_a_road_that_is_bored_under_is_not_opened() -> None:
    result = cases.checked(cases.PROTECTED).routes[0]
    assert [one.road_id for one in wording.opened_roads(result)] == ["R2"]


def test_a_lane_that_is_no_city_road_is_not_opened_as_one() -> None:
    lanes = [cases.road("R1", 80, 90, road_class="other"), cases.road("R2", 95, 99)]
    result = cases.checked(cases.COMMITTED, where=cases.county(*lanes)).routes[0]
    assert [one.road_id for one in wording.opened_roads(result)] == ["R2"]


def test_a_bore_that_ends_inside_the_road_opens_it() -> None:
    short = replace(cases.PROTECTED, trenchless=drawn.route("0 0, 9 0", bores=[(8, 19)]).trenchless)
    result = cases.checked(short).routes[0]
    assert [one.road_id for one in wording.opened_roads(result)] == ["R1", "R2"]


def test_lines_that_were_held_against_a_part_only_are_named_once_a_layer_and_reason() -> None:
    crowd = [NotJudged(f"r{number}", "routes", NotJudgedReason.CROWDED) for number in range(10_000)]
    beyond = NotJudged("r7", "pipelines", NotJudgedReason.OUTSIDE_COVERAGE)
    absent = NotJudged(None, "surfaces", NotJudgedReason.NO_LAYER)
    one, other = wording.partly_judged_sentences([*crowd, beyond, absent])
    assert one.startswith("外线 r0、r1")
    assert "等 10000 条：近旁的外线过多，只核对了最近的一部分" in one
    assert len(one) < 120
    assert other.startswith("外线 r7：超出资料的测绘范围")
    assert wording.partly_judged_sentences([absent]) == []
