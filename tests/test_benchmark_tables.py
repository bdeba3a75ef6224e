"""The benchmarks say what they found: no wrong answer passes, nothing missing has a figure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bench_peers import differences, edit_table
from benchmarks.peers.asking import Answer, read_table, write_table
from benchmarks.peers.crew import Entry, Running, at_work
from benchmarks.peers.worker import keep
from benchmarks.tables import Table, put_into
from benchmarks.window_table import over_aim, silences_table, worst


def running(name: str, missing: str | None = None) -> Running:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return Running(Entry(name, name), ended, missing=missing, edits_ms=[] if missing else [2.0])


def kept(folder: Path, name: str, inside_m: float, green_m2: float) -> Running:
    keep(folder, f"{name}_many", Answer(np.array([inside_m, 0.0]), np.array([green_m2, 0.0])))
    return running(name)


@pytest.mark.parametrize(
    ("inside_m", "green_m2", "named"),
    [(12.0, 5.0, 0), (12.0 + 2e-4, 5.0, 1), (12.0, 5.0 + 2e-4, 1), (np.nan, 5.0, 1)],
)
def test_a_peer_with_another_answer_is_named(
    tmp_path: Path, inside_m: float, green_m2: float, named: int
) -> None:
    crew = [kept(tmp_path, "ours", 12.0, 5.0), kept(tmp_path, "peer", inside_m, green_m2)]
    found = differences([*crew, running("absent", "not installed")], tmp_path, "many")
    assert [one.split(",")[0] for one in found] == ["peer"] * named


def test_a_peer_that_is_not_there_has_its_reason_and_no_figure() -> None:
    table = str(edit_table([running("ours"), running("peer", "no such thing")]))
    assert "| peer | not run: no such thing |  |  |  |  |" in table
    assert "| ours | 1 | 2.00 ms | 2.00 ms | 1.00 x | 1.00 x |" in table


def test_a_program_that_is_not_installed_or_does_not_start_is_missing(tmp_path: Path) -> None:
    absent = Entry("ours", "absent", "/no/such/python3")
    broken = Entry("no_such_peer", "broken")
    with at_work({"absent": absent, "broken": broken}, tmp_path) as crew:
        assert [one.missing for one in crew] == [
            "there is no /no/such/python3",
            "broken ended without an answer",
        ]


def test_a_table_goes_between_its_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = (
        "a\n<!-- bench: one -->\nold\n<!-- /bench -->\nb\n<!-- bench: two -->\nx\n<!-- /bench -->\n"
    )
    page.write_text(text, encoding="utf-8")
    table = Table("one", ("what", "s"))
    table.row("this", "1")
    for _ in range(2):
        put_into([page], [table])
    new = "| what | s |\n|---|---:|\n| this | 1 |\n"
    assert page.read_text(encoding="utf-8") == text.replace("old\n", new)


def test_geometries_come_back_from_their_file_as_they_went(tmp_path: Path) -> None:
    write_table(tmp_path, "some", [b"abc", b"", b"de"])
    assert read_table(tmp_path, "some") == [b"abc", b"", b"de"]


def test_the_worst_of_several_runs_counts_for_each_figure_by_itself() -> None:
    runs = [{"a": [30.0, 9.0, 31.0], "b": [1.0, 1.0, 1.0]}, {"a": [20.0, 12.0, 33.0]}]
    assert worst(runs) == {"a": (30.0, 12.0, 33.0), "b": (1.0, 1.0, 1.0)}
    assert worst(runs[::-1])["a"] == (30.0, 12.0, 33.0)


def test_a_phase_that_one_survey_lacks_has_no_figure_there() -> None:
    table = silences_table({"new": {"a": (30.4, 9.0, 31.0)}, "old": {"b": (1.0, 2.0, 3.0)}})
    assert table.rows == [
        ("a", "30 ms", "9 ms", "31 ms", "", "", ""),
        ("b", "", "", "", "1 ms", "2 ms", "3 ms"),
    ]


def test_what_was_silent_for_more_than_the_aim_on_the_clock_is_named() -> None:
    new = {"a": (50.0, 50.0, 90.0), "b": (50.04, 1.0, 1.0)}
    assert over_aim({"new": new, "old": {"a": (132.0, 17.0, 140.0)}}) == (
        "over 50 ms: b (new, 50.0 ms); a (old, 132.0 ms)"
    )
    assert over_aim({"new": {"a": (50.0, 50.0, 90.0)}, "old": {}}) == "over 50 ms: none"
