"""Opening a survey on its county for the window: everything that has to be read first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.drawing.nearby import Nearby
from neixiang_survey_plugin.app.map_labels import Named, named_features
from neixiang_survey_plugin.app.map_layers import MapLayer, map_layers
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.map_cache import MapCache
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import is_survey
from neixiang_survey_plugin.io.trench_file import load_trench_rules

SUFFIX = ".survey.gpkg"
SAMPLE = f"示例{SUFFIX}"


Shown = Callable[[tuple[MapLayer, ...]], None]


@dataclass(frozen=True, eq=False)
class Ground:
    """A county with its office and rules, its layers laid out, and what is written on them.

    ``nearby`` finds what a pointer means, where a window wants it ready.
    """

    folder: Path
    county: County
    office: Office
    trench_rules: TrenchRules
    planning_rules: PlanningRules
    layers: tuple[MapLayer, ...]
    named: tuple[Named, ...] = ()
    nearby: Nearby | None = None


@dataclass(frozen=True, eq=False)
class Work:
    """A survey that is open on its county, its cases read; ``path`` is its file."""

    ground: Ground
    path: Path
    session: Session
    book: CaseBook


def _nobody(_: tuple[MapLayer, ...]) -> None:
    """Nobody looks yet."""


def read_ground(
    folder: Path,
    drawn: bool = True,
    progress: Progress | None = None,
    shown: Shown = _nobody,
) -> Ground:
    """The county of a folder; SurveyError with a sentence for every problem in it.

    Its layers are laid out for drawing unless somebody else draws them. ``shown`` is given what
    can be drawn as soon as it can: all that was kept the last time, or layer after layer as they
    are read.
    """
    progress = progress or Progress()
    progress.step("open")
    filling = _Filling(MapCache.of(folder) if drawn else None, progress, shown)
    county = load_county(folder, tuple(COUNTY_LAYERS), filling.arrived)
    progress.step("layout")
    layers = filling.whole()
    office = load_office(folder, county.office_hours)
    rules = load_trench_rules(folder), load_planning_rules(folder)
    if not drawn:
        return Ground(folder, county, office, *rules, ())
    named = named_features(county.layers)
    progress.step("index")
    return Ground(folder, county, office, *rules, layers, named, Nearby(county.layers))


class _Filling:
    """The map that fills while a county is read; without a cache there is none."""

    def __init__(self, cache: MapCache | None, progress: Progress, shown: Shown) -> None:
        self._cache, self._progress, self._shown = cache, progress, shown
        self._kept = None if cache is None else cache.load()
        self._laid: list[MapLayer] = []
        self._read = 0
        if self._kept is not None:
            shown(self._kept)

    def arrived(self, name: str, table: FeatureTable | None) -> None:
        """A layer is about to be read, or it was."""
        of = len(COUNTY_LAYERS)
        if table is None:
            self._progress.step("read", name, self._read, of)
            self._read += 1
        elif self._kept is None and self._cache is not None:
            self._progress.step("lay_out", name, self._read, of)
            self._laid += map_layers({name: table})
            self._shown(tuple(self._laid))

    def whole(self) -> tuple[MapLayer, ...]:
        """Every layer, as it was kept; what was laid out now is kept for the next time."""
        if self._kept is not None:
            return self._kept
        layers = tuple(self._laid)
        if self._cache is not None:
            self._cache.save(layers)
        return layers


def open_work(
    ground: Ground,
    path: Path,
    who: str,
    on: date | None = None,
    progress: Progress | None = None,
    known: Session | None = None,
) -> Work:
    """A survey file opened for work; SurveyError when it is none, or of another county.

    What ``known``, a session on the same ground, has indexed of the county serves again: 200,000
    features a layer take eight seconds.
    """
    if path.exists() and not is_survey(path):
        raise SurveyError(f"{path}: 不是踏勘文件；请用 survey import 导入，或新建一个勘测")
    store = open_survey(path, who)
    try:
        code, own = store.meta.county_code, ground.county.code
        if None not in (code, own) and code != own:
            raise SurveyError(
                f"{path}: 是行政区划代码 {code} 的踏勘文件，县资料是 {own}"
                f"（{ground.county.name}）；请用 --county 打开它的县"
            )
        clearances = load_clearances(ground.folder)
        on = on or date.today()
        session = Session(ground.county, clearances, store, on, progress=progress, known=known)
        book = _read_book(session, ground)
    except BaseException:
        store.close()
        raise
    return Work(ground, path, session, book)


def new_work(
    ground: Ground,
    path: Path,
    who: str,
    on: date | None = None,
    progress: Progress | None = None,
    known: Session | None = None,
) -> Work:
    """A new survey file, open, as with ``open_work``; SurveyError when there is one of its name."""
    create_survey(path, ground.county.grid.epsg, ground.county.code)
    try:
        return open_work(ground, path, who, on, progress, known)
    except BaseException:  # also who cancels it wants no file
        path.unlink(missing_ok=True)
        raise


def sample_work(
    folder: Path,
    who: str,
    on: date | None = None,
    drawn: bool = True,
    progress: Progress | None = None,
    shown: Shown = _nobody,
) -> Work:
    """The sample county with its cases, in a survey file in a folder; made on first use."""
    county = places.sample_county()
    ground = read_ground(county, drawn, progress, shown)
    path = folder / SAMPLE
    if path.exists():
        return open_work(ground, path, who, on, progress)
    folder.mkdir(parents=True, exist_ok=True)
    work = new_work(ground, path, who, on, progress)
    cases = county / "cases"
    by_points = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    given = read_routes(cases / "routes.gpkg", ground.county).routes
    work.session.put(*by_points, *given, what="import")
    return replace(work, book=_read_book(work.session, ground))


def _read_book(session: Session, ground: Ground) -> CaseBook:
    """The cases as they are now; from then on a window tells their book what changes."""
    book = CaseBook(session, ground.office)
    book.read()
    return book


def free_name(own: Path, word: str) -> Path:
    """A name beside the open survey's that no file has: 示例-合并.survey.gpkg, 示例-合并2 ..."""
    stem, number = own.name.removesuffix(SUFFIX).partition(f"-{word}")[0], 1
    while (path := own.with_name(f"{stem}-{word}{number if number > 1 else ''}{SUFFIX}")).exists():
        number += 1
    return path
