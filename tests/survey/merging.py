"""Copies of a survey that go their own ways, for the tests of merging."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.merge_questions import BOTH
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.merging.deciding import Conflict
from neixiang_survey_plugin.io.survey.merging.merge import Merged, merge_surveys
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import EPSG, route

Work = Callable[[SurveyStore], object]


@dataclass(frozen=True)
class LatestWins(Choices):
    """Answers every question alike in whatever order the files come: the later version."""

    def of(self, conflict: Conflict) -> str:
        if conflict.same_name:
            return BOTH
        latest = max(
            conflict.versions,
            key=lambda one: (
                one.row is not None,
                one.row.made if one.row else (),
                repr(one.row.content) if one.row else "",
            ),
        )
        return latest.labels[0]

    def insist_on_both(self, conflict: Conflict) -> bool:
        return True


def at_work(path: Path, who: str, *work: Work) -> Path:
    """Let somebody work on a file."""
    store = open_survey(path, who)
    for step in work:
        step(store)
    store.close()
    return path


def copy_of(path: Path, name: str) -> Path:
    """A copy on another laptop."""
    out = path.with_name(f"{name}.survey.gpkg")
    copy_survey(path, out)
    return out


def merged(paths: Sequence[Path], name: str, choices: Choices | None = None) -> Path:
    """The file that the merging makes beside the first one."""
    out = paths[0].with_name(f"{name}.survey.gpkg")
    merge(paths, out, choices)
    return out


def merge(paths: Sequence[Path], out: Path, choices: Choices | None = None) -> Merged:
    return merge_surveys(paths, out, "合并人", choices or Choices())


def content(path: Path) -> str:
    """The fingerprint over everything in a file."""
    found = survey_info(path).fingerprint
    assert found is not None
    return found


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def file_copy(path: Path, out: Path) -> Path:
    """The bytes of a closed file again."""
    shutil.copyfile(path, out)
    return out


def put(name: str, to_x: float = 10.0, **facts: object) -> Work:
    return lambda store: store.edit([route(name, to_x, **facts)])


def delete(name: str) -> Work:
    return lambda store: store.edit(delete=[name])


def sql(path: Path, *statements: str) -> Path:
    """What another program writes."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def begun_apart(folder: Path, name: str, code: str | None = "411325", epsg: int = EPSG) -> Path:
    path = folder / f"{name}.survey.gpkg"
    create_survey(path, epsg, code)
    return path


def opened(path: Path) -> SurveyStore:
    return open_survey(path, "丙")


def lengths(path: Path) -> dict[str, float]:
    store = opened(path)
    found = {one.route_id: one.line.length for one in store.routes().routes}
    store.close()
    return found


def refused(problem: str, *paths: Path) -> None:
    out = paths[0].with_name("out.survey.gpkg")
    with pytest.raises(SurveyError, match=problem) as caught:
        merge(paths, out)
    assert len(caught.value.problems) == 1
    assert not out.exists()
