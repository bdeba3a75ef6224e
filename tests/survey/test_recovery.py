"""Of a damaged file every readable row is saved, and what was lost is said."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import Recovery, recover_survey
from tests.survey.lines import EPSG, new_survey, route

LINES = 120
PHOTOS = 40
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey of many lines, some of them edited, with a fact and a draft."""
    path = new_survey(tmp_path_factory.mktemp("whole"))
    store = open_survey(path, "甲")
    store.edit([route(f"r{n}", 5.0 + n, contractor="示" * 80) for n in range(LINES)])
    store.edit([route(f"r{n}", 6.0 + n, contractor="例" * 80) for n in range(0, LINES, 4)])
    store.confirm(
        ConfirmedFact("roads", "R1", "delivered_on", "2020-01-01", "示例", "甲", date(2026, 1, 1))
    )
    store.keep(
        [
            Photo(f"p{n}", file_name=f"{n}.jpg", image=bytes([n]) * 2000, remark="图" * 60)
            for n in range(PHOTOS)
        ],
        what="photo",
    )
    store.close()
    return path


def damaged_copy(whole: Path, folder: Path, pages: dict[int, bytes]) -> Path:
    """The survey with other bytes at the beginning of some pages, counted from 0."""
    content = bytearray(whole.read_bytes())
    for page, junk in pages.items():
        content[page * PAGE : page * PAGE + len(junk)] = junk
    path = folder / "damaged.survey.gpkg"
    path.write_bytes(content)
    return path


def pages_of_lines(path: Path) -> list[int]:
    """The leaf pages (type byte 13) of the table routes; only its history says "update"."""
    content = path.read_bytes()
    pages = {n: content[n * PAGE : (n + 1) * PAGE] for n in range(1, len(content) // PAGE)}
    return [
        number
        for number, page in pages.items()
        if page[0] == 13 and ("示" * 80).encode() in page and b"update" not in page
    ]


def kept(out: Path) -> list[str]:
    store = open_survey(out, "乙")
    found = store.routes()
    store.close()
    assert found.unreadable == ()
    return [one.route_id for one in found.routes]


def check_sound(out: Path, recovery: Recovery) -> None:
    info = survey_info(out)
    assert info.damage == ()
    assert info.rows["routes"] == recovery.saved["routes"]


def test_of_a_whole_file_nothing_is_lost(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(whole, out)
    assert recovery.complete
    check_sound(out, recovery)
    assert survey_info(out).fingerprint == survey_info(whole).fingerprint
    store = open_survey(out, "乙")
    assert len(store.confirmed_facts()) == 1
    assert len(store.records(Photo)) == PHOTOS
    assert store.undo() is not None
    assert store.routes().routes[0] == route("r0", 5.0, contractor="示" * 80)
    store.close()


def test_a_damaged_page_costs_its_own_lines_and_names_them(whole: Path, tmp_path: Path) -> None:
    page = pages_of_lines(whole)[3]
    path = damaged_copy(whole, tmp_path, {page: b"\xff" * PAGE})
    store = open_survey(path, "甲")
    with pytest.raises(SurveyError, match="survey recover"):
        store.routes()
    store.close()
    before = path.read_bytes()
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out)
    assert path.read_bytes() == before
    assert not recovery.complete
    assert 0 < len(recovery.lost_routes) < 20
    assert sorted([*kept(out), *recovery.lost_routes]) == sorted(f"r{n}" for n in range(LINES))
    check_sound(out, recovery)


def test_the_lines_between_two_damaged_pages_are_saved(whole: Path, tmp_path: Path) -> None:
    pages = sorted(pages_of_lines(whole))
    assert len(pages) > 8
    junk = {pages[1]: b"\xff" * PAGE, pages[-2]: b"\xff" * PAGE}
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(damaged_copy(whole, tmp_path, junk), out)
    assert 0 < len(recovery.lost_routes) <= 2 * 10  # ten lines a page
    assert sorted([*kept(out), *recovery.lost_routes]) == sorted(f"r{n}" for n in range(LINES))


def test_of_damaged_records_the_readable_ones_are_saved_whole(whole: Path, tmp_path: Path) -> None:
    content = whole.read_bytes()
    pages = [
        page
        for page in range(1, len(content) // PAGE)
        if content[page * PAGE] == 13 and "图".encode() * 60 in content[page * PAGE :][:PAGE]
    ]
    assert len(pages) > 8
    path = damaged_copy(whole, tmp_path, dict.fromkeys(pages[2:5], b"\xff" * PAGE))
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out)
    assert recovery.lost["photos"] > 0
    store = open_survey(out, "乙")
    photos = store.records(Photo)
    store.close()
    assert PHOTOS / 2 < len(photos) == recovery.saved["photos"] < PHOTOS
    for photo in photos:
        number = int(str(photo.uuid)[1:])
        assert photo.image == bytes([number]) * 2000
    check_sound(out, recovery)


def root_page(path: Path, table: str) -> int:
    """The page from which all rows of a table are reached, counted from 0."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    return int(root) - 1


def test_without_the_page_that_leads_to_them_all_lines_are_found_by_looking_at_every_page(
    whole: Path, tmp_path: Path
) -> None:
    page = root_page(whole, "routes")
    path = damaged_copy(whole, tmp_path, {page: b"\xff" * PAGE})
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out)
    assert recovery.lost_routes == ()
    assert kept(out) == [f"r{n}" for n in range(LINES)]
    assert survey_info(out).fingerprint == survey_info(whole).fingerprint
    check_sound(out, recovery)


def test_records_and_the_log_are_found_that_way_too(whole: Path, tmp_path: Path) -> None:
    roots = [root_page(whole, table) for table in ("photos", "log", "route_history")]
    path = damaged_copy(whole, tmp_path, dict.fromkeys(roots, b"\xff" * PAGE))
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out)
    assert recovery.saved["photos"] == PHOTOS
    assert survey_info(out).fingerprint == survey_info(whole).fingerprint
    assert recovery.saved["log"] == survey_info(whole).rows["log"]
    check_sound(out, recovery)


def test_what_was_deleted_is_not_found_again(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "whole.survey.gpkg"
    path.write_bytes(whole.read_bytes())
    store = open_survey(path, "甲")
    store.edit(delete=[f"r{n}" for n in range(20, LINES)])
    store.close()
    damaged = damaged_copy(path, tmp_path, {root_page(path, "routes"): b"\xff" * PAGE})
    out = tmp_path / "out.survey.gpkg"
    recover_survey(damaged, out)
    assert kept(out) == [f"r{n}" for n in range(20)]


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_of_a_half_copied_file_the_half_is_saved(whole: Path, tmp_path: Path, share: float) -> None:
    content = whole.read_bytes()
    path = tmp_path / "half.survey.gpkg"
    path.write_bytes(content[: int(len(content) * share) // PAGE * PAGE])
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out)
    assert recovery.lost
    check_sound(out, recovery)
    assert set(kept(out)) <= {f"r{n}" for n in range(LINES)}


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bytes_never_stop_the_recovery_of_the_rest(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    pages = whole.stat().st_size // PAGE
    junk = {rng.randrange(12, pages): rng.randbytes(200) for _ in range(3)}
    path = damaged_copy(whole, tmp_path, junk)
    out = tmp_path / "out.survey.gpkg"
    recovery = recover_survey(path, out, EPSG)
    assert recovery.saved["routes"] > LINES / 2
    check_sound(out, recovery)


def test_a_lost_page_of_the_meta_table_asks_for_the_grid(whole: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(whole)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'survey_meta'"
        ).fetchone()
    path = damaged_copy(whole, tmp_path, {root - 1: b"\xff" * PAGE})
    out = tmp_path / "out.survey.gpkg"
    with pytest.raises(SurveyError, match="--epsg"):
        recover_survey(path, out)
    recovery = recover_survey(path, out, EPSG)
    assert recovery.saved["routes"] == LINES
    check_sound(out, recovery)


def test_a_file_of_which_no_row_can_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "out.survey.gpkg"
    for number, junk in enumerate((b"\0" * 9 * PAGE, "不是数据库".encode() * 2000, b"\x0d" * 99)):
        path = tmp_path / f"junk{number}.survey.gpkg"
        path.write_bytes(junk)
        with pytest.raises(SurveyError, match="一行也读不出来") as caught:
            recover_survey(path, out)
        assert len(caught.value.problems) == 1
        assert not out.exists()


def test_recovering_never_overwrites(whole: Path) -> None:
    with pytest.raises(SurveyError, match="不会覆盖"):
        recover_survey(whole, whole)
