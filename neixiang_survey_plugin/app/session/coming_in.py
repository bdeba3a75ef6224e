"""What lines need before they come in: a length, and an identifier such as C01-water-2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route


def check_lengths(routes: Iterable[Route]) -> None:
    """SurveyError for a line without length."""
    for route in routes:
        if route.line.is_empty or route.line.length <= 0.0:
            raise SurveyError(f"外线 {route.route_id} 没有长度；请至少点两个不同的位置")


def as_on_disk(
    store: SurveyStore, routes: Mapping[str, Route], names: frozenset[str]
) -> dict[str, Route]:
    """Lines, those of some names as the survey file has them now; gone where it has none."""
    there = {one.route_id: one for one in store.routes(route_ids=tuple(names)).routes}
    kept = {key: one for key, one in routes.items() if key not in names or key in there}
    return {**kept, **there}


class FreeIds:
    """Identifiers that no line has, each given once: C01-water, C01-water-2 ..."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def of(self, utility: str, case_id: str | None) -> str:
        """The first that is free for a utility of a case, or of none."""
        stem = utility if case_id is None else f"{case_id}-{utility}"
        number = self._next.get(stem, 1)
        while (name := stem if number == 1 else f"{stem}-{number}") in self._taken:
            number += 1
        self._taken.add(name)
        self._next[stem] = number + 1
        return name


def under_free_ids(routes: Sequence[Route], taken: Set[str]) -> tuple[Route, ...]:
    """The same lines; one whose identifier is taken has another, which none of the others has."""
    ids = FreeIds({one.route_id for one in routes} | taken)
    return tuple(
        replace(one, route_id=ids.of(one.utility, one.case_id)) if one.route_id in taken else one
        for one in routes
    )
