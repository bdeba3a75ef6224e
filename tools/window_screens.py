"""Everything that the window shows, one screen after another: for its pictures and for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.importing.deciding import as_proposed, proposal_of
from neixiang_survey_plugin.app.merge_questions import Fact, MergeQuestion, Saying
from neixiang_survey_plugin.app.packet_fields import Holder, MissingField
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.planning.review import PlanVerdict
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.offering import read_layer
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.merge_form import MergeForm
from neixiang_survey_plugin.ui.pages_form import PagesForm, Paper
from tools.window_cases import NOW, bring_on_the_way, inspection_of

SIZE_PX = 1280, 800
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
_DRAWINGS = {"plan": "平面图.pdf", "profile": "纵断面图.pdf", "traffic": "交通组织图.pdf"}


def screens(shell: Shell, work: Work, application: Any, folder: Path) -> Iterator[tuple[str, Any]]:
    """The window with each of its panels, then its forms, by name; the folder is for a layer."""
    window = shell.show(work)
    window.resize(*SIZE_PX)
    window.forms.now = lambda: NOW
    bring_on_the_way(window)
    window.session.select(None)
    window.choose_case(None)
    window.canvas.zoom_to_extent()
    window.show_tour()
    yield "start", window
    window._tour.end()
    window.choose_case("MAIN")
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    yield "survey", window
    window.session.select("C19-power")
    window.acts.zoom_chosen()
    yield "survey_fails", window
    window.session.select("C22-gas")
    window.acts.zoom_chosen()
    yield "survey_unknown", window
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    for name in ("conflicts", "trenches", "packets"):
        window.tabs.setCurrentWidget(getattr(window, name))
        if name == "trenches":
            _propose(window.trenches, application)
        while name != "trenches" and getattr(window, name).busy:
            application.processEvents()
        yield name, window
        if name == "trenches":
            window.trenches.cards[0].section.activated.emit()
            yield "section", window.forms.open
            window.forms.open.close()
    yield "planning", _held_against_plan(window, application)
    yield "quality", _assessed(window, application)
    yield from _cases(window, application)
    window.choose_case("MAIN")
    window.session.select("MAIN-gas")
    window.acts.zoom_chosen()
    window.tabs.setCurrentIndex(0)
    _draw(window, application)
    yield "drawing", window
    window.desk.cancel()
    window.desk.enter(Mode.SELECT)
    window.show_tour()
    window._tour.go_on()
    yield "tour", window
    window._tour.end()
    yield from _forms(window, application)
    yield from _import(window, application, folder)


def _until(application: Any, true: Callable[[], object]) -> None:
    """Wait for something without keeping a processor from the work that is waited for."""
    while not true():
        application.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _assessed(window: Any, application: Any) -> Any:
    """The panel of the county's data, at the road on which most hangs."""
    panel = window.panels.quality
    layers = window.session.county.layers
    panel._file_days = lambda: dict.fromkeys(layers, NOW.date())  # not the day of this copy
    window.tabs.setCurrentWidget(panel)
    _until(application, lambda: panel.quality is not None)
    panel.list.chosen.emit(panel.quality.tasks[0])
    return window


def _held_against_plan(window: Any, application: Any) -> Any:
    """The panel of the plan check, with lines that depart from the plan, and two decisions."""
    panel = window.panels.planning
    panel.now = lambda: NOW
    window.choose_case(None)
    window.tabs.setCurrentWidget(panel)
    _until(application, lambda: panel.result is not None)
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
    return window


def _cases(window: Any, application: Any) -> Iterator[tuple[str, Any]]:
    """What the window shows of a case's life: today, a page and its end, every form."""
    work = window.casework
    window.choose_case(None)
    window.canvas.zoom_to_extent()
    window.tabs.setCurrentWidget(window.cases)
    yield "case_list", window
    window.tabs.setCurrentWidget(work.today)
    work.ask()
    _until(application, lambda: work.today.rows())
    yield "today", window
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
        for _ in range(20):
            application.processEvents()  # until the page has its height
        bar = window.cases.scrolled.verticalScrollBar()
        bar.setValue(round(bar.maximum() * at))
        yield name, window
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
        ("case_way", lambda: work._way("gas")),
        ("case_edit", lambda: window.forms.edit_case(dossier)),
    ):
        show()
        yield name, window.forms.open
        window.forms.open.close()


def _forms(window: Any, application: Any) -> Iterator[tuple[str, Any]]:
    forms = window.forms
    unknown = window.session.results["C22-gas"].verdict.findings
    reason = next(one.reasons[0] for one in unknown if one.reasons)
    window.session.select("MAIN-gas")
    for name, show in (
        ("settings", forms.show_settings),
        ("facts", forms.show_facts),
        ("fact", lambda: _confirm(forms, reason)),
        ("settle", lambda: window.conflicts.rows[0].settle.click()),
        ("packet_unit", lambda: _fill_in(window, Holder.UNIT, "gas", "credit_code")),
        ("packet_case", lambda: _fill_in(window, Holder.CASE, "MAIN", "project_name")),
        ("packet_day", lambda: _ask_for_day(window)),
        ("packet_pages", lambda: forms.show(_pages(window))),
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
        yield name, forms.open
        forms.open.close()


def _import(window: Any, application: Any, folder: Path) -> Iterator[tuple[str, Any]]:
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
    path = folder / "城区道路.shp"
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=4546).to_file(path, encoding="GBK")
    path.with_suffix(".cpg").unlink()
    importing = window.importing
    importing.show(read_layer(path, Choice(), window.work.ground.folder, Progress()))
    form = window.forms.open
    yield "import_source", form
    form.go_on.click()
    yield "import_columns", form
    proposal = proposal_of(form.brought, form.decided)
    form.decide(as_proposed(form.brought, form.decided, proposal))
    while form.questions.boxes:
        box = form.questions.boxes[0]
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.count() - 1)
    form.go_on.click()
    yield "import_place", form
    form.place.choice.button(0).click()
    form.go_on.click()
    _until(application, lambda: not window.shell.jobs.busy)
    kept = form.left.boxes[0]  # the layer has more roads than the file: they stay
    kept.setCurrentIndex(1)
    kept.activated.emit(1)
    _until(application, lambda: not window.shell.jobs.busy)
    yield "import_preview", form
    form.close()


def _confirm(forms: Any, reason: Any) -> None:
    """The form for a fact of a road, on a day that is always the same."""
    forms.fill_in("C22-gas", reason)
    forms.open.on.setText(NOW.date().isoformat())


def _fill_in(window: Any, holder: Holder, owner: str, name: str) -> None:
    """The form to which what a packet lacks leads."""
    window.packets._ways.field(MissingField(holder, owner, name))


def _pages(window: Any) -> PagesForm:
    """The papers of a packet before it is printed: drawings of the sample county."""
    folder = Path(__file__).parents[1] / "docs" / "images" / "drawings"
    texts = window.look.texts
    papers = tuple(
        Paper(title, ((folder / f"{name}.png").read_bytes(),), b"")
        for name, title in _DRAWINGS.items()
    )
    title = texts("packet.preview_title", case="MAIN")
    return PagesForm(title, papers, window.look, lambda paper, _: paper.pages, window)


def _ask_for_day(window: Any) -> None:
    """The form that asks whose packets are made, on a day that is always the same."""
    window.packets._deeds.issue_day()
    window.forms.open["day"].setText("2026-11-22")


def _page(forms: Any, number: int) -> None:
    """The form of a new case, one of its pages."""
    forms.new_case()
    forms.open.tabs.setCurrentIndex(number)


def _propose(panel: Any, application: Any) -> None:
    """Wait for the proposals."""
    panel.propose()
    _until(application, lambda: panel.cards)
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
