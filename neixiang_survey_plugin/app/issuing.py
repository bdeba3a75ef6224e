"""Keeping which packets were issued, what they rest on, what they promise, and what is outdated."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from neixiang_survey_plugin.app.casework.lines_of_case import sharing
from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.app.results import CaseResult, CheckResult, RouteResult
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import NO_WAY
from neixiang_survey_plugin.core.judging.grouping import groups_by_utility
from neixiang_survey_plugin.core.policy import NoSplit
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.packets import (
    Fingerprints,
    Outdated,
    changed_since,
    has_fingerprints,
    latest_packets,
)
from neixiang_survey_plugin.core.supervision.promises import make_promise

_NO_CASE = "无案件-"


@dataclass(frozen=True)
class PacketOnDisk:
    """The papers of a case as they lie in their folder, and the hash of all of them."""

    case: CaseResult
    folder: str
    sha256: str


def packet_label(case: CaseResult) -> str:
    """What a packet is called: its case, or the line that has none."""
    return _label(case.routes[0].route)


def packet_records(
    held: Iterable[PacketIssued],
    packets: Iterable[PacketOnDisk],
    check: CheckResult,
    fingerprinter: Fingerprinter,
    *,
    at: datetime,
    by: str,
) -> tuple[object, ...]:
    """The rows to be kept of packets beside those ``held``, each packet before its promises.

    By utility with what it rests on, and what its commitments promise. The packet that was kept
    last, issued again without any change, is not kept twice.
    """
    last = {(one.case_id, one.utility): one for one in held}
    results = {one.route.route_id: one for one in check.routes}
    records: list[object] = []
    for packet in packets:
        for lines in _by_utility(packet.case):
            group = [results[one].route for one in _judged_with(lines)]
            rests_on = fingerprinter.of(group)
            issued = replace(_issued(packet, lines, rests_on), issued_at=at, issued_by=by)
            before = last.get((issued.case_id, issued.utility))
            if before is None or not _is_same(before, issued):
                records += [issued, *_promises(issued, lines)]
    return tuple(records)


def outdated_packets(
    packets: Iterable[PacketIssued],
    routes: Sequence[Route],
    no_split: NoSplit,
    fingerprinter: Fingerprinter,
    tick: Tick | None = None,
) -> tuple[Outdated, ...]:
    """The packets that hold and rest on what is no longer so, in the order they were issued."""
    latest = latest_packets(packets)
    now, found = _groups(_behind(latest, routes), no_split), []
    for number, packet in enumerate(latest, start=1):
        if tick is not None:
            tick(number, len(latest))
        group = now.get((packet.case_id, packet.utility or ""), ())
        if group and not has_fingerprints(packet):
            continue
        changed = changed_since(packet, fingerprinter.of(group))
        if changed:
            found.append(Outdated(packet, changed))
    return tuple(found)


def outdated_report(outdated: Outdated) -> dict[str, object]:
    """An outdated packet as plain values."""
    packet = outdated.packet
    return {
        "case_id": packet.case_id,
        "utility": packet.utility,
        "issued_at": None if packet.issued_at is None else packet.issued_at.isoformat(),
        "changed": [one.value for one in outdated.changed],
    }


def _behind(packets: Iterable[PacketIssued], routes: Sequence[Route]) -> list[Route]:
    """The lines of some packets and those bound to them, in order: in a survey of years a tenth."""
    labels = {one.case_id for one in packets}
    own = [one for one in routes if _label(one) in labels]
    cases = {one.case_id for one in own if one.case_id is not None}
    sites = {one.site_id for one in own if one.site_id is not None}
    ids = sharing(routes, cases, sites).union(one.route_id for one in own)
    return [one for one in routes if one.route_id in ids]


def _groups(routes: Sequence[Route], no_split: NoSplit) -> dict[tuple[str, str], list[Route]]:
    """For each packet there could be, the lines that are judged with its own."""
    groups: dict[tuple[str, str], dict[str, Route]] = {}
    for indices in groups_by_utility(routes, no_split.days):
        members = [routes[index] for index in indices]
        for label in {_label(route) for route in members}:
            together = groups.setdefault((label, members[0].utility), {})
            together.update((route.route_id, route) for route in members)
    return {key: list(together.values()) for key, together in groups.items()}


def _label(route: Route) -> str:
    return f"{_NO_CASE}{route.route_id}" if route.case_id is None else route.case_id


def _by_utility(case: CaseResult) -> Iterator[list[RouteResult]]:
    for utility in case.ways:
        yield [one for one in case.routes if one.route.utility == utility]


def _judged_with(lines: Iterable[RouteResult]) -> dict[str, None]:
    return dict.fromkeys(one for line in lines for one in line.judged_with)


def _issued(
    packet: PacketOnDisk,
    lines: Sequence[RouteResult],
    rests_on: Fingerprints | None,
) -> PacketIssued:
    utility = lines[0].route.utility
    issued = PacketIssued(
        uuid=str(uuid.uuid4()),
        case_id=packet_label(packet.case),
        utility=utility,
        way=packet.case.ways[utility],
        policy=lines[0].verdict.policy_id,
        sha256=packet.sha256,
        folder=packet.folder,
    )
    if rests_on is None:
        return issued
    return replace(
        issued,
        routes_sha256=rests_on.routes,
        layers_sha256=rests_on.layers,
        rules_sha256=rests_on.rules,
    )


def _is_same(before: PacketIssued, after: PacketIssued) -> bool:
    """Whether nothing but the moment and the hand differs."""
    return before == replace(
        after, uuid=before.uuid, issued_at=before.issued_at, issued_by=before.issued_by
    )


def _promises(issued: PacketIssued, lines: Iterable[RouteResult]) -> Iterator[object]:
    """What each line promises that starts on a commitment, or asks to be approved."""
    if issued.way is None or issued.way in NO_WAY or issued.issued_at is None:
        return
    for line in lines:
        day = issued.issued_at.date()
        policy_id = line.verdict.policy_id
        promise = make_promise(line.route, line.measures, line.verdict, policy_id, day)
        kept = replace(promise, case_id=issued.case_id, packet_uuid=issued.uuid)
        yield replace(kept, way=issued.way)
