"""The quality of a county's layers: completeness, age, accuracy, what hangs on it, what to do."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.progress import pausing_by
from neixiang_survey_plugin.app.quality.needs import Need, Purpose, missing, needed, needs_of
from neixiang_survey_plugin.app.quality.probing import Probed, probe
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.in_pieces import pausing
from neixiang_survey_plugin.core.schema import FieldType
from neixiang_survey_plugin.core.slices import slices

_ORDER = {purpose: number for number, purpose in enumerate(Purpose)}
AtRest = Callable[[], AbstractContextManager[None]]
_AT_ONCE = 5_000  # tasks that are sorted at a time


@dataclass(frozen=True)
class FieldQuality:
    """How many objects need a fact and how many of these have it."""

    field: str
    purpose: Purpose
    needed: int
    filled: int

    @property
    def share(self) -> float:
        """The share that is there; 1.0 where nobody needs it."""
        return self.filled / self.needed if self.needed else 1.0


@dataclass(frozen=True)
class LayerQuality:
    """One layer: its facts, its accuracy, where it was mapped and how old it is.

    ``coverage_m2`` is None where the county does not say where it mapped. ``file_day`` is when its
    file was last written, ``newest_day`` the latest day in any of its fields.
    """

    layer: str
    features: int
    accuracy_m: float | None
    coverage_m2: float | None
    file_day: date | None
    newest_day: date | None
    fields: tuple[FieldQuality, ...]


@dataclass(frozen=True)
class Task:
    """One fact to find out: of which object, where, and how much hangs on it.

    ``roads`` and ``road_m`` are the roads on which no line can be judged without it.
    """

    layer: str
    object_id: str
    field: str
    purpose: Purpose
    at: tuple[float, float] | None
    roads: int = 0
    road_m: float = 0.0


@dataclass(frozen=True)
class Quality:
    """What can be said of a county's data on a day; ``confirmed`` were taken over from surveys."""

    county: str
    on: date
    layers: tuple[LayerQuality, ...]
    layers_absent: tuple[str, ...]
    probed: Probed
    tasks: tuple[Task, ...]
    confirmed: tuple[ConfirmedFact, ...] = ()


def assess(
    county: County,
    on: date,
    file_days: Mapping[str, date] | None = None,
    tick: Callable[[int, int], None] | None = None,
    at_rest: AtRest = nullcontext,
    known: Checker | None = None,
) -> Quality:
    """Everything of the quality page, facts from the site counted as known.

    ``tick`` is called with how many roads are probed of how many, and goes on being called then.
    ``known`` is a checker of the same county, where there is one: its layers are prepared already,
    which takes 1.5 s for 200,000 roads. ``at_rest`` is around the making of what is to be found
    out: of a large county, 600,000 tasks.
    """
    days = file_days or {}
    probed = probe(county, on, tick, known)
    layers = tuple(_layer(table, county, days.get(name)) for name, table in county.layers.items())
    pause = pausing_by(tick, probed.roads)
    with at_rest():  # made in one go, 600,000 slowed a window for seconds
        tasks = tuple(pausing(_in_order(pausing(_tasks(county, probed), pause)), pause))
    return Quality(
        county.name, on, layers, county.layers_not_judged, probed, tasks, county.confirmed
    )


def _layer(table: FeatureTable, county: County, file_day: date | None) -> LayerQuality:
    name = table.schema.name
    fields = [_field(need, table) for need in needs_of(county) if need.layer == name]
    coverage = table.coverage
    return LayerQuality(
        layer=name,
        features=len(table),
        accuracy_m=table.accuracy_m,
        coverage_m2=None if coverage is None else float(shapely.area(coverage)),
        file_day=file_day,
        newest_day=_newest_day(table),
        fields=tuple(fields),
    )


def _field(need: Need, table: FeatureTable) -> FieldQuality:
    wanted = needed(need, table)
    filled = wanted & ~missing(table.columns[need.field])
    return FieldQuality(need.field, need.purpose, int(wanted.sum()), int(filled.sum()))


def _newest_day(table: FeatureTable) -> date | None:
    days: list[date] = []
    for field in table.schema.fields:
        column = table.columns[field.name]
        if field.type is FieldType.DATE and (~missing(column)).any():
            newest = np.nanmax(column[~missing(column)].astype("datetime64[D]"))
            days.append(newest.item())
    return max(days, default=None)


def _tasks(county: County, probed: Probed) -> Iterator[Task]:
    """What roads hang on, then every other fact that a rule needs and nobody has."""
    roads: Counter[tuple[str, str]] = Counter()
    metres: dict[tuple[str, str], float] = defaultdict(float)
    for doubt in probed.doubts:
        for fact in doubt.facts:
            roads[fact] += 1
            metres[fact] += doubt.road_m
    for need in needs_of(county):
        table = county.layers[need.layer]
        lacking = needed(need, table) & missing(table.columns[need.field])
        for row, place in _placed(table, np.flatnonzero(lacking)):
            name = str(table.ids[row])
            fact = (name, need.field) if need.layer == "roads" else ("", "")
            yield Task(need.layer, name, need.field, need.purpose, place, roads[fact], metres[fact])


def _placed(table: FeatureTable, rows: np.ndarray) -> Iterator[tuple[int, tuple[float, float]]]:
    """The rows of some features, with a point on each."""
    for some in slices(len(rows)):
        parts = np.searchsorted(table.feature, rows[some])
        points = shapely.get_coordinates(shapely.point_on_surface(table.geometry[parts]))
        yield from zip(rows[some].tolist(), map(tuple, points.tolist()), strict=True)


def _in_order(tasks: Iterator[Task]) -> Iterator[Task]:
    """The most pressing first, sorted some thousands at a time: all at once held a window 0.4 s."""
    some = iter(lambda: sorted(itertools.islice(tasks, _AT_ONCE), key=_pressing), [])
    return heapq.merge(*some, key=_pressing)


def _pressing(task: Task) -> tuple[int, float, str, str, str]:
    return _ORDER[task.purpose], -task.road_m, task.layer, task.object_id, task.field
