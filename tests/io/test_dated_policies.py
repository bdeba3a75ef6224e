"""Old cases are judged by the rules of their day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app import checking, wording
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.clocks import read_clocks
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.judging.judge import judge
from neixiang_survey_plugin.core.policy import Policy, Way
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.policy_versions import read_policies
from tests.builders import write_county
from tests.drawn import check, check_one, county, finding, green, route

THEN, NOW = date(2022, 6, 1), date(2023, 6, 1)
PARK = [green((0, -5, 8, 5))]  # 16 m2 of a strip of 2 m
POWER = {"utility": "power", "voltage_kv": 0.4}


@pytest.fixture
def both(tmp_path: Path) -> Policy:
    """Yichuan's rules of 2022, then Luoyang's of 2023."""
    return read_policies(("luoyang_2023", "yichuan_2022"), tmp_path / "county.toml")


def test_a_line_goes_on_under_the_rules_of_the_day_it_was_applied_for(both: Policy) -> None:
    drawn = county(greens=PARK, policy=both)
    old, new = (
        check_one(drawn, route("0 0, 90 0", applied_on=day, **POWER), on=date(2026, 1, 1)).verdict
        for day in (THEN, NOW)
    )
    assert (old.way, old.policy_id) == (Way.FILING, "yichuan_2022")
    assert {one.rule for one in old.findings} >= {"yichuan_2022/little_green", "applicant"}
    assert (new.way, new.policy_id) == (Way.FILING, "luoyang_2023")
    long = route("0 0, 400 0", applied_on=THEN, **{**POWER, "utility": "water"})
    assert check_one(drawn, long).verdict.way is Way.OUTSIDE  # Yichuan's rules are for power


def test_a_line_without_a_day_is_judged_by_the_rules_of_the_day_of_the_check(both: Policy) -> None:
    line = route("0 0, 90 0", **POWER)
    found = [check_one(county(policy=both), line, on=day).verdict.policy_id for day in (THEN, NOW)]
    assert found == ["yichuan_2022", "luoyang_2023"]


def test_the_day_of_the_works_does_not_choose_the_rules(both: Policy) -> None:
    line = route("0 0, 90 0", applied_on=THEN, planned_on=NOW, **POWER)
    assert check_one(county(policy=both), line).verdict.policy_id == "yichuan_2022"


def test_lines_of_one_case_under_different_rules_each_count_all_of_it(both: Policy) -> None:
    lines = [
        route("0 0, 300 0", "a", case_id="c1", applied_on=date(2022, 12, 1), **POWER),
        route("0 9, 250 9", "b", case_id="c1", applied_on=date(2023, 1, 15), **POWER),
    ]
    result = check(county(policy=both), *lines)
    old, new = (one.verdict for one in result.routes)
    assert (old.policy_id, old.way) == ("yichuan_2022", Way.JOINT)  # 550 m, more than 500 m
    assert (new.policy_id, new.way) == ("luoyang_2023", Way.OUTSIDE)
    assert [one.judged_with for one in result.routes] == [("a", "b")] * 2
    (said,) = wording.earlier_rules_sentences(result.routes, both)
    assert said.startswith("外线 a 按申请当日施行的规定判定：伊川县2022年文件")


def test_lines_are_judged_once_by_each_version_whatever_their_number(
    both: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (date(2021, 5, 1), THEN, NOW)
    lines = [
        route(f"{n} {20 * n}, 90 {20 * n}", f"r{n}", case_id=f"c{n // 6}", applied_on=day, **POWER)
        for n, day in enumerate(days * 4)
    ]
    drawn, judged = county(greens=PARK, policy=both), []

    def counted(facts: Any, policy: Policy, in_force: bool = True) -> Any:
        judged.append((facts.route_ids, policy.policy_id, in_force))
        return judge(facts, policy, in_force)

    monkeypatch.setattr(checking, "judge", counted)
    found = check(drawn, *lines).routes
    assert [one.route.route_id for one in found] == [one.route_id for one in lines]
    # both cases have a group of 2021 under no rules, and one of lines under both versions
    assert len(judged) == len(set(judged)) == 2 * (1 + 2)
    names = ["luoyang_2023", "yichuan_2022", "luoyang_2023"]
    assert [one.verdict.policy_id for one in found] == names * 4
    is_open = ["in_force" not in {own.rule for own in one.verdict.findings} for one in found]
    assert is_open == [False, True, True] * 4


def test_the_last_day_before_new_rules_has_the_old_ones(both: Policy) -> None:
    days = [date(2022, 12, 31), date(2023, 1, 1)]
    found = [both.on(day) for day in days]
    assert [one.policy_id for one in found if one] == ["yichuan_2022", "luoyang_2023"]


def test_before_the_first_rules_no_way_is_open_and_the_verdict_says_so(both: Policy) -> None:
    result = check_one(
        county(policy=both), route("0 0, 90 0", applied_on=date(2021, 5, 1), **POWER)
    )
    assert result.verdict.way is Way.OUTSIDE
    assert "申请当日本方案已施行" in wording.verdict_sentence(result.verdict, both)
    said = wording.finding_sentence(finding(result, "in_force"), None)
    assert "没有施行；按当时的规定办理" in said


def test_a_case_keeps_the_promises_of_the_rules_it_was_received_under(tmp_path: Path) -> None:
    policy = read_policies(("neixiang_2022", "luoyang_2023"), tmp_path / "county.toml")
    office = load_office(places.sample_county(), ())
    found = []
    for day in (THEN, NOW):
        case = Case(case_id="c1", received_at=datetime(day.year, day.month, day.day, 9))
        dossier = Dossier(case, services=(Service(case_id="c1", utility="power"),))
        readings = read_clocks(dossier, policy, office, datetime(2026, 1, 1))
        found.append({one.clock.clock_id for one in readings})
    old, new = found
    assert old == {"neixiang_2022/access_half_day", "neixiang_2022/access_one_day"}
    assert new == set()  # Luoyang's summary gives no time


def test_a_county_names_several_policies_in_any_order(tmp_path: Path) -> None:
    write_county(tmp_path, policy="POLICIES")
    file = tmp_path / "county.toml"
    text = file.read_text("utf-8")
    listed = text.replace('"POLICIES"', '["yichuan_2022", "luoyang_2023"]')
    file.write_text(listed, "utf-8")
    policy = load_county(tmp_path).policy
    assert policy.policy_id == "luoyang_2023"
    assert [one.policy_id for one in policy.earlier] == ["yichuan_2022"]


@pytest.mark.parametrize(
    ("policies", "named"),
    [
        ('["neixiang_2022", "neixiang_2022"]', "neixiang_2022 写了不止一次"),
        ("[]", "policy: 不能为空"),
        ('["neixiang_2022", "own"]', "neixiang_2022 与 own_2022 同日施行"),
        ('["neixiang_2022", "luoyang_2033"]', "是不是 luoyang_2023"),
    ],
)
def test_policies_that_cannot_follow_each_other_are_named(
    tmp_path: Path, policies: str, named: str
) -> None:
    text = (places.rules_folder() / "neixiang_2022.toml").read_text("utf-8")
    own = text.replace('id = "neixiang_2022"', 'id = "own_2022"', 1)
    (tmp_path / "own.toml").write_text(own, "utf-8")
    write_county(tmp_path, policy="POLICIES")
    file = tmp_path / "county.toml"
    file.write_text(file.read_text("utf-8").replace('"POLICIES"', policies), "utf-8")
    with pytest.raises(SurveyError) as error:
        load_county(tmp_path)
    assert any(named in one for one in error.value.problems)


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ("in_force_from = 2023-01-01", "in_force_source"),
        (
            'in_force_from = 2023-01-01\nin_force_until = 2022-01-01\nin_force_source = "-"\n'
            'in_force_confidence = "A"',
            "in_force_until: 不应早于",
        ),
    ],
)
def test_days_of_a_policy_have_a_source_and_follow_each_other(
    tmp_path: Path, days: str, named: str
) -> None:
    text = (places.rules_folder() / "neixiang_2022.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(
        text.replace('place = "内乡县"', f'place = "-"\n{days}', 1), "utf-8"
    )
    with pytest.raises(SurveyError) as error:
        read_policies(("own",), tmp_path / "county.toml")
    assert any(named in one for one in error.value.problems)
