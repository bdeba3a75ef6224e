"""What a change of a line put an end to counts as resolved, whoever noted it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.agenda.fallen_away import LinesThenAndNow, find_fallen_away
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.conflicts.settlement import Settled, settle
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import reading_survey
from neixiang_survey_plugin.places import sample_county
from tests.drawn import ON, route
from tests.session.opened import TOWN
from tests.survey.lines import new_survey

SEARCH = ConflictSearch(TOWN, load_clearances(sample_county()))
GAS = route("0 0, 30 0", "g", "gas", pressure_class="medium_a", diameter_mm=110.0)
WATER = route("0 0.2, 30 0.2", "w", "water", diameter_mm=110.0)
AWAY = replace(WATER, line=route("0 5, 30 5", "x").line)
FAR = route("0 900, 30 900", "f", "gas")
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


def test_a_conflict_is_over_when_its_line_was_moved_away() -> None:
    lines = LinesThenAndNow((GAS, WATER, FAR), (GAS, AWAY, FAR))
    assert lines.changed
    assert [one.route_id for one in lines.near_changes(50.0).now] == ["g", "w"]
    (one,) = find_fallen_away(lines, SEARCH, ())
    assert {one.a, one.b} == {"g", "w"}
    assert find_fallen_away(LinesThenAndNow(lines.now, lines.then), SEARCH, ()) == ()


def test_one_that_somebody_noted_as_settled_is_not_counted_twice() -> None:
    lines = LinesThenAndNow((GAS, WATER), (GAS, AWAY))
    (one,) = find_fallen_away(lines, SEARCH, ())
    noted = settle(one, Settled.MOVED, "", "张工", ON)
    assert find_fallen_away(lines, SEARCH, [noted]) == ()


def test_a_line_that_was_taken_away_leaves_no_conflict() -> None:
    lines = LinesThenAndNow((GAS, WATER), (GAS,))
    assert len(find_fallen_away(lines, SEARCH, ())) == 1
    assert not LinesThenAndNow((GAS,), (GAS, WATER)).changed
    assert LinesThenAndNow().near_changes(50.0) == LinesThenAndNow()


def test_lines_of_a_month_are_as_it_found_them_or_as_they_were_first_drawn_in_it(
    tmp_path: Path,
) -> None:
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    for lines in ([GAS], [WATER], [AWAY], [replace(GAS, diameter_mm=63.0)]):
        store.edit(lines)
    store.edit(delete=["g"])
    store.close()
    moments = {  # the office's midnight is four in the afternoon before, in UTC
        ("g", 1): ("2026-09-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"),
        ("g", 2): ("2026-12-01T00:00:00.000Z", "2026-12-02T00:00:00.000Z"),
        ("w", 1): ("2026-10-31T16:00:00.000Z", "2026-11-30T15:59:59.000Z"),
        ("w", 2): ("2026-11-30T15:59:59.000Z", None),
    }
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for (name, version), (begins, ends) in moments.items():
            for table in ("routes", "route_history"):
                connection.execute(
                    f"UPDATE {table} SET changed_at = ? WHERE route_id = ? AND version = ?",
                    (begins, name, version),
                )
            connection.execute(
                "UPDATE route_history SET ended_at = ? WHERE route_id = ? AND version = ?",
                (ends, name, version),
            )
        connection.commit()
    with reading_survey(path) as reading:
        november = reading.lines_between(*NOVEMBER)
        october = reading.lines_between(date(2026, 10, 1), date(2026, 10, 31))
        later = reading.lines_between(date(2026, 12, 3), date(2026, 12, 31))
    assert {one.route_id: one for one in november.then} == {"g": GAS, "w": WATER}
    assert {one.route_id: one for one in november.now} == {"g": GAS, "w": AWAY}
    assert [one.route_id for one in october.now] == ["g"]
    assert later.then == later.now == (AWAY,)
