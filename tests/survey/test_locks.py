"""A process opens a survey file through sqlite3 alone, or another takes its log away."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import neixiang_survey_plugin.io.survey as survey_package
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.read_only import looking_into
from neixiang_survey_plugin.io.survey.reading import is_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from tests.survey.lines import in_another_process, new_survey, route
from tests.survey.merging import merge

OPEN_AND_CLOSE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM routes").fetchone()
connection.close()
"""
LINES = """
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute("SELECT route_id FROM routes ORDER BY fid"):
    print(*row)
"""
WRITE_AT_ONCE = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
    print("free")
except sqlite3.OperationalError as error:
    print(error)
"""


def look(path: Path) -> None:
    with looking_into(path) as connection:
        connection.execute("SELECT count(*) FROM routes").fetchone()


OURS: dict[str, Callable[[Path], object]] = {
    "looking": look,
    "asking": is_survey,
    "info": survey_info,
    "copy": lambda path: copy_survey(path, path.with_name("copy.survey.gpkg")),
    "recover": lambda path: recover_survey(path, path.with_name("new.survey.gpkg")),
    "merge": lambda path: merge([path, path], path.with_name("merged.survey.gpkg")),
    "opening again": lambda path: open_survey(path, "乙").close(),
}


def what_is_left(path: Path, meanwhile: Callable[[Path], object]) -> list[str]:
    """The lines in the file after an edit before and one after something else happened."""
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    meanwhile(path)
    in_another_process(OPEN_AND_CLOSE, path)  # it removes the log if it believes to be alone
    store.edit([route("r2")])
    left = in_another_process(LINES, path).split()
    try:
        store.close()
    except SurveyError:
        assert meanwhile is plain_open
    return left


def plain_open(path: Path) -> None:
    with path.open("rb") as stream:
        stream.read(1)


@pytest.mark.parametrize("verb", OURS)
def test_whatever_we_do_beside_an_open_survey_keeps_its_edits(tmp_path: Path, verb: str) -> None:
    assert what_is_left(new_survey(tmp_path), OURS[verb]) == ["r1", "r2"]


def test_a_plain_open_would_lose_an_acknowledged_edit(tmp_path: Path) -> None:
    # Why the law is there, and the proof that the tests above would notice a breach.
    assert what_is_left(new_survey(tmp_path), plain_open) == ["r1"]


@pytest.mark.parametrize("verb", [verb for verb in OURS if verb != "opening again"])
def test_our_write_lock_holds_whatever_we_do_beside_it(tmp_path: Path, verb: str) -> None:
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store._connection.execute("BEGIN IMMEDIATE")
    store._connection.execute("UPDATE survey_meta SET value = value")
    OURS[verb](path)
    assert "locked" in in_another_process(WRITE_AT_ONCE, path)
    store._connection.execute("ROLLBACK")
    assert "free" in in_another_process(WRITE_AT_ONCE, path)
    store.close()


def test_nothing_in_the_package_opens_a_file_but_through_sqlite3() -> None:
    forbidden = {"open", "read_bytes", "copyfile", "copy2", "read_file", "read_dataframe"}
    found = {
        f"{module.name}: {name}"
        for module in Path(str(survey_package.__file__)).parent.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "attr", getattr(node.func, "id", ""))) in forbidden
    }
    assert found == set()
