"""QGIS opens a survey file as it is, with styles, also while our program has it open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsGeometry,
    QgsLineString,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPoint,
    QgsPointXY,
    QgsProviderRegistry,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from neixiang_survey_plugin.app.survey_store import Ended
from neixiang_survey_plugin.core.vocabulary import UTILITY, chinese_word
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.tables import LINE_TABLES, ROUTE_TABLES, SURVEY_TABLES
from tests.survey.lines import EPSG, ORIGIN, new_survey, route

Complaints = Callable[[], list[str]]

# Our program in a process of its own: it acknowledges each edit, and waits to be told to go on.
OUR_PROGRAM = """
import sys
from pathlib import Path
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import route
store = open_survey(Path(sys.argv[1]), "甲")
number = 0
for command in sys.stdin:
    if command.strip() == "edit":
        number += 1
        store.edit([route(f"ours{number}")])
    elif command.strip() == "notes":
        print(" ".join(store.notes) or "none", flush=True)
        continue
    else:
        store.close()
    print("done", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path, qgis_app: QgsApplication) -> Path:
    """A survey with a line of each utility, one of which was edited."""
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route(name, 100.0, utility=name) for name in UTILITY])
    store.edit([route("water", 120.0)])
    store.close()
    return path


@pytest.fixture
def complaints(qgis_app: QgsApplication, capfd: pytest.CaptureFixture[str]) -> Iterator[Complaints]:
    """Asks for what QGIS has logged and GDAL has printed meanwhile."""
    said: list[str] = []

    def heard(message: str, tag: str, level: Qgis.MessageLevel) -> None:
        if level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
            said.append(f"{tag}: {message}")

    def all_of_it() -> list[str]:
        printed = capfd.readouterr().err.splitlines()
        return [*said, *(one for one in printed if one.startswith(("Warning", "ERROR")))]

    log = QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel]
    log.connect(heard)
    yield all_of_it
    log.disconnect(heard)


@contextmanager
def layer_of(path: Path, name: str) -> Iterator[QgsVectorLayer]:
    """A layer of the survey, which lets go of the file afterwards."""
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid(), layer.error().message()
    yield layer
    layer.deleteLater()
    del layer
    QgsApplication.sendPostedEvents(None, 52)  # deferred deletions


@contextmanager
def our_program(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", OUR_PROGRAM, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        yield process
    assert process.returncode == 0


def tell(process: subprocess.Popen[str], command: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(command + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def drawn(layer: QgsVectorLayer, to_x: float, **facts: object) -> QgsFeature:
    """A line as somebody digitises it."""
    feature = QgsFeature(layer.fields())
    east, north = ORIGIN
    feature.setGeometry(
        QgsGeometry.fromPolylineXY([QgsPointXY(east, north), QgsPointXY(east + to_x, north)])
    )
    for name, value in facts.items():
        feature.setAttribute(name, value)
    return feature


def picture(layer: QgsVectorLayer) -> set[int]:
    """The colours that QGIS paints the layer with."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(200, 60))
    settings.setBackgroundColor(QColor("white"))
    east, north = ORIGIN
    settings.setExtent(QgsRectangle(east - 5, north - 5, east + 125, north + 5))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_every_layer_and_table_opens(path: Path, complaints: Complaints) -> None:
    sublayers = QgsProviderRegistry.instance().querySublayers(str(path))
    names = {one.name() for one in sublayers}
    assert set(SURVEY_TABLES) <= names
    for name in SURVEY_TABLES:
        with layer_of(path, name) as layer:
            assert layer.isSpatial() == (name in (*ROUTE_TABLES, *LINE_TABLES))
            if layer.isSpatial():
                assert layer.crs().authid() == f"EPSG:{EPSG}"
    assert complaints() == []


def test_qgis_would_complain_of_a_later_geopackage(path: Path, complaints: Complaints) -> None:
    # Why the file says 1.3, and the proof that the test above hears what QGIS says.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 10500")
    with layer_of(path, "routes"):
        assert any("version" in said.lower() for said in complaints())


def test_the_lines_are_drawn_in_the_colours_of_the_standard(path: Path) -> None:
    with layer_of(path, "routes") as layer:
        renderer = layer.renderer()
        assert isinstance(renderer, QgsCategorizedSymbolRenderer)
        assert renderer.classAttribute() == "utility"
        labels = {one.value(): one.label() for one in renderer.categories()}
        assert labels == {word: chinese_word(UTILITY, word) for word in UTILITY}
        assert layer.featureCount() == len(UTILITY)
        layer.setSubsetString("utility = 'gas'")
        assert QColor(255, 0, 255).rgb() in picture(layer)
        layer.setSubsetString("utility = 'telecom'")
        assert QColor(0, 255, 0).rgb() in picture(layer)


def test_ways_round_the_works_are_of_no_utility_and_drawn_all_alike(path: Path) -> None:
    with layer_of(path, "detours") as layer:
        assert isinstance(layer.renderer(), QgsSingleSymbolRenderer)
        assert layer.renderer().symbol().symbolLayer(1).color().name() == "#0b6e3a"


@pytest.mark.parametrize("name", [*ROUTE_TABLES, *LINE_TABLES[:-1]])
def test_every_layer_of_a_utility_s_lines_has_its_style_and_words_to_choose_from(
    path: Path, name: str
) -> None:
    with layer_of(path, name) as layer:
        assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
        choice = layer.editorWidgetSetup(layer.fields().indexOf("utility"))
        assert choice.type() == "ValueMap"
        words = [next(iter(one.items())) for one in choice.config()["map"]]
        assert ("给水", "water") in words


def test_what_is_digitised_in_qgis_is_journaled(path: Path) -> None:
    with layer_of(path, "routes") as layer:
        assert layer.startEditing()
        assert layer.addFeature(drawn(layer, 40.0, utility="gas", route_id="new"))
        assert layer.commitChanges(), layer.commitErrors()
        (feature,) = (one for one in layer.getFeatures() if one["route_id"] == "new")
        assert feature["uuid"]
        assert layer.startEditing()
        layer.changeAttributeValue(feature.id(), layer.fields().indexOf("contractor"), "示例施工队")
        layer.changeGeometry(feature.id(), drawn(layer, 55.0).geometry())
        assert layer.commitChanges(), layer.commitErrors()
        assert layer.startEditing()
        (power,) = (one for one in layer.getFeatures() if one["route_id"] == "power")
        layer.deleteFeature(power.id())
        assert layer.commitChanges(), layer.commitErrors()
    store = open_survey(path, "乙")
    found = {one.route_id: one for one in store.routes().routes}
    assert (found["new"].line.length, found["new"].contractor) == (55.0, "示例施工队")
    assert [one.ended for one in store.history("new")][-1] is None
    assert {one.ended for one in store.history("new")[:-1]} == {Ended.UPDATED}
    assert [one.ended for one in store.history("power")] == [Ended.DELETED]
    assert {one.who for one in store.log(4)} == {"其他程序", "乙"}
    step = store.undo()
    assert step is not None
    assert step.route_ids == ("power",)
    assert "power" in {one.route_id for one in store.routes().routes}
    store.close()


def test_a_line_split_in_qgis_becomes_two_with_names_of_their_own(path: Path) -> None:
    with layer_of(path, "routes") as layer:
        layer.selectByExpression("utility = 'heat'")
        assert layer.startEditing()
        east, north = ORIGIN
        knife = QgsLineString([QgsPoint(east + 30, north - 5), QgsPoint(east + 30, north + 5)])
        result, _ = layer.splitFeatures(knife, preserveCircular=False)
        assert result == Qgis.GeometryOperationResult.Success
        assert layer.commitChanges(), layer.commitErrors()
    split = rows(path, "SELECT uuid, route_id FROM routes WHERE utility = 'heat' ORDER BY fid")
    assert len({uuid for uuid, _ in split}) == len({name for _, name in split}) == 2
    store = open_survey(path, "乙")
    parts = [one.line.length for one in store.routes().routes if one.utility == "heat"]
    assert sorted(parts) == pytest.approx([30.0, 70.0])
    assert len(store.history("heat")) == 2
    store.close()


def test_both_write_while_both_have_it_open_and_nothing_is_lost(
    path: Path, complaints: Complaints
) -> None:
    before = len(UTILITY)
    with our_program(path) as process:
        assert tell(process, "edit") == "done"
        with layer_of(path, "routes") as layer:
            assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
            assert layer.featureCount() == before + 1
            assert layer.startEditing()
            assert layer.addFeature(drawn(layer, 40.0, utility="gas", route_id="theirs"))
            assert layer.commitChanges(), layer.commitErrors()
            assert tell(process, "edit") == "done"
            layer.reload()
            assert {one["route_id"] for one in layer.getFeatures()} >= {"ours1", "ours2", "theirs"}
        # QGIS has let go of the file, whatever it did to its journal: we go on.
        assert tell(process, "edit") == "done"
        assert tell(process, "close") == "done"
    assert complaints() == []
    names = {name for (name,) in rows(path, "SELECT route_id FROM routes")}
    assert names == {*UTILITY, "ours1", "ours2", "ours3", "theirs"}
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_our_program_says_that_qgis_has_the_file_open(path: Path) -> None:
    with layer_of(path, "routes") as layer:
        assert layer.startEditing()
        assert layer.addFeature(drawn(layer, 40.0, utility="gas"))
        with our_program(path) as process:
            assert tell(process, "edit") == "done"
            assert tell(process, "close") == "done"
        assert layer.commitChanges(), layer.commitErrors()
    assert rows(path, "SELECT count(*) FROM routes") == [(len(UTILITY) + 2,)]
