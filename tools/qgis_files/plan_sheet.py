"""The plan sheet as a print layout: map at 1:500 with grid, legend, scale, north, title block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from neixiang_survey_plugin.render.fonts import FAMILIES
from neixiang_survey_plugin.render.palette import LIGHT
from tools.qgis_files.plain import write_plainly

PAPER_MM = (420.0, 297.0)  # A3 lying
MAP_MM = QRectF(18.0, 14.0, 302.0, 265.0)
_SIDE_X, _SIDE_WIDTH = 328.0, 84.0
SCALE = 500.0
GRID_M = 50.0  # a cross every 100 mm, as on every 1:500 map
_ROW_MM, _TITLE_MM, _NAME_MM = 8.0, 16.0, 22.0
_TEXT_PT, _SMALL_PT, _TITLE_PT = 9.0, 7.0, 14.0
_ROWS = (
    ("案件", "[% coalesce(@nx_case, '') %]"),
    ("申请单位", "[% coalesce(@nx_applicant, '') %]"),
    ("地点", "[% coalesce(@nx_site, '') %]"),
    ("坐标系", "[% @project_crs_description %]"),
    ("比例尺", "1:[% format_number(map_get(item_variables('map'), 'map_scale'), 0, 'C') %]"),
    ("绘图", "[% coalesce(@nx_who, @user_full_name, '') %]"),
    ("校核", ""),
    ("审定", ""),
    ("日期", "[% format_date(now(), 'yyyy-MM-dd') %]"),
)


def write_template(folder: Path) -> None:
    """Write the layout into a folder as a template, which any project may take."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan_sheet.qpt"
    plan_sheet(QgsProject.instance()).saveAsTemplate(str(path), QgsReadWriteContext())
    write_plainly(path, path.read_text(encoding="utf-8"))


def plan_sheet(project: QgsProject) -> Any:
    """The layout; its words come from the variables that the plugin gives it."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("外线平面图")
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*PAPER_MM))
    shown = _map(layout)
    _legend(layout, shown)
    _scale_bar(layout, shown)
    _north(layout, shown)
    _title_block(layout)
    return layout


def _map(layout: Any) -> Any:
    shown = QgsLayoutItemMap(layout)
    shown.setId("map")
    layout.addLayoutItem(shown)
    shown.attemptSetSceneRect(MAP_MM)
    m_a_mm = SCALE / 1000.0
    shown.setExtent(QgsRectangle(0.0, 0.0, MAP_MM.width() * m_a_mm, MAP_MM.height() * m_a_mm))
    shown.setFrameEnabled(True)
    shown.setBackgroundColor(QColor(LIGHT.land))
    grid = QgsLayoutItemMapGrid("坐标网", shown)
    grid.setIntervalX(GRID_M)
    grid.setIntervalY(GRID_M)
    grid.setStyle(QgsLayoutItemMapGrid.GridStyle.Cross)
    grid.setCrossLength(5.0)
    grid.setAnnotationEnabled(True)
    grid.setAnnotationPrecision(0)
    grid.setAnnotationTextFormat(_format(_SMALL_PT))
    vertical = QgsLayoutItemMapGrid.AnnotationDirection.Vertical
    for side in (QgsLayoutItemMapGrid.BorderSide.Left, QgsLayoutItemMapGrid.BorderSide.Right):
        grid.setAnnotationDirection(vertical, side)
    shown.grids().addGrid(grid)
    return shown


def _legend(layout: Any, shown: Any) -> None:
    legend = QgsLayoutItemLegend(layout)
    legend.setId("legend")
    legend.setTitle("图例")
    legend.setLinkedMap(shown)
    legend.setLegendFilterByMapEnabled(True)
    legend.setAutoUpdateModel(True)
    sizes = {"Title": 11.0, "Group": _TEXT_PT, "Subgroup": _TEXT_PT, "SymbolLabel": 8.0}
    for part, size in sizes.items():
        font = _font(size, bold=part == "Title")
        legend.setStyleFont(getattr(QgsLegendStyle.Style, part), font)
    legend.setStyleMargin(QgsLegendStyle.Style.Subgroup, 1.5)
    legend.setSymbolHeight(3.0)
    legend.setSymbolWidth(6.0)
    legend.setColumnCount(2)
    legend.setSplitLayer(False)
    legend.setColumnSpace(3.0)
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(_SIDE_X, 40.0))


def _scale_bar(layout: Any, shown: Any) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    bar.setId("scale bar")
    bar.setLinkedMap(shown)
    bar.setStyle("Single Box")
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel("m")
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(10.0)  # the plugin sets another one with another scale
    bar.setHeight(2.0)
    bar.setTextFormat(_format(_SMALL_PT))
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(_SIDE_X, 16.0))


def _north(layout: Any, shown: Any) -> None:
    arrow = QgsLayoutItemPicture(layout)
    arrow.setId("north")
    arrow.setPicturePath(":/images/north_arrows/layout_default_north_arrow.svg")
    arrow.setLinkedMap(shown)
    arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.GridNorth)
    layout.addLayoutItem(arrow)
    arrow.attemptSetSceneRect(QRectF(_SIDE_X + _SIDE_WIDTH - 16.0, 14.0, 16.0, 20.0))


def _title_block(layout: Any) -> None:
    """The rows from the bottom of the sheet up, the title above them."""
    height = _TITLE_MM + _ROW_MM * len(_ROWS)
    top = MAP_MM.bottom() - height
    title = "[% coalesce(@nx_title, '外线平面图') %]"
    _cell(layout, title, QRectF(_SIDE_X, top, _SIDE_WIDTH, _TITLE_MM), _TITLE_PT, middle=True)
    for number, (name, words) in enumerate(_ROWS):
        y = top + _TITLE_MM + number * _ROW_MM
        _cell(layout, name, QRectF(_SIDE_X, y, _NAME_MM, _ROW_MM), _TEXT_PT, middle=True)
        rest = QRectF(_SIDE_X + _NAME_MM, y, _SIDE_WIDTH - _NAME_MM, _ROW_MM)
        _cell(layout, words, rest, _SMALL_PT if "@project_crs" in words else _TEXT_PT)
    border = QgsLayoutItemShape(layout)
    border.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    layout.addLayoutItem(border)
    border.attemptSetSceneRect(QRectF(6.0, 6.0, PAPER_MM[0] - 12.0, PAPER_MM[1] - 12.0))
    layout.moveItemToBottom(border)


def _cell(layout: Any, words: str, place: QRectF, size: float, middle: bool = False) -> None:
    cell = QgsLayoutItemLabel(layout)
    cell.setText(words)
    cell.setFont(_font(size, bold=size == _TITLE_PT))
    cell.setMarginX(2.0)
    cell.setHAlign(Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft)
    cell.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    cell.setFrameEnabled(True)
    cell.setFrameStrokeWidth(QgsLayoutMeasurement(0.2))
    layout.addLayoutItem(cell)
    cell.attemptSetSceneRect(place)


def _format(size_pt: float) -> Any:
    made = QgsTextFormat()
    made.setFamilies(list(FAMILIES))
    made.setSize(size_pt)
    made.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    return made


def _font(size_pt: float, bold: bool = False) -> Any:
    made = QFont(FAMILIES[0])
    made.setFamilies(list(FAMILIES))
    made.setPointSizeF(size_pt)
    made.setBold(bold)
    return made
