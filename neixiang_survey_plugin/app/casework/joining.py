"""Facts that come in later, joined to what is on record of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.dossier import Dossier

R = TypeVar("R", Case, Service)

# What a paper that comes in later does not change.
_FIXED = frozenset({"uuid", "case_id", "state"})


@dataclass(frozen=True)
class Application:
    """What an applicant handed in: the case and its services, and where it was read from."""

    case: Case
    services: tuple[Service, ...]
    place: str = ""


def joined(dossier: Dossier, application: Application) -> Dossier:
    """The dossier with what an application says more, or otherwise.

    What it leaves out stays. A service of the same utility, kind and purpose is the same one;
    one without a kind speaks of every service of its utility; any other is asked for besides.
    """
    services = list(dossier.services)
    for later in application.services:
        same = [n for n, one in enumerate(services) if _is_same(one, later)]
        for n in same:
            services[n] = _with(services[n], later)
        if not same:
            services.append(replace(later, case_id=dossier.case.case_id))
    case = _with(dossier.case, application.case)
    return replace(dossier, case=case, services=tuple(services))


def unknown_utilities(services: Sequence[Service], later: Iterable[Service]) -> tuple[str, ...]:
    """The utilities that something is said of and nothing is asked of, before or now."""
    known = {one.utility for one in services}
    return tuple(
        dict.fromkeys(
            one.utility for one in later if one.utility not in known and one.service_kind is None
        )
    )


def _is_same(one: Service, later: Service) -> bool:
    return (
        one.utility == later.utility
        and (later.service_kind is None or one.service_kind in (None, later.service_kind))
        and (later.needed_for is None or one.needed_for in (None, later.needed_for))
    )


def _with(record: R, later: R) -> R:
    """A record with every fact that a later one states."""
    said: dict[str, Any] = {
        field.name: value
        for field in fields(later)
        if field.name not in _FIXED
        and (value := getattr(later, field.name)) is not None
        and value != field.default
    }
    return replace(record, **said)
