"""The checked-in sample county is what its seed makes, and every layer of it is sound."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, OPTIONAL_LAYERS, ROUTES, FieldType
from neixiang_survey_plugin.core.vocabulary import canonical_word
from tests.data.sample import DATA, ROOT, layer, outcomes, read, table

BOX = shapely.box(576144, 3655816, 582633, 3661969)
FILES = sorted(path.relative_to(DATA) for path in DATA.rglob("*.gpkg"))
SAMPLED = {name: one for name, one in COUNTY_LAYERS.items() if name not in OPTIONAL_LAYERS}
LAYERS = {**SAMPLED, "routes": ROUTES}


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    script = str(ROOT / "tools" / "make_sample_county.py")
    subprocess.run([sys.executable, script, "--out", str(folder)], check=True)
    return folder


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_seed_makes_the_same_features_again(path: Path, remade: Path) -> None:
    before, after = read(DATA / path), read(remade / path)
    assert before.drop(columns="geometry").equals(after.drop(columns="geometry"))
    assert (before.geometry.to_wkb() == after.geometry.to_wkb()).all()


@pytest.mark.parametrize("name", ["README.md", "cases/drawn_points.csv", "cases/drawn_routes.toml"])
def test_the_seed_makes_the_same_text_again(name: str, remade: Path) -> None:
    assert (DATA / name).read_bytes() == (remade / name).read_bytes()


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_geometry_is_valid_and_within_the_box(path: Path) -> None:
    geometry = read(DATA / path).geometry
    assert geometry.is_valid.all()
    assert not geometry.is_empty.any()
    assert geometry.within(BOX.buffer(1e-6)).all()
    assert geometry.crs.to_epsg() == 4546


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_is_a_geopackage_of_version_1_3(path: Path) -> None:
    with sqlite3.connect(DATA / path) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (10300,)


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_has_the_fields_of_its_schema_with_unique_ids_and_known_words(name: str) -> None:
    frame, schema = layer(name), LAYERS[name]
    assert list(frame.columns.drop("geometry")) == [field.name for field in schema.fields]
    assert frame[schema.id_field].is_unique
    assert frame[schema.id_field].notna().all()
    for field in schema.fields:
        if field.type is FieldType.WORD and field.words is not None:
            known = frame[field.name].dropna().unique()
            assert [word for word in known if canonical_word(field.words, word) != word] == []


def test_the_county_is_small_enough_to_check_in_and_large_enough_to_be_a_town() -> None:
    size = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file())
    assert size < 12_000_000
    assert 150 <= len(layer("roads")) <= 400
    assert 2000 <= len(layer("buildings")) <= 8000
    assert set(layer("pipelines").utility) == {
        "water", "power", "gas", "heat", "telecom", "sewer", "storm", "reclaimed",
    }  # fmt: skip
    assert set(layer("control_areas").kind) == {
        "red", "green", "blue", "purple", "yellow", "orange",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["roads", "green_spaces", "control_areas", "sites", "plan_lines"])
def test_every_name_says_that_it_is_invented(name: str) -> None:
    frame = layer(name)
    names = frame["plan_name" if name == "plan_lines" else "name"]
    assert names.str.contains("示例").all()


def test_surfaces_cover_the_ground_within_the_red_lines_once() -> None:
    surfaces, roads = layer("surfaces"), layer("roads")
    areas = roads[roads.geom_type == "Polygon"]
    assert surfaces.area.sum() == pytest.approx(areas.union_all().area, rel=2e-3)
    assert surfaces.union_all().area == pytest.approx(surfaces.area.sum(), rel=1e-5)


def test_road_areas_meet_west_of_the_river_and_overlap_east_of_it() -> None:
    roads = layer("roads")
    roads = roads[roads.geom_type == "Polygon"]
    pairs = gpd.overlay(roads, roads, how="intersection", keep_geom_type=True)
    overlaps = pairs[(pairs.road_id_1 < pairs.road_id_2) & (pairs.area > 1.0)]
    assert len(overlaps) > 50
    assert (overlaps.geometry.centroid.x > 580_000).all()


def test_the_coverage_leaves_out_a_corner_with_a_case_in_it() -> None:
    routes = layer("routes").set_index("route_id")
    for folder, rule in (("road_network", "main_road"), ("green_space", "green_area")):
        mapped = read(DATA / folder / "coverage.gpkg").union_all()
        assert 0.8 < mapped.area / BOX.area < 1.0
        outside = routes[~routes.within(mapped)].index
        unknown = {row["route_id"] for row in table() if f"{rule}:unknown" in outcomes(row)}
        assert len(outside) > 0
        assert unknown & set(outside)
