"""Layers from databases and services, filtered and joined, are judged by as any other layer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsDataSourceUri,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from shapely import box

from benchmarks.postgis_peer import Postgis, postgis
from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.qgis import roles
from tests.qgis.iface import flush
from tests.qgis.test_project_layers import ROADS, E, Judged, N, roads_layer


@pytest.fixture(autouse=True)
def project(qgis_app: QgsApplication) -> Iterator[None]:
    QgsProject.instance().clear()
    yield
    QgsProject.instance().clear()
    flush()


@pytest.fixture
def judged(tmp_path: Path, project: None) -> Iterator[Judged]:
    judged = Judged(tmp_path, places.sample_county())
    yield judged
    judged.end()


@pytest.fixture(scope="module")
def database() -> Iterator[Postgis]:
    with postgis() as database:
        yield database


def use(judged: Judged, layer: Any) -> None:
    assert layer.isValid(), layer.error().message()
    QgsProject.instance().addMapLayer(layer)
    roles.give_role(layer, "roads")
    judged.follower.look_again()


def road_box(x: float, width_m: float = 10.0) -> Any:
    return box(E + x, N - 50, E + x + width_m, N + 50)


def test_a_layer_of_postgis_is_judged_by_as_it_is_edited_filtered_and_read_anew(
    judged: Judged, database: Postgis
) -> None:
    database.run(
        "CREATE TABLE roads (id serial PRIMARY KEY, road_id text, dldj text, delivered_on date,"
        " geom geometry(Polygon, 4547));"  # another zone than the county's grid
        "INSERT INTO roads (road_id, dldj, delivered_on, geom) VALUES ('R1', '支路', '2001-05-01',"
        f" ST_Transform(ST_GeomFromText('{road_box(20).wkt}', 4546), 4547));"
    )
    layer = QgsVectorLayer(uri_of(database), "道路", "postgres")
    roles.give_fields(layer, {"road_class": "dldj"})
    use(judged, layer)
    assert judged.crossed == pytest.approx(10.0, abs=2e-3)
    assert judged.touched == ["local"]
    edit_roads(layer, judged)
    layer.setSubsetString("road_id = 'R1'")
    assert judged.crossed == pytest.approx(10.0, abs=2e-3)
    layer.setSubsetString("")
    assert judged.crossed == pytest.approx(20.0, abs=4e-3)
    database.run("DELETE FROM roads WHERE road_id = 'R1';")  # a colleague at another desk
    layer.reload()
    assert judged.crossed == pytest.approx(10.0, abs=2e-3)
    assert judged.refused == []


def test_a_database_that_went_away_leaves_the_roads_as_they_were(judged: Judged) -> None:
    with postgis() as database:
        database.run(
            "CREATE TABLE roads (id serial PRIMARY KEY, road_id text, road_class text,"
            " delivered_on date, geom geometry(Polygon, 4546));"
            "INSERT INTO roads (road_id, road_class, geom) VALUES"
            f" ('R1', '支路', ST_GeomFromText('{road_box(20).wkt}', 4546));"
        )
        layer = QgsVectorLayer(uri_of(database), "道路", "postgres")
        use(judged, layer)
        assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    layer.reload()
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    assert judged.refused == ["道路"]


def uri_of(database: Postgis) -> str:
    """Where QGIS finds the table of roads."""
    uri = QgsDataSourceUri()
    uri.setConnection(str(database.socket), "5432", "postgres", "postgres", "")
    uri.setDataSource("public", "roads", "geom", "", "id")
    return str(uri.uri(False))


def edit_roads(layer: Any, judged: Judged) -> None:
    """Draw a road into the database, which counts before it is saved and after."""
    feature = QgsFeature(layer.fields())
    there = QgsGeometry.fromWkt(road_box(60).wkt)
    to_zone = layer_transform(layer)
    there.transform(to_zone)
    feature.setGeometry(there)
    feature["road_id"], feature["dldj"] = "R2", "主干路"
    assert layer.startEditing()
    assert layer.addFeature(feature)
    assert judged.crossed == pytest.approx(20.0, abs=4e-3)
    assert layer.commitChanges(), layer.commitErrors()
    assert judged.crossed == pytest.approx(20.0, abs=4e-3)
    assert sorted(map(str, judged.touched)) == ["arterial", "local"]


def layer_transform(layer: Any) -> Any:
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform

    grid = QgsCoordinateReferenceSystem("EPSG:4546")
    return QgsCoordinateTransform(grid, layer.crs(), QgsProject.instance())


def test_what_another_layer_joins_to_the_roads_counts_as_it_is_edited(judged: Judged) -> None:
    roads = roads_layer(("R1", 20.0), uri=ROADS)
    classes = QgsVectorLayer("NoGeometry?field=road:string&field=class:string", "grades", "memory")
    row = QgsFeature(classes.fields())
    row.setAttributes(["R1", "支路"])
    classes.dataProvider().addFeatures([row])
    QgsProject.instance().addMapLayer(classes)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(classes)
    join.setJoinFieldName("road")
    join.setTargetFieldName("road_id")
    join.setUsingMemoryCache(True)
    roads.addJoin(join)
    roles.give_fields(roads, {"road_class": "grades_class"})
    use(judged, roads)
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    assert judged.touched == ["local"]
    assert classes.startEditing()
    classes.changeAttributeValue(1, 1, "主干路")
    assert judged.crossed > 0.0
    assert judged.touched == ["arterial"]
    assert classes.commitChanges()
    assert judged.touched == ["arterial"]
    assert judged.refused == []
    QgsProject.instance().removeMapLayer(classes)  # and with it the classes
    assert judged.crossed > 0.0
    assert judged.refused == ["县城道路"]


def test_labels_placed_by_hand_may_be_thrown_away_again(judged: Judged) -> None:
    roads = roads_layer(("R1", 20.0), uri=ROADS)
    storage = QgsProject.instance().auxiliaryStorage()
    places_of_labels = storage.createAuxiliaryLayer(roads.fields()[0], roads)
    roads.setAuxiliaryLayer(places_of_labels)  # a joined layer that is none of the project's
    use(judged, roads)
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    del places_of_labels
    roads.setAuxiliaryLayer(None)
    assert roads.startEditing()
    roads.deleteFeature(1)
    assert judged.crossed == 0.0
    assert roads.rollBack()
    assert judged.crossed == pytest.approx(10.0, abs=1e-3)
    QgsProject.instance().removeMapLayer(roads)
    flush()
    assert judged.refused == []


def test_a_web_feature_service_is_judged_by_and_read_anew() -> None:
    """In a process of its own: QGIS 3.22 may crash in it where many tests ran before."""
    here = Path(__file__).parent
    options = ["-q", "-c", str(here / "pytest.ini"), f"--confcutdir={here}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(here / "web_service.py")],
        cwd=here.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
