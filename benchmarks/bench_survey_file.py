"""The survey file with ten cases beside one with 10,000 cases and 50,000 lines.

What somebody waits for must not grow with the years: opening the file, finding a case with its
lines, everything on record of it, placing a vertex, finishing an edit, taking it back. Each is done
in turn in a small and in a large file; the ratio is the figure to read. What looks at many cases or
lines grows with their number: the lists of cases, reading every line, what waits today. It is
printed beside, without a ratio. One case in ten is open, the others were closed over the years. The
files lie in memory where that can be had: waiting for a disk takes as long for both, and would hide
a difference.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median

from shapely import LineString

from neixiang_survey_plugin.app.casework.dossiers import read_dossier, read_dossiers
from neixiang_survey_plugin.app.casework.listing import Wanted, find_cases, list_cases
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State, StateChange
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.cli.case_arguments import load_county_and_office
from neixiang_survey_plugin.hosts.cli.output import MOST_ROWS
from neixiang_survey_plugin.hosts.cli.today import run_today
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore

UTILITIES = ("water", "power", "gas", "heat", "telecom")
SMALL_CASES, LARGE_CASES = 10, 10_000
COUNTY = Path(__file__).parents[1] / "data"
EPSG, EAST_M, NORTH_M, SIDE_M = 4546, 576_200.0, 3_655_900.0, 5_500.0
ONE_IN = 10  # so many cases is open
BEGUN, NOW = datetime(2026, 1, 5, 9), datetime(2026, 11, 22, 10)
STATES = (State.REGISTERED, State.ROUTED, State.JUDGED, State.DECIDED, State.IN_WORKS)
SEGMENTS = 12
STRIDE = 7919  # a prime: the rounds go through cases all over the file

# A piece of work on a store: in which round, and on which case.
Work = Callable[[GpkgSurveyStore, int, int], object]


Square = tuple[float, float, float]  # its corner, east and north, and its side, in metres
IN_THE_SAMPLE: Square = (EAST_M, NORTH_M, SIDE_M)


def line_of(seed: int, square: Square = IN_THE_SAMPLE) -> LineString:
    """A line of 12 segments and some 500 m somewhere in a square."""
    rng = random.Random(seed)
    east, north = (corner + rng.uniform(0, square[2]) for corner in square[:2])
    points = [(east, north)]
    for _ in range(SEGMENTS):
        east, north = east + rng.uniform(20, 60), north + rng.uniform(-20, 20)
        points.append((east, north))
    return LineString(points)


def case_of(number: int, square: Square = IN_THE_SAMPLE) -> tuple[Case, list[Route]]:
    """A case and its five lines."""
    case_id = f"C{number:05d}"
    state = STATES[number // ONE_IN % len(STATES)] if number % ONE_IN == 0 else State.CLOSED
    received = BEGUN + timedelta(minutes=40 * number)
    case = Case(
        case_id=case_id,
        state=state,
        applicant_name=f"示例公司{number}",
        project_name="示例项目",
        received_at=received,
        agreed_access_at=received + timedelta(days=10),
    )
    lines = [
        Route(f"{case_id}-{utility}", utility, line_of(number * 5 + place, square), case_id=case_id)
        for place, utility in enumerate(UTILITIES)
    ]
    return case, lines


def course_of(case: Case) -> Iterator[object]:
    """What is on record of a case beside itself: services, papers, and how it went."""
    at = case.received_at
    for utility in UTILITIES:
        facts = {"service_kind": ServiceKind.NEW, "unit": utility, "verdict": Way.JOINT}
        yield Service(case_id=case.case_id, utility=utility, judged_at=at, **facts)
        for matter in (Matter.PLANNING, Matter.EXCAVATION):
            yield Decision(case_id=case.case_id, utility=utility, matter=matter, received_at=at)
    for state in STATES:
        yield StateChange(case_id=case.case_id, to_state=state, changed_at=at, changed_by="示例")


def filled(path: Path, cases: int, square: Square = IN_THE_SAMPLE) -> Path:
    """A survey of so many cases in a square, each with one edit behind it."""
    create_survey(path, EPSG, "411325")
    store = open_survey(path, "bench")
    for first in range(0, cases, 500):
        batch = [case_of(number, square) for number in range(first, min(first + 500, cases))]
        store.edit(
            [line for _, lines in batch for line in lines],
            records=[row for case, _ in batch for row in (case, *course_of(case))],
        )
    store.close()
    return path


def opened_in_turn(paths: Sequence[Path], rounds: int) -> list[float]:
    """Seconds to open each file, the middle of so many rounds."""
    taken: list[list[float]] = [[] for _ in paths]
    for _ in range(rounds):
        for path, seconds in zip(paths, taken, strict=True):
            begun = time.perf_counter()
            store = open_survey(path, "bench")
            seconds.append(time.perf_counter() - begun)
            store.close()
    return [median(seconds) for seconds in taken]


def done_in_turn(stores: Mapping[int, GpkgSurveyStore], work: Work, rounds: int) -> list[float]:
    """Seconds for a piece of work in each file, the middle of so many rounds."""
    taken: list[list[float]] = [[] for _ in stores]
    for number in range(rounds):
        for (cases, store), seconds in zip(stores.items(), taken, strict=True):
            case = number * STRIDE % cases
            begun = time.perf_counter()
            work(store, number, case)
            seconds.append(time.perf_counter() - begun)
    return [median(seconds) for seconds in taken]


def find_case(store: GpkgSurveyStore, number: int, case: int) -> None:
    """A case by its number, with its lines."""
    (found,) = store.records(Case, case_id=f"C{case:05d}")
    assert len(store.routes(case_id=found.case_id).routes) == len(UTILITIES)


def show_case(store: GpkgSurveyStore, number: int, case: int) -> None:
    """Everything on record of a case, as ``case show`` prints it."""
    assert len(read_dossier(store, f"C{case:05d}").services) == len(UTILITIES)


def list_newest(store: GpkgSurveyStore, number: int, case: int) -> None:
    """The cases that ``case list`` shows, with their clocks."""
    newest = find_cases(store, Wanted())[-MOST_ROWS:]
    _list(store, newest)


def list_all(store: GpkgSurveyStore, number: int, case: int) -> None:
    """Every case with all its clocks, as ``case list --json`` writes them."""
    _list(store, None)


def _list(store: GpkgSurveyStore, case_ids: tuple[str, ...] | None) -> None:
    county, office = load_county_and_office(COUNTY)
    list_cases(read_dossiers(store, case_ids), Wanted(), county.policy, office, NOW)


def today(store: GpkgSurveyStore, number: int, case: int) -> None:
    """What waits today, from the county's layers to the last row."""
    run_today(
        store.path,
        COUNTY,
        unit=None,
        department=None,
        at=f"{NOW:%Y-%m-%d %H:%M}",
        xlsx=None,
        every=False,
        json_target="/dev/null",
    )


def place_vertex(store: GpkgSurveyStore, number: int, case: int) -> None:
    """One vertex more of a line that is being drawn."""
    points = tuple(line_of(1).coords)[: 2 + number % (SEGMENTS - 1)]
    store.draw(Draft("bench", points, "water"))


def edit_line(store: GpkgSurveyStore, number: int, case: int) -> None:
    """A line moved and kept."""
    _, lines = case_of(case)
    store.edit([replace(lines[0], line=line_of(900_000 + number))])


def undo(store: GpkgSurveyStore, number: int, case: int) -> None:
    """The last edit taken back."""
    step = store.undo()
    assert step is not None


def read_all(store: GpkgSurveyStore, number: int, case: int) -> None:
    """Every line, as a map of all needs it once."""
    store.routes()


def _quietly(work: Work) -> Work:
    def done(store: GpkgSurveyStore, number: int, case: int) -> object:
        with redirect_stdout(StringIO()):
            return work(store, number, case)

    return done


def main() -> None:
    """Print the table of docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=LARGE_CASES)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        paths = [
            filled(Path(name) / f"{cases}.survey.gpkg", cases)
            for cases in (SMALL_CASES, options.cases)
        ]
        sizes_mb = [path.stat().st_size / 1e6 for path in paths]
        rows = [("opening the file", opened_in_turn(paths, max(options.rounds // 10, 3)))]
        numbers = (SMALL_CASES, options.cases)
        stores = {n: open_survey(path, "bench") for n, path in zip(numbers, paths, strict=True)}
        for words, work in (
            ("finding a case and its lines", find_case),
            ("everything on record of a case", show_case),
            ("placing a vertex", place_vertex),
            ("an edit of a line", edit_line),
            ("undo", undo),
        ):
            rows.append((words, done_in_turn(stores, work, options.rounds)))
        whole = [
            ("the list of the newest 200 cases", done_in_turn(stores, list_newest, 5)),
            ("reading every line", done_in_turn(stores, read_all, 3)),
            ("the list of every case, all clocks", done_in_turn(stores, list_all, 3)),
            ("what waits today", done_in_turn(stores, _quietly(today), 1)),
        ]
        for store in stores.values():
            store.close()
    print(f"\n| | {SMALL_CASES} cases | {options.cases:,} cases | ratio |\n|---|---:|---:|---:|")
    for words, (small, large) in rows:
        print(f"| {words} | {small * 1e3:.2f} ms | {large * 1e3:.2f} ms | {large / small:.2f} x |")
    for words, (small, large) in whole:
        print(f"| {words} | {small * 1e3:.1f} ms | {large * 1e3:,.0f} ms | |")
    print(f"| size of the file | {sizes_mb[0]:.1f} MB | {sizes_mb[1]:,.0f} MB | |")


if __name__ == "__main__":
    main()
