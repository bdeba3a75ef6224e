"""Which alternative comes first, in what digging apart is better, and what that is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.trenching.report import trench_report
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.ranking import (
    better_apart,
    figures_apart,
    figures_of,
    rank,
)
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.drawn import ON
from tests.trenching.towns import line, only, planner, proposal, town

RANKING = load_trench_rules().ranking
EVIDENCE = 'evidence = "住建局 2026-03-01 会议纪要"'


def cables(apart_m: float = 2.0, to_n: float = 50.0, **facts: object) -> tuple[Route, Route]:
    """A power and a telecom line across the street, and through the park unless they end before."""
    return (
        line(f"0 -10, 0 {to_n}", "power", **facts),
        line(f"{apart_m} -10, {apart_m} {to_n}", "telecom", **facts),
    )


def test_fewer_closures_come_first_whatever_they_cost_and_what_is_unknown_comes_last() -> None:
    shown = figures_of(proposal(only(*cables())))
    dear, cheap = ({**shown, Criterion.COST: yuan} for yuan in (900.0, 100.0))
    more = {**cheap, Criterion.CLOSURES: 9}
    unknown = {**cheap, Criterion.CLOSURES: None}
    ranked = sorted((unknown, more, dear, cheap), key=lambda one: rank(one, RANKING))
    assert ranked == [cheap, dear, more, unknown]


def test_what_two_decimals_do_not_show_neither_ranks_nor_is_better() -> None:
    found = proposal(only(*cables()))
    cost = figures_of(found)[Criterion.COST]
    assert cost is not None
    shown = {**figures_of(found), Criterion.COST: 900.0, Criterion.TRENCH: 50.0}
    noise = {**shown, Criterion.COST: 900.0 + 1e-9, Criterion.TRENCH: 40.0}
    assert rank(noise, RANKING) < rank(shown, RANKING)  # by the trench: the cost is the same
    half = {**shown, Criterion.COST: 900.125 + 1e-9}
    assert rank(half, RANKING) == rank({**shown, Criterion.COST: 900.125 - 1e-9}, RANKING)
    assert rank({**shown, Criterion.COST: 899.98}, RANKING) < rank(shown, RANKING)
    for less, better in ((1e-9, ()), (0.02, (Criterion.COST,))):
        before = replace(found.before, cost=cost - less)
        assert better_apart(replace(found, before=before), (Criterion.COST,)) == better


def test_the_worked_examples_of_the_ranking_rule_hold() -> None:
    rule = load_trench_rules().rules["ranking"]
    shown = dict(figures_of(proposal(only(*cables()))))
    for example, is_first in ((rule.passing, True), (rule.failing, False)):
        one, other = (
            {**shown, **{Criterion(name): value for name, value in figures.items()}}
            for figures in (example["first"], example["second"])
        )
        assert (rank(one, RANKING) < rank(other, RANKING)) is is_first


def test_what_costs_more_than_digging_apart_says_so_and_names_not_sharing() -> None:
    # a gap of 0.5 m makes the common trench wider than both own ones of 0.4 m
    narrow = cables(to_n=19.0, trench_width_m=0.4)
    suggestion = only(*narrow)
    found = proposal(suggestion)
    after, apart = figures_of(found), figures_apart(found)
    assert after[Criterion.COST] > apart[Criterion.COST]
    assert better_apart(found, RANKING) == (Criterion.COST,)
    said = wording.worse_than_apart(found, better_apart(found, RANKING))
    more = wording.figure(after[Criterion.COST] - apart[Criterion.COST])
    assert said == f"比各自施工：费用多 {more} 元。"


def test_what_is_better_in_everything_names_no_other_choice() -> None:
    suggestion = only(*cables(0.8, to_n=19.0))
    first = suggestion.proposals[0]
    assert better_apart(first, RANKING) == suggestion.better_apart == ()
    assert wording.worse_than_apart(first, ()) is None
    assert wording.apart_sentence(suggestion) is None


def test_a_stricter_way_makes_digging_apart_a_choice_with_its_price() -> None:
    # the common strip in the park is wider than each line's own: 20 m2 are exceeded
    lines = cables(3.0, working_width_m=1.5)
    suggestion = only(*lines)
    stricter = [
        one for one in suggestion.proposals if Criterion.STRICTER_WAYS in better_apart(one, RANKING)
    ]
    assert stricter
    (count,) = {figures_of(one)[Criterion.STRICTER_WAYS] for one in stricter}
    assert f"{count} 条外线的审批方式变严" in (
        wording.worse_than_apart(stricter[0], (Criterion.STRICTER_WAYS,)) or ""
    )
    chosen = replace(suggestion, proposals=tuple(stricter), better_apart=(Criterion.STRICTER_WAYS,))
    said = wording.apart_sentence(chosen)
    assert said == (
        "不合并（各自施工）也可选：方式变严的外线比排在第一的方案少；"
        "代价是路面开口 2 处、道路封闭 2 次。"
    )


def test_an_unknown_figure_is_better_in_nothing() -> None:
    found = proposal(only(*cables(), one=replace(town(), prices=MappingProxyType({}))))
    assert figures_apart(found)[Criterion.COST] is None
    assert Criterion.COST not in better_apart(found, RANKING)


def test_a_county_ranks_otherwise_with_its_evidence(tmp_path: Path) -> None:
    correction = tmp_path / "trenches.toml"
    correction.write_text(f'[ranking]\nby = ["cost"]\n{EVIDENCE}\n', encoding="utf-8")
    rules = load_trench_rules(tmp_path)
    assert rules.ranking == (Criterion.COST,)
    assert rules.pairs == load_trench_rules().pairs
    (found,) = planner(rules=rules).propose(cables(trench_width_m=0.4), ON).suggestions
    costs = [one.after.cost for one in found.proposals]
    assert costs == sorted(costs)
    assert found.proposals[0].variant is Variant.IN_PLACE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ranking]\nby = ["cost"]', "evidence: 缺少这一项"),
        (f'[ranking]\nby = ["price"]\n{EVIDENCE}', "不认识“price”"),
        (f"[ranking]\n{EVIDENCE}", "by: 缺少这一项"),
        ("schema = 1", "pairs: 缺少这一项"),
    ],
)
def test_a_wrong_ranking_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "trenches.toml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SurveyError) as raised:
        load_trench_rules(tmp_path)
    assert said in str(raised.value)


def test_the_json_says_by_what_is_ranked_and_in_what_apart_is_better() -> None:
    report = trench_report(planner().propose(cables(to_n=19.0, trench_width_m=0.4), ON))
    assert report["ranking"] == [one.value for one in RANKING]
    (suggestion,) = report["suggestions"]
    by_variant = {one["variant"]: one["better_apart"] for one in suggestion["proposals"]}
    assert by_variant == {"all": ["cost"], "in_place": []}
