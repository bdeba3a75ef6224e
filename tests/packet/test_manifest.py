"""The packet as a folder and as a ZIP, and what its manifest says."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketWritten, write_packet
from tests import packet_cases as cases
from tests.data.sample import DATA
from tests.packet import sampled


def packet_of(folder: Path) -> PacketWritten:
    result = cases.checked(cases.COMMITTED, cases.PROTECTED)
    return write_packet(result.cases[0], result, cases.county(), folder)


def test_the_zip_holds_the_files_of_the_folder(tmp_path: Path) -> None:
    packet = packet_of(tmp_path)
    with zipfile.ZipFile(packet.archive) as archive:
        for path in packet.files:
            name = path.relative_to(packet.folder).as_posix()
            assert archive.read(name) == path.read_bytes()
        assert len(archive.namelist()) == len(packet.files)


def test_the_manifest_has_the_hash_of_every_other_file(tmp_path: Path) -> None:
    packet = packet_of(tmp_path)
    manifest = json.loads((packet.folder / "manifest.json").read_bytes())
    for path in packet.files[:-1]:
        name = path.relative_to(packet.folder).as_posix()
        assert manifest["files"][name] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(manifest["files"]) == len(packet.files) - 1
    assert manifest["readings"]["crossing"] == "across"
    assert manifest["policy"] == "neixiang_2022"


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = packet_of(tmp_path / "1"), packet_of(tmp_path / "2")
    assert first.archive.read_bytes() == second.archive.read_bytes()
    assert first.sha256 == second.sha256


def test_a_packet_again_replaces_folder_and_zip(tmp_path: Path) -> None:
    before = packet_of(tmp_path).archive.read_bytes()
    assert packet_of(tmp_path).archive.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c1", "c1.zip"]


def test_a_zip_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "c1.zip").write_bytes(b"mine")
    with pytest.raises(SurveyError, match="没有覆盖"):
        packet_of(tmp_path)
    assert (tmp_path / "c1.zip").read_bytes() == b"mine"


def test_what_a_packet_rests_on_is_what_the_whole_county_says(tmp_path: Path) -> None:
    county, result = sampled.checked()
    prints = Fingerprinter(county, load_clearances(DATA))
    routes = {one.route.route_id: one.route for one in result.routes}
    for case in result.cases[::7]:
        packet = sampled.maker().write(case, tmp_path)
        rests_on = json.loads((packet.folder / "manifest.json").read_bytes())["rests_on"]
        for line in case.routes:
            whole = prints.of([routes[name] for name in line.judged_with])
            assert whole is not None
            assert rests_on[line.route.utility]["layers"] == whole.layers
