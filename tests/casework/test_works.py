"""When the works on a line may start."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import DecisionOutcome
from neixiang_survey_plugin.core.casework.works import Hindrance, works_permission
from neixiang_survey_plugin.core.policy import Way
from tests.casework.dossiers import decision, dossier, service


def test_one_department_that_granted_early_lets_no_works_start_before_the_packets() -> None:
    granted = (decision(outcome=DecisionOutcome.GRANTED),)
    early = dossier(State.JUDGED, service(verdict=Way.JOINT), decisions=granted)
    assert works_permission(early, early.services[0]).hindrance is Hindrance.NO_PAPERS
    issued = replace(early, case=replace(early.case, state=State.PACKET_ISSUED))
    assert works_permission(issued, issued.services[0]).may_start
    dug = replace(early, case=replace(early.case, emergency=True))
    assert works_permission(dug, dug.services[0]).may_start
