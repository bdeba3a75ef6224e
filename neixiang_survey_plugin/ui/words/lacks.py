"""What stands in the way of a step, in words, and which act puts it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.i18n import Texts
from neixiang_survey_plugin.ui.words.words import Words

_MATTERS = (Condition.DEPARTMENTS_TOLD, Condition.PAPERS_COMPLETE)


class WayOut(Enum):
    """Where something that is missing is put right."""

    SURVEY = "survey"
    DRAW = "draw"
    DECISIONS = "decisions"
    PACKET = "packet"
    CONFLICTS = "conflicts"
    INSPECTIONS = "inspections"
    EDIT = "edit"
    READING = "reading"


_WAYS_OUT: Mapping[Condition, WayOut] = {
    Condition.SURVEY_HELD: WayOut.SURVEY,
    Condition.SURVEYED_TOGETHER: WayOut.SURVEY,
    Condition.OPINIONS_GIVEN: WayOut.SURVEY,
    Condition.NOBODY_DISAGREES: WayOut.SURVEY,
    Condition.ROUTES_DRAWN: WayOut.DRAW,
    Condition.LINES_ASKED_FOR: WayOut.EDIT,
    Condition.ACCESS_RECORDED: WayOut.EDIT,
    Condition.WAYS_DECIDED: WayOut.PACKET,
    Condition.READING_DECIDED: WayOut.READING,
    Condition.TAPED: WayOut.PACKET,
    Condition.NO_OPEN_FAILURE: WayOut.CONFLICTS,
    Condition.WORKS_MAY_START: WayOut.DECISIONS,
    Condition.EMERGENCY: WayOut.DECISIONS,
    Condition.DEPARTMENTS_TOLD: WayOut.DECISIONS,
    Condition.PAPERS_COMPLETE: WayOut.DECISIONS,
    Condition.INSPECTED: WayOut.INSPECTIONS,
    Condition.RECTIFIED: WayOut.INSPECTIONS,
}


def way_out(lack: Lack) -> WayOut | None:
    """Where a lack is put right; None where the step itself does, or another one comes first."""
    return _WAYS_OUT.get(lack.condition)


class LackWords:
    """Says what is missing, with the county's names of units."""

    def __init__(self, words: Words, texts: Texts, units: Mapping[str, str]) -> None:
        self._words, self._texts, self._units = words, texts, units

    def __call__(self, lack: Lack) -> str:
        """What is missing, in one short sentence."""
        values = {
            "services": self._utilities(lack.services),
            "names": self._names(lack),
            "decisions": self._decisions(lack.decisions),
        }
        return self._texts(f"lack.{self._key(lack)}", **values)

    def decision(self, one: Decision) -> str:
        """One row of approval: whose lines, which matter, which department."""
        utility = "" if one.utility is None else f"{self._words.utility(one.utility)} "
        matter = "" if one.matter is None else self._words.cell("matter", one.matter.value)
        values = {"what": f"{utility}{matter}", "who": one.department or ""}
        return self._texts("decisions.of" if one.department else "decisions.of_nobody", **values)

    def _key(self, lack: Lack) -> str:
        """Some lacks are said otherwise by what is missing."""
        kind = lack.condition
        if kind in (Condition.WORKS_MAY_START, Condition.EMERGENCY) and not lack.decisions:
            return f"{kind.value}_no_papers"
        if kind is Condition.PAPERS_COMPLETE and not lack.names:
            return "papers_open"
        if kind is Condition.NO_OPEN_FAILURE and not lack.names:
            return "conflicts_unknown"
        if kind in (Condition.NO_LINE_NEEDED, Condition.ACCESS_RECORDED) and not lack.services:
            return "no_services"
        return kind.value

    def _names(self, lack: Lack) -> str:
        names: Iterable[str] = (self._units.get(one, one) for one in lack.names)
        if lack.condition in _MATTERS:
            names = (self._words.cell("matter", one) for one in lack.names)
        return self._texts("list.comma").join(names)

    def _utilities(self, services: Iterable[Service]) -> str:
        named = dict.fromkeys(self._words.utility(one.utility) for one in services)
        return self._texts("list.comma").join(named)

    def _decisions(self, decisions: Iterable[Decision]) -> str:
        return self._texts("list.semicolon").join(self.decision(one) for one in decisions)
