"""A scripted piece of work, and the state that each of its steps leaves behind."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from neixiang_survey_plugin.app.survey_store import Draft, SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from tests.survey.lines import route

Work = Callable[[SurveyStore], object]


@dataclass(frozen=True)
class State:
    """What the surveyor sees: the lines by name, and the vertices of the line being drawn."""

    routes: frozenset[Route]
    vertices: tuple[tuple[float, float], ...]


def scripted_work(seed: int, count: int) -> list[Work]:
    """Edits as people make them, mostly vertices, with undo and redo between."""
    rng = random.Random(seed)
    vertices: list[tuple[float, float]] = []
    work: list[Work] = []
    for number in range(count):
        kind = rng.choices(
            ["vertex", "put", "delete", "undo", "redo", "finish"], [6, 4, 1, 2, 1, 1]
        )
        name = f"r{rng.randrange(6)}"
        line = route(name, 5.0 + number, diameter_mm=float(50 + number))
        if kind == ["vertex"]:
            vertices = [*vertices, (float(number), rng.random())]
            work.append(_drawing(tuple(vertices)))
        elif kind == ["finish"]:
            vertices = []
            work.append(_finishing(line))
        elif kind == ["put"]:
            work.append(_putting(line))
        elif kind == ["delete"]:
            work.append(_deleting(name))
        else:
            work.append(_travelling(kind[0]))
    return work


def state_of(store: SurveyStore) -> State:
    """What the store holds now."""
    vertices = tuple(vertex for draft in store.drafts() for vertex in draft.vertices)
    return State(frozenset(store.routes().routes), vertices)


def _drawing(vertices: tuple[tuple[float, float], ...]) -> Work:
    return lambda store: store.draw(Draft("d1", vertices))


def _finishing(line: Route) -> Work:
    return lambda store: store.edit([line], finishes="d1")


def _putting(line: Route) -> Work:
    return lambda store: store.edit([line])


def _travelling(way: str) -> Work:
    return lambda store: getattr(store, way)()


def _deleting(name: str) -> Work:
    def delete(store: SurveyStore) -> None:
        try:
            store.edit(delete=[name])
        except SurveyError as error:
            if "没有这条外线" not in str(error):
                raise

    return delete
