"""What a line, a building or a tree counts as in the clearance tables.

A fact that is not known leaves several kinds open: a gas pipe of unknown pressure class may be
any of five. Things that leave the same kinds open share a class, and the tables are held as
small matrices over classes, so that any number of pairs is looked up at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

WIDE_WATER_MM = 200.0
WIDE_GAS_MM = 300.0
HIGH_VOLTAGE_KV = 35.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the tables; ``large`` is gas over DN 300, or power from 35 kV."""

    key: str
    large: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names under which tables list the kind, the narrowest first."""
        return (self.key, *_WIDER.get(self.key, ()))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables ask of one buried line; None is unknown."""

    utility: str
    laying: str | None = None
    diameter_mm: float | None = None
    pressure_class: str | None = None
    voltage_kv: float | None = None


_GAS = {"low": "GL", "medium_b": "GMB", "medium_a": "GMA", "subhigh_b": "GSB", "subhigh_a": "GSA"}
_CABLE = {"power": ("PD", "PC"), "telecom": ("TD", "TC")}
_WIDER = {"W1": ("W",), "W2": ("W",), **dict.fromkeys(_GAS.values(), ("G",))}
_IN_TRENCH = ("trench", "tunnel")

_PLAIN = [
    "BLD",
    "W1",
    "W2",
    "S",
    "R",
    "H",
    "TD",
    "TC",
    "GT",
    "TR",
    "SH",
    "PL",
    "TW1",
    "TW2",
    "KB",
    "TM",
    "RW",
]
_SPLIT = (*_GAS.values(), "PD", "PC")
KINDS: tuple[Kind, ...] = (
    *(Kind(key) for key in _PLAIN),
    *(Kind(key, large) for key in _SPLIT for large in (False, True)),
)
OBSTACLES = {"tree": ("TR",), "shrub": ("SH",), "pole": ("PL",), "tower": ("TW1", "TW2")}
ANY_OBSTACLE = tuple(itertools.chain(*OBSTACLES.values()))


def kinds_of(facts: Facts) -> tuple[Kind, ...]:
    """Every kind that a line may be, given what is known of it."""
    if facts.utility in ("sewer", "storm"):
        return (Kind("S"),)
    if facts.utility in _CABLE:
        return _cables(facts)
    if facts.utility == "heat":
        trench, soil = (Kind("GT"),), (Kind("H"),)
        return soil + trench if facts.laying is None else _either(facts, trench, soil)
    pipes = {"water": _water, "gas": _gas}.get(facts.utility, lambda _: (Kind("R"),))(facts)
    return _either(facts, (Kind("GT"),), pipes) if facts.utility != "gas" else pipes


def _either(facts: Facts, trench: tuple[Kind, ...], soil: tuple[Kind, ...]) -> tuple[Kind, ...]:
    return trench if facts.laying in _IN_TRENCH else soil


def _water(facts: Facts) -> tuple[Kind, ...]:
    if facts.diameter_mm is None:
        return (Kind("W1"), Kind("W2"))
    return (Kind("W1" if facts.diameter_mm <= WIDE_WATER_MM else "W2"),)


def _gas(facts: Facts) -> tuple[Kind, ...]:
    keys = _GAS.values() if facts.pressure_class is None else (_GAS[facts.pressure_class],)
    return tuple(Kind(k, large) for k in keys for large in _large(facts.diameter_mm, _over_300))


def _cables(facts: Facts) -> tuple[Kind, ...]:
    soil, duct = _CABLE[facts.utility]
    # the table's telecom row reads 管道、通道: a channel counts with the ducts
    channel = duct if facts.utility == "telecom" else "GT"
    by_laying = {"direct": soil, "duct": duct, "trench": channel, "tunnel": "GT"}
    keys = {*by_laying.values()} if facts.laying is None else {by_laying[facts.laying]}
    kinds = []
    for key in sorted(keys):
        power = facts.utility == "power" and key != "GT"
        kinds += [
            Kind(key, one) for one in (_large(facts.voltage_kv, _high) if power else (False,))
        ]
    return tuple(kinds)


def _large(figure: float | None, test: Callable[[float], bool]) -> tuple[bool, ...]:
    return (False, True) if figure is None else (test(figure),)


def _over_300(diameter_mm: float) -> bool:
    return diameter_mm > WIDE_GAS_MM


def _high(voltage_kv: float) -> bool:
    return voltage_kv >= HIGH_VOLTAGE_KV
