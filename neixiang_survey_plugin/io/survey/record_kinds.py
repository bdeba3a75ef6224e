"""Which table keeps which kind of record: one line a kind.

The fields of a kind are the columns of its table by name, ``uuid`` the first. A new kind is a
line here; a new table is a file in sql/ and a line in ROW_TABLES.
"""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.core.casework.case import Case, Service, StateChange
from neixiang_survey_plugin.core.casework.decision import Decision, PacketIssued
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, Participant
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.planning.review import PlanReview
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
    Talk,
)
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord
from neixiang_survey_plugin.core.trenching.review import CommonWorks, TrenchReview

RECORD_TABLES: Mapping[type, str] = {
    Case: "cases",
    Service: "services",
    StateChange: "state_changes",
    Decision: "decisions",
    JointSurvey: "joint_surveys",
    Participant: "participants",
    Opinion: "opinions",
    Photo: "photos",
    PacketIssued: "packets",
    SuspensionRecord: "suspensions",
    Promise: "promises",
    AsBuilt: "as_built",
    Inspection: "inspections",
    InspectionItem: "inspection_items",
    Rectification: "rectifications",
    Talk: "talks",
    TrenchReview: "trench_reviews",
    CommonWorks: "common_works",
    Settlement: "settlements",
    PlanReview: "plan_reviews",
    Detour: "detours",
}


def table_of(kind: type) -> str:
    """The table of a kind of record; TypeError for a kind that no table keeps."""
    if kind not in RECORD_TABLES:
        raise TypeError(f"{kind.__name__} has no table in record_kinds.py")
    return RECORD_TABLES[kind]
