"""One peer in a process of its own: asked over its input, answering with times in JSON.

Arguments: the peer's module, the folder of the town. Lines of JSON come in: ``edits`` from one
number to another, no longer than some seconds; ``many``; ``end``. Answers are kept as files.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from benchmarks.peers.asking import Answer, Peer, PeerMissingError


def say(**facts: object) -> None:
    """One line of JSON."""
    print(json.dumps(facts), flush=True)


def keep(folder: Path, name: str, answer: Answer) -> None:
    """An answer as a file that can be held against the others'."""
    np.savez(folder / f"{name}.npz", inside_m=answer.inside_m, green_m2=answer.green_m2)


def edits(peer: Peer, first: int, last: int, most_s: float) -> tuple[list[float], list[Answer]]:
    """Milliseconds and answers of some edits, as many as the time allows."""
    times, answers = [], []
    until = time.perf_counter() + most_s
    for number in range(first, last):
        seconds, answer = peer.edit(number)
        times.append(seconds * 1e3)
        answers.append(answer)
        if time.perf_counter() > until:
            break
    return times, answers


def serve(peer: Peer, folder: Path, name: str) -> None:
    """Answer until the end."""
    kept: list[Answer] = []
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["ask"] == "edits":
            times, answers = edits(peer, asked["first"], asked["last"], asked["most_s"])
            kept += answers
            say(ms=times)
        elif asked["ask"] == "many":
            seconds, answer = peer.many()
            keep(folder, f"{name}_many", answer)
            say(s=seconds)
        else:
            break
    if kept:
        columns = (np.concatenate(column) for column in zip(*kept, strict=True))
        keep(folder, f"{name}_edits", Answer(*columns))
    say(memory_mb=peer.memory_mb())


def main() -> None:
    """Load the town, say so, and serve."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    begin = time.perf_counter()
    try:
        made = importlib.import_module(f"benchmarks.peers.{name}").open_peer(folder)
    except PeerMissingError as error:
        say(missing=str(error))
        return
    with closing(made) as peer:
        say(loaded_s=time.perf_counter() - begin)
        serve(peer, folder, name)


if __name__ == "__main__":
    main()
