"""The longest silences of the window, the worst of several runs, as a table and as one sentence.

Of each three figures: on the clock, of the processor in the window's own thread, in all threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.tables import Table

AIM_MS = 50.0
Silences = Mapping[str, Sequence[float]]  # of each phase, in ms: clock, thread, all
_OF = "clock", "thread", "all"


def worst(runs: Sequence[Silences]) -> Silences:
    """The longest of every phase in any of the runs; each of the three figures by itself.

    A phase that one of the runs lacks is kept.
    """
    found: dict[str, tuple[float, ...]] = {}
    for run in runs:
        for phase, silence in run.items():
            found[phase] = tuple(map(max, found.get(phase, silence), silence))
    return found


def silences_table(surveys: Mapping[str, Silences]) -> Table:
    """A row a phase, three figures for each survey by its name; no figure where it was not run."""
    head = [f"{name}: {of}" for name in surveys for of in _OF]
    table = Table("silences", ("longest silence", *head))
    for phase in dict.fromkeys(phase for found in surveys.values() for phase in found):
        cells = [_cells(found.get(phase)) for found in surveys.values()]
        table.row(phase, *(cell for three in cells for cell in three))
    return table


def over_aim(surveys: Mapping[str, Silences]) -> str:
    """One sentence: which phases of which survey were silent for more than 50 ms on the clock."""
    named = list(_too_long(surveys))
    return f"over {AIM_MS:.0f} ms: {'; '.join(named) or 'none'}"


def _cells(silence: Sequence[float] | None) -> tuple[str, ...]:
    return ("",) * len(_OF) if silence is None else tuple(f"{one:.0f} ms" for one in silence)


def _too_long(surveys: Mapping[str, Silences]) -> Iterator[str]:
    for name, found in surveys.items():
        for phase, (clock_ms, *_) in found.items():
            if clock_ms > AIM_MS:
                yield f"{phase} ({name}, {clock_ms:.1f} ms)"
