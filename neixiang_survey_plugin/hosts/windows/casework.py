"""The casework of a window: what its panels and forms ask for, done on the open survey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import shapely

from neixiang_survey_plugin.app.agenda.gathering import agenda_request
from neixiang_survey_plugin.app.agenda.today import Agenda, ToTape
from neixiang_survey_plugin.app.agenda.waiting import Kind, Waiting
from neixiang_survey_plugin.app.casework.desk import CaseDesk
from neixiang_survey_plugin.app.casework.measured import measured_clauses
from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.inspecting import InspectionAsked
from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay
from neixiang_survey_plugin.app.places_of import place_of_finding
from neixiang_survey_plugin.app.session.events import RecordsChanged, SurveyEvent
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
)
from neixiang_survey_plugin.hosts.windows.case_files import CaseFiles
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.survey.reading import reading_survey
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.case_forms import CaseForms
from neixiang_survey_plugin.ui.case_panel import CasePanel
from neixiang_survey_plugin.ui.inspection_form import InspectionForm
from neixiang_survey_plugin.ui.photo_form import PhotoForm
from neixiang_survey_plugin.ui.survey_form import Invited, Picked, SurveyForm
from neixiang_survey_plugin.ui.today_panel import TodayPanel

_MINUTE_MS = 60_000


class Casework(QtCore.QObject):
    """The panels 今日 and 案件 of a window, and every act of theirs.

    The window has ``session``, ``book``, ``look``, ``work``, ``forms``, ``canvas`` (its map),
    ``actions_``, ``tabs`` and its panels; the office's clock is that of its forms.
    """

    def __init__(self, window: Any) -> None:
        super().__init__()
        self._window = window
        self._stale, self._given_up = True, False
        self._clearances: Any = None
        self._desk = CaseDesk(window.session, window.book)
        self.files = CaseFiles(window)
        session, book, look = window.session, window.book, window.look
        self._forms = CaseForms(look, session.county, window.who, lambda: window.forms.now())
        self.cases = CasePanel(
            session, book, look, self._choose, window.forms.new_case, self._acts(), self._now
        )
        self.today = TodayPanel(
            lambda: session.county, book.office, look, self._go, self.ask, self._looked_at
        )
        self.background = Background(self)
        self.background.done.connect(self._agenda)
        self.background.failed.connect(self._no_agenda)
        self.background.cancelled.connect(self._stopped)
        self._minute = QtCore.QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.tick)
        self._minute.start()

    def end(self) -> None:
        """Let the clocks stand, and make no pictures any more."""
        self._minute.stop()
        self.cases.page.pictures.maker.end(wait=False)

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed, after the book has heard of it."""
        self.cases.follow(event)
        self._stale, self._given_up = True, False
        if self.today.isVisible():
            self.ask()
        if isinstance(event, RecordsChanged):
            self.show_photos()

    def tick(self) -> None:
        """Let the clocks count down to this moment."""
        self.cases.tick()
        if self.today.isVisible() and not self._given_up:
            self.ask()

    def ask(self) -> None:
        """Work out what waits now, beside the window."""
        window = self._window
        self._stale = self._given_up = False
        self.today.show_busy()
        if self._clearances is None:
            self._clearances = load_clearances(window.work.ground.folder)
        session, book, path = window.session, window.book, window.work.path
        self.background.start(
            agenda_request(
                session, book, self._clearances, lambda: reading_survey(path), self._now()
            )
        )

    def show_today(self) -> None:
        """Show what waits."""
        self._window.tabs.setCurrentWidget(self.today)
        self.today.list.setFocus()

    def show_cases(self) -> None:
        """Show the list of all cases, the cursor in its search."""
        self._window.choose_case(None)  # before it is seen: else the list is put in order twice
        self._window.tabs.setCurrentWidget(self.cases)
        self.cases.cases.search.setFocus()

    def show_case(self, case_id: str | None) -> None:
        """Show another case, its pictures on the map."""
        self.cases.show_case(case_id)
        self.show_photos()
        self._window.actions_.refresh()  # some commands are for a case that is on record

    def show_photos(self) -> None:
        """Mark on the map where the pictures of the case were taken."""
        window, case_id = self._window, self.cases.chosen
        photos = () if case_id is None else self.cases.page.pictures.of(case_id)
        marks = [
            Overlay(Mark.PHOTO, shapely.Point(one.easting_m, one.northing_m))
            for one in photos
            if one.easting_m is not None and one.northing_m is not None
        ]
        window.canvas.show_overlay("photos", marks)

    def has_case(self) -> bool:
        """Whether the page of a case that is on record is shown."""
        return self._window.book.is_on_record(self.cases.chosen)

    def survey(self) -> None:
        """Ask for the sheet of a joint survey of the case."""
        dossier = self._dossier()
        if dossier is None:
            return
        window, case_id = self._window, dossier.case.case_id

        def keep(sheet: Any) -> None:
            act = Act(window.who(), self._now())
            self._desk.hold_survey(case_id, sheet, act, form.accept, form.not_kept)

        def pick(then: Picked) -> None:
            def told(photos: Sequence[Photo], error: SurveyError | None) -> None:
                if window.forms.open is form:  # somebody may have closed it meanwhile
                    then(photos, error)

            self.files.pictures(told)

        guests, now = self._guests(dossier), self._now()
        form = SurveyForm(case_id, guests, now, window.look, keep, pick, window)
        window.forms.show(form)

    def add_photos(self) -> None:
        """Add pictures to the case, and show where they were taken."""
        dossier = self._dossier()
        if dossier is None:
            return
        window, case_id = self._window, dossier.case.case_id

        def keep(photos: Sequence[Photo], error: SurveyError | None) -> None:
            if error is not None:
                window.say(" ".join(error.problems), Level.ERROR)
            elif photos:
                window.attempt(lambda: self._keep_photos(case_id, photos))

        self.files.pictures(keep)

    def inspect(self) -> None:
        """Ask for a new inspection, and show its sheet."""
        dossier = self._dossier()
        if dossier is None:
            return

        def keep(asked: InspectionAsked) -> None:
            sheet = self._desk.start_inspection(asked)
            QtCore.QTimer.singleShot(0, lambda: self._show_inspection(sheet.inspection))

        self._show(self._forms.inspection(dossier, keep, self._window))

    def bring_as_built(self) -> None:
        """Keep the lines of a file as built, and say how many were new."""
        paths = self.files.choose("as_built")
        session, attempt = self._window.session, self._window.attempt
        if paths:
            session.aside(
                lambda progress: self.files.lines_as_built(paths, progress),
                lambda lines: attempt(lambda: self._keep_as_built(lines)),
            )

    # the acts of a page

    def _acts(self) -> CaseActs:
        window = self._window
        return CaseActs(
            step=self._step,
            back=self._with_dossier(self._forms.back, self._advance),
            edit=lambda: window.forms.edit_case(self._dossier()),
            register=lambda: window.forms.new_case(self.cases.chosen),
            draw=window.draw,
            select=self._select,
            way=self._way,
            reading=self._with_dossier(self._forms.reading, self._advance),
            survey=self.survey,
            opinion=self._opinion,
            photos=self.add_photos,
            photo=self._photo,
            decision=self._decision,
            inspect=self.inspect,
            inspection=self._show_inspection,
            as_built=self.bring_as_built,
            packets=lambda: window.tabs.setCurrentWidget(window.panels.packets),
            conflicts=lambda: window.tabs.setCurrentWidget(window.panels.conflicts),
        )

    def _with_dossier(
        self, make: Callable[[Dossier, Any, Any], Any], keep: Callable[[Any], None]
    ) -> Callable[[], None]:
        def show() -> None:
            dossier = self._dossier()
            if dossier is not None:
                self._show(make(dossier, keep, self._window))

        return show

    def _step(self, state: State) -> None:
        """Packets are issued by their panel; every other step is asked for in a form."""
        dossier, window = self._dossier(), self._window
        if state is State.PACKET_ISSUED:
            window.tabs.setCurrentWidget(window.panels.packets)
        elif dossier is not None:
            self._show(self._forms.step(dossier, state, self._advance, window))

    def _advance(self, step: Step) -> None:
        self._desk.advance(str(self.cases.chosen), step)

    def _select(self, route_id: str) -> None:
        route = self._window.session.routes.get(route_id)
        if route is not None:  # else it went while its page is put together anew
            self._window.session.select(route_id)
            self._window.zoom(route.line)

    def _way(self, utility: str) -> None:
        dossier = self._dossier()
        services = () if dossier is None else dossier.services
        for service in services:
            if service.utility == utility:
                self._show(self._forms.way(service, self._advance, self._window))
                return

    def _opinion(self, unit: str) -> None:
        dossier = self._dossier()
        if dossier is not None:
            case_id = dossier.case.case_id
            self._show(
                self._forms.opinion(
                    dossier, unit, lambda said: self._desk.give_opinion(case_id, said), self._window
                )
            )

    def _decision(self, row: Decision | None) -> None:
        dossier = self._dossier()
        if dossier is not None:
            case_id = dossier.case.case_id
            self._show(
                self._forms.decision(
                    dossier, row, lambda word: self._desk.decide(case_id, word), self._window
                )
            )

    def _photo(self, photo: Photo) -> None:
        """Show a picture large, and where it was taken."""
        if photo.easting_m is not None and photo.northing_m is not None:
            place = shapely.Point(photo.easting_m, photo.northing_m)
            self._window.zoom(place)
            self._window.mark(place)
        pictures, window = self.cases.page.pictures, self._window
        self._show(PhotoForm(photo, pictures, window.look, window))

    def _show_inspection(self, inspection: Inspection) -> None:
        store, window, now = self._window.session.store, self._window, self._now()
        items = store.records(InspectionItem, inspection_uuid=inspection.uuid)
        orders = store.records(Rectification, inspection_uuid=inspection.uuid)
        is_open = any(one.done_on is None for one in orders)
        form = InspectionForm(
            inspection,
            items,
            measured_clauses(window.session, inspection),
            window.look,
            lambda findings: self._desk.record_findings(inspection, findings),
            (lambda: self._desk.rectified(inspection, now.date(), window.who()))
            if is_open
            else None,
            now.date(),
            window,
        )
        self._show(form)

    # what is asked and what comes back

    def _choose(self, case_id: str | None) -> None:
        """Go on in a case, and look at its lines."""
        window = self._window
        window.choose_case(case_id)
        lines = [] if case_id is None else [one.line for one in window.book.case(case_id).routes]
        if lines:
            window.zoom(shapely.union_all(lines))

    def _looked_at(self) -> None:
        if self._stale:
            self.ask()

    def _go(self, waiting: Waiting) -> None:
        """To the case of something that waits, and to its place on the map."""
        window = self._window
        if waiting.case_id is not None:
            window.choose_case(waiting.case_id)
        place = self._place_of(waiting)
        if place is not None:
            window.zoom(place)
            window.mark(place)
        if waiting.kind in (Kind.TO_TAPE, Kind.OUTDATED):
            window.tabs.setCurrentWidget(window.panels.packets)
        elif waiting.case_id is not None:
            window.tabs.setCurrentWidget(self.cases)

    def _place_of(self, waiting: Waiting) -> Any:
        """What has to be taped, else the lines that something waits for."""
        session = self._window.session
        if isinstance(waiting.matter, ToTape):
            kinds = {one.rule_id: one.kind for one in session.county.policy.known_rules}
            finding = waiting.matter.finding
            results = [session.results[one] for one in finding.route_ids if one in session.routes]
            return place_of_finding(finding, kinds.get(finding.rule), results)
        routes = () if waiting.case_id is None else self._window.book.case(waiting.case_id).routes
        lines = [
            one.line for one in routes if not waiting.utilities or one.utility in waiting.utilities
        ]
        return shapely.union_all(lines) if lines else None

    def _agenda(self, agenda: Agenda) -> None:
        self.today.show_agenda(agenda)

    def _stopped(self) -> None:
        """Somebody had it stopped: it is begun again where somebody asks, looks or edits."""
        self._stale = self._given_up = True
        self.today.show_stopped()

    def _no_agenda(self, error: SurveyError) -> None:
        self._window.say(" ".join(error.problems), Level.ERROR)

    def _keep_photos(self, case_id: str, photos: Sequence[Photo]) -> None:
        placed = sum(one.easting_m is not None for one in photos)
        said = self._window.look.texts("photos.added", count=len(photos), placed=placed)
        self._desk.add_photos(case_id, photos, lambda: self._window.say(said, Level.SUCCESS))

    def _keep_as_built(self, lines: Sequence[AsBuilt]) -> None:
        new = self._desk.keep_as_built(lines)
        texts = self._window.look.texts
        self._window.say(texts("inspections.brought", count=len(new)), Level.SUCCESS)

    def _guests(self, dossier: Dossier) -> Sequence[Invited]:
        """The units that lay its lines, then the departments; the police is expected too."""
        county = self._window.session.county
        laying = {one.unit for one in dossier.services}
        units = [
            Invited(one.unit_id, one.name, expected=True)
            for one in county.units
            if one.unit_id in laying
        ]
        names = dict.fromkeys(one.name for one in county.departments.values())
        police = county.departments.get("traffic_police")
        return units + [
            Invited(name, name, police is not None and name == police.name) for name in names
        ]

    def _dossier(self) -> Dossier | None:
        case_id = self.cases.chosen
        return None if case_id is None else self._window.book.case(case_id).dossier

    def _show(self, form: Any) -> None:
        self._window.forms.show(form)

    def _now(self) -> datetime:
        return self._window.forms.now()
