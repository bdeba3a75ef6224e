"""Bringing a foreign layer into the county from the window by real clicks and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.app.importing import mapping
from neixiang_survey_plugin.hosts.windows.work import open_work, read_ground
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import CHINESE
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing import offering
from neixiang_survey_plugin.io.own_process import in_own_process
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui import import_map
from neixiang_survey_plugin.ui.import_form import ImportForm
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import Density
from tests.builders import road, write_county, write_layer
from tests.drawn import ON
from tests.importing.streets import ROADS, STREETS
from tests.survey.lines import new_survey
from tests.window.hand import Hand
from tests.window.test_access import controls, name_of
from tests.window.test_answers import watched
from tests.window.test_files import drop
from tests.window.test_languages import spoken
from tests.window.test_window import line

_LEFT = QtCore.Qt.MouseButton.LeftButton
STEP = (-44.0, 48.0)
SHIFTED = [
    road(f"R{n}", shapely.transform(one, lambda p: p + np.array(STEP)))
    for n, one in enumerate(STREETS)
]
GREENS = [
    {
        "green_id": f"G{n}",
        "kind_of": word,
        "wkt": shapely.box(400 + 30 * n, 0, 420 + 30 * n, 15).wkt,
    }
    for n, word in enumerate(["park", "verge", "lawn?"])
]


@pytest.fixture
def at_home(hand: Hand, tmp_path: Path) -> Hand:
    """The window on a small county of its own, with a line drawn."""
    folder = write_county(
        tmp_path / "county", roads=[road(f"R{n}", one) for n, one in enumerate(STREETS)]
    )
    (tmp_path / "own").mkdir()
    path = new_survey(tmp_path / "own")
    hand.show(open_work(read_ground(folder), path, "张工", ON))
    hand.session.put(line("w1", (0, 10), (60, 10)), what="draw")
    hand.session.select("w1")
    return hand


def form_of(hand: Hand, path: Path) -> Any:
    drop(hand, path)
    form = hand.window.forms.open
    assert isinstance(form, ImportForm), hand.said()
    hand.wait_for(form.isVisible)
    return form


def go_on(hand: Hand, form: Any) -> None:
    hand.bot.mouseClick(form.go_on, _LEFT)


def choose(box: Any, data: Any) -> None:
    """As somebody does who opens a box and takes an entry."""
    row = next(n for n in range(box.count()) if data in (box.itemData(n), box.itemText(n)))
    box.setCurrentIndex(row)
    box.activated.emit(row)


def through_to_the_check(hand: Hand, form: Any) -> None:
    while form.step != "preview":
        before = form.step
        go_on(hand, form)
        assert form.step != before, form.problem.text()
    hand.wait_for_work()


def test_areas_that_are_dropped_become_a_layer_of_the_county_and_the_survey_stands_on_it(
    at_home: Hand, tmp_path: Path
) -> None:
    hand = at_home
    form = form_of(hand, write_layer(tmp_path / "greens.gpkg", GREENS))
    assert form.source.layer.currentData() == "green_spaces"
    go_on(hand, form)
    choose(form.fields.boxes["green_kind"], "kind_of")
    go_on(hand, form)
    assert form.step == "columns"  # one word is not known
    assert "1" in form.problem.text()
    choose(form.questions.boxes[0], "留作未知")
    go_on(hand, form)
    assert form.place.choice.checkedId() == 0  # as the file says, and it lies in the county
    go_on(hand, form)
    hand.wait_for_work()
    assert form.ready
    view = hand.map.view
    go_on(hand, form)
    hand.wait_for(lambda: "green_spaces" in hand.session.county.layers)
    hand.wait_for_work()
    assert len(hand.session.county.layers["green_spaces"]) == 3
    assert any(one.layer == "green_spaces" for one in hand.window.work.ground.layers)
    assert (set(hand.session.routes), hand.session.selected) == ({"w1"}, "w1")
    assert hand.map.view.e_m == pytest.approx(view.e_m)
    assert "已收进" in hand.said()
    again = form_of(hand, tmp_path / "greens.gpkg")
    through_to_the_check(hand, again)  # what was confirmed is not asked again
    assert again.ready


def test_layer_comes_in_by_a_process_of_its_own_as_the_program_has_it(
    at_home: Hand, tmp_path: Path
) -> None:
    hand, done = at_home, list[str]()

    def apart(job: Any, progress: Any) -> Any:
        done.append(job.func.__name__)
        return in_own_process(job, progress)

    hand.shell.apart = apart
    form = form_of(hand, write_layer(tmp_path / "greens.gpkg", GREENS[:2]))
    go_on(hand, form)
    choose(form.fields.boxes["green_kind"], "kind_of")
    through_to_the_check(hand, form)
    assert form.ready
    go_on(hand, form)
    hand.wait_for(lambda: "green_spaces" in hand.session.county.layers)
    hand.wait_for_work()
    assert done == ["read_layer", "import_layer", "import_layer"]
    assert len(hand.session.county.layers["green_spaces"]) == 2


def test_layer_whose_file_lies_is_put_where_somebody_chooses_and_nowhere_before(
    at_home: Hand, tmp_path: Path
) -> None:
    hand = at_home
    folder = hand.window.work.ground.folder
    form = form_of(hand, write_layer(tmp_path / "roads.gpkg", SHIFTED))
    go_on(hand, form)
    go_on(hand, form)
    assert "文件声明的坐标系不对" in form.place.standing.text()
    assert form.place.choice.checkedId() == -1
    assert "还没有选定" in form.place.reasons.text()
    go_on(hand, form)
    assert form.step == "place"
    assert "请在左边选定" in form.problem.text()
    hand.key("Space", on=form.place.choice.button(0))
    assert "重合" in form.place.reasons.text()
    go_on(hand, form)
    hand.wait_for_work()
    assert form.ready
    assert (folder / "roads.gpkg").exists()
    assert not (folder / "imported").exists()
    go_on(hand, form)
    hand.wait_for(lambda: (folder / "imported").exists())
    hand.wait_for_work()
    there = load_county(folder).layers["roads"].geometry
    assert max(shapely.hausdorff_distance(there, ROADS)) < 0.01


def test_place_that_is_typed_counts_and_what_is_no_place_is_said(
    at_home: Hand, tmp_path: Path
) -> None:
    hand = at_home
    form = form_of(hand, write_layer(tmp_path / "roads.gpkg", SHIFTED))
    go_on(hand, form)
    go_on(hand, form)
    hand.bot.keyClicks(form.place.other, "EPSG:x")
    go_on(hand, form)
    assert "看不懂" in form.problem.text()
    form.place.other.clear()
    hand.bot.keyClicks(form.place.other, "4546")
    go_on(hand, form)
    assert form.decided.place == "EPSG:4546"
    hand.wait_for_work()
    assert form.ready


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.CHINESE, "R0 的道路等级：支路 → 快速路"),
        (Language.ENGLISH, "Road class of R0: local road → expressway"),
    ],
)
def test_what_changes_is_told_in_the_words_of_the_window(
    at_home: Hand, tmp_path: Path, language: Language, said: str
) -> None:
    hand = at_home
    hand.use(Settings(language=language))
    rows = [road(f"R{n}", one) for n, one in enumerate(STREETS)]
    rows[0] = {**rows[0], "road_class": "expressway"}
    form = form_of(hand, write_layer(tmp_path / "roads.gpkg", rows))
    through_to_the_check(hand, form)
    assert said in [form.report.item(row).text() for row in range(form.report.count())]


def test_box_of_a_column_is_whole_where_it_is_large_enough_for_a_finger(
    at_home: Hand, tmp_path: Path
) -> None:
    hand = at_home
    hand.use(Settings(density=Density.TOUCH))
    form = form_of(hand, write_layer(tmp_path / "roads.gpkg", SHIFTED))
    go_on(hand, form)
    for row, box in enumerate(form.fields.boxes.values()):
        assert form.fields.rowHeight(row) >= box.height()


def test_going_back_and_closing_leaves_the_county_as_it_was(at_home: Hand, tmp_path: Path) -> None:
    hand = at_home
    folder = hand.window.work.ground.folder
    before = sorted(str(one) for one in folder.rglob("*"))
    form = form_of(hand, write_layer(tmp_path / "roads.gpkg", SHIFTED))
    go_on(hand, form)
    hand.bot.mouseClick(form.back, _LEFT)
    assert form.step == "source"
    hand.key("Esc", on=form)
    hand.wait_for_work()
    assert sorted(str(one) for one in folder.rglob("*")) == before


def test_sample_county_takes_in_nothing(hand: Hand, tmp_path: Path) -> None:
    drop(hand, write_layer(tmp_path / "roads.gpkg", SHIFTED))
    assert hand.window.forms.open is None
    assert "示例县不收" in hand.said()


def test_file_is_chosen_by_the_command_and_its_texts_are_read_again_in_another_encoding(
    at_home: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_home
    rows = [{**one, "name": "示例路"} for one in SHIFTED]
    path = write_layer(tmp_path / "roads.shp", rows, encoding="GBK")
    monkeypatch.setattr(hand.window.files, "ask", lambda *_, **__: path)
    hand.key("Ctrl+Shift+L")
    hand.wait_for_work()
    form = hand.window.forms.open
    assert "示例路" in form.source.samples.text()
    choose(form.source.encoding, "Big5")
    hand.wait_for_work()
    assert hand.window.forms.open is not form
    assert "示例路" not in hand.window.forms.open.source.samples.text()


def test_the_form_is_english_to_the_last_word_and_every_control_is_reached_and_named(
    at_home: Hand, tmp_path: Path
) -> None:
    hand = at_home
    hand.use(Settings(language=Language.ENGLISH))
    form = form_of(hand, write_layer(tmp_path / "greens.gpkg", GREENS, crs="EPSG:3857"))
    heard: list[str] = []
    for step in ("source", "columns", "place"):
        assert form.step == step
        heard += spoken(form)
        for one in controls(form):
            by_tab = one.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus
            # of a group of choices Tab reaches one, and arrow keys the others
            assert by_tab or isinstance(one, QtWidgets.QRadioButton), (step, name_of(one))
            assert name_of(one), (step, one)
        if step == "columns":
            choose(form.fields.boxes["green_kind"], "kind_of")
            for box in list(form.questions.boxes):
                choose(box, "leave it unknown")
        if step == "place":
            heard += [form.place.standing.text(), form.place.reasons.text()]
            hand.key("Space", on=form.place.choice.button(0))
        go_on(hand, form)
    hand.wait_for_work()
    heard += spoken(form)
    assert [one for one in heard if CHINESE.search(one)] == []


def test_what_a_file_can_become_is_worked_out_once_and_beside_the_window(
    at_home: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = watched(monkeypatch, offering, "likely_layers")
    read = watched(monkeypatch, mapping, "share_read")
    form = form_of(at_home, write_layer(tmp_path / "greens.gpkg", GREENS))
    assert guessed == [False]
    assert set(read) == {False}
    read.clear()
    form.decide(form.decided)
    assert read == []


def test_map_of_a_candidate_is_painted_once(
    at_home: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_map, "_ROADS_AT_ONCE", 1)
    monkeypatch.setattr(import_map, "_EDGES_AT_ONCE", 1)
    form = form_of(at_home, write_layer(tmp_path / "greens.gpkg", GREENS))
    shown = form.place.map
    shown.grab()
    kept = shown._picture
    shown._painting.finish()
    first = shown.grab().toImage()
    assert shown.grab().toImage() == first
    assert shown._picture is kept
    monkeypatch.undo()
    shown._drawn_of = None
    shown.grab()
    shown._painting.finish()
    assert shown.grab().toImage() == first  # in parts or in one go
    quiet, accent = (at_home.window.look.colours.quiet, at_home.window.look.colours.accent)
    seen = {
        first.pixelColor(x, y).name() for x in range(first.width()) for y in range(first.height())
    }
    assert {quiet, accent} <= seen  # roads, and what would come in
    shown.show_sketch(None)
    assert shown.grab().toImage() != first
