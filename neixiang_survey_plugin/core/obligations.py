"""What a commitment promises clause by clause, and what follows where promises are broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PromiseKind(Enum):
    """The kinds of promise that a policy file may name; each has one check in the code."""

    LENGTH = "length"
    CROSSING = "crossing"
    ROADS = "roads"
    GREEN = "green"
    POSITION = "position"
    PERIOD = "period"
    REINSTATEMENT = "reinstatement"
    CONDITION = "condition"  # what a department set when it approved; no survey can tell


@dataclass(frozen=True)
class PromiseClause:
    """One promise in the words of the form, where it is written and how sure that is."""

    kind: PromiseKind
    text: str
    clause: str
    source: str
    confidence: str


@dataclass(frozen=True)
class SupervisionRules:
    """How promises are held against what was built, and when the tool proposes what to do.

    A talk is proposed after ``talk_after`` inspections in a row that found a promise broken, a
    suspension after ``suspension_after``, each only where something ordered was not put right in
    time. ``as_built_accuracy_m`` is how exactly the line as built is surveyed. A street that is
    opened again within ``opened_twice_within_days`` was opened twice.
    """

    promises: tuple[PromiseClause, ...]
    talk_after: int
    suspension_after: int
    as_built_accuracy_m: float
    opened_twice_within_days: int
    clause: str
    source: str
    confidence: str

    def promise(self, kind: PromiseKind) -> PromiseClause | None:
        """The clause of a kind; None where the policy has none."""
        return next((one for one in self.promises if one.kind is kind), None)
