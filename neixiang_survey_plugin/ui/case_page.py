"""The page of a case: where it stands, what comes next and what blocks it, and all on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.page import judgement_now, next_steps, service_standings
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.case_course import ClockRow, HistoryRow, StepCard
from neixiang_survey_plugin.ui.case_decisions import decision_part
from neixiang_survey_plugin.ui.case_inspections import inspection_part
from neixiang_survey_plugin.ui.case_services import ServiceRow
from neixiang_survey_plugin.ui.case_survey import Pictures, survey_part
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label, link, rule
from neixiang_survey_plugin.ui.renewed import Renewed, dressed
from neixiang_survey_plugin.ui.words.lacks import LackWords, WayOut, way_out

_OPINIONS = (Condition.OPINIONS_GIVEN, Condition.NOBODY_DISAGREES)


class CasePage(QtWidgets.QWidget):
    """Shows one case of a book; ``acts`` is what its buttons and rows ask for."""

    def __init__(
        self,
        session: Session,
        book: CaseBook,
        look: Look,
        acts: CaseActs,
        now: Callable[[], datetime],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.case_id: str | None = None
        self.services: dict[str, ServiceRow] = {}
        self.steps: dict[State, StepCard] = {}
        self._session, self._book, self._look = session, book, look
        self._acts, self._now = acts, now
        self.pictures = Pictures(session)
        self._units = {one.unit_id: one.name for one in session.county.units}
        self._lacks = LackWords(look.words, look.texts, self._units)
        self._clocks: list[ClockRow] = []
        self._busy = label(look.texts("case.busy"), "quiet")
        self._shown_id: str | None = None
        self._parts = Renewed(spacing=8, done=self._show_whole)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 12)
        box.addWidget(self._busy)
        box.addWidget(self._parts)
        box.addStretch(1)

    def refresh(self) -> None:
        """Show the case as it is now: what was shown of it stays until all of that is there."""
        if self.case_id != self._shown_id:
            self._parts.clear()
        self.pictures.begin_again()
        self._parts.begin(self._made())
        self._busy.setVisible(self.busy and self._parts.is_empty)

    def stop(self) -> None:
        """Leave unfinished what is put together: the survey is not as it was any more."""
        if self.busy:
            self._parts.stop()
            self.pictures.begin_again()

    @property
    def busy(self) -> bool:
        """Whether the page is not there yet as the case is now."""
        return self._parts.busy

    def _show_whole(self) -> None:
        self._shown_id = self.case_id
        self._busy.hide()

    def _made(self) -> Iterator[Any]:
        """The parts of the page, put together beside what is shown of it."""
        self.services, self.steps, self._clocks = {}, {}, []
        if self.case_id is None:
            return
        case = self._book.case(self.case_id)
        yield from self._session.looking_at(one.route_id for one in case.routes)
        yield from self._of_case(case)

    def tick(self) -> None:
        """Let the clocks count down to this moment."""
        now = self._now()
        readings = self._book.clocks(self.case_id, now)
        for row, reading in zip(self._clocks, readings, strict=False):
            row.show_reading(reading, now)

    def _of_case(self, case: BookedCase) -> Iterator[Any]:
        yield self._heading(case)
        if case.dossier is not None:
            yield from self._section("next", self._next(case, case.dossier))
        yield from self._section("services", self._services(case))
        if case.dossier is not None:
            dossier, look, acts = case.dossier, self._look, self._acts
            decisions = decision_part(dossier, look, acts, self._lacks)
            site = survey_part(dossier, self._units, self.pictures, look, acts)
            looks = inspection_part(self._session, dossier, look, acts)
            yield from self._section("decisions", decisions)
            yield from self._section("joint_survey", site)
            yield from self._section("inspections", looks)
            yield from self._section("clocks", self._clock_rows())
            yield from self._section("course", self._history(dossier))

    def _section(self, name: str, parts: Iterable[Any]) -> Iterator[Any]:
        """A part of the page under its heading; nothing where it is empty. None after each row."""
        rows = None
        for part in parts:
            if rows is None:
                yield rule()
                yield label(self._look.texts(f"case.part_{name}"), "section")
                rows = column(spacing=2)
                yield rows
            rows.layout().addWidget(part)
            dressed(part)
            yield None

    def _heading(self, case: BookedCase) -> Any:
        texts, words = self._look.texts, self._look.words
        title = label(str(case.case_id), "title", wraps=True)
        if case.dossier is None:
            said = texts("case.lines_alone")
            register = button(texts("case.register_lines"), self._acts.register, primary=True)
            return column(title, label(said, "quiet", wraps=True), register, spacing=8)
        one = case.dossier.case
        state = texts("case.now", state=words.case_state(one.state))
        facts = (one.applicant_name, one.project_name, one.address)
        about = label(" · ".join(fact for fact in facts if fact), "quiet", wraps=True)
        if not about.text():
            about.hide()
        edit = link(texts("case.edit"), self._acts.edit, texts("case.edit_tip"))
        return column(title, label(state, wraps=True), about, edit, spacing=4)

    def _next(self, case: BookedCase, dossier: Dossier) -> Iterator[Any]:
        judgement = judgement_now(case, self._session)
        primary = True
        for one in next_steps(dossier, judgement, self._now()):
            lacks = [(self._lacks(lack), self._way_out(lack)) for lack in one.lacks]
            card = StepCard(one, lacks, primary and one.is_open, self._look, self._acts.step)
            primary = primary and not one.is_open
            self.steps[one.state] = card
            yield card
        yield link(
            self._look.texts("case.back"), self._acts.back, self._look.texts("case.back_tip")
        )

    def _services(self, case: BookedCase) -> Iterator[Any]:
        for standing in service_standings(case, self._session.county):
            row = ServiceRow(standing, self._units, self._look, self._acts)
            self.services[standing.utility] = row
            yield row

    def _clock_rows(self) -> Iterator[Any]:
        now = self._now()
        for reading in self._book.clocks(self.case_id, now):
            row = ClockRow(reading, self._book.office, self._look, now)
            self._clocks.append(row)
            yield row

    def _history(self, dossier: Dossier) -> Iterator[Any]:
        for change in reversed(dossier.changes):
            yield HistoryRow(change, self._look, self._now())

    def _way_out(self, lack: Lack) -> Callable[[], None] | None:
        """The act that leads to where a lack is put right."""
        acts, found = self._acts, way_out(lack)
        if lack.condition in _OPINIONS and lack.names:
            return lambda: acts.opinion(lack.names[0])
        ways: Mapping[WayOut | None, Callable[[], None]] = {
            WayOut.SURVEY: acts.survey,
            WayOut.DRAW: lambda: acts.draw(lack.services[0].utility),
            WayOut.DECISIONS: lambda: acts.decision(_only(lack)),
            WayOut.PACKET: acts.packets,
            WayOut.CONFLICTS: acts.conflicts,
            WayOut.INSPECTIONS: acts.inspect,
            WayOut.EDIT: acts.edit,
            WayOut.READING: acts.reading,
        }
        return ways.get(found)


def _only(lack: Lack) -> Decision | None:
    """The one decision that is missing; None where several are, to be recorded at once."""
    return lack.decisions[0] if len(lack.decisions) == 1 else None
