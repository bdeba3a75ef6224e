"""How QGIS draws and edits the lines of a survey: the colours of CJJ 61-2017, words to choose."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from neixiang_survey_plugin.core import vocabulary
from neixiang_survey_plugin.core.vocabulary import Words, chinese_word
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.tables import column_names

# CJJ 61-2017 appendix B. The colours are for white paper: a dark casing keeps cyan and green
# legible on any ground.
_COLOURS = {
    "water": "0,255,255,255",
    "power": "255,0,0,255",
    "gas": "255,0,255,255",
    "heat": "255,128,0,255",
    "telecom": "0,255,0,255",
}
_CASING = "35,35,35,255"
_DETOUR = "11,110,58,255"
_CASING_MM, _LINE_MM = "1.1", "0.7"
_CHOICES: dict[str, Words] = {
    "utility": vocabulary.UTILITY,
    "laying": vocabulary.LAYING,
    "pressure_class": vocabulary.PRESSURE_CLASS,
    "applicant_kind": vocabulary.APPLICANT_KIND,
}
_KEPT_BY_THE_FILE = ("uuid", "version", "changed_at", "changed_by")
# How each layer of lines is drawn, and what it holds.
_LAYERS = {
    "routes": ("solid", "外线"),
    "route_history": ("dash", "外线的以前各版本"),
    "promises": ("dash dot", "承诺时的外线"),
    "as_built": ("dot", "竣工外线"),
    "detours": ("dash", "建议的绕行路线"),
}


def write_styles(connection: Connection, now: str) -> None:
    """Give each layer of lines that has no style yet the one that QGIS takes on opening."""
    connection.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) SELECT '', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '', ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM layer_styles WHERE f_table_name = ?1)",
        [
            (table, lines_qml(pen, column_names(connection, table)), words, now)
            for table, (pen, words) in _LAYERS.items()
        ],
    )


def lines_qml(pen: str, columns: Sequence[str]) -> str:
    """The style of a layer of lines, one colour a utility where they have one, as QGIS 3 reads it.

    ``pen`` is a line style of QGIS: solid, dash, dot or dash dot.
    """
    fields = "".join(_choice(field, words) for field, words in _CHOICES.items() if field in columns)
    locked = "".join(
        f'<field name="{name}" editable="0"/>' for name in _KEPT_BY_THE_FILE if name in columns
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22.0" styleCategories="Symbology|Forms|Fields">'
        f"{_by_utility(pen) if 'utility' in columns else _all_alike(pen)}"
        f"<fieldConfiguration>{fields}</fieldConfiguration><editable>{locked}</editable></qgis>"
    )


def _by_utility(pen: str) -> str:
    categories = "".join(
        f'<category render="true" value="{utility}" symbol="{number}"'
        f" label={quoteattr(chinese_word(vocabulary.UTILITY, utility))}/>"
        for number, utility in enumerate(_COLOURS)
    )
    symbols = "".join(
        _symbol(str(number), colour, pen) for number, colour in enumerate(_COLOURS.values())
    )
    return (
        '<renderer-v2 type="categorizedSymbol" attr="utility" forceraster="0" enableorderby="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
    )


def _all_alike(pen: str) -> str:
    return (
        '<renderer-v2 type="singleSymbol" forceraster="0" enableorderby="0">'
        f"<symbols>{_symbol('0', _DETOUR, pen)}</symbols></renderer-v2>"
    )


def _symbol(name: str, colour: str, pen: str) -> str:
    casing = _line(_CASING, _CASING_MM, pen, locked=True)
    return (
        f'<symbol type="line" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{casing}{_line(colour, _LINE_MM, pen)}</symbol>"
    )


def _line(colour: str, width_mm: str, pen: str, locked: bool = False) -> str:
    properties = {
        "line_color": colour,
        "line_width": width_mm,
        "line_width_unit": "MM",
        "line_style": pen,
        "capstyle": "round",
        "joinstyle": "round",
    }
    # QGIS up to 3.24 reads the first form, later ones the second.
    old = "".join(f'<prop k="{key}" v="{value}"/>' for key, value in properties.items())
    new = "".join(
        f'<Option name="{key}" type="QString" value="{value}"/>'
        for key, value in properties.items()
    )
    return (
        '<layer class="SimpleLine" enabled="1" pass="0" '
        f'locked="{int(locked)}"><Option type="Map">{new}</Option>{old}</layer>'
    )


def _choice(field: str, words: Words) -> str:
    options = "".join(
        f'<Option type="Map"><Option name={quoteattr(chinese_word(words, word))}'
        f' type="QString" value="{word}"/></Option>'
        for word in words
    )
    return (
        f'<field name="{field}"><editWidget type="ValueMap"><config><Option type="Map">'
        f'<Option name="map" type="List">{options}</Option></Option></config></editWidget></field>'
    )
