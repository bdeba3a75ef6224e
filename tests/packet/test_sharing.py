"""A shared trench on a packet's map: before and after, and the packet proves itself on it."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import shapely

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.reviewing import accept
from neixiang_survey_plugin.app.trenching.shown import agreed_in, best_proposed, of_case
from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.review import CommonWorks, with_common_ground
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.packet.opened import open_packet
from neixiang_survey_plugin.io.packet.sharing import read_sharing, sharing_file
from neixiang_survey_plugin.io.packet.verify import verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.packet import sampled
from tests.packet.browser import looked_at
from tests.packet.test_verify import forged

AT = datetime(2026, 11, 20, 15, 30)


@functools.cache
def drawn() -> tuple[Route, ...]:
    """The five lines of the sample's drawn case."""
    cases = sampled.DATA / "cases"
    return tuple(read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml"))


@functools.cache
def planned() -> TrenchResult:
    """What is proposed for them."""
    county, _ = sampled.checked()
    search = ConflictSearch(county, load_clearances(sampled.DATA))
    rules = load_trench_rules(sampled.DATA)
    return TrenchPlanner(Checker(county), search, rules).propose(drawn(), sampled.ON)


def checked(lines: tuple[Route, ...]) -> CheckResult:
    """The check of some lines with their conflicts."""
    county, _ = sampled.checked()
    conflicts = ConflictSearch(county, load_clearances(sampled.DATA)).judge(lines)
    return replace(Checker(county).check(lines, sampled.ON), conflicts=conflicts)


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    """The packet of a case for which a shared trench is proposed."""
    check = checked(drawn())
    shared = of_case(check.cases[0], best_proposed(planned()))
    maker = PacketMaker(check, sampled.checked()[0], sampled.DATA)
    return maker.write(check.cases[0], tmp_path_factory.mktemp("proposed"), shared=shared)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    path = tmp_path / "a.survey.gpkg"
    create_survey(path, 4546, "411325")
    opened = open_survey(path, "甲")
    opened.edit(put=drawn())
    yield opened
    opened.close()


def agreed_packet(store: SurveyStore, folder: Path) -> PacketWritten:
    """The packet of the case after its proposal was accepted: judged on the common ground."""
    accept(store, planned().suggestions[0].proposals[0], "规划科", AT)
    lines = with_common_ground(store.routes().routes, store.records(CommonWorks)).routes
    check = checked(lines)
    shared = of_case(check.cases[0], agreed_in(store, lines))
    maker = PacketMaker(check, sampled.checked()[0], sampled.DATA)
    return maker.write(check.cases[0], folder, shared=shared)


def test_the_map_shows_a_proposal_before_and_after(proposed: PacketWritten, tmp_path: Path) -> None:
    seen = looked_at(proposed.folder / "map.html", tmp_path, [[0.0, 0.0], [0.0, 0.0]])
    assert (seen["errors"], seen["fetched"]) == ([], [])
    before, after, both = (seen["sides"][name] for name in ("共沟前", "共沟后", "两者"))
    around = {"城市道路", "绿地", "既有管线"}
    assert set(after) == {*around, "共沟后"}  # the case's own lines are those before it
    assert {"外线", "共沟前"} <= set(before)
    assert "共沟后" not in before
    assert set(both) == {*before, *after}
    assert "共沟方案：" in seen["head"]
    (trench,) = best_proposed(planned())
    for row in trench.rows:
        assert "".join(row) in seen["head"]


def test_the_packet_of_a_proposal_proves_itself(proposed: PacketWritten) -> None:
    assert verify_packet(proposed.archive).differences == ()


def test_the_packet_of_agreed_works_is_judged_on_the_common_ground_and_proves_itself(
    store: SurveyStore, tmp_path: Path
) -> None:
    packet = agreed_packet(store, tmp_path / "agreed")
    assert verify_packet(packet.archive).differences == ()
    facts = json.loads((packet.folder / "case.json").read_bytes())
    alone = checked(tuple(store.routes().routes))
    green_m2 = {one.route.route_id: one.measures.green.strip.value for one in alone.routes}
    assert any(
        one["green_total_m2"] != pytest.approx(green_m2[one["route_id"]]) for one in facts["routes"]
    )
    (trench,) = read_sharing((packet.folder / "data" / "sharing.json").read_bytes())
    assert trench.accepted
    by_name = {one.route_id: one for one in drawn()}
    assert {one.route_id for one in trench.lines} == by_name.keys()
    for one in trench.lines:
        assert shapely.equals_exact(one.before, by_name[one.route_id].line, 1e-6)
    assert "已同意的共沟（规划科" in (packet.folder / "map.html").read_text("utf-8")


def test_a_line_that_was_changed_since_has_no_before_and_after(store: SurveyStore) -> None:
    accept(store, planned().suggestions[0].proposals[0], "规划科", AT)
    kept = store.routes().routes
    moved = replace(kept[0], line=shapely.transform(kept[0].line, lambda xy: xy + 1.0))
    store.edit(put=[moved])
    (trench,) = agreed_in(store, store.routes().routes)
    assert moved.route_id not in {one.route_id for one in trench.lines}
    assert len(trench.lines) == len(kept) - 1


def elsewhere(packet: PacketWritten, **files: bytes) -> list[Difference]:
    """What is found where somebody put other files in, but for the numbers that forms print."""
    differences = forged(packet, lambda facts: None, **files).differences
    return [one for one in differences if not one.where.endswith(".docx")]


def test_a_before_that_somebody_moved_is_found(proposed: PacketWritten) -> None:
    content = (proposed.folder / "data" / "sharing.json").read_bytes()
    (trench,) = read_sharing(content)
    assert sharing_file([trench]) == content
    first, *others = trench.lines
    moved = shapely.transform(first.before, lambda xy: xy + 0.01)
    changed = replace(trench, lines=(replace(first, before=moved), *others))
    files = {"data/sharing.json": sharing_file([changed])}
    found = elsewhere(proposed, **files)
    assert {one.where.split(".")[0] for one in found} == {"data/sharing", "map"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("data/case_wgs84.geojson", (b"111.", b"111.0")),
        ("data/case.kml", (b"<coordinates>111.", b"<coordinates>111.0")),
        ("data/case.dxf", (b"583", b"584")),
        ("map.html", ("联合踏勘".encode(), "免审".encode())),
        ("data/case.gpkg", None),
    ],
)
def test_a_map_or_a_file_for_others_that_shows_something_else_is_found(
    name: str, change: tuple[bytes, bytes] | None, proposed: PacketWritten
) -> None:
    content = open_packet(proposed.folder).files[name]
    if change is None:
        content = (proposed.folder / "data" / "county" / "lines.gpkg").read_bytes()
    else:
        assert change[0] in content
        content = content.replace(*change, 1)
    found = elsewhere(proposed, **{name: content})
    assert found
    assert all(one.where.startswith(name) for one in found)
    broken = elsewhere(proposed, **{name: b"no such file"})
    assert broken
    assert all(one.where.startswith(name) for one in broken)
    assert {one.kind for one in broken} <= {DifferenceKind.DAMAGED, DifferenceKind.FIGURE}
