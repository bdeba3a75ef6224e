"""In which order what several files know came about: by time, and as in its file at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from neixiang_survey_plugin.core.in_pieces import emptied, in_order
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.merging.copy import Copy, Key

LOG_COLUMNS = "uuid, at, who, what, through, subject_table, subject_uuid, subject, was"

LogRow = tuple[Any, ...]
Places = Mapping[object, tuple[object, int]]


def log_places(copies: Sequence[Copy]) -> dict[object, tuple[object, int]]:
    """For each entry of any copy's log its moment and its number in the merged log.

    What was written in one millisecond stays in the order of its file. Of two files' entries of
    one millisecond those come first that follow none of a later name, so that it does not matter
    which files come together first.
    """
    moments: dict[object, Any] = {}
    for copy in copies:
        for row in log_entries(copy.connection):
            key, at = entry_key(row), row[1]
            moments[key] = min(moments.get(key, at), at, key=str)
    ranks: dict[object, tuple[str, str, int]] = {}
    for copy in copies:
        last: dict[str, str] = {}  # the last by name of those of a moment so far
        for place, row in enumerate(log_entries(copy.connection)):
            key = entry_key(row)
            at = str(moments[key])
            last[at] = max(last.get(at, ""), repr(key))
            rank = (at, last[at], place)
            ranks[key] = min(ranks.get(key, rank), rank)
    ordered = in_order(ranks, key=lambda one: (ranks[one], repr(one)))
    places = {key: (moments[key], number) for number, key in enumerate(ordered, 1)}
    emptied(moments, ranks)
    return places


def place_of(key: Key, copies: Sequence[Copy], places: Places) -> int:
    """The number of a row's first entry in the merged log; 0 for a row without any."""
    entries = (one for copy in copies for one in copy.events.get(key, ()))
    return min((places[one][1] for one in entries), default=0)


def log_entries(connection: Connection) -> Iterator[LogRow]:
    """The log of a file as it was written."""
    yield from connection.execute(f"SELECT {LOG_COLUMNS} FROM log ORDER BY fid")


def entry_key(row: LogRow) -> object:
    """An entry's uuid; where somebody left it out, the entry itself."""
    return row[0] or row
