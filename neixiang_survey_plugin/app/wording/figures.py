"""Figures as people read them: rounded here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from neixiang_survey_plugin.core.judging.limits import SLACK
from neixiang_survey_plugin.core.policy import Policy, RuleKind

UNKNOWN_WORD = "未知"
_NAMED = 10  # more names than these tell nobody anything
_UNITS = {"m": "m", "m2": "m²", "road": "条", "unit": "家", "hole": "孔"}
# The units of figures that are held against a limit; the rest are counts against none, and words.
LIMIT_UNITS = ("m", "m2", "kV", "kW", "mm", "hole")
_FEWEST_DECIMALS, _MOST_DECIMALS = 2, 5


def figure(value: float | None, *marks: float) -> str:
    """A figure with two decimals, or as many as show on which side of every mark it lies.

    200.001 beside the mark 200 is not 200.00. Zero is always a mark: what is there is never
    shown as nothing. A figure that is None is unknown.
    """
    if value is None:
        return UNKNOWN_WORD
    decimals = next(
        (n for n in range(_FEWEST_DECIMALS, _MOST_DECIMALS) if _tells(value, n, (0.0, *marks))),
        _MOST_DECIMALS,
    )
    # adding zero turns -0.0 into 0.0
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def amount(value: float | None, unit: str, *marks: float) -> str:
    """A figure with its unit; an unknown one has none."""
    return figure(value, *marks) + ("" if value is None else f" {unit_words(unit)}")


def limit_words(value: float, unit: str) -> str:
    """A limit as it is written in the rules, with its unit."""
    return f"{trimmed(value)} {unit_words(unit)}"


def bound_words(value: float, unit: str, included: bool) -> str:
    """A limit with the word that says whether it is included."""
    return f"{'不超过' if included else '小于'} {limit_words(value, unit)}"


def difference(value: float, limit: float, unit: str) -> str:
    """How far a figure lies from its limit, so that it adds up with the figures shown."""
    shown = figure(value, limit)
    decimals = len(shown.partition(".")[2])
    return f"{abs(float(shown) - limit):.{decimals}f} {unit_words(unit)}"


def on_limit(value: float, limit: float) -> bool:
    """Whether a figure is its limit, but for the noise of a sum of floats."""
    return abs(value - limit) <= SLACK


def trimmed(value: float) -> str:
    """A given figure, such as a width or a diameter, without idle zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def few(names: Sequence[str]) -> str:
    """Names in a row; of many the first ten."""
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")


def few_named(names: Sequence[str]) -> str:
    """Names in a row; of many the first ten, and how many there are."""
    return few(names) + (f" {len(names)} 条" if len(names) > _NAMED else "")


def unit_words(unit: str) -> str:
    """The unit as it is printed."""
    return _UNITS.get(unit, unit)


def day_words(day: date | None) -> str:
    """A day as forms print it; an unknown one is 未知."""
    return UNKNOWN_WORD if day is None else f"{day.year}年{day.month}月{day.day}日"


def limits_of(policy: Policy, *kinds: RuleKind) -> tuple[float, ...]:
    """The limits of a kind of rule: the marks beside which its figures are rounded."""
    return tuple(
        rule.limit for rule in policy.known_rules if rule.kind in kinds and rule.limit is not None
    )


def _tells(value: float, decimals: int, marks: tuple[float, ...]) -> bool:
    shown = round(value, decimals)
    return all(
        on_limit(value, mark) or (shown != mark and (shown > mark) == (value > mark))
        for mark in marks
    )
