"""The rules of shared trenches as a file, and how a county corrects one pair."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.trenching.rules import Share
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.trench_file import (
    CORRECTIONS_FILE,
    SHIPPED,
    load_trench_rules,
    read_trench_rules,
)

FILE = places.rules_folder() / f"{SHIPPED}.toml"
EVIDENCE = 'confidence = "B", evidence = "住建局 2026-03-01 会议纪要"'


def corrected(folder: Path, *rows: str) -> Path:
    listed = ",\n".join(f"{{ {row} }}" for row in rows)
    (folder / CORRECTIONS_FILE).write_text(f"pairs = [\n{listed}\n]\n", encoding="utf-8")
    return folder


def broken(folder: Path, change: Callable[[str], str]) -> str:
    path = folder / "trenches.toml"
    path.write_text(change(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(SurveyError) as raised:
        read_trench_rules(path)
    return "\n".join(raised.value.problems)


def test_every_two_of_the_five_utilities_have_a_cell() -> None:
    rules = load_trench_rules()
    wanted = [frozenset(pair) for pair in itertools.combinations(UTILITY, 2)]
    assert [sorted(pair) for pair in wanted if pair not in rules.pairs] == []


def test_every_cell_says_where_it_stands_and_how_sure_it_is() -> None:
    for rule in load_trench_rules().pairs.values():
        assert rule.source, rule
        assert rule.clause, rule
        assert rule.confidence in "ABCDX", rule


def test_heat_keeps_its_own_trench_beside_cables() -> None:
    rules = load_trench_rules()
    assert not rules.may_share(["power", "heat"])
    assert not rules.may_share(["water", "telecom", "heat"])
    assert rules.may_share(["water", "power", "telecom", "gas"])
    assert rules.may_share(["water", "heat"])


def test_two_utilities_of_which_nobody_said_so_do_not_share() -> None:
    assert load_trench_rules().pair("gas", "gas") is None
    assert not load_trench_rules().may_share(["gas", "gas"])


def test_a_county_corrects_one_cell_with_its_evidence(tmp_path: Path) -> None:
    row = f'a = "heat", b = "power", share = "with_protection", {EVIDENCE}'
    rules = load_trench_rules(corrected(tmp_path, row))
    cell, before = rules.pair("power", "heat"), load_trench_rules().pair("power", "heat")
    assert cell is not None
    assert before is not None
    assert (cell.share, cell.evidence) == (Share.WITH_PROTECTION, "住建局 2026-03-01 会议纪要")
    assert (cell.clear_m, cell.clause) == (before.clear_m, before.clause)
    assert rules.may_share(["power", "heat"])
    assert not load_trench_rules().may_share(["power", "heat"])
    assert rules.pair("water", "gas") == load_trench_rules().pair("water", "gas")


def test_a_county_may_add_a_pair_that_nobody_listed(tmp_path: Path) -> None:
    row = f'a = "gas", b = "gas", share = "yes", clear_m = 0.4, clause = "4.1.9", {EVIDENCE}'
    assert load_trench_rules(corrected(tmp_path, row)).may_share(["gas", "gas"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('a = "heat", b = "power", share = "yes", confidence = "B"', "evidence: 缺少这一项"),
        (f'a = "heat", b = "steam", share = "yes", {EVIDENCE}', "不认识“steam”"),
        (f'a = "gas", b = "gas", share = "yes", {EVIDENCE}', "clear_m: 缺少这一项"),
        (f'a = "heat", b = "power", share = "perhaps", {EVIDENCE}', "不认识“perhaps”"),
        (f'a = "heat", b = "power", clear_m = -1.0, {EVIDENCE}', "应不小于 0"),
        (f'a = "heat", b = "power", shares = "yes", {EVIDENCE}', "没有这个键"),
    ],
)
def test_a_wrong_correction_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(SurveyError) as raised:
        load_trench_rules(corrected(tmp_path, row))
    assert said in str(raised.value)


def test_a_pair_may_be_corrected_once_only(tmp_path: Path) -> None:
    rows = [f'a = "{a}", b = "{b}", {EVIDENCE}' for a, b in (("heat", "gas"), ("gas", "heat"))]
    with pytest.raises(SurveyError, match="不止一次"):
        load_trench_rules(corrected(tmp_path, *rows))


def test_every_problem_of_the_file_is_said_at_once(tmp_path: Path) -> None:
    said = broken(
        tmp_path,
        lambda text: (
            text.replace("schema = 1", "schema = 2")
            .replace("least_angle_deg = 135.0", "least_angle_deg = 45.0")
            .replace('id = "lead_angle"', 'id = "lead_angles"')
            .replace("{ to_mm = 500.0,", "{ to_mm = 5000.0,")
            .replace("bedding_m = 0.1", "beding_m = 0.1")
        ),
    )
    for part in (
        "schema",
        "应在 90 与 180 之间",
        "缺少 lead_angle",
        "side: 应有",
        "bedding_m: 缺少",
        "beding_m: 没有这个键",
    ):
        assert part in said


def test_the_worked_examples_of_the_rules_hold() -> None:
    rules = load_trench_rules()
    share, order = rules.rules["same_trench"], rules.rules["section_order"]
    width, lead = rules.rules["trench_width"], rules.rules["lead_angle"]
    together, level = rules.rules["together"], rules.rules["not_stacked"]
    assert rules.may_share([str(one) for one in share.passing.values()])
    assert not rules.may_share([str(one) for one in share.failing.values()])
    assert rules.departures(order.passing["order"]) == ()
    assert rules.departures(order.failing["order"]) == (("telecom", "power"),)
    needed_m = rules.shape.width_m(float(str(width.passing["outer_m"])))
    assert needed_m == pytest.approx(width.passing["width_m"])
    assert needed_m > float(str(width.failing["width_m"])) + 1e-9
    assert lead.passing["angle_deg"] == rules.together.least_angle_deg
    assert float(str(lead.failing["angle_deg"])) < rules.together.least_angle_deg
    assert together.passing == {
        "apart_m": rules.together.within_m,
        "along_m": rules.together.along_m,
    }
    assert float(str(together.failing["apart_m"])) > rules.together.within_m
    cell = rules.pair("water", "power")
    assert cell is not None
    assert (
        float(str(level.failing["apart_m"])) < cell.clear_m <= float(str(level.passing["apart_m"]))
    )


@pytest.mark.parametrize(
    ("outer_m", "depth_m", "width_m"),
    [
        (0.5, None, 1.1),
        (0.501, None, 1.301),
        (1.5, 1.0, 2.5),
        (9.0, 1.0, 10.0),
        (0.5, 1.5, 1.1),
        (0.5, 1.501, 1.4),
    ],
)
def test_the_trench_is_as_wide_as_gb_50268_says(
    outer_m: float, depth_m: float | None, width_m: float
) -> None:
    assert load_trench_rules().shape.width_m(outer_m, depth_m) == pytest.approx(width_m)
