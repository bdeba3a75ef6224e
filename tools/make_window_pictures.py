"""Pictures of the window: every panel and form in both languages, light and dark.

Those that are used on site are there in high contrast and for fingers, too.

``python tools/make_window_pictures.py docs/images/window``
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from window_cases import NOW, bring_on_the_way, inspection_of

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.importing.deciding import as_proposed
from neixiang_survey_plugin.app.merge_questions import Fact, MergeQuestion, Saying
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.planning.review import PlanVerdict
from neixiang_survey_plugin.hosts.desktop.importing import read_layer
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.opening import OpeningWindow
from neixiang_survey_plugin.hosts.desktop.program import new_application
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import Shown, Work, sample_work
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.merge_form import MergeForm
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import COLOURS, Density

_SIZE_PX = 1280, 800
_ON = date(2026, 11, 22)
_NOON = datetime(2026, 11, 22, 12, 3, 21)
_THEMES = (Theme.LIGHT, Theme.DARK)
_INDOORS = tuple(f"{one.value}_{theme.value}" for one in Language for theme in _THEMES)
_AT_A_DESK = (
    "opening",
    "survey_fails",
    "tour",
    "find",
    "help",
    "shortcuts",
    "merge_offer",
    "photo",
)
# Colours that mean something, however few of their pixels there are.
_MEANT = [*UTILITY_COLOURS.values(), *(c for t in _THEMES for c in asdict(COLOURS[t]).values())]
_QUESTIONS = (
    MergeQuestion(
        "MAIN-gas",
        "routes",
        (
            Saying(
                (("A", "示例.survey.gpkg"),),
                (Fact("length_m", 65.32), Fact("diameter_mm", 160.0), Fact("cover_m", None)),
                removed=False,
                who="张工",
                at="2026-11-21T02:12:40",
            ),
            Saying(
                (("B", "供水公司.survey.gpkg"),),
                (Fact("length_m", 71.8), Fact("diameter_mm", 200.0), Fact("cover_m", 1.2)),
                removed=False,
                who="李工",
                at="2026-11-21T07:40:05",
            ),
        ),
        same_name=True,
    ),
) * 3
_ALWAYS = [QtGui.QColor(one).rgb() for one in _MEANT]


def make(out: Path) -> None:
    """Write every picture into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    application = new_application()
    application.setCursorFlashTime(0)  # the same picture whenever it is taken
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder) / "window.ini")
        shell = Shell(memory, "张工")
        work = sample_work(Path(folder), "张工", _ON)
        for look, settings in _looks():
            memory.keep_settings(settings)
            pictures = chain(
                _opening(memory, work, application), _pictures(shell, work, application)
            )
            for name, picture in pictures:
                if look in _INDOORS or name not in _AT_A_DESK:
                    path = out / f"{name}_{look}.png"
                    _small(picture).save(str(path), "PNG", 0)
                    print(path)
        if shell.window is not None:
            shell.window.close()


def _looks() -> Iterator[tuple[str, Settings]]:
    """Both languages, light and dark; then what is looked at on site: in the sun, by finger."""
    for language in Language:
        for theme in _THEMES:
            yield (
                f"{language.value}_{theme.value}",
                Settings(language=language, theme=theme, who="张工"),
            )
    yield "zh_high_contrast", Settings(theme=Theme.HIGH_CONTRAST, who="张工")
    yield "zh_touch", Settings(density=Density.TOUCH, who="张工")


def _opening(memory: Memory, work: Work, application: Any) -> Iterator[tuple[str, Any]]:
    """The window while a county is read, some of its layers on the map."""
    opening = OpeningWindow("示例", memory, look_of(memory.settings), [])
    opening.resize(*_SIZE_PX)
    opening.show()
    go_on = threading.Event()
    some = tuple(one for one in work.ground.layers if one.layer in ("roads", "green_spaces"))

    def job(progress: Progress, shown: Shown) -> Work:
        shown(some)
        progress.step("read", "pipelines", 3, 9)
        go_on.wait()
        progress.step("read", "buildings", 4, 9)  # cancelled by now
        return work

    opening.start(job)
    while opening.bar.maximum() != 9:
        application.processEvents()
    yield "opening", _settled(opening, application)
    opening.background.forget()
    go_on.set()
    opening.close()


def _pictures(shell: Shell, work: Work, application: Any) -> Iterator[tuple[str, Any]]:
    """The window with each of its panels, then its forms, by name."""
    window = shell.show(work)
    window.resize(*_SIZE_PX)
    window.forms.now = lambda: NOW
    bring_on_the_way(window)
    window.choose_case("MAIN")
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    yield "survey", _settled(window, application)
    window.session.select("C19-power")
    window.acts.zoom_chosen()
    yield "survey_fails", _settled(window, application)
    window.session.select("C22-gas")
    window.acts.zoom_chosen()
    yield "survey_unknown", _settled(window, application)
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    for name in ("conflicts", "trenches", "packets"):
        window.tabs.setCurrentWidget(getattr(window, name))
        if name == "trenches":
            _propose(window.trenches, application)
        yield name, _settled(window, application)
    yield "planning", _held_against_plan(window, application)
    yield "quality", _assessed(window, application)
    yield from _cases(window, application)
    window.choose_case("MAIN")
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    window.tabs.setCurrentIndex(0)
    _draw(window, application)
    yield "drawing", _settled(window, application)
    window.desk.cancel()
    window.desk.enter(Mode.SELECT)
    window.show_tour()
    yield "tour", _settled(window, application)
    window._tour.end()
    yield from _forms(window, application)
    yield from _import(window, application)


def _assessed(window: Any, application: Any) -> Any:
    """The panel of the county's data, at the road on which most hangs."""
    panel = window.panels.quality
    window.tabs.setCurrentWidget(panel)
    while panel.quality is None:
        application.processEvents()
    panel.list.chosen.emit(panel.quality.tasks[0])
    return _settled(window, application)


def _held_against_plan(window: Any, application: Any) -> Any:
    """The panel of the plan check, with lines that depart from the plan, and two decisions."""
    panel = window.panels.planning
    panel.now = lambda: NOW
    window.choose_case(None)
    window.tabs.setCurrentWidget(panel)
    while panel.result is None:
        application.processEvents()
    panel.filter.setCurrentIndex(panel.filter.findData("remarked"))
    for route_id, verdict, remark in (
        ("C48-water", PlanVerdict.RETURNED, "请先征得变电站主管部门同意"),
        ("C16-telecom", PlanVerdict.APPROVED, ""),
    ):
        window.session.select(route_id)
        if panel.result.decided_on(route_id).review is None:
            panel.remark.setText(remark)
            panel.decide(verdict)
    window.canvas.widget.notice.hide()  # it would stand there in the next pictures too
    window.acts.zoom_chosen()
    return _settled(window, application)


def _cases(window: Any, application: Any) -> Iterator[tuple[str, Any]]:
    """What the window shows of a case's life: today, a page and its end, every form."""
    work = window.casework
    window.choose_case(None)
    window.tabs.setCurrentWidget(window.cases)
    yield "case_list", _settled(window, application)
    window.tabs.setCurrentWidget(work.today)
    work.ask()
    while not work.today.rows():
        application.processEvents()
    yield "today", _settled(window, application)
    window.tabs.setCurrentWidget(window.cases)
    for case_id, name, at in (
        ("C03", "case", 0.0),
        ("C03", "case_survey", 0.45),
        ("C02", "case_decisions", 0.3),
        ("C01", "case_inspection", 0.5),
        ("C03", "case_course", 1.0),
    ):
        window.choose_case(case_id)
        window.zoom(window.book.case(case_id).routes[0].line)
        _settled(window, application)  # the page has its height
        bar = window.cases.scrolled.verticalScrollBar()
        bar.setValue(round(bar.maximum() * at))
        yield name, _settled(window, application)
    dossier = window.book.case("C03").dossier
    inspection = inspection_of(window, "C01")
    photo = window.cases.page.pictures.of("C03")[0]
    for name, show in (
        ("joint_survey", work.survey),
        ("opinion", lambda: work._opinion("water")),
        ("decision", lambda: work._decision(None)),
        ("step", lambda: work._step(State.SURVEYED)),
        ("case_back", work._acts().back),
        ("inspect", work.inspect),
        ("inspection", lambda: work._show_inspection(inspection)),
        ("photo", lambda: work._photo(photo)),
        ("case_edit", lambda: window.forms.edit_case(dossier)),
    ):
        show()
        yield name, _settled(window.forms.open, application)
        window.forms.open.close()


def _forms(window: Any, application: Any) -> Iterator[tuple[str, Any]]:
    forms = window.forms
    unknown = window.session.results["C22-gas"].verdict.findings
    reason = next(one.reasons[0] for one in unknown if one.reasons)
    window.session.select("MAIN-gas")
    for name, show in (
        ("settings", forms.show_settings),
        ("facts", forms.show_facts),
        ("fact", lambda: forms.fill_in("C22-gas", reason)),
        ("new_case", forms.new_case),
        ("new_case_services", lambda: _page(forms, 1)),
        ("new_case_received", lambda: _page(forms, 2)),
        ("new_case_land", lambda: _page(forms, 3)),
        ("merge", lambda: forms.show(MergeForm(_QUESTIONS, window.look, len, window))),
        ("merge_offer", lambda: window.merging.offer([Path("供水公司.survey.gpkg")])),
        ("find", forms.find),
        ("help", forms.show_guide),
        ("shortcuts", forms.show_shortcuts),
    ):
        show()
        yield name, _settled(forms.open, application)
        forms.open.close()


def _import(window: Any, application: Any) -> Iterator[tuple[str, Any]]:
    """The four steps of a layer that comes in: some roads 50 m off, under foreign names."""
    roads = window.session.county.layers["roads"]
    count = 60
    shapes = shapely.transform(
        roads.geometry[:count], lambda points: points + np.array([-44.6, 48.8])
    )
    words = ["主干路", "次干路", "支路", "巷道（旧）"]
    columns = {
        "道路编号": [str(one) for one in roads.ids[:count]],
        "路名": [str(one) for one in roads.columns["name"][:count]],
        "DLDJ": [words[n % len(words)] for n in range(count)],
        "红线宽度": [20.0 + n % 3 * 4 for n in range(count)],
        "竣工日期": ["2019年12月"] * count,
    }
    with _folder_of_one_name() as folder:
        path = folder / "城区道路.shp"
        geopandas.GeoDataFrame(columns, geometry=shapes, crs=4546).to_file(path, encoding="GBK")
        path.with_suffix(".cpg").unlink()
        importing = window.importing
        ground = window.work.ground
        importing.show(read_layer(path, Choice(), ground.folder, ground.county, Progress()))
        form = window.forms.open
        yield "import_source", _settled(form, application)
        form.go_on.click()
        yield "import_columns", _settled(form, application)
        form.decide(as_proposed(form.brought, form.decided))
        while form.questions.boxes:
            box = form.questions.boxes[0]
            box.setCurrentIndex(box.count() - 1)
            box.activated.emit(box.count() - 1)
        form.go_on.click()
        yield "import_place", _settled(form, application)
        form.place.choice.button(0).click()
        form.go_on.click()
        while window.shell.jobs.busy:
            application.processEvents()
        kept = form.left.boxes[0]  # the layer has more roads than the file: they stay
        kept.setCurrentIndex(1)
        kept.activated.emit(1)
        while window.shell.jobs.busy:
            application.processEvents()
        yield "import_preview", _settled(form, application)
        form.close()


@contextmanager
def _folder_of_one_name() -> Iterator[Path]:
    """A folder for the time being that is called the same in every run: its name is seen."""
    folder = Path(tempfile.gettempdir()) / "示例县资料"
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _page(forms: Any, number: int) -> None:
    """The form of a new case, one of its pages."""
    forms.new_case()
    forms.open.tabs.setCurrentIndex(number)


def _propose(panel: Any, application: Any) -> None:
    """Wait for the proposals."""
    panel.propose()
    while not panel.cards:
        application.processEvents()
    panel.cards[0].findChild(QtWidgets.QPushButton).click()


def _draw(window: Any, application: Any) -> None:
    """Begin a heat line across the street, the pointer behind it."""
    window.desk.enter(Mode.DRAW, "heat")
    widget, view = window.canvas.widget, window.canvas.widget.view
    for place in ((581_640.0, 3_658_352.0), (581_640.0, 3_658_330.0)):
        _mouse(widget, view.to_pixel(*place), press=True)
    _mouse(widget, view.to_pixel(581_572.0, 3_658_329.0), press=False)
    application.processEvents()


def _mouse(widget: Any, place: tuple[float, float], press: bool) -> None:
    kinds = QtCore.QEvent.Type
    left, none = QtCore.Qt.MouseButton.LeftButton, QtCore.Qt.MouseButton.NoButton
    held = QtCore.Qt.KeyboardModifier.NoModifier
    at = QtCore.QPointF(*place)
    for kind in (kinds.MouseMove, *((kinds.MouseButtonPress, kinds.MouseButtonRelease) * press)):
        button = none if kind == kinds.MouseMove else left
        event = QtGui.QMouseEvent(kind, at, QtCore.QPointF(), button, button, held)
        QtCore.QCoreApplication.sendEvent(widget, event)


def _settled(widget: Any, application: Any) -> Any:
    """A widget as it looks at noon, once every tile of its map is painted."""
    window = widget.window()
    canvas = getattr(window, "canvas", None)
    for _ in range(500):
        application.processEvents()
        if hasattr(window, "status"):
            window.status.show_saved(_NOON)
        image = widget.grab().toImage()
        if canvas is None or canvas.widget.picture.is_whole(canvas.widget.view):
            return image
        QtCore.QThread.msleep(20)
    return image


def _small(image: Any) -> Any:
    """The 256 most frequent colours, and for every other the nearest of them: a third the bytes."""
    plain = image.convertToFormat(QtGui.QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits().asstring(plain.sizeInBytes()), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    frequent = [int(one) for one in colours[np.argsort(-counts)]]
    table = list(dict.fromkeys([*_ALWAYS, *frequent]))[:256]
    no_dither = QtCore.Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QtGui.QImage.Format.Format_Indexed8, table, no_dither)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
