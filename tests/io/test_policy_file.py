"""Policy files: the shipped one is read in full, and a typo in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.policy import CrossingReading, LengthReading, Policy, Way
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.policy_file import find_policy, read_policy
from tests.builders import write_county
from tests.io.saying import county_problems, only, problems_of

SHIPPED = places.rules_folder() / "neixiang_2022.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")


def policy_with(folder: Path, old: str, new: str) -> Path:
    assert TEXT.count(old) >= 1
    path = folder / "own.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_shipped_policy_is_read_in_full() -> None:
    policy = read_policy(SHIPPED)
    assert [tier.way for tier in policy.tiers] == [
        Way.COMMITMENT,
        Way.JOINT,
        Way.JOINT_GOVERNMENT,
    ]
    limits = {rule.rule_id: rule.limit for rule in policy.rules if rule.limit is not None}
    assert limits == {"crossing_length": 15.0, "line_length": 200.0, "green_area": 20.0}
    protection = next(rule for rule in policy.rules if rule.rule_id == "road_protection")
    assert (protection.delivered_years, protection.overhauled_years) == (5, 3)
    assert policy.reading.crossing is CrossingReading.ACROSS
    assert policy.tiers[2].broken_rules == (protection,)
    assert policy.clocks["at_once"].working_days == 0.0
    assert (policy.no_split.days, policy.unknown_width_reach_m) == (365, 50.0)


def test_policy_may_read_the_limits_otherwise(tmp_path: Path) -> None:
    policy = read_policy(policy_with(tmp_path, 'length = "utility"', 'length = "application"'))
    assert policy.reading.length is LengthReading.APPLICATION


def test_policy_that_leaves_out_readings_and_reach_has_the_usual_ones(tmp_path: Path) -> None:
    begin, end = TEXT.index("[readings]"), TEXT.index("[no_split]")
    policy = read_policy(policy_with(tmp_path, TEXT[begin:end], ""))
    assert policy.reading == read_policy(SHIPPED).reading
    assert policy.unknown_width_reach_m == Policy.unknown_width_reach_m


@pytest.mark.parametrize("name", ["own", "own.toml", "./own.toml"])
def test_county_may_name_a_file_beside_its_own(tmp_path: Path, name: str) -> None:
    policy_with(tmp_path, 'title = "', 'title = "本县')
    county = load_county(write_county(tmp_path, policy=name))
    assert county.policy.title.startswith("本县")


def test_shipped_policy_comes_before_a_file_of_the_same_name(tmp_path: Path) -> None:
    for name in ("neixiang_2022", "neixiang_2022.toml"):
        (tmp_path / name).write_text("spoiled", "utf-8")
    assert find_policy("neixiang_2022", tmp_path) == SHIPPED


def test_policy_that_is_nowhere_is_named_with_those_there_are(tmp_path: Path) -> None:
    write_county(tmp_path, policy="neixiang_2020")
    problems = county_problems(tmp_path)
    only(problems, "county.toml", "policy", "neixiang_2020", "是不是 neixiang_2022")


# What is changed in the shipped file, and what the sentences name.
TYPOS = [
    ("limit = 15.0", "limt = 15.0", ("[rules#1 crossing_length] limt", "是不是 limit")),
    ("limit = 15.0", "", ("[rules#1 crossing_length] limit", "缺少")),
    ("limit = 15.0", 'limit = "15"', ("[rules#1 crossing_length] limit", "应为数")),
    ("limit = 15.0", "limit = -15.0", ("[rules#1 crossing_length] limit", "不小于 0")),
    ('unit = "m2"', 'unit = "ha"', ("[rules#3 green_area] unit", "应为 m2")),
    ('kind = "line_length"', 'kind = "line_lenght"', ("[rules#2 line_length] kind", "line_length")),
    ('confidence = "A"', 'confidence = "E"', ("confidence", "不认识“E”")),
    (
        'unit = "m"\nclause = "四(二)"',
        'unit = "m"',
        ("[rules#1 crossing_length] clause", "缺少"),
    ),
    ("passing = { length_m = 200.0 }", "", ("[rules#2 line_length] passing", "缺少")),
    ("failing = { length_m", "failing = { lenght_m", ("failing.lenght_m", "是不是 length_m")),
    ("failing = { green_m2 = 20.001 }", "failing = {}", ("failing", "不能为空")),
    ('["arterial", "expressway"]', '["arteriel"]', ("road_classes", "是不是 arterial")),
    ('["arterial", "expressway"]', "[]", ("[rules#4 main_road] road_classes", "不能为空")),
    ("delivered_years = 5", "delivered_years = 5\nlimit = 5.0", ("limit", "不用它")),
    ("delivered_years = 5", "delivered_years = 5.5", ("delivered_years", "应为整数")),
    ('    "highway",\n', "", ("rules", "规则 highway 没有任何一级用到")),
    (
        '    "line_length",',
        '    "line_lenght",\n"line_length",',
        ("[tiers#1] rules", "line_length"),
    ),
    ('clock = "at_once"', 'clock = "at_onec"', ("[tiers#1] clock", "是不是 at_once")),
    ('way = "joint"', 'way = "joined"', ("[tiers#2] way", "不认识“joined”")),
    ('"resident"]', '"residents"]', ("[tiers#3] applicants", "是不是 resident")),
    ("rules = []", 'rules = ["highway"]', ("tiers", "最后一级（joint_government）")),
    ("days = 365", "days = 365\ndas = 1", ("[no_split] das", "是不是 days")),
    ('crossing = "across"', 'crossing = "over"', ("[readings] crossing", "across_each")),
    ("[measuring]\n", "[mesuring]\n", ("mesuring", "是不是 measuring")),
    ('start = "dig_begun"', 'start = "dig"', ("[clocks#7 emergency_papers] start", "dig_begun")),
    ('start = "dig_begun"', "", ("[clocks#7 emergency_papers] start", "缺少")),
    ("hours = 24.0", "", ("[clocks#7 emergency_papers] hours", "缺少")),
    ('["hours"]', '["houres"]', ("[clocks#7 emergency_papers] count", "是不是 hours")),
    ('["hours"]', "[]", ("[clocks#7 emergency_papers] count", "不能为空")),
    ('stop = "last_decision"', 'stop = "complete_submission"', ("[clocks#1 at_once] stop", "相同")),
    ("working_days = 0.5", "working_days = 0.3", ("[clocks#5 access_half_day]", "0.5 个工作日")),
    ("working_days = 0.5", "working_days = 0", ("working_days", "按 half_days 计不能为 0")),
    ('ways = ["commitment"]', 'ways = ["commit"]', ("[clocks#1 at_once] ways", "commitment")),
    ('id = "highway"', 'id = "main_road"', ("rules", "main_road 出现了 2 次")),
]


@pytest.mark.parametrize(("old", "new", "named"), TYPOS, ids=[str(n) for n in range(len(TYPOS))])
def test_typo_is_named_with_file_and_key(
    tmp_path: Path, old: str, new: str, named: tuple[str, ...]
) -> None:
    path = policy_with(tmp_path, old, new)
    problems = problems_of(lambda: read_policy(path))
    assert all(problem.startswith(f"{path}: ") for problem in problems)
    assert any(all(part in problem for part in named) for problem in problems), problems


def test_policy_without_a_last_way_out_is_refused(tmp_path: Path) -> None:
    begin = TEXT.index("# Article 33")
    end = TEXT.index("[[rules]]")
    path = policy_with(tmp_path, TEXT[begin:end], "")
    only(problems_of(lambda: read_policy(path)), "tiers", "最后一级（joint）", "无路可走")


def test_policy_of_a_county_is_told_of_together_with_its_grid(tmp_path: Path) -> None:
    policy_with(tmp_path, "limit = 15.0", "limit = true")
    write_county(tmp_path, policy="own.toml")
    file = tmp_path / "county.toml"
    file.write_text(file.read_text("utf-8").replace("4546", "4490"), "utf-8")
    grid, policy = county_problems(tmp_path)
    assert "county.toml: epsg" in grid
    assert "own.toml: [rules#1 crossing_length] limit" in policy
