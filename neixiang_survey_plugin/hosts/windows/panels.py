"""The panels at a window's right: one row a panel. A new one is made and listed here."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.session.events import SurveyEvent
from neixiang_survey_plugin.hosts.windows.casework import Casework
from neixiang_survey_plugin.hosts.windows.detours import Detours
from neixiang_survey_plugin.hosts.windows.packets import Packets
from neixiang_survey_plugin.hosts.windows.preview import Preview, packet_deeds
from neixiang_survey_plugin.hosts.windows.quality import quality_panel
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.conflict_panel import ConflictPanel
from neixiang_survey_plugin.ui.detour_part import DetourDeeds
from neixiang_survey_plugin.ui.packet_filling import PacketFilling
from neixiang_survey_plugin.ui.packet_panel import PacketPanel, Ways
from neixiang_survey_plugin.ui.planning_panel import PlanningPanel
from neixiang_survey_plugin.ui.survey_panel import SurveyPanel
from neixiang_survey_plugin.ui.trench_panel import TrenchPanel


class Panels:
    """Makes the panels of a window, the desktop's or QGIS's, and puts them into tabs.

    A panel's words stand under ``<name>.title`` and ``help.<name>``, its page of help under
    ``page.<name>``.
    """

    def __init__(self, window: Any) -> None:
        session, look, asks = window.session, window.look, window.asks
        fill_in = window.forms.fill_in
        self.survey = SurveyPanel(session, look, asks, fill_in)
        self.conflicts = ConflictPanel(session, look, asks, window.forms.settle)
        rules, who = window.work.ground.trench_rules, window.who
        self.trenches = TrenchPanel(
            session, rules, look, asks, who, window.show_courses, window.forms.fill_in_field
        )
        self.planning = PlanningPanel(session, window.work.ground.planning_rules, look, asks, who)
        self.maker = Packets(window.work, who, look, asks)
        filling = PacketFilling(window, self.maker.keep_unit)
        ways = Ways(fill_in, filling.fill, filling.settle)
        self.preview = Preview(self.maker, look, asks, window.forms.show, window)
        deeds = packet_deeds(window, self.maker, self.preview)
        self.detours = Detours(window)
        round_works = DetourDeeds(self.detours.of_case, self.detours.bring, self.detours.drop)
        self.packets = PacketPanel(session, look, asks, ways, deeds, round_works)
        for job in (self.maker, self.preview):
            job.ended.connect(lambda: self.packets.show_busy(False))
        self.casework = Casework(window)
        self.cases = self.casework.cases
        self.quality = quality_panel(window)
        self.by_name: dict[str, Any] = {
            "survey": self.survey,
            "conflict": self.conflicts,
            "trench": self.trenches,
            "planning": self.planning,
            "packet": self.packets,
            "case": self.cases,
            "today": self.casework.today,
            "quality": self.quality,
        }
        self.tabs = QtWidgets.QTabWidget()
        self.tabs.setDocumentMode(True)
        for name, panel in self.by_name.items():
            row = self.tabs.addTab(panel, look.texts(f"{name}.title"))
            self.tabs.setTabToolTip(row, look.texts(f"help.{name}"))

    @property
    def shown(self) -> str:
        """The name of the panel that is shown."""
        return list(self.by_name)[self.tabs.currentIndex()]

    @property
    def backgrounds(self) -> tuple[Background, ...]:
        """What they do beside the window."""
        jobs = (self.trenches, self.planning, self.maker, self.preview, self.quality)
        return tuple(one.background for one in jobs)

    def follow(self, event: SurveyEvent) -> None:
        """Let each show what changed; the cases follow their book."""
        following = (self.survey, self.conflicts, self.trenches, self.planning, self.packets)
        for panel in (*following, self.quality, self.detours):
            panel.follow(event)

    def show_case(self, case_id: str | None) -> None:
        """Let each show a case, or all with None."""
        showing = (self.detours, self.survey, self.trenches, self.planning, self.packets)
        for panel in (*showing, self.casework):
            panel.show_case(case_id)

    def end(self, wait: bool = True) -> None:
        """Stop what they do beside the window, and wait for its end or let it come."""
        for one in self.backgrounds:
            one.end(wait)
        self.casework.end(wait)
