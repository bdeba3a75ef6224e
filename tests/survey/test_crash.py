"""A program that is killed, or whose writes fail, loses nothing that it acknowledged."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import new_survey, route
from tests.survey.scripted import State, Work, scripted_work, state_of

KILLS = int(os.environ.get("SURVEY_KILLS", "500"))  # more by hand
WORK_LENGTH = 60
SCRIPTS = 4
SHORT_WORK = 25  # where each write of it fails once
FRAME_BYTES = 4096 + 24  # a page in SQLite's write-ahead log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill takes nothing from the system's cache.

    On a disk each kill takes 0.22 s instead of 0.06, and shows the same.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


def state_after_each(folder: Path, work: Sequence[Work]) -> list[State]:
    """The states that undisturbed work goes through, the empty survey first."""
    store = open_survey(new_survey(folder, "undisturbed"), "甲")
    states = [state_of(store)]
    for step in work:
        step(store)
        states.append(state_of(store))
    store.close()
    return states


def work_in_child(
    path: Path, work: Sequence[Work], limit_bytes: int | None = None
) -> tuple[int, int]:
    """Do the work in a forked process that acknowledges each step; its id, the pipe's end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        if limit_bytes is not None:
            # Beyond this size every write fails, the SIGXFSZ ignored as Python does.
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
        store = open_survey(path, "甲")
        for step in work:
            step(store)
            os.write(writing, b".")
        os.write(writing, b"!")
        status = 0
    except SurveyError as error:
        os.write(writing, str(error).encode())
        status = 2
    finally:
        os._exit(status)


def read_acknowledged(reading: int, until: int) -> int:
    """Wait for so many acknowledgements, or for the end of the work."""
    got = 0
    while got < until and os.read(reading, 1) == b".":
        got += 1
    return got


def drain(reading: int) -> bytes:
    rest = b""
    while part := os.read(reading, 65536):
        rest += part
    os.close(reading)
    return rest


def check_reopened(path: Path, states: Sequence[State], acknowledged: int) -> bool:
    """Nothing acknowledged is lost; whether the step under way was finished as well."""
    store = open_survey(path, "乙")
    found = state_of(store)
    journal_was_there = any("没有正常关闭" in note for note in store.notes)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert found in states[acknowledged : acknowledged + 2]
    assert journal_was_there
    return found != states[acknowledged]


def test_killed_at_random_moments_nothing_acknowledged_is_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(20261122)
    works = [scripted_work(seed, WORK_LENGTH) for seed in range(SCRIPTS)]
    states = []
    for seed, work in enumerate(works):
        (folder / str(seed)).mkdir()
        states.append(state_after_each(folder / str(seed), work))
    empty, path = new_survey(folder, "empty"), folder / "killed.survey.gpkg"
    kept = finished = 0
    for kill in range(KILLS):
        shutil.copyfile(empty, path)
        child, reading = work_in_child(path, works[kill % SCRIPTS])
        got = read_acknowledged(reading, rng.randrange(1, WORK_LENGTH // 2))
        time.sleep(rng.random() * 0.002)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        got += drain(reading).count(b".")
        finished += check_reopened(path, states[kill % SCRIPTS], got)
        kept += got
    with capsys.disabled():
        print(
            f"\n{KILLS} kills, {kept} acknowledged edits, 0 lost;"
            f" {finished} times the step under way was on the disk as well"
        )
    assert kept > KILLS


def test_each_write_failing_in_turn_nothing_acknowledged_is_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = scripted_work(1, SHORT_WORK)
    (folder / "whole").mkdir()
    states = state_after_each(folder / "whole", work)
    empty, path = new_survey(folder, "empty"), folder / "failing.survey.gpkg"
    # Each page that is written to the log is one write; nothing fails before the log is as
    # large as the file was. So each limit lets one write more succeed, until all do.
    stopped: list[int] = []
    limit, status = empty.stat().st_size, 2
    while status == 2:
        shutil.copyfile(empty, path)
        child, reading = work_in_child(path, work, limit)
        got = read_acknowledged(reading, SHORT_WORK)
        said = drain(reading).decode()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 2:
            assert "没有保存" in said
            assert "以前的都在" in said
            check_reopened(path, states, got)
            stopped.append(got)
        limit += FRAME_BYTES
    assert status == 0
    with capsys.disabled():
        print(
            f"\n{len(stopped)} writes failed in turn, after {min(stopped)} to {max(stopped)}"
            " acknowledged edits, 0 lost"
        )
    assert len(stopped) > SHORT_WORK


def test_on_a_disk_that_is_full_at_each_size_nothing_acknowledged_is_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = scripted_work(2, SHORT_WORK)
    (folder / "whole").mkdir()
    states = state_after_each(folder / "whole", work)
    empty, path = new_survey(folder, "empty"), folder / "full.survey.gpkg"
    pages = empty.stat().st_size // 4096
    stopped: list[int] = []
    for room in range(SHORT_WORK * 6):
        shutil.copyfile(empty, path)
        done = work_until_full(path, work, pages + room)
        if done == len(work):
            break
        store = open_survey(path, "乙")
        assert state_of(store) == states[done]
        store.edit([route("after")])
        store.close()
        stopped.append(done)
    assert done == len(work), "the work fits in the end"
    with capsys.disabled():
        print(
            f"\nthe disk was full at {len(stopped)} sizes, after {min(stopped)} to"
            f" {max(stopped)} acknowledged edits, 0 lost"
        )
    assert len(stopped) > 5


def work_until_full(path: Path, work: Sequence[Work], most_pages: int) -> int:
    """Work in a file that cannot grow beyond so many pages; how many steps were acknowledged."""
    store = open_survey(path, "甲")
    store._connection.execute(f"PRAGMA max_page_count = {most_pages}")
    done, said = 0, ""
    while done < len(work) and not said:
        try:
            work[done](store)
            done += 1
        except SurveyError as error:
            said = str(error)
    store.close()
    assert done == len(work) or ("磁盘已满" in said and "以前的都在" in said)
    return done
