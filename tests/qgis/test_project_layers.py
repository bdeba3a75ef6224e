"""Layers of the project are the county's: guessed, asked once, judged by as they are edited."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import QtCore
from shapely import LineString, box

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.qgis import roles
from neixiang_survey_plugin.hosts.qgis.county_layers import (
    add_county_layers,
    is_as_in_the_folder,
)
from neixiang_survey_plugin.hosts.qgis.layer_following import LayerFollower
from neixiang_survey_plugin.hosts.qgis.layer_tables import table_of_layer
from neixiang_survey_plugin.hosts.qgis.roles_form import RolesForm
from neixiang_survey_plugin.hosts.windows.work import new_work, read_ground
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tests.qgis.iface import flush

E, N = 578_400.0, 3_658_600.0
ROADS = (
    "Polygon?crs=EPSG:4546&field=road_id:string&field=DLDJ:string&field=delivered_on:date"
    "&field=name:string"
)


@pytest.fixture(autouse=True)
def project(qgis_app: QgsApplication) -> Iterator[None]:
    QgsProject.instance().clear()
    yield
    QgsProject.instance().clear()
    flush()


def road(layer: Any, road_id: str | None, x: float, road_class: str = "支路") -> QgsFeature:
    """A road 10 m wide across the way east, so many metres from the origin."""
    feature = QgsFeature(layer.fields())
    area = QgsGeometry.fromWkt(box(E + x, N - 50, E + x + 10, N + 50).wkt)
    if layer.crs().authid() != "EPSG:4546":
        grid = QgsCoordinateReferenceSystem("EPSG:4546")
        area.transform(QgsCoordinateTransform(grid, layer.crs(), QgsProject.instance()))
    feature.setGeometry(area)
    values = [road_id if road_id is not None else NULL, road_class, QtCore.QDate(2001, 5, 1)]
    feature.setAttributes([*values, "示例路"][: layer.fields().count()])
    return feature


def roads_layer(
    *features: tuple[str | None, float], uri: str = ROADS, name: str = "县城道路"
) -> Any:
    layer = QgsVectorLayer(uri, name, "memory")
    layer.dataProvider().addFeatures([road(layer, *one) for one in features])
    roles.give_fields(layer, {"road_class": "DLDJ"})
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_roles_are_guessed_from_names_and_fields() -> None:
    street = roads_layer(("R1", 20.0))
    green = QgsVectorLayer("Polygon?crs=EPSG:4546&field=green_id:string", "layer 7", "memory")
    mains = QgsVectorLayer("LineString?crs=EPSG:4546&field=x:string", "综合管线_2024", "memory")
    trees = QgsVectorLayer("LineString?crs=EPSG:4546", "行道树", "memory")
    found = roles.guessed([street, green, mains, trees])
    assert found == {"roads": street, "green_spaces": green, "pipelines": mains}


def test_a_role_is_remembered_in_the_project_and_has_one_layer() -> None:
    one, other = roads_layer(("R1", 20.0)), roads_layer(("R2", 40.0))
    roles.give_role(one, "roads")
    assert roles.layers_by_role() == {"roads": one}
    roles.give_role(other, "roads")
    assert roles.layers_by_role() == {"roads": other}


def test_the_form_proposes_what_was_guessed_and_keeps_what_is_chosen() -> None:
    layer = roads_layer(("R1", 20.0))
    form = RolesForm(look_of(Settings()), None)
    assert form.layers["roads"].currentLayer() is layer
    assert form.layers["green_spaces"].currentLayer() is None
    assert form.fields["roads", "road_class"].currentField() == "DLDJ"
    form.accept()
    assert roles.layers_by_role() == {"roads": layer}
    assert roles.fields_of(layer) == {"road_class": "DLDJ"}
    form.layers["roads"].setLayer(None)
    form.accept()
    assert roles.layers_by_role() == {}
    form.deleteLater()


@pytest.mark.parametrize("crs", ["EPSG:4546", "EPSG:4490", "EPSG:4547", "EPSG:3857"])
def test_a_layer_in_any_system_lies_in_the_county_s_grid(crs: str) -> None:
    layer = roads_layer(("R1", 20.0), uri=ROADS.replace("EPSG:4546", crs))
    table = table_of_layer(layer, "roads", 4546, None)
    west, south, east, north = table.geometry[0].bounds
    assert (west, south) == pytest.approx((E + 20, N - 50), abs=0.002)
    assert (east, north) == pytest.approx((E + 30, N + 50), abs=0.002)
    assert table.columns["road_class"].tolist() == ["local"]
    assert table.columns["delivered_on"].tolist() == [date(2001, 5, 1)]


def test_a_new_or_split_feature_gets_a_name_of_its_own() -> None:
    layer = roads_layer(("R1", 20.0), (None, 40.0), ("R1", 60.0))
    first, second, third = table_of_layer(layer, "roads", 4546, None).ids
    assert first == "R1"
    assert second.startswith("roads-")
    assert third.startswith("R1·")


def test_a_layer_without_a_needed_column_is_refused_in_a_sentence() -> None:
    layer = roads_layer(("R1", 20.0))
    roles.give_fields(layer, {})
    with pytest.raises(SurveyError, match="缺少列 road_class"):
        table_of_layer(layer, "roads", 4546, None)


class Judged:
    """A line 100 m east on a county whose roads are a layer of the project."""

    def __init__(self, folder: Path, county: Path) -> None:
        ground = read_ground(county, drawn=False)
        self.session = new_work(ground, folder / "a.survey.gpkg", "甲").session
        line = LineString([(E, N), (E + 100, N)])
        self.session.put(Route("r1", "water", line), what="draw")
        self.refused: list[str] = []
        sources = read_county_config(county).sources
        self.follower = LayerFollower(
            self.session, sources, lambda layer, error: self.refused.append(layer)
        )

    @property
    def crossed(self) -> float:
        QtCore.QCoreApplication.processEvents()
        return float(self.session.results["r1"].measures.roads.across.value or 0.0)

    @property
    def touched(self) -> list[str | None]:
        touches = self.session.results["r1"].measures.roads.touches
        return [touch.road.road_class for touch in touches]

    def end(self) -> None:
        self.follower.end()
        self.session.close()


@pytest.fixture
def judged(tmp_path: Path, project: None) -> Iterator[Judged]:
    judged = Judged(tmp_path, places.sample_county())
    yield judged
    judged.end()


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the sample county, whose files may be written."""
    return shutil.copytree(places.sample_county(), tmp_path / "county")


@pytest.fixture
def in_folder(tmp_path: Path, county: Path, project: None) -> Iterator[Judged]:
    judged = Judged(tmp_path, county)
    yield judged
    judged.end()


def folder_roads(county: Path) -> Any:
    """The roads of a county's folder, as the plugin adds them to the project."""
    layers = add_county_layers(county, look_of(Settings()))
    [layer] = [one for one in layers if roles.role_of(one) == "roads"]
    return layer


def add_road(layer: Any, x: float) -> None:
    """A road 10 m wide across the way, in the columns of the county's own file."""
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(box(E + x, N - 50, E + x + 10, N + 50).wkt))
    feature["road_id"], feature["road_class"] = f"N{x:g}", "local"
    assert layer.addFeature(feature)


def test_edits_count_at_once_saved_or_not(judged: Judged) -> None:
    layer = roads_layer(("R1", 20.0))
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    layer.startEditing()
    layer.addFeature(road(layer, None, 60.0))
    assert judged.crossed == pytest.approx(20.0, abs=2e-3)
    [fid] = [one.id() for one in layer.getFeatures() if one["road_id"] == "R1"]
    layer.changeGeometry(fid, QgsGeometry.fromWkt(box(E + 20, N - 50, E + 25, N + 50).wkt))
    assert judged.crossed == pytest.approx(15.0, abs=2e-3)
    layer.deleteFeature(fid)
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    layer.rollBack()
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    assert judged.refused == []


def test_what_a_filter_hides_is_not_judged_by(judged: Judged) -> None:
    layer = roads_layer(("R1", 20.0), ("R2", 60.0))
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed == pytest.approx(20.0, abs=2e-3)
    layer.setSubsetString("\"road_id\" = 'R2'")
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    layer.setSubsetString("\"road_id\" = 'nothing'")
    assert judged.crossed == 0.0


def test_a_changed_class_counts(judged: Judged) -> None:
    layer = roads_layer(("R1", 20.0))
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed > 0.0
    assert judged.touched == ["local"]
    layer.startEditing()
    layer.changeAttributeValue(1, layer.fields().lookupField("DLDJ"), "主干路")
    assert judged.crossed > 0.0
    assert judged.touched == ["arterial"]
    layer.rollBack()


def test_a_layer_that_is_taken_away_gives_the_county_its_own_back(judged: Judged) -> None:
    before = judged.crossed
    layer = roads_layer(("R1", 20.0), ("R2", 60.0))
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed != before
    QgsProject.instance().removeMapLayer(layer)
    assert judged.crossed == pytest.approx(before)


def test_a_layer_that_makes_no_sense_is_said_and_the_one_before_counts_on(judged: Judged) -> None:
    before = judged.crossed
    layer = roads_layer(("R1", 20.0), name="坏的道路")
    roles.give_fields(layer, {})
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed == pytest.approx(before)
    assert judged.refused == ["坏的道路"]


def test_an_edit_saved_into_the_county_s_own_file_counts_on(
    in_folder: Judged, county: Path
) -> None:
    before = in_folder.crossed
    layer = folder_roads(county)
    assert in_folder.crossed == pytest.approx(before)
    assert layer.startEditing()
    add_road(layer, 20.0)
    unsaved = in_folder.crossed
    assert unsaved == pytest.approx(before + 10.0, abs=2e-3)
    assert layer.commitChanges(), layer.commitErrors()
    assert in_folder.crossed == pytest.approx(unsaved)
    QgsProject.instance().removeMapLayer(layer)
    assert in_folder.crossed == pytest.approx(unsaved)
    assert in_folder.refused == []


def test_an_edit_that_was_saved_can_be_undone_by_another(in_folder: Judged, county: Path) -> None:
    before = in_folder.crossed
    layer = folder_roads(county)
    for change in (add_road, lambda layer, _: layer.deleteFeature(last_of(layer))):
        assert layer.startEditing()
        change(layer, 20.0)
        assert layer.commitChanges(), layer.commitErrors()
        QtCore.QCoreApplication.processEvents()
    assert in_folder.crossed == pytest.approx(before)


def last_of(layer: Any) -> int:
    return max(one.id() for one in layer.getFeatures())


def test_columns_that_are_chosen_later_count_for_a_layer_already_followed(judged: Judged) -> None:
    layer = roads_layer(("R1", 20.0))
    layer.dataProvider().changeAttributeValues({1: {3: "主干路"}})
    roles.give_role(layer, "roads")
    judged.follower.look_again()
    assert judged.crossed > 0.0
    assert judged.touched == ["local"]
    roles.give_fields(layer, {"road_class": "name"})
    judged.follower.use_columns()
    assert judged.crossed > 0.0
    assert judged.touched == ["arterial"]


def test_only_the_county_s_own_layer_and_columns_are_as_in_the_folder(county: Path) -> None:
    source = read_county_config(county).sources["roads"]
    layer = folder_roads(county)
    assert is_as_in_the_folder(layer, source)
    assert not is_as_in_the_folder(layer, replace(source, layer="other"))
    roles.give_fields(layer, {"road_class": "name"})
    assert not is_as_in_the_folder(layer, source)
    assert is_as_in_the_folder(layer, replace(source, fields={"road_class": "name"}))


def test_a_layer_of_the_folder_brings_the_columns_that_the_county_file_names(county: Path) -> None:
    file = county / "county.toml"
    text = file.read_text(encoding="utf-8")
    own = '[layers.roads]\nfields = { road_class = "name" }'
    file.write_text(text.replace("[layers.roads]", own), encoding="utf-8")
    layer = folder_roads(county)
    assert roles.fields_of(layer) == {"road_class": "name"}
    assert is_as_in_the_folder(layer, read_county_config(county).sources["roads"])


def test_a_column_that_is_cleared_in_the_form_is_forgotten() -> None:
    layer = roads_layer(("R1", 20.0))
    form = RolesForm(look_of(Settings()), None)
    form.fields["roads", "road_class"].setField("")
    form.accept()
    assert roles.fields_of(layer) == {}
    form.deleteLater()
