"""Migrating, merging and copying may be killed too: the files that went in stay as they were."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import new_survey, route
from tests.survey.merging import at_work, copy_of, merge, put
from tests.survey.test_migration import file_of_version_1

KILLS = 30


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def kill_within(work: Callable[[], object], seconds: float) -> bool:
    """Kill a forked process so long after it began the work; whether it had ended by itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, b".")
            work()
        finally:
            os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


def test_a_migration_killed_at_any_moment_can_begin_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(1)
    old, path = file_of_version_1(folder), folder / "work" / "old.survey.gpkg"
    path.parent.mkdir()
    shutil.copyfile(old, path)
    whole_s = seconds_of(lambda: open_survey(path, "甲").close())
    content = survey_info(old).fingerprint
    ended = left_old = 0
    for _ in range(KILLS):
        shutil.rmtree(path.parent)
        path.parent.mkdir()
        shutil.copyfile(old, path)
        ended += kill_within(lambda: open_survey(path, "甲").close(), rng.random() * whole_s * 1.5)
        if survey_info(path).meta.schema_version < SCHEMA_VERSION:
            left_old += 1
            assert survey_info(path).fingerprint == content
        store = open_survey(path, "乙")
        assert [one.route_id for one in store.routes().routes] == ["r1", "r2"]
        store.edit([route("r9")])
        store.close()
        assert survey_info(path).damage == ()
        assert any(
            survey_info(one).fingerprint == content
            for one in path.parent.glob("*.v1-*.survey.gpkg")
        )
    with capsys.disabled():
        print(f"\n{KILLS} migrations killed, {ended} had ended, {left_old} not begun: 0 lost")
    assert left_old > 0


@pytest.mark.parametrize("verb", ["merge", "copy"])
def test_a_merge_or_copy_killed_at_any_moment_leaves_no_half_file(folder: Path, verb: str) -> None:
    rng = random.Random(2)
    a = at_work(new_survey(folder, "a"), "甲", *(put(f"r{n}") for n in range(5)))
    b = at_work(copy_of(a, "b"), "乙", put("r0", 20.0))
    before = a.read_bytes(), b.read_bytes()
    out = folder / "out.survey.gpkg"

    def work() -> None:
        if verb == "merge":
            merge([a, b], out)
        else:
            copy_survey(b, out)

    whole_s = seconds_of(work)
    content = survey_info(out).fingerprint
    unfinished = 0
    for _ in range(KILLS):
        out.unlink(missing_ok=True)
        kill_within(work, rng.random() * whole_s * 1.2)
        if out.exists():
            assert survey_info(out).fingerprint == content
        else:
            unfinished += 1
    assert (a.read_bytes(), b.read_bytes()) == before
    assert unfinished > 0
    out.unlink(missing_ok=True)
    work()
    assert survey_info(out).fingerprint == content
