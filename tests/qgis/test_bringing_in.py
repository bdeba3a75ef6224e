"""Bringing a layer of the project into the county, by the same form as in the desktop window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer

from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.qgis.roles import layers_by_role
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.ui.import_form import ImportForm
from tests.qgis.iface import Iface, flush, wait_for
from tests.survey.lines import new_survey

E, N = 578_400.0, 3_658_600.0
SHAPES = {
    "G1": "POLYGON((578400 3658600, 578420 3658600, 578420 3658620, 578400 3658600))",
    "G2": "CURVEPOLYGON(CIRCULARSTRING(578500 3658600, 578510 3658610, 578520 3658600,"
    " 578510 3658590, 578500 3658600))",
    "hidden": "POLYGON((578600 3658600, 578620 3658600, 578620 3658620, 578600 3658600))",
}


@pytest.fixture
def bench(iface: Iface, plugin: Any, tmp_path: Path) -> Callable[[], Any]:
    """A survey on a county that may be changed, in an empty project; whichever bench is shown."""
    county = tmp_path / "county"
    shutil.copytree(places.sample_county(), county)
    memory.keep_project_path("county", county)
    memory.keep_project_path("survey", new_survey(tmp_path))
    plugin.action.setChecked(True)
    return lambda: plugin.bench


def greens_of_somebody() -> Any:
    """A layer as a colleague has it: other names, a curve, a filter."""
    uri = "CurvePolygon?crs=EPSG:4546&field=编号:string&field=名称:string"
    layer = QgsVectorLayer(uri, "绿地: 2026/新", "memory")
    for name, wkt in SHAPES.items():
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes([name, f"绿地{name}"])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    layer.setSubsetString("\"编号\" <> 'hidden'")
    return layer


def form_of(bench: Any) -> Any:
    bench().bringing_in.offer_active()
    wait_for(lambda: isinstance(bench().forms.open, ImportForm))
    return bench().forms.open


def walk_to_the_end(bench: Any, form: Any) -> None:
    """Take what is proposed, step by step, and import."""
    for _ in range(3):  # source, columns, place
        form.proposed.click()
        form.place.choice.button(0).setChecked(True)
        form.save()
    assert form.step == "preview", form.problem.text()
    wait_for(lambda: form.ready or form.left.boxes)
    for box in form.left.boxes:  # what becomes of the greens that are not in it
        box.setCurrentIndex(2)  # it is the whole layer
        box.activated.emit(2)
    wait_for(lambda: form.ready)
    before = bench()
    form.save()
    wait_for(lambda: bench() is not before and not bench().shell.jobs.busy)
    flush()


def test_a_layer_of_the_project_becomes_the_county_s_with_its_curves_and_its_filter(
    iface: Iface, bench: Any
) -> None:
    old = layers_by_role()["green_spaces"]
    iface.chosen_layer = greens_of_somebody()
    folder, path = bench().work.ground.folder, bench().work.path
    walk_to_the_end(bench, form_of(bench))
    assert bench().work.path == path
    greens = bench().session.county.layers["green_spaces"]
    assert sorted(greens.ids.tolist()) == ["G1", "G2"]
    assert max(one.area for one in greens.geometry) == pytest.approx(3.14159 * 100, rel=2e-3)
    source = read_county_config(folder).sources["green_spaces"]
    assert source.path == folder / "imported" / "green_spaces.gpkg"
    shown = layers_by_role()["green_spaces"]
    assert Path(shown.source().partition("|")[0]) == source.path
    assert old not in QgsProject.instance().mapLayers().values()
    assert iface.chosen_layer in QgsProject.instance().mapLayers().values()
    again = form_of(bench)  # and a second time into the same file
    walk_to_the_end(bench, again)
    assert layers_by_role()["green_spaces"] is shown
    assert shown.featureCount() == 2


def test_what_is_no_layer_of_shapes_is_not_offered(iface: Iface, bench: Any) -> None:
    table = QgsVectorLayer("NoGeometry?field=a:string", "表", "memory")
    for chosen in (None, table, QgsRasterLayer("nowhere.tif", "图")):
        iface.chosen_layer = chosen
        bench().bringing_in.offer_active()
    assert bench().forms.open is None
    assert len(set(iface.sentences())) == 1
    assert "QGIS" in iface.sentences()[0]


def test_a_form_that_is_left_leaves_no_file(iface: Iface, bench: Any, plugin: Any) -> None:
    iface.chosen_layer = greens_of_somebody()
    form = form_of(bench)
    file = bench().bringing_in.importing._now.path
    assert file.exists()
    form.reject()
    plugin.unload()
    assert not file.exists()
