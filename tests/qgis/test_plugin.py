"""The plugin in QGIS's window: what it adds, what it leaves behind, and without packages."""

from __future__ import annotations

import functools
import gc
import re
import subprocess
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt import QtWidgets

from neixiang_survey_plugin import classFactory
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.hosts.qgis import memory, missing
from neixiang_survey_plugin.hosts.qgis.roles import layers_by_role, role_of
from tests.qgis.iface import Iface, flush, wait_for
from tests.survey.lines import new_survey

ROOT = Path(__file__).resolve().parents[2]


def open_sample(plugin: Any) -> None:
    plugin.action.setChecked(True)
    plugin.start.buttons[0].click()


def test_starting_adds_one_button_and_takes_no_tool(iface: Iface, plugin: Any) -> None:
    assert [one.text() for one in plugin.toolbar.actions()] == [plugin.action.text()]
    assert iface.canvas.mapTool() is iface.pan
    assert plugin.dock is None


def test_the_button_shows_how_to_begin(iface: Iface, plugin: Any) -> None:
    plugin.action.setChecked(True)
    assert plugin.dock.isVisible()
    assert len(plugin.start.buttons) == 3


def test_the_sample_is_drawn_measured_and_judged(iface: Iface, plugin: Any) -> None:
    open_sample(plugin)
    session = plugin.bench.session
    assert len(session.results) == len(session.routes) > 40
    # once the book was read before the lines were there, and a plan sheet found none
    assert [one.utility for one in plugin.bench.book.case("C02").routes] == ["gas"]
    roles = {role_of(layer) for layer in QgsProject.instance().mapLayers().values()}
    assert {"roads", "green_spaces", "pipelines", "sites"} <= roles
    assert QgsProject.instance().crs().authid() == "EPSG:4546"


def test_the_field_for_lengths_has_its_room_in_the_dock_and_takes_no_more(
    iface: Iface, plugin: Any
) -> None:
    open_sample(plugin)
    strip = plugin.bench.strip
    for mode in Mode:
        plugin.bench.desk.enter(mode, "gas")
        flush()
        assert strip.height() < 110
    plugin.bench.desk.enter(Mode.DRAW, "gas")
    flush()
    words = strip.entry.fontMetrics().horizontalAdvance(strip.entry.placeholderText())
    assert strip.entry.width() > words + 16


def test_the_project_remembers_its_survey(iface: Iface, plugin: Any) -> None:
    open_sample(plugin)
    path = plugin.bench.work.path
    plugin.unload()
    plugin.initGui()
    plugin.action.setChecked(True)
    assert plugin.bench.work.path == path


def test_closing_the_survey_gives_qgis_its_tool_back(iface: Iface, plugin: Any) -> None:
    open_sample(plugin)
    assert iface.canvas.mapTool() is plugin.bench.canvas.tool
    plugin.bench.actions_.run("close_survey")
    flush()
    assert plugin.bench is None
    assert iface.canvas.mapTool() is iface.pan
    assert [one.text() for one in plugin.toolbar.actions()] == [plugin.action.text()]


def test_settings_of_qgis_s_page_count_at_once(iface: Iface, plugin: Any) -> None:
    open_sample(plugin)
    page = iface.option_pages[0].createWidget(iface.window)
    assert "language" not in page.fields.edits
    page.fields.edits["snap_px"].setValue(30)
    assert plugin.bench.settings.snap_px == 12
    page.apply()
    assert plugin.bench.desk.board.snapper.rules.tolerance_px == 30.0
    page.fields.edits["theme"].setCurrentIndex(1)
    page.apply()
    assert plugin.bench.look.theme.value == "dark"
    page.deleteLater()


def test_layers_of_one_s_own_are_asked_about_once(iface: Iface, plugin: Any) -> None:
    own = QgsVectorLayer("Polygon?crs=EPSG:4546&field=green_id:string", "绿地", "memory")
    QgsProject.instance().addMapLayer(own)
    open_sample(plugin)
    assert plugin.roles_form.isVisible()
    assert plugin.roles_form.layers["green_spaces"].currentLayer() is own
    plugin.roles_form.accept()
    by_role = layers_by_role()
    assert by_role["green_spaces"] is own
    assert "roads" in by_role  # from the county's folder
    flush()
    wait_for(lambda: not plugin.bench.shell.jobs.busy)
    assert len(plugin.bench.session.county.layers["green_spaces"]) == 0
    plugin.roles_form = None
    plugin.close_survey()
    plugin.start.buttons[0].click()
    assert plugin.roles_form is None


def test_ten_loads_and_unloads_leave_nothing_behind(
    iface: Iface, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neixiang_survey_plugin.hosts.qgis import start_page

    monkeypatch.setattr(start_page, "read_ground", functools.cache(start_page.read_ground))
    first = classFactory(iface)
    first.initGui()
    open_sample(first)  # the layers that it adds to the project are the project's
    first.unload()
    memory.keep_project_path("survey", new_survey(tmp_path))  # an empty one opens sooner
    (tmp_path / "away").mkdir()
    other = new_survey(tmp_path / "away")
    iface.chosen_layer = layers_by_role()["sites"]
    iface.bar.clearWidgets()
    before = iface.census()
    paths = list(sys.path)
    for _ in range(10):
        plugin = classFactory(iface)
        plugin.initGui()
        plugin.action.setChecked(True)
        plugin.bench.desk.enter(plugin.bench.desk.now.mode)
        for panel in plugin.bench.panels.by_name.values():
            plugin.bench.tabs.setCurrentWidget(panel)
        plugin.bench.merging.merge([other])  # what is done beside the window ends with it
        plugin.bench.bringing_in.offer_active()
        plugin.unload()
        del plugin
        iface.bar.clearWidgets()
    gc.collect()
    assert iface.census() == before
    assert len(list(tmp_path.glob("*.survey.gpkg"))) == 1  # and leaves no file
    assert sys.path == paths


def test_starting_takes_less_than_a_second_and_imports_no_geometry() -> None:
    script = (
        "import sys, time; from qgis.core import QgsApplication;"
        "app = QgsApplication([], True); app.initQgis();"
        "from tests.qgis.iface import Iface; iface = Iface(); began = time.perf_counter();"
        "from neixiang_survey_plugin import classFactory; plugin = classFactory(iface);"
        "plugin.initGui(); took = time.perf_counter() - began;"
        "assert took < 1.0, took; assert 'shapely' not in sys.modules;"
        "plugin.unload(); iface.close(); app.exitQgis()"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_without_shapely_the_plugin_says_what_is_missing_and_how_to_get_it(
    iface: Iface, plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "missing_for_the_window", lambda: ("shapely",))
    plugin.action.setChecked(True)
    assert plugin.dock is None
    assert not plugin.action.isChecked()
    [sentence] = iface.sentences()
    assert "shapely" in sentence
    assert "pip install --no-deps --target" in sentence
    [button] = iface.bar.findChildren(QtWidgets.QPushButton)
    button.click()
    assert QtWidgets.QApplication.clipboard().text() in sentence


def test_the_line_names_the_python_of_qgis_and_not_the_first_of_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing.install_line(tmp_path).startswith(f'"{sys.executable}" -m pip')
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    for running in ("/usr/bin/qgis", "/elsewhere/shims/python3"):
        monkeypatch.setattr(sys, "executable", running)
        named = missing.install_line(tmp_path).split('"')[1]
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        assert named == f"{sys.base_prefix}/bin/python{version}"


def test_on_windows_it_is_the_one_beside_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "Python312" / "Lib"
    library.mkdir(parents=True)
    python = library.parent / "python.exe"
    python.touch()
    monkeypatch.setattr(missing.os, "__file__", str(library / "os.py"))
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setattr(sys, "executable", r"C:\OSGeo4W\bin\qgis-bin.exe")
    assert missing.install_line(tmp_path).startswith(f'"{python}" -m pip')


def test_a_stock_python_of_qgis_s_lacks_exactly_what_the_requirements_name() -> None:
    script = (
        "import sys; sys.path.insert(0, '.');"
        "from neixiang_survey_plugin.hosts.qgis import missing;"
        "print(*missing.missing_for_the_window(), *missing.missing_for_packets())"
    )
    host = Path(sys.base_prefix) / "bin" / "python3"
    result = subprocess.run(
        [str(host), "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    named = {
        line.split("==")[0]
        for line in missing.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert "shapely" in result.stdout.split()
    assert set(result.stdout.split()) <= named


def test_every_package_of_the_requirements_is_looked_for_and_no_other() -> None:
    named = re.findall(r"^([\w-]+)==", missing.REQUIREMENTS.read_text(encoding="utf-8"), re.M)
    assert sorted((*missing.WINDOW, *missing.PACKETS)) == sorted(named)


def test_where_everything_is_installed_nothing_is_missing() -> None:
    assert missing.missing_for_the_window() == ()
    assert missing.missing_for_packets() == ()


def shapely_in(folder: Path, version: str) -> str:
    """A folder of Python's with a shapely of a version that says which it is."""
    info = folder / f"shapely-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: shapely\nVersion: {version}\n")
    (folder / "shapely").mkdir()
    (folder / "shapely" / "__init__.py").write_text(
        f"__version__ = '{version}'\ngeos_version = (3, 11, 4)\n"
    )
    return str(folder)


@pytest.fixture
def no_shapely(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Python's path without shapely, which nobody has imported; to be added to."""
    for name in [one for one in sys.modules if one.partition(".")[0] == "shapely"]:
        monkeypatch.delitem(sys.modules, name)
    path: list[str] = []
    monkeypatch.setattr(sys, "path", path)
    return path


def test_an_old_shapely_is_none_and_is_named(no_shapely: list[str], tmp_path: Path) -> None:
    assert missing.old_shapely() is None
    no_shapely.append(shapely_in(tmp_path, "2.0.6"))
    assert missing.old_shapely() == "2.0.6"
    assert missing.missing_for_the_window()[0] == "shapely"


def test_the_profile_s_shapely_comes_before_a_host_s_that_is_too_old_and_not_before_another(
    no_shapely: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host, used in (("1.8.5.post1", "2.1.2"), ("2.0.7", "2.0.7")):
        own = shapely_in(tmp_path / host, host)
        no_shapely[:] = [own, shapely_in(tmp_path / f"{host}-profile", "2.1.2")]
        assert missing.old_shapely() is None
        with warnings.catch_warnings():
            missing.load_shapely()
        assert sys.modules["shapely"].__version__ == used
        assert no_shapely[0] == own
        monkeypatch.delitem(sys.modules, "shapely")


def test_an_old_shapely_that_another_plugin_has_loaded_is_named(
    no_shapely: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_shapely.append(shapely_in(tmp_path, "2.1.2"))
    old = types.ModuleType("shapely")
    old.__dict__["__version__"] = "2.0.1"
    monkeypatch.setitem(sys.modules, "shapely", old)
    assert missing.old_shapely() == "2.0.1"


def test_with_an_old_shapely_the_plugin_says_which_and_how_to_get_another(
    iface: Iface, plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "old_shapely", lambda: "1.8.5")
    plugin.action.setChecked(True)
    assert plugin.dock is None
    [sentence] = iface.sentences()
    assert "1.8.5" in sentence
    assert "2.0.7" in sentence
    assert "pip install --no-deps --target" in sentence
