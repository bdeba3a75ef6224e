"""The services of a case, each with its line, its verdict, and what its unit says."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.casework.page import ServiceStanding
from neixiang_survey_plugin.core.casework.works import WorksPermission
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.detail_row import DetailRow
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import link
from neixiang_survey_plugin.ui.states import State, state_of_verdict, state_of_way


class ServiceRow(DetailRow):
    """One service: a click chooses its line, or begins to draw it."""

    def __init__(
        self, standing: ServiceStanding, units: Mapping[str, str], look: Look, acts: CaseActs
    ) -> None:
        self.utility = standing.utility
        self._standing, self._look, self._units = standing, look, units
        name = look.words.utility(standing.utility)
        super().__init__(self._state(), name, self._line(), self._below(), look)
        service = standing.service
        if service is not None and service.verdict and service.access_done_at is None:
            choose = link(look.texts("case.way"), lambda: acts.way(standing.utility))
            choose.setToolTip(look.texts("case.way_tip"))
            self.add_below(choose)
        self.setToolTip(look.texts("case.service_tip"))
        self.activated.connect(lambda: self._go(acts))

    def _state(self) -> State | None:
        """The state of its verdict now, else of what is on record; none where nobody judged."""
        result, service = self._standing.result, self._standing.service
        if result is not None:
            return state_of_verdict(result.verdict)
        if service is not None and service.way is not None:
            return state_of_way(service.way)
        return None

    def _go(self, acts: CaseActs) -> None:
        result = self._standing.result
        if result is None:
            acts.draw(self.utility)
        else:
            acts.select(result.route.route_id)

    def _line(self) -> str:
        """The way and the length of its line, or that there is none yet."""
        texts, words = self._look.texts, self._look.words
        standing = self._standing
        if standing.service is not None and not standing.service.needs_line:
            return texts("case.no_line_needed")
        if standing.result is None:
            return texts("case.no_line")
        length = f"{standing.result.measures.length_m:.2f} m"
        return f"{words.way(standing.result.verdict.way)}  {length}"

    def _below(self) -> list[str]:
        return [
            text for text in (self._asked(), self._chosen(), self._works(), self._said()) if text
        ]

    def _asked(self) -> str:
        service, words = self._standing.service, self._look.words
        if service is None:
            return ""
        kind = "" if service.service_kind is None else service.service_kind.value
        unit = self._units.get(service.unit or "", service.unit or "")
        parts = (words.cell("service_kind", kind), unit)
        return " · ".join(part for part in parts if part)

    def _chosen(self) -> str:
        service = self._standing.service
        if service is None or service.chosen_way is None:
            return ""
        values = {"way": self._look.words.way(service.chosen_way), "who": service.chosen_by or ""}
        return self._look.texts("case.chosen", **values, why=service.chosen_reason or "")

    def _works(self) -> str:
        """Connected since when, or whether works may start and what they wait for."""
        service, texts = self._standing.service, self._look.texts
        if service is not None and service.access_done_at is not None:
            return texts("case.connected", time=f"{service.access_done_at:%Y-%m-%d %H:%M}")
        permission = self._standing.permission
        return "" if permission is None else self._permission(permission)

    def _permission(self, permission: WorksPermission) -> str:
        texts, words = self._look.texts, self._look.words
        if permission.hindrance is None:
            return texts("works.may_start")
        matters = dict.fromkeys(
            words.cell("matter", one.matter.value) for one in permission.waiting_for if one.matter
        )
        said = texts(f"works.{permission.hindrance.value}")
        return (
            f"{said}{texts('list.colon')}{texts('list.comma').join(matters)}" if matters else said
        )

    def _said(self) -> str:
        """What the unit said after the joint survey."""
        opinion, texts = self._standing.opinion, self._look.texts
        if opinion is None or opinion.opinion is None:
            return ""
        kind = self._look.words.cell("opinion", opinion.opinion.value)
        why = opinion.conditions or opinion.reason
        return texts("case.opinion", kind=kind) + (f"{texts('list.colon')}{why}" if why else "")
