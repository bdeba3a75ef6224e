"""The panel 资料: what the case still lacks, one button that issues its packet, what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.casework.chosen_ways import on_ways
from neixiang_survey_plugin.app.packet_fields import Holder, MissingField
from neixiang_survey_plugin.app.packet_needs import Needs, dossier_of, needs_of
from neixiang_survey_plugin.app.places_of import place_of_conflict, place_of_finding
from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.app.session.events import LinesChanged, RecordsChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.conditions import Lack
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.detour_part import DetourDeeds, DetourPart
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import (
    EmptyState,
    Row,
    above_deeds,
    button,
    column,
    label,
    rule,
)
from neixiang_survey_plugin.ui.renewed import Renewed
from neixiang_survey_plugin.ui.rule_row import rule_name
from neixiang_survey_plugin.ui.seen_panel import SeenPanel
from neixiang_survey_plugin.ui.states import State, StateMark


class NeedRow(Row):
    """One thing that is lacking; a click leads to where it is put right."""

    def __init__(self, state: State, what: str, where: str, look: Look) -> None:
        super().__init__()
        mark = StateMark(look.colours)
        mark.show_state(state)
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(mark, 0, 0)
        grid.addWidget(label(what, wraps=True), 0, 1)
        grid.addWidget(label(where, "quiet", wraps=True), 1, 1)
        self.setAccessibleName(f"{what} {where}")


@dataclass(frozen=True)
class Ways:
    """Where a click on what is lacking leads: to a fact, a field, or what else a case must have."""

    fact: Callable[[str, Reason], None]
    field: Callable[[MissingField], None]
    lack: Callable[[Lack, str], None]


@dataclass(frozen=True)
class Deeds:
    """What the panel asks for: a packet, its pages, those of a day, the folder of packets."""

    issue: Callable[[str], None]
    preview: Callable[[str], None]
    issue_day: Callable[[], None]
    open_folder: Callable[[str], None]
    written: Callable[[str], bool]  # whether a packet of the case lies there, issued or a draft


class PacketPanel(SeenPanel):
    """Shows a case's way to its packet; ``deeds`` make it, ``ways`` lead to what it lacks."""

    def __init__(
        self,
        session: Session,
        look: Look,
        asks: Asks,
        ways: Ways,
        deeds: Deeds,
        round_works: DetourDeeds,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.case_id: str | None = None
        self.rows: list[NeedRow] = []
        self._coming: list[NeedRow] = []
        self._shown_id: str | None = None
        self._blocked = self._making = False
        self._session, self._look, self._asks = session, look, asks
        self._ways, self._deeds = ways, deeds
        self._empty = EmptyState()
        self.issue = button(look.texts("packet.issue"), self._ask, primary=True)
        self.preview = button(look.texts("packet.preview"), self._look_at_pages)
        self.day = button(look.texts("packet.day"), deeds.issue_day)
        self.folder = button(look.texts("packet.open_folder"), self._open_folder)
        self.detours = DetourPart(session.county.grid, look, asks, round_works)
        self._busy = label(look.texts("packet.busy"), "quiet")
        self._needs = Needs()
        self._list = Renewed(spacing=0, done=self._show_whole)
        self._issued = label("", "quiet", wraps=True)
        self._lay_out()

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed."""
        if isinstance(event, LinesChanged | RecordsChanged):
            self._list.stop()  # the survey is not as it was any more
            self.bring_up_to_date()

    def show_case(self, case_id: str | None) -> None:
        """Show the way of another case."""
        self.case_id = case_id
        self._list.stop()
        self.bring_up_to_date()

    def show_busy(self, busy: bool) -> None:
        """Say that a packet is being made, or is no longer."""
        self._making = busy
        self._enable()
        self._show_folder()

    def _enable(self) -> None:
        """Offer what can be done now: one job after another."""
        idle, lines = not self._making, bool(self._results())
        self._busy.setVisible(self._making)
        self.issue.setEnabled(idle and lines and not self._blocked)
        self.preview.setEnabled(idle and lines)
        self.day.setEnabled(idle)

    def refresh(self) -> None:
        """Show the case as it is now: what was shown of it stays until all of that is there."""
        if self.case_id != self._shown_id:
            self.rows = []
            self._list.clear()
            self.detours.clear()
            self._empty.hide()
            self._blocked = True  # until one knows
        self._list.begin(self._made())
        self.detours.refresh()
        self._enable()
        self._show_issued()

    @property
    def busy(self) -> bool:
        """Whether the panel is not there yet as the case is now."""
        return self._list.busy or self.detours.busy

    def _made(self) -> Iterator[Any]:
        """A row for everything that is lacking; None is a piece of work alone."""
        self._coming = []
        results, needs = self._results(), Needs()
        yield from self._session.looking_at(one.route.route_id for one in results)
        if self.case_id is not None and results:
            dossier = dossier_of(self._session.store, self.case_id, results)
            yield None
            needs = self._needs_of(results, dossier)
            yield None
        self._needs = needs
        for rows in (
            self._failures(needs),
            self._fact_rows(needs),
            self._figure_rows(needs),
            self._lack_rows(needs),
            self._field_rows(needs),
        ):
            for row in rows:
                self._coming.append(row)
                yield row

    def _show_whole(self) -> None:
        self._shown_id, self.rows = self.case_id, self._coming
        self._blocked = bool(self._needs.failures)
        texts, kind = self._look.texts, _kind(self._needs) if self._results() else "empty"
        self._empty.say(texts(f"packet.{kind}"), texts(f"packet.{kind}_next"))
        self._empty.show()
        self._enable()

    def _results(self) -> list[RouteResult]:
        return [] if self.case_id is None else self._session.results_of(self.case_id)

    def _needs_of(self, results: Sequence[RouteResult], dossier: Dossier) -> Needs:
        session = self._session
        chosen = {one.utility: one.chosen_way for one in dossier.services if one.chosen_way}
        lines = on_ways(
            CaseResult(dossier.case.case_id, tuple(results)), chosen, session.county.policy
        )
        own = session.open_conflicts_of(one.route.route_id for one in results)
        return needs_of(lines.routes, own, dossier, session.county)

    def _fact_rows(self, needs: Needs) -> Iterator[NeedRow]:
        names = self._asks.names(self._results())
        for route_id, reason in needs.facts:
            what = self._look.texts("survey.confirm", what=self._look.words.missing(reason))
            where = self._look.texts("list.comma").join(
                f"{names[one]} {one}" if one in names else one for one in reason.ids
            )
            yield self._row(
                State.UNKNOWN,
                what,
                where or route_id,
                partial(self._ways.fact, route_id, reason),
            )

    def _figure_rows(self, needs: Needs) -> Iterator[NeedRow]:
        rules = {one.rule_id: one for one in self._session.county.policy.known_rules}
        for finding in needs.borderline:
            name = rule_name(rules.get(finding.rule), self._look)
            what = self._look.texts("packet.tape", what=name)
            yield self._row(
                State.BORDERLINE,
                what,
                self._look.words.measured(finding),
                partial(self._look_at, finding),
            )

    def _failures(self, needs: Needs) -> Iterator[NeedRow]:
        for conflict in needs.failures:
            words = self._look.words
            what = f"{words.conflict_kind(conflict)} · {words.conflict_other(conflict)}"
            yield self._row(State.FAIL, what, conflict.a, partial(self._show, conflict))

    def _lack_rows(self, needs: Needs) -> Iterator[NeedRow]:
        for lack in needs.lacks:
            utilities = [self._look.words.utility(one.utility) for one in lack.services]
            what = self._look.texts(f"packet.lack_{lack.condition.value}")
            where = self._look.texts("list.comma").join([*utilities, *lack.names])
            yield self._row(
                State.UNKNOWN,
                what,
                where,
                partial(self._ways.lack, lack, self.case_id or ""),
            )

    def _field_rows(self, needs: Needs) -> Iterator[NeedRow]:
        """A row a line, a case, a unit or a matter: five lines would lack forty fields."""
        texts = self._look.texts
        lacking: dict[tuple[Holder, str], list[MissingField]] = {}
        for field in needs.fields:
            lacking.setdefault((field.holder, field.owner), []).append(field)
        for (holder, owner), fields in lacking.items():
            names = [texts(f"packet.field_{one.name}") for one in fields]
            where = texts(f"packet.of_{holder.value}", name=owner)
            yield self._row(
                State.UNKNOWN,
                texts("list.comma").join(names),
                where,
                partial(self._ways.field, fields[0]),
            )

    def _row(self, state: State, what: str, where: str, act: Callable[[], None]) -> NeedRow:
        """A row that leads somewhere for as long as what it says is so."""
        row = NeedRow(state, what, where, self._look)
        row.activated.connect(lambda: None if self._list.busy else act())
        return row

    def _look_at(self, finding: Finding) -> None:
        rules = {one.rule_id: one.kind for one in self._session.county.policy.known_rules}
        place = place_of_finding(finding, rules.get(finding.rule), self._results())
        if place is not None:
            self._asks.zoom(place)

    def _show(self, conflict: Conflict) -> None:
        self._session.select(conflict.a)
        route = self._session.routes[conflict.a]
        place = place_of_conflict(conflict, route, self._session.county.grid)
        self._asks.zoom(place)
        self._asks.mark(place)

    def _show_issued(self) -> None:
        packets = (
            ()
            if self.case_id is None
            else self._session.store.records(PacketIssued, case_id=self.case_id)
        )
        words = self._look.words
        lines = [
            self._look.texts(
                "packet.row",
                utility="" if one.utility is None else words.utility(one.utility),
                way="" if one.way is None else words.way(one.way),
                at="" if one.issued_at is None else f"{one.issued_at:%Y-%m-%d %H:%M}",
                by=one.issued_by or "",
            )
            for one in packets
        ]
        self._issued.setText("\n".join(lines))
        self._issued_part.setVisible(bool(lines))
        self._show_folder()

    def _show_folder(self) -> None:
        """Lead to what lies on disk: a draft too, long after the bar that named it has gone."""
        self.folder.setVisible(self.case_id is not None and self._deeds.written(self.case_id))

    def _ask(self) -> None:
        if self.case_id is not None:
            self.show_busy(True)
            self._deeds.issue(self.case_id)

    def _look_at_pages(self) -> None:
        if self.case_id is not None:
            self.show_busy(True)
            self._deeds.preview(self.case_id)

    def _open_folder(self) -> None:
        if self.case_id is not None:
            self._deeds.open_folder(self.case_id)

    def _lay_out(self) -> None:
        heading = label(self._look.texts("packet.issued"), "section")
        self._issued_part = column(rule(), heading, self._issued, spacing=8)
        content = column(self._empty, margin=12, spacing=8)
        box = content.layout()
        box.addWidget(self._list)
        box.addWidget(self.detours)
        box.addWidget(self._issued_part)
        box.addWidget(self.folder)
        box.addStretch(1)
        beside = QtWidgets.QHBoxLayout()
        beside.addWidget(self.preview)
        beside.addWidget(self.day)
        deeds = column(self._busy, self.issue, margin=12, spacing=8)
        deeds.layout().addLayout(beside)
        above_deeds(self, content, deeds)


def _kind(needs: Needs) -> str:
    """What is said on top: a failure that nobody settled blocks the packet."""
    if needs.failures:
        return "blocked"
    return "complete" if needs.nothing else "missing"
