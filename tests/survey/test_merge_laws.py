"""Whatever was done on three copies: any order gives the same survey, and nothing disappears."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, State, StateChange
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import new_survey, route
from tests.survey.merging import LatestWins, at_work, content, file_copy, merged, rows

EXAMPLES = 8  # each merges ten times and more: 0.6 s


@dataclass(frozen=True)
class Deed:
    """Something that somebody does on a copy; ``number`` makes each deed's content its own."""

    kind: str
    name: int
    number: int = 0
    who: str = "A"

    def __call__(self, store: SurveyStore) -> None:
        content = f"{self.who}{self.number}"
        line = route(f"r{self.name}", 10.0 + self.number, contractor=content)
        photo = Photo(uuid=f"photo-{self.name}", remark=content, image=content.encode() * 9)
        try:
            if self.kind == "put":
                store.edit([line])
            elif self.kind == "agreed":  # the same content, whoever draws it
                store.edit([route(f"r{self.name}", 7.0)])
            elif self.kind == "delete":
                store.edit(delete=[f"r{self.name}"])
            elif self.kind == "both":
                store.edit([line], records=[photo])
            elif self.kind == "photo":
                store.keep([photo], what="photo")
            elif self.kind == "new photo":
                store.keep([replace(photo, uuid=None)], what="photo")
            elif self.kind in ("move", "phone"):
                store.keep(self._on_the_case(store, content), what="case")
            elif self.kind == "forget":
                store.forget(Photo, [f"photo-{self.name}"], what="photo")
            else:
                store.undo()
        except SurveyError as error:
            if not any(words in str(error) for words in ("没有这条", "后来又改过")):
                raise

    def _on_the_case(self, store: SurveyStore, content: str) -> list[object]:
        """The case moved on with the change beside it, or only its telephone number noted."""
        name = f"C{self.name}"
        kept = store.records(Case, case_id=name) or (Case(f"case-{self.name}", name),)
        if self.kind == "phone":
            return [replace(kept[0], contact_phone=content)]
        state = tuple(State)[1 + self.number % 4]
        return [replace(kept[0], state=state), StateChange(case_id=name, to_state=state)]


DEEDS = st.lists(
    st.builds(
        Deed,
        st.sampled_from(
            [
                *("put", "put", "agreed", "both", "delete", "photo", "new photo", "forget", "undo"),
                *("move", "phone"),
            ]
        ),
        st.integers(0, 3),
    ),
    max_size=6,
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


@example(base=[], ours=([Deed("put", 2)], [Deed("agreed", 2)], [Deed("agreed", 2)]))
@given(base=DEEDS, ours=st.tuples(DEEDS, DEEDS, DEEDS))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_merging_gives_the_same_and_nothing_disappears(
    folder: Path, base: list[Deed], ours: tuple[list[Deed], list[Deed], list[Deed]]
) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        copies = three_copies(Path(name), base, ours)
        check_laws(copies)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.integers(0, 2), DEEDS),  # one of three works
            st.tuples(st.integers(0, 2), st.integers(0, 2)),  # and takes a colleague's file in
        ),
        min_size=3,
        max_size=7,
    )
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_files_that_go_to_and_fro_lose_nothing_in_the_end(
    folder: Path, days: list[tuple[int, list[Deed] | int]]
) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        begun = new_survey(Path(name), "begun")
        laptops = [file_copy(begun, Path(name) / f"{who}.survey.gpkg") for who in "甲乙丙"]
        ever = []
        for day, (who, done) in enumerate(days):
            ever.append(file_copy(laptops[who], Path(name) / f"day{day}.survey.gpkg"))
            if isinstance(done, int):
                pair = [laptops[who], laptops[done]]
                laptops[who] = merged(pair, f"laptop{day}", LatestWins())
            else:
                at_work(laptops[who], f"{who}", *numbered(done, f"{who}-{day}-"))
        out = merged(laptops, "out", LatestWins())
        nothing_disappeared([*ever, *laptops], out)
        assert content(merged(laptops[::-1], "reversed", LatestWins())) == content(out)
        assert content(merged([out, *laptops], "again")) == content(out)


def three_copies(
    folder: Path, base: list[Deed], ours: tuple[list[Deed], list[Deed], list[Deed]]
) -> list[Path]:
    begun = at_work(new_survey(folder, "begun"), "始", *numbered(base, "始"))
    return [
        at_work(file_copy(begun, folder / f"{who}.survey.gpkg"), who, *numbered(deeds, who))
        for who, deeds in zip("甲乙丙", ours, strict=True)
    ]


def numbered(deeds: list[Deed], who: str) -> list[Deed]:
    return [replace(deed, number=number, who=who) for number, deed in enumerate(deeds, 1)]


def check_laws(copies: list[Path]) -> None:
    a, b, c = copies
    wins = LatestWins()
    ab, ba = merged([a, b], "ab", wins), merged([b, a], "ba", wins)
    bc = merged([b, c], "bc", wins)
    assert content(ab) == content(ba), "commutative"
    left, right = merged([ab, c], "ab-c", wins), merged([a, bc], "a-bc", wins)
    once = merged([c, a, b], "cab", wins)
    assert content(left) == content(right) == content(once), "associative"
    assert content(merged([a, a], "aa")) == content(a), "idempotent"
    assert content(merged([left, left], "left-left")) == content(left), "idempotent"
    again = merged([left, a, b, c], "again")  # nothing is asked again
    assert content(again) == content(left), "what was merged is merged"
    for out in (left, right, once):
        nothing_disappeared(copies, out)
        assert survey_info(out).damage == ()
        open_survey(out, "再").close()


def nothing_disappeared(copies: list[Path], out: Path) -> None:
    """Every log entry, every version of a line and every row of a photo is still there."""
    for copy in copies:
        assert uuids_of_log(copy) <= uuids_of_log(out)
        assert contents_of_lines(copy) <= contents_of_lines(out)
        assert contents_of_photos(copy) <= contents_of_photos(out)
        assert steps_of(copy) <= steps_of(out)


def uuids_of_log(path: Path) -> set[object]:
    return {row[0] for row in rows(path, "SELECT uuid FROM log")}


def contents_of_lines(path: Path) -> set[object]:
    columns = "uuid, version, changed_by, contractor, hex(geom)"
    return set(
        rows(path, f"SELECT {columns} FROM routes UNION SELECT {columns} FROM route_history")
    )


def contents_of_photos(path: Path) -> set[object]:
    present = set(rows(path, "SELECT uuid, remark FROM photos"))
    logged = rows(
        path, "SELECT subject_uuid, was FROM log WHERE subject_table = 'photos' AND was NOT NULL"
    )
    return present | {(uuid, json.loads(str(was))["remark"]) for uuid, was in logged}


def steps_of(path: Path) -> set[object]:
    return set(rows(path, "SELECT at, who, what FROM steps"))
