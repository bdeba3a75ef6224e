"""The rows of decisions that the matters of a case's lines ask for."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.matters import PlannedDecisions, plan_decisions
from neixiang_survey_plugin.core.county import Department
from neixiang_survey_plugin.core.judging.approvals import Approval, Matter
from tests.casework.dossiers import NINE

DEPARTMENTS = {
    one.matter: one
    for one in (Department("excavation", "示例城管局"), Department("traffic_police", "示例交警"))
}
DIG = Approval(Matter.EXCAVATION, "示例城管局", ("示例交警",))
GREEN = Approval(Matter.GREEN, None)


def planned(
    matters: dict[str, list[Approval]], present: tuple[Decision, ...] = ()
) -> PlannedDecisions:
    return plan_decisions("C1", matters, present, DEPARTMENTS)


def test_digging_asks_the_traffic_police_too() -> None:
    rows = planned({"gas": [DIG], "water": [DIG, GREEN]}).keep
    assert [(one.utility, one.matter, one.department) for one in rows] == [
        ("gas", Matter.EXCAVATION, "示例城管局"),
        ("gas", Matter.TRAFFIC_POLICE, "示例交警"),
        ("water", Matter.EXCAVATION, "示例城管局"),
        ("water", Matter.TRAFFIC_POLICE, "示例交警"),
        ("water", Matter.GREEN, None),
    ]


def test_two_lines_of_one_utility_ask_once() -> None:
    assert len(planned({"gas": [DIG, DIG]}).keep) == 2


def test_planning_again_changes_nothing() -> None:
    rows = planned({"gas": [DIG, GREEN]}).keep
    assert planned({"gas": [DIG, GREEN]}, rows) == PlannedDecisions((), ())


def test_row_that_no_line_asks_for_goes_unless_somebody_was_told() -> None:
    dig, police, green = planned({"gas": [DIG, GREEN]}).keep
    told = replace(green, notified_at=NINE)
    assert planned({"gas": [DIG]}, (dig, police, green)).forget == (green,)
    assert planned({"gas": [DIG]}, (dig, police, told)).forget == ()
