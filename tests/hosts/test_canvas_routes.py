"""The lines over the map follow every edit, and only those that it changed are looked at."""

from __future__ import annotations

import random

import pytest
from shapely import LineString

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.desktop import canvas_routes
from neixiang_survey_plugin.render import route_sheet
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.view import View


def test_what_follows_edit_after_edit_is_drawn_as_all_lines_shown_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(route_sheet, "_MOST_AT_ONCE", -1)  # the thread paints them all
    rng, view, followed = (
        random.Random(4),
        View(0.0, 0.0, 1.0, 600, 400),
        canvas_routes.RoutesPicture(),
    )
    kept: dict[str, DrawnRoute] = {}
    painted: dict[str, DrawnRoute] = {}
    for number in range(60):
        gone = [key for key in kept if rng.random() < 0.15]
        kept = {key: one for key, one in kept.items() if key not in gone}
        lines = {f"r{rng.randrange(12)}": LineString([(number, 0), (9, 9)]) for _ in range(2)}
        put = [DrawnRoute(Route(one, "gas", line)) for one, line in lines.items()]
        kept.update((one.route.route_id, one) for one in put)
        followed.change(put, gone)
        chosen = rng.sample(sorted(kept), 1)
        followed.choose([*chosen, "nobody"])
        assert set(followed._sheet.seen(view)) == set(kept.values())
        assert len(followed._sheet.routes) <= 12 + 2
        assert [one.route for one in followed._chosen] == [kept[chosen[0]].route]
        if number == 5 or (number > 5 and rng.random() < 0.2):
            (job,) = followed.wanted(LIGHT, view)
            followed.keep(LIGHT, job, None)
            painted = dict(kept)
        if painted:
            assert set(followed._new) == {
                one for key, one in kept.items() if painted.get(key) is not one
            }
