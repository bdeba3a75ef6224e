"""A list that grows while somebody looks at it: what a row takes is taken when it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.ui.renewed import dressed


def add_row(box: Any, row: Any, at: int = -1) -> None:
    """Put a row into a list's box at a place or at its end."""
    _grown(lambda: box.insertWidget(at, row), row)


def add_field(form: Any, said: Any, field: Any) -> None:
    """Put a field with its label at the end of a form."""
    _grown(lambda: form.addRow(said, field), said, field)


def _grown(put: Callable[[], object], *parts: Any) -> None:
    """Put parts where they belong, styled and shown.

    Qt would show each in an event of its own after the step that made it, and lay all of them out
    each time: ten rows took 2 ms in their step and 9 after it, of which there are 5 left.
    """
    for part in parts:
        part.hide()  # else Qt makes it an event
    put()
    for part in parts:
        dressed(part)
    around = _layouts_around(parts[0])
    for layout in around:
        layout.setEnabled(False)
    for part in parts:
        part.show()
    for layout in around:
        layout.setEnabled(True)


def _layouts_around(row: Any) -> list[Any]:
    """What Qt would lay out as soon as a row is shown."""
    found: list[Any] = []
    one = row.parentWidget()
    while one is not None and one.layout() is not None and not one.isWindow():
        found.append(one.layout())
        one = one.parentWidget()
    return found
