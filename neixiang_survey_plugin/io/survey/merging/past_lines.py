"""The earlier versions of every line, of all copies together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from neixiang_survey_plugin.core.in_pieces import emptied, in_order
from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, Ending, Key, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Version

Identity = tuple[Key, tuple[object, ...]]

SET_ASIDE = Ending(None, None, "merge")


def join_past(
    copies: Sequence[Copy], presents: Mapping[Key, Version]
) -> Iterator[tuple[Row, Ending]]:
    """Every version that any copy knows, each with every way in which it ended.

    A version that ended nowhere and is not the present one was set aside by a choice: that is
    what its ending says, and who chose stands in the log. The result is in an order of its own.
    """
    rows: dict[Identity, Row] = {}
    endings: dict[Identity, set[Ending]] = defaultdict(set)
    for row, ending in _all_versions(copies):
        identity = (row.key, row.identity)
        rows[identity] = _same_bytes(row, rows.get(identity))
        if ending is not None and ending.ended_how != SET_ASIDE.ended_how:
            endings[identity].add(ending)
    standing = {
        (key, version.row.identity)
        for key, version in presents.items()
        if key[0] == LINES and version.row is not None
    }
    for identity in rows:
        if identity not in endings and identity not in standing:
            endings[identity].add(SET_ASIDE)
    past = [(rows[identity], ending) for identity, ways in endings.items() for ending in ways]
    emptied(rows, endings, standing)
    yield from in_order(past, key=_order)
    emptied(past)


def _all_versions(copies: Sequence[Copy]) -> Iterable[tuple[Row, Ending | None]]:
    for copy in copies:
        yield from copy.past
        yield from ((row, None) for key, row in copy.rows.items() if key[0] == LINES)


def _same_bytes(row: Row, other: Row | None) -> Row:
    """One of two equal rows, whose geometry may have different headers, always the same one."""
    if other is None:
        return row
    return min(row, other, key=lambda one: bytes(one.cells["geom"] or b""))


def _order(version: tuple[Row, Ending]) -> tuple[object, ...]:
    row, ending = version
    return (
        row.key[1],
        *row.made,
        ending.ended_at or "",
        ending.ended_by or "",
        ending.ended_how or "",
        repr(row.content),
    )
