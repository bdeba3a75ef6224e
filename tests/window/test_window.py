"""The frame around the map: panels, commands, settings, files, and what is remembered."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Mark
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.settings import Settings
from tests.drawn import route
from tests.window.hand import Hand

HERE = (581_600.0, 3_658_330.0)


def line(route_id: str, *places: tuple[float, float], **facts: Any) -> Any:
    course = ", ".join(f"{HERE[0] + e} {HERE[1] + n}" for e, n in places)
    return route(course, route_id, **facts)


def with_lines(hand: Hand) -> None:
    """A water line into the street west of here, and one that keeps clear of everything."""
    hand.session.put(
        line("w1", (0, 0), (-45, 0), case_id="C1"),
        line("g1", (0, 6), (10, 6), utility="gas", case_id="C2"),
        what="import",
    )


def test_an_empty_survey_says_what_comes_next(hand: Hand) -> None:
    window = hand.window
    for tab in (window.survey, window.conflicts, window.cases):
        window.tabs.setCurrentWidget(tab)
        panel = tab.cases if tab is window.cases else tab
        assert panel._empty.isVisibleTo(panel)
        assert len(panel._empty.accessibleName()) > 20


def test_the_status_bar_shows_place_scale_grid_and_measuring(hand: Hand) -> None:
    hand.look_at(HERE[0], HERE[1], HERE[0] + 100, HERE[1] + 60)
    hand.move(HERE[0] + 50, HERE[1] + 30)
    status = hand.window.status
    texts = [one.text() for one in status.findChildren(QtWidgets.QLabel)]
    assert any(text.startswith("X 36583") and "Y 5816" in text for text in texts)
    assert any(text.startswith("1:") for text in texts)
    assert {"EPSG:4546", "椭球面长度", "尚无修改"} <= set(texts)
    with_lines(hand)
    assert status.saved.text().startswith("已存 ")


def test_a_click_on_a_row_of_rules_zooms_to_where_its_figure_comes_from(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    before = hand.map.view.box
    rows = hand.window.survey.rules
    crossing = next(
        one
        for one in rows.values()
        if one.finding.unit == "m"
        and one.finding.reading
        and one.finding.reading.startswith("across")
    )
    hand.bot.mouseClick(crossing, QtCore.Qt.MouseButton.LeftButton)
    west, _south, east, _north = hand.map.view.box
    assert hand.map.view.box != before
    assert west < HERE[0] - 20 < east
    hand.key("Return", crossing)


def test_a_row_of_rules_under_the_pointer_is_marked_on_the_map(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    row = next(iter(hand.window.survey.rules.values()))
    row.hovered.emit(True)
    assert hand.map._overlays["marked"][0].mark is Mark.HOVER
    row.hovered.emit(False)
    assert "marked" not in hand.map._overlays


def test_every_rule_of_the_policy_has_its_row_with_its_clause(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    shown = [one for one in hand.window.survey.rules.values() if one.isVisibleTo(hand.window)]
    findings = hand.session.results["w1"].verdict.findings
    assert {one.finding.rule for one in shown} == {one.rule for one in findings}
    assert all(one.finding.clause in one._clause.text() for one in shown)


@pytest.mark.parametrize("language", Language)
def test_no_two_rules_read_alike(hand: Hand, language: Language) -> None:
    with_lines(hand)
    hand.session.select("w1")
    hand.use(Settings(language=language))
    rows = hand.window.survey.rules.values()
    names = [one._name.text() for one in rows]
    assert len(names) == len(set(names))
    said = [one.toolTip() for one in rows if one.finding is not None]
    assert len(said) == len(set(said))


def test_conflicts_are_grouped_filtered_and_zoomed_to(hand: Hand) -> None:
    with_lines(hand)
    panel = hand.window.conflicts
    hand.window.tabs.setCurrentWidget(panel)
    assert panel.rows[0].isVisible()  # made before it is seen, not while one looks
    everything = len(panel.rows)
    panel.filter.setCurrentIndex(panel.filter.findData("unknown"))
    assert len(panel.rows) < everything or panel.rows
    assert all(row.conflict.outcome.value == "unknown" for row in panel.rows)
    panel.filter.setCurrentIndex(0)
    hand.bot.mouseClick(panel.rows[0], QtCore.Qt.MouseButton.LeftButton)
    assert hand.session.selected == panel.rows[0].conflict.a
    assert "marked" in hand.map._overlays


def test_a_case_is_chosen_in_panel_and_box_and_its_lines_are_listed(hand: Hand) -> None:
    with_lines(hand)
    window = hand.window
    window.tabs.setCurrentWidget(window.cases)
    hand.click_row(window.cases.cases.list, "C1")
    assert window.case_box.case_id == "C1"
    assert window.desk.board.kit.case_id == "C1"
    hand.bot.mouseClick(window.cases.page.services["gas"], QtCore.Qt.MouseButton.LeftButton)
    assert (window.desk.now.mode, window.desk.now.utility) == (Mode.DRAW, "gas")
    assert window.tabs.currentWidget() is window.survey
    assert list(window.survey.lines.rows) == ["w1"]
    window.tabs.setCurrentWidget(window.cases)
    hand.bot.mouseClick(window.cases.page.services["water"], QtCore.Qt.MouseButton.LeftButton)
    assert hand.session.selected == "w1"


def test_a_new_case_is_registered_and_its_lines_are_judged_as_a_companys(hand: Hand) -> None:
    window = hand.window
    window.forms.new_case()
    form = window.forms.open
    form.number.setText("")
    form.save()
    assert form.isVisible()
    form.number.setText("N-7")
    form.applicant.setText("示例食品有限公司")
    form.services["telecom"].setChecked(False)
    hand.key("Return", form.applicant)
    assert not form.isVisible()
    assert window.case_box.case_id == "N-7"
    kit = window.desk.board.kit
    assert (kit.case_id, kit.applicant_kind) == ("N-7", "company")
    assert "N-7" in hand.said()
    assert "1–5" in hand.said()  # what comes next
    window.tabs.setCurrentWidget(window.cases)
    assert list(window.cases.page.services) == ["water", "power", "gas", "heat"]
    window.choose_case(None)
    line = hand.line(window.cases.cases.list, "N-7")
    assert "示例食品有限公司" in line.detail
    assert "已受理" in line.detail


def test_a_case_number_that_is_taken_is_refused(hand: Hand) -> None:
    with_lines(hand)
    hand.window.forms.new_case()
    form = hand.window.forms.open
    form.number.setText("C1")
    form.save()
    assert form.isVisible()
    assert "C1" in form.problem.text()
    form.reject()


def test_the_facts_of_a_line_are_filled_in_and_a_wrong_figure_is_named(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    hand.key("F2")
    form = hand.window.forms.open
    form.edits["diameter_mm"].setText("many")
    form.save()
    assert form.isVisible()
    assert "管径" in form.problem.text()
    form.edits["diameter_mm"].setText("110")
    form.edits["trenchless"].setText("10-20@2.5")
    form.edits["laying"].setCurrentIndex(form.edits["laying"].findData("direct"))
    hand.key("Return", form.edits["diameter_mm"])
    kept = hand.session.routes["w1"]
    assert (kept.diameter_mm, kept.laying, kept.trenchless[0].depth_m) == (110.0, "direct", 2.5)
    hand.key("Ctrl+Z")
    assert hand.session.routes["w1"].diameter_mm is None


def test_a_missing_fact_is_confirmed_in_place_and_the_line_is_judged_again(hand: Hand) -> None:
    roads = hand.session.county.layers["roads"]
    unknown = next(
        row for row in range(len(roads)) if str(roads.columns["delivered_on"][row]) == "NaT"
    )
    middle = roads.geometry[roads.feature == unknown][0].centroid
    crossing = route(f"{middle.x - 20} {middle.y - 20}, {middle.x + 20} {middle.y + 20}", "u1")
    hand.session.put(crossing, what="import")
    hand.session.select("u1")
    row = next(
        one
        for one in hand.window.survey.rules.values()
        if any(r.unknown.value == "delivered_on_missing" for r in one.finding.reasons)
    )
    button = next(b for b in row.findChildren(QtWidgets.QPushButton) if "交付" in b.text())
    hand.bot.mouseClick(button, QtCore.Qt.MouseButton.LeftButton)
    form = hand.window.forms.open
    hand.bot.keyClicks(form.value, "2001-05-01")
    hand.key("Return", form.value)
    assert "依据" in form.problem.text()
    hand.bot.keyClicks(form.evidence, "handed over, 12")
    form.who.clear()
    hand.bot.keyClicks(form.who, "Zhang")
    hand.key("Return", form.who)
    assert not form.isVisible()
    (fact,) = hand.session.store.confirmed_facts()
    hand.wait_for_work()
    assert (fact.value, fact.confirmed_by) == ("2001-05-01", "Zhang")
    assert not any(r.unknown.value == "delivered_on_missing" for r in row.finding.reasons)


def test_what_lies_under_a_click_is_said(hand: Hand) -> None:
    hand.look_at(581_540, 3_658_300, 581_660, 3_658_370)
    hand.click((581_578.0, 3_658_322.0))
    assert " · " in hand.said()
    assert "道路" in hand.said() or "用地" in hand.said() or "路面" in hand.said()


def test_every_shortcut_calls_its_command(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    with_lines(hand)
    hand.session.select("w1")
    called: list[str] = []
    monkeypatch.setattr(hand.window.actions_, "run", called.append)
    wanted = [c for c in hand.window.actions_.commands.values() if c.shortcut]
    for command in wanted:
        hand.window.actions_[command.name].setEnabled(True)
        hand.key(command.shortcut)
    assert called == [command.name for command in wanted]


def test_no_two_commands_have_the_same_shortcut(hand: Hand) -> None:
    keys = [c.shortcut for c in hand.window.actions_.commands.values() if c.shortcut]
    assert len(keys) == len(set(keys))


def test_the_finder_finds_commands_roads_and_lines(hand: Hand) -> None:
    with_lines(hand)
    hand.key("Ctrl+K")
    finder = hand.window.forms.open
    finder.entry.insert("撤销")  # QTest types ASCII only
    hand.key("Return", finder.entry)
    hand.bot.waitUntil(lambda: hand.session.routes == {})
    hand.key("Ctrl+Y")
    hand.key("Ctrl+K")
    finder = hand.window.forms.open
    hand.bot.keyClicks(finder.entry, "w1")
    hand.key("Return", finder.entry)
    hand.bot.waitUntil(lambda: hand.session.selected == "w1")
    hand.key("Ctrl+K")
    finder = hand.window.forms.open
    names = hand.session.county.layers["roads"].columns["name"]
    finder.entry.insert(next(name for name in names if name))
    hand.bot.waitUntil(finder.note.isHidden)
    before = hand.map.view
    hand.key("Down", finder.entry)
    hand.key("Up", finder.entry)
    hand.key("Return", finder.entry)
    assert hand.map.view != before


def test_settings_count_at_once_and_are_remembered(hand: Hand) -> None:
    hand.key("Ctrl+,")
    form = hand.window.forms.open
    form.edits["snap_px"].setValue(25)
    assert hand.window.desk.board.snapper.rules.tolerance_px == 25
    form.edits["show_readout"].setChecked(False)
    form.edits["who"].setText("李工")
    form.edits["who"].editingFinished.emit()
    assert hand.memory.settings == Settings(snap_px=25, show_readout=False, who="李工")
    form.accept()


def test_what_has_nothing_to_do_with_the_look_leaves_the_window_as_it_is(hand: Hand) -> None:
    before = hand.window
    hand.window.acts.toggle_snap()
    hand.window.use_settings(Settings(who="李工", snap_px=20))
    assert hand.window is before


def test_another_language_and_theme_show_the_same_survey_anew(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    session, before, size = hand.session, hand.window, hand.window.size()
    hand.key("Ctrl+,")
    box = hand.window.forms.open.edits["language"]
    hand.replaced(lambda: box.setCurrentIndex(1))
    assert hand.window is not before
    assert hand.window.session is session
    assert hand.window.windowTitle().endswith("Joint survey of service lines")
    assert hand.window.tabs.tabText(0) == "Survey"
    assert hand.window.forms.open.isVisible()
    hand.window.forms.open.accept()
    hand.replaced(lambda: hand.window.actions_.run("dark"))
    assert hand.window.look.theme is Theme.DARK
    assert hand.window.size() == size
    assert hand.memory.settings.language is Language.ENGLISH
    hand.wait_for_the_keyboard()
    hand.look_at(HERE[0] - 50, HERE[1] - 30, HERE[0] + 50, HERE[1] + 30)
    hand.draw(1, HERE, (HERE[0] + 5, HERE[1]))
    assert len(hand.session.routes) == 3


def test_layers_are_hidden_by_a_tick_and_stay_so(hand: Hand) -> None:
    tree = hand.window.layers
    item = next(one for one in tree._tops() if one.data(0, 256) == "buildings")
    item.setCheckState(0, QtCore.Qt.CheckState.Unchecked)
    assert hand.memory.hidden_layers == {"buildings"}
    hand.replaced(lambda: hand.window.actions_.run("dark"))
    assert hand.window.layers.hidden == {"buildings"}


def test_the_parts_at_the_sides_fold_away(hand: Hand) -> None:
    hand.key("F7")
    hand.key("F8")
    assert hand.window.left.isHidden()
    assert hand.window.right.isHidden()
    hand.key("F7")
    assert not hand.window.left.isHidden()


def test_the_three_steps_are_shown_gone_through_and_remembered(hand: Hand) -> None:
    hand.window.show_tour()
    tour = hand.window._tour
    for _ in range(2):
        hand.bot.mouseClick(tour._next, QtCore.Qt.MouseButton.LeftButton)
    assert tour.step == 3
    assert hand.map.rect().contains(tour.geometry())
    hand.bot.mouseClick(tour._next, QtCore.Qt.MouseButton.LeftButton)
    assert hand.memory.tour_seen


def test_the_file_is_settled_when_idle_and_when_the_window_loses_the_focus(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []
    monkeypatch.setattr(hand.session, "settle", lambda: settled.append("now"))
    with_lines(hand)
    hand.wait_for(lambda: settled == ["now"])
    hand.window._focus_changed(QtCore.Qt.ApplicationState.ApplicationInactive)
    assert settled == ["now", "now"]


def test_what_another_program_drew_is_there_when_the_window_has_the_focus_again(
    hand: Hand,
) -> None:
    with_lines(hand)
    elsewhere = open_survey(hand.session.store.path, "QGIS")
    elsewhere.edit([line("theirs", (0, 9), (10, 9), case_id="C3")], delete=["g1"])
    elsewhere.close()
    hand.window._focus_changed(QtCore.Qt.ApplicationState.ApplicationActive)
    assert set(hand.session.routes) == {"w1", "theirs"}
    assert set(hand.session.results) == {"w1", "theirs"}


def test_every_control_is_reached_by_keyboard_and_has_a_name(hand: Hand) -> None:
    with_lines(hand)
    hand.session.select("w1")
    kinds = (
        QtWidgets.QAbstractButton,
        QtWidgets.QComboBox,
        QtWidgets.QLineEdit,
        QtWidgets.QAbstractSpinBox,
        QtWidgets.QTreeWidget,
    )
    no_focus = QtCore.Qt.FocusPolicy.NoFocus
    for kind in kinds:
        for one in hand.window.findChildren(kind):
            if not one.isVisible() or one.objectName().startswith("qt_"):
                continue
            inner = isinstance(one.parent(), kinds)
            name = one.accessibleName() or getattr(one, "text", str)()
            assert inner or (one.focusPolicy() != no_focus and name), (one, one.parent())


def test_an_unforeseen_error_is_one_sentence_on_the_bar(
    hand: Hand, capsys: pytest.CaptureFixture[str]
) -> None:
    from neixiang_survey_plugin.hosts.desktop.program import _said_on_the_bar

    _said_on_the_bar(hand.shell)(ValueError, ValueError("odd"), None)
    assert "ValueError: odd" in hand.said()
    assert "ValueError: odd" in capsys.readouterr().err
