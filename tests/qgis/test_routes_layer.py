"""The survey's lines as a layer: edited by our tools or by QGIS's own, one and the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject
from shapely import LineString

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.qgis.routes_layer import RoutesLayer
from neixiang_survey_plugin.hosts.windows.work import new_work, open_work, read_ground
from tests.qgis.iface import flush

E, N = 578_400.0, 3_658_600.0


class Lines:
    """A survey that is open here and shown as a layer of the same QGIS."""

    def __init__(self, folder: Path) -> None:
        self.closed = False
        self.path = folder / "a.survey.gpkg"
        self.ground = read_ground(places.sample_county(), drawn=False)
        self.session = new_work(self.ground, self.path, "甲").session
        self.put("r1", 100.0)
        self.lines = RoutesLayer(self.path, self.session.take_over)
        self.lines.add("外线")
        [self.layer] = QgsProject.instance().mapLayers().values()

    def put(self, route_id: str, length_m: float) -> None:
        line = LineString([(E, N), (E + length_m, N)])
        self.session.put(Route(route_id, "water", line), what="draw")

    def digitise(self, length_m: float, **facts: Any) -> None:
        """Draw a line by QGIS's own editing, and save it."""
        assert self.layer.startEditing()
        feature = QgsFeature(self.layer.fields())
        line = LineString([(E, N + 20), (E + length_m, N + 20)])
        feature.setGeometry(QgsGeometry.fromWkt(line.wkt))
        for name, value in facts.items():
            feature[name] = value
        assert self.layer.addFeature(feature)
        assert self.layer.commitChanges(), self.layer.commitErrors()

    def shown(self) -> dict[str, float]:
        self.lines.show_anew()
        return {one["route_id"]: one.geometry().length() for one in self.layer.getFeatures()}

    def listeners(self) -> int:
        project, layer = QgsProject.instance(), self.layer
        of_project = (project.layersAdded, project.layersWillBeRemoved)
        heard = sum(project.receivers(signal) for signal in of_project)
        return int(heard + layer.receivers(layer.afterCommitChanges))

    def close(self) -> None:
        if not self.closed:
            self.lines.end()
            flush()
            self.session.close()
        self.closed = True

    def end(self) -> None:
        self.close()
        self.layer = None
        QgsProject.instance().removeAllMapLayers()
        flush()


@pytest.fixture
def lines(qgis_app: QgsApplication, tmp_path: Path) -> Iterator[Lines]:
    QgsProject.instance().clear()
    lines = Lines(tmp_path)
    yield lines
    lines.end()
    QgsProject.instance().clear()


def test_the_layer_shows_the_lines_in_the_style_of_the_file(lines: Lines) -> None:
    assert lines.shown() == {"r1": pytest.approx(100.0)}
    assert lines.layer.renderer().type() == "categorizedSymbol"
    assert lines.layer.crs().authid() == "EPSG:4546"


def test_what_our_tools_draw_is_seen_in_the_layer(lines: Lines) -> None:
    lines.put("r2", 40.0)
    assert set(lines.shown()) == {"r1", "r2"}
    lines.session.undo()
    assert set(lines.shown()) == {"r1"}


def test_what_qgis_digitises_is_measured_judged_and_undone_as_ours(lines: Lines) -> None:
    lines.digitise(60.0, route_id="q1", utility="gas")
    result = lines.session.results["q1"]
    assert result.measures.grid_length_m == pytest.approx(60.0)
    assert result.verdict.findings
    lines.session.undo()
    assert "q1" not in lines.session.routes
    assert set(lines.shown()) == {"r1"}
    lines.session.redo()
    assert set(lines.shown()) == {"r1", "q1"}


def test_what_qgis_moves_and_deletes_is_followed(lines: Lines) -> None:
    assert lines.layer.startEditing()
    [feature] = lines.layer.getFeatures()
    moved = QgsGeometry.fromWkt(LineString([(E, N), (E + 30, N)]).wkt)
    assert lines.layer.changeGeometry(feature.id(), moved)
    assert lines.session.routes["r1"].line.length == pytest.approx(100.0)  # not saved yet
    assert lines.layer.commitChanges()
    assert lines.session.routes["r1"].line.length == pytest.approx(30.0)
    assert lines.layer.startEditing()
    assert lines.layer.deleteFeature(feature.id())
    assert lines.layer.commitChanges()
    assert lines.session.routes == {}


def test_edits_in_turn_by_both_lose_nothing_and_are_there_after_closing(lines: Lines) -> None:
    for number in range(3):
        lines.put(f"ours{number}", 50.0 + number)
        lines.digitise(20.0 + number, route_id=f"theirs{number}", utility="gas")
    expected = {"r1", *(f"{who}{number}" for who in ("ours", "theirs") for number in range(3))}
    assert set(lines.session.routes) == expected == set(lines.shown())
    lines.session.settle()
    lines.session.close()
    again = open_work(lines.ground, lines.path, "甲").session
    assert set(again.routes) == expected
    again.close()


def test_the_layer_is_added_once_and_stays_when_the_survey_closes(lines: Lines) -> None:
    lines.lines.add("外线")
    assert len(QgsProject.instance().mapLayers()) == 1
    assert lines.lines.there
    followed = lines.listeners()
    lines.close()
    assert list(QgsProject.instance().mapLayers().values()) == [lines.layer]
    assert lines.layer.featureCount() == 1
    assert lines.listeners() == followed - 3
