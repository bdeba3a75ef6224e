"""Where is it: a thousand random layers within Henan in fourteen systems, with and without roads.

Ends with status 1 where a layer is put at a wrong place for certain, which must never happen.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable

from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.io.importing.where import find_place
from tests.importing.lost_layers import OUTCOMES, Lost, lost_layers, outcome

_KEYS: dict[str, Callable[[Lost], str]] = {
    "system": lambda lost: lost.system,
    "the county has": lambda lost: lost.knows,
    "the file says": lambda lost: lost.says,
    "layer": lambda lost: lost.kind,
}


def main() -> None:
    """Find them all and print how many came out how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=8)
    asked = parser.parse_args()
    lost = lost_layers(asked.layers, asked.seed)
    begin = time.perf_counter()
    found = [find_place(one.numbers, one.declared, one.home) for one in lost]
    seconds = time.perf_counter() - begin
    ends = [outcome(one, where) for one, where in zip(lost, found, strict=True)]
    for title, key in _KEYS.items():
        _print_table(title, [(key(one), end) for one, end in zip(lost, ends, strict=True)])
    _print_taken(lost, found, ends)
    print(f"\n{len(lost)} layers in {seconds:.1f} s, {seconds / len(lost) * 1000:.0f} ms each")
    if "wrong, sure" in ends:
        raise SystemExit(1)


def _print_table(title: str, rows: list[tuple[str, str]]) -> None:
    count = Counter(rows)
    print(f"\n| {title} | {' | '.join(OUTCOMES)} |\n|---|{'---:|' * len(OUTCOMES)}")
    for name in dict.fromkeys(name for name, _ in rows):
        print(f"| {name} | {' | '.join(str(count[name, end]) for end in OUTCOMES)} |")
    every = Counter(end for _, end in rows)
    print(f"| all | {' | '.join(str(every[end]) for end in OUTCOMES)} |")


def _print_taken(lost: list[Lost], found: list[Whereabouts], ends: list[str]) -> None:
    """What becomes of layers that are taken as their file says, unasked."""
    taken = Counter(
        (one.says, "right" if end == "right, unsure" else "wrong")
        for one, where, end in zip(lost, found, ends, strict=True)
        if not where.sure and not where.needs_decision
    )
    print("\nTaken as the file says, unproven: ", end="")
    print(", ".join(f"{says} {end}: {count}" for (says, end), count in sorted(taken.items())))


if __name__ == "__main__":
    main()
