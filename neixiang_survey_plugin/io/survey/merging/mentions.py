"""Where the rows of a survey mention a line, a case or a unit by its name."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.io.survey.merging.copy import LINES, Cells

# The column by which people name the rows of a table.
NAMES: Mapping[str, str] = {LINES: "route_id", "cases": "case_id", "units": "unit_id"}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "route_id": ("route_id",),
    "case_id": ("case_id",),
    "unit_id": ("unit_id", "unit"),
}
_BETWEEN = ";"  # lines of a shared trench


def renamed(cells: Cells, column: str, old: str, new: str) -> dict[str, str]:
    """The cells of a row that change when a thing gets a new name; none where it is not meant."""
    changed = {one: new for one in _COLUMNS[column] if cells.get(one) == old}
    if column == NAMES[LINES]:
        listed = str(cells.get("route_ids") or "").split(_BETWEEN)
        if old in listed:
            changed["route_ids"] = _BETWEEN.join(new if one == old else one for one in listed)
        if cells.get("other_layer") == LINES and cells.get("other_id") == old:
            changed["other_id"] = new
    return changed
