"""Records that lie on the map: lines in tables of their own, journaled like everything else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.survey.lines import EPSG, line, new_survey

BUILT = AsBuilt(route_id="r1", working_width_m=1.6, geom=line((0, 0), (30, 0.1), (55, 0)))


@pytest.fixture
def store(tmp_path: Path) -> GpkgSurveyStore:
    return open_survey(new_survey(tmp_path), "甲")


def test_a_line_as_built_comes_back_to_the_last_bit(store: GpkgSurveyStore) -> None:
    (uuid,) = store.keep([BUILT], what="as-built")
    assert store.records(AsBuilt) == (replace(BUILT, uuid=uuid),)
    store.close()


def test_a_step_that_changes_its_course_can_be_taken_back(store: GpkgSurveyStore) -> None:
    (uuid,) = store.edit(records=[BUILT])
    moved = replace(BUILT, uuid=uuid, geom=line((0, 0), (99, 99)))
    store.edit(records=[moved])
    store.undo()
    assert store.records(AsBuilt) == (replace(BUILT, uuid=uuid),)
    store.redo()
    assert store.records(AsBuilt) == (moved,)
    store.close()


def test_what_is_drawn_in_another_program_is_kept_and_journaled(store: GpkgSurveyStore) -> None:
    with closing(sqlite3.connect(store.path)) as other:
        blob = blob_from_geometry(line((0, 0), (5, 0)), EPSG)
        other.execute("INSERT INTO as_built (geom, route_id) VALUES (?, 'r7')", (blob,))
        other.execute("UPDATE as_built SET route_id = 'r8'")
        other.commit()
    (one,) = store.records(AsBuilt)
    assert (one.route_id, one.geom) == ("r8", line((0, 0), (5, 0)))
    assert one.uuid
    assert [entry.what for entry in store.log() if entry.table == "as_built"] == [
        "insert",
        "update",
    ]
    store.close()


def test_a_damaged_line_is_named_and_one_that_is_none_is_not_kept(store: GpkgSurveyStore) -> None:
    with pytest.raises(SurveyError, match="不是一条完整的线"):
        store.keep([replace(BUILT, geom=line((0, 0), (float("nan"), 0)))], what="as-built")
    assert store.records(AsBuilt) == ()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("INSERT INTO as_built (geom, route_id) VALUES (x'4750', 'r7')")
        other.commit()
    with pytest.raises(SurveyError, match="字段 geom"):
        store.records(AsBuilt)
    store.close()


def test_the_extent_of_its_layer_is_what_was_kept(store: GpkgSurveyStore) -> None:
    store.keep([BUILT], what="as-built")
    store.close()
    with closing(sqlite3.connect(store.path)) as other:
        (extent,) = other.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'as_built'"
        )
    assert BUILT.geom is not None
    assert extent == pytest.approx(BUILT.geom.bounds)


def test_recovery_saves_lines_as_built(store: GpkgSurveyStore, tmp_path: Path) -> None:
    (uuid,) = store.keep([BUILT], what="as-built")
    store.close()
    saved = recover_survey(store.path, tmp_path / "new.survey.gpkg")
    assert saved.saved["as_built"] == 1
    again = open_survey(tmp_path / "new.survey.gpkg", "乙")
    assert again.records(AsBuilt) == (replace(BUILT, uuid=uuid),)
    again.close()
