"""``case advance --sheet``: photos go on record with the place that the camera wrote."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey.reading import read_survey_records
from tests.hosts.test_cli_case import CASES, Desk, desk
from tests.photos import picture

__all__ = ["desk"]  # the fixture


def test_a_photo_has_the_cameras_place_and_moment_where_the_sheet_gives_no_others(
    desk: Desk, tmp_path: Path
) -> None:
    picture(tmp_path, "a.jpg")
    picture(tmp_path, "b.jpg", place=None, taken=None)
    named = {"file_name": "a.jpg", "easting_m": 5.0, "northing_m": 6.0, "remark": "量过"}
    photos = [{"file_name": "a.jpg"}, named, {"file_name": "b.jpg"}]
    sheet = {
        "surveyed_at": "2026-09-14 10:00",
        "participants": [{"unit": "water", "person": "王工"}],
        "photos": photos,
    }
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
    desk.does(f"new --from {CASES / 'applications.xlsx'} --at '2026-09-14 09:00'")
    desk.does(f"advance --case C04 --to surveyed --sheet {path} --at '2026-09-14 11:00'")
    camera, given, nothing = read_survey_records(desk.survey, Photo)
    assert camera.easting_m == pytest.approx(578_457.541, abs=0.01)
    assert camera.taken_at == given.taken_at == datetime(2026, 11, 24, 9, 12, 30)
    assert (given.easting_m, given.northing_m) == (5.0, 6.0)
    assert (nothing.easting_m, nothing.taken_at) == (None, None)
