"""Applications as JSON and typed by hand, survey sheets, and the samples made by the script."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.casework.case import NeededFor, ServiceKind
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.io.applications.json_file import read_json_applications, read_sheet
from neixiang_survey_plugin.io.applications.typed import read_facts, read_typed
from tests.io.saying import only, problems_of
from tools import make_sample_applications

CASES = Path(__file__).parents[2] / "data" / "cases"


def written(folder: Path, content: object) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_samples_are_those_that_the_script_makes(tmp_path: Path) -> None:
    make_sample_applications.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == [
        "application_form.xlsx",
        "applications.xlsx",
        "land_grant.json",
        "renaming.json",
        "survey_sheet.json",
    ]
    for name in made:
        assert (tmp_path / name).read_bytes() == (CASES / name).read_bytes(), name


def test_sample_of_the_land_grant_is_an_intent() -> None:
    (application,) = read_json_applications(CASES / "land_grant.json")
    (gas,) = application.services
    assert application.case.received_at is None
    assert (gas.utility, gas.needed_for, gas.gas_m3_h) == ("gas", NeededFor.PRODUCTION, 60.0)


def test_keys_may_be_the_headings_of_the_form() -> None:
    (application,) = read_json_applications(CASES / "renaming.json")
    assert application.case.received_at == datetime(2026, 9, 15, 9, 30)
    assert [(one.utility, one.service_kind) for one in application.services] == [
        ("water", ServiceKind.RENAME),
        ("power", ServiceKind.TRANSFER),
    ]


def test_one_application_needs_no_list(tmp_path: Path) -> None:
    one = {"applicant_name": "示例公司", "services": [{"utility": "气", "service_kind": "new"}]}
    assert len(read_json_applications(written(tmp_path, one))) == 1
    assert len(read_json_applications(written(tmp_path, [one, one]))) == 2


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    content = {
        "applicant": "示例公司",
        "credit_code": "x",
        "state": "closed",
        "received_at": "昨天",
        "land_area_m2": [1],
        "services": [{"utility": "油"}, {"utility": "gas", "verdict": "commitment"}],
    }
    problems = problems_of(lambda: read_json_applications(written(tmp_path, content)))
    parts = [
        "applicant：没有这一项（是不是 applicant_name？）",
        "state：没有这一项",
        "received_at：不是时间",
        "land_area_m2：应为一个值",
        "services 第 1 项 utility：不认识“油”",
        "services 第 1 项 缺少 utility",
        "services 第 2 项 verdict：没有这一项",
        "缺少用户名称",
        "信用代码“x”",
    ]
    assert len(problems) == len(parts), problems
    for problem, part in zip(problems, parts, strict=True):
        assert part.split("（")[0] in problem


def test_key_in_two_lines_is_told_of_in_one(tmp_path: Path) -> None:
    content = {"applicant_name": "示例公司", "别的\n项": 1, "services": [{"utility": "gas"}]}
    only(problems_of(lambda: read_json_applications(written(tmp_path, content))), "别的 项")


@pytest.mark.parametrize("text", ["", "{", "[1]", '"a"', "[" * 5000])
def test_file_that_is_no_application_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of(lambda: read_json_applications(path))
    assert problem.startswith(f"{path}: ")


def test_sample_survey_sheet_has_participants_and_opinions() -> None:
    sheet = read_sheet(CASES / "survey_sheet.json")
    assert sheet.survey.surveyed_at == datetime(2026, 9, 10, 9, 0)
    assert [one.unit for one in sheet.participants] == ["gas", "water", "示例城市管理局"]
    assert [one.opinion for one in sheet.opinions] == [
        OpinionKind.AGREE,
        OpinionKind.AGREE_WITH_CONDITIONS,
    ]


def test_survey_sheet_without_time_or_people_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"place": "路口"})
    assert len(problems_of(lambda: read_sheet(path))) == 2


def test_pictures_are_read_from_beside_the_sheet(tmp_path: Path) -> None:
    (tmp_path / "现场.jpg").write_bytes(b"picture")
    people = [{"unit": "gas"}]
    photos = [{"file_name": "现场.jpg", "taken_by": "示例李工", "taken_at": "2026-09-10 09:05"}]
    content = {"surveyed_at": "2026-09-10 09:00", "participants": people, "photos": photos}
    (photo,) = read_sheet(written(tmp_path, content)).photos
    assert (photo.image, photo.media_type, photo.taken_by) == (b"picture", "image/jpeg", "示例李工")
    content["photos"] = [{"file_name": "没有.jpg"}, {"file_name": "说明.txt"}]
    path = written(tmp_path, content)
    absent, text = problems_of(lambda: read_sheet(path))
    assert "没有这个图片文件" in absent
    assert "不是图片" in text


def test_application_may_be_typed_item_by_item() -> None:
    application = read_typed(
        ["gas=新装", "电=expand"],
        ["用户名称=示例公司", "gas.小时用气量=12 m³/h", "power.power_kw=200", "抢修=是"],
    )
    gas, power = application.services
    assert application.case.emergency
    assert (gas.service_kind, gas.gas_m3_h) == (ServiceKind.NEW, 12.0)
    assert (power.service_kind, power.power_kw) == (ServiceKind.EXPAND, 200.0)


def test_what_is_typed_wrong_is_told_at_once() -> None:
    problems = problems_of(
        lambda: read_typed(["油=新装", "gas=拆"], ["用户名=示例公司", "受理时间", "gas.带宽=3"])
    )
    parts = ["油", "gas=拆", "用户名", "受理时间", "gas.带宽"]
    assert all(any(part in problem for problem in problems) for part in parts)


def test_fact_that_comes_later_needs_no_whole_application() -> None:
    facts = read_facts([], ["约定接入时间=2026-09-16 09:10"])
    assert facts.case.agreed_access_at == datetime(2026, 9, 16, 9, 10)
    assert facts.services == ()
    only(problems_of(lambda: read_facts([], ["状态=已办结"])), "状态")
