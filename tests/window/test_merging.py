"""Merging survey files from the window by real clicks and keys: asked, done beside it, opened."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from neixiang_survey_plugin.app.merge_questions import BOTH, MergeQuestion, Saying
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.hosts.windows import merging
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.io.survey.connection import connect
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES, column_names
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.merge_form import MergeForm
from neixiang_survey_plugin.ui.merge_words import field_words
from tests.survey.lines import new_survey
from tests.window.hand import Hand
from tests.window.test_files import drop
from tests.window.test_window import line, with_lines

_LEFT = QtCore.Qt.MouseButton.LeftButton


def elsewhere(hand: Hand, *edits: Callable[[SurveyStore], object], name: str = "b") -> Path:
    """The survey as another laptop has it: a copy of this one, with somebody's edits."""
    path = hand.path.with_name(f"{name}.survey.gpkg")
    copy_survey(hand.path, path)
    store = open_survey(path, "李工")
    for edit in edits:
        edit(store)
    store.close()
    return path


def moved(key: str, by: float, **facts: Any) -> Callable[[SurveyStore], object]:
    """An edit that lengthens a line."""

    def edit(store: SurveyStore) -> None:
        (route,) = store.routes(route_ids=[key]).routes
        longer = line(key, (0, 0), (by, 0)).line
        store.edit([replace(route, line=longer, **facts)], what="reshape")

    return edit


def press(hand: Hand, button: Any) -> None:
    hand.wait_for(button.isVisible)
    hand.bot.mouseClick(button, _LEFT)


def chosen(hand: Hand, form: Any, answer: str) -> None:
    """Click the words of an answer."""
    (made,) = (one for one in form.choice.buttons() if one.property("answer") == answer)
    hand.bot.mouseClick(
        made, _LEFT, QtCore.Qt.KeyboardModifier.NoModifier, QtCore.QPoint(8, made.height() // 2)
    )
    assert made.isChecked()


def merge_with(hand: Hand, path: Path) -> None:
    drop(hand, path)
    press(hand, hand.window.forms.open.to_merge)
    hand.wait_for_work()


def test_a_survey_that_is_dropped_is_merged_with_the_open_one_and_shown(hand: Hand) -> None:
    with_lines(hand)
    new = line("t1", (0, 12), (10, 12), utility="telecom")
    other = elsewhere(hand, lambda store: store.edit([new], what="draw"))
    hand.session.put(line("p1", (0, 18), (10, 18), utility="power"), what="draw")
    theirs, indexed = other.read_bytes(), hand.session.search.layers.pipelines
    drop(hand, other)
    press(hand, hand.window.forms.open.to_merge)
    hand.wait_for_work()
    assert hand.window.work.path.name == "a-合并.survey.gpkg"
    assert set(hand.session.routes) == {"w1", "g1", "t1", "p1"}
    assert hand.session.search.layers.pipelines is indexed  # the county is the same
    assert "b.survey.gpkg" in hand.said()
    assert hand.memory.recent[0] == hand.window.work.path
    assert other.read_bytes() == theirs


def test_after_merging_the_place_and_the_case_are_those_of_before(hand: Hand) -> None:
    with_lines(hand)
    hand.session.step("case", lambda store: store.keep([Case(case_id="C1")], what="case"), "C1")
    other = elsewhere(hand, lambda store: store.edit([line("t1", (0, 12), (10, 12))], what="draw"))
    hand.window.choose_case("C1")
    hand.window.tabs.setCurrentIndex(2)
    hand.window.canvas.zoom_to(shapely.box(*hand.session.routes["w1"].line.bounds))
    view = hand.window.canvas.widget.view
    merge_with(hand, other)
    widget = hand.window.canvas.widget
    assert (widget.view.e_m, widget.view.n_m, widget.view.pixel_m) == pytest.approx(
        (view.e_m, view.n_m, view.pixel_m)
    )
    assert hand.window.desk.board.kit.case_id == "C1"
    assert hand.window.tabs.currentIndex() == 2
    assert hand.session.routes.keys() == {"w1", "g1", "t1"}


def test_after_merging_all_is_seen_where_no_line_lies_and_no_other_case_of_the_name_is_chosen(
    hand: Hand,
) -> None:
    with_lines(hand)
    other = elsewhere(
        hand, lambda store: store.keep([Case(case_id="C1", applicant_name="甲")], what="case")
    )
    own = Case(case_id="C1", applicant_name="乙")
    hand.session.step("case", lambda store: store.keep([own], what="case"), "C1")
    hand.window.choose_case("C1")
    e_m, n_m = line("w1", (0, 0), (1, 0)).line.coords[0]
    hand.window.canvas.zoom_to(shapely.box(e_m + 900, n_m + 900, e_m + 950, n_m + 950))
    merge_with(hand, other)
    form = hand.window.forms.open
    assert isinstance(form, MergeForm)
    chosen(hand, form, BOTH)
    press(hand, form.go_on)
    hand.wait_for_work()
    widget = hand.window.canvas.widget
    seen, whole = shapely.box(*widget.view.box), shapely.box(*widget.picture.extent)
    assert seen.contains(whole)
    names = {one: hand.window.book.applicant_of(one) for one in hand.window.book.ids()}
    now = hand.window.desk.board.kit.case_id
    assert names["C1"] == "甲"
    assert now != "C1"


def test_a_survey_that_is_dropped_is_opened_where_somebody_says_so(hand: Hand) -> None:
    other = elsewhere(hand)
    drop(hand, other)
    press(hand, hand.window.forms.open.to_open)
    hand.wait_for_work()
    assert hand.window.work.path == other


def test_the_survey_that_is_open_is_not_merged_with_itself(hand: Hand) -> None:
    drop(hand, hand.path)
    assert hand.window.forms.open is None
    assert "现在打开的" in hand.said()


def test_files_are_chosen_by_the_command_and_any_name_will_do(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    new = line("t1", (0, 12), (10, 12), utility="telecom")
    other = elsewhere(hand, lambda store: store.edit([new], what="draw"))
    plain = other.rename(other.with_name("laptop.gpkg"))
    answer = ([str(plain)], "")
    monkeypatch.setattr(QtWidgets.QFileDialog, "getOpenFileNames", lambda *_: answer)
    hand.key("Ctrl+M")
    hand.wait_for_work()
    assert "t1" in hand.session.routes
    drop(hand, plain)
    assert "laptop.gpkg" in hand.window.forms.open.findChild(QtWidgets.QLabel).text()


def test_where_both_changed_a_line_it_is_asked_row_by_row_and_the_answers_count(
    hand: Hand,
) -> None:
    with_lines(hand)
    other = elsewhere(hand, moved("w1", 30, diameter_mm=300.0), moved("g1", 20))
    hand.session.put(replace(hand.session.routes["w1"], diameter_mm=200.0), what="facts")
    hand.session.put(replace(hand.session.routes["g1"], cover_m=1.5), what="facts")
    hand.window.merging.merge([other])
    hand.wait_for_work()
    form = hand.window.forms.open
    assert isinstance(form, MergeForm)
    assert form.title.text() == "第 1 条，共 2 条 · 外线 w1"
    table = form.table
    rows = {table.verticalHeaderItem(row).text(): row for row in range(table.rowCount())}
    cells = [table.item(rows["管径 mm"], place).text() for place in (0, 1)]
    assert cells == ["200", "300"]
    assert table.horizontalHeaderItem(0).text().startswith("本勘测\n张工")
    assert "UTC" not in table.horizontalHeaderItem(0).text()
    assert table.horizontalHeaderItem(1).text().startswith("b.survey.gpkg\n李工")
    press(hand, form.go_on)
    assert "请先选定" in form.problem.text()  # nothing is chosen beforehand
    chosen(hand, form, "A")
    press(hand, form.go_on)
    assert "g1" in form.title.text()
    press(hand, form.back)
    assert form.choice.checkedButton().property("answer") == "A"
    press(hand, form.go_on)
    chosen(hand, form, "B")
    press(hand, form.go_on)
    hand.wait_for_work()
    kept = hand.session.routes
    assert (kept["w1"].diameter_mm, kept["g1"].line.length) == (200.0, pytest.approx(20.0))


def test_the_rest_is_answered_alike_where_somebody_says_so(hand: Hand) -> None:
    lines = [line(f"w{n}", (0, n), (10, n)) for n in range(4)]
    hand.session.put(*lines, what="import")
    other = elsewhere(hand, *(moved(f"w{n}", 30 + n) for n in range(4)))
    for n in range(4):
        hand.session.put(replace(hand.session.routes[f"w{n}"], cover_m=1.5), what="facts")
    hand.window.merging.merge([other])
    hand.wait_for_work()
    form = hand.window.forms.open
    chosen(hand, form, "B")
    hand.bot.mouseClick(
        form.rest, _LEFT, QtCore.Qt.KeyboardModifier.NoModifier, QtCore.QPoint(8, 8)
    )
    press(hand, form.go_on)
    hand.wait_for_work()
    lengths = [hand.session.routes[f"w{n}"].line.length for n in range(4)]
    assert lengths == pytest.approx([30, 31, 32, 33])


def test_closing_the_questions_merges_nothing(hand: Hand) -> None:
    with_lines(hand)
    other = elsewhere(hand, moved("w1", 30))
    hand.session.put(replace(hand.session.routes["w1"], cover_m=1.5), what="facts")
    hand.window.merging.merge([other])
    hand.wait_for_work()
    hand.bot.keyClick(hand.window.forms.open, QtCore.Qt.Key.Key_Escape)
    hand.wait_for_work()
    assert hand.window.work.path == hand.path
    assert sorted(one.name for one in hand.path.parent.glob("*.gpkg")) == [
        "a.survey.gpkg",
        "b.survey.gpkg",
    ]


def test_what_is_drawn_while_files_are_merged_is_merged_too(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    other = elsewhere(hand)
    real, outs = merging.merge_or_ask, []

    def joined(*given: Any) -> Any:
        outs.append(given[1])
        return real(*given)

    monkeypatch.setattr(merging, "merge_or_ask", joined)
    hand.window.merging.merge([other])
    hand.session.put(line("p1", (0, 18), (10, 18), utility="power"), what="draw")
    hand.wait_for_work()
    assert set(hand.session.routes) == {"w1", "g1", "p1"}
    assert len(outs) == 2
    assert hand.window.work.path == outs[-1]


def test_merging_that_is_cancelled_leaves_no_file(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    other = elsewhere(hand)
    real, merged = merging.open_work, threading.Event()

    def opened(*given: Any) -> Any:
        merged.set()
        hand.shell.jobs.background._progress.cancel()
        return real(*given)

    monkeypatch.setattr(merging, "open_work", opened)
    hand.window.merging.merge([other])
    hand.wait_for(merged.is_set)
    hand.shell.jobs.end()
    assert list(hand.path.parent.glob("a-*")) == []
    assert hand.window.work.path == hand.path


def test_files_that_cannot_be_merged_are_said_in_one_sentence(hand: Hand) -> None:
    with_lines(hand)
    bad = hand.path.with_name("bad.survey.gpkg")
    bad.write_bytes(b"this is no survey")
    hand.window.merging.merge([bad])
    hand.wait_for_work()
    assert "bad.survey.gpkg" in hand.said()
    assert hand.window.work.path == hand.path


def test_an_answer_means_the_same_for_every_question_it_fits() -> None:
    def said(*letters: str) -> Saying:
        return Saying(tuple((one, f"{one}.gpkg") for one in letters), (), removed=False)

    question = MergeQuestion("w1", "routes", (said("A", "C"), said("B")), same_name=False)
    assert question.answers == ("A", "B")
    assert [question.as_answer(one) for one in ("A", "B", "C", "D", BOTH)] == [
        "A",
        "B",
        "A",
        None,
        None,
    ]
    alike = replace(question, same_name=True)
    assert alike.as_answer(BOTH) == BOTH


@pytest.mark.parametrize("language", Language)
def test_every_table_and_column_that_files_may_differ_in_has_its_words(language: Language) -> None:
    texts = Texts(language)
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(new_survey(Path(folder)), "mode=ro")
        bare = {"fid", "uuid", "version", "changed_at", "changed_by", "geom"}
        for table in ("routes", *ROW_TABLES):
            assert texts(f"merge_table.{table}")
            names = set(column_names(connection, table)) - bare
            look: Any = type("Look", (), {"texts": texts})
            assert [one for one in names if field_words(one, look) == one] == []
        connection.close()
