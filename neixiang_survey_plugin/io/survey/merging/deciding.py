"""Which copy's row is the present one: the newer one, or the one that somebody chooses."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.io.survey.merging.copy import Copy, Key, Row

_NAMESPACE = uuid.UUID("6f0f2a0e-6d2c-5c53-9a57-2a1d5a3f7c11")  # of what merging itself writes


@dataclass(frozen=True)
class Version:
    """A row as some copies have it now; ``row`` is None where it was deleted there."""

    row: Row | None
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """What the merging itself did to a row, as it stands in the log.

    The uuid follows from what was done: two laptops that merge alike write the same event.
    ``lost`` is the row that was set aside, None where the line's history keeps it.
    """

    uuid: str
    key: Key
    through: str
    lost: Row | None = None


@dataclass(frozen=True)
class Conflict:
    """Copies that changed the same row, or use one name for different things.

    ``name`` is how a choice names it; ``same_name`` allows the choice of keeping all.
    """

    name: str
    key: Key
    versions: tuple[Version, ...]
    same_name: bool = False


def decide(key: Key, copies: Sequence[Copy]) -> tuple[Version, ...]:
    """The versions that no other copy has seen and gone beyond; one where all agree.

    A copy whose log of the row holds everything that another's holds, and more, is newer: it
    was made from it. Equal content is no disagreement, however it came about.
    """
    knowing = [copy for copy in copies if key in copy.events or key in copy.rows]
    events = {copy.label: copy.events.get(key, frozenset()) for copy in knowing}
    if _all_alike(key, knowing):
        return (_version(key, knowing),)
    newest = [
        copy
        for copy in knowing
        if not any(events[copy.label] < events[other.label] for other in knowing)
    ]
    groups: dict[object, list[Copy]] = {}
    for copy in newest:
        row = copy.rows.get(key)
        groups.setdefault(None if row is None else row.content, []).append(copy)
    return tuple(_version(key, group) for group in groups.values())


def _all_alike(key: Key, knowing: Sequence[Copy]) -> bool:
    """Whether every copy has the row to the letter, as most rows of two copies are."""
    rows = [copy.rows.get(key) for copy in knowing]
    first = rows[0]
    return first is not None and all(
        row is not None and row.cells == first.cells for row in rows[1:]
    )


def all_keys(copies: Sequence[Copy]) -> Iterator[Key]:
    """Every row that any copy has or had."""
    seen: set[Key] = set()
    for copy in copies:
        for keys in (copy.rows, copy.events):
            for key in keys:
                if key not in seen:
                    seen.add(key)
                    yield key


def event_of(key: Key, through: str, known: frozenset[str], *rows: Row | None) -> Event:
    """The event of a choice between rows: the last of ``rows`` was set aside."""
    digest = hashlib.sha256()
    for part in (*key, *sorted(known), *(None if row is None else row.identity for row in rows)):
        digest.update(repr(part).encode())
    lost = rows[-1] if rows else None
    return Event(str(uuid.uuid5(_NAMESPACE, digest.hexdigest())), key, through, lost)


def id_of_union(origins: frozenset[str]) -> str:
    """The number of a survey in which several came together."""
    if len(origins) == 1:
        return next(iter(origins))
    return str(uuid.uuid5(_NAMESPACE, " ".join(sorted(origins))))


def known_events(key: Key, copies: Sequence[Copy]) -> frozenset[str]:
    """All log entries of a row, in whichever copy."""
    return frozenset().union(*(copy.events.get(key, frozenset()) for copy in copies))


def _version(key: Key, group: Sequence[Copy]) -> Version:
    """Of equal rows the one that was made last stands for all."""
    rows: Mapping[str, Row] = {copy.label: copy.rows[key] for copy in group if key in copy.rows}
    labels = tuple(copy.label for copy in group)
    if not rows:
        return Version(None, labels)
    return Version(max(rows.values(), key=lambda row: row.made), labels)
