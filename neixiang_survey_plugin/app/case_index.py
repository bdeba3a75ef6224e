"""What cases are found and put in order by: taken from each once, and again where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import inf

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.casework.listing import Wanted
from neixiang_survey_plugin.core.policy import Way

_CaseId = str | None
_LONG_AGO = datetime(2000, 1, 1)


class CaseIndex:
    """Words, units, ways and due times of the cases of a book, 10,000 of which are asked at once.

    ``case_of`` gives a case, ``due_of`` when its first promise is due.
    """

    def __init__(
        self,
        case_of: Callable[[_CaseId], BookedCase],
        due_of: Callable[[_CaseId], datetime | None],
    ) -> None:
        self._case_of, self._due_of = case_of, due_of
        self._words: dict[_CaseId, str] = {}
        self._units: dict[_CaseId, frozenset[str]] = {}
        self._ways: dict[_CaseId, frozenset[Way]] = {}
        self._due: dict[_CaseId, float] = {}
        self._unread: dict[_CaseId, None] = {}

    def begin(self, case_ids: Iterable[_CaseId]) -> None:
        """Forget everything; these are the cases there are."""
        for known in (self._words, self._units, self._ways, self._due):
            known.clear()
        self._unread = dict.fromkeys(case_ids)

    def forget(self, case_ids: Iterable[_CaseId]) -> None:
        """Take from some cases again what they are found by; they may be new, or gone."""
        for case_id in case_ids:
            for known in (self._words, self._units, self._ways, self._due):
                known.pop(case_id, None)
            self._unread[case_id] = None

    def forget_ways(self, case_ids: Iterable[_CaseId]) -> None:
        """Take from some cases again how their lines are judged."""
        for case_id in case_ids:
            if self._ways.pop(case_id, None) is not None:
                self._unread[case_id] = None

    def read_ahead(self, go_on: Callable[[], bool]) -> bool:
        """Take what is missing while ``go_on`` says so; whether nothing is any more."""
        while self._unread:
            if not go_on():
                return False
            case_id, _ = self._unread.popitem()
            self._read(case_id)
        return True

    def find(self, ids: Sequence[_CaseId], wanted: Wanted, text: str) -> tuple[_CaseId, ...]:
        """Those of some cases with a unit, a verdict, and every word of a text."""
        found: Iterable[_CaseId] = ids
        if wanted.unit is not None:
            unit, units = wanted.unit, self._units
            found = [one for one in found if unit in (units.get(one) or self._units_of(one))]
        for word in text.lower().split():
            words = self._words
            found = [one for one in found if word in (words.get(one) or self._words_of(one))]
        if wanted.verdict is not None:
            way = wanted.verdict
            found = [one for one in found if way in self._ways_of(one)]
        return tuple(found)

    def in_due_order(self, ids: Iterable[_CaseId]) -> list[_CaseId]:
        """Cases by when they are due, those that are not due last, others as they came."""
        wanted, due = list(ids), self._due
        for case_id in wanted:
            if case_id not in due:
                self._due_at(case_id)
        return sorted(wanted, key=due.__getitem__)

    def _read(self, case_id: _CaseId) -> None:
        case = self._case_of(case_id)
        self._words[case_id], self._units[case_id] = case.words, case.units
        self._due_at(case_id)
        if not case.asks_for_judging:
            self._ways[case_id] = frozenset(case.ways.values())

    def _words_of(self, case_id: _CaseId) -> str:
        if case_id not in self._words:
            self._words[case_id] = self._case_of(case_id).words
        return self._words[case_id]

    def _units_of(self, case_id: _CaseId) -> frozenset[str]:
        if case_id not in self._units:
            self._units[case_id] = self._case_of(case_id).units
        return self._units[case_id]

    def _ways_of(self, case_id: _CaseId) -> frozenset[Way]:
        if case_id not in self._ways:
            self._ways[case_id] = frozenset(self._case_of(case_id).ways.values())
        return self._ways[case_id]

    def _due_at(self, case_id: _CaseId) -> float:
        """Seconds since a day long ago: numbers are put in order in half the time of moments."""
        if case_id not in self._due:
            at = self._due_of(case_id)
            self._due[case_id] = inf if at is None else _seconds(at.replace(tzinfo=None))
        return self._due[case_id]


def _seconds(at: datetime) -> float:
    return (at - _LONG_AGO).total_seconds()
