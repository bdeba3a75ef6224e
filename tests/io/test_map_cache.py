from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from neixiang_survey_plugin.app.map_layers import MapLayer, map_layers
from neixiang_survey_plugin.io import map_cache
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.map_cache import FOLDER, MapCache
from tests.builders import ROAD, road, write_county


@pytest.fixture(autouse=True)
def everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(map_cache, "WORTH", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "users"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "users"))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return write_county(tmp_path / "county", roads=[ROAD])


def laid_out(folder: Path) -> tuple[MapLayer, ...]:
    return map_layers(load_county(folder).layers)


def same(one: MapLayer, other: MapLayer) -> bool:
    arrays = ("xy", "start", "ring_boxes", "chunk_boxes")
    return (one.layer, one.look) == (other.layer, other.look) and all(
        np.array_equal(getattr(one.shapes, name), getattr(other.shapes, name)) for name in arrays
    )


def test_what_is_kept_comes_back_as_it_was(county: Path) -> None:
    layers = laid_out(county)
    assert MapCache.of(county).load() is None
    path = MapCache.of(county).save(layers)
    assert path is not None
    assert path.parent == county / FOLDER
    again = MapCache.of(county).load()
    assert again is not None
    assert all(same(one, other) for one, other in zip(layers, again, strict=True))


def test_levels_come_back_too(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neixiang_survey_plugin.app.map_levels.WORTH", 1)
    layers = laid_out(county)
    MapCache.of(county).save(layers)
    again = MapCache.of(county).load()
    assert again is not None
    assert layers[0].shapes.levels
    for one, other in zip(layers[0].shapes.levels, again[0].shapes.levels, strict=True):
        assert one.pixel_m == other.pixel_m
        assert np.array_equal(one.xy, other.xy)
        assert np.array_equal(one.start, other.start)


def test_a_changed_layer_is_laid_out_again_and_what_was_kept_of_it_goes(county: Path) -> None:
    MapCache.of(county).save(laid_out(county))
    write_county(county, roads=[ROAD, road("R2", "POLYGON ((0 0, 9 0, 9 9, 0 0))")])
    assert MapCache.of(county).load() is None
    MapCache.of(county).save(laid_out(county))
    assert len(list((county / FOLDER).glob("*.npz"))) == 1


def test_a_file_that_is_cut_off_is_as_good_as_none(county: Path) -> None:
    path = MapCache.of(county).save(laid_out(county))
    assert path is not None
    os.truncate(path, 100)
    assert MapCache.of(county).load() is None


def test_where_the_county_cannot_be_written_the_users_cache_keeps_it(
    county: Path, tmp_path: Path
) -> None:
    (county / FOLDER).write_text("a file where the folder would be")
    path = MapCache.of(county).save(laid_out(county))
    assert path is not None
    assert tmp_path / "users" in path.parents
    assert MapCache.of(county).load() is not None


def test_a_small_county_is_not_kept(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_cache, "WORTH", 500_000)
    assert MapCache.of(county).save(laid_out(county)) is None
    assert not (county / FOLDER).exists()


def test_files_of_long_ago_are_not_read_to_know_them_again(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in county.iterdir():
        os.utime(file, (1_600_000_000, 1_600_000_000))
    MapCache.of(county).save(laid_out(county))
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("a file was read"))
    assert MapCache.of(county).load() is not None


def test_files_of_just_now_are_read_to_be_sure(county: Path) -> None:
    MapCache.of(county).save(laid_out(county))
    stamp = (county / "roads.gpkg").stat()
    write_county(county, roads=[road("R1", "POLYGON ((100 -500, 111 -500, 111 500, 100 -500))")])
    os.utime(county / "roads.gpkg", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert MapCache.of(county).load() is None
