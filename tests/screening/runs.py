"""Routes to screen, made of the sample county's own in an order that tears every case apart."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from pandas.testing import assert_frame_equal

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.report import route_report
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.io.screening.run import Job, Screening, screen_file
from tests.drawn import ON

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "cases" / "routes.gpkg"


def torn() -> gpd.GeoDataFrame:
    """The sample's routes in an order of chance: lines of one case lie far apart."""
    frame = pyogrio.read_dataframe(SAMPLE, layer="routes")
    order = np.random.default_rng(9).permutation(len(frame))
    return frame.iloc[order].reset_index(drop=True)


def in_file(frame: gpd.GeoDataFrame, path: Path) -> Path:
    """The routes as a file of the format that its suffix says."""
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        pyogrio.write_dataframe(frame, path, layer="routes")
    return path


def checked(routes: Path) -> dict[str, dict[str, Any]]:
    """What check says of each line, by its id."""
    county, read = read_work(routes, DATA)
    result = Checker(county).check(read.routes, ON)
    return {one.route.route_id: expected(one) for one in result.routes}


def expected(one: RouteResult) -> dict[str, Any]:
    """The row of a line, taken from the public JSON."""
    report = route_report(one)
    findings = report["findings"]
    return {
        "route_id": report["route_id"],
        "utility": report["utility"],
        "unit": one.route.unit,
        "case_id": report["case_id"],
        "verdict": report["verdict"],
        "length_m": report["length_m"],
        "crossing_total_m": report["crossing_total_m"],
        "inside_total_m": report["inside_total_m"],
        "green_total_m2": report["green_total_m2"],
        "failed": named(f["rule"] for f in findings if f["outcome"] == "fail"),
        "unknown": named(f["rule"] for f in findings if f["outcome"] == "unknown"),
        "borderline": named(f["rule"] for f in findings if f["borderline"]),
        "reading_decides": report["reading_decides"],
        "approvals_needed": named(f["matter"] for f in report["approvals_needed"]),
    }


def named(words: Iterable[str]) -> str:
    return ",".join(words)


@functools.cache
def rows_of(path: Path, layer: str = "screened_routes") -> gpd.GeoDataFrame:
    """The rows of a result as another program reads them."""
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pyogrio.read_dataframe(path, layer=layer)


def small(routes: Path, out: Path | None, **more: Any) -> Job:
    """A job in pages and batches so small that even the sample has many."""
    facts = {"county": DATA, "rows_a_page": 7, "routes_a_batch": 5, **more}
    return Job(routes=routes, on=ON, out=out, **facts)


def run(job: Job) -> Screening:
    return screen_file(job, lambda done, total: None)


def assert_same_rows(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    """Lines that are measured beside others in memory differ by some nanometres."""
    assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other), rtol=0, atol=1e-6)
