"""Importing a layer again: the same twice is nothing, what differs is kept as it was."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.importing.changes import (
    Change,
    ChangeKind,
    find_changes,
    gone_ids,
    updated,
)
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import GREEN_SPACES
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing import writing
from neixiang_survey_plugin.io.survey.blobs import geometry_from_blob
from tests.importing.counties import make_county, squares, write_vector
from tests.importing.test_county_import import ran, state

GREENS = {"green_id": ["G1", "G2", "G3"], "name": ["东园", "西园", "南园"]}


def greens(path: Path, size_m: float = 20.0, **table: list[str]) -> Path:
    columns = {**GREENS, **table}
    count = len(next(iter(columns.values())))
    return write_vector(path, squares(count, size_m), columns)


def imported(source: Path, county: Path, *options: str) -> dict[str, Any]:
    return ran(source, county, *options, layer="green_spaces")


def history(county: Path) -> list[tuple[Any, ...]]:
    path = county / "imported" / "green_spaces.history.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        return list(
            connection.execute("SELECT geom, change, object_id, field, before, after FROM history")
        )


def test_the_same_source_twice_gives_the_same_bytes_and_no_history(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = greens(tmp_path / "a.gpkg")
    assert imported(path, county)["changes"] is None
    before = state(county)
    report = imported(path, county)
    assert report["changes"]["counts"] == {"added": 0, "changed": 0, "gone": 0}
    assert state(county) == before


def test_what_an_update_changes_is_kept_field_by_field_with_the_shape(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    imported(greens(tmp_path / "a.gpkg"), county)
    newer = greens(tmp_path / "b.gpkg", 10.0, green_id=["G1", "G9"], name=["东园", "北园"])
    with pytest.raises(SurveyError, match=r"2 个对象不在这个文件里：G2、G3.*--update.*--replace"):
        imported(newer, county)
    report = imported(newer, county, "--update")
    assert report["changes"]["counts"] == {"added": 1, "changed": 1, "gone": 0}
    table = load_county(county).layers["green_spaces"]
    assert table.ids.tolist() == ["G1", "G2", "G3", "G9"]
    assert shapely.area(table.geometry).tolist() == [100.0, 400.0, 400.0, 100.0]
    changed, added = history(county)
    assert changed[1:4] == ("changed", "G1", "geometry")
    shape = geometry_from_blob(changed[0])
    assert shape is not None
    assert shape.area == 400.0
    assert added[1:3] == ("added", "G9")
    before = state(county)
    imported(newer, county, "--update")
    assert state(county) == before, "the same update twice is one"


def test_what_a_whole_new_layer_no_longer_has_stays_in_the_history(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    imported(greens(tmp_path / "a.gpkg"), county)
    newer = greens(tmp_path / "b.gpkg", green_id=["G1"], name=["大东园"])
    report = imported(newer, county, "--replace")
    assert report["changes"]["counts"] == {"added": 0, "changed": 1, "gone": 2}
    renamed, *gone = history(county)
    assert renamed[1:] == ("changed", "G1", "name", "东园", "大东园")
    assert [one[2] for one in gone] == ["G2", "G3"]
    assert json.loads(gone[0][4])["name"] == "西园"
    imported(greens(tmp_path / "a.gpkg"), county)
    assert [one[1] for one in history(county)[3:]] == ["changed", "added", "added"]


def test_a_key_knows_objects_again_whose_numbers_changed(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    imported(greens(tmp_path / "a.gpkg"), county)
    newer = greens(tmp_path / "b.gpkg", green_id=["7", "8", "9"], name=["西园", "东园", "新园"])
    imported(newer, county, "--key", "name", "--replace")
    table = load_county(county).layers["green_spaces"]
    assert table.ids.tolist() == ["G2", "G1", "9"]
    doubled = greens(tmp_path / "c.gpkg", green_id=["1", "2", "3"], name=["东园", "东园", "南园"])
    with pytest.raises(SurveyError, match="东园 不止一行"):
        imported(doubled, county, "--key", "name", "--replace")


def test_an_import_that_broke_off_behind_its_history_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = make_county(tmp_path / "county")
    imported(greens(tmp_path / "a.gpkg"), county)
    newer = greens(tmp_path / "b.gpkg", name=["东园", "西园", "南苑"])
    real = writing.os.replace

    def fail_at_the_layer(source: Path, target: Path) -> None:
        if target.name == "green_spaces.gpkg":
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(writing.os, "replace", fail_at_the_layer)
        with pytest.raises(SurveyError, match="写不进去"):
            imported(newer, county)
    imported(newer, county)
    assert [one[1:] for one in history(county)] == [("changed", "G3", "name", "南园", "南苑")]


def layer(rows: dict[str, int]) -> FeatureTable:
    """Green spaces by their name: a square of a size for each."""
    count = len(rows)
    empty = np.full(count, None, dtype=object)
    ids = np.array(list(rows), dtype=object)
    columns = {field.name: empty for field in GREEN_SPACES.fields} | {"green_id": ids}
    shapes = np.array([shapely.box(0, 0, 1 + size, 1) for size in rows.values()], dtype=object)
    return FeatureTable(GREEN_SPACES, shapes, np.arange(count), columns)


layers = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 3), min_size=1).map(layer)


def as_rows(table: FeatureTable) -> dict[str, float]:
    return dict(zip(table.ids.tolist(), shapely.area(table.geometry).tolist(), strict=True))


@settings(max_examples=60)
@given(layers, layers)
def test_changes_lead_from_the_one_state_to_the_other_and_back(
    before: FeatureTable, after: FeatureTable
) -> None:
    changes = find_changes(before, after)
    rows = as_rows(after)
    for change in changes:
        if change.kind is ChangeKind.ADDED:
            del rows[change.object_id]
        else:
            assert change.shape is not None
            rows[change.object_id] = change.shape.area
    assert rows == as_rows(before)
    assert find_changes(after, after) == ()


@settings(max_examples=60)
@given(layers, layers)
def test_an_update_loses_no_object_and_takes_every_new_state(
    before: FeatureTable, after: FeatureTable
) -> None:
    table = updated(before, after)
    assert as_rows(table) == {**as_rows(before), **as_rows(after)}
    assert gone_ids(before, table) == ()
    assert as_rows(updated(table, after)) == as_rows(table)
    assert updated(table, after).ids.tolist() == table.ids.tolist()


def test_parts_in_another_order_are_no_change_and_a_moved_part_is() -> None:
    table = layer({"A": 1, "B": 2})
    both = replace(table, feature=np.array([0, 0]), columns=layer({"A": 1}).columns)
    turned = replace(both, geometry=both.geometry[::-1])
    assert find_changes(both, turned) == ()
    moved = replace(both, geometry=shapely.transform(both.geometry, lambda xy: xy + 1.0))
    assert [change.field for change in find_changes(both, moved)] == ["geometry"]
    assert isinstance(find_changes(both, moved)[0], Change)
