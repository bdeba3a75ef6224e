"""The command ``county import``, from a foreign file to a county that can be checked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.importing.renewing import Renewal
from neixiang_survey_plugin.app.importing.report import import_report_json
from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.main import app
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from tests.importing.counties import (
    ROADS_GBK,
    in_degrees,
    lines,
    make_county,
    squares,
    write_vector,
)

Files = dict[str, bytes]


def state(folder: Path) -> Files:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def ran(source: Path, county: Path, *options: str, layer: str = "roads") -> dict[str, Any]:
    argv = ["county", "import", layer, str(source), "--into", str(county), *options]
    result = CliRunner().invoke(app, [*argv, "--json", "-"], catch_exceptions=False)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.mark.parametrize("ending", [".shp", ".gpkg", ".geojson"])
def test_roads_of_three_formats_in_degrees_become_the_countys(tmp_path: Path, ending: str) -> None:
    county = make_county(tmp_path / "county")
    path = tmp_path / f"道路{ending}"
    options = {"encoding": "GBK"} if ending == ".shp" else {}
    write_vector(path, in_degrees(squares(3)), ROADS_GBK, "EPSG:4490", **options)
    (tmp_path / "道路.cpg").unlink(missing_ok=True)
    report = ran(path, county)
    assert report["features"] == 3
    assert report["written"] == "imported/roads.gpkg"
    roads = load_county(county).layers["roads"]
    assert roads.columns["name"].tolist() == ROADS_GBK["路名"]
    assert roads.columns["road_class"].tolist() == ["arterial", "secondary", "local"]
    days = [date(2019, 12, 1), date(2016, 5, 31), date(2019, 12, 1)]
    assert roads.columns["delivered_on"].tolist() == days
    assert (
        max(
            found.hausdorff_distance(drawn)
            for found, drawn in zip(roads.geometry, squares(3), strict=True)
        )
        < 0.001
    )
    assert (county / report["source"]["kept"][0]).read_bytes() == path.read_bytes()
    how = {one["field"]: one["how"] for one in report["fields"]}
    assert how["delivered_on"] == {"month": 1, "serial": 1}


def test_importing_again_changes_nothing_and_a_second_file_replaces(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), ROADS_GBK, "EPSG:4326")
    assert not ran(path, county)["replaced"]
    before = state(county)
    assert ran(path, county)["replaced"]
    assert state(county) == before
    one = {name: cells[:1] for name, cells in ROADS_GBK.items()}
    other = write_vector(tmp_path / "b.geojson", in_degrees(squares(1)), one, "EPSG:4326")
    ran(other, county, "--replace")
    assert len(load_county(county).layers["roads"]) == 1
    assert [path.name for path in (county / "sources" / "roads").iterdir()] == ["b.geojson"]


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), ROADS_GBK, "EPSG:4326")
    before = state(county)
    assert ran(path, county, "--dry-run")["written"] is None
    assert state(county) == before


def test_what_is_not_certain_is_said_with_its_option_and_nothing_is_written(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    table = {**ROADS_GBK, "道路等级": ["主干路", "次干路", "3"], "竣工日期": ROADS_GBK["交付日期"]}
    del table["交付日期"]
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), table, "EPSG:4326")
    before = state(county)
    request = ImportRequest("roads", (path,), county)
    with pytest.raises(UndecidedError) as caught:
        import_layer(request)
    assert [one.ask for one in caught.value.questions] == [Ask.FIELD, Ask.VALUE]
    assert any("--value road_class:3=..." in one for one in caught.value.problems)
    assert any("--map delivered_on=竣工日期" in one for one in caught.value.problems)
    assert any("--value road_class:3=" in one for one in caught.value.problems)
    assert state(county) == before
    options = ["--map", "delivered_on=竣工日期", "--value", "road_class:3=支路"]
    words = {one["field"]: one["words"] for one in ran(path, county, *options)["fields"]}
    assert words["road_class"] == {"主干路": "arterial", "次干路": "secondary", "3": "local"}
    assert ran(path, county)["replaced"], "what was confirmed is remembered"


def test_options_that_are_wrong_are_all_named(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), ROADS_GBK, "EPSG:4326")
    argv = ["county", "import", "roads", str(path), "--into", str(county)]
    argv += [
        "--map",
        "road_clas=DLDJ",
        "--unit",
        "width_m=V",
        "--value",
        "x",
        "--date-order",
        "ymd",
    ]
    result = CliRunner().invoke(app, argv)
    assert isinstance(result.exception, SurveyError)
    said = result.exception.problems
    assert len(said) == 4
    assert "road_class" in said[0]


@pytest.mark.parametrize(
    "step", ["import_read", "import_convert", "import_write", "import_publish"]
)
def test_an_import_that_is_cancelled_leaves_the_county_as_it_was(tmp_path: Path, step: str) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), ROADS_GBK, "EPSG:4326")
    before = state(county)

    def tell(now: Step) -> None:
        if now.what == step:
            progress.cancel()
            progress.step("")

    progress = Progress(tell)
    with pytest.raises(CancelledError):
        import_layer(ImportRequest("roads", (path,), county), progress)
    assert state(county) == before


def test_a_layer_far_from_the_countys_system_is_refused(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = write_vector(tmp_path / "a.gpkg", squares(3), ROADS_GBK, "EPSG:3857")
    with pytest.raises(SurveyError, match="使用范围"):
        import_layer(ImportRequest("roads", (path,), county))
    report = import_layer(ImportRequest("roads", (path,), county, crs="EPSG:4546"))
    assert import_report_json(report)["source"]["crs_reason"] == "told"


def test_names_are_made_or_mended_where_asked(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    table = {**ROADS_GBK, "道路编号": ["R1", "R1", ""]}
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), table, "EPSG:4326")
    request = ImportRequest("roads", (path,), county, answers=Answers(repeats=True))
    assert import_layer(request).renamed == 2
    assert load_county(county).layers["roads"].ids.tolist() == ["R1", "R1-2", "3"]
    answers, renewal = Answers(new_ids="L"), Renewal(replace=True)
    import_layer(ImportRequest("roads", (path,), county, answers=answers, renewal=renewal))
    assert load_county(county).layers["roads"].ids.tolist() == ["L1", "L2", "L3"]


def test_what_held_for_every_row_of_one_file_is_not_taken_for_another(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    table = {"管线编号": ["1", "2"]}
    water = write_vector(tmp_path / "给水.geojson", in_degrees(lines(2)), table, "EPSG:4490")
    sewer = write_vector(tmp_path / "污水.geojson", in_degrees(lines(2)), table, "EPSG:4490")
    with pytest.raises(UndecidedError, match="--set utility=water"):
        import_layer(ImportRequest("pipelines", (water,), county))
    told = Answers(constants={"utility": "water"})
    import_layer(ImportRequest("pipelines", (water,), county, answers=told))
    assert load_county(county).layers["pipelines"].columns["utility"].tolist() == ["water"] * 2
    import_layer(ImportRequest("pipelines", (water,), county))
    with pytest.raises(UndecidedError, match="--set utility=sewer"):
        import_layer(ImportRequest("pipelines", (sewer,), county))


def test_a_county_begins_with_its_first_layer_or_not_at_all(tmp_path: Path) -> None:
    path = write_vector(tmp_path / "a.geojson", in_degrees(squares(3)), ROADS_GBK, "EPSG:4490")
    county = tmp_path / "new" / "county"
    argv = ["county", "import", "roads", str(path), "--into", str(county), "--begin", "示例县"]
    for more in ([], ["--epsg", "4546", "--layer", "nothing"], ["--epsg", "99999"]):
        assert isinstance(CliRunner().invoke(app, [*argv, *more]).exception, SurveyError)
        assert not county.exists()
    ran(path, county, "--begin", "示例县", "--epsg", "4546")
    assert load_county(county).name == "示例县"
    assert len(load_county(county).layers["roads"]) == 3
    again = CliRunner().invoke(app, [*argv, "--epsg", "4546"])
    assert "已经有县文件" in str(again.exception)


def test_county_file_that_only_a_person_can_edit_leaves_the_county_as_it_was(
    tmp_path: Path,
) -> None:
    county = make_county(tmp_path / "county")
    file = county / "county.toml"
    text = file.read_text("utf-8").replace("[layers]\n", "layers = {}\n")
    file.write_text(text, encoding="utf-8")
    before = state(county)
    source = write_vector(tmp_path / "a.gpkg", squares(3), ROADS_GBK)
    with pytest.raises(SurveyError, match="不能自动修改"):
        import_layer(ImportRequest("roads", (source,), county, answers=Answers(accept=True)))
    assert state(county) == before
