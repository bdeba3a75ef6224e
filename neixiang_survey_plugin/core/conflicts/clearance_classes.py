"""Things that leave the same kinds open share a class, so that any number is looked up at once.

A fact that is not known leaves several kinds open: a gas pipe of unknown pressure class may be
any of five. The tables are held as small matrices over classes.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.clearance_kinds import (
    ANY_OBSTACLE,
    HIGH_VOLTAGE_KV,
    KINDS,
    OBSTACLES,
    WIDE_GAS_MM,
    WIDE_WATER_MM,
    Facts,
    Kind,
    kinds_of,
)
from neixiang_survey_plugin.core.features import Column
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.vocabulary import LAYING, PIPELINE_UTILITY, PRESSURE_CLASS

# One of each band of a figure that the tables tell apart, and unknown.
_DIAMETERS = (WIDE_WATER_MM, WIDE_GAS_MM, WIDE_GAS_MM + 1.0, None)


_VOLTAGES = (0.0, HIGH_VOLTAGE_KV, None)


_UTILITIES = tuple(PIPELINE_UTILITY)


_LAYINGS: tuple[str | None, ...] = (*LAYING, None)


_PRESSURES: tuple[str | None, ...] = (*PRESSURE_CLASS, None)


_WORDS: tuple[tuple[str | None, ...], ...] = (_UTILITIES, _LAYINGS, _PRESSURES)


@dataclass(frozen=True, eq=False)
class Classes:
    """Every set of kinds that can be left open, and the class of every combination of facts."""

    members: tuple[tuple[int, ...], ...]
    of_combination: Indices
    of_obstacle: dict[str | None, int]
    building: int
    any_line: int


@functools.cache
def classes() -> Classes:
    """All classes; made once, 3 ms."""
    number = {kind: row for row, kind in enumerate(KINDS)}
    found: dict[tuple[int, ...], int] = {}

    def class_of(kinds: Sequence[Kind]) -> int:
        members = tuple(sorted(number[kind] for kind in kinds))
        return found.setdefault(members, len(found))

    facts = (
        Facts(utility, laying, diameter, pressure, voltage)
        for utility, laying, pressure, diameter, voltage in itertools.product(
            _UTILITIES, _LAYINGS, _PRESSURES, _DIAMETERS, _VOLTAGES
        )
    )
    of_combination = np.array([class_of(kinds_of(one)) for one in facts], dtype=np.intp)
    of_obstacle: dict[str | None, int] = {
        word: class_of([Kind(key) for key in keys]) for word, keys in OBSTACLES.items()
    }
    of_obstacle[None] = class_of([Kind(key) for key in ANY_OBSTACLE])
    building = class_of([Kind("BLD")])
    beside = {"BLD", "KB", "TM", "RW", *ANY_OBSTACLE}
    any_line = class_of([kind for kind in KINDS if kind.key not in beside])
    return Classes(tuple(found), of_combination, of_obstacle, building, any_line)


@functools.lru_cache(maxsize=4096)  # lines of one survey are alike: 20 us a line -> 1
def class_of_facts(facts: Facts) -> int:
    """The class of one line."""
    words = (facts.utility, facts.laying, facts.pressure_class)
    code = 0
    for word, words_of_field in zip(words, _WORDS, strict=True):
        code = code * len(words_of_field) + words_of_field.index(word)
    code = code * len(_DIAMETERS) + _band(facts.diameter_mm, (WIDE_WATER_MM, WIDE_GAS_MM))
    below = np.nextafter(HIGH_VOLTAGE_KV, 0.0)
    return int(classes().of_combination[code * len(_VOLTAGES) + _band(facts.voltage_kv, (below,))])


def _band(figure: float | None, limits: Sequence[float]) -> int:
    if figure is None:
        return len(limits) + 1
    return sum(figure > limit for limit in limits)


def classes_of_columns(
    utility: Column, laying: Column, pressure: Column, diameter_mm: Column, voltage_kv: Column
) -> Indices:
    """The class of every line of a layer, as ``class_of_facts`` gives it."""
    code = np.zeros(len(utility), dtype=np.intp)
    for column, words in zip((utility, laying, pressure), _WORDS, strict=True):
        code = code * len(words) + _positions(column, words)
    diameter_mm, voltage_kv = diameter_mm.astype(float), voltage_kv.astype(float)
    wide = (diameter_mm > WIDE_WATER_MM).astype(np.intp) + (diameter_mm > WIDE_GAS_MM)
    high = (voltage_kv >= HIGH_VOLTAGE_KV).astype(np.intp)
    code = code * len(_DIAMETERS) + np.where(np.isnan(diameter_mm), 3, wide)
    code = code * len(_VOLTAGES) + np.where(np.isnan(voltage_kv), 2, high)
    result: Indices = classes().of_combination[code]
    return result


def _positions(column: Column, words: Sequence[str | None]) -> NDArray[np.intp]:
    # what is in no word is missing: the last place, or for the utility none that counts
    position = np.full(len(column), len(words) - 1, dtype=np.intp)
    for number, word in enumerate(words):
        if word is not None:
            position[np.equal(column, np.array(word, dtype=object)).astype(bool)] = number
    return position
