"""Very many lines measured and not judged: the figures that check finds, from file to file."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.measure import run_measure
from neixiang_survey_plugin.io.screening.measuring import Measuring, measure_file
from tests.drawn import measure
from tests.screening.runs import DATA, SAMPLE, in_file, rows_of, torn


def measured(routes: Path, out: Path | None) -> Measuring:
    return measure_file(routes, DATA, out, lambda done, total: None, rows_a_page=20)


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
def test_every_line_has_the_figures_of_a_check(suffix: str, tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / "routes.gpkg")
    sums = measured(routes, tmp_path / f"result{suffix}").sums
    county, read = read_work(routes, DATA)
    rows = rows_of(tmp_path / f"result{suffix}", "measured_routes")
    assert rows["route_id"].tolist() == [one.route_id for one in read.routes]
    for row, one in zip(rows.to_dict("records"), measure(county, *read.routes), strict=True):
        expected = {
            "length_m": one.length_m,
            "grid_length_m": one.grid_length_m,
            "across_total_m": one.roads.across.value,
            "along_total_m": one.roads.along.value,
            "inside_total_m": one.roads.inside.value,
            "green_total_m2": one.green.strip.value,
        }
        for name, figure in expected.items():
            if figure is None:
                assert math.isnan(row[name]), (row["route_id"], name)
            else:
                assert row[name] == pytest.approx(figure, abs=1e-6), (row["route_id"], name)
        assert row["crossings"] == len(one.roads.crossings)
        assert row["green_spaces"] == len(one.green.occupations)
    assert sums.length_m == pytest.approx(rows["length_m"].sum())
    assert sums.green_total_m2 == pytest.approx(rows["green_total_m2"].sum())
    assert sums.unknown["green_total_m2"] == rows["green_total_m2"].isna().sum() > 0


def test_a_file_that_is_there_is_left_and_a_broken_input_leaves_none(tmp_path: Path) -> None:
    there = tmp_path / "there.gpkg"
    there.write_text("mine")
    with pytest.raises(SurveyError, match="已经有这个文件"):
        measured(SAMPLE, there)
    assert there.read_text() == "mine"
    frame = torn()
    frame.loc[len(frame) - 1, "utility"] = "tea"
    routes = in_file(frame, tmp_path / "routes.gpkg")
    with pytest.raises(SurveyError, match="tea"):
        measured(routes, tmp_path / "result.gpkg")
    assert sorted(tmp_path.iterdir()) == [routes, there]


def test_the_sums_are_shown_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_measure(SAMPLE, DATA, out=None, json_target=str(tmp_path / "sums.json"))
    report = json.loads((tmp_path / "sums.json").read_text(encoding="utf-8"))
    assert report["routes"] == len(torn())
    assert report["unknown"]["length_m"] == 0
    shown = capsys.readouterr().out
    assert f"{report['inside_total_m']:,.2f}" in shown
    assert "没有判定" in shown
