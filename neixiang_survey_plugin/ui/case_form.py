"""The form of a case: the joint application, and the sheet that is filled in at the land grant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.casework.case import Case, NeededFor, Service
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.vocabulary import APPLICANT_KIND, UTILITY
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes
from neixiang_survey_plugin.ui.entry_form import fields, read_all
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label, link, scrolled
from neixiang_survey_plugin.ui.service_entries import ServiceEntries

# The fields of the two sheets, page by page (facts of the forms 3.1 and 3.2).
_APPLICANT = {
    "case_id": Takes.TEXT,
    "applicant_name": Takes.TEXT,
    "applicant_kind": Takes.WORD,
    "credit_code": Takes.TEXT,
    "legal_representative": Takes.TEXT,
    "agent_name": Takes.TEXT,
    "agent_phone": Takes.TEXT,
    "agent_id_number": Takes.TEXT,
    "project_name": Takes.TEXT,
    "address": Takes.TEXT,
    "site_id": Takes.NAME,
    "signed_on": Takes.DAY,
    "remark": Takes.LONG,
}
_RECEIVED = {
    "received_at": Takes.MOMENT,
    "received_by": Takes.TEXT,
    "first_received_by": Takes.NAME,
    "lead_unit": Takes.WORD,
    "agreed_access_at": Takes.MOMENT,
    "entrusts_permits": Takes.FLAG,
    "emergency": Takes.TICK,
}
_LAND = {
    "parcel_number": Takes.TEXT,
    "grant_contract_number": Takes.TEXT,
    "land_area_m2": Takes.NUMBER,
    "building_area_m2": Takes.NUMBER,
    "works_start_on": Takes.DAY,
    "production_start_on": Takes.DAY,
    "contact_name": Takes.TEXT,
    "contact_phone": Takes.TEXT,
}
PAGES: Mapping[str, Mapping[str, Takes]] = {
    "applicant": _APPLICANT,
    "received": _RECEIVED,
    "land": _LAND,
}


class CaseForm(KeptForm):
    """Fills in a case; ``keep`` keeps it or raises SurveyError. Of a ``dossier`` it changes facts.

    A new case without the moment at which it was received is an intent of the land grant. What is
    asked of the services, half of all fields and on a page of its own, is made once the form is
    there, or as soon as anybody wants it.
    """

    def __init__(
        self,
        county: County,
        now: datetime,
        look: Look,
        keep: Callable[[Application], object],
        parent: Any = None,
        dossier: Dossier | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._county, self._keep, self._dossier = county, keep, dossier
        given = Case(received_at=now, applicant_kind="company") if dossier is None else dossier.case
        self.entries = {
            name: self._entry(name, takes, getattr(given, name))
            for page in PAGES.values()
            for name, takes in page.items()
        }
        self.number = self.entries["case_id"].widget
        self.applicant = self.entries["applicant_name"].widget
        for name in ("case_id", "received_at", "received_by"):  # a step of their own
            self.entries[name].widget.setEnabled(dossier is None)
        self.services: dict[str, Any] = {}
        self._details: list[ServiceEntries] = []
        self._asking = InSteps(self, first=0, then=1)
        self.tabs = QtWidgets.QTabWidget()
        self.tabs.setDocumentMode(True)
        self._asked = QtWidgets.QVBoxLayout()
        title = "case.new" if dossier is None else "case.edit_title"
        self.setWindowTitle(look.texts(title, case_id=given.case_id))
        self._lay_out()
        self._ask_for_services()
        self.resize(640, 700)
        self.applicant.setFocus()

    @property
    def details(self) -> list[ServiceEntries]:
        """What is asked of each service."""
        self._asking.finish()
        return self._details

    def keep_filled_in(self) -> None:
        """Keep the case."""
        self._keep(self.application())

    def application(self) -> Application:
        """What is filled in; SurveyError with a sentence for every field that is wrong."""
        problems = Problems()
        values: Mapping[str, Any] = {}
        services: list[Service] = []
        try:
            values = read_all(self.entries.values())
        except SurveyError as error:
            problems.extend(error)
        for one in self.details:
            try:
                services.append(one.read())
            except SurveyError as error:
                problems.extend(error)
        if self._dossier is None and not values.get("case_id"):
            problems.add(self._look.texts("case.needed"))
        problems.raise_if_any()
        named = {name: value for name, value in values.items() if value is not None}
        if self._dossier is not None:
            named["case_id"] = ""  # the number of a case does not change
        return Application(Case(**named), tuple(services))

    def add_service(self, utility: str, service: Service | None = None) -> ServiceEntries:
        """Ask for one more thing of a utility, such as what the works need before production."""
        self._asking.finish()
        return self._add(utility, service)

    def ask_for_alone(self, utilities: Iterable[str]) -> None:
        """Ask for these services and no other."""
        wanted = set(utilities)
        for utility, tick in self.services.items():
            tick.setChecked(utility in wanted)

    def _add(self, utility: str, service: Service | None) -> ServiceEntries:
        made = ServiceEntries(utility, service, self._county, self._look)
        self._details.append(made)
        self._asked.insertWidget(self._place_of(utility), made)
        return made

    def _place_of(self, utility: str) -> int:
        """Behind what is asked of this utility and of those before it."""
        order = list(UTILITY)
        return sum(order.index(one.utility) <= order.index(utility) for one in self._details[:-1])

    def _ask_for_services(self) -> None:
        kept = () if self._dossier is None else self._dossier.services
        asked: list[tuple[str, Service | None]] = []
        for utility, tick in self.services.items():
            own = [one for one in kept if one.utility == utility]
            tick.setChecked(bool(own) or self._dossier is None)
            asked += [(utility, one) for one in (own if self._dossier is not None else [None])]
            tick.setEnabled(not own)
            tick.toggled.connect(lambda on, one=utility: self._ticked(one, bool(on)))
        self._asking.begin(self._add(*one) for one in asked)

    def _ticked(self, utility: str, on: bool) -> None:
        if on:
            self.add_service(utility)
            return
        for one in [one for one in self.details if one.utility == utility]:
            self.details.remove(one)
            one.hide()
            one.deleteLater()

    def _construction(self) -> None:
        """Ask besides for what each utility that is asked for has to give to the works."""
        for utility, tick in self.services.items():
            own = [one for one in self.details if one.utility == utility]
            if tick.isChecked() and not any(one.is_for(NeededFor.CONSTRUCTION) for one in own):
                for one in own:
                    one.show_for(NeededFor.PRODUCTION)
                self.add_service(utility).show_for(NeededFor.CONSTRUCTION)

    def _entry(self, name: str, takes: Takes, value: Any) -> Entry:
        ask = Ask(
            name,
            self._look.texts(f"case_field.{name}"),
            takes,
            value,
            self._choices(name),
            tip=self._look.texts(f"case_field_tip.{name}") if name in _WITH_TIP else "",
        )
        return Entry(ask, self._look.texts)

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        county = self._county
        units = [(one.name, one.unit_id) for one in county.units]
        if name == "applicant_kind":
            return [(self._look.words.cell(name, word), word) for word in APPLICANT_KIND]
        if name == "lead_unit":
            return units
        if name == "first_received_by":
            names = dict.fromkeys(one.name for one in county.departments.values())
            return units + [(one, one) for one in names]
        sites = county.layers.get("sites")
        if name != "site_id" or sites is None:
            return []
        named = zip(sites.ids, sites.columns["name"], strict=True)
        return [(f"{words or ''} {one}".strip(), str(one)) for one, words in named]

    def _lay_out(self) -> None:
        texts = self._look.texts
        for name, page in PAGES.items():
            inner = QtWidgets.QWidget()
            inner.setLayout(fields(self.entries[one] for one in page))
            note = label(texts(f"case.page_{name}_note"), "quiet", wraps=True)
            whole = column(note, inner, margin=12, spacing=8)
            whole.layout().addStretch(1)
            self.tabs.addTab(scrolled(whole), texts(f"case.page_{name}"))
        self.tabs.insertTab(1, scrolled(self._services_page()), texts("case.services"))
        said = texts("case.save" if self._dossier is None else "entry.save")
        content = column(self.tabs, self.problem, margin=12, spacing=12)
        content.layout().setStretch(0, 1)
        self.lay_down(content, texts("case.cancel"), said)

    def _services_page(self) -> Any:
        texts = self._look.texts
        ticks = QtWidgets.QHBoxLayout()
        for utility in UTILITY:
            tick = QtWidgets.QCheckBox(self._look.words.utility(utility))
            tick.setAccessibleName(tick.text())
            self.services[utility] = tick
            ticks.addWidget(tick)
        ticks.addStretch(1)
        page = column(margin=12, spacing=8)
        page.layout().addLayout(ticks)
        page.layout().addLayout(self._asked)
        more = link(texts("case.for_works"), self._construction, texts("case.for_works_tip"))
        page.layout().addWidget(more)
        page.layout().addStretch(1)
        return page


_WITH_TIP = frozenset(
    {
        "received_at",
        "first_received_by",
        "lead_unit",
        "agreed_access_at",
        "emergency",
        "credit_code",
    }
)
