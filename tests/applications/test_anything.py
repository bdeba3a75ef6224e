"""Whatever stands in a spreadsheet or a JSON file is read, or told of in sentences."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.applications.headings import CASE_HEADINGS, SERVICE_HEADINGS
from neixiang_survey_plugin.io.applications.json_file import read_json_applications
from neixiang_survey_plugin.io.applications.spreadsheet import read_spreadsheet
from tests.applications.books import write_book

HEADINGS = [words[0] for words in CASE_HEADINGS.values()]
HEADINGS += [words[0] for _, words in SERVICE_HEADINGS.values()]
HEADINGS += ["给水", "电力", "燃气", "供暖", "通信", "施工用水", "生产用电"]
texts = st.one_of(
    st.sampled_from(["新装", "☑新装 □增容", "√", "□", "是", "水、电", "2026-09-14 08:30", "#REF!"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs"])),
)
cells = st.one_of(
    st.none(),
    texts,
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
    st.just(time(8, 30)),
)
rows = st.lists(cells, max_size=8)
headings = st.lists(st.sampled_from(HEADINGS), max_size=8)
values = st.one_of(cells.filter(lambda one: not isinstance(one, date | time)), st.just([1]))
objects = st.dictionaries(
    st.one_of(st.sampled_from([*CASE_HEADINGS, *HEADINGS]), st.text(max_size=5)), values, max_size=6
)
services = st.dictionaries(st.sampled_from([*SERVICE_HEADINGS, "verdict"]), values, max_size=5)


def read_or_told(read: Callable[[], Sequence[Application]]) -> None:
    """Applications with a name and a service each, or sentences."""
    applications, problems = outcome(read)
    assert bool(applications) != bool(problems)
    assert all(problem.strip() and "\n" not in problem for problem in problems)
    for one in applications:
        assert one.case.applicant_name
        assert one.services
        assert all(service.utility for service in one.services)


def outcome(
    read: Callable[[], Sequence[Application]],
) -> tuple[Sequence[Application], Sequence[str]]:
    try:
        return read(), ()
    except SurveyError as error:
        return (), error.problems


@given(st.lists(rows, max_size=2), headings, st.lists(rows, max_size=3))
def test_any_spreadsheet(above: list[list[object]], header: list[str], below: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_book(Path(folder) / "a.xlsx", [*above, header, *below])
        read_or_told(lambda: read_spreadsheet(path))


@given(st.lists(objects, max_size=3), st.lists(services, max_size=3))
def test_any_json(applications: list[dict[str, object]], asked: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        content = [{**one, "services": asked} for one in applications]
        path.write_text(json.dumps(content, default=str), encoding="utf-8")
        read_or_told(lambda: read_json_applications(path))
