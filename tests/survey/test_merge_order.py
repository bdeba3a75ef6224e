"""In which order lines and cases of several files stand in the merged one."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.core.casework.case import Case
from tests.survey.lines import route
from tests.survey.merging import at_work, begun_apart, merged, opened, rows, sql

MOMENT = "2026-03-02T01:02:03.456Z"


def of_one_moment(folder: Path, name: str, count: int = 7) -> Path:
    """A survey whose lines and cases all came in one millisecond."""
    path = begun_apart(folder, name)
    lines = [route(f"{name}{n}", 10.0 + n) for n in reversed(range(count))]
    cases = [Case(case_id=f"{name}-{n}") for n in reversed(range(count))]
    at_work(path, name, lambda store: store.edit(lines, records=cases))
    moment = f"UPDATE log SET at = '{MOMENT}' WHERE subject_uuid IS NOT NULL"
    return sql(path, "DROP TRIGGER log_never_changed", moment)


def lines_in(path: Path) -> list[str]:
    store = opened(path)
    found = [one.route_id for one in store.routes().routes]
    store.close()
    return found


def test_lines_and_cases_of_one_millisecond_stay_in_the_order_of_their_file(tmp_path: Path) -> None:
    a, b = (of_one_moment(tmp_path, name) for name in "ab")
    out = merged([a, b], "out")
    for name in "ab":
        own = [one for one in lines_in(out) if one[0] == name]
        assert own == [f"{name}{n}" for n in reversed(range(7))]
        cases = rows(out, f"SELECT case_id FROM cases WHERE case_id LIKE '{name}%' ORDER BY fid")
        assert cases == [(f"{name}-{n}",) for n in reversed(range(7))]
        query = f"SELECT subject FROM log WHERE subject LIKE '{name}_' AND at = '{MOMENT}'"
        assert [one for (one,) in rows(out, f"{query} ORDER BY fid")] == own


def test_the_order_does_not_depend_on_which_files_come_together_first(tmp_path: Path) -> None:
    a, b, c = (of_one_moment(tmp_path, name) for name in "abc")
    at_once = lines_in(merged([a, b, c], "abc"))
    assert len(at_once) == 21
    assert lines_in(merged([c, b, a], "cba")) == at_once
    ab, bc = merged([b, a], "ab"), merged([b, c], "bc")
    assert lines_in(merged([ab, c], "ab-c")) == at_once
    assert lines_in(merged([a, bc], "a-bc")) == at_once
    assert lines_in(merged([ab, a, bc], "again")) == at_once
