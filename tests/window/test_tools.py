"""What the pointer is drawn to and what every tool shows, by real mouse on the sample county."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import shapely
from shapely import Point

from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.map_host import Mark, Snap
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.states import State
from tests.window.hand import Hand
from tests.window.test_drawing import AREA, VIEW, at

Place = tuple[float, float]


@pytest.fixture
def ready(hand: Hand) -> Hand:
    hand.look_at(*VIEW)
    hand.window.use_kit(Kit("T1", applicant_kind="company"))
    return hand


def snapped(hand: Hand) -> Snap | None:
    """The mark that is on the map now."""
    shown = hand.map._overlays.get("snap", ())
    return shown[0].snap if shown else None


def lonely(hand: Hand, layer: str) -> Place:
    """Look at a place on a line or an edge with nothing else near, no corner and no middle."""
    tables = hand.session.county.layers
    edges = {name: shapely.boundary(table.geometry) for name, table in tables.items()}
    edges["pipelines"] = tables["pipelines"].geometry
    all_edges = shapely.STRtree([one for lines in edges.values() for one in lines])
    for edge in edges[layer]:
        for start, end in pairwise(shapely.get_coordinates(edge)):
            place = Point(0.7 * start + 0.3 * end)
            ends_m = min(place.distance(Point(start)), place.distance(Point(end)))
            if ends_m > 3 and len(all_edges.query(place.buffer(1.5), "intersects")) == 1:
                hand.look_at(place.x - 60, place.y - 35, place.x + 60, place.y + 35)
                return place.x, place.y
    raise AssertionError(f"no place on {layer} is alone")


@pytest.mark.parametrize(
    ("layer", "snap", "words"),
    [
        ("pipelines", Snap.MAIN, "吸到管线"),
        ("sites", Snap.SITE, "吸到用地"),
        ("buildings", Snap.EDGE, "吸到边线"),
    ],
)
def test_a_line_begins_on_what_lies_there_and_says_on_what(
    ready: Hand, layer: str, snap: Snap, words: str
) -> None:
    east, north = lonely(ready, layer)
    ready.key("1")
    ready.move(east + 0.2, north + 0.2)
    assert snapped(ready) is snap
    assert words in ready.window.readout.words
    ready.click((east + 0.2, north + 0.2))
    (draft,) = ready.session.drafts
    table = ready.session.county.layers[layer]
    edge = table.geometry if layer == "pipelines" else shapely.boundary(table.geometry)
    assert min(shapely.distance(edge, Point(draft.vertices[0]))) == pytest.approx(0, abs=1e-6)
    ready.key("S")
    ready.move(east + 0.2, north + 0.2)
    assert snapped(ready) is None


def test_vertices_middles_and_right_angles_draw_the_pointer_with_a_mark_of_their_own(
    ready: Hand,
) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    ready.key("S")
    start, end = ready.session.routes["T1-water"].line.coords
    ready.key("3")
    for place, snap in (
        ((end[0] + 0.3, end[1] + 0.3), Snap.VERTEX),
        (((start[0] + end[0]) / 2 + 0.3, start[1] + 0.3), Snap.MIDDLE),
        ((start[0] + 5, start[1] + 0.3), Snap.EDGE),
    ):
        ready.move(*place)
        assert snapped(ready) is snap
    ready.click((start[0] + 5, start[1] + 8))
    ready.move(start[0] + 5.2, start[1] + 0.3)  # straight across to the line
    assert snapped(ready) is Snap.RIGHT_ANGLE
    assert "吸到直角" in ready.window.readout.words
    pictures = set()
    for snap in Snap:
        ready.window.canvas.show_overlay("snap", [])
        ready.window.desk.board.mark_snap(at(30, 10), snap)
        pictures.add(bytes(ready.window.canvas.render(300, 200)))
    assert len(pictures) == len(Snap)  # each has a shape of its own


def test_a_parallel_to_a_kerb_is_measured_before_it_is_taken(ready: Hand) -> None:
    roads = shapely.boundary(ready.session.county.layers["roads"].geometry)
    kerb = min(roads, key=lambda one: float(one.distance(Point(AREA))))
    place = kerb.interpolate(kerb.project(Point(AREA)))
    ready.key("4")
    ready.key("P")
    ready.click((place.x, place.y))
    ready.move(place.x + 20, place.y - 1)
    panel = ready.window.survey
    assert panel.shown is not None
    assert panel.shown.route.utility == "heat"
    previewed_m = panel.shown.measures.length_m
    assert f"{previewed_m:.1f} m" in ready.window.readout.words
    assert ready.session.routes == {}
    ready.click((place.x + 20, place.y - 1))
    ready.key("Return")
    (heat,) = ready.session.routes.values()
    assert ready.session.results["T1-heat"].measures.length_m == pytest.approx(previewed_m)
    assert heat.line.distance(kerb) == pytest.approx(1.0, abs=0.01)


def test_a_bore_is_drawn_to_the_kerb_with_its_depth_and_pits_and_judged_at_once(
    ready: Hand,
) -> None:
    roads = shapely.boundary(ready.session.county.layers["roads"].geometry)
    kerb = min(roads, key=lambda one: float(one.distance(Point(AREA))))
    north = kerb.interpolate(kerb.project(Point(AREA))).y
    ready.key("S")
    ready.draw(1, (AREA[0], north - 4), (AREA[0], north + 4))
    ready.key("S")
    (crossing,) = ready.session.results["T1-water"].measures.roads.crossings
    ready.key("T")
    strip = ready.window.strip
    for field, figure in ((strip.depth, "3.2"), (strip.pit_length, "2"), (strip.pit_width, "1.5")):
        field.setFocus()
        field.selectAll()
        ready.bot.keyClicks(field, figure)
        ready.key("Return", field)
    ready.click((AREA[0], north + 0.3))  # beside the kerb
    ready.move(AREA[0], north + 3.8)
    panel = ready.window.survey
    assert panel.shown is not None
    assert panel.shown.route.trenchless != ()
    assert ready.session.routes["T1-water"].trenchless == ()
    ready.click((AREA[0], north + 3.8))  # beside the end
    bored = ready.session.routes["T1-water"]
    (bore,) = bored.trenchless
    assert (bore.from_m, bore.depth_m) == (pytest.approx(crossing.from_m), 3.2)
    assert bore.to_m == pytest.approx(ready.session.results["T1-water"].measures.length_m)
    assert (bored.pit_length_m, bored.pit_width_m) == (2.0, 1.5)
    ready.click((AREA[0], north + 2))
    assert ready.session.routes["T1-water"].trenchless == ()


def test_a_vertex_is_put_in_marked_and_taken_out_again(ready: Hand) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    ready.key("R")
    ready.move(*at(10))
    assert ready.map._overlays["hover"][0].mark is Mark.HOVER
    ready.drag(at(10), at(10, 8))
    assert len(ready.session.routes["T1-water"].line.coords) == 3
    touched = [one for one in ready.map._overlays["draft"] if one.mark is Mark.SELECTED]
    assert touched[0].geometry.distance(Point(at(10, 8))) < 0.2
    ready.key("Del")
    assert len(ready.session.routes["T1-water"].line.coords) == 2
    ready.key("Ctrl+Z")
    ready.drag(ready.session.routes["T1-water"].line.coords[1], at(12, 9))
    ready.key("Backspace")
    assert len(ready.session.routes["T1-water"].line.coords) == 2
    ready.key("Del")  # no vertex is marked any more: the whole line
    assert ready.session.routes == {}


def test_a_line_that_is_turned_round_or_copied_says_so(ready: Hand) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    start = ready.session.routes["T1-water"].line.coords[0]
    ready.window.actions_["reverse"].trigger()
    assert ready.session.routes["T1-water"].line.coords[-1] == start
    assert "T1-water 的起点和终点" in ready.said()
    ready.window.actions_["copy_telecom"].trigger()
    assert "T1-telecom" in ready.said()
    assert ready.session.routes["T1-telecom"].line == ready.session.routes["T1-water"].line


def test_rules_that_stand_in_the_way_come_first_and_the_banner_says_how_it_reads(
    ready: Hand,
) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    panel = ready.window.survey
    assert panel.banner.reading == "按横穿合计 · 同专业合计 · 作业带"
    rows = panel._rows.layout()

    def shown() -> list[Any]:
        listed = [rows.itemAt(row).widget() for row in range(rows.count())]
        return [row for row in listed if row.isVisible()]

    assert next(row.finding.rule for row in shown()) != "line_length"
    assert {row.state for row in shown()} == {State.PASS}
    look = ready.map.view.box
    ready.look_at(look[0], look[1], look[0] + 400, look[3])
    ready.draw(3, at(0, -5), at(230, -5))
    assert panel.gauges["length"].finding is shown()[0].finding
    assert shown()[0].state is State.FAIL
    ready.session.select("T1-water")
    assert {row.state for row in shown()} == {State.PASS}
    assert next(row.finding.rule for row in shown()) != panel.gauges["length"].finding.rule


def test_a_case_without_lines_says_what_comes_next_and_drawing_brings_the_verdict_in_sight(
    ready: Hand,
) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    ready.window.use_kit(Kit("T2"))
    ready.session.select(None)
    panel = ready.window.survey
    texts = ready.window.look.texts
    words = " ".join(one.text() for one in panel._empty.findChildren(QtWidgets.QLabel))
    assert texts("survey.empty") in words
    ready.window.use_kit(Kit("T1"))
    ready.session.select("T1-water")
    ready.window.resize(1200, 500)
    bar = panel._area.verticalScrollBar()
    ready.wait_for(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    ready.key("3")
    ready.click(at(0, 10))
    ready.move(*at(10, 10))
    assert bar.value() == 0


def test_the_case_and_the_view_of_last_time_are_there_again(hand: Hand) -> None:
    hand.window.choose_case("K3")
    hand.key("S")
    hand.look_at(*VIEW)
    hand.draw(1, at(0), at(20))
    east = hand.map.view.e_m
    path = hand.path
    hand.close()
    again = Hand(hand.bot, path.parent, path)
    again.wait_for(lambda: abs(again.map.view.e_m - east) < 1.0)
    assert again.window.case_box.currentText() == "K3"
    west, _, right, _ = again.map.view.box
    assert right - west < 1_000  # as near as the screen that nobody sees lets it, not the county
    again.close()


def test_the_diameter_of_a_utility_is_typed_once_and_every_line_drawn_later_has_it(
    ready: Hand,
) -> None:
    ready.key("S")
    ready.key("1")
    field = ready.window.strip.diameter
    field.setFocus()
    field.selectAll()
    ready.bot.keyClicks(field, "110")
    ready.key("Return", field)
    ready.click(at(0))
    ready.move(*at(10))
    assert ready.window.survey.shown.route.diameter_mm == 110
    ready.click(at(10))
    ready.key("Return")
    ready.draw(3, at(0, 10), at(10, 10))
    assert field.text() == ready.window.look.texts("strip.not_known")
    ready.draw(1, at(0, 20), at(10, 20))
    assert field.value() == 110
    routes = ready.session.routes
    assert [(key, one.diameter_mm) for key, one in routes.items()] == [
        ("T1-water", 110),
        ("T1-gas", None),
        ("T1-water-2", 110),
    ]


def test_a_case_that_is_chosen_in_the_box_is_brought_into_view(ready: Hand) -> None:
    ready.key("S")
    ready.draw(1, at(0), at(20))
    ready.look_at(580_000, 3_659_000, 580_100, 3_659_070)
    ready.window.choose_case(None)
    box = ready.window.case_box
    box.setFocus()
    ready.key("Down", box)
    assert box.currentText() == "T1"
    west, _, east, _ = ready.map.view.box
    assert west < AREA[0] < AREA[0] + 20 < east < west + 200
    assert ready.map.hasFocus()
    seen = ready.map.view
    box.setFocus()
    ready.key("Up", box)
    ready.key("Down", box)
    assert ready.map.view == seen  # what is in view stays where it is


def test_a_line_that_is_left_for_another_tool_is_said_to_wait_and_comes_back_with_one_key(
    ready: Hand,
) -> None:
    ready.key("S")
    ready.key("1")
    ready.click(at(0), at(20))
    ready.key("P")
    assert ready.said() == ""  # a parallel goes on with it
    ready.key("2")
    assert "按 C 接着画" in ready.said()
    ready.click(at(0, 10), at(20, 10))
    ready.key("Return")
    ready.key("C")
    ready.key("Return")
    assert sorted(ready.session.routes) == ["T1-power", "T1-water"]
    assert len(ready.session.routes["T1-water"].line.coords) == 2
    ready.key("3")
    ready.click(at(0, 15))
    ready.key("V")
    assert "按 C 接着画" in ready.said()
