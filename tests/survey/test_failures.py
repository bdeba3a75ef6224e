"""Full disk, read-only folder, two programs, network share: a clear sentence, good data saved."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey import opening
from neixiang_survey_plugin.io.survey.connection import Connection, connect
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.whole_file import appearing
from tests.survey.lines import EPSG, new_survey, route

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A survey with one line r1, closed."""
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.close()
    return path


@pytest.fixture
def read_only_folder(path: Path) -> Iterator[Path]:
    """A folder outside the private ones, which nobody but root may write."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(path, folder)
    with closing(sqlite3.connect(folder / path.name)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # as it stays after a crash
    (folder / path.name).chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def names(path: Path) -> list[str]:
    store = open_survey(path, "乙")
    found = [one.route_id for one in store.routes().routes]
    store.close()
    return found


def as_nobody(work: Callable[[], str]) -> str:
    """What work says when done without root's rights, in a forked process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(writing, work().encode())
        except SurveyError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        return stream.read().decode()


def test_a_full_disk_refuses_the_edit_and_keeps_all_before_it(path: Path) -> None:
    store = open_survey(path, "甲")
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    done = ["r1"]
    said = ""
    while not said:
        number = len(done) + 1
        try:
            store.edit([route(f"r{number}", contractor="示" * 300)])
            done.append(f"r{number}")
        except SurveyError as error:
            (said,) = error.problems
    assert "磁盘已满" in said
    assert [one.route_id for one in store.routes().routes] == done
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.edit([route("after")])
    store.close()
    assert names(path) == [*done, "after"]


def test_in_a_read_only_folder_opening_to_work_is_refused(
    read_only_folder: Path, path: Path
) -> None:
    said = as_nobody(lambda: str(open_survey(read_only_folder / path.name, "甲").notes))
    assert "只读" in said
    assert "复制到可以写入的文件夹" in said
    assert "\n" not in said


def test_in_a_read_only_folder_a_survey_can_be_looked_at(
    read_only_folder: Path, path: Path
) -> None:
    said = as_nobody(lambda: str(survey_info(read_only_folder / path.name).rows["routes"]))
    assert said == "1"


def test_a_survey_that_is_open_elsewhere_says_so_and_works(path: Path) -> None:
    first = open_survey(path, "甲")
    second = open_survey(path, "乙")
    assert first.notes == ()
    assert second.notes == (opening._ELSEWHERE,)
    first.edit([route("r2")])
    second.edit([route("r3")])
    first.close()
    second.edit([route("r4")])
    second.close()
    assert names(path) == ["r1", "r2", "r3", "r4"]


def test_another_program_that_is_writing_for_long_is_named(path: Path) -> None:
    store = open_survey(path, "甲")
    store._connection.execute("PRAGMA busy_timeout = 10")
    with closing(connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SurveyError, match="正被另一个程序写入"):
            store.edit([route("r2")])
    store.edit([route("r2")])
    store.close()
    assert names(path) == ["r1", "r2"]


def test_where_no_log_can_be_shared_the_rollback_journal_does(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect_without_shared_memory(where: Path) -> Connection:
        # This file system layer of SQLite has no shared memory, like a network share.
        return connect(where, "mode=rw&vfs=unix-dotfile")

    monkeypatch.setattr(opening, "connect", connect_without_shared_memory)
    store = open_survey(path, "甲")
    assert store.notes == (opening._NETWORK,)
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (3,)
    store.edit([route("r2")])
    store.settle()
    store.close()
    monkeypatch.undo()
    assert names(path) == ["r1", "r2"]


def test_a_file_that_is_no_survey_is_named(tmp_path: Path) -> None:
    text = tmp_path / "text.survey.gpkg"
    text.write_text("这不是数据库" * 100)
    with pytest.raises(SurveyError, match="不是踏勘文件"):
        open_survey(text, "甲")
    other = tmp_path / "other.gpkg"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(SurveyError, match="没有 survey_meta 表"):
        open_survey(other, "甲")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "没有这个文件"),
        (lambda path: path.mkdir(), "是文件夹"),
        (lambda path: path.touch(), "空的"),
    ],
    ids=["missing", "folder", "empty"],
)
def test_what_cannot_be_opened_is_said_in_one_sentence(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "b.survey.gpkg"
    make(path)
    for work in (lambda: open_survey(path, "甲"), lambda: survey_info(path)):
        with pytest.raises(SurveyError, match=words) as caught:
            work()
        assert len(caught.value.problems) == 1


def test_a_half_copied_file_is_refused_and_points_to_recover(path: Path) -> None:
    half = path.with_name("half.survey.gpkg")
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for work in (lambda: open_survey(half, "甲"), lambda: survey_info(half)):
        with pytest.raises(SurveyError, match="survey recover"):
            work()


def test_nothing_is_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(SurveyError, match="不会覆盖"):
        create_survey(path, EPSG)
    with pytest.raises(SurveyError, match="不会覆盖"):
        copy_survey(path, path)
    assert path.read_bytes() == before


def test_a_file_that_came_while_we_wrote_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "b.survey.gpkg"

    def write_while_another_does() -> None:
        with appearing(path) as unfinished:
            unfinished.write_text("ours")
            path.write_text("theirs")

    with pytest.raises(SurveyError, match="不会覆盖"):
        write_while_another_does()
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_that_fails_leaves_nothing_behind(path: Path) -> None:
    damaged = path.with_name("d.survey.gpkg")
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    damaged.write_bytes(content)
    with pytest.raises(SurveyError, match="survey recover"):
        copy_survey(damaged, path.with_name("c.survey.gpkg"))
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, damaged.name]


def test_a_copy_of_an_open_survey_holds_what_is_still_in_its_log(path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r2")])
    copy = path.with_name("copy.survey.gpkg")
    fingerprint = copy_survey(path, copy)
    assert survey_info(copy).fingerprint == fingerprint == survey_info(path).fingerprint
    store.edit([route("r3")])
    assert survey_info(path).fingerprint != fingerprint
    store.close()
    assert names(copy) == ["r1", "r2"]


def test_the_fingerprint_is_over_rows_and_not_over_bytes(path: Path) -> None:
    before = survey_info(path).fingerprint
    names(path)  # opening writes the log
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    assert survey_info(path).fingerprint == before
    store = open_survey(path, "甲")
    store.edit([route("r1", 11.0)])
    store.close()
    assert survey_info(path).fingerprint != before


def test_a_geographic_system_is_no_grid(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="投影坐标系"):
        create_survey(tmp_path / "g.survey.gpkg", 4490)
    assert list(tmp_path.iterdir()) == []
