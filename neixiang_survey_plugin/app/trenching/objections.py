"""What stands against a sharing, gathered for whoever decides."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from neixiang_survey_plugin.app.results import stricter_way
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.proposal import Member, Objection, ObjectionKind
from neixiang_survey_plugin.core.trenching.rules import Share, TrenchRules
from neixiang_survey_plugin.core.trenching.together import window_of

_KINDS = {
    Share.NO: ObjectionKind.NOT_TOGETHER,
    Share.DISCOURAGED: ObjectionKind.DISCOURAGED,
    Share.WITH_PROTECTION: ObjectionKind.PROTECTION,
}


def unusable(route: Route) -> Objection | None:
    """Why a route cannot lie in a section; None where it can."""
    if route.trenchless:
        return Objection(ObjectionKind.BORED, (route.route_id,))
    if route.diameter_mm is None:
        return Objection(ObjectionKind.NO_DIAMETER, (route.route_id,))
    return None


def pair_objection(one: Route, other: Route, rules: TrenchRules) -> Objection | None:
    """What stands against two routes in one excavation; None where nothing does."""
    cell, ids = rules.pair(one.utility, other.utility), (one.route_id, other.route_id)
    if cell is None:
        rule = rules.rules["same_trench"]
        return Objection(ObjectionKind.NOT_LISTED, ids, rule.clause, rule.confidence)
    kind = _KINDS.get(cell.share)
    note = cell.evidence or cell.note  # what the county corrected it with comes first
    return None if kind is None else Objection(kind, ids, cell.clause, cell.confidence, note)


def against_any(routes: Sequence[Route], rules: TrenchRules) -> tuple[Objection, ...]:
    """The pairs of some routes that may not share an excavation at all."""
    against = (ObjectionKind.NOT_TOGETHER, ObjectionKind.NOT_LISTED)
    pairs = (pair_objection(one, other, rules) for one, other in itertools.combinations(routes, 2))
    return tuple(one for one in pairs if one is not None and one.kind in against)


def of_section(
    section: CrossSection | None, routes: Sequence[Route], rules: TrenchRules
) -> Iterator[Objection]:
    """What has to be seen to in the excavations of a section, and where its order departs."""
    if section is None:
        return
    known = {route.route_id: route for route in routes}
    for dig in section.digs:
        members = [known[route_id] for route_id in dig.route_ids]
        for one, other in itertools.combinations(members, 2):
            found = pair_objection(one, other, rules)
            if found is not None:
                yield found
    rule = rules.rules["section_order"]
    for first, second in section.departures:
        ids = tuple(slot.route_id for slot in section.slots if slot.utility in (first, second))
        yield Objection(ObjectionKind.ORDER, ids, rule.clause, rule.confidence)


def of_works(members: Iterable[Member], window: tuple[date, date] | None) -> Iterator[Objection]:
    """Works that have no day in common, and lines whose way gets stricter."""
    lines = tuple(members)
    planned = tuple(one.route.route_id for one in lines if window_of(one.route) is not None)
    if window is None and len(planned) > 1:
        yield Objection(ObjectionKind.NO_COMMON_DAYS, planned)
    for one in lines:
        if _gets_stricter(one.was.way, one.becomes.way):
            yield Objection(ObjectionKind.STRICTER_WAY, (one.route.route_id,))


def _gets_stricter(before: Way, after: Way) -> bool:
    return before is not after and stricter_way(before, after) is after
