"""Damaged files without end: whatever is done to a file, an import ends well or says why not.

Every file of the awkward corpus is damaged at random (bits, bytes, pieces cut out, doubled, moved
in from another file, ends cut off) and imported in a process of its own, forked from one that has
everything loaded: without a traceback, within its time and its memory.

    python -m benchmarks.fuzz_import --count 10000
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from tests.importing.corpus import AWKWARD
from tests.importing.corpus.base import Options
from tests.importing.counties import make_county

SECONDS = 20  # of the processor
MEGABYTES = 1_500
_GOOD = ("imported", "refused")
_LEAST_REST = 8


@dataclass(frozen=True)
class Base:
    """One file of the corpus before it is damaged, with what it is imported as."""

    name: str
    layer: str
    folder: Path
    source: Path
    options: Options


@dataclass(frozen=True)
class Ended:
    """How one import ended: ``said`` is the traceback of one that did not end well."""

    seed: int
    base: str
    how: str
    seconds: float
    megabytes: float
    said: str = ""


def bases(folder: Path) -> list[Base]:
    """Every file of the corpus, made once."""
    found = []
    for file in AWKWARD:
        own = folder / file.name
        own.mkdir()
        source = file.build(own)
        if source.exists():
            found.append(Base(file.name, file.layer, own, source, file.options))
    return found


def damaged(content: bytes, other: bytes, rng: random.Random) -> bytes:
    """A file's bytes with one to four kinds of damage."""
    body = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        if len(body) < _LEAST_REST:
            break
        at = rng.randrange(len(body))
        size = rng.choice((1, 2, 4, 8, 64, 512))
        kind = rng.randrange(8)
        if kind == 0:
            body[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            body[at : at + size] = rng.randbytes(min(size, len(body) - at))
        elif kind == 2:
            del body[at : at + size]
        elif kind == 3:
            body[at:at] = body[at : at + size]
        elif kind == 4:
            del body[at:]
        elif kind == 5 and other:
            begin = rng.randrange(len(other))
            body[at:at] = other[begin : begin + size]
        elif kind == 6:
            worst = rng.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"))
            body[at : at + 4] = worst
        else:  # the head is where the sizes stand
            body[rng.randrange(min(128, len(body)))] = rng.randrange(256)
    return bytes(body)


def run(seed: int, found: Sequence[Base], scratch: Path) -> Ended:
    """Damage one file and import it in a process of its own."""
    rng = random.Random(seed)
    base = rng.choice(found)
    place = scratch / "now"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(base.folder, place / "source")
    files = [one for one in sorted((place / "source").rglob("*")) if one.is_file()]
    if files:
        target, other = rng.choice(files), rng.choice(files)
        target.write_bytes(damaged(target.read_bytes(), other.read_bytes(), rng))
    county = make_county(place / "county")
    source = place / "source" / base.source.relative_to(base.folder)
    request = ImportRequest(base.layer, (source,), county, **base.options)
    report = place / "report"
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        _child(request, report)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - began
    how = _how(status)
    said = report.read_text("utf-8", "replace") if report.exists() else ""
    return Ended(seed, base.name, how, seconds, usage.ru_maxrss / 1024, said)


def _child(request: ImportRequest, report: Path) -> None:
    """Import, and end with a status that says how; never returns."""
    status = 3
    try:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        size = Path("/proc/self/statm").read_text().split()[0]
        room = int(size) * resource.getpagesize() + MEGABYTES * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (max(room, used), max(room, used)))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        signal.alarm(10 * SECONDS)  # of a shared machine
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        import_layer(request)
        status = 0
    except SurveyError as error:
        sound = error.problems and all(one.strip() and "\n" not in one for one in error.problems)
        status = 2 if sound else 5
        if status == 5:
            report.write_text(repr(error.problems), "utf-8")
    except MemoryError:
        status = 4
        report.write_text(traceback.format_exc(), "utf-8")
    except BaseException:
        report.write_text(traceback.format_exc(), "utf-8")
    os._exit(status)


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        hung = number in (signal.SIGALRM, signal.SIGXCPU)
        return "hung" if hung else f"killed by {signal.Signals(number).name}"
    ends = {0: "imported", 2: "refused", 3: "traceback", 4: "memory", 5: "not one sentence"}
    return ends[os.WEXITSTATUS(status)]


def work(seeds: Sequence[int]) -> list[Ended]:
    """Run some seeds in this process."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "bases"
        made.mkdir()
        found = bases(made)
        try:  # everything that an import loads is loaded once, here
            run_here = [base for base in found if base.name == "bow_tie"]
            county = make_county(Path(folder) / "warm")
            import_layer(ImportRequest("green_spaces", (run_here[0].source,), county))
        except SurveyError:
            pass
        return [run(seed, found, Path(folder)) for seed in seeds]


def main(argv: Sequence[str] | None = None) -> int:
    """Run them all and say how they ended; 1 where any did not end well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(argv)
    seeds = range(asked.seed, asked.seed + asked.count)
    began = time.perf_counter()
    shares = [seeds[number :: asked.workers] for number in range(asked.workers)]
    with get_context("spawn").Pool(asked.workers) as pool:
        ended = [one for share in pool.map(work, shares) for one in share]
    seconds = time.perf_counter() - began
    counts = Counter(one.how for one in ended)
    print(f"{asked.count} damaged files of {len({e.base for e in ended})} kinds in {seconds:.0f} s")
    print(", ".join(f"{how} {count}" for how, count in counts.most_common()))
    slowest = max(ended, key=lambda one: one.seconds)
    largest = max(ended, key=lambda one: one.megabytes)
    print(f"slowest {slowest.seconds:.2f} s (seed {slowest.seed}, {slowest.base})")
    print(f"largest {largest.megabytes:.0f} MB (seed {largest.seed}, {largest.base})")
    bad = [one for one in ended if one.how not in _GOOD]
    for one in bad[:50]:
        print(f"\nseed {one.seed}, {one.base}: {one.how}\n{one.said[-1500:]}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
