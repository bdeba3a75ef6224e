"""The shipped styles: made from the palette, read by QGIS, in the words of the file at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsCategorizedSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.hosts.qgis import styles
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tools.qgis_files.styles import write_styles

CHINESE = look_of(Settings(language=Language.CHINESE))
ENGLISH = look_of(Settings(language=Language.ENGLISH))


@pytest.fixture(autouse=True)
def said(qgis_app: QgsApplication) -> Iterator[list[str]]:
    """What QGIS complained of meanwhile: nothing."""
    heard: list[str] = []

    def hear(message: str, tag: str, level: Any) -> None:
        heard.append(f"{tag}: {message}")

    log = QgsApplication.messageLog()
    log.messageReceived.connect(hear)
    yield heard
    log.messageReceived.disconnect(hear)
    assert heard == []


def styled(uri: str, name: str, look: Any = CHINESE, **source: Any) -> Any:
    layer = QgsVectorLayer(uri, name, "memory")
    styles.use_style(layer, LayerSource(COUNTY_LAYERS[name], Path("a.gpkg"), **source), look)
    return layer


def test_the_styles_are_what_the_palette_makes(tmp_path: Path) -> None:
    write_styles(tmp_path)
    made = {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()}
    kept = {one.name: one.read_text(encoding="utf-8") for one in styles.FOLDER.iterdir()}
    assert made.keys() == kept.keys(), "run tools/make_qgis_files.py"
    assert [name for name in made if made[name] != kept[name]] == []


def test_every_layer_of_a_county_has_its_style_and_one_symbol_a_look() -> None:
    for name in styles.top_down():
        schema = COUNTY_LAYERS[name]
        fields = "&".join(f"field={one.name}:string" for one in schema.fields)
        for kind, uri in (("point", "Point"), ("line", "LineString"), ("polygon", "Polygon")):
            if kind not in {one.value for one in schema.geometry}:
                continue
            layer = styled(f"{uri}?{fields}", name)
            assert layer.renderer().type() in ("categorizedSymbol", "singleSymbol")
            assert layer.labelsEnabled() == (name not in ("surfaces", "buildings", "obstacles"))


def test_a_layer_is_drawn_by_the_columns_and_words_of_its_file() -> None:
    layer = styled(
        "Polygon?field=road_id:string&field=DLDJ:string&field=DLMC:string",
        "roads",
        fields={"road_class": "DLDJ", "name": "DLMC"},
        values={"road_class": {"7": "arterial"}},
    )
    renderer = layer.renderer()
    assert renderer.classAttribute() == "DLDJ"
    [arterial] = [one for one in renderer.categories() if "7" in (one.value() or ())]
    assert arterial.label() == "主干路"
    assert {"7", "arterial", "城市主干道"} <= set(arterial.value())
    assert arterial.symbol().color() == QColor(LIGHT.arterial)
    assert layer.labeling().settings().fieldName == '"DLMC"'


def test_a_file_without_the_column_is_drawn_alike_and_says_nothing() -> None:
    layer = styled("Polygon?field=road_id:string", "roads")
    assert layer.renderer().type() == "singleSymbol"
    assert layer.renderer().symbol().color() == QColor(LIGHT.road_unknown)
    assert not layer.labelsEnabled()


def test_the_legend_speaks_the_language_of_the_window() -> None:
    layer = styled("LineString?field=pipe_id:string&field=utility:string", "pipelines", ENGLISH)
    labels = [one.label() for one in layer.renderer().categories()]
    assert "gas" in [label.casefold() for label in labels]
    assert all(label.isascii() for label in labels)


def test_a_road_that_is_a_line_has_a_style_of_lines() -> None:
    layer = styled("LineString?field=road_id:string&field=road_class:string", "roads")
    assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
    assert layer.renderer().categories()[0].symbol().symbolLayer(0).layerType() == "SimpleLine"


def test_lines_without_a_style_of_their_own_get_ours() -> None:
    layer = QgsVectorLayer("LineString?field=route_id:string&field=utility:string", "r", "memory")
    styles.use_style_of_lines(layer)
    colours = {one.value(): one.symbol().color().name() for one in layer.renderer().categories()}
    assert colours == {word: UTILITY_COLOURS[word].lower() for word in UTILITY}
    other = QgsVectorLayer("LineString?field=route_id:string", "r", "memory")
    styles.use_style_of_lines(other)
    assert other.renderer().type() == "singleSymbol"
