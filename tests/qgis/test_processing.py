"""Each algorithm gives the figures of the command line, from a file and from any layer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.hosts.qgis import missing
from neixiang_survey_plugin.hosts.qgis.processing.provider import ALGORITHMS, SurveyProvider
from neixiang_survey_plugin.hosts.windows.work import new_work, read_ground
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.packet.verify import verify_packet
from tools.make_plugin_zip import build

ROOT = Path(__file__).resolve().parents[2]
COUNTY = ROOT / "data"
ON = "2026-11-22"
# The command line's own words for each algorithm. It runs in its own environment.
COMMANDS = {
    "judge": ("check",),
    "measure": ("check",),
    "conflicts": ("conflict", "list"),
    "trench": ("trench",),
    "plan": ("plan-check",),
}
# As the toolbox runs an algorithm: in a task of its own, whose frames end with it.
FAILING = """
import sys
from qgis.core import *
application = QgsApplication([], True)
application.initQgis()
from neixiang_survey_plugin.hosts.qgis.processing.provider import SurveyProvider
def run(routes, county, folder):
    registry, provider = QgsApplication.processingRegistry(), SurveyProvider()
    registry.addProvider(provider)
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    words = {"ROUTES": layer, "COUNTY": county, "CASE": "nowhere", "FOLDER": folder}
    context, feedback, ended = QgsProcessingContext(), QgsProcessingFeedback(), []
    algorithm = registry.createAlgorithmById("neixiang:packet")
    task = QgsProcessingAlgRunnerTask(algorithm, words, context, feedback)
    task.executed.connect(lambda done, _: ended.append(done))
    QgsApplication.taskManager().addTask(task)
    while not ended:
        QgsApplication.processEvents()
    print(ended, feedback.textLog())
    registry.removeProvider(provider)
run(*sys.argv[1:])
application.exitQgis()
"""
COMMAND_LINE = ROOT / ".venv" / "bin" / "python"


@pytest.fixture(scope="module")
def provider(qgis_app: QgsApplication) -> Iterator[SurveyProvider]:
    provider = SurveyProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample's lines: QGIS writes into a file that it only shows."""
    copy = tmp_path_factory.mktemp("lines") / "routes.gpkg"
    shutil.copyfile(COUNTY / "cases" / "routes.gpkg", copy)
    return copy


@pytest.fixture(scope="module")
def expected(routes: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command line writes for the sample county's cases, by its words."""
    found = {}
    for words in set(COMMANDS.values()):
        target = tmp_path_factory.mktemp("cli") / "result.json"
        call = [COMMAND_LINE, "-m", "neixiang_survey_plugin", *words, routes, "--county", COUNTY]
        call += ["--on", ON, "--json", target]
        subprocess.run(call, cwd=ROOT, check=True, capture_output=True)
        found[" ".join(words)] = json.loads(target.read_text(encoding="utf-8"))
    return found


def same(one: Any, other: Any, at: str = "") -> None:
    """Equal, figures to a millionth."""
    if isinstance(one, float | int) and not isinstance(one, bool) and other is not None:
        assert one == pytest.approx(other, abs=1e-6), at
    elif isinstance(one, dict):
        assert one.keys() == other.keys(), at
        for key in one:
            same(one[key], other[key], f"{at}.{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), at
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            same(left, right, f"{at}[{number}]")
    else:
        assert one == other, at


def run(name: str, layer: Any, folder: Path, **more: Any) -> tuple[dict[str, Any], Any]:
    """The results of an algorithm, and its JSON."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"neixiang:{name}")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    target = folder / f"{name}.json"
    parameters = {"ROUTES": layer, "COUNTY": str(COUNTY), "ON": ON, "JSON": str(target), **more}
    if name != "packet":
        parameters.setdefault("OUTPUT", "memory:")
    results, done = algorithm.run(parameters, context, feedback)
    assert done, feedback.textLog()
    out = context.getMapLayer(results["OUTPUT"]) if "OUTPUT" in results else None
    if out is not None:
        results["layer"] = context.takeResultLayer(out.id())
    return results, json.loads(target.read_text(encoding="utf-8"))


def count_of_rows(name: str, report: Any) -> int:
    """How many features the layer beside a JSON should have."""
    if name == "conflicts":
        return sum(one["at"] is not None for one in report["conflicts"])
    if name == "trench":
        proposals = [one for group in report["suggestions"] for one in group["proposals"]]
        return sum(len(one["routes"]) for one in proposals)
    if name == "plan":
        return sum(len(one["remarks"]) for one in report["routes"])
    return len(report["routes"])


def measured(report: Any) -> Any:
    """Of the JSON of check what measuring gives."""
    keys = (
        "route_id utility case_id length_m grid_length_m across_total_m along_total_m "
        "inside_total_m green_total_m2 touched_roads crossings green green_trench_m2"
    ).split()
    rows = [{key: row[key] for key in keys} for row in report["routes"]]
    return {key: report[key] for key in ("schema", "county", "warnings")} | {"routes": rows}


def test_a_street_that_was_shut_again_is_not_opened_for_others(
    provider: SurveyProvider, tmp_path: Path
) -> None:
    path = tmp_path / "a.survey.gpkg"
    session = new_work(read_ground(COUNTY, drawn=False), path, "甲").session
    cases = COUNTY / "cases"
    lines = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    session.put(*lines, what="import")
    assert proposed(path, tmp_path)["suggestions"]
    shut = [Case(case_id=one, state=State.ACCESS_DONE) for one in {one.case_id for one in lines}]
    session.store.keep(shut, what="case")
    report = proposed(path, tmp_path)
    session.close()
    assert report["suggestions"] == []
    target = tmp_path / "cli.json"
    call = [COMMAND_LINE, "-m", "neixiang_survey_plugin", "trench", path, "--county", COUNTY]
    subprocess.run([*call, "--on", ON, "--json", target], cwd=ROOT, check=True, capture_output=True)
    same(report, json.loads(target.read_text(encoding="utf-8")))


def proposed(path: Path, folder: Path) -> Any:
    """The JSON of the trenches that are proposed for a survey file."""
    return run("trench", QgsVectorLayer(f"{path}|layername=routes", "routes", "ogr"), folder)[1]


def test_measuring_looks_for_no_conflict(
    routes: Path, provider: SurveyProvider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def searched(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(ConflictSearch, "__init__", searched)
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    _, report = run("measure", layer, tmp_path)
    assert report["routes"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_is_that_of_the_command_line(
    routes: Path, provider: SurveyProvider, expected: dict[str, Any], name: str, tmp_path: Path
) -> None:
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    results, report = run(name, layer, tmp_path)
    wanted = expected[" ".join(COMMANDS[name])]
    same(report, measured(wanted) if name == "measure" else wanted)
    assert results["layer"].crs().authid() == "EPSG:4546"
    assert results["layer"].featureCount() == count_of_rows(name, report)


def test_lines_of_any_layer_are_judged_as_those_of_the_file(
    routes: Path, provider: SurveyProvider, expected: dict[str, Any], tmp_path: Path
) -> None:
    file = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    layer = file.materialize(_request())
    assert layer.providerType() == "memory"
    _, report = run("judge", layer, tmp_path)
    nowhere: dict[str, Any] = {"warnings": []}  # they name where the lines came from
    same({**report, **nowhere}, {**expected["check"], **nowhere})


def test_a_filter_chooses_the_lines(routes: Path, provider: SurveyProvider, tmp_path: Path) -> None:
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    layer.setSubsetString("\"route_id\" = 'C02-gas'")
    results, report = run("judge", layer, tmp_path)
    assert [one["route_id"] for one in report["routes"]] == ["C02-gas"]
    [feature] = results["layer"].getFeatures()
    assert feature["verdict"] == "commitment"
    assert feature["length_m"] == report["routes"][0]["length_m"]


def test_a_packet_is_written_and_verifies(
    routes: Path, provider: SurveyProvider, tmp_path: Path
) -> None:
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    _, report = run("packet", layer, tmp_path, CASE="C02", FOLDER=str(tmp_path / "packets"))
    [packet] = report["packets"]
    assert packet["case_id"] == "C02"
    assert {"manifest.json", "map.html"} <= set(packet["files"])
    assert verify_packet(Path(packet["folder"])).differences == ()


def test_what_is_wrong_is_said_in_the_words_of_the_work(
    routes: Path, provider: SurveyProvider, tmp_path: Path
) -> None:
    layer = QgsVectorLayer(f"{routes}|layername=routes", "routes", "ogr")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("neixiang:judge")
    feedback = QgsProcessingFeedback()
    parameters = {"ROUTES": layer, "COUNTY": str(tmp_path), "OUTPUT": "memory:"}
    _, done = algorithm.run(parameters, QgsProcessingContext(), feedback)
    assert not done
    assert "there is no county file" in feedback.textLog()


def test_work_that_fails_is_said_and_lets_qgis_end_well(routes: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-c", FAILING, routes, COUNTY, tmp_path]
    result = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("[False] None of these lines is of case nowhere")


def test_every_algorithm_has_words_help_and_an_icon(provider: SurveyProvider) -> None:
    for one in ALGORITHMS:
        algorithm = one()
        assert algorithm.displayName()
        assert len(algorithm.shortHelpString()) > 40
        assert Path(algorithm.svgIconPath()).is_file()
        assert not algorithm.icon().isNull()


def test_without_packages_no_algorithm_runs_and_each_says_why(
    provider: SurveyProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "missing_for_the_window", lambda: ("shapely",))
    for one in ALGORITHMS:
        can, why = one().canExecute()
        assert not can
        assert "shapely" in why


class QgisProcess:
    """The program ``qgis_process`` with the plugin installed from its ZIP, in a fresh profile."""

    def __init__(self, folder: Path) -> None:
        with zipfile.ZipFile(build(folder)) as archive:
            archive.extractall(folder / "plugins")
        self._environment = {
            **os.environ,
            "QGIS_PLUGINPATH": str(folder / "plugins"),
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
            "PYTHONPATH": os.pathsep.join(one for one in sys.path if one.endswith("site-packages")),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(folder),
        }
        # Debian's wrapper passes an option that the program does not know.
        program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
        assert program is not None
        self._program = program
        ended(self.begin("plugins", "enable", "neixiang_survey_plugin"))

    def begin(self, *words: object) -> subprocess.Popen[str]:
        """Start it beside the test."""
        pipe = subprocess.PIPE
        call = [self._program, *map(str, words)]
        return subprocess.Popen(call, env=self._environment, stdout=pipe, stderr=pipe, text=True)


def ended(process: subprocess.Popen[str]) -> None:
    """Wait until it has ended well."""
    said = process.communicate()
    assert process.returncode == 0, said


@pytest.fixture(scope="module")
def qgis_process(tmp_path_factory: pytest.TempPathFactory) -> QgisProcess:
    return QgisProcess(tmp_path_factory.mktemp("installed"))


def test_qgis_process_runs_every_algorithm_of_the_installed_plugin(
    routes: Path, qgis_process: QgisProcess, expected: dict[str, Any], tmp_path: Path
) -> None:
    given = f"ROUTES={routes}|layername=routes", f"COUNTY={COUNTY}", f"ON={ON}"
    running = {}
    for name in COMMANDS:
        out = f"JSON={tmp_path / name}.json", f"OUTPUT={tmp_path / name}.gpkg"
        running[name] = qgis_process.begin("run", f"neixiang:{name}", "--", *given, *out)
    for name, process in running.items():
        ended(process)
        found = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        wanted = expected[" ".join(COMMANDS[name])]
        same(found, measured(wanted) if name == "measure" else wanted)


# The command line as it is where those two are not installed, as they are not in QGIS.
WITHOUT_CAD = """
import sys
sys.modules["ezdxf"] = sys.modules["pypdfium2"] = None
from neixiang_survey_plugin.hosts.cli.main import main
main()
"""
OF_CAD = {"现场单.png", "data/case.dxf"}
# The data of a packet give its number, which its papers bear and the hashes of the papers follow.
NUMBERED = ("manifest.json", "forms.json", "case.json", "现场单.pdf", "图纸.pdf")


def test_qgis_process_writes_the_packet_of_the_command_line_byte_for_byte(
    routes: Path, qgis_process: QgisProcess, tmp_path: Path
) -> None:
    given = f"ROUTES={routes}|layername=routes", f"COUNTY={COUNTY}", f"ON={ON}", "CASE=C02"
    out = f"JSON={tmp_path / 'qgis.json'}", f"FOLDER={tmp_path / 'qgis'}"
    running = qgis_process.begin("run", "neixiang:packet", "--", *given, *out)
    ask = ["packet", routes, "--county", COUNTY, "--on", ON, "--case", "C02"]
    for name, way in (("cli", ("-c", WITHOUT_CAD)), ("whole", ("-m", "neixiang_survey_plugin"))):
        target = "--out", tmp_path / name, "--json", tmp_path / f"{name}.json"
        call = [COMMAND_LINE, *way, *ask, *target]
        subprocess.run(call, cwd=ROOT, check=True, capture_output=True)
    ended(running)
    of_qgis, of_cli, whole = (content(tmp_path / name) for name in ("qgis", "cli", "whole"))
    assert of_qgis == of_cli  # every file of the folder, and the ZIP
    assert reported(tmp_path, "qgis") == reported(tmp_path, "cli")
    assert whole.keys() - of_qgis.keys() == {f"C02/{name}" for name in OF_CAD}
    differing = {name for name, data in of_qgis.items() if data != whole[name]} - {"C02.zip"}
    assert {Path(name).name for name in differing if not name.endswith(".docx")} == set(NUMBERED)
    facts = [json.loads(one["C02/case.json"]) for one in (of_qgis, whole)]
    for one in facts:
        assert len(one.pop("files")) == 1  # the hashes of the forms, which bear the number
    same(*facts)
    records = [json.loads(one["C02/forms.json"]) for one in (of_qgis, whole)]
    numbers = {number_of(one) for one in records}
    assert len(numbers) == 2
    same(*(without(json.dumps(one), *numbers) for one in records))


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def reported(folder: Path, name: str) -> Any:
    """What was told of the packets, their places as seen from their own folder."""
    text = (folder / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text.replace(str(folder / name), "."))


def number_of(record: Any) -> str:
    """The number that a packet's papers bear, in their record."""
    found: set[str] = set(re.findall(r'"number": "([0-9a-f]{64})"', json.dumps(record)))
    [number] = found
    return number


def without(text: str, *numbers: str) -> Any:
    """A record with the numbers taken out."""
    for number in numbers:
        text = text.replace(number, "")
    return json.loads(text)


def _request() -> Any:
    from qgis.core import QgsFeatureRequest

    return QgsFeatureRequest()
