"""Reading where and when a picture was taken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.photo_file import read_photo
from tests.photos import picture

EPSG = 4546


def test_a_picture_has_its_place_in_the_county_grid_and_its_moment(tmp_path: Path) -> None:
    photo = read_photo(picture(tmp_path), EPSG, "张工")
    # the place that was checked with pyproj
    assert photo.easting_m == pytest.approx(578_457.541, abs=0.01)
    assert photo.northing_m == pytest.approx(3_658_606.957, abs=0.01)
    assert photo.taken_at == datetime(2026, 11, 24, 9, 12, 30)
    assert (photo.file_name, photo.media_type) == ("site.jpg", "image/jpeg")
    assert photo.taken_by == "张工"
    assert photo.image == (tmp_path / "site.jpg").read_bytes()


def test_a_place_south_of_the_equator_is_not_taken_for_one_north(tmp_path: Path) -> None:
    north = read_photo(picture(tmp_path), EPSG).northing_m
    south = read_photo(picture(tmp_path, "s.jpg", (-33.05, 111.84)), EPSG).northing_m
    assert north is not None
    assert south == pytest.approx(-north, abs=0.01)


def test_a_picture_without_a_place_has_none_and_is_read_all_the_same(tmp_path: Path) -> None:
    photo = read_photo(picture(tmp_path, place=None, taken=None), EPSG)
    assert (photo.easting_m, photo.northing_m, photo.taken_at) == (None, None, None)
    assert photo.image


def test_a_receiver_without_a_fix_writes_zeros_which_are_no_place(tmp_path: Path) -> None:
    photo = read_photo(picture(tmp_path, place=(0.0, 0.0)), EPSG)
    assert (photo.easting_m, photo.northing_m) == (None, None)


def test_a_picture_with_a_broken_header_is_read_without_its_place(tmp_path: Path) -> None:
    path = picture(tmp_path)
    whole = path.read_bytes()
    for cut in range(20, 200, 7):
        path.write_bytes(whole[:cut])
        photo = read_photo(path, EPSG)
        assert photo.image == whole[:cut]


def test_what_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("seen", encoding="utf-8")
    with pytest.raises(SurveyError, match="不是图片"):
        read_photo(notes, EPSG)
    with pytest.raises(SurveyError, match="无法读取"):
        read_photo(tmp_path / "gone.jpg", EPSG)
