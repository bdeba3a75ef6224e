"""Photographs are read and unpacked beside the window, and so are backgrounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.hosts.desktop import files
from neixiang_survey_plugin.hosts.windows import case_files
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui import picture_maker
from neixiang_survey_plugin.ui.case_survey import PhotoRow, Pictures
from neixiang_survey_plugin.ui.picture_maker import PictureLabel, PictureMaker
from tests.photos import picture
from tests.window.cases import choose, form
from tests.window.hand import Hand
from tests.window.test_answers import watched


def red_picture(width: int, height: int) -> bytes:
    image = QtGui.QImage(width, height, QtGui.QImage.Format.Format_RGB32)
    image.fill(QtGui.QColor("red"))
    kept = QtCore.QBuffer()
    kept.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")
    return bytes(kept.data())


def with_photos(desk: Hand, count: int) -> tuple[Photo, ...]:
    choose(desk, "C1")
    image = red_picture(80, 60)
    rows = [Photo(case_id="C1", file_name=f"{n}.png", image=image) for n in range(count)]
    desk.session.step("photo", lambda store: store.keep(rows, what="photo"), "C1")
    return desk.session.store.records(Photo)


def test_photographs_are_read_beside_the_window(
    desk: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(desk, "C1")
    read = watched(monkeypatch, case_files, "read_photo")
    monkeypatch.setattr(desk.window.casework.files, "choose", lambda _: [picture(tmp_path)])
    desk.window.actions_.run("photos")
    desk.wait_for_work()
    assert read == [False]
    assert len(desk.session.store.records(Photo)) == 1


def test_small_pictures_are_made_beside_the_window_and_once(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watched(monkeypatch, picture_maker, "small_image")
    with_photos(desk, 3)

    def shown() -> list[bool]:
        rows = desk.window.cases.page.findChildren(PhotoRow)
        labels = [one.findChildren(PictureLabel)[0] for one in rows]
        return [one.pixmap() is not None and not one.pixmap().isNull() for one in labels]

    desk.wait_for(lambda: shown() == [True] * 3)
    assert made == [False] * 3
    desk.window.cases.refresh()
    assert shown()[-3:] == [True] * 3  # those of the page before may still be there
    assert len(made) == 3


def test_a_page_reads_what_is_on_record_of_a_picture_without_the_picture(desk: Hand) -> None:
    kept = with_photos(desk, 2)
    pictures = desk.window.cases.page.pictures
    assert pictures.of("C1") == tuple(replace(one, image=None) for one in kept)
    assert pictures.image(pictures.of("C1")[1]) == kept[1].image
    desk.window.casework._photo(pictures.of("C1")[0])
    label = form(desk).findChildren(PictureLabel)[0]
    desk.wait_for(lambda: label.pixmap() is not None and not label.pixmap().isNull())
    assert (label.pixmap().width(), label.pixmap().height()) == (880, 660)
    assert (label.minimumWidth(), label.minimumHeight()) == (880, 660)


def test_a_picture_is_read_beside_the_window_and_the_form_is_there_before_it(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = watched(monkeypatch, Pictures, "image")
    choose(desk, "C1")
    tall = Photo(case_id="C1", file_name="tall.png", image=red_picture(60, 80))
    desk.session.step("photo", lambda store: store.keep([tall], what="photo"), "C1")
    pictures = desk.window.cases.page.pictures
    (kept,) = pictures.of("C1")
    assert pictures.size(kept, 880) == QtCore.QSize(880, 660)  # as most are, until one knows
    desk.wait_for(lambda: kept in pictures._small)
    desk.window.casework._photo(kept)
    label = form(desk).findChildren(PictureLabel)[0]
    assert label.minimumSize() == QtCore.QSize(660, 880)
    desk.wait_for(lambda: label.pixmap() is not None and not label.pixmap().isNull())
    assert read == [False, False]


def test_a_picture_that_cannot_be_read_leaves_its_place_empty_and_the_next_ones_come(
    qtbot: Any,
) -> None:
    def gone() -> bytes:
        raise SurveyError("closed")

    maker, got = PictureMaker(), {}
    maker.made.connect(lambda key, image: got.update({key: image.width()}))
    maker.ask("a", gone, 10)
    maker.ask("b", lambda: red_picture(40, 20), 10)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got == {"a": 0, "b": 10}
    maker.end()


def test_what_is_no_picture_leaves_its_place_empty_and_the_next_ones_come(qtbot: Any) -> None:
    maker, got = PictureMaker(), {}
    maker.made.connect(lambda key, image: got.update({key: image.width()}))
    for key, image in (("a", b"no picture"), ("b", None), ("c", red_picture(40, 20))):
        maker.ask(key, lambda image=image: image, 10)
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == {"a": 0, "b": 0, "c": 10}
    maker.ask("d", lambda: red_picture(40, 20), 10)
    maker.forget()
    maker.ask("e", lambda: red_picture(40, 20), 10)
    qtbot.waitUntil(lambda: "e" in got)
    assert "d" not in got
    maker.end()


def test_a_background_is_opened_beside_the_window(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = watched(monkeypatch, files, "open_background")
    (tmp_path / "photo.png").write_bytes(red_picture(20, 20))
    (tmp_path / "photo.pgw").write_text("100\n0\n0\n-100\n579000\n3660000\n", encoding="ascii")
    hand.window.files.take([tmp_path / "photo.png"])
    hand.wait_for_work()
    hand.shell.show_anew()
    hand.wait_for_work()
    assert opened == [False, False]
    assert hand.map.picture.content.background is not None
