"""Surveys that were begun apart meet: one thing noted twice, or two things of one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin.app.survey_store import Ended
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from tests.survey.lines import new_survey
from tests.survey.merging import (
    at_work,
    begun_apart,
    lengths,
    merge,
    merged,
    opened,
    put,
    refused,
    rows,
    sql,
)
from tests.survey.records_contract import names


def test_surveys_begun_apart_in_one_county_are_merged_and_equal_lines_once(tmp_path: Path) -> None:
    a = at_work(begun_apart(tmp_path, "a"), "甲", put("r1"), put("r2", 20.0))
    b = at_work(begun_apart(tmp_path, "b"), "乙", put("r1"), put("r3", 30.0))
    c = at_work(begun_apart(tmp_path, "c"), "丙", put("r1", contractor="示例"))
    found = merge([a, b, c], tmp_path / "out.survey.gpkg")
    assert found.unified == ("r1",)
    store = opened(tmp_path / "out.survey.gpkg")
    # The one that says more stands for the others; their versions stay in the history.
    assert names(store) == ["r2", "r3", "r1"]
    assert store.routes().routes[2].contractor == "示例"
    assert len(store.history("r1")) == 3
    store.close()
    ab = merged([a, b], "ab")
    assert survey_info(merged([ab, c], "ab-c")).fingerprint == found.fingerprint
    ids = {survey_info(path).meta.survey_id for path in (a, b, c, ab, tmp_path / "out.survey.gpkg")}
    assert len(ids) == 5


def test_one_name_for_two_lines_is_asked_and_both_may_stay(tmp_path: Path) -> None:
    a = at_work(begun_apart(tmp_path, "a"), "甲", put("r1"))
    b = at_work(begun_apart(tmp_path, "b"), "乙", put("r1", 20.0))
    with pytest.raises(SurveyError, match=r"外线 r1：几份文件各自用了这个名称.*r1=both"):
        merged([a, b], "out")
    assert lengths(merged([a, b], "one", Choices({"r1": "B"}))) == {"r1": 20.0}
    both = merged([a, b], "both", Choices({"r1": "both"}))
    (other,) = set(lengths(both)) - {"r1"}
    assert lengths(both) == {"r1": 10.0, other: 20.0}
    assert other.startswith("r1-")
    assert lengths(merged([both, a, b], "again")) == lengths(both)
    store = opened(both)
    assert [(one.version, one.ended) for one in store.history(other)] == [
        (1, Ended.MERGED),
        (2, None),
    ]
    store.close()


def test_one_number_for_two_cases_is_asked_and_what_belongs_to_the_second_follows_it(
    tmp_path: Path,
) -> None:
    a = at_work(begun_apart(tmp_path, "a"), "甲", put("r1", case_id="c1"))
    b = at_work(begun_apart(tmp_path, "b"), "乙", put("r2", case_id="c1"))
    sql(a, "INSERT INTO cases (case_id, applicant_name) VALUES ('c1', '示例食品')")
    sql(
        b,
        "INSERT INTO cases (case_id, applicant_name) VALUES ('c1', '示例机械')",
        "INSERT INTO decisions (case_id, matter) VALUES ('c1', 'planning')",
    )
    with pytest.raises(SurveyError, match=r"记录 cases/c1.*applicant_name=示例机械.*both"):
        merged([a, b], "out")
    out = merged([a, b], "out", Choices({"cases/c1": "both"}))
    cases = dict(rows(out, "SELECT applicant_name, case_id FROM cases"))  # type: ignore[arg-type]
    assert cases["示例食品"] == "c1"
    assert cases["示例机械"] != "c1"
    assert rows(out, "SELECT route_id, case_id FROM routes ORDER BY route_id") == [
        ("r1", "c1"),
        ("r2", cases["示例机械"]),
    ]
    assert rows(out, "SELECT case_id FROM decisions") == [(cases["示例机械"],)]
    # The second company goes on in its own file: what it adds still belongs to its case.
    at_work(b, "乙", put("r4", case_id="c1"))
    again = merged([out, b], "again")
    assert rows(again, "SELECT case_id FROM routes WHERE route_id = 'r4'") == [(cases["示例机械"],)]


def test_the_same_case_noted_by_two_is_one_case(tmp_path: Path) -> None:
    a = at_work(begun_apart(tmp_path, "a"), "甲", put("r1", case_id="c1"))
    b = at_work(begun_apart(tmp_path, "b"), "乙", put("r2", case_id="c1"))
    sql(a, "INSERT INTO cases (case_id, applicant_name) VALUES ('c1', '示例食品')")
    sql(b, "INSERT INTO cases (case_id, applicant_name, state) VALUES ('c1', '示例食品', 'routed')")
    out = merged([a, b], "out")
    assert rows(out, "SELECT case_id, state FROM cases") == [("c1", "routed")]
    assert rows(out, "SELECT DISTINCT case_id FROM routes") == [("c1",)]


def test_files_of_another_county_grid_or_origin_are_refused(tmp_path: Path) -> None:
    a = new_survey(tmp_path, "a")
    refused("行政区划代码是 411326", a, begun_apart(tmp_path, "other", code="411326"))
    refused("EPSG:4547", a, begun_apart(tmp_path, "grid", epsg=4547))
    refused("无法确认是同一个县", a, begun_apart(tmp_path, "nowhere", code=None))


def test_whatever_mentions_the_second_line_of_a_name_follows_it(tmp_path: Path) -> None:
    a = at_work(begun_apart(tmp_path, "a"), "甲", put("r1"))
    b = at_work(begun_apart(tmp_path, "b"), "乙", put("r1", 20.0), put("r2", 30.0))
    sql(
        b,
        "INSERT INTO as_built (route_id) VALUES ('r1')",
        "INSERT INTO trench_reviews (route_ids) VALUES ('r2;r1')",
        "INSERT INTO settlements (route_id, other_layer, other_id)"
        " VALUES ('r2', 'routes', 'r1'), ('r2', 'pipelines', 'r1')",
    )
    out = merged([a, b], "out", Choices({"r1": "both"}))
    (new,) = set(lengths(out)) - {"r1", "r2"}
    assert rows(out, "SELECT route_id FROM as_built") == [(new,)]
    assert rows(out, "SELECT route_ids FROM trench_reviews") == [(f"r2;{new}",)]
    assert rows(out, "SELECT other_layer, other_id FROM settlements ORDER BY other_layer") == [
        ("pipelines", "r1"),
        ("routes", new),
    ]
