"""What QGIS writes on the county's layers: names as in the desktop window, what a main is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsPalLayerSettings,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY, Words, chinese_word
from neixiang_survey_plugin.render.fonts import FAMILIES
from neixiang_survey_plugin.render.palette import LIGHT

_POINTS_A_PX = 0.75
_BUFFER_MM = 0.6


@dataclass(frozen=True)
class Lettering:
    """The words of one layer: an expression, how they are set, from which scale 1:N on."""

    words: str
    ink: str
    size_px: float
    smallest: float
    placement: Any


def _utility(words: Words) -> str:
    pairs = ", ".join(f"'{word}', '{chinese_word(words, word)}'" for word in words)
    return f'map_get(map({pairs}), "utility")'


def _mains() -> str:
    """给水 DN200, or the utility alone where the diameter is not known."""
    diameter = "' DN' || \"diameter_mm\""
    return f"{_utility(PIPELINE_UTILITY)} || coalesce({diameter}, '')"


_PLACE = QgsPalLayerSettings.Placement
LETTERING = {
    "roads": Lettering('"name"', LIGHT.text, 12, 12_000, _PLACE.Free),
    "green_spaces": Lettering('"name"', LIGHT.green_ink, 12, 4_000, _PLACE.Horizontal),
    "control_areas": Lettering('"name"', LIGHT.water_ink, 12, 8_000, _PLACE.Free),
    "sites": Lettering('"name"', LIGHT.text_quiet, 12, 5_000, _PLACE.Horizontal),
    "plan_lines": Lettering(_mains(), LIGHT.text_quiet, 11, 2_500, _PLACE.Line),
    "pipelines": Lettering(_mains(), LIGHT.text, 11, 900, _PLACE.Line),
}


def labeling_of(lettering: Lettering) -> Any:
    """The labels of a layer as QGIS sets them."""
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = lettering.words, True
    settings.placement = lettering.placement
    settings.scaleVisibility, settings.minimumScale = True, lettering.smallest
    settings.setFormat(_format(lettering))
    return QgsVectorLayerSimpleLabeling(settings)


def _format(lettering: Lettering) -> Any:
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(_BUFFER_MM)
    halo.setColor(QColor(LIGHT.halo))
    made = QgsTextFormat()
    made.setFamilies(list(FAMILIES))
    made.setSize(lettering.size_px * _POINTS_A_PX)
    made.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    made.setColor(QColor(lettering.ink))
    made.setBuffer(halo)
    return made
