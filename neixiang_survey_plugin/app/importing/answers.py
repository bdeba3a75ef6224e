"""What the user decided about an import, on the command line or in a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class DateOrder(Enum):
    """How 3/4/2019 is meant."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Answers:
    """Everything that was decided; what is left out is proposed or asked.

    ``fields`` maps a canonical field to a column, or to None: it stays unknown. ``values`` gives
    for a field the canonical word or date of a foreign text, an empty one: unknown. ``constants``
    hold for every row. ``units`` are those of columns that do not say theirs. ``new_ids`` is a
    prefix: rows are numbered behind it. ``repeats`` says that the second R12 becomes R12-2.
    ``unread_unknown`` leaves cells unknown that cannot be read, ``accept`` takes every proposal.
    ``confirmed_by`` is who held OSM's tags against the county's register.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    new_ids: str | None = None
    repeats: bool = False
    unread_unknown: bool = False
    accept: bool = False
    confirmed_by: str | None = None
