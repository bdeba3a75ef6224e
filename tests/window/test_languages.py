"""The English window says nothing in Chinese but names, and the Chinese one nothing in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import i18n
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import CHINESE, in_language
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.settings import Settings
from tests.window.hand import Hand
from tests.window.test_window import HERE, with_lines

PACKAGE = Path(i18n.__file__).parents[1]
# The modules whose sentences reach the window's bar, its card and its forms.
SPEAKING = """
app/drawing/typed.py app/session/session.py app/session/coming_in.py app/confirming.py
app/trenching/reviewing.py
app/casework/opening.py app/casework/deciding.py app/casework/recording.py
app/casework/units.py app/inspecting.py app/supervising.py io/photo_file.py
app/case_book.py core/trenchless.py core/taped.py
io/dropped_lines.py io/foreign.py io/orthophoto.py io/mbtiles.py io/vector_file.py
io/drawn_points.py io/survey/opening.py io/survey/connection.py io/survey/meta.py
io/survey/failures.py io/survey/creating.py io/survey/store.py io/survey/copying.py
io/packet/folder.py io/packet/template.py io/crs.py app/wording/where.py io/gpkg.py
io/gpkg_connection.py io/raw_layer.py hosts/windows/work.py hosts/windows/packets.py
hosts/desktop/plan.py app/wording/changes.py app/wording/repairs.py app/wording/importing.py
app/importing/survey_tables.py app/importing/where_reading.py io/importing/dxf.py
io/importing/kinds.py io/importing/shapefile.py io/importing/source.py io/importing/standing.py
io/importing/vector.py io/importing/osm.py io/importing/tables.py io/importing/found.py
""".split()


def texts_of(tree: ast.Module) -> Iterator[str]:
    """The texts of a module with x where a value stands, without those of its docstrings."""
    with_docs = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        ast.get_docstring(one, clean=False) for one in ast.walk(tree) if isinstance(one, with_docs)
    }
    inside = {
        id(part)
        for one in ast.walk(tree)
        if isinstance(one, ast.JoinedStr)
        for part in ast.walk(one)
        if part is not one
    }
    for one in ast.walk(tree):
        if id(one) in inside:
            continue
        if isinstance(one, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "x" for part in one.values
            )
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value not in docs:
            yield one.value


def is_sentence(text: str) -> bool:
    """A sentence or a piece of one; not a name such as 专业, nor a pattern of a route's bores."""
    return bool(CHINESE.search(text)) and len(text) > 4 and "(?:" not in text


@pytest.mark.parametrize("module", SPEAKING)
def test_every_sentence_that_reaches_the_window_has_its_english(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    said = [one.lstrip("，；") for one in texts_of(tree) if is_sentence(one)]
    names = ("示例x", "工程量.xlsx")  # of files
    left = [one for one in said if CHINESE.search(in_language(one, Language.ENGLISH))]
    assert [one for one in left if one not in names] == []


# Said by the command line alone.
SAID_ELSEWHERE = ("io/applications/", "io/screening/", "io/parquet.py")
ROOMS = ("app", "core", "io", "hosts/windows", "hosts/desktop")


def raised(tree: ast.Module) -> Iterator[str]:
    """The texts of every SurveyError of a module, and of every problem that it gathers."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Call):
            name = getattr(one.func, "attr", getattr(one.func, "id", ""))
            if name == "SurveyError" or (name == "add" and isinstance(one.func, ast.Attribute)):
                for given in one.args:
                    yield from texts_of(ast.Module([ast.Expr(given)], []))


def test_whatever_stands_in_the_way_is_said_in_english_too() -> None:
    left = []
    for path in (one for room in ROOMS for one in sorted((PACKAGE / room).rglob("*.py"))):
        module = path.relative_to(PACKAGE).as_posix()
        if module.startswith(SAID_ELSEWHERE):
            continue
        said = [one.lstrip("，；") for one in raised(ast.parse(path.read_text("utf-8")))]
        left += [
            f"{module}: {one}"
            for one in said
            if is_sentence(one) and CHINESE.search(in_language(one, Language.ENGLISH))
        ]
    assert left == []


def test_values_in_a_sentence_stay_what_they_are() -> None:
    said = "/资料/甲.csv: 里面没有线；请检查是否导出了线图层，表格是否有坐标"
    assert in_language(said, Language.ENGLISH) == (
        "/资料/甲.csv: there are no lines in it; "
        "check that a layer of lines was exported, or that the table has coordinates"
    )
    assert in_language(said, Language.CHINESE) == said
    assert in_language("未曾见过的话", Language.ENGLISH) == "未曾见过的话"


def spoken(top: Any) -> Iterator[str]:
    """Every word of a window and what is in it, seen or heard."""
    for one in (top, *top.findChildren(QtWidgets.QWidget)):
        yield one.toolTip()
        yield one.accessibleName()
        for name in ("text", "title", "windowTitle", "placeholderText"):
            word = getattr(one, name, None)
            if callable(word):
                yield str(word())
        if isinstance(one, QtWidgets.QComboBox):
            yield from (one.itemText(row) for row in range(one.count()))
        if isinstance(one, QtWidgets.QTabWidget):
            yield from (one.tabText(row) + one.tabToolTip(row) for row in range(one.count()))
        if isinstance(one, QtWidgets.QListWidget):
            yield from (one.item(row).text() for row in range(one.count()))
    for action in top.actions():
        yield action.text()
        yield action.toolTip()
    for tree in top.findChildren(QtWidgets.QTreeWidget):
        yield from words_of_items(
            [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
        )


def words_of_items(items: list[Any]) -> Iterator[str]:
    for item in items:
        yield item.text(0)
        yield from words_of_items([item.child(row) for row in range(item.childCount())])


def test_what_a_main_is_stands_on_the_english_map_in_english(hand: Hand) -> None:
    told = {
        named.say(int(row))
        for named in hand.window.work.ground.named
        if not named.is_name
        for row in named.rows
    }
    assert "电力 10 kV" in told
    assert [one for one in told if CHINESE.search(in_language(one, Language.ENGLISH))] == []


def test_a_notice_is_read_out_in_the_language_in_which_it_stands_there(hand: Hand) -> None:
    hand.use(Settings(language=Language.ENGLISH))
    with_lines(hand)
    hand.window.say("外线 w1 没有长度；请至少点两个不同的位置", Level.ERROR)
    notice = hand.map.notice
    assert not CHINESE.search(notice.sentence)
    assert notice.accessibleName() == notice.sentence


def driven(hand: Hand) -> Iterator[str]:
    """What is said while somebody goes through the window: every panel, form, tool and mistake."""
    with_lines(hand)
    hand.session.select("w1")
    window = hand.window
    hand.look_at(HERE[0] - 60, HERE[1] - 40, HERE[0] + 60, HERE[1] + 40)
    yield from spoken(window)
    for name in ("reshape", "split", "trenchless", "parallel", "select", "draw_gas"):
        window.actions_.run(name)
        yield from spoken(window)
    hand.click((HERE[0], HERE[1] + 3))
    hand.move(HERE[0] - 30, HERE[1] + 3)
    yield from spoken(window)
    hand.key("Esc")
    hand.key("Esc")
    for row in range(window.tabs.count()):
        window.tabs.setCurrentIndex(row)
        yield from spoken(window)
    for show in (
        window.forms.show_settings,
        window.forms.show_facts,
        window.forms.new_case,
        window.forms.find,
        window.forms.show_guide,
        window.forms.show_shortcuts,
    ):
        show()
        form = window.forms.open
        pages = getattr(form, "pages", None)
        for row in range(1 if pages is None else pages.count()):
            if pages is not None:
                pages.setCurrentRow(row)
            yield from spoken(form)
        form.close()
    window.show_tour()
    for _ in range(3):
        yield from spoken(window._tour)
        window._tour.go_on()
    hand.click((HERE[0] + 40, HERE[1] + 30))  # says what is there
    yield hand.said()
    for wrong in (
        lambda: window.desk.type_in("abc"),
        lambda: hand.session.put(window.session.routes["w1"], what="draw", finishes="none"),
    ):
        window.attempt(wrong)
        yield hand.said()


def names_in_data(hand: Hand) -> set[str]:
    """Whatever the county, the survey and the policy call things: the same in every language."""
    county, names = hand.session.county, {hand.session.county.name, "中文", "English"}
    for table in county.layers.values():
        for column in table.columns.values():
            names |= {one for one in column.tolist() if isinstance(one, str)}
    names |= {one.name for one in county.units} | {one.name for one in county.departments.values()}
    policy = county.policy
    names |= {f.clause for one in hand.session.results.values() for f in one.verdict.findings}
    names |= {one.clause for one in policy.rules} | {one.text for one in policy.rules}
    names |= {str(getattr(policy, field, "")) for field in ("title", "name", "source", "document")}
    return {one for one in names if one}


def test_the_english_window_says_nothing_in_chinese_but_what_the_data_is_called(hand: Hand) -> None:
    hand.use(Settings(language=Language.ENGLISH))
    hand.wait_for_the_keyboard()
    every = set(driven(hand))
    names = sorted(names_in_data(hand), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    left = {pattern.sub("", said) for said in every}
    clauses = re.compile(
        r"[一二三四五六七八九十]\([一二三四五六七八九十]\)|第[一二三四五六七八九十]+条"
    )
    left = {clauses.sub("", said) for said in left}
    assert sorted(one for one in left if CHINESE.search(one)) == []


def test_the_chinese_window_says_nothing_in_english_but_names_and_units(hand: Hand) -> None:
    every = set(driven(hand))
    names = sorted(names_in_data(hand), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    known = re.compile(
        r"https?\S+|/\S+|\b(?:Ctrl|Shift|Esc|Home|Enter|Del|Space|EPSG|CJJ|CSV|GPX|DXF|KML|DWG|GB|CAD"
        r"|GeoJSON|Shapefile|MBTiles|QGIS|English|GNSS|NMEA|survey|gpkg|Backspace|toml|PNG|JPG|TIFF|float)\b"
        r"|[a-z]+\.[a-z.]+|[a-z]+_[a-z_]+",
        re.IGNORECASE,
    )
    said = {known.sub("", pattern.sub("", one)) for one in every}
    left = sorted(one for one in said if re.search(r"[A-Za-z]{4,}", one))
    assert left == [], "\n".join(left)


def test_an_error_of_a_file_is_said_in_the_language_of_the_window(
    hand: Hand, tmp_path: Path
) -> None:
    hand.use(Settings(language=Language.ENGLISH))
    empty = tmp_path / "words.csv"
    empty.write_text("no,places\n1,2\n")
    hand.window.files.take([empty])
    hand.wait_for_work()
    assert "no lines in it" in hand.said()
    hand.window.forms.new_case()
    form = hand.window.forms.open
    said = form._look.said(SurveyError("案件 C1 已经有了；请换一个编号。"))
    assert said == "Case C1 is there already; take another number."
    form.close()
