"""What a survey file keeps of supervision, read at once."""

from __future__ import annotations

from neixiang_survey_plugin.app.casework.dossiers import SurveyRecords
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
    Talk,
)
from neixiang_survey_plugin.core.supervision.proposals import SupervisionRecord
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord


def record_of(survey: SurveyRecords) -> SupervisionRecord:
    """Inspections, findings, orders, talks and suspensions of a survey."""
    return SupervisionRecord(
        inspections=survey.records(Inspection),
        items=survey.records(InspectionItem),
        rectifications=survey.records(Rectification),
        talks=survey.records(Talk),
        suspensions=survey.records(SuspensionRecord),
    )
