"""What lines need before they come in: a length, and an identifier such as C01-water-2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route


def check_lengths(routes: Iterable[Route]) -> None:
    """SurveyError for a line without length."""
    for route in routes:
        if route.line.is_empty or route.line.length <= 0.0:
            raise SurveyError(f"外线 {route.route_id} 没有长度；请至少点两个不同的位置")


def free_id(utility: str, case_id: str | None, taken: Set[str]) -> str:
    """The first identifier for a utility of a case, or of none, that is not taken."""
    stem = utility if case_id is None else f"{case_id}-{utility}"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def under_free_ids(routes: Sequence[Route], taken: Set[str]) -> tuple[Route, ...]:
    """The same lines; one whose identifier is taken has another, which none of the others has."""
    ids = {one.route_id for one in routes} | taken
    named: list[Route] = []
    for one in routes:
        if one.route_id in taken:
            name = free_id(one.utility, one.case_id, ids)
            ids.add(name)
            one = replace(one, route_id=name)
        named.append(one)
    return tuple(named)
