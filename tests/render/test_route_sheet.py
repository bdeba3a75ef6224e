"""Which lines are in view is worked out once a view, and anew once a line changed."""

from __future__ import annotations

from typing import Any

import pytest
from shapely import LineString

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.render import route_sheet
from neixiang_survey_plugin.render.route_sheet import RouteSheet, sheet_of
from neixiang_survey_plugin.render.view import View

NEAR, FAR = View(0.0, 0.0, 1.0, 100, 100), View(900.0, 0.0, 1.0, 100, 100)


def line(name: str, e_m: float) -> DrawnRoute:
    return DrawnRoute(Route(name, "gas", LineString([(e_m, 0), (e_m, 9)])))


def test_a_frame_looks_for_its_lines_once_and_the_next_view_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[View] = []
    real = RouteSheet._rows

    def rows(sheet: RouteSheet, view: View) -> Any:
        looked.append(view)
        return real(sheet, view)

    monkeypatch.setattr(RouteSheet, "_rows", rows)
    here, there = line("a", 0.0), line("b", 900.0)
    sheet = sheet_of([here, there])
    for view, one in ((NEAR, here), (FAR, there), (NEAR, here)):
        assert (sheet.seen(view), sheet.are_few(view), sheet.seen(view)) == ([one], True, [one])
    assert looked == [NEAR, FAR, NEAR]


def test_what_was_seen_before_an_edit_is_not_taken_for_what_is_seen_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(route_sheet, "_MOST_AT_ONCE", 20)
    sheet = sheet_of([line("a", 0.0)])
    assert sheet.are_few(NEAR)
    moved, more = sheet.changed([0], [line("a", 900.0)]), line("b", 1.0)
    assert (moved.seen(NEAR), sheet.without([0]).seen(NEAR)) == ([], [])
    assert not sheet.changed([1], [more]).are_few(NEAR)
