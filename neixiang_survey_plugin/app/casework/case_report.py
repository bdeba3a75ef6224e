"""A case as plain values: the public JSON of ``case show`` and ``case list``.

The keys are those of the records (docs/cases.md); moments are by the office's clock, those of
clocks with their zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.listing import Listed, is_open
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.clocks import ClockReading
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import missing_for, next_states
from neixiang_survey_plugin.core.casework.works import works_permission

SCHEMA = 1
Json = dict[str, Any]


def plain(value: object) -> Any:
    """A value as JSON takes it: a day or a moment as ISO 8601, a word as it is kept."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def record_report(record: object) -> Json:
    """Every field of a record by its name."""
    return {name: plain(value) for name, value in vars(record).items()}


def case_report(dossier: Dossier, clocks: Iterable[ClockReading]) -> Json:
    """Everything on record of a case, what its lines wait for, and how its clocks stand."""
    return {
        "schema": SCHEMA,
        **record_report(dossier.case),
        "routes": {utility: list(ids) for utility, ids in dossier.routes.items()},
        "services": [_service(one, dossier) for one in dossier.services],
        "decisions": [record_report(one) for one in dossier.decisions],
        "surveys": [record_report(one) for one in dossier.surveys],
        "participants": [record_report(one) for one in dossier.participants],
        "opinions": [record_report(one) for one in dossier.opinions],
        "waiting_for_opinions": list(dossier.waiting_for_opinions),
        "packets": [record_report(one) for one in dossier.packets],
        "history": [record_report(one) for one in dossier.changes],
        "next": [_next(one, dossier) for one in next_states(dossier)],
        "clocks": [clock_report(one) for one in clocks],
    }


def case_row_report(listed: Listed) -> Json:
    """One row of ``case list``: the case, its services in short, every clock that is still open."""
    dossier, due = listed.dossier, listed.next_due
    return {
        **record_report(dossier.case),
        "services": [
            {
                "utility": one.utility,
                "service_kind": plain(one.service_kind),
                "unit": one.unit,
                "verdict": plain(one.verdict),
                "way": plain(one.way),
                "access_done_at": plain(one.access_done_at),
            }
            for one in dossier.services
        ],
        "waiting_for_opinions": list(dossier.waiting_for_opinions),
        "next_due": None if due is None else clock_report(due),
        "open_clocks": [clock_report(one) for one in listed.clocks if is_open(one)],
    }


def clock_report(reading: ClockReading) -> Json:
    """One promise under one way of counting; durations in seconds."""
    return {
        "clock": reading.clock.clock_id,
        "text": reading.clock.text,
        "clause": reading.clock.clause,
        "count": reading.count.value,
        "utility": reading.utility,
        "state": reading.state.value,
        "started_at": plain(reading.started_at),
        "stopped_at": plain(reading.stopped_at),
        "due_at": plain(reading.due_at),
        "left_s": None if reading.left is None else reading.left.total_seconds(),
        "late_s": None if reading.late is None else reading.late.total_seconds(),
        "assumed_years": list(reading.assumed_years),
    }


def _service(service: Service, dossier: Dossier) -> Json:
    report = {**record_report(service), "needs_line": service.needs_line}
    if not service.needs_line:
        return {**report, "way": None, "may_start_works": None, "waiting_for": []}
    permission = works_permission(dossier, service)
    return {
        **report,
        "way": plain(service.way),
        "may_start_works": permission.may_start,
        "waiting_for": [wording.decision_words(one) for one in permission.waiting_for],
    }


def _next(state: State, dossier: Dossier) -> Json:
    missing = [wording.lack_words(one, dossier.case) for one in missing_for(dossier, state)]
    return {"state": state.value, "missing": missing}
