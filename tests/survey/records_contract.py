"""What every store must do with records: photos here, and any other kind likewise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from tests.survey.lines import route

OpenStore = Callable[[str], SurveyStore]

PHOTO = Photo(
    case_id="c1",
    file_name="井.jpg",
    media_type="image/jpeg",
    image=bytes(range(256)),
    easting_m=578_000.1 + 0.2,  # has more digits than SQLite writes of itself
    northing_m=0.1 + 0.2,
    taken_at=datetime(2026, 11, 20, 9, 30, 15, 250_000),
    taken_by="张工",
)


def names(store: SurveyStore) -> list[str]:
    return [one.route_id for one in store.routes().routes]


class RecordsContract:
    """The tests of records, a part of SurveyStoreContract."""

    def test_a_record_comes_back_as_it_was_kept_also_after_a_restart(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        first, second = store.keep([PHOTO, replace(PHOTO, image=None)], what="photo")
        store.close()
        again = open_store("甲")
        assert again.records(Photo) == (
            replace(PHOTO, uuid=first),
            replace(PHOTO, uuid=second, image=None),
        )

    def test_records_are_asked_for_by_their_fields(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        other = replace(PHOTO, case_id="c2", taken_at=None)
        store.keep([PHOTO, other], what="photo")
        assert [one.case_id for one in store.records(Photo, case_id="c2")] == ["c2"]
        assert [one.case_id for one in store.records(Photo, taken_at=None)] == ["c2"]
        assert len(store.records(Photo, taken_at=PHOTO.taken_at, taken_by="张工")) == 1
        assert store.records(Photo, case_id="c3") == ()
        without = store.records(Photo, ("image",), taken_by="张工")
        whole = store.records(Photo, taken_by="张工")
        assert without == tuple(replace(one, image=None) for one in whole) != whole
        assert [one.case_id for one in store.records(Photo, case_id=("c2", "c1", "c3"))] == [
            "c1",
            "c2",
        ]
        assert store.records(Photo, case_id=()) == ()

    def test_keeping_a_record_again_replaces_it(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        (uuid,) = store.keep([PHOTO], what="photo")
        changed = replace(PHOTO, uuid=uuid, remark="补拍", image=None)
        assert store.keep([changed], what="remark") == (uuid,)
        assert store.records(Photo) == (changed,)
        said = [(one.what, one.through, one.table, one.subject) for one in store.log(2)]
        assert said == [
            ("insert", "photo", "photos", "井.jpg"),
            ("update", "remark", "photos", "井.jpg"),
        ]

    def test_a_record_given_with_its_uuid_keeps_it(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        assert store.keep([replace(PHOTO, uuid="u-1")], what="photo") == ("u-1",)
        assert store.records(Photo, uuid="u-1") == (replace(PHOTO, uuid="u-1"),)

    def test_forgetting_takes_records_away_all_or_none(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        uuids = store.keep([PHOTO, PHOTO], what="photo")
        with pytest.raises(SurveyError, match="没有这条记录"):
            store.forget(Photo, [uuids[0], "nobody"], what="photo")
        assert len(store.records(Photo)) == 2
        store.forget(Photo, uuids, what="photo")
        assert store.records(Photo) == ()

    @pytest.mark.parametrize(
        "wrong",
        [
            replace(PHOTO, easting_m=float("inf")),
            replace(PHOTO, remark="half \ud800"),
            replace(PHOTO, remark="nul \0"),
            replace(PHOTO, taken_at=datetime(2026, 11, 20, tzinfo=UTC)),
        ],
        ids=["number", "character", "nul", "zone"],
    )
    def test_a_record_that_could_not_be_read_back_is_refused(
        self, open_store: OpenStore, wrong: Photo
    ) -> None:
        store = open_store("甲")
        with pytest.raises(SurveyError, match="没有保存") as caught:
            store.keep([PHOTO, wrong], what="photo")
        assert len(caught.value.problems) == 1
        assert store.records(Photo) == ()

    def test_the_same_record_twice_at_once_is_refused(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        with pytest.raises(SurveyError, match="两次"):
            store.keep([replace(PHOTO, uuid="u-1"), replace(PHOTO, uuid="u-1")], what="photo")

    def test_undo_and_redo_take_lines_and_records_along_across_a_restart(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        (old,) = store.keep([PHOTO], what="photo")
        before = store.records(Photo)
        changed = replace(PHOTO, uuid=old, image=b"\0", northing_m=None, taken_at=None)
        (_, new) = store.edit([route("r1")], records=[changed, replace(PHOTO, file_name="b")])
        after = store.records(Photo)
        assert [one.uuid for one in after] == [old, new]
        for _ in range(2):
            store.close()
            store = open_store("乙")
            step = store.undo()
            assert step is not None
            assert (step.who, step.route_ids, step.record_uuids) == ("甲", ("r1",), (old, new))
            assert store.records(Photo) == before
            assert names(store) == []
            store.close()
            store = open_store("乙")
            store.redo()
            assert store.records(Photo) == after
            assert names(store) == ["r1"]

    @pytest.mark.parametrize(
        ("before", "after"), [(None, b"new"), (b"old", None), (b"old", b"new"), (b"same", b"same")]
    )
    def test_undo_restores_a_picture_added_removed_changed_or_left(
        self, open_store: OpenStore, before: bytes | None, after: bytes | None
    ) -> None:
        store = open_store("甲")
        (uuid,) = store.keep([replace(PHOTO, image=before)], what="photo")
        store.edit(records=[replace(PHOTO, uuid=uuid, image=after, remark="补拍")])
        store.undo()
        assert store.records(Photo) == (replace(PHOTO, uuid=uuid, image=before),)
        store.redo()
        assert store.records(Photo) == (replace(PHOTO, uuid=uuid, image=after, remark="补拍"),)

    def test_an_edit_of_records_alone_is_a_step_and_one_that_changes_nothing_is_none(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        (uuid,) = store.edit(records=[PHOTO])
        store.edit(records=[replace(PHOTO, uuid=uuid)])
        assert store.undo() is not None
        assert store.records(Photo) == ()
        assert store.undo() is None

    def test_when_an_edit_fails_neither_lines_nor_records_are_kept(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        with pytest.raises(SurveyError, match="r9"):
            store.edit([route("r1")], delete=["r9"], records=[PHOTO])
        assert (names(store), store.records(Photo)) == ([], ())

    def test_undo_never_overwrites_what_was_done_to_a_record_since(
        self, open_store: OpenStore
    ) -> None:
        store = open_store("甲")
        (uuid,) = store.edit([route("r1")], records=[PHOTO])
        later = replace(PHOTO, uuid=uuid, remark="补拍")
        store.keep([later], what="remark")
        with pytest.raises(SurveyError, match="后来又改过"):
            store.undo()
        assert (names(store), store.records(Photo)) == (["r1"], (later,))

    def test_what_was_kept_or_forgotten_is_no_step(self, open_store: OpenStore) -> None:
        store = open_store("甲")
        store.keep([PHOTO], what="photo")
        assert store.undo() is None
        assert len(store.records(Photo)) == 1
