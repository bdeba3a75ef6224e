"""The command line as others call it: JSON, exit statuses, one sentence for wrong input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.hosts.cli.main import main
from tests import builders

DATA = Path(__file__).parents[2] / "data"
GREEN = builders.green("G1", builders.rectangle(130, -5, 140, 5))
ACROSS = builders.line((80.0, 0.0), (150.0, 0.0))

# The keys that design.md promises; new ones may come, these stay.
TOP = {"schema", "county", "on", "routes", "cases", "conflicts", "layers_not_judged"}
ROUTE = {
    "route_id",
    "utility",
    "length_m",
    "grid_length_m",
    "crossings",
    "crossing_total_m",
    "across_total_m",
    "along_total_m",
    "inside_total_m",
    "touched_roads",
    "green",
    "green_total_m2",
    "verdict",
    "reading",
    "other_readings",
    "approvals_needed",
    "findings",
}
CROSSING = {"road_id", "road_class", "kind", "length_m", "angle_deg", "from_m", "to_m"}
FINDING = {
    "rule",
    "clause",
    "measured",
    "limit",
    "unit",
    "outcome",
    "borderline",
    "scope",
    "route_ids",
    "at",
}


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit status, the standard output and the error stream of one call."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["neixiang-survey", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return builders.write_county(
        tmp_path / "county",
        roads=[builders.ROAD],
        green_spaces=[GREEN],
        tail="[defaults]\nworking_width_m = { water = 1.6 }",
    )


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    return builders.write_routes(
        tmp_path / "routes.gpkg", [builders.route("r1", ACROSS, case_id="c1")]
    )


def checked(routes: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    status, out, _ = run(
        "check", routes, "--county", county, "--on", "2026-11-22", "--json", "-", capsys=capsys
    )
    assert status == 0
    result: dict[str, Any] = json.loads(out)
    return result


def test_json_has_every_promised_key(
    routes: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = checked(routes, county, capsys)
    (route,) = report["routes"]
    assert set(report) >= TOP
    assert set(route) >= ROUTE
    assert set(route["crossings"][0]) >= CROSSING
    assert all(set(finding) >= FINDING for finding in route["findings"])
    assert set(route["green"][0]) >= {"green_id", "area_m2"}
    assert (report["schema"], report["on"]) == (1, "2026-11-22")


def test_json_figures_are_those_of_the_drawing(
    routes: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (route,) = checked(routes, county, capsys)["routes"]
    factor = route["grid_length_m"] / route["length_m"]
    assert route["grid_length_m"] == pytest.approx(70.0, abs=1e-9)
    assert 1.00007 < factor < 1.00008  # some 78 km east of the central meridian
    assert route["crossing_total_m"] * factor == pytest.approx(10.0, abs=1e-6)
    assert route["green_total_m2"] * factor**2 == pytest.approx(16.0, abs=1e-5)
    assert route["touched_roads"] == ["R1"]
    assert route["verdict"] == "commitment"
    assert route["approvals_needed"] == []


def test_cases_list_the_way_of_each_utility_and_a_line_without_a_case_is_its_own(
    tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = builders.write_routes(
        tmp_path / "some.gpkg",
        [
            builders.route("a", ACROSS, case_id="c1"),
            builders.route("b", ACROSS, case_id="c1", utility="gas", working_width_m=1.0),
            builders.route("c", ACROSS),
        ],
    )
    cases = checked(file, county, capsys)["cases"]
    assert [(one["case_id"], one["verdicts"]) for one in cases] == [
        ("c1", {"water": "commitment", "gas": "commitment"}),
        (None, {"water": "commitment"}),
    ]


def test_json_goes_to_a_file_and_the_table_to_the_screen(
    routes: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "result.json"
    status, out, _ = run("check", routes, "--county", county, "--json", target, capsys=capsys)
    assert status == 0
    assert json.loads(target.read_text(encoding="utf-8"))["routes"][0]["route_id"] == "r1"
    assert "告知承诺" in out


def test_unknown_figures_are_null_and_layers_left_out_are_named(
    tmp_path: Path, routes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = builders.write_county(tmp_path / "bare", roads=[builders.ROAD])
    report = checked(routes, bare, capsys)
    (route,) = report["routes"]
    assert route["green_total_m2"] is None
    assert route["verdict"] == "undetermined"
    assert "green_spaces" in report["layers_not_judged"]
    assert "roads" not in report["layers_not_judged"]


CONFLICT = {
    "kind",
    "a",
    "b",
    "b_layer",
    "measured_m",
    "required_m",
    "outcome",
    "confidence",
    "from_m",
    "to_m",
    "at",
    "yields",
}


def test_a_main_that_is_too_near_is_a_conflict_with_every_promised_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_pipe = {
        "pipe_id": "P1",
        "wkt": builders.line((0.0, 0.4), (200.0, 0.4)),
        "utility": "gas",
        "laying": "direct",
        "diameter_mm": 100.0,
        "pressure_class": "medium_b",
        "cover_m": 1.0,
    }
    county = builders.write_county(tmp_path / "c", roads=[builders.ROAD], pipelines=[main_pipe])
    row = builders.route("r1", ACROSS, diameter_mm=100.0, laying="direct", cover_m=1.0)
    report = checked(builders.write_routes(tmp_path / "r.gpkg", [row]), county, capsys)
    (conflict,) = [one for one in report["conflicts"] if one["kind"] == "horizontal_clearance"]
    assert set(conflict) >= CONFLICT
    # 0.4 m between the axes, less half of each 0.1 m pipe; water beside gas needs 0.5 m
    assert conflict["measured_m"] == pytest.approx(0.3)
    assert conflict["required_m"] == 0.5
    assert (conflict["a"], conflict["b"], conflict["b_layer"]) == ("r1", "P1", "pipelines")
    assert (conflict["outcome"], conflict["yields"]) == ("waivable", "r1")


def test_layers_that_no_conflict_was_looked_for_in_are_named(
    routes: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = checked(routes, county, capsys)
    assert report["conflicts"] == []
    layers = {one["layer"] for one in report["conflicts_not_judged"]}
    assert {"pipelines", "buildings", "obstacles", "surfaces"} <= layers


@pytest.mark.parametrize(("length_m", "status"), [(150.0, 0), (300.0, 1)])
def test_strict_ends_with_1_when_something_fails(
    length_m: float,
    status: int,
    tmp_path: Path,
    county: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = builders.line((115.0, 20.0), (115.0, 20.0 + length_m))
    file = builders.write_routes(tmp_path / "one.gpkg", [builders.route("r1", line)])
    assert run("check", file, "--county", county, "--strict", capsys=capsys)[0] == status
    assert run("check", file, "--county", county, capsys=capsys)[0] == 0


def test_strict_ends_with_1_when_something_is_unknown(
    tmp_path: Path, routes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = builders.write_county(tmp_path / "bare", roads=[builders.ROAD])
    assert run("check", routes, "--county", bare, "--strict", capsys=capsys)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--on", "2026-13-40"), "2026-13-40"),
        (("--on", "yesterday"), "yesterday"),
    ],
)
def test_a_day_that_is_none_is_named(
    arguments: tuple[str, str],
    named: str,
    routes: Path,
    county: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run("check", routes, "--county", county, *arguments, capsys=capsys)
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.strip().splitlines()) == 1


def test_wrong_input_is_one_sentence_a_problem_and_status_2(
    tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = builders.write_routes(
        tmp_path / "bad.gpkg",
        [
            builders.route("r1", ACROSS, utility="水管"),
            builders.route("r2", ACROSS, planned_on="next week"),
        ],
    )
    status, out, err = run("check", file, "--county", county, "--json", "-", capsys=capsys)
    assert (status, out) == (2, "")
    sentences = err.strip().splitlines()
    assert len(sentences) == 2
    assert all("bad.gpkg" in sentence for sentence in sentences)
    assert "水管" in sentences[0]
    assert "next week" in sentences[1]


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run("check", tmp_path / "no.gpkg", "--county", county, capsys=capsys)
    assert status == 2
    assert "no.gpkg" in err
    assert "Traceback" not in err


def test_a_folder_that_cannot_be_written_is_named(
    routes: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = county / "county.toml" / "below.json"
    status, _, err = run("check", routes, "--county", county, "--json", target, capsys=capsys)
    assert status == 2
    assert "below.json" in err


def test_county_check_says_what_is_there_and_what_is_missing(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("county", "check", county, "--json", "-", capsys=capsys)
    report = json.loads(out)
    assert status == 0
    layers = {layer["layer"]: layer for layer in report["layers"]}
    assert layers["roads"]["features"] == 1
    assert layers["roads"]["missing"]["overhauled_on"] == 1
    assert "pipelines" in report["layers_not_judged"]


def test_county_check_names_what_is_wrong_in_both_files_of_corrections(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "clearances.toml").write_text('horizontal = [{ a = "W1" }]\n', encoding="utf-8")
    (county / "trenches.toml").write_text('pairs = [{ a = "heat" }]\n', encoding="utf-8")
    status, _, err = run("county", "check", county, capsys=capsys)
    assert status == 2
    assert "clearances.toml" in err
    assert "trenches.toml" in err


def test_county_check_lists_what_the_county_corrected_with_its_evidence(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = 'confidence = "A", evidence = "原书第 13 页核对"'
    cell = f'horizontal = [{{ a = "W1", b = "S", clear_m = 1.2, {proof} }}]\n'
    (county / "clearances.toml").write_text(cell, encoding="utf-8")
    pair = f'pairs = [{{ a = "heat", b = "power", share = "yes", {proof} }}]\n'
    (county / "trenches.toml").write_text(pair, encoding="utf-8")
    status, out, _ = run("county", "check", county, "--json", "-", capsys=capsys)
    assert status == 0
    found = {one["file"]: one for one in json.loads(out)["corrections"]}
    assert found["clearances.toml"]["figure_m"] == 1.2
    assert found["trenches.toml"]["a"] == "heat"
    assert {one["evidence"] for one in found.values()} == {"原书第 13 页核对"}
    status, out, _ = run("county", "check", county, capsys=capsys)
    assert "县里更正 clearances.toml horizontal W1–S 1.2 m（A；依据：原书第 13 页核对）" in out


def test_county_check_names_a_typo(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = county / "county.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("epsg", "espg"), encoding="utf-8")
    status, _, err = run("county", "check", county, capsys=capsys)
    assert status == 2
    assert "espg" in err
    assert "county.toml" in err


def test_packet_of_one_case_has_its_form_and_its_facts(
    routes: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out_folder = tmp_path / "packets"
    status, _, _ = run(
        "packet", routes, "--county", county, "--case", "c1", "--out", out_folder, capsys=capsys
    )
    names = {path.name for path in (out_folder / "c1").iterdir()}
    assert status == 0
    assert "case.json" in names
    assert any(name.endswith(".docx") for name in names)


def test_packet_of_a_case_that_is_not_there_names_those_that_are(
    routes: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(
        "packet", routes, "--county", county, "--case", "x", "--out", tmp_path, capsys=capsys
    )
    assert status == 2
    assert "c1" in err


def test_the_module_runs_as_a_program_and_help_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "neixiang_survey_plugin", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(name in done.stdout for name in ("check", "packet", "demo", "county"))
