"""To the field and back: the copy is whole, what is edited there comes back through the checks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsOfflineEditing,
    QgsProject,
    QgsVectorLayer,
)
from shapely import LineString

from neixiang_survey_plugin import classFactory, places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.qgis.field_folder import COUNTY, PROJECT
from neixiang_survey_plugin.hosts.qgis.roles import give_role, layers_by_role
from neixiang_survey_plugin.hosts.qgis.styles import top_down
from neixiang_survey_plugin.hosts.windows import merging
from neixiang_survey_plugin.hosts.windows.work import new_work, read_ground
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.survey.merging.merge import merge_or_ask
from neixiang_survey_plugin.ui.merge_form import MergeForm
from neixiang_survey_plugin.ui.settings import Settings
from tests.qgis.iface import Iface, flush, wait_for

E, N = 578_400.0, 3_658_600.0


def line(length_m: float, north_m: float = 0.0) -> LineString:
    return LineString([(E, N + north_m), (E + length_m, N + north_m)])


class Office:
    """The plugin with a survey of two lines open, and a hand for the copy in the field."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.county = folder, folder / "office" / "data"
        shutil.copytree(places.sample_county(), self.county)
        path = folder / "office" / "a.survey.gpkg"
        session = new_work(read_ground(self.county, drawn=False), path, "甲").session
        session.put(Route("r1", "water", line(100.0)), Route("r2", "gas", line(80.0, 5.0)), what="")
        session.close()
        memory.keep_project_path("county", self.county)
        memory.keep_project_path("survey", path)
        self.iface = Iface()
        self.plugin = classFactory(self.iface)
        self.plugin.initGui()
        self.plugin.action.setChecked(True)

    @property
    def bench(self) -> Any:
        return self.plugin.bench

    def take(self) -> Path:
        """The project of the folder that goes to the field."""
        self.bench.trip.take(self.folder)
        [out] = [one for one in self.folder.iterdir() if one.name.startswith("a-")]
        return out / PROJECT

    def bring_back(self, file: Path) -> None:
        """Merge a survey file, until its work beside the window has ended."""
        self.bench.merging.merge([file])
        self.end_work()

    def end_work(self) -> None:
        """Let QGIS go on until nothing is done beside the window any more."""
        wait_for(lambda: not self.bench.shell.jobs.busy)
        flush()

    def close(self) -> None:
        self.plugin.unload()
        self.iface.close()


@pytest.fixture
def office(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    QgsProject.instance().clear()
    monkeypatch.setattr(memory, "profile_folder", lambda: tmp_path / "profile")
    memory.keep_settings(Settings())
    office = Office(tmp_path)
    yield office
    office.close()


def routes_of(project: QgsProject) -> Any:
    [layer] = [one for one in project.mapLayers().values() if "=routes" in one.source()]
    return layer


def edit_in_the_field(layer: Any, **lengths_m: float) -> None:
    """What QGIS or QField does there: lines are moved, or drawn where there was none."""
    ids = {one["route_id"]: one.id() for one in layer.getFeatures()}
    assert layer.startEditing()
    for name, length_m in lengths_m.items():
        geometry = QgsGeometry.fromWkt(line(length_m).wkt)
        if name in ids:
            assert layer.changeGeometry(ids[name], geometry)
            continue
        feature = QgsFeature(layer.fields())
        feature.setGeometry(geometry)
        feature["route_id"], feature["utility"] = name, "power"
        assert layer.addFeature(feature)
    assert layer.commitChanges(), layer.commitErrors()


def field_project(path: Path) -> QgsProject:
    project = QgsProject()
    assert project.read(str(path)), project.error()
    return project


def test_the_folder_is_whole_and_may_be_moved(office: Office, tmp_path: Path) -> None:
    own = QgsVectorLayer("Polygon?crs=EPSG:4546&field=green_id:string", "自己的绿地", "memory")
    feature = QgsFeature(own.fields())
    feature.setGeometry(QgsGeometry.fromWkt(line(50.0).buffer(5).wkt))
    feature["green_id"] = "mine"
    own.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(own)
    give_role(own, "green_spaces")
    moved = tmp_path / "tablet"
    office.take().parent.rename(moved)
    shutil.rmtree(office.county / "road_network")
    project = field_project(moved / PROJECT)
    layers = project.mapLayers().values()
    assert len(layers) == len(top_down()) + 1
    assert all(one.isValid() for one in layers)
    assert all(Path(one.source().partition("|")[0]).is_relative_to(moved) for one in layers)
    assert routes_of(project).featureCount() == 2
    assert routes_of(project).renderer().type() == "categorizedSymbol"
    assert read_county_config(moved / COUNTY).name == "内乡县(示例)"
    project.clear()
    QgsProject.instance().read(str(moved / PROJECT))  # the plugin goes on there
    assert office.bench.work.path == moved / "a.survey.gpkg"
    flush()
    office.end_work()
    assert office.bench.session.county.layers["green_spaces"].ids.tolist() == ["mine"]
    assert layers_by_role().keys() == set(top_down())


def test_what_was_edited_in_the_field_comes_back_judged_and_journaled(office: Office) -> None:
    office.bench.add_lines_layer()
    project = field_project(office.take())
    edit_in_the_field(routes_of(project), r1=60.0, new=40.0)
    file = Path(project.fileName()).parent / "a.survey.gpkg"
    project.clear()
    office.bench.session.put(Route("r2", "gas", line(90.0, 5.0)), what="draw")
    before = office.bench.work.path
    office.bench.tabs.setCurrentWidget(office.bench.panels.trenches)
    office.bring_back(file)
    session = office.bench.session
    assert office.bench.work.path != before
    assert office.bench.panels.shown == "trench"  # where somebody was before
    lengths = {name: one.line.length for name, one in session.routes.items()}
    assert lengths == pytest.approx({"r1": 60.0, "r2": 90.0, "new": 40.0})
    assert session.results["new"].verdict.findings
    assert len(session.store.history("r1")) == 2
    assert "其他程序" in {one.who for one in session.store.log(40)}
    shown = routes_of(QgsProject.instance())
    assert {one["route_id"] for one in shown.getFeatures()} == {"r1", "r2", "new"}
    assert {one.route_id for one in read_routes(before, session.county).routes} == {"r1", "r2"}


def test_what_both_changed_is_asked(office: Office) -> None:
    project = field_project(office.take())
    edit_in_the_field(routes_of(project), r1=60.0)
    file = Path(project.fileName()).parent / "a.survey.gpkg"
    project.clear()
    office.bench.session.put(Route("r1", "water", line(70.0)), what="draw")
    office.bring_back(file)
    form = office.bench.forms.open
    assert isinstance(form, MergeForm)
    form.choice.buttons()[1].setChecked(True)
    form.save()
    office.end_work()
    assert office.bench.session.routes["r1"].line.length == pytest.approx(60.0)


def test_merging_leaves_the_window_free_shows_how_far_it_is_and_can_be_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = field_project(office.take())
    edit_in_the_field(routes_of(project), new=40.0)
    file = Path(project.fileName()).parent / "a.survey.gpkg"
    project.clear()
    bench, may_go_on, threads = office.bench, threading.Event(), []

    def slow(*given: Any) -> Any:
        threads.append(threading.current_thread())
        given[-1](1, 3)
        assert may_go_on.wait(30.0)
        return merge_or_ask(*given)

    monkeypatch.setattr(merging, "merge_or_ask", slow)
    bench.merging.merge([file])
    wait_for(bench.work_bar.isVisible)
    assert "1 / 3" in bench.work_bar.words.text()
    assert threads[0] is not threading.current_thread()
    bench.session.put(Route("r3", "gas", line(30.0, 8.0)), what="draw")  # while it runs
    assert bench.session.results["r3"].verdict.findings
    bench.work_bar.stop.click()
    may_go_on.set()
    office.end_work()
    wait_for(lambda: not bench.work_bar.isVisible())
    assert office.bench is bench
    wait_for(lambda: [one.name for one in file_names(bench)] == ["a.survey.gpkg"])
    office.bring_back(file)  # and what was drawn meanwhile comes together with it
    assert set(office.bench.session.routes) == {"r1", "r2", "r3", "new"}


def file_names(bench: Any) -> list[Path]:
    """The survey files beside the open one."""
    return sorted(bench.work.path.parent.glob("*.survey.gpkg"))


def test_a_plugin_that_goes_while_it_merges_leaves_no_job_and_no_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = field_project(office.take())
    file = Path(project.fileName()).parent / "a.survey.gpkg"
    project.clear()
    bench, began = office.bench, threading.Event()

    def begun(*given: Any) -> Any:
        began.set()
        return merge_or_ask(*given)

    monkeypatch.setattr(merging, "merge_or_ask", begun)
    bench.merging.merge([file])
    assert began.wait(30.0)
    office.plugin.unload()
    assert office.plugin.bench is None
    assert not bench.shell.jobs.busy
    assert [one.name for one in file_names(bench)] == ["a.survey.gpkg"]
    flush()


def test_the_open_survey_is_not_merged_with_itself_nor_a_folder_written_over(
    office: Office,
) -> None:
    office.bring_back(office.bench.work.path)
    assert "other survey files" in office.iface.sentences()[0]
    office.take()
    with pytest.raises(SurveyError, match="已有同名文件夹"):
        office.bench.trip.take(office.folder)


def test_a_county_with_a_layer_elsewhere_is_not_copied_in_part(office: Office) -> None:
    file = office.county / "county.toml"
    text = file.read_text(encoding="utf-8")
    shutil.move(office.county / "sites" / "sites.gpkg", office.folder / "sites.gpkg")
    elsewhere = 'path = "../../sites.gpkg"'
    file.write_text(text.replace('path = "sites/sites.gpkg"', elsewhere), encoding="utf-8")
    with pytest.raises(SurveyError, match=r"sites\.gpkg: 在县文件夹以外"):
        office.take()
    assert not [one for one in office.folder.iterdir() if one.name.startswith("a-")]


def test_qgis_s_own_offline_editing_comes_back_into_the_file(office: Office) -> None:
    office.bench.add_lines_layer()
    layer = routes_of(QgsProject.instance())
    offline = QgsOfflineEditing()
    kind = QgsOfflineEditing.ContainerType.GPKG
    place = str(office.folder)
    assert offline.convertToOfflineProject(place, "offline.gpkg", [layer.id()], False, kind)
    [copy] = [
        one for one in QgsProject.instance().mapLayers().values() if "offline.gpkg" in one.source()
    ]
    edit_in_the_field(copy, r1=60.0, new=40.0)
    assert office.bench.session.routes["r1"].line.length == pytest.approx(100.0)
    offline.synchronize()
    flush()
    office.bench.session.take_over()
    office.end_work()
    session = office.bench.session
    assert {name: one.line.length for name, one in session.routes.items()} == pytest.approx(
        {"r1": 60.0, "r2": 80.0, "new": 40.0}
    )
    assert session.results["new"].verdict.findings
    assert len(session.store.history("r1")) == 2
