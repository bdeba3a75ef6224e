"""A layer as somebody else's file holds it: its columns, with what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MOST_VALUES = 2_000  # distinct texts that are kept of a column: more are no words and no dates
_SAMPLES = 5


@dataclass(frozen=True)
class ForeignField:
    """One column: its distinct texts with how often each stands there, the most frequent first.

    ``values`` ends after ``MOST_VALUES``; ``distinct`` counts them all, ``filled`` the cells that
    are not empty, ``total`` all cells.
    """

    name: str
    values: tuple[tuple[str, int], ...]
    distinct: int
    filled: int
    total: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The distinct texts, the most frequent first."""
        return tuple(text for text, _ in self.values)

    @property
    def samples(self) -> tuple[str, ...]:
        """A few texts to show to somebody."""
        return self.texts[:_SAMPLES]

    @cached_property
    def shares(self) -> dict[tuple[str, str], float]:
        """Which share of it was read as a layer's field: asked again after every answer."""
        return {}

    @property
    def is_key(self) -> bool:
        """Whether every row has a text of its own here."""
        return self.total > 0 and self.filled == self.total == self.distinct


@dataclass(frozen=True)
class Origin:
    """Where a layer comes from; ``layers`` are all that the source holds.

    ``encoding`` is that of its texts and ``encoding_reason`` the evidence for it, None where the
    format leaves no doubt. ``remarks`` are sentences on how it was read, such as a rebuilt index.
    """

    source: str
    format: str
    layer: str
    layers: tuple[str, ...] = ()
    encoding: str | None = None
    encoding_reason: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignLayer:
    """One layer of a source before anything was decided.

    ``shapes`` counts the types of geometry by shapely's names, ``crs`` is what the source says.
    """

    origin: Origin
    count: int
    shapes: tuple[tuple[str, int], ...]
    crs: str | None
    fields: tuple[ForeignField, ...]

    def field(self, name: str) -> ForeignField | None:
        """The column of that name, whatever its case; None where there is none."""
        wanted = name.casefold()
        return next((one for one in self.fields if one.name.casefold() == wanted), None)


def describe_field(name: str, texts: Iterable[str | None]) -> ForeignField:
    """A column from the texts of its cells, None where one is empty."""
    counts = Counter(texts)
    total = counts.total()
    empty = counts.pop(None, 0)
    common = tuple((text, many) for text, many in counts.most_common(MOST_VALUES) if text)
    return ForeignField(name, common, len(counts), total - empty, total)
