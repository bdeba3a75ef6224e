"""What every store of a survey must do, whatever it keeps the survey in.

A store's own tests inherit ``SurveyStoreContract`` and give ``open_store``: called again, it
opens the same survey once more, as after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from neixiang_survey_plugin.app.survey_store import Changed, Draft, Ended, SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.site import JointSurvey, Participant
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Bore, Route
from tests.survey.lines import line, route
from tests.survey.records_contract import RecordsContract

OpenStore = Callable[[str], SurveyStore]

EVERYTHING_KNOWN = replace(
    route("r1", utility="gas"),
    case_id="c1",
    site_id="s1",
    unit="gas",
    applied_on=date(2026, 11, 1),
    diameter_mm=110.0,
    laying="direct",
    pressure_class="medium_b",
    voltage_kv=0.0,
    cover_m=0.9,
    trench_width_m=0.8,
    working_width_m=1.6,
    pit_length_m=2.0,
    pit_width_m=1.5,
    planned_on=date(2026, 12, 1),
    works_from=date(2026, 12, 2),
    works_to=date(2026, 12, 5),
    contractor="示例施工队",
    trenchless=(Bore(1.0, 4.5, 3.2), Bore(6.0 + 1e-13, 8.0 / 0.7), Bore(12.0, 13.5)),
    applicant_kind="company",
)
FACT = ConfirmedFact(
    "roads", "R1", "delivered_on", "2019-05-01", "竣工备案 2019-17", "张工", date(2026, 11, 20)
)


def names(store: SurveyStore) -> list[str]:
    return [one.route_id for one in store.routes().routes]


class SurveyStoreContract(RecordsContract):
    """The tests that a store inherits."""

    @pytest.fixture
    def open_store(self) -> OpenStore:
        raise NotImplementedError

    def test_a_line_comes_back_as_it_was_put(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([EVERYTHING_KNOWN])
        (kept,) = store.routes().routes
        assert kept == EVERYTHING_KNOWN  # its bores to the last digit too

    def test_what_is_unknown_stays_unknown(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        assert store.routes().routes == (route("r1"),)

    def test_a_line_is_still_there_after_a_restart(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.close()
        assert open_store("甲").routes().routes == (route("r1"),)

    def test_putting_a_line_again_replaces_it(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r1", 20.0)])
        assert store.routes().routes == (route("r1", 20.0),)

    def test_lines_are_asked_for_by_case_or_by_name(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1", case_id="c1"), route("r2", case_id="c2"), route("r3")])
        store.edit([route("r1", 20.0, case_id="c1")])
        assert [one.route_id for one in store.routes(case_id="c1").routes] == ["r1"]
        found = store.routes(route_ids=["r3", "r1", "r9"]).routes
        assert [one.route_id for one in found] == ["r1", "r3"]
        assert store.routes(case_id="c2", route_ids=["r1"]).routes == ()
        assert store.routes(route_ids=[]).routes == ()
        assert len(store.routes().routes) == 3

    def test_a_deleted_line_is_gone(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1"), route("r2")])
        store.edit(delete=["r1"])
        assert names(store) == ["r2"]

    def test_deleting_a_line_that_never_was_is_an_error_and_changes_nothing(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        with pytest.raises(SurveyError, match="r9"):
            store.edit([route("r2")], delete=["r1", "r9"])
        assert names(store) == ["r1"]

    @pytest.mark.parametrize(
        "wrong",
        [
            replace(route("r1"), utility="steam"),
            replace(route("r1"), route_id=" "),
            replace(route("r1"), diameter_mm=float("nan")),
            replace(route("r1"), line=line((0, 0), (float("nan"), 1))),
        ],
        ids=["utility", "name", "diameter", "coordinate"],
    )
    def test_a_line_that_could_not_be_read_back_is_refused(
        self, open_store: OpenStore, wrong: Route
    ) -> None:
        store = open_store("甲")
        with pytest.raises(SurveyError, match="没有保存"):
            store.edit([route("r2"), wrong])
        assert names(store) == []

    def test_undo_takes_back_a_whole_step(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1"), route("r2")])
        store.edit([route("r1", 20.0), route("r3")], delete=["r2"], what="trench")
        step = store.undo()
        assert step is not None
        assert (step.who, step.what, sorted(step.route_ids)) == ("甲", "trench", ["r1", "r2", "r3"])
        assert sorted(names(store)) == ["r1", "r2"]
        assert store.routes().routes[0] == route("r1")

    def test_redo_does_again_what_was_undone(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r1", 20.0)])
        store.undo()
        store.undo()
        assert names(store) == []
        assert store.redo() is not None
        assert store.routes().routes == (route("r1"),)
        assert store.redo() is not None
        assert store.routes().routes == (route("r1", 20.0),)
        assert store.redo() is None

    def test_undo_and_redo_can_be_repeated_without_end(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r1", 20.0)])
        store.edit(delete=["r1"])
        for _ in range(3):
            while store.undo():
                pass
            assert names(store) == []
            for expected in ((route("r1"),), (route("r1", 20.0),), ()):
                store.redo()
                assert store.routes().routes == expected

    def test_undo_reaches_across_a_restart(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r1", 20.0)])
        store.close()
        again = open_store("乙")
        again.undo()
        assert again.routes().routes == (route("r1"),)
        again.close()
        third = open_store("甲")
        third.redo()
        assert third.routes().routes == (route("r1", 20.0),)

    def test_a_new_edit_cuts_what_could_be_redone(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.undo()
        store.edit([route("r2")])
        assert store.redo() is None
        assert names(store) == ["r2"]

    def test_an_edit_that_changes_nothing_is_no_step(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r2")])
        store.undo()
        store.edit([route("r1")])
        assert store.redo() is not None
        assert len(store.history("r1")) == 1

    def test_nothing_to_undo_is_none(self, open_store: OpenStore) -> None:
        assert open_store("甲").undo() is None

    def test_history_has_every_version_with_who_and_how_it_ended(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.close()
        store = open_store("乙")
        store.edit([route("r1", 20.0)])
        store.edit(delete=["r1"])
        first, second = store.history("r1")
        assert (first.version, first.route, first.changed_by) == (1, route("r1"), "甲")
        assert (first.ended, first.ended_by) == (Ended.UPDATED, "乙")
        assert (second.version, second.route, second.changed_by) == (2, route("r1", 20.0), "乙")
        assert second.ended is Ended.DELETED

    def test_undoing_a_deletion_goes_on_with_the_same_lines_versions(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit(delete=["r1"])
        store.undo()
        assert [one.version for one in store.history("r1")] == [1, 2]
        assert store.history("r1")[-1].ended is None

    def test_a_line_that_never_was_has_no_history(self, open_store: OpenStore) -> None:
        assert open_store("甲").history("r9") == ()

    def test_each_vertex_of_a_draft_is_there_after_a_restart(self, open_store: OpenStore) -> None:
        vertices = ((0.5, 0.25), (10.0, 0.0), (10.0, 7.125))
        for count in (1, 2, 3):
            store = open_store("甲")
            store.draw(Draft("d1", vertices[:count], "gas", "r7", "c1"))
            store.close()
            store = open_store("甲")
            assert store.drafts() == (Draft("d1", vertices[:count], "gas", "r7", "c1"),)
            store.close()

    def test_a_vertex_taken_back_or_moved_is_kept_as_it_is_now(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        for vertices in (((0, 0), (1, 1), (2, 2)), ((0, 0), (1, 5)), ((0, 0),)):
            store.draw(Draft("d1", vertices))
            assert [one.vertices for one in store.drafts()] == [vertices]
        store.draw(Draft("d1", ()))
        assert store.drafts() == ()

    def test_a_draft_of_many_vertices_is_kept_whole_and_named_without_them(
        self, open_store: OpenStore
    ) -> None:
        many = tuple((n / 4, -n / 8) for n in range(123))
        moved = (*many[:60], (0.1, 0.2), *many[60:])
        store = open_store("甲")
        for vertices in (many, moved):
            store.draw(Draft("d1", vertices, "gas", "r7"))
            assert store.drafts() == (Draft("d1", vertices, "gas", "r7"),)
        assert store.drafts(vertices=False) == (Draft("d1", (), "gas", "r7"),)

    def test_finishing_a_draft_is_one_with_the_edit(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.draw(Draft("d1", ((0.0, 0.0), (1.0, 1.0))))
        with pytest.raises(SurveyError):
            store.edit(delete=["r9"], finishes="d1")
        assert len(store.drafts()) == 1
        store.edit([route("r1")], finishes="d1")
        assert store.drafts() == ()

    def test_the_latest_fact_of_a_field_holds_until_it_is_taken_back(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        other = replace(FACT, field="road_class", value="local")
        later = replace(FACT, value="2020-06-01")
        for fact in (FACT, other, later):
            store.confirm(fact)
        assert store.confirmed_facts() == (other, later)
        store.confirm(replace(FACT, value=None))
        assert store.confirmed_facts() == (other,)

    def test_the_log_says_who_did_what_to_which_line(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.edit([route("r1")])
        store.edit([route("r1", 20.0)])
        store.undo()
        store.confirm(FACT)
        said = [(one.who, one.what, one.through, one.subject) for one in store.log(4)]
        assert said == [
            ("甲", "insert", "edit", "r1"),
            ("甲", "update", "edit", "r1"),
            ("甲", "update", "undo", "r1"),
            ("甲", "insert", "confirm", "R1"),
        ]

    def test_what_anybody_wrote_since_is_told_once(self, open_store: OpenStore) -> None:
        first, second = open_store("甲"), open_store("乙")
        assert first.changed().route_ids == ()
        second.edit([route("r1"), route("r2")])
        second.edit([replace(route("r2"), contractor="示例")], delete=["r1"])
        second.confirm(FACT)
        assert sorted(first.changed().route_ids) == ["r1", "r2"]
        assert first.changed() == Changed((), frozenset())
        first.edit([route("r3")])
        assert first.changed() == Changed(("r3",), frozenset({"routes"}))
        second.undo()
        assert first.changed() == Changed(("r3",), frozenset({"routes"}))

    def test_the_cases_of_what_was_written_are_told_before_and_after(
        self, open_store: OpenStore
    ) -> None:
        first, second = open_store("甲"), open_store("乙")
        second.edit(records=[Case(case_id="C1"), Service(case_id="C2", utility="gas")])
        assert set(first.changed().case_ids) == {"C1", "C2"}
        (kept,) = second.records(Service)
        second.edit(records=[replace(kept, case_id="C3")])
        assert set(first.changed().case_ids) == {"C2", "C3"}
        (uuid,) = second.keep([JointSurvey(case_id="C4")], what="joint_survey")
        first.changed()
        second.keep([Participant(survey_uuid=uuid, unit="water")], what="joint_survey")
        assert first.changed().case_ids == ("C4",)
        second.edit([route("r1", case_id="C5")])
        assert first.changed().case_ids == ()

    def test_a_closed_store_says_so(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.close()
        store.close()
        with pytest.raises(SurveyError, match="已经关闭"):
            store.routes()

    def test_two_that_have_it_open_see_each_others_edits(self, open_store: OpenStore) -> None:
        first = open_store("甲")
        second = open_store("乙")
        assert any("别的程序" in note for note in second.notes)
        first.edit([route("r1")])
        second.edit([route("r2")])
        assert names(first) == names(second) == ["r1", "r2"]
