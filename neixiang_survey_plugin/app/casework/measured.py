"""What the survey after the works measured of the clauses on an inspection's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.supervising import hold_lines
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import Inspection
from neixiang_survey_plugin.core.supervision.promises import Promise


def measured_clauses(
    session: Session, inspection: Inspection
) -> Mapping[tuple[str | None, PromiseKind], ClauseResult]:
    """The clauses by line and kind; nothing where no line was surveyed after the works."""
    store, of_lines = session.store, {"case_id": inspection.case_id, "utility": inspection.utility}
    built = store.records(AsBuilt, **of_lines)
    if not built:
        return {}
    promises = store.records(Promise, **of_lines)
    on = inspection.inspected_on or date.today()
    routes = session.lines_around([inspection.case_id or ""])
    held = hold_lines(built, promises, routes, session.checker, on)
    return {(one.built.route_id, result.kind): result for one in held for result in one.clauses}
