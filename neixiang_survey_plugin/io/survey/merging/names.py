"""One name used in two copies: the same thing noted twice, or two things to be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace

from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, Key, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Event, Version, event_of
from neixiang_survey_plugin.io.survey.merging.mentions import NAMES, renamed

Presents = MutableMapping[Key, Version]


@dataclass(frozen=True)
class Shared:
    """Rows of different origin with one name, the oldest first."""

    table: str
    name: str
    keys: tuple[Key, ...]


def shared_names(presents: Mapping[Key, Version], copies: Sequence[Copy]) -> Iterator[Shared]:
    """The names that several rows have only because copies come together."""
    for table, column in NAMES.items():
        bearers: dict[str, list[Key]] = defaultdict(list)
        for key, version in presents.items():
            if key[0] == table and version.row is not None and version.row.cells[column]:
                bearers[str(version.row.cells[column])].append(key)
        for name, keys in bearers.items():
            if len(keys) > 1 and not _together_before(keys, column, name, copies):
                yield Shared(table, name, tuple(sorted(keys, key=lambda key: begun(key, copies))))


def begun(key: Key, copies: Sequence[Copy]) -> tuple[str, str]:
    """When a row was first written, and the log entry of it: the order of everything merged."""
    known = [copy.begun[key] for copy in copies if key in copy.begun]
    return min(known, default=("", key[1]))


def same_thing(shared: Shared, presents: Mapping[Key, Version]) -> Key | None:
    """The row that says all that the others say and contradicts none; None where none does."""
    rows = {key: row for key in shared.keys if (row := presents[key].row) is not None}
    return next(
        (key for key, row in rows.items() if all(_covers(row, other) for other in rows.values())),
        None,
    )


def take_away(name: str, keys: Sequence[Key], presents: Presents) -> list[Event]:
    """Take rows away that another of the name stands for; log and history still have them."""
    events = []
    for key in keys:
        row = presents[key].row
        events.append(event_of(key, f"merge: {name} 保留另一条", frozenset(), row))
        presents[key] = replace(presents[key], row=None)
    return events


def keep_all(shared: Shared, presents: Presents) -> list[Event]:
    """Give all but the oldest row a name of its own."""
    column = NAMES[shared.table]
    return [
        _rename(key, column, shared.name, f"{shared.name}-{key[1][:8]}", presents)
        for key in shared.keys[1:]
    ]


def follow_names(presents: Presents, copies: Sequence[Copy]) -> list[Event]:
    """Let rows of a file whose thing was renamed, now or in an earlier merging, use its new name.

    In their own file they mean that thing by the old name, which here another thing bears.
    """
    events = []
    for old, (column, new, files) in _told_apart(presents, copies).items():
        for user in _users(old[0], old[1], column, files, presents):
            events.append(_rename(user, column, old[1], new, presents))
    return events


def _told_apart(
    presents: Mapping[Key, Version], copies: Sequence[Copy]
) -> dict[tuple[str, str, str], tuple[str, str, set[str]]]:
    """By table, name and row: the column, the new name, and the files that use the old one."""
    bearers: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, version in presents.items():
        if key[0] in NAMES and version.row is not None:
            bearers[(key[0], str(version.row.cells[NAMES[key[0]]]))].append(key)
    found: dict[tuple[str, str, str], tuple[str, str, set[str]]] = {}
    for copy in copies:
        for key, row in copy.rows.items():
            present = presents[key].row if key[0] in NAMES else None
            if present is None:
                continue
            column = NAMES[key[0]]
            old, new = str(row.cells[column]), str(present.cells[column])
            others = bearers.get((key[0], old), [])
            if old != new and others and not any(one in copy.rows for one in others):
                found.setdefault((key[0], old, key[1]), (column, new, set()))[2].add(copy.label)
    return found


def _together_before(keys: Sequence[Key], column: str, name: str, copies: Sequence[Copy]) -> bool:
    for copy in copies:
        rows = [copy.rows[key] for key in keys if key in copy.rows]
        if sum(row.cells[column] == name for row in rows) > 1:
            return True
    return False


def _covers(row: Row, other: Row) -> bool:
    """Whether a row has every fact of the other one; a line's version and author are no facts."""
    facts = zip(row.content, other.content, strict=True)
    return all(theirs is None or theirs == "" or theirs == ours for ours, theirs in facts)


def _users(
    table: str, name: str, column: str, files: set[str], presents: Mapping[Key, Version]
) -> list[Key]:
    """The rows of other tables that use a name and come from these files alone."""
    return [
        key
        for key, version in presents.items()
        if version.row is not None
        and key[0] != table
        and files.issuperset(version.labels)
        and renamed(version.row.cells, column, name, name)
    ]


def _rename(key: Key, column: str, old: str, new: str, presents: Presents) -> Event:
    row = presents[key].row
    assert row is not None
    version = {"version": row.made[0] + 1} if key[0] == LINES else {}
    cells = {**row.cells, **renamed(row.cells, column, old, new), **version}
    presents[key] = replace(presents[key], row=Row(key, cells))
    return event_of(key, f"merge: {old} 改名为 {new}", frozenset(), row)
