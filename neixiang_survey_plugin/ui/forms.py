"""The window's forms: settings, facts of a line, facts from the site, new cases, the finder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.case_book import office_now
from neixiang_survey_plugin.app.casework.desk import CaseDesk
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.drawing.identifying import Identified
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.ui.case_form import CaseForm
from neixiang_survey_plugin.ui.fact_form import FACTS_OF_LINES, FACTS_OF_ROADS, FactForm
from neixiang_survey_plugin.ui.findable import Found, Shelf, shelf_of
from neixiang_survey_plugin.ui.finder import Finder
from neixiang_survey_plugin.ui.help_form import PAGES, HelpForm
from neixiang_survey_plugin.ui.line_form import LineForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.settings_form import SettingsForm
from neixiang_survey_plugin.ui.settle_form import SettleForm
from neixiang_survey_plugin.ui.shortcut_form import ShortcutForm
from neixiang_survey_plugin.ui.words.cells import plain


class Forms:
    """Forms that lie above the window; each keeps what was filled in through the session."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self.open: Any = None  # the form that is shown
        self.now: Callable[[], datetime] = office_now
        self._shelves: dict[str, tuple[FeatureTable | None, Shelf]] = {}

    def show_settings(self) -> None:
        """Show the settings; each counts as soon as it is changed."""
        window = self._window
        self.show(SettingsForm(window.settings, window.look, window.use_settings, window))

    def show_facts(self, field: str | None = None) -> None:
        """Show the facts of the chosen line, the cursor in one of its fields."""
        window = self._window
        chosen = window.session.selected
        if chosen is None:
            return
        session = window.session
        form = LineForm(session.routes[chosen], session.county, window.look, window)
        form.accepted.connect(lambda: self._keep_facts(form))
        self.show(form)
        if field is not None:
            form.focus_on(field)

    def fill_in(self, route_id: str, reason: Reason) -> None:
        """Ask for a fact that is missing: of roads from the site, else of the line itself."""
        window = self._window
        field = FACTS_OF_ROADS.get(reason.unknown)
        if field is not None:
            roads = window.session.county.layers["roads"]
            objects = {one: _object_words(roads, one, window.look) for one in reason.ids}
            who = window.settings.who
            self.show(
                FactForm("roads", objects, field, who, window.look, window.session.confirm, window)
            )
            return
        own = FACTS_OF_LINES.get(reason.unknown)
        if own is not None and route_id in window.session.routes:
            self.fill_in_field(route_id, own)

    def fill_in_field(self, route_id: str, field: str) -> None:
        """Ask for one fact of a line."""
        self._window.session.select(route_id)
        self.show_facts(field)

    def settle(self, group: ConflictGroup) -> None:
        """Ask what became of the conflicts of a group."""
        window = self._window
        keep = window.session.settle_conflicts
        self.show(
            SettleForm(group.conflicts, window.who(), window.session.on, window.look, keep, window)
        )

    def new_case(self, number: str | None = None) -> None:
        """Ask for a new case, and go on in it; ``number`` where its lines bear one already."""
        window, now = self._window, self.now()
        window.case_box.show_case(window.desk.board.kit.case_id)
        of_lines = number is not None

        def register(application: Application) -> None:
            who, at = window.who(), self.now()
            case_id = window.book.register(application, who, at, of_lines=of_lines)
            window.choose_case(case_id)
            chosen = window.session.selected
            if chosen is not None and window.session.routes[chosen].case_id != case_id:
                window.session.select(None)  # what is said of it is not of this case
            said = window.look.texts("notice.registered", case_id=case_id)
            window.say(said, Level.SUCCESS)

        form = CaseForm(window.session.county, now, window.look, register, window)
        form.number.setText(number or window.book.next_number(now.year))
        if number is not None:
            form.ask_for_alone(one.utility for one in window.book.case(number).routes)
        self.show(form)

    def edit_case(self, dossier: Dossier | None) -> None:
        """Ask for what is known of a case now; what is left empty stays as it is."""
        window = self._window
        if dossier is None:
            return
        case_id = dossier.case.case_id

        def keep(application: Application) -> None:
            step = Step(None, Act(window.who(), self.now()), facts=application)
            CaseDesk(window.session, window.book).advance(case_id, step)

        county, look = window.session.county, window.look
        self.show(CaseForm(county, self.now(), look, keep, window, dossier))

    def find(self) -> None:
        """Show the box that finds everything."""
        window = self._window
        self.show(Finder(self.findable(), window.look, window))

    def show_guide(self) -> None:
        """Show the page of help about what has the keyboard."""
        window = self._window
        page = getattr(window, "help_page", PAGES[0])
        self.show(HelpForm(page, window.look, window))

    def show_shortcuts(self) -> None:
        """Show the keys of all commands, to be changed."""
        window = self._window
        self.show(ShortcutForm(window.actions_, window.look, window.use_keys, window))

    def identified_words(self, found: Identified) -> str:
        """What lies under the pointer, in one sentence."""
        look = self._window.look
        facts = [
            f"{look.texts(f'field.{name}')} {look.words.cell(name, value)}"
            for name, value in found.facts.items()
            if value is not None
        ]
        return f"{look.words.layer(found.layer)} · {look.texts('list.comma').join(facts)}"

    def show(self, form: Any) -> None:
        """Show a form in place of the one that is open."""
        if self.open is not None:
            self.open.deleteLater()
        self.open = form
        form.finished.connect(lambda _: self._window.take_the_keyboard())
        form.open()

    def _keep_facts(self, form: LineForm) -> None:
        window, route = self._window, form.result_route
        if route is not None and route != window.session.routes.get(route.route_id):
            window.desk.board.edit(route, what="facts")

    def findable(self) -> tuple[Shelf, ...]:
        """Everything that can be found: commands, roads, sites, lines, cases."""
        window = self._window
        utilities = {one: window.look.words.utility(one) for one in UTILITY}
        routes, book = window.session.routes, window.book
        every = tuple(routes.values())
        lines = ((f"{one.route_id} {utilities[one.utility]}", one.route_id) for one in every)
        cases = ((f"{one} {book.applicant_of(one)}", one) for one in book.ids() if one is not None)
        return (
            shelf_of("command", self._commands()),
            self._objects("roads", "road"),
            self._objects("sites", "site"),
            Shelf("route", lines, lambda route_id: self._line(route_id, utilities)),
            Shelf("case", cases, self._case),
        )

    def _commands(self) -> Iterator[Found]:
        window = self._window
        keys = window.actions_.keys
        for name in window.actions_.commands:
            action = window.actions_[name]
            if action.isEnabled():
                words = window.actions_.text(name)
                if name.startswith("copy_"):
                    words = f"{window.look.texts('menu.copy_to')} · {words}"
                yield Found(words, "command", _run(window, name), keys[name], action.icon())

    def _objects(self, layer: str, kind: str) -> Shelf:
        """The objects of a layer that have a name; read once for as long as the layer stays."""
        table = self._window.session.county.layers.get(layer)
        known = self._shelves.get(layer)
        if table is None or known is None or known[0] is not table:
            known = self._shelves[layer] = table, _names(table, kind, _to_object(self._window))
        return known[1]

    def _line(self, route_id: str, utilities: Mapping[str, str]) -> Found:
        route = self._window.session.routes.get(route_id)
        words = "" if route is None else utilities[route.utility]
        return Found(route_id, "route", self._to_route(route_id), words)

    def _case(self, case_id: str) -> Found:
        applicant = self._window.book.applicant_of(case_id)
        return Found(case_id, "case", _choose(self._window, case_id), applicant)

    def _to_route(self, route_id: str) -> Any:
        def go() -> None:
            self._window.desk.enter(Mode.SELECT)
            self._window.session.select(route_id)
            self._window.acts.zoom_chosen()

        return go


def _run(window: Any, name: str) -> Any:
    return lambda: window.actions_.run(name)


def _choose(window: Any, case_id: str) -> Any:
    return lambda: window.choose_case(case_id)


def _to_object(window: Any) -> Callable[[FeatureTable, str], Callable[[], None]]:
    """What choosing an object of a layer does; of the window alone, since shelves are kept."""

    def to_object(table: FeatureTable, object_id: str) -> Callable[[], None]:
        def go() -> None:
            place = _geometry(table, object_id)
            window.zoom(place)
            window.mark(place)

        return go

    return to_object


def _names(
    table: FeatureTable | None, kind: str, go: Callable[[FeatureTable, str], Callable[[], None]]
) -> Shelf:
    """The objects of a layer that have a name, by it and by their identifier."""
    if table is None:
        return shelf_of(kind, ())
    ids, names = table.ids, table.columns["name"]

    def found(row: int) -> Found:
        object_id = str(ids[row])
        return Found(plain(names[row]), kind, go(table, object_id), object_id)

    rows = ((f"{plain(name)} {ids[row]}", row) if name else None for row, name in enumerate(names))
    return Shelf(kind, rows, found)


def _object_words(table: FeatureTable, object_id: str, look: Look) -> str:
    rows = np.flatnonzero(table.ids == object_id)
    name = plain(table.columns["name"][rows[0]]) if len(rows) else ""
    said = look.texts("fact.named_object", name=name, id=object_id)
    return said if name else object_id


def _geometry(table: FeatureTable, object_id: str) -> Any:
    (rows,) = np.nonzero(table.ids == object_id)
    return shapely.union_all(table.geometry[np.isin(table.feature, rows)])
