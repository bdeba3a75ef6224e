"""Whatever names hold, every file of a packet shows them as they are written, and runs nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any
from xml.etree import ElementTree

import ezdxf
import numpy as np
import pytest
import shapely
from openpyxl import load_workbook

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.county import County, Department
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.folder import safe_name
from neixiang_survey_plugin.io.packet.verify import verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from tests import packet_cases as cases
from tests.packet import records, sampled
from tests.packet.browser import looked_at
from tests.packet.test_golden import text_of

NAMES = (
    "\"双引号\" '单引号' “中文引号” `反引号`",
    "..\\..\\上级/..//斜杠|竖线:*?<>",
    "示例👷‍♀️🚧公司🇨🇳",
    cases.LONG_NAME,
    '=HYPERLINK("http://x","点")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1,1)-1",
    "{{ 7 * 7 }}{% for x in y %}{_{ }_}{# 注 #}",
    "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'>&amp;",
    "]]><!-- <?xml?> &#65; --",
    "CON",
    " ..示例.. ",
    "示例\u202egnp.exe",
    "'; DROP TABLE routes; --",
    "${jndi:ldap://x} %PATH% $(calc) \\U+4E2D %%d",
)
CASE = NAMES[1] + NAMES[4] + NAMES[7] + NAMES[8]  # every trick at once, and too long for a file
_WINDOWS_NO = re.compile(r'[<>:"|?*\x00-\x1f]')


def renamed(county: County) -> County:
    """The county, every name of its roads, greens, mains and sites one of these."""
    layers = dict(county.layers)
    for layer, fields in (
        ("roads", ["name"]),
        ("green_spaces", ["name"]),
        ("pipelines", ["owner"]),
        ("sites", ["name", "applicant"]),
    ):
        table = layers[layer]
        texts = np.resize(np.array(NAMES, dtype=np.object_), len(table))
        layers[layer] = replace(table, columns={**table.columns, **dict.fromkeys(fields, texts)})
    departments = {
        matter: Department(matter, name)
        for matter, name in zip(county.departments, NAMES, strict=False)
    }
    return replace(county, layers=layers, departments=departments)


def lines() -> list[Route]:
    """A line for each name, side by side across a street of the sample."""
    (one,) = (result.route for result in sampled.case("C06").routes)
    return [
        replace(
            one,
            route_id=name.strip(),  # as whoever reads a file of lines reads it
            case_id=CASE,
            unit=name.strip(),
            contractor=name.strip(),
            line=shapely.transform(one.line, lambda xy, n=number: np.add(xy, [4.0 * n, 0.0])),
        )
        for number, name in enumerate(NAMES)
    ]


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    """One packet in which all of these stand wherever a name may stand."""
    county = renamed(sampled.checked()[0])
    routes = lines()
    conflicts = ConflictSearch(county, load_clearances(sampled.DATA)).judge(routes)
    check = replace(Checker(county).check(routes, sampled.ON), conflicts=conflicts)
    opinions = tuple(
        replace(one, unit=name, conditions=name)
        for one, name in zip(records.DOSSIER.opinions * 8, NAMES, strict=False)
    )
    case = replace(records.DOSSIER.case, project_name=NAMES[7], address=NAMES[8], lead_unit=CASE)
    dossier = replace(records.DOSSIER, case=case, opinions=opinions)
    maker = PacketMaker(check, county, sampled.DATA)
    return maker.write(check.cases[0], tmp_path_factory.mktemp("awkward"), dossier=dossier)


def shown(name: str) -> str:
    """A name as files show it: in one line."""
    return " ".join(name.split())


def assert_all_in(text: str, where: str) -> None:
    flat = " ".join(text.split())
    for name in NAMES:
        assert shown(name) in flat, (name, where)


def test_it_proves_its_figures(packet: PacketWritten) -> None:
    assert verify_packet(packet.archive).differences == ()
    assert verify_packet(packet.folder).differences == ()


def test_every_file_name_is_one_that_windows_takes(packet: PacketWritten) -> None:
    with zipfile.ZipFile(packet.archive) as archive:
        inside = archive.namelist()
    names = [f"{packet.folder.name}/{name}" for name in inside] + [packet.archive.name]
    for name in names:
        path = PureWindowsPath(name)
        assert not path.is_absolute()
        assert ".." not in path.parts
        for part in path.parts:
            assert not _WINDOWS_NO.search(part), part
            assert part == part.strip(" ."), part
            assert not PureWindowsPath(part).is_reserved(), part
            assert len(part.encode()) <= 200
    for name in NAMES:
        assert safe_name(name) == safe_name(safe_name(name)) or safe_name(name) != name


def test_every_form_holds_them_as_written(packet: PacketWritten) -> None:
    forms = sorted(packet.folder.glob("*.docx"))
    assert len(forms) >= 3
    for path in forms:
        with zipfile.ZipFile(path) as document:
            for part in document.namelist():
                if part.endswith(".xml"):
                    ElementTree.fromstring(document.read(part))
    main = next(path for path in forms if path.name.startswith("给水-联合"))
    assert_all_in(text_of(main), main.name)
    assert shown(CASE) in " ".join(text_of(main).split())


def test_no_cell_of_the_quantities_is_a_formula(packet: PacketWritten) -> None:
    book = load_workbook(packet.folder / "工程量.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert_all_in(" ".join(str(cell.value) for cell in cells if cell.value), "工程量.xlsx")


def test_the_map_shows_them_and_runs_none(packet: PacketWritten, tmp_path: Path) -> None:
    seen = looked_at(packet.folder / "map.html", tmp_path, [[0.0, 0.0], [0.0, 0.0]])
    assert (seen["errors"], seen["hacked"], seen["fetched"]) == ([], False, [])
    assert_all_in(" ".join(seen["popups"]), "map.html")
    assert shown(CASE) in " ".join(seen["head"].split())


def test_the_facts_are_those_that_were_given(packet: PacketWritten) -> None:
    facts = json.loads((packet.folder / "case.json").read_text(encoding="utf-8"))
    assert [one["route_id"] for one in facts["routes"]] == [name.strip() for name in NAMES]
    assert facts["packet"] == CASE


def texts_of_kml(path: Path) -> Iterator[str]:
    for one in ElementTree.parse(path).iter():
        yield one.text or ""


def test_the_data_for_other_programs_hold_them_as_text(packet: PacketWritten) -> None:
    data = packet.folder / "data"
    with closing(sqlite3.connect(data / "case.gpkg")) as connection:
        rows = connection.execute("SELECT route_id, unit_name FROM routes").fetchall()
    assert_all_in(" ".join(cell for row in rows for cell in row), "case.gpkg")
    for name in ("case_wgs84.geojson", "case_grid.geojson"):
        found: list[dict[str, Any]] = json.loads((data / name).read_text("utf-8"))["features"]
        assert_all_in(" ".join(str(one["properties"].get("route_id")) for one in found), name)
    kml = " ".join(re.sub("<[^>]+>", " ", text) for text in texts_of_kml(data / "case.kml"))
    for name in (NAMES[3], NAMES[4], NAMES[6]):
        assert name in kml
    assert "<script" not in (data / "case.kml").read_text(encoding="utf-8")


def test_the_drawing_opens_and_holds_what_its_code_page_has(packet: PacketWritten) -> None:
    document = ezdxf.readfile(packet.folder / "data" / "case.dxf")
    assert document.audit().errors == []
    texts = " ".join(one.dxf.text for one in document.modelspace().query("TEXT"))
    assert cases.LONG_NAME in texts
    for layer in document.layers:
        assert not _WINDOWS_NO.search(layer.dxf.name)
    listed = subprocess.run(
        ["ogrinfo", "-al", "-so", str(packet.folder / "data" / "case.dxf")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Feature Count" in listed.stdout
