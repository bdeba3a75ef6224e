"""The trenchless stretches of the routes of one file."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import LineString

from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from neixiang_survey_plugin.core.routes import Bore
from neixiang_survey_plugin.core.trenchless import check_bores_fit, parse_trenchless
from neixiang_survey_plugin.io.complaints import Complaints


def read_bores(
    texts: Sequence[str | None], lines: Sequence[LineString], grid: Grid, complaints: Complaints
) -> list[tuple[Bore, ...]]:
    """The bores of each line, with a complaint for every text that cannot be or does not fit."""
    bores: list[tuple[Bore, ...]] = [()] * len(texts)
    wrong: dict[int, str] = {}
    for row, text in enumerate(texts):
        try:
            bores[row] = parse_trenchless(text or "")
        except ValueError as error:
            wrong[row] = f"字段 trenchless 的值 {error}"
    bored = [row for row, found in enumerate(bores) if found and not lines[row].is_empty]
    for row, length_m in zip(bored, _lengths_m([lines[row] for row in bored], grid), strict=True):
        try:
            check_bores_fit(bores[row], length_m)
        except ValueError as error:
            wrong[row] = f"字段 trenchless 的值 {error}"
    complaints.reasons(wrong)
    return bores


def _lengths_m(lines: Sequence[LineString], grid: Grid) -> list[float]:
    return cut_into_segments(lines, grid).total_m.tolist() if lines else []
