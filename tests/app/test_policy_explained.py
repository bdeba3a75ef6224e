"""A policy file is explained back so that a department can hold it to its document."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.wording.policies import explain_policy
from neixiang_survey_plugin.app.wording.policy_lexicon import CHINESE, ENGLISH
from neixiang_survey_plugin.core.policy import Policy, RuleKind
from neixiang_survey_plugin.core.policy_checks import unreachable_tiers
from neixiang_survey_plugin.hosts.cli.main import app
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.drawn import neixiang


def shipped(name: str) -> Policy:
    return read_policy(places.rules_folder() / f"{name}.toml")


NAMES = [path.stem for path in places.policy_files()]


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)", text))

    assert CHINESE.keys() == ENGLISH.keys()
    assert [key for key in CHINESE if values(CHINESE[key]) != values(ENGLISH[key])] == []
    assert [key for key, text in ENGLISH.items() if re.search(r"[\u3400-\u9fff]", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_every_way_is_said_with_its_limit_and_how_sure_it_is(name: str) -> None:
    policy = shipped(name)
    for lexicon in (CHINESE, ENGLISH):
        said = list(explain_policy(policy, lexicon))
        for tier in policy.tiers:
            assert any(lexicon[f"way.{tier.way.value}"] in one for one in said)
            for rule in tier.rules:
                mine = [one for one in said if f"“{rule.text}”" in one and rule.clause in one]
                assert mine
                assert rule.confidence in mine[0]
                if rule.limit is not None:
                    assert f"{rule.limit:g} " in mine[0]


def test_yichuan_reads_as_four_ways_and_the_county_government() -> None:
    said = list(explain_policy(shipped("yichuan_2022"), CHINESE))
    ways = [one.split("（")[0] for one in said if re.match("第.级", one)]
    assert ways == [
        "第1级 免审批",
        "第2级 告知承诺",
        "第3级 备案",
        "第4级 联合踏勘、并联审批",
        "第5级 并联审批并报县政府批准",
    ]
    assert "2. 电压小于 35 kV（不含本数）" in "".join(said)


def test_what_has_to_be_confirmed_is_listed() -> None:
    said = "".join(explain_policy(shipped("luoyang_2023"), CHINESE))
    assert "须对照原文确认的规定：管线长度不超过500米" in said
    assert "各项规定都有可靠来源" in "".join(explain_policy(shipped("beijing_2020"), CHINESE))


@pytest.mark.parametrize("name", NAMES)
def test_every_way_of_a_shipped_policy_can_be_reached(name: str) -> None:
    assert list(unreachable_tiers(shipped(name))) == []


def test_a_way_behind_one_that_asks_no_more_is_never_reached() -> None:
    policy = neixiang()
    first, *others = policy.tiers
    tighter = tuple(
        replace(one, rule_id="tight", limit=100.0) if one.kind is RuleKind.LINE_LENGTH else one
        for one in first.rules
    )
    looser = tuple(
        replace(one, rule_id="loose", limit=300.0) if one.kind is RuleKind.LINE_LENGTH else one
        for one in first.rules
    )
    # what also serves by the county's switch is not covered by a way that serves companies
    unswitched = replace(first, applicants_by_switch=frozenset())
    hidden = replace(policy, tiers=(first, replace(unswitched, rules=tighter), *others))
    assert list(unreachable_tiers(hidden)) == [(1, 0)]
    assert "永远轮不到" in "".join(explain_policy(hidden, CHINESE))
    open_way = replace(policy, tiers=(first, replace(unswitched, rules=looser), *others))
    assert list(unreachable_tiers(open_way)) == []


def test_the_command_takes_a_name_or_a_file_and_writes_json(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text((places.rules_folder() / "yichuan_2022.toml").read_text("utf-8"), "utf-8")
    target = tmp_path / "said.json"
    done = CliRunner().invoke(app, ["policy", "explain", str(own), "--json", str(target)])
    assert done.exit_code == 0
    assert "第3级 备案" in done.stdout
    report = json.loads(target.read_text("utf-8"))
    assert (report["policy"], report["unreachable"]) == ("yichuan_2022", [])
    assert "no_green" in report["needs_confirmation"]
    english = CliRunner().invoke(app, ["policy", "explain", "beijing_2020", "--lang", "en"])
    assert "less than 100 m" in english.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["neixiang_2020"], "是不是 neixiang_2022"),
        (["neixiang_2022", "--lang", "fr"], "zh、en、both"),
    ],
)
def test_what_is_no_policy_and_no_language_is_named(arguments: list[str], named: str) -> None:
    done = CliRunner().invoke(app, ["policy", "explain", *arguments])
    assert done.exit_code != 0
    assert named in str(done.exception)
