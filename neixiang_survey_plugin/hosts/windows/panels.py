"""The panels at a window's right: one row a panel. A new one is made and listed here."""

from __future__ import annotations

import functools
from collections.abc import Iterator
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
from neixiang_survey_plugin.ui.seen_panel import SeenPanel
from neixiang_survey_plugin.ui.survey_panel import SurveyPanel
from neixiang_survey_plugin.ui.trench_panel import TrenchPanel


class Panels:
    """Makes the panels of a window, the desktop's or QGIS's, and puts them into tabs.

    A panel's words stand under ``<name>.title`` and ``help.<name>``, its page of help under
    ``page.<name>``. ``making`` are the steps of making them, all done ``at_once`` or by whoever
    lets another window answer between them.
    """

    def __init__(self, window: Any, at_once: bool = True) -> None:
        self._window = window
        self.by_name: dict[str, Any] = {}
        self._at_work: list[Any] = []  # those made so far that do something beside the window
        self.tabs = QtWidgets.QTabWidget()
        self.tabs.setDocumentMode(True)
        self.making = self._make()
        if at_once:
            for _ in self.making:
                pass

    def _make(self) -> Iterator[None]:
        """Make them one after another."""
        window = self._window
        session, look, asks = window.session, window.look, window.asks
        fill_in, who, ground = window.forms.fill_in, window.who, window.work.ground
        self.survey = SurveyPanel(session, look, asks, fill_in)
        yield
        self.conflicts = ConflictPanel(session, look, asks, window.forms.settle)
        rules, show = ground.trench_rules, window.show_courses
        ways = show, window.forms.fill_in_field, window.forms.show
        self.trenches = TrenchPanel(session, rules, look, asks, who, *ways)
        yield
        self.planning = PlanningPanel(session, ground.planning_rules, look, asks, who)
        self._at_work += self.trenches, self.planning
        self._make_packets()
        self._at_work += self.maker, self.preview
        yield
        self.casework = Casework(window)
        self.cases = self.casework.cases
        self._at_work.append(self.casework)
        yield
        self.quality = quality_panel(window)
        self._at_work.append(self.quality)
        yield from self._put_into_tabs()

    def _make_packets(self) -> None:
        window = self._window
        session, look, asks = window.session, window.look, window.asks
        self.maker = Packets(window.work, window.who, look, asks)
        filling = PacketFilling(window, self.maker.keep_unit)
        ways = Ways(window.forms.fill_in, filling.fill, filling.settle)
        self.preview = Preview(self.maker, look, asks, window.forms.show, window)
        deeds = packet_deeds(window, self.maker, self.preview)
        self.detours = Detours(window)
        round_works = DetourDeeds(self.detours.of_case, self.detours.bring, self.detours.drop)
        self.packets = PacketPanel(session, look, asks, ways, deeds, round_works)
        rest = functools.partial(self.packets.show_busy, False)
        for job in (self.maker, self.preview):
            job.ended.connect(rest)

    def _put_into_tabs(self) -> Iterator[None]:
        self.by_name = {
            "survey": self.survey,
            "conflict": self.conflicts,
            "trench": self.trenches,
            "planning": self.planning,
            "packet": self.packets,
            "case": self.cases,
            "today": self.casework.today,
            "quality": self.quality,
        }
        texts = self._window.look.texts
        for name, panel in self.by_name.items():
            row = self.tabs.addTab(panel, texts(f"{name}.title"))
            self.tabs.setTabToolTip(row, texts(f"help.{name}"))
            yield

    @property
    def shown(self) -> str:
        """The name of the panel that is shown."""
        return list(self.by_name)[self.tabs.currentIndex()]

    def be_ready(self) -> None:
        """Let the one that will be seen with the window be up to date by then."""
        panel = self.tabs.currentWidget()
        if isinstance(panel, SeenPanel):
            panel.be_ready()

    @property
    def backgrounds(self) -> tuple[Background, ...]:
        """What they do beside the window."""
        return tuple(one.background for one in self._at_work)

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
        for one in self._at_work:
            one.background.end(wait)
            if isinstance(one, Casework):
                one.end()
