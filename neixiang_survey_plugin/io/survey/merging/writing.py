"""The merged survey as a file of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.core.in_pieces import emptied, in_order
from neixiang_survey_plugin.io.survey.connection import Connection, connect, transaction
from neixiang_survey_plugin.io.survey.creating import lay_out
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.fingerprint import fingerprint
from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, LargeBlob, Row
from neixiang_survey_plugin.io.survey.merging.deciding import id_of_union
from neixiang_survey_plugin.io.survey.merging.log import untraced, write_log
from neixiang_survey_plugin.io.survey.merging.open_work import write_drafts, write_steps
from neixiang_survey_plugin.io.survey.merging.past_lines import join_past
from neixiang_survey_plugin.io.survey.merging.places import Places, log_places, place_of
from neixiang_survey_plugin.io.survey.merging.planning import Plan
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION, SurveyMeta
from neixiang_survey_plugin.io.survey.tables import LINE_TABLES, make_triggers
from neixiang_survey_plugin.io.survey.whole_file import appearing

_ROWS_A_TICK = 500


def write_merged(
    out: Path, copies: Sequence[Copy], plan: Plan, who: str, tick: Tick | None = None
) -> str:
    """Write what was planned; the fingerprint. SurveyError for a full disk or a taken name."""
    with (
        explained(out),
        appearing(out) as unfinished,
        closing(connect(unfinished, "mode=rwc")) as connection,
    ):
        lay_out(connection, _meta(copies))
        with transaction(connection):
            _write_origins(connection, copies)
            places = log_places(copies)
            _write_rows(connection, copies, plan, places, tick)
            for row, ending in join_past(copies, plan.presents):
                _insert(connection, "route_history", {**_cells(row), **vars(ending)})
            write_log(connection, copies, places, [*plan.events, *untraced(copies, plan)], who)
            emptied(places)
            write_steps(connection, copies)
            write_drafts(connection, copies)
            _write_extent(connection, copies)
            make_triggers(connection)
        return fingerprint(connection)


def _meta(copies: Sequence[Copy]) -> SurveyMeta:
    origins = frozenset().union(*(copy.origins for copy in copies))
    return SurveyMeta(
        survey_id=id_of_union(origins),
        schema_version=SCHEMA_VERSION,
        epsg=copies[0].meta.epsg,
        created_at=min(copy.meta.created_at for copy in copies),
        county_code=max((copy.meta.county_code for copy in copies), key=lambda code: code or ""),
    )


def _write_origins(connection: Connection, copies: Sequence[Copy]) -> None:
    origins = sorted(frozenset().union(*(copy.origins for copy in copies)))
    if len(origins) > 1:
        connection.execute(
            "INSERT INTO survey_meta (key, value) VALUES ('origins', ?)", (json.dumps(origins),)
        )


def _write_rows(
    connection: Connection, copies: Sequence[Copy], plan: Plan, places: Places, tick: Tick | None
) -> None:
    """The rows in the order in which they were begun, whichever copy they come from."""
    rows = [version.row for version in plan.presents.values() if version.row is not None]
    ordered = in_order(rows, key=lambda row: (place_of(row.key, copies, places), row.key))
    for number, row in enumerate(ordered, start=1):
        _insert(connection, row.key[0], _cells(row))
        if tick is not None and number % _ROWS_A_TICK == 0:
            tick(number, len(rows))


def _cells(row: Row) -> dict[str, Any]:
    return {"uuid": row.key[1], **row.cells}


def _insert(connection: Connection, table: str, cells: dict[str, Any]) -> None:
    marks = ", ".join("?" for _ in cells)
    values = [cell.load() if isinstance(cell, LargeBlob) else cell for cell in cells.values()]
    connection.execute(f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({marks})", values)


def _write_extent(connection: Connection, copies: Sequence[Copy]) -> None:
    """The extent of a layer that QGIS zooms to covers that of every copy."""
    for layer in (LINES, *LINE_TABLES):
        extents = [_extent(copy.connection, layer) for copy in copies]
        known = [extent for extent in extents if None not in extent]
        if known:
            west, south, east, north = zip(*known, strict=True)
            connection.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?"
                " WHERE table_name = ?",
                (min(west), min(south), max(east), max(north), layer),
            )


def _extent(connection: Connection, layer: str) -> tuple[float, float, float, float]:
    return connection.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (layer,)
    ).fetchone()
