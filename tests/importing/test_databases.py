"""Layers out of a real PostGIS database, and out of a FileGDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.postgis_peer import postgis
from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.importing.report import import_report_json
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.postgis import without_secret
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from neixiang_survey_plugin.io.importing.source import read_source
from tests.importing.counties import ROADS_GBK, in_degrees, make_county, squares, write_vector

TABLES = """
CREATE TABLE "道路" ("道路编号" text, "路名" varchar(40), "道路等级" text, "交付日期" date,
  "红线宽度" numeric(6, 1), geom geometry(Polygon, 4546));
INSERT INTO "道路" VALUES
  ('R1', '范蠡大道', '主干路', '2019-12-01', 40.0,
   ST_MakeEnvelope(578000, 3658000, 578020, 3658020, 4546)),
  ('R2', '菊潭街', '次干路', NULL, NULL,
   ST_MakeEnvelope(578030, 3658000, 578050, 3658020, 4546));
CREATE SCHEMA gis;
CREATE TABLE gis.arcs (id serial, geom geometry(CompoundCurve, 4546));
INSERT INTO gis.arcs (geom) VALUES (ST_GeomFromText(
  'COMPOUNDCURVE(CIRCULARSTRING(578000 3658000, 578010 3658010, 578020 3658000))', 4546));
"""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgis() as server:
        server.run(TABLES)
        yield f"postgresql://postgres:secret@/postgres?host={server.socket}"


def test_a_table_becomes_the_countys_and_is_kept_as_a_file(tmp_path: Path, database: str) -> None:
    county = make_county(tmp_path / "county")
    with pytest.raises(UndecidedError) as caught:
        import_layer(ImportRequest("roads", (database,), county))
    assert [one.ask for one in caught.value.questions] == [Ask.LAYER]
    assert caught.value.questions[0].choices == ("gis.arcs", "道路")
    report = import_layer(ImportRequest("roads", (database,), county, Choice(("道路",))))
    roads = load_county(county).layers["roads"]
    assert roads.columns["name"].tolist() == ["范蠡大道", "菊潭街"]
    assert roads.columns["width_m"].tolist()[0] == 40.0
    assert str(roads.columns["delivered_on"][0]) == "2019-12-01"
    assert roads.geometry[0].equals(squares(1)[0])
    kept = county / "sources" / "roads" / "道路.csv"
    assert kept.is_file()
    everything = [path.read_bytes() for path in county.rglob("*") if path.is_file()]
    assert not any(b"secret" in content for content in everything)
    assert "secret" not in str(import_report_json(report))
    again = ImportRequest("roads", (kept,), county, crs="EPSG:4546")
    assert import_layer(again).features == 2
    assert load_county(county).layers["roads"].columns["name"].tolist() == ["范蠡大道", "菊潭街"]


def test_curves_come_as_lines_and_gdals_spelling_is_understood(database: str) -> None:
    folder = database.rpartition("=")[2]
    source = f"PG:host={folder} user=postgres dbname=postgres"
    found = read_source((source,), Choice(("gis.arcs",)), Progress())
    assert found.raw.geometry[0].length == pytest.approx(31.4159, abs=0.01)
    assert found.raw.crs == "EPSG:4546"


def test_a_database_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(SurveyError, match="数据库读不了") as caught:
        read_source(("postgresql://a:secret@127.0.0.1:1/b",), Choice(), Progress())
    assert "secret" not in str(caught.value)
    assert without_secret("PG:dbname=a password='x y' host=b") == "PG:dbname=a password=*** host=b"


def test_a_file_geodatabase_is_read_layer_by_layer(tmp_path: Path) -> None:
    path = tmp_path / "县.gdb"
    driver = "OpenFileGDB"
    write_vector(path, squares(3), ROADS_GBK, driver=driver, layer="DL")
    other = {"编号": ["1"]}
    write_vector(path, squares(1), other, driver=driver, layer="LD", append=True)
    with pytest.raises(UndecidedError, match="--layer DL"):
        read_source((path,), Choice(), Progress())
    county = make_county(tmp_path / "county")
    import_layer(ImportRequest("roads", (path,), county, Choice(("DL",))))
    assert load_county(county).layers["roads"].columns["name"].tolist() == ROADS_GBK["路名"]
    assert (county / "sources" / "roads" / "县.gdb").is_dir()


def test_a_geopackage_in_degrees_and_one_without_a_system(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.gpkg", in_degrees(squares(3)), ROADS_GBK, "EPSG:4490")
    import_layer(ImportRequest("roads", (path,), county))
    found = load_county(county).layers["roads"].geometry[0]
    assert found.hausdorff_distance(squares(1)[0]) < 0.001
