"""The SQL of the survey file, read from its .sql files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "sql"

# Version 4 of RFC 9562; plain SQL, so that any program that opens the file makes them.
_UUID4 = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || "
    "substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || "
    "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
_STRANGER = "其他程序"
_WORDS = {
    "{uuid4}": _UUID4,
    "{now}": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    "{who}": f"coalesce((SELECT who FROM current_step), '{_STRANGER}')",
    "{through}": f"coalesce((SELECT what FROM current_step), '{_STRANGER}')",
    "{step}": "coalesce((SELECT step_id FROM current_step), (SELECT max(step_id) FROM steps))",
    "{recorded}": "NOT EXISTS (SELECT 1 FROM current_step WHERE step_id IS NULL)",
    "{settled}": "NOT EXISTS (SELECT 1 FROM arriving WHERE fid = NEW.fid)",
}


def schema_scripts(version: int) -> tuple[str, ...]:
    """The scripts that lead from the version before to this one; none for one not known."""
    return tuple(path.read_text("utf-8") for path in sorted(_FOLDER.glob(f"{version}/*.sql")))


@lru_cache
def template(name: str) -> str:
    """A script with placeholders, those that are the same everywhere filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for word, expression in _WORDS.items():
        text = text.replace(word, expression)
    return text


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript would end the transaction."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        if not gathered and (not line.strip() or line.startswith("--")):
            continue
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        raise ValueError(f"a statement without an end: {gathered[:60]}")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute a script inside whatever transaction is open."""
    for statement in statements(script):
        connection.execute(statement)
