"""``fact add`` and ``fact list``: the way out of "undetermined", and what the county gets back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely import affinity

from neixiang_survey_plugin.io.survey.opening import open_survey
from tests import builders
from tests.hosts.test_cli_check import run

DATA = Path(__file__).parents[2] / "data"
DAY = "2026-11-22"
DELIVERED = (
    *("--layer", "roads", "--object", "R161", "--field", "delivered_on"),
    *("--value", "2019年5月1日", "--evidence", "竣工移交书 2019-17"),
    *("--by", "张工", "--on", "2026-11-20"),
)


def checked(survey: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    _, out, _ = run(
        *("check", survey, "--county", county, "--on", DAY, "--json", "-"), capsys=capsys
    )
    report: dict[str, Any] = json.loads(out)
    return report


def one_route(report: dict[str, Any], route_id: str) -> dict[str, Any]:
    return next(one for one in report["routes"] if one["route_id"] == route_id)


def test_a_missing_delivery_date_that_is_confirmed_lets_the_line_commit(
    survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = one_route(checked(survey, DATA, capsys), "C22-gas")
    assert before["verdict"] == "undetermined"

    status, said, _ = run("fact", "add", survey, "--county", DATA, *DELIVERED, capsys=capsys)
    assert status == 0
    assert "竣工移交书 2019-17" in said

    report = checked(survey, DATA, capsys)
    after = one_route(report, "C22-gas")
    assert after["verdict"] == "commitment"
    (resting,) = [one for one in after["findings"] if one["confirmed"]]
    assert resting["rule"] == "road_protection"
    assert resting["confirmed"] == report["confirmed_facts"]
    assert resting["confirmed"][0]["value"] == "2019-05-01"
    others = [one for one in report["routes"] if one["route_id"] != "C22-gas"]
    assert not any(finding["confirmed"] for one in others for finding in one["findings"])

    _, table, _ = run("check", survey, "--county", DATA, "--on", DAY, capsys=capsys)
    evidence = "交付使用日期 2019年5月1日（竣工移交书 2019-17，张工，2026年11月20日确认）"
    assert f"按现场确认：道路示例安居街（R161）的{evidence}" in table
    assert "采用了 1 项现场确认的事实" in table

    run(
        *("packet", survey, "--county", DATA, "--case", "C22", "--on", DAY, "--out", tmp_path),
        capsys=capsys,
    )
    (form,) = (tmp_path / "C22").glob("*.docx")
    assert "承诺制" in form.name
    assert evidence in text_of(form)
    facts = json.loads((tmp_path / "C22" / "case.json").read_text("utf-8"))
    assert facts["routes"][0]["findings"] == after["findings"]


def text_of(form: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(form)).paragraphs)


def test_a_fact_that_is_taken_back_counts_no_more(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("fact", "add", survey, "--county", DATA, *DELIVERED, capsys=capsys)
    status, said, _ = run(
        *("fact", "add", survey, "--county", DATA, *DELIVERED[:6], "--withdraw"), capsys=capsys
    )
    assert status == 0
    assert "已撤回" in said
    assert one_route(checked(survey, DATA, capsys), "C22-gas")["verdict"] == "undetermined"
    _, said, _ = run("fact", "list", survey, capsys=capsys)
    assert "还没有现场确认的事实" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("rads", "R161", "delivered_on", "2019-05-01", "a"), "没有这个图层"),
        (("roads", "R1610", "delivered_on", "2019-05-01", "a"), "没有这个对象；相近的有 R161"),
        (("roads", "R161", "deliver", "2019-05-01", "a"), "没有这个字段"),
        (("roads", "R161", "delivered_on", "2019-02-30", "a"), "2019-02-30：不是日期"),
        (("roads", "R161", "road_class", "broad", "a"), "应是 expressway"),
        (("roads", "R161", "width_m", "7", " "), "要有依据"),
    ],
)
def test_a_wrong_fact_is_refused_in_one_sentence_and_not_kept(
    survey: Path, asked: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("--layer", "--object", "--field", "--value", "--evidence")
    options = [text for pair in zip(names, asked, strict=True) for text in pair]
    status, out, err = run("fact", "add", survey, "--county", DATA, *options, capsys=capsys)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    store = open_survey(survey, "甲")
    assert store.confirmed_facts() == ()
    store.close()


def test_a_value_and_its_withdrawal_exclude_each_other(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for more in ((), ("--value", "7", "--withdraw")):
        asked = ("--layer", "roads", "--object", "R161", "--field", "width_m", *more)
        status, _, err = run("fact", "add", survey, "--county", DATA, *asked, capsys=capsys)
        assert status == 2
        assert "--withdraw" in err


def test_the_county_gets_a_list_that_excel_opens(
    survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("fact", "add", survey, "--county", DATA, *DELIVERED, capsys=capsys)
    injected = ("--layer", "roads", "--object", "R162", "--field", "owner", "--value", "=1+2")
    run(
        *("fact", "add", survey, "--county", DATA, *injected, "--evidence", "@x", "--by", "李工"),
        capsys=capsys,
    )
    out = tmp_path / "facts.csv"
    run("fact", "list", survey, "--county", DATA, "--out", out, capsys=capsys)
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert rows[0] == {
        "图层": "roads",
        "对象编号": "R161",
        "名称": "示例安居街",
        "字段": "delivered_on",
        "字段含义": "交付使用日期",
        "县资料原值": "",
        "现场确认值": "2019-05-01",
        "依据": "竣工移交书 2019-17",
        "确认人": "张工",
        "确认日期": "2026-11-20",
    }
    assert (rows[1]["现场确认值"], rows[1]["依据"]) == ("'=1+2", "'@x")


def test_the_list_as_json_has_the_layers_own_value_beside(
    survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--layer", "roads", "--object", "R162", "--field", "delivered_on")
    more = ("--value", "2000-01-01", "--evidence", "档案", "--on", DAY)
    run("fact", "add", survey, "--county", DATA, *asked, *more, capsys=capsys)
    out = tmp_path / "facts.json"
    _, said, _ = run(
        *("fact", "list", survey, "--county", DATA, "--out", out, "--json", "-"), capsys=capsys
    )
    assert json.loads(said) == json.loads(out.read_text("utf-8"))
    (row,) = json.loads(said)["facts"]
    assert (row["source_value"], row["value"]) == ("2021-09-15", "2000-01-01")
    status, _, err = run("fact", "list", survey, "--out", tmp_path / "f.ods", capsys=capsys)
    assert status == 2
    assert ".csv" in err


def test_a_trial_hole_makes_an_unknown_conflict_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = {
        "pipe_id": "P1",
        "wkt": builders.line((100.0, -50.0), (100.0, 50.0)),
        "utility": "gas",
        "laying": "direct",
        "diameter_mm": 110.0,
        "pressure_class": "medium_b",
        "cover_m": None,
    }
    across = builders.line((80.0, 0.0), (150.0, 0.0))
    county = builders.write_county(
        tmp_path / "county", roads=[builders.road("R9", builders.rectangle(400, 0, 410, 9))],
        pipelines=[pipe], tail="[defaults]\nworking_width_m = { water = 1.6 }",
    )  # fmt: skip
    routes = builders.write_routes(
        tmp_path / "routes.gpkg",
        [builders.route("r1", across, diameter_mm=110.0, cover_m=1.0, laying="direct")],
    )
    survey = tmp_path / "b.survey.gpkg"
    run("survey", "import", routes, "--county", county, "--out", survey, capsys=capsys)
    (unknown,) = checked(survey, county, capsys)["conflicts"]
    assert (unknown["kind"], unknown["outcome"]) == ("vertical_clearance", "unknown")
    assert unknown["confirmed"] == []

    hole = (
        "--layer",
        "pipelines",
        "--object",
        "P1",
        "--field",
        "cover_m",
        "--evidence",
        "探坑 3 号",
    )
    run("fact", "add", survey, "--county", county, *hole, "--value", "1.05", capsys=capsys)
    (known,) = checked(survey, county, capsys)["conflicts"]
    assert known["outcome"] == "fail"
    assert known["missing"] == []
    assert known["confirmed"][0]["evidence"] == "探坑 3 号"
    _, table, _ = run("check", survey, "--county", county, "--on", DAY, capsys=capsys)
    assert "（按现场确认）" in table

    run("fact", "add", survey, "--county", county, *hole, "--value", "2.5", capsys=capsys)
    assert checked(survey, county, capsys)["conflicts"] == []


def test_a_confirmed_width_is_named_also_where_the_road_is_then_too_far_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = builders.road("R1", builders.line((100.0, -50.0), (100.0, 50.0)))
    far = builders.road("R2", builders.line((900.0, -50.0), (900.0, 50.0)))
    county = builders.write_county(
        tmp_path / "county",
        roads=[beside, far],
        tail="[defaults]\nworking_width_m = { water = 1.6 }",
    )
    routes = builders.write_routes(
        tmp_path / "routes.gpkg", [builders.route("r1", builders.line((0.0, 0.0), (80.0, 0.0)))]
    )
    survey = tmp_path / "b.survey.gpkg"
    run("survey", "import", routes, "--county", county, "--out", survey, capsys=capsys)
    outcome = {one["rule"]: one["outcome"] for one in findings(survey, county, capsys)}
    assert outcome["crossing_length"] == "unknown"
    for road in ("R1", "R2"):
        asked = ("--layer", "roads", "--object", road, "--field", "width_m", "--value", "10")
        more = ("--evidence", "实量")
        run("fact", "add", survey, "--county", county, *asked, *more, capsys=capsys)
    crossing = next(
        one for one in findings(survey, county, capsys) if one["rule"] == "crossing_length"
    )
    assert crossing["outcome"] == "pass"
    assert [one["object_id"] for one in crossing["confirmed"]] == ["R1"]


def findings(
    survey: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = checked(survey, county, capsys)["routes"][0]["findings"]
    return found


def test_a_taped_crossing_settles_a_borderline_line_until_the_line_is_moved(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = one_route(checked(survey, DATA, capsys), "C03-gas")
    assert before["verdict"] == "joint"
    road_id = before["crossings"][0]["road_id"]
    asked = ("--layer", "routes", "--object", f"C03-gas@{road_id}", "--field", "taped_m")
    more = ("--value", "14.96", "--evidence", "皮尺量测记录 7", "--by", "张工", "--on", DAY)
    status, said, _ = run("fact", "add", survey, "--county", DATA, *asked, *more, capsys=capsys)
    assert status == 0
    assert f"外线C03-gas@{road_id}的实测穿越长度 14.96 m（皮尺量测记录 7，张工" in said

    after = one_route(checked(survey, DATA, capsys), "C03-gas")
    assert after["verdict"] == "commitment"
    (crossing,) = [one for one in after["findings"] if one["rule"] == "crossing_length"]
    assert (crossing["measured"], crossing["borderline"]) == (pytest.approx(14.96), False)
    assert crossing["confirmed"][0]["evidence"] == "皮尺量测记录 7"

    store = open_survey(survey, "甲")
    line = next(one for one in store.routes().routes if one.route_id == "C03-gas")
    store.edit([replace(line, line=affinity.translate(line.line, 0.01, 0.0))])
    store.close()
    report = checked(survey, DATA, capsys)
    assert one_route(report, "C03-gas")["verdict"] != "commitment"
    assert any("外线在量测以后改动过，请重新实测" in text for text in report["warnings"])

    wrong = ("--layer", "routes", "--object", "C03-gas@R0", "--field", "taped_m")
    status, _, err = run("fact", "add", survey, "--county", DATA, *wrong, *more, capsys=capsys)
    assert (status, "图层 roads 里没有 R0" in err) == (2, True)


def test_a_fact_about_an_object_that_is_gone_is_said_and_not_used(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from neixiang_survey_plugin.core.confirmed import ConfirmedFact
    from tests.survey.contract import FACT

    store = open_survey(survey, "甲")
    store.confirm(ConfirmedFact(**{**vars(FACT), "object_id": "R0"}))
    store.close()
    report = checked(survey, DATA, capsys)
    assert report["confirmed_facts"] == []
    assert any("没有采用 现场确认 roads R0" in text for text in report["warnings"])
