"""A scripted piece of work, and the state that each of its steps leaves behind."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app.survey_store import Draft, SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, StateChange
from neixiang_survey_plugin.core.casework.case import State as CaseState
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.routes import Route
from tests.survey.lines import route

Work = Callable[[SurveyStore], object]
Vertices = tuple[tuple[float, float], ...]

_NOTHING_TO_DO = ("没有这条外线", "没有这条记录", "后来又改过")


DAY = date(2026, 11, 22)
RECORDS: tuple[type, ...] = (Photo, Case, StateChange, Decision)
PICTURE = bytes(range(256)) * 20  # more than a page of the file
KINDS = {
    "vertex": 6,
    "put": 4,
    "delete": 1,
    "undo": 2,
    "redo": 1,
    "finish": 1,
    "photo": 2,
    "photo and line": 2,
    "forget": 1,
    "case": 3,
    "case and line": 2,
    "decision": 2,
    "fact": 2,
}


@dataclass(frozen=True)
class State:
    """What the surveyor sees: lines, records, facts, and the vertices of the line being drawn."""

    routes: frozenset[Route]
    records: frozenset[object]
    facts: frozenset[ConfirmedFact]
    vertices: tuple[tuple[float, float], ...]


def scripted_work(seed: int, count: int) -> list[Work]:
    """Edits as people make them, mostly vertices, with photos, undo and redo between."""
    rng = random.Random(seed)
    vertices: list[tuple[float, float]] = []
    work: list[Work] = []
    for number in range(count):
        (kind,) = rng.choices(list(KINDS), list(KINDS.values()))
        name = f"r{rng.randrange(6)}"
        line = route(name, 5.0 + number, diameter_mm=float(50 + number))
        photo = Photo(f"p{rng.randrange(4)}", remark=str(number), image=PICTURE[number:])
        if kind == "vertex":
            vertices = [*vertices, (float(number), rng.random())]
        elif kind == "finish":
            vertices = []
        work.append(_deed(kind, line, photo, tuple(vertices)))
    return work


def state_of(store: SurveyStore) -> State:
    """What the store holds now."""
    vertices = tuple(vertex for draft in store.drafts() for vertex in draft.vertices)
    records = frozenset(row for kind in RECORDS for row in store.records(kind))
    facts = frozenset(store.confirmed_facts())
    return State(frozenset(store.routes().routes), records, facts, vertices)


def _deed(kind: str, line: Route, photo: Photo, vertices: Vertices) -> Work:
    case = _moved(line.route_id, str(photo.remark))
    decision = Decision(f"d{line.route_id}", line.route_id, conditions=photo.remark)
    fact = ConfirmedFact(
        "roads", line.route_id, "delivered_on", "2020-01-01", f"第 {photo.remark} 号", "张工", DAY
    )
    deeds: dict[str, Work] = {
        "vertex": lambda store: store.draw(Draft("d1", vertices)),
        "put": lambda store: store.edit([line]),
        "delete": _unless_gone(lambda store: store.edit(delete=[line.route_id])),
        "undo": _unless_gone(lambda store: store.undo()),
        "redo": _unless_gone(lambda store: store.redo()),
        "finish": lambda store: store.edit([line], finishes="d1"),
        "photo": lambda store: store.keep([photo], what="photo"),
        "photo and line": lambda store: store.edit([line], records=[photo]),
        "forget": _unless_gone(lambda store: store.forget(Photo, [str(photo.uuid)], what="photo")),
        "case": lambda store: store.keep(case, what="case advance"),
        "case and line": lambda store: store.edit([line], records=case),
        "decision": lambda store: store.keep([decision], what="case decide"),
        "fact": lambda store: store.confirm(fact),
    }
    return deeds[kind]


def _moved(case_id: str, number: str) -> list[object]:
    """A case as it is after a move, and the move itself."""
    state = tuple(CaseState)[int(number) % len(CaseState)]
    move = StateChange(f"m{number}", case_id, to_state=state, reason=number)
    return [Case(f"c{case_id}", case_id, state, remark=number), move]


def _unless_gone(work: Work) -> Work:
    """Work that may find nothing to do, which changes nothing."""

    def work_or_not(store: SurveyStore) -> None:
        try:
            work(store)
        except SurveyError as error:
            if not any(words in str(error) for words in _NOTHING_TO_DO):
                raise

    return work_or_not
