"""A packet proves its own figures, and nothing in it can be changed unnoticed."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.app.casework.chosen_ways import on_ways
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.verifying import DifferenceKind, Verified, differing
from neixiang_survey_plugin.app.wording.packets import difference_sentence
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.taped import line_print
from neixiang_survey_plugin.io.packet.contents import UnreadableError, plain_contents
from neixiang_survey_plugin.io.packet.folder import hashed, json_bytes
from neixiang_survey_plugin.io.packet.manifest import packet_number
from neixiang_survey_plugin.io.packet.opened import OpenedPacket, open_archive, open_packet
from neixiang_survey_plugin.io.packet.verify import verify_opened, verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from tests.data.sample import DATA
from tests.hosts.test_cli_check import run
from tests.packet import sampled

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    """A packet with roads, a conflict and a commitment."""
    return sampled.packet("C06", tmp_path_factory.mktemp("packets"))


def found(verified: Verified) -> list[tuple[DifferenceKind, str]]:
    return [(one.kind, one.where) for one in verified.differences]


def test_the_packets_of_the_sample_prove_their_figures(tmp_path: Path) -> None:
    _, result = sampled.checked()
    for case in result.cases[::3]:
        verified = verify_packet(sampled.maker().write(case, tmp_path).archive)
        assert [difference_sentence(one) for one in verified.differences] == [], case.case_id
        assert verified.figures > 10


def test_folder_and_zip_say_the_same(written: PacketWritten) -> None:
    assert verify_packet(written.folder) == verify_packet(written.archive)


def test_each_of_a_thousand_random_changed_bytes_is_found(written: PacketWritten) -> None:
    content = written.archive.read_bytes()
    chance = random.Random(20261125)
    for _ in range(1000):
        place, change = chance.randrange(len(content)), chance.randrange(1, 256)
        changed = bytearray(content)
        changed[place] ^= change
        verified = verify_opened(open_archive(bytes(changed), "c.zip"))
        assert verified.differences, (place, change)


def test_every_changed_byte_of_the_manifest_and_of_a_folder_is_found(
    written: PacketWritten,
) -> None:
    files = open_packet(written.folder).files
    chance = random.Random(6)
    for name in files:
        changed = bytearray(files[name])
        changed[chance.randrange(len(changed))] ^= 1
        verified = verify_opened(OpenedPacket({**files, name: bytes(changed)}, ()))
        assert verified.differences, name


def forged(written: PacketWritten, change: Change, **others: bytes) -> Verified:
    """A packet whose facts somebody changed who then wrote every hash anew."""
    files = {**open_packet(written.folder).files, **others}
    facts = json.loads(files["case.json"])
    change(facts)
    files["case.json"] = json_bytes(facts)
    manifest = json.loads(files.pop("manifest.json"))
    data = {name: content for name, content in files.items() if name.startswith("data/")}
    manifest["number"] = packet_number(facts, data)
    manifest["files"] = {name: hashed(files[name]) for name in manifest["files"]}
    files["manifest.json"] = json_bytes(manifest)
    return verify_opened(OpenedPacket(files, ()))


def test_a_forger_who_writes_every_hash_anew_changes_nothing_unnoticed(
    written: PacketWritten,
) -> None:
    def nothing(facts: dict[str, Any]) -> None:
        """Leave all as it is."""

    def shorter(facts: dict[str, Any]) -> None:
        facts["routes"][0]["length_m"] -= 0.01

    def less_green(facts: dict[str, Any]) -> None:
        facts["routes"][0]["green_total_m2"] = 0.0

    def another_way(facts: dict[str, Any]) -> None:
        facts["routes"][0]["verdict"] = "exempt"

    def no_conflict(facts: dict[str, Any]) -> None:
        facts["conflicts"] = []

    assert forged(written, nothing).differences == ()
    for change, where in (
        (shorter, "case.json.routes[0].length_m"),
        (less_green, "case.json.routes[0].green_total_m2"),
        (another_way, "case.json.routes[0].verdict"),
        (no_conflict, "case.json.conflicts"),
    ):
        assert (DifferenceKind.FIGURE, where) in found(forged(written, change)), where


def test_a_milder_policy_put_into_the_packet_is_found(written: PacketWritten) -> None:
    policy = (written.folder / "data" / "county" / "policy.toml").read_bytes()
    milder = policy.replace(b"limit = 200", b"limit = 900").replace(b"200.0", b"900.0")
    assert milder != policy
    verified = forged(written, lambda facts: None, **{"data/county/policy.toml": milder})
    assert any(where.endswith("limit") for _, where in found(verified))


def test_another_scale_of_the_grid_is_found(written: PacketWritten) -> None:
    grid = json.loads((written.folder / "data" / "county" / "grid.json").read_bytes())
    grid["coefficients"][0] += 1e-6
    files = {"data/county/grid.json": json.dumps(grid).encode()}
    (one,) = forged(written, lambda facts: None, **files).differences
    assert one.kind is DifferenceKind.NOT_JUDGED
    assert "投影比例" in difference_sentence(one)


def test_a_stricter_way_that_a_unit_chose_agrees_and_a_milder_one_does_not(tmp_path: Path) -> None:
    county, result = sampled.checked()
    case = sampled.case("C06")
    stricter = on_ways(case, {"water": Way.JOINT}, county.policy)
    packet = PacketMaker(result, county, DATA).write(stricter, tmp_path)
    assert verify_packet(packet.folder).differences == ()
    milder = on_ways(sampled.case("C07"), {"water": Way.COMMITMENT}, county.policy)
    packet = PacketMaker(result, county, DATA).write(milder, tmp_path)
    assert DifferenceKind.MILDER in {one.kind for one in verify_packet(packet.folder).differences}


def test_facts_from_the_site_come_along(tmp_path: Path) -> None:
    county, result = sampled.checked()
    route = next(one.route for one in result.routes if one.route.case_id == "C22")
    (touch, *_) = next(one for one in result.routes if one.route is route).measures.roads.touches
    fact = ConfirmedFact(
        "roads", touch.road.road_id, "delivered_on", "2010-05-01", "竣工备案表", "甲", sampled.ON
    )
    confirmed, complaints = county.with_facts([fact])
    assert complaints == ()
    again = Checker(confirmed).check([route], sampled.ON)
    packet = PacketMaker(again, confirmed, DATA).write(again.cases[0], tmp_path)
    assert verify_packet(packet.folder).differences == ()
    facts = json.loads((packet.folder / "case.json").read_bytes())
    assert facts["confirmed_facts"][0]["evidence"] == "竣工备案表"


def test_a_packet_with_a_taped_figure_and_a_fact_from_elsewhere_proves_itself(
    tmp_path: Path,
) -> None:
    county, result = sampled.checked()
    line = next(one for one in result.routes if one.route.case_id == "C03")
    road_id = line.measures.roads.crossings[0].road.road_id
    day = sampled.ON
    taped = ConfirmedFact(
        *("routes", f"{line.route.route_id}@{road_id}", "taped_m", "14.96", "皮尺", "甲", day),
        line_print(line.route.line),
    )
    stray = replace(taped, object_id=f"X@{road_id}")
    away = ConfirmedFact("roads", "R161", "delivered_on", "2010-05-01", "竣工备案表", "甲", day)
    confirmed, complaints = county.with_facts([taped, stray, away])
    assert complaints == ()
    again = Checker(confirmed).check([line.route], day)
    assert again.cases[0].ways == {"gas": Way.COMMITMENT}
    packet = PacketMaker(again, confirmed, DATA).write(again.cases[0], tmp_path)
    assert verify_packet(packet.folder).differences == ()


def test_files_put_in_or_taken_out_are_named(written: PacketWritten) -> None:
    files = dict(open_packet(written.folder).files)
    del files["工程量.xlsx"]
    verified = verify_opened(OpenedPacket({**files, "note.txt": b"x"}, ()))
    assert found(verified) == [
        (DifferenceKind.MISSING, "工程量.xlsx"),
        (DifferenceKind.EXTRA, "note.txt"),
    ]


def test_a_zip_packed_by_somebody_else_is_told(written: PacketWritten) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in open_packet(written.folder).files.items():
            archive.writestr(name, part)
    verified = verify_opened(open_archive(content.getvalue(), "c.zip"))
    assert found(verified) == [(DifferenceKind.CONTAINER, "c.zip")]


def test_what_is_no_packet_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK nothing")
    (tmp_path / "folder").mkdir()
    for name in ("a.zip", "folder", "missing"):
        with pytest.raises(SurveyError):
            verify_packet(tmp_path / name)


def test_figures_that_another_machine_rounds_elsewhere_are_the_same() -> None:
    assert list(differing({"a": 15.0}, {"a": 15.0 + 5e-7}, "x")) == []
    assert [one.where for one in differing({"a": [15.0]}, {"a": [15.001]}, "x")] == ["x.a[0]"]
    assert list(differing({"a": None}, {"a": 0.0}, "x"))
    assert list(differing({"a": True}, {"a": 1}, "x"))


def test_the_command_says_yes_or_names_the_difference(
    written: PacketWritten, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, _ = run("packet", "verify", written.archive, capsys=capsys)
    assert (status, "资料包 C06：一致" in said) == (0, True)
    content = bytearray(written.archive.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "C06.zip").write_bytes(content)
    status, said, _ = run("packet", "verify", tmp_path / "C06.zip", "--json", "-", capsys=capsys)
    assert (status, json.loads(said)["agrees"]) == (1, False)
    status, _, err = run("packet", "verify", tmp_path / "none.zip", capsys=capsys)
    assert (status, "没有这个文件" in err) == (2, True)


def test_the_name_of_a_case_without_a_number_is_verified_too(tmp_path: Path) -> None:
    _, result = sampled.checked()
    case = sampled.case("C06")
    bare = [replace(one, route=replace(one.route, case_id=None)) for one in case.routes]
    check = replace(result, routes=tuple(bare), suspected_splits=())
    county, _ = sampled.checked()
    packet = PacketMaker(check, county, DATA).write(check.cases[0], tmp_path)
    assert packet.folder.name.startswith("无案件-")


def test_a_drawing_for_other_programs_that_defines_words_of_its_own_is_not_read() -> None:
    # such words may unfold into gigabytes; no program writes them into a KML
    unfolding = b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aa">]><kml>&a;</kml>'
    with pytest.raises(UnreadableError):
        plain_contents("data/case.kml", unfolding)
