"""One screening from the routes' file to its result, going on where a killed one stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.app.screening import Tally
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.file_stamps import files_of, stamps
from neixiang_survey_plugin.io.policy_file import find_policy
from neixiang_survey_plugin.io.program import program_version
from neixiang_survey_plugin.io.screening.crew import screen_batches, screened_layers
from neixiang_survey_plugin.io.screening.outlets import check_suffix, open_outlet
from neixiang_survey_plugin.io.screening.pages import ROWS_A_PAGE, route_pages
from neixiang_survey_plugin.io.screening.work_file import WorkFile

ROUTES_A_BATCH = 2_000
_ROWS_AT_ONCE = 5_000
_FORM = "1"  # of the work file


@dataclass(frozen=True)
class Job:
    """What is screened, on which county and day; ``out`` is None where only the tally counts.

    The last two say how many lines are in memory at once: of those read, and for each worker.
    """

    routes: Path
    county: Path
    on: date
    out: Path | None = None
    workers: int = 1
    rows_a_page: int = ROWS_A_PAGE
    routes_a_batch: int = ROUTES_A_BATCH


@dataclass(frozen=True)
class Screening:
    """What a screening came to; ``resumed`` lines were done by an earlier run."""

    county: County
    tally: Tally
    warnings: tuple[str, ...]
    resumed: int


def screen_file(job: Job, tick: Tick) -> Screening:
    """Screen a file of routes; the result's file is there whole, or not at all.

    SurveyError for wrong input, and where the result's file is there already.
    """
    if job.out is None:
        with TemporaryDirectory() as folder:
            return _screened(job, Path(folder) / "screening.work", tick)
    check_suffix(job.out)
    if job.out.exists():
        raise SurveyError(f"--out {job.out}：已经有这个文件，没有覆盖；请换一个文件名，或先移走它")
    work = job.out.with_name(f"{job.out.name}.work")
    screening = _screened(job, work, tick)
    work.unlink()
    return screening


def _screened(job: Job, path: Path, tick: Tick) -> Screening:
    county = load_county(job.county, screened_layers(job.county))
    with closing(WorkFile.open(path, _what(job))) as work:
        if not work.is_read:
            _read(job, county, work)
        resumed = done = work.done_count
        count = work.count
        tick(done, count)
        workers = min(job.workers, work.open_count)
        for batch, rows in screen_batches(work.open_batches(), job.county, job.on, workers):
            work.keep(batch.number, batch.seqs, rows)
            done += len(rows)
            tick(done, count)
        tally = _write(job, county, work)
        return Screening(county, tally, work.warnings, resumed)


def _read(job: Job, county: County, work: WorkFile) -> None:
    warnings: dict[str, None] = {}
    for page in route_pages(job.routes, county, job.rows_a_page):
        work.add(page.routes, job.routes)
        warnings |= dict.fromkeys((*page.warnings, *page.assumptions))
    work.make_batches(job.routes_a_batch, tuple(warnings))


def _write(job: Job, county: County, work: WorkFile) -> Tally:
    """Count all rows, and write them where a file is asked for: first under another name."""
    tally = Tally()
    if job.out is None:
        for _, row in work.results():
            tally.add(row)
        return tally
    unfinished = job.out.with_name(f"{job.out.stem}.part{job.out.suffix}")
    unfinished.unlink(missing_ok=True)
    with closing(open_outlet(unfinished, county.grid.epsg)) as outlet:
        results = work.results()
        while chunk := list(islice(results, _ROWS_AT_ONCE)):
            outlet.add([line for line, _ in chunk], [row for _, row in chunk])
            for _, row in chunk:
                tally.add(row)
    unfinished.rename(job.out)
    return tally


def _what(job: Job) -> dict[str, str]:
    """What a work file must be of: these lines, this county with its rules, this day."""
    config = read_county_config(job.county)
    rules = [find_policy(name, config.path.parent) for name in config.policies]
    layers = screened_layers(job.county)
    sources = [config.sources[name] for name in layers if name in config.sources]
    places = [one for source in sources for one in (source.path, source.coverage) if one]
    return {
        "form": _FORM,
        "program": program_version(),
        "routes": _known_as([job.routes]),
        "county": " ".join(
            hashlib.sha256(path.read_bytes()).hexdigest() for path in (config.path, *rules)
        ),
        "layers": _known_as(places),
        "on": job.on.isoformat(),
    }


def _known_as(places: Sequence[Path]) -> str:
    return json.dumps([(str(path.absolute()), stamps(files_of(path))) for path in places])
