"""What lines need before they come in: a length, and an identifier such as C01-water-2."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route


def check_lengths(routes: Sequence[Route]) -> None:
    """SurveyError for a line without length."""
    lengths_m = shapely.length(np.array([one.line for one in routes], dtype=object))
    for row in np.flatnonzero(~(lengths_m > 0.0)).tolist():
        route_id = routes[row].route_id
        raise SurveyError(f"外线 {route_id} 没有长度；请至少点两个不同的位置")


def check_unchanged(before: Mapping[str, Route | None], store: SurveyStore) -> None:
    """SurveyError for a line that is not on disk any more as it was, None for one that was not."""
    there = {one.route_id: one for one in store.routes(route_ids=tuple(before)).routes}
    for route_id, was in before.items():
        if there.get(route_id) != was:
            raise SurveyError(f"外线 {route_id} 在这一步写入以前改动过；请看过以后再做一次")


class FreeIds:
    """Identifiers that no line has, each given once: C01-water, C01-water-2 ...

    ``taken`` are looked into and not copied: a survey of years has 50,000.
    """

    def __init__(self, *taken: Container[str]) -> None:
        self._given: set[str] = set()
        self._taken = (*taken, self._given)
        self._next: dict[str, int] = {}

    def of(self, utility: str, case_id: str | None) -> str:
        """The first that is free for a utility of a case, or of none."""
        stem = utility if case_id is None else f"{case_id}-{utility}"
        number = self._next.get(stem, 1)
        while self._is_taken(name := stem if number == 1 else f"{stem}-{number}"):
            number += 1
        self._given.add(name)
        self._next[stem] = number + 1
        return name

    def _is_taken(self, name: str) -> bool:
        return any(name in one for one in self._taken)


def under_free_ids(
    routes: Sequence[Route], taken: Set[str], *others: Container[str]
) -> tuple[Route, ...]:
    """The same lines; one whose identifier is taken has another, which none of the others has."""
    ids = FreeIds({one.route_id for one in routes}, taken, *others)
    return tuple(
        replace(one, route_id=ids.of(one.utility, one.case_id)) if one.route_id in taken else one
        for one in routes
    )
