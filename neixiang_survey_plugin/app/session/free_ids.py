"""Identifiers of lines that no other line has: C01-water, C01-water-2 and so on."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from neixiang_survey_plugin.core.routes import Route


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
