"""An edit looks at what it changed, however many lines the survey has."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.hosts.windows import surface
from tests.window.hand import Hand
from tests.window.test_answers import watched
from tests.window.test_window import line


def test_an_edit_has_that_line_alone_drawn_anew(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.session.put(*(line(f"r{n}", (0, n), (9, n)) for n in range(30)), what="import")
    drawn = watched(monkeypatch, surface, "DrawnRoute")
    hand.session.put(line("new", (0, 40), (9, 40)), what="draw")
    hand.session.delete("r3")
    hand.session.select("new")
    hand.session.undo()
    assert len(drawn) == 2
    picture = hand.map.picture._routes
    assert picture._rows.keys() == hand.session.routes.keys()
