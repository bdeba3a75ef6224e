"""Every place with figures in the survey of other places' rules can be written as a policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.drawn import county, green, road, route, surface, way

HEAD = """
id = "place"
title = "某地"
document = "某文"
place = "某地"
[no_split]
days = 365
suspected_within_m = 50.0
clause = "-"
source = "-"
confidence = "C"
[applicants]
clause = "-"
[[clocks]]
id = "c"
text = "-"
clause = "-"
source = "-"
confidence = "C"
"""
LAST = """
[[tiers]]
way = "joint"
clause = "-"
clock = "c"
form = "joint"
applicants = ["company", "non_resident", "resident"]
rules = []
"""
FACTS: dict[str, tuple[str, str]] = {
    # kind: what the example that passes says, and the one that fails
    "line_length": ("length_m = 1.0", "length_m = 9999.0"),
    "crossing_length": ("crossings_m = [1.0]", "crossings_m = [99.0]"),
    "green_area": ("green_m2 = 0.0", "green_m2 = 999.0"),
    "utility": ('utility = "power"', 'utility = "heat"'),
    "voltage": ("voltage_kv = 0.1", "voltage_kv = 500.0"),
    "power": ("power_kw = 1.0", "power_kw = 9999.0"),
    "diameter": ("diameter_mm = 1.0", "diameter_mm = 9999.0"),
    "duct_holes": ("duct_holes = 1.0", "duct_holes = 99.0"),
    "trench_width": ("trench_width_m = 0.1", "trench_width_m = 99.0"),
    "carriageway_side": ("sides_m = [1.0, 1.0]", "sides_m = [99.0, 1.0]"),
    "dug_length": ("road_m = 1.0", "road_m = 9999.0"),
    "road_class": ('road_class = "local"', 'road_class = "arterial"'),
}
UNITS = {"green_area": "m2", "voltage": "kV", "power": "kW", "diameter": "mm", "duct_holes": "hole"}


def rule(kind: str, name: str, body: str) -> str:
    passing, failing = FACTS[kind]
    unit = f'unit = "{UNITS.get(kind, "m")}"\n' if "limit" in body else ""
    return (
        f'[[rules]]\nid = "{name}"\nkind = "{kind}"\ntext = "{name}"\n{body}\n{unit}'
        'clause = "-"\nsource = "-"\nconfidence = "C"\n'
        f"passing = {{ {passing} }}\nfailing = {{ {failing} }}\n"
    )


def tier(way: str, *rules: str) -> str:
    return (
        f'[[tiers]]\nway = "{way}"\nclause = "-"\nclock = "c"\nform = "{way}"\n'
        f'applicants = ["company"]\nrules = {list(rules)!r}\n'
    )


def policy(folder: Path, tiers: str, *rules: str) -> Policy:
    path = folder / "place.toml"
    path.write_text(HEAD + tiers + LAST + "".join(rules), encoding="utf-8")
    return read_policy(path)


def went(place: Policy, line: str, **facts: Any) -> str:
    layers = {key: facts.pop(key) for key in ("roads", "greens", "surfaces") if key in facts}
    return way(county(policy=place, **layers), route(line, **facts))


def length(name: str, limit: float, more: str = "") -> str:
    return rule("line_length", name, f"limit = {limit}\n{more}")


def test_xinmi_has_one_length_for_pipes_and_another_for_cables(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("filing", "who", "pipes", "cables", "kv"),
        rule("utility", "who", 'utilities = ["water", "gas", "heat", "power"]'),
        length("pipes", 200.0, 'only_for = ["water", "gas", "heat"]'),
        length("cables", 500.0, 'only_for = ["power"]'),
        rule("voltage", "kv", 'limit = 10.0\nonly_for = ["power"]'),
    )
    assert went(place, "0 0, 200 0") == "filing"
    assert went(place, "0 0, 201 0", utility="gas") == "joint"
    assert went(place, "0 0, 500 0", utility="power", voltage_kv=10.0) == "filing"
    assert went(place, "0 0, 500 0", utility="power", voltage_kv=35.0) == "joint"
    assert went(place, "0 0, 500 0", utility="power") == "undetermined"
    assert went(place, "0 0, 20 0", utility="telecom") == "joint"


def test_puyang_counts_length_and_crossing(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("filing", "length", "crossing"),
        length("length", 200.0),
        rule("crossing_length", "crossing", "limit = 20.0"),
    )
    roads = [road((10, -50, 31, 50), width_m=21.0)]
    assert went(place, "0 0, 100 0") == "filing"
    assert went(place, "0 0, 100 0", roads=roads) == "joint"


def test_zhoukou_files_low_voltage_and_pipes_up_to_150_m(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("filing", "who", "kv", "length"),
        rule("utility", "who", 'utilities = ["water", "power", "gas", "telecom"]'),
        rule("voltage", "kv", 'limit = 10.0\nincluded = false\nonly_for = ["power"]'),
        length("length", 150.0),
    )
    assert went(place, "0 0, 150 0") == "filing"
    assert went(place, "0 0, 150 0", utility="power", voltage_kv=10.0) == "joint"
    assert went(place, "0 0, 150 0", utility="heat") == "joint"


def test_yicheng_leaves_highways_out(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("commitment", "length", "highways"),
        length("length", 200.0),
        rule("road_class", "highways", 'road_classes = ["highway"]'),
    )
    roads = [road((10, -50, 20, 50), road_class="highway")]
    assert went(place, "0 0, 100 0") == "commitment"
    assert went(place, "0 0, 100 0", roads=roads) == "joint"


def test_changsha_holds_sizes_ducts_and_the_trench_against_limits(tmp_path: Path) -> None:
    others = 'only_for = ["water", "gas", "heat", "telecom"]'
    place = policy(
        tmp_path,
        tier("commitment", "length", "trench", "pipe", "ducts", "duct"),
        length("length", 200.0),
        rule("trench_width", "trench", "limit = 1.0"),
        rule("diameter", "pipe", f"limit = 300.0\n{others}"),
        rule("duct_holes", "ducts", 'limit = 2.0\nonly_for = ["power"]'),
        rule("diameter", "duct", 'limit = 160.0\nonly_for = ["power"]'),
    )
    pipe = {"diameter_mm": 300.0, "trench_width_m": 1.0}
    cable = {**pipe, "utility": "power", "diameter_mm": 160.0, "duct_holes": 2.0}
    assert went(place, "0 0, 200 0", **pipe) == "commitment"
    assert went(place, "0 0, 200 0", **{**pipe, "diameter_mm": 315.0}) == "joint"
    assert went(place, "0 0, 200 0", **{**pipe, "trench_width_m": 1.2}) == "joint"
    assert went(place, "0 0, 200 0", **cable) == "commitment"
    assert went(place, "0 0, 200 0", **{**cable, "duct_holes": 3.0}) == "joint"
    assert went(place, "0 0, 200 0", **{**cable, "duct_holes": None}) == "undetermined"
    assert went(place, "0 0, 200 0", **{**cable, "diameter_mm": 200.0}) == "joint"


def test_xilingol_exempts_what_digs_and_takes_little(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("exempt", "who", "kv", "dug", "main"),
        rule("utility", "who", 'utilities = ["power"]'),
        rule("voltage", "kv", "limit = 10.0"),
        rule("dug_length", "dug", 'limit = 100.0\ncounts = ["roads", "greens"]'),
        rule("road_class", "main", 'road_classes = ["arterial"]'),
    )
    cable = {"utility": "power", "voltage_kv": 10.0}
    greens = [green((0, -5, 100, 5))]
    assert went(place, "0 0, 400 0", greens=greens, **cable) == "exempt"
    assert went(place, "0 0, 400 0", greens=[green((0, -5, 101, 5))], **cable) == "joint"
    assert went(place, "0 0, 400 0", greens=None, **cable) == "undetermined"


def test_beijing_s_low_risk_projects_have_thin_water_pipes(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("exempt", "who", "thin"),
        rule("utility", "who", 'utilities = ["water"]'),
        rule("diameter", "thin", "limit = 40.0\nincluded = false"),
    )
    assert went(place, "0 0, 50 0", diameter_mm=32.0) == "exempt"
    assert went(place, "0 0, 50 0", diameter_mm=40.0) == "joint"


def test_a_trench_s_length_leaves_bores_out(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("filing", "open"),
        rule("dug_length", "open", 'limit = 60.0\ncounts = ["all"]'),
    )
    assert went(place, "0 0, 100 0", bores=[(20, 60)]) == "filing"
    assert went(place, "0 0, 100 0", bores=[(20, 59)]) == "joint"


def test_a_side_of_a_carriageway_needs_surfaces_only_where_it_could_matter(tmp_path: Path) -> None:
    place = policy(
        tmp_path,
        tier("filing", "side"),
        rule("carriageway_side", "side", "limit = 25.0"),
    )
    narrow, wide = (road((10, -50, 10 + m, 50), width_m=m) for m in (24.0, 40.0))
    halves = [surface((10, -50, 30, 50), "a"), surface((30, -50, 50, 50), "b")]
    assert went(place, "0 0, 100 0", roads=[narrow]) == "filing"
    assert went(place, "0 0, 100 0", roads=[wide]) == "undetermined"
    assert went(place, "0 0, 100 0", roads=[wide], surfaces=halves) == "filing"


@pytest.mark.parametrize(
    ("kind", "body", "named"),
    [
        ("dug_length", 'limit = 1.0\ncounts = ["lawns"]', "counts: 不认识“lawns”"),
        ("dug_length", "limit = 1.0\ncounts = []", "counts: 不能为空"),
        ("utility", 'utilities = ["steam"]', "utilities: 不认识“steam”"),
        ("voltage", 'limit = 1.0\nutilities = ["power"]', "utilities: 这类规则不用它"),
        ("line_length", "limit = 1.0\nonly_for = []", "only_for: 不能为空"),
        ("road_class", 'road_classes = ["local"]\nincluded = false', "included: 这类规则不用它"),
    ],
)
def test_what_a_rule_cannot_say_is_named(tmp_path: Path, kind: str, body: str, named: str) -> None:
    from neixiang_survey_plugin.core.errors import SurveyError

    with pytest.raises(SurveyError) as error:
        policy(tmp_path, tier("filing", "one"), rule(kind, "one", body))
    assert any(named in problem for problem in error.value.problems)
