"""A survey whose first page is lost: every page is looked at, and what cannot be known is said."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.casework.case import Case, State, StateChange
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from tests.hosts.test_cli_check import run
from tests.survey.lines import route
from tests.survey.test_recovery import LINES, PAGE, PHOTOS, damaged_copy, whole

__all__ = ["whole"]  # a fixture

AFTER_THE_HEADER = PAGE - 100


@pytest.fixture
def with_cases(whole: Path, tmp_path: Path) -> Path:
    """The survey with two cases besides, whose rows fit more than one table."""
    path = tmp_path / "cases.survey.gpkg"
    path.write_bytes(whole.read_bytes())
    store = open_survey(path, "甲")
    for name in ("C1", "C2"):
        store.keep([Case(case_id=name), StateChange(case_id=name, to_state=State.JUDGED)], what="x")
    store.close()
    return path


def without_first_page(path: Path, folder: Path, *, header: bool) -> Path:
    content = path.read_bytes()[:100] if header else b"\0" * 100
    return damaged_copy(path, folder, {0: content + b"\xff" * AFTER_THE_HEADER})


def test_without_the_page_of_the_schema_the_survey_is_found_whole(
    with_cases: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(without_first_page(with_cases, tmp_path, header=True), out)
    assert (recovery.without_schema, recovery.with_deleted) == (True, False)
    assert not recovery.complete
    assert recovery.saved["routes"] == LINES
    assert recovery.saved["photos"] == PHOTOS
    assert recovery.saved["cases"] == recovery.saved["state_changes"] == 2
    then, now = survey_info(with_cases), survey_info(out)
    assert now.fingerprint == then.fingerprint
    assert then.meta.survey_id
    assert now.meta == then.meta
    store = open_survey(out, "乙")
    store.edit([route("after")])
    assert len(store.history("r0")) == 2
    store.close()


def test_without_the_header_too_what_was_deleted_may_come_back_and_that_is_said(
    with_cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = without_first_page(with_cases, tmp_path, header=False)
    out = tmp_path / "out.survey.gpkg"
    status, said, _ = run("survey", "recover", damaged, "--out", out, capsys=capsys)
    assert status == 0
    assert "逐页找回" in said
    assert "可能混有以前删除的" in said
    assert "没有发现丢失" not in said
    assert survey_info(out).rows["routes"] >= LINES
    again = tmp_path / "again.survey.gpkg"
    _, said, _ = run(
        *("survey", "recover", damaged, "--out", again, "--json", "-", "--strict"), capsys=capsys
    )
    report = json.loads(said)
    assert (report["without_schema"], report["with_deleted"]) == (True, True)
    assert not report["complete"]


def test_rows_on_free_pages_are_not_found_again(with_cases: Path, tmp_path: Path) -> None:
    store = open_survey(with_cases, "甲")
    store.edit(delete=[f"r{number}" for number in range(LINES)])
    store.close()
    out = tmp_path / "out.survey.gpkg"
    recover_survey(without_first_page(with_cases, tmp_path, header=True), out)
    assert survey_info(out).rows["routes"] == 0
    assert survey_info(out).rows["route_history"] >= LINES


def test_where_the_log_is_lost_as_well_only_rows_that_fit_one_table_are_saved(
    with_cases: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(with_cases)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS log_keep")
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM log")
        connection.commit()
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(without_first_page(with_cases, tmp_path, header=True), out)
    assert recovery.saved["routes"] == LINES  # nothing else has a line and so many figures
    assert not recovery.complete


def test_a_file_without_its_grid_asks_for_it(with_cases: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(with_cases)) as connection:
        connection.execute("DELETE FROM survey_meta")
        connection.commit()
    damaged = without_first_page(with_cases, tmp_path, header=True)
    out = tmp_path / "out.survey.gpkg"
    with pytest.raises(SurveyError, match="--epsg"):
        recover_survey(damaged, out)
    assert recover_survey(damaged, out, 4546).saved["routes"] == LINES
