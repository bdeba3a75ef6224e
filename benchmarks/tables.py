"""Tables of figures, as Markdown and into the documents that show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Table:
    """Rows under a head; the first column is words, the others are figures."""

    name: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def row(self, *cells: str) -> None:
        """Add a row."""
        assert len(cells) == len(self.head)
        self.rows.append(cells)

    def not_run(self, title: str, why: str) -> None:
        """Add a row for what was not run, with the reason and no figure."""
        rest = len(self.head) - 2
        self.rows.append((title, f"not run: {why}", *[""] * rest))

    def __str__(self) -> str:
        """The table as Markdown."""
        rule = "|---|" + "---:|" * (len(self.head) - 1)
        return "\n".join([_line(self.head), rule, *map(_line, self.rows), ""])


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def ratio(one: float, other: float) -> str:
    """How many times the other, without decimals where nobody reads them."""
    times = one / other
    return f"{times:,.0f} x" if times >= 100.0 else f"{times:,.2f} x"


def put_into(documents: Iterable[Path], tables: Iterable[Table]) -> None:
    """Put each table between its marks, ``<!-- bench: name -->`` and ``<!-- /bench -->``."""
    written = {table.name: str(table) for table in tables}

    def renewed(found: re.Match[str]) -> str:
        table = written.get(found["name"])
        return found[0] if table is None else f"{found['mark']}\n{table}{found['end']}"

    marked = r"(?P<mark><!-- bench: (?P<name>\S+) -->)\n.*?(?P<end><!-- /bench -->)"
    for path in documents:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(marked, renewed, text, flags=re.DOTALL), encoding="utf-8")
