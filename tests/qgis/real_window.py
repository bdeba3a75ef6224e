"""Runs inside the real QGIS (``qgis --code``): installs the ZIP, and works with a real mouse.

What it is asked stands in SURVEY_ASKED, a JSON file; what it found it writes beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import traceback
from pathlib import Path
from typing import Any

import pyplugin_installer
import qgis.utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt import QtCore, QtWidgets

ASKED = json.loads(Path(os.environ["SURVEY_ASKED"]).read_text(encoding="utf-8"))
NAME = "neixiang_survey_plugin"
BESIDE = "MAIN-heat"  # a line of the sample's own case: the one that is drawn runs beside it
AWAY_M = 6.0
FOUND: dict[str, Any] = {}


def wait_for(true: Any, seconds: float = 60.0) -> None:
    """Let QGIS go on until it holds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        QtWidgets.QApplication.processEvents()
        time.sleep(0.01)


def pause(seconds: float) -> None:
    end = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() > end, seconds + 5.0)


def mouse(*words: object) -> None:
    """The mouse or the keyboard of the screen, moved by another program."""
    process = subprocess.Popen(["xdotool", *map(str, words)])
    wait_for(lambda: process.poll() is not None)
    pause(0.15)


def click(widget: Any, at: Any = None, *, double: bool = False) -> None:
    place = widget.mapToGlobal(widget.rect().center() if at is None else at)
    mouse("mousemove", place.x(), place.y())
    mouse("click", *(("--repeat", 2, "--delay", 60) if double else ()), 1)


def button_of(plugin: Any, name: str) -> Any:
    return plugin.toolbar.widgetForAction(plugin.bench.actions_[name])


def on_map(e_m: float, n_m: float) -> Any:
    canvas = qgis.utils.iface.mapCanvas()
    pixel = canvas.getCoordinateTransform().transform(e_m, n_m)
    return QtCore.QPoint(round(pixel.x()), round(pixel.y()))


def picture(name: str) -> None:
    """The whole screen as it is, for somebody to look at."""
    qgis.utils.iface.mapCanvas().waitWhileRendering()
    pause(0.8)
    grabbed = QtWidgets.QApplication.primaryScreen().grabWindow(0)
    grabbed.save(str(Path(ASKED["pictures"]) / f"{name}.png"))


def install() -> Any:
    if ASKED["zip"]:
        pyplugin_installer.instance().installFromZipFile(ASKED["zip"])
    else:  # the bundle's script has put it among the plugins: as its tick in the list does
        qgis.utils.updateAvailablePlugins()
        qgis.utils.loadPlugin(NAME)
        qgis.utils.startPlugin(NAME)
    wait_for(lambda: NAME in qgis.utils.plugins)
    return qgis.utils.plugins[NAME]


def what_is_there() -> dict[str, int]:
    """What a plugin could leave in the window."""
    window = qgis.utils.iface.mainWindow()
    return {
        "docks": len(window.findChildren(QtWidgets.QDockWidget, "NeixiangSurveyDock")),
        "bars": len(window.findChildren(QtWidgets.QToolBar, "NeixiangSurveyToolBar")),
        "menus": len(window.findChildren(QtWidgets.QMenu, "NeixiangSurveyMenu")),
        "providers": sum(
            one.id() == "neixiang" for one in QgsApplication.processingRegistry().providers()
        ),
    }


def without_packages(plugin: Any) -> None:
    """Stock QGIS: the button says what is missing and how to get it."""
    click(plugin.toolbar.widgetForAction(plugin.action))
    picture("stock")
    FOUND["title"] = plugin.action.text()
    [provider] = [
        one for one in QgsApplication.processingRegistry().providers() if one.id() == "neixiang"
    ]
    FOUND["algorithms"] = [one.displayName() for one in provider.algorithms()]
    bar = qgis.utils.iface.messageBar()
    FOUND["sentences"] = [item.text() for item in bar.items()]
    FOUND["dock"] = plugin.dock is not None


def draw(plugin: Any) -> None:
    """A gas line by real clicks on the map, and what the panel says of it."""
    from shapely import LineString

    plugin.bench.choose_case("MAIN")
    beside = plugin.bench.session.routes[BESIDE].line.coords
    line = [(e_m + AWAY_M, n_m - AWAY_M) for e_m, n_m in beside]
    plugin.bench.canvas.zoom_to(LineString(line), 0.3)
    pause(1.0)
    before = set(plugin.bench.session.routes)
    click(button_of(plugin, "draw_gas"))
    viewport = qgis.utils.iface.mapCanvas().viewport()
    for place in line[:-1]:
        click(viewport, on_map(*place))
    last = viewport.mapToGlobal(on_map(*line[-1]))
    mouse("mousemove", last.x(), last.y())
    pause(0.5)
    FOUND["readout"] = plugin.bench.readout.words
    picture("drawing")
    click(viewport, on_map(*line[-1]))
    mouse("key", "Return")
    wait_for(lambda: len(plugin.bench.session.routes) == len(before) + 1)
    [drawn] = set(plugin.bench.session.routes) - before
    plugin.bench.session.select(drawn)
    result = plugin.bench.session.results[drawn]
    FOUND["meant"], FOUND["drawn"] = line, list(result.route.line.coords)
    FOUND["scale"] = qgis.utils.iface.mapCanvas().scale()
    FOUND["verdict"] = result.verdict.way.value
    FOUND["length_m"] = result.measures.length_m
    FOUND["banner"] = plugin.bench.panels.survey.banner.accessibleName()
    picture("drawn")


def sheet(plugin: Any) -> None:
    """The plan sheet of the case, in QGIS's window for layouts."""
    plugin.bench.actions_.run("plan_sheet")
    wait_for(lambda: len(qgis.utils.iface.openLayoutDesigners()) == 1)
    [designer] = qgis.utils.iface.openLayoutDesigners()
    designer.window().resize(1500, 950)
    designer.view().zoomFull()
    pause(3.0)
    picture("sheet")
    FOUND["sheet"] = round(designer.layout().itemById("map").scale())
    designer.close()
    pause(0.5)


def issue(plugin: Any) -> None:
    """The packet of a case of the sample by a real click."""
    panel = plugin.bench.panels.packets
    plugin.bench.tabs.setCurrentWidget(panel)
    for case_id in sorted({one.case_id for one in plugin.bench.session.routes.values()} - {None}):
        plugin.bench.choose_case(case_id)
        wait_for(lambda: not panel.busy)
        if panel.issue.isEnabled() and panel.issue.isVisible():
            break
    pause(0.5)
    picture("packet")
    click(panel.issue)
    folder = plugin.bench.work.path.parent / "资料包"
    wait_for(lambda: any(folder.glob("*/manifest.json")) and any(folder.glob("*.zip")))
    FOUND["packet"] = sorted(one.name for one in next(folder.glob("*/")).iterdir())


def work() -> None:
    qgis.utils.iface.mainWindow().setGeometry(0, 0, 1600, 1000)
    plugin = install()
    pause(1.0)  # the toolbar has found its place
    if ASKED["stock"]:
        without_packages(plugin)
    else:
        from neixiang_survey_plugin import places

        assert qgis.utils.iface.addProject(str(places.sample_county() / "sample.qgz"))
        click(plugin.toolbar.widgetForAction(plugin.action))
        wait_for(lambda: plugin.bench is not None)
        pause(0.5)
        picture("sample")
        draw(plugin)
        sheet(plugin)
        issue(plugin)
    import osgeo.gdal_array  # the host's own packages are as they were
    import scipy

    FOUND["host"] = [osgeo.gdal_array.__name__, scipy.__version__]
    FOUND["there"] = what_is_there()
    FOUND["unloaded"] = qgis.utils.unloadPlugin(NAME)
    QtWidgets.QApplication.sendPostedEvents(None, 52)  # deferred deletions
    pause(0.3)
    FOUND["left"] = what_is_there()


def main() -> None:
    try:
        work()
    except Exception:
        FOUND["error"] = traceback.format_exc()
        picture("failed")
    text = json.dumps(FOUND, ensure_ascii=False)
    Path(ASKED["found"]).write_text(text, encoding="utf-8")
    QgsProject.instance().clear()
    QgsProject.instance().setDirty(False)
    QtWidgets.QApplication.exit(0)


QtCore.QTimer.singleShot(1_000, main)
