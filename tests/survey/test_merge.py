"""Five laptops without a network: what one changed is taken, what two changed is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.survey_store import ConfirmedFact, Draft, Ended
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from tests.survey.lines import new_survey, route
from tests.survey.merging import (
    Work,
    at_work,
    copy_of,
    delete,
    lengths,
    merge,
    merged,
    opened,
    put,
    refused,
    rows,
    sql,
)
from tests.survey.records_contract import PHOTO
from tests.survey.test_migration import file_of_version_1


@pytest.fixture
def a(tmp_path: Path) -> Path:
    """A survey with the lines r1 and r2."""
    return at_work(new_survey(tmp_path, "a"), "甲", put("r1"), put("r2"))


@pytest.fixture
def b(a: Path) -> Path:
    """Its copy on another laptop."""
    return copy_of(a, "b")


def test_what_each_changed_alone_is_taken(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0), put("r3"))
    at_work(b, "乙", delete("r2"), lambda store: store.keep([PHOTO], what="photo"))
    out = merged([a, b], "out")
    store = opened(out)
    assert store.routes().routes == (route("r1", 20.0), route("r3"))
    assert len(store.records(Photo)) == 1
    assert store.history("r2")[0].ended_by == "乙"
    assert {"甲", "乙", "合并人"} <= {one.who for one in store.log()}
    store.close()
    assert survey_info(out).meta.survey_id == survey_info(a).meta.survey_id


def test_the_files_that_are_merged_are_not_changed(a: Path, b: Path) -> None:
    at_work(b, "乙", put("r1", 20.0))
    before = a.read_bytes(), b.read_bytes()
    merged([a, b], "out")
    assert (a.read_bytes(), b.read_bytes()) == before


def test_a_line_that_both_changed_is_asked_and_nothing_is_written(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0), put("r2", 21.0))
    at_work(b, "乙", put("r1", 30.0), delete("r2"))
    out = a.with_name("out.survey.gpkg")
    with pytest.raises(SurveyError) as caught:
        merge([a, b], out)
    first, second = caught.value.problems
    assert "外线 r1" in first
    assert "A a.survey.gpkg 线长 20.00 m，甲" in first
    assert "B b.survey.gpkg 线长 30.00 m，乙" in first
    assert first.endswith("请加上 --choose r1=A 或 --choose r1=B")
    assert "B b.survey.gpkg 已删除，乙" in second
    assert not out.exists()


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        (Choices({"r1": "A", "r2": "B"}), {"r1": 20.0}),
        (Choices({"r1": "B", "r2": "A"}), {"r1": 30.0, "r2": 21.0}),
        (Choices(prefer="A"), {"r1": 20.0, "r2": 21.0}),
        (Choices({"r1": "B"}, prefer="A"), {"r1": 30.0, "r2": 21.0}),
    ],
)
def test_what_is_chosen_is_taken_and_the_other_stays_in_the_history(
    a: Path, b: Path, choices: Choices, kept: dict[str, float]
) -> None:
    at_work(a, "甲", put("r1", 20.0), put("r2", 21.0))
    at_work(b, "乙", put("r1", 30.0), delete("r2"))
    out = merged([a, b], "out", choices)
    assert lengths(out) == kept
    store = opened(out)
    ever = {one.route.line.length for one in store.history("r1") if one.route is not None}
    set_aside = [one for one in store.history("r1") if one.ended is Ended.MERGED]
    entries = [one for one in store.log() if one.what == "merge" and one.subject == "r1"]
    store.close()
    assert ever == {10.0, 20.0, 30.0}
    assert len(set_aside) == 1
    assert [(one.who, one.through) for one in entries] == [
        ("合并人", f"merge: 取 {choices.by_name.get('r1', choices.prefer)}")
    ]


def test_a_conflict_once_settled_is_not_asked_again_but_new_work_on_it_is(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0))
    out = merged([a, b], "out", Choices(prefer="A"))
    assert lengths(merged([b, out], "again")) == {"r1": 20.0, "r2": 10.0}
    at_work(b, "乙", put("r1", 40.0))
    with pytest.raises(SurveyError, match="外线 r1"):
        merged([out, b], "third")


def test_two_who_settle_a_conflict_differently_are_asked(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0))
    one, other = (merged([a, b], name, Choices(prefer=name)) for name in "AB")
    with pytest.raises(SurveyError, match="外线 r1"):
        merged([one, other], "out")
    alike = merged([b, a], "alike", Choices(prefer="B"))
    assert lengths(merged([one, alike], "out")) == {"r1": 20.0, "r2": 10.0}


def test_the_same_change_on_both_sides_is_no_conflict(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0), put("r1", 20.0))
    out, other_way = merged([a, b], "out"), merged([b, a], "other-way")
    assert lengths(out) == {"r1": 20.0, "r2": 10.0}
    # The one that was made last stands for both, whichever file comes first.
    for path in (out, other_way):
        assert rows(path, "SELECT changed_by, version FROM routes WHERE route_id = 'r1'") == [
            ("乙", 3)
        ]


def test_a_version_set_aside_that_its_author_went_on_from_has_only_its_own_ending(
    a: Path, b: Path
) -> None:
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0))
    out = merged([a, b], "out", Choices(prefer="B"))
    at_work(a, "甲", put("r1", 25.0))
    later, at_once = (
        merged(paths, name, Choices(prefer="B"))
        for paths, name in (([out, a], "later"), ([b, a], "at-once"))
    )
    assert survey_info(later).fingerprint == survey_info(at_once).fingerprint
    assert rows(
        later, "SELECT version, ended_how, ended_by FROM route_history WHERE version > 1"
    ) == [
        (2, "update", "甲"),
        (2, "merge", None),
    ]


def test_work_goes_on_in_a_merged_file_with_undo_from_there_on(a: Path, b: Path) -> None:
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0), put("r1", 31.0), put("r1", 32.0))
    out = merged([a, b], "out", Choices(prefer="A"))
    store = opened(out)
    assert store.undo() is None
    store.edit([route("r1", 50.0)])
    assert [one.version for one in store.history("r1")][-1] == 5
    assert store.undo() is not None
    assert store.routes().routes[0] == route("r1", 20.0)
    assert store.redo() is not None
    assert store.routes().routes[0] == route("r1", 50.0)
    store.close()
    assert rows(out, "SELECT DISTINCT state FROM steps WHERE at < (SELECT max(at) FROM steps)") == [
        ("merged",)
    ]


def test_a_photo_that_both_changed_is_asked_and_the_loser_stays_in_the_log(
    a: Path,
) -> None:
    (uuid,) = open_and(a, lambda store: store.keep([PHOTO], what="photo"))
    b = copy_of(a, "b")
    for path, remark in ((a, "东"), (b, "西")):
        changed = replace(PHOTO, uuid=uuid, remark=remark, image=remark.encode() * 40_000)
        at_work(path, f"{remark}工", lambda store, new=changed: store.keep([new], what="remark"))
    name = f"photos/{uuid[:8]}"
    with pytest.raises(SurveyError, match=rf"记录 {name}.*remark=东.*东工 .*--choose {name}=B"):
        merged([a, b], "out")
    out = merged([a, b], "out", Choices({name: "B"}))
    store = opened(out)
    (photo,) = store.records(Photo)
    store.close()
    assert (photo.remark, photo.image) == ("西", "西".encode() * 40_000)
    lost = rows(
        out,
        "SELECT json_extract(was, '$.remark'), json_extract(was, '$.image') FROM log"
        " WHERE what = 'merge' AND subject_table = 'photos'",
    )
    assert lost == [("东", ("东".encode() * 40_000).hex().upper())]


def open_and(path: Path, work: Work) -> tuple[str, ...]:
    store = opened(path)
    kept = work(store)
    store.close()
    assert isinstance(kept, tuple)
    return kept


def test_three_versions_of_a_line_are_one_question(a: Path, b: Path) -> None:
    c = copy_of(a, "c")
    for path, to_x in ((a, 20.0), (b, 30.0), (c, 40.0)):
        at_work(path, path.name[0], put("r1", to_x))
    with pytest.raises(SurveyError, match=r"r1=A 或 --choose r1=B 或 --choose r1=C"):
        merged([a, b, c], "out")
    out = merged([a, b, c], "out", Choices({"r1": "B"}))
    assert lengths(out)["r1"] == 30.0
    assert len(rows(out, "SELECT 1 FROM route_history WHERE ended_how = 'merge'")) == 2


def test_drafts_of_both_stay_and_one_that_went_on_is_there_once(a: Path) -> None:
    at_work(a, "甲", lambda store: store.draw(Draft("d1", ((0.0, 0.0), (1.0, 1.0)))))
    b = copy_of(a, "b")
    at_work(
        b,
        "乙",
        lambda store: store.draw(Draft("d1", ((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)))),
        lambda store: store.draw(Draft("d2", ((5.0, 5.0),))),
    )
    at_work(a, "甲", lambda store: store.draw(Draft("d2", ((6.0, 6.0),))))
    store = opened(merged([a, b], "out"))
    found = sorted(one.vertices for one in store.drafts())
    store.close()
    assert found == [
        ((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)),
        ((5.0, 5.0),),
        ((6.0, 6.0),),
    ]


def test_facts_confirmed_differently_are_said_and_the_later_holds(a: Path, b: Path) -> None:
    fact = ConfirmedFact("roads", "R1", "road_class", "local", "现场", "甲", date(2026, 11, 1))
    at_work(a, "甲", lambda store: store.confirm(fact))
    at_work(b, "乙", lambda store: store.confirm(replace(fact, value="secondary")))
    found = merge([b, a], a.with_name("out.survey.gpkg"))
    assert found.notes == ("roads R1 的 road_class：几份文件的现场确认不一致，以后确认的为准",)
    store = opened(a.with_name("out.survey.gpkg"))
    assert [one.value for one in store.confirmed_facts()] == ["secondary"]
    store.close()


def test_a_row_whose_log_was_lost_does_not_disappear_either(a: Path, b: Path) -> None:
    at_work(a, "甲", lambda store: store.keep([replace(PHOTO, uuid="u1")], what="photo"))
    sql(a, "DROP TRIGGER log_never_deleted", "DELETE FROM log WHERE subject_uuid = 'u1'")
    at_work(
        b, "乙", lambda store: store.keep([replace(PHOTO, uuid="u1", remark="乙")], what="photo")
    )
    out = merged([a, b], "out")
    store = opened(out)
    assert [one.remark for one in store.records(Photo)] == ["乙"]
    store.close()
    was = rows(out, "SELECT json_extract(was, '$.taken_by') FROM log WHERE what = 'merge'")
    assert ("张工",) in was


def test_a_layer_of_somebody_else_is_named_as_not_merged(a: Path, b: Path) -> None:
    sql(
        b,
        "CREATE TABLE sketch (fid INTEGER PRIMARY KEY)",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('sketch', 'attributes')",
    )
    found = merge([a, b], a.with_name("out.survey.gpkg"))
    assert found.notes == ("b.survey.gpkg: 图层 sketch 不属于踏勘文件，没有合并",)


def test_an_older_file_is_merged_as_a_migrated_copy(tmp_path: Path) -> None:
    old = file_of_version_1(tmp_path)
    before = old.read_bytes()
    new = at_work(copy_of(old, "new"), "乙", put("r9"))
    out = merged([old, new], "out")
    assert old.read_bytes() == before
    assert set(lengths(out)) == {"r1", "r2", "r9"}
    assert [one.name for one in tmp_path.glob("older*")] == []


def test_a_file_that_is_open_is_merged_with_what_is_still_in_its_journal(a: Path, b: Path) -> None:
    store = opened(a)
    store.edit([route("r7")])
    out = merged([a, b], "out")
    store.close()
    assert "r7" in lengths(out)


def test_one_file_a_missing_one_a_strange_one_or_a_taken_name_is_refused(
    a: Path, b: Path, tmp_path: Path
) -> None:
    refused("2 到 26 个", a)
    refused("没有这个文件", a, tmp_path / "none.survey.gpkg")
    strange = tmp_path / "strange.survey.gpkg"
    strange.write_text("no survey")
    refused("不是踏勘文件", a, strange)
    with pytest.raises(SurveyError, match="不会覆盖"):
        merge([a, b], b)


def test_a_newer_file_is_refused(a: Path, b: Path) -> None:
    sql(b, "UPDATE survey_meta SET value = '99' WHERE key = 'schema_version'")
    refused("第 99 版.*请先升级", a, b)


def test_a_damaged_file_is_refused_with_the_way_to_save_it(a: Path, b: Path) -> None:
    at_work(b, "乙", *(put(f"x{n}", contractor="示" * 300) for n in range(40)))
    content = bytearray(b.read_bytes())
    for page in range(len(content) // 4096 - 12, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    b.write_bytes(content)
    refused("survey recover", a, b)


def test_a_choice_that_nothing_asks_for_is_a_slip(a: Path, b: Path) -> None:
    with pytest.raises(SurveyError, match=r"r9.*没有分歧"):
        merged([a, b], "out", Choices({"r9": "A"}))
