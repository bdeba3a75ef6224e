"""The plan sheet of a case as a print layout of the project: at 1:500 where the lines fit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt.QtXml import QDomDocument

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.site_texts import site_texts

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench

Box = tuple[float, float, float, float]  # west, south, east, north, in metres of the grid
TEMPLATE = Path(__file__).parent / "layouts" / "plan_sheet.qpt"
_SCALES = (500, 1_000, 2_000, 5_000, 10_000, 25_000)
_GRID_MM = 100  # a cross every so many on paper, at any scale
_SEGMENT_MM = 20
_ROOM = 1.1


def show_plan_sheet(bench: Bench) -> None:
    """Make the sheet of the case that is shown, and open it; its lines become a layer for it."""
    texts, kit = bench.look.texts, bench.desk.board.kit
    case = bench.book.case(kit.case_id)
    if not case.routes:
        bench.say(texts("qgis.no_lines_for_sheet"), Level.WARNING)
        return
    bench.add_lines_layer()
    west, south, east, north = shapely.total_bounds([one.line for one in case.routes]).tolist()
    words = {"case": kit.case_id or "", "who": bench.who(), **_who_and_where(bench, case)}
    name = f"{texts('qgis.sheet')} {kit.case_id or ''}".strip()
    epsg = bench.session.county.grid.epsg
    bench.around.open_layout(add_plan_sheet((west, south, east, north), epsg, name, words))


def _who_and_where(bench: Bench, case: BookedCase) -> dict[str, str]:
    """Who applied and for which place: as the case says, else as the layer of sites does."""
    address = None if case.dossier is None else case.dossier.case.address
    of_site = partial(site_texts, case.results, bench.session.county)
    comma = "、"  # the sheet is Chinese, as everything that goes to an office
    return {
        "applicant": case.applicant or comma.join(of_site("applicant")),
        "site": address or comma.join(of_site("name")),
    }


def add_plan_sheet(box: Box, epsg: int, name: str, words: Mapping[str, str]) -> Any:
    """A new layout of the project that shows a box of a grid; ``words`` by variable.

    The name is made another one where the project has a layout of that name.
    """
    project = QgsProject.instance()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    document = QDomDocument()
    document.setContent(TEMPLATE.read_text(encoding="utf-8"))
    layout.loadFromTemplate(document, QgsReadWriteContext())
    layout.setName(_free(project, name))
    for variable, value in words.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, f"nx_{variable}", value)
    layout.itemById("map").setCrs(QgsCoordinateReferenceSystem(f"EPSG:{epsg}"))
    project.layoutManager().addLayout(layout)
    show_at_scale(layout, box)
    return layout


def show_at_scale(layout: Any, box: Box) -> None:
    """Show a box in the middle of the map, at the largest of the usual scales that holds it."""
    shown = layout.itemById("map")
    paper = shown.rect()
    west, south, east, north = box
    need = max((east - west) / paper.width(), (north - south) / paper.height()) * _ROOM * 1_000
    scale = next((one for one in _SCALES if one >= need), _SCALES[-1])
    half_e, half_n = paper.width() * scale / 2_000, paper.height() * scale / 2_000
    middle_e, middle_n = (west + east) / 2, (south + north) / 2
    shown.setExtent(
        QgsRectangle(middle_e - half_e, middle_n - half_n, middle_e + half_e, middle_n + half_n)
    )
    grid = shown.grids().grid(0)
    grid.setIntervalX(_GRID_MM * scale / 1_000)
    grid.setIntervalY(_GRID_MM * scale / 1_000)
    layout.itemById("scale bar").setUnitsPerSegment(_SEGMENT_MM * scale / 1_000)
    layout.itemById("legend").adjustBoxSize()
    layout.refresh()


def _free(project: Any, name: str) -> str:
    taken = {one.name() for one in project.layoutManager().layouts()}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)
