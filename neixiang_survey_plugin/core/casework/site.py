"""A joint survey: who met on site, what they saw, what each unit says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from neixiang_survey_plugin.core.policy import Way


class OpinionKind(Enum):
    """What a unit or a department says to the lines."""

    AGREE = "agree"
    AGREE_WITH_CONDITIONS = "agree_with_conditions"
    DISAGREE = "disagree"


@dataclass(frozen=True)
class JointSurvey:
    """The record of one meeting on site (联合踏勘记录表)."""

    uuid: str | None = None
    case_id: str = ""
    surveyed_at: datetime | None = None
    place: str | None = None
    organised_by: str | None = None
    existing_lines: str | None = None
    roads: str | None = None
    green: str | None = None
    recommended_route: str | None = None
    method: str | None = None
    way: Way | None = None
    conclusion: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Participant:
    """Who came to a joint survey for a unit or a department."""

    uuid: str | None = None
    survey_uuid: str | None = None
    unit: str | None = None
    person: str | None = None
    phone: str | None = None
    signed_at: datetime | None = None


@dataclass(frozen=True)
class Opinion:
    """What one unit or department says after a joint survey."""

    uuid: str | None = None
    survey_uuid: str | None = None
    unit: str | None = None
    opinion: OpinionKind | None = None
    conditions: str | None = None
    reason: str | None = None
    given_by: str | None = None
    given_at: datetime | None = None
