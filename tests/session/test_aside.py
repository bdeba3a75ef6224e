"""What takes long is done beside the work: edits go on meanwhile, and nothing of them is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.progress import CancelledError, Progress, at_once, nothing
from neixiang_survey_plugin.app.session.events import LinesChanged, Outdated
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import ON, county, road, route
from tests.session.opened import opened

UNKNOWN = county([road((40, -100, 48, 100), width_m=8.0, delivered_on=None)])
FACT = ConfirmedFact("roads", "R1", "delivered_on", "2010-05-01", "移交单", "张工", ON)
OLD = route("0 0, 55 0", "r1", case_id="c")
NEW = route("0 9, 55 9", "r2", case_id="c")


class Later:
    """An Aside that waits until somebody lets it go on."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[Progress], Any], Callable[[Any], None]]] = []

    def __call__(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        self.waiting.append((job, then))
        self.dropped = dropped

    def work(self) -> None:
        """The newest job, as a thread would do it: the answers to earlier ones no longer count."""
        *_, (job, _) = self.waiting
        self.result = job(Progress())

    def tell(self) -> None:
        *_, (_, then) = self.waiting
        self.waiting.clear()
        then(self.result)


def ways(session: Session) -> dict[str, str]:
    return {key: one.verdict.way.value for key, one in session.results.items()}


def assert_as_from_scratch(session: Session) -> None:
    whole = session.checker.check(list(session.routes.values()), ON)
    assert ways(session) == {one.route.route_id: one.verdict.way.value for one in whole.routes}
    search = ConflictSearch(session.county, session.search.clearances)
    fresh = LiveConflicts(search, session.routes.values())
    assert len(session.all_conflicts()) == len(fresh.all_conflicts())


def test_a_fact_is_on_disk_at_once_and_counts_when_the_lines_are_judged(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.aside = later = Later()
        session.confirm(FACT)
        assert session.store.confirmed_facts()[0].value == "2010-05-01"
        assert ways(session) == {"r1": "undetermined"}
        later.work()
        later.tell()
        assert ways(session) == {"r1": "commitment"}


steps = st.lists(
    st.sampled_from(("put", "move", "delete", "undo", "preview", "end")), min_size=1, max_size=6
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, steps)
def test_edits_made_while_a_fact_is_worked_in_are_kept_and_judged_by_it(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], second: list[str]
) -> None:
    acts: dict[str, Callable[[Session], object]] = {
        "put": lambda s: s.put(NEW, what="draw"),
        "move": lambda s: s.put(route("0 0, 49 0", "r1", case_id="c"), what="reshape"),
        "delete": lambda s: s.delete("r1") if "r1" in s.routes else None,
        "undo": lambda s: s.undo(),
        "preview": lambda s: s.preview(route("0 5, 50 5", "r9", case_id="c")),
        "end": lambda s: s.end_preview(),
    }
    with opened(tmp_path_factory.mktemp("s"), UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.aside = later = Later()
        session.confirm(FACT)
        for one in first:
            acts[one](session)
        later.work()
        for one in second:
            acts[one](session)
        later.tell()
        session.end_preview()
        kept = {one.route_id: one for one in session.store.routes().routes}
        assert dict(session.routes) == kept
        assert session.county.confirmed == (FACT,)
        assert_as_from_scratch(session)


def test_many_lines_come_in_as_one_step_once_they_are_judged(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.aside = later = Later()
        told: list[object] = []
        session.listen(told.append)
        ended: list[object] = []
        session.bring_in([NEW], "import", ended.append)
        later.work()
        session.put(route("0 20, 55 20", "r3"), what="draw")
        assert set(session.routes) == {"r1", "r3"}
        later.tell()
        assert set(session.routes) == {"r1", "r2", "r3"}
        assert LinesChanged("import", ("r2",), (), ("r1", "r2", "r3")) in told
        assert ended == [(NEW,)]
        assert_as_from_scratch(session)
        session.undo()
        assert set(session.routes) == {"r1", "r3"}


def test_lines_that_come_in_after_a_fact_are_judged_by_it(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.aside = later = Later()
        session.bring_in([NEW], "import", lambda _: None)
        later.work()
        bringing, result = later.waiting.pop(), later.result
        session.confirm(FACT)
        later.work()
        later.tell()
        bringing[1](result)
        later.work()
        later.tell()
        assert ways(session) == {"r2": "commitment"}


def test_lines_whose_judging_is_cancelled_never_came(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.aside = later = Later()
        session.bring_in([NEW], "import", lambda _: None)
        progress = Progress()
        progress.cancel()
        with pytest.raises(CancelledError):
            later.waiting[0][0](progress)
        assert dict(session.routes) == {}
        assert session.store.routes().routes == ()


def test_a_line_drawn_under_the_name_of_one_that_comes_in_is_not_replaced(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.aside = later = Later()
        kept: list[Route] = []
        session.bring_in([NEW], "import", kept.extend)
        later.work()
        drawn = route("0 20, 55 20", "r2", case_id="c")
        session.put(drawn, what="draw")
        later.tell()
        assert kept == []  # under another name it is judged again
        later.work()
        later.tell()
        assert session.routes["r2"] == drawn
        (come,) = kept
        assert come == replace(NEW, route_id=f"c-{NEW.utility}")
        assert dict(session.routes) == {"r2": drawn, come.route_id: come}
        assert {one.route_id for one in session.store.routes().routes} == set(session.routes)
        assert_as_from_scratch(session)


def test_lines_that_come_in_from_two_files_at_once_are_all_there(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.aside = later = Later()
        session.bring_in([NEW], "import", lambda _: None)
        session.bring_in([replace(OLD, route_id="r2")], "import", lambda _: None)
        results = [job(Progress()) for job, _ in later.waiting]
        first, second = (then for _, then in later.waiting)
        first(results[0])
        second(results[1])
        later.work()
        later.tell()
        assert [one.line for one in session.routes.values()] == [NEW.line, OLD.line]
        assert len(session.store.routes().routes) == 2


def test_a_line_that_is_being_drawn_keeps_its_name_for_itself(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.aside = later = Later()
        session.bring_in([NEW], "import", lambda _: None)
        later.work()
        session.draw(Draft("d1", ((0.0, 20.0),), NEW.utility, "r2", "c"))
        later.tell()
        assert "r2" not in session.routes


def test_verdicts_whose_judging_anew_was_cancelled_are_called_outdated(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.aside = later = Later()
        told: list[object] = []
        session.listen(told.append)
        session.confirm(FACT)
        assert not session.outdated
        later.dropped()
        assert session.outdated
        assert told[-1] == Outdated()
        assert ways(session) == {"r1": "undetermined"}
        session.judge_anew()
        later.work()
        later.tell()
        assert not session.outdated
        assert ways(session) == {"r1": "commitment"}


def test_who_judges_at_once_hears_that_it_failed() -> None:
    dropped: list[str] = []

    def fail(_: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        at_once(fail, dropped.append, lambda: dropped.append("dropped"))
    assert dropped == ["dropped"]


MANY = [route(f"0 {n}, 9 {n}", f"m{n}", case_id="c") for n in range(30)]


def test_a_large_step_that_is_undone_is_judged_beside_the_work_with_the_edits_made_meanwhile(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.put(*MANY, what="import")
        told: list[LinesChanged] = []
        session.listen(lambda event: isinstance(event, LinesChanged) and told.append(event))
        session.select("m3")
        session.aside = later = Later()
        session.undo()
        assert len(session.store.routes().routes) == 1  # on disk at once
        assert len(session.routes) == 31
        later.work()
        session.put(NEW, what="draw")
        later.tell()
        assert list(session.routes) == ["r1", "r2"]
        assert session.selected is None
        assert set(told[-1].gone) == {one.route_id for one in MANY}
        assert_as_from_scratch(session)


def test_a_large_step_whose_judging_is_cancelled_is_caught_up_with_later(tmp_path: Path) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(OLD, what="draw")
        session.put(*MANY, what="import")
        session.aside = later = Later()
        session.undo()
        later.dropped()
        assert session.outdated
        later.waiting.clear()
        session.judge_anew()
        later.work()
        later.tell()
        assert list(session.routes) == ["r1"]
        assert not session.outdated


def test_a_large_step_undone_and_done_again_before_it_was_judged_leaves_what_is_on_disk(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, UNKNOWN) as session:
        session.put(*MANY, what="import")
        session.aside = later = Later()
        session.undo()
        first, then = later.waiting[0]
        made = first(Progress())
        session.redo()
        then(made)
        while later.waiting[1:]:
            job, then = later.waiting.pop()
            then(job(Progress()))
        assert set(session.routes) == {one.route_id for one in MANY}
        assert_as_from_scratch(session)
