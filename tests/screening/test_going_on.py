"""A screening that was killed goes on where it stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.screening import run as run_module
from neixiang_survey_plugin.io.screening.run import Job, screen_file
from tests.screening.runs import DATA, assert_same_rows, in_file, rows_of, run, small, torn

# Kills itself when so many lines are done, after it has said who works for it.
KILLED = """
import multiprocessing, os, signal, sys
from pathlib import Path
from neixiang_survey_plugin.io.screening.run import screen_file
from tests.screening.runs import small

def tick(done, total):
    if done >= int(sys.argv[3]):
        print(*[one.pid for one in multiprocessing.active_children()], flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    job = small(Path(sys.argv[1]), Path(sys.argv[2]), workers=int(sys.argv[4]))
    screen_file(job, tick)
"""


def killed(routes: Path, out: Path, done: int, workers: int = 1) -> list[int]:
    """A run that was killed when so many lines were done; the processes that worked for it."""
    script = out.with_name("killed.py")
    script.write_text(KILLED)
    ended = subprocess.run(
        [sys.executable, str(script), str(routes), str(out), str(done), str(workers)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(DATA.parent)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return [int(word) for word in ended.stdout.split()]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def test_what_was_done_before_a_kill_is_not_done_again(tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / "routes.gpkg")
    whole = run(small(routes, tmp_path / "whole.gpkg"))
    out = tmp_path / "result.gpkg"
    for done in (12, 30):
        killed(routes, out, done)
        assert not out.exists()
    resumed = run(small(routes, out))
    assert resumed.resumed >= 30
    assert resumed.tally == whole.tally
    assert_same_rows(rows_of(out), rows_of(tmp_path / "whole.gpkg"))
    assert not out.with_name("result.gpkg.work").exists()


def test_the_workers_of_a_killed_run_end_too(tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / "routes.gpkg")
    pids = killed(routes, tmp_path / "result.gpkg", done=10, workers=2)
    assert len(pids) == 2
    until = time.monotonic() + 20
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_alive, pids))


def test_work_on_other_lines_is_neither_taken_nor_lost(tmp_path: Path) -> None:
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    killed(routes, out, 12)
    work = out.with_name("result.gpkg.work")
    before = work.read_bytes()
    os.utime(routes, (1, 1))
    with pytest.raises(SurveyError, match="另一次筛查没有做完的工作"):
        run(small(routes, out))
    assert work.read_bytes() == before


def test_work_on_a_county_whose_rules_changed_is_not_taken(tmp_path: Path) -> None:
    county = Path(shutil.copytree(DATA, tmp_path / "county"))
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    job = small(routes, out)
    here = small(routes, out, county=county)
    assert here != job
    file = county / "county.toml"
    before = file.read_text(encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        run_until(here, 12)
    file.write_text(before + "\n# 改过\n", encoding="utf-8")
    with pytest.raises(SurveyError, match="县资料"):
        run(here)
    file.write_text(before, encoding="utf-8")
    assert run(here).resumed >= 12


def run_until(job: Job, lines: int) -> None:
    def tick(done: int, total: int) -> None:
        if done >= lines:
            raise KeyboardInterrupt

    screen_file(job, tick)


@pytest.mark.parametrize("changed", ["green_space/green_spaces.gpkg", "coverage"])
def test_work_on_a_county_whose_layers_changed_is_not_taken(changed: str, tmp_path: Path) -> None:
    county = Path(shutil.copytree(DATA, tmp_path / "county"))
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    job = small(routes, out, county=county)
    with pytest.raises(KeyboardInterrupt):
        run_until(job, 12)
    if changed == "coverage":
        changed = read_county_config(county).sources["roads"].coverage
    os.utime(county / changed, (1, 1))
    with pytest.raises(SurveyError, match="县资料"):
        run(job)


def test_work_that_another_version_of_the_program_began_is_not_taken(tmp_path: Path) -> None:
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    job = small(routes, out)
    with pytest.raises(KeyboardInterrupt):
        run_until(job, 12)
    with (
        patch.object(run_module, "program_version", lambda: "9.9"),
        pytest.raises(SurveyError, match="程序不同"),
    ):
        run(job)
    assert run(job).resumed >= 12


def test_a_run_that_was_killed_before_it_wrote_anything_begins_again(tmp_path: Path) -> None:
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    out.with_name("result.gpkg.work").touch()
    assert run(small(routes, out)).tally.routes == len(torn())


def test_a_file_of_another_kind_in_the_place_of_the_work_is_left_alone(tmp_path: Path) -> None:
    routes, out = in_file(torn(), tmp_path / "routes.gpkg"), tmp_path / "result.gpkg"
    other = out.with_name("result.gpkg.work")
    other.write_text("my notes")
    with pytest.raises(SurveyError, match="不是筛查的工作文件"):
        run(small(routes, out))
    assert other.read_text() == "my notes"
