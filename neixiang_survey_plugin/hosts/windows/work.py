"""Opening a survey on its county for the window: everything that has to be read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.map_labels import Named, named_features
from neixiang_survey_plugin.app.map_layers import MapLayer, map_layers
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.map_cache import MapCache
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import is_survey
from neixiang_survey_plugin.io.trench_file import load_trench_rules

SUFFIX = ".survey.gpkg"
SAMPLE = f"示例{SUFFIX}"


@dataclass(frozen=True, eq=False)
class Ground:
    """A county with its office and rules, its layers laid out, and what is written on them."""

    folder: Path
    county: County
    office: Office
    trench_rules: TrenchRules
    layers: tuple[MapLayer, ...]
    named: tuple[Named, ...] = ()


@dataclass(frozen=True, eq=False)
class Work:
    """A survey that is open on its county; ``path`` is its file."""

    ground: Ground
    path: Path
    session: Session


def read_ground(folder: Path, drawn: bool = True) -> Ground:
    """The county of a folder; SurveyError with a sentence for every problem in it.

    Its layers are laid out for drawing unless somebody else draws them.
    """
    county = load_county(folder, tuple(COUNTY_LAYERS))
    office = load_office(folder, county.office_hours)
    rules = load_trench_rules(folder)
    if not drawn:
        return Ground(folder, county, office, rules, ())
    layers = _laid_out(county, folder)
    return Ground(folder, county, office, rules, layers, named_features(county.layers))


def _laid_out(county: County, folder: Path) -> tuple[MapLayer, ...]:
    """The layers as they were kept the last time; a small county is laid out each time."""
    cache = MapCache.of(folder)
    layers = cache.load()
    if layers is None:
        layers = map_layers(county.layers)
        cache.save(layers)
    return layers


def open_work(ground: Ground, path: Path, who: str, on: date | None = None) -> Work:
    """A survey file opened for work; SurveyError when it is none, or of another county."""
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
        session = Session(ground.county, clearances, store, on or date.today())
    except BaseException:
        store.close()
        raise
    return Work(ground, path, session)


def new_work(ground: Ground, path: Path, who: str, on: date | None = None) -> Work:
    """A new survey file, open; SurveyError when there is one of that name."""
    create_survey(path, ground.county.grid.epsg, ground.county.code)
    return open_work(ground, path, who, on)


def sample_work(folder: Path, who: str, on: date | None = None, drawn: bool = True) -> Work:
    """The sample county with its cases, in a survey file in a folder; made on first use."""
    county = places.sample_county()
    ground = read_ground(county, drawn)
    path = folder / SAMPLE
    if path.exists():
        return open_work(ground, path, who, on)
    folder.mkdir(parents=True, exist_ok=True)
    work = new_work(ground, path, who, on)
    cases = county / "cases"
    by_points = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    given = read_routes(cases / "routes.gpkg", ground.county).routes
    work.session.put(*by_points, *given, what="import")
    return work
