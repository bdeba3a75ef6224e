"""Lines that are still being drawn, and the steps of work, of all copies together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from neixiang_survey_plugin.core.in_pieces import emptied, in_order
from neixiang_survey_plugin.io.survey.connection import Connection, dict_rows
from neixiang_survey_plugin.io.survey.merging.copy import Copy

_MARK = "~"  # before what tells two drafts of one name apart
Draft = tuple[tuple[Any, ...], tuple[tuple[float, float], ...]]


def write_drafts(connection: Connection, copies: Sequence[Copy]) -> None:
    """Every draft; of one that went on in another copy only the longer, of others both."""
    for draft_id, ((_, *facts), vertices) in sorted(join_drafts(copies).items()):
        connection.execute("INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?)", (draft_id, *facts))
        connection.executemany(
            "INSERT INTO draft_vertices VALUES (?, ?, ?, ?)",
            [(draft_id, place, *vertex) for place, vertex in enumerate(vertices)],
        )


def join_drafts(copies: Sequence[Copy]) -> dict[str, Draft]:
    """The drafts by name; the longest keeps its name, others get a mark of their own."""
    by_name: dict[str, set[Draft]] = defaultdict(set)
    for copy in copies:
        for draft in _drafts(copy.connection):
            by_name[str(draft[0][0]).partition(_MARK)[0]].add(draft)
    joined: dict[str, Draft] = {}
    for name, drafts in by_name.items():
        kept: list[Draft] = []
        for (_, *facts), vertices in sorted(drafts, key=_longest_first):
            gone_on = any(
                one[1][: len(vertices)] == vertices and one[0][1:4] == tuple(facts[:3])
                for one in kept
            )
            if not gone_on:
                own = name if not kept else f"{name}{_MARK}{_digest(facts, vertices)}"
                kept.append(((own, *facts), vertices))
                joined[own] = kept[-1]
    return joined


def write_steps(connection: Connection, copies: Sequence[Copy]) -> None:
    """Every step of every copy, closed: undo does not reach back over a merge."""
    steps = {step for copy in copies for step in _steps(copy.connection)}
    for (at, who, what), lines, records in in_order(steps, key=_by_time):
        step_id = connection.execute(
            "INSERT INTO steps (at, who, what, state) VALUES (?, ?, ?, 'merged')", (at, who, what)
        ).lastrowid
        connection.executemany(
            "INSERT INTO step_changes (step_id, uuid, version_before, version_after)"
            " VALUES (?, ?, ?, ?)",
            [(step_id, *line) for line in lines],
        )
        connection.executemany(
            "INSERT INTO step_records (step_id, subject_table, subject_uuid, done_log)"
            " VALUES (?, ?, ?, ?)",
            [(step_id, *record) for record in records],
        )
    emptied(steps)


def _by_time(step: tuple[Any, ...]) -> str:
    """By moment, author and name; by the first rows of those where these are the same."""
    head, lines, records = step
    return repr((head, lines[:1], records[:1]))


def _drafts(connection: Connection) -> list[Draft]:
    vertices: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, *vertex in connection.execute(
        "SELECT draft_id, easting_m, northing_m FROM draft_vertices ORDER BY draft_id, place"
    ):
        vertices[name].append((vertex[0], vertex[1]))
    rows = connection.execute(
        "SELECT draft_id, utility, route_id, case_id, who, begun_at FROM drafts"
    )
    return [(tuple(row), tuple(vertices[row[0]])) for row in rows]


def _longest_first(draft: Draft) -> tuple[int, str]:
    return -len(draft[1]), repr((draft[0][1:], draft[1]))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def _steps(connection: Connection) -> list[tuple[Any, ...]]:
    lines = _grouped(connection, "step_changes", "uuid, version_before, version_after")
    records = _grouped(connection, "step_records", "subject_table, subject_uuid, done_log")
    return [
        (
            (one["at"], one["who"], one["what"]),
            tuple(lines.get(one["step_id"], ())),
            tuple(records.get(one["step_id"], ())),
        )
        for one in dict_rows(connection, "SELECT * FROM steps")
    ]


def _grouped(connection: Connection, table: str, columns: str) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = connection.execute(f"SELECT step_id, {columns} FROM {table} ORDER BY change_id")
    for step_id, *change in rows:
        grouped[step_id].append(tuple(change))
    return grouped
