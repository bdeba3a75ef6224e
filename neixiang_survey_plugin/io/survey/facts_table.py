"""What the site showed of the county's layers, kept beside them with its evidence."""

from __future__ import annotations

from datetime import date

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.tables import column_names

# The latest word on each field; rows that were typed in by hand may leave anything out.
_HOLDING = """
    SELECT layer, object_id, field, value, evidence, confirmed_by, confirmed_on, {of_line}
    FROM confirmed_facts AS fact
    WHERE value IS NOT NULL AND withdrawn_on IS NULL
        AND layer IS NOT NULL AND object_id IS NOT NULL AND field IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM confirmed_facts AS later
            WHERE later.layer = fact.layer AND later.object_id = fact.object_id
                AND later.field = fact.field AND later.fid > fact.fid)
    ORDER BY fid
"""


def keep_fact(connection: Connection, fact: ConfirmedFact) -> None:
    """Write a fact; one without a value withdraws what was confirmed before."""
    day = fact.confirmed_on.isoformat()
    connection.execute(
        "INSERT INTO confirmed_facts (layer, object_id, field, value, evidence, confirmed_by,"
        " confirmed_on, withdrawn_on, of_line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fact.layer,
            fact.object_id,
            fact.field,
            fact.value,
            fact.evidence,
            fact.confirmed_by,
            day,
            day if fact.value is None else None,
            fact.of_line,
        ),
    )


def read_facts(connection: Connection) -> tuple[ConfirmedFact, ...]:
    """The facts that hold, one a field; a fact without a readable day counts as of 1900."""
    columns = column_names(connection, "confirmed_facts")
    of_line = "of_line" if "of_line" in columns else "NULL"  # which an older file does not have
    rows = connection.execute(_HOLDING.format(of_line=of_line))
    return tuple(
        ConfirmedFact(
            layer=layer,
            object_id=object_id,
            field=field,
            value=str(value),
            evidence=evidence or "",
            confirmed_by=who or "",
            confirmed_on=_day(day),
            of_line=line,
        )
        for layer, object_id, field, value, evidence, who, day, line in rows
    )


def _day(text: str | None) -> date:
    return parse_date(str(text)) or date(1900, 1, 1)
