"""What is done with a case while the window is timed: on site, by the plan, afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from shapely import LineString

from benchmarks.window_frame import picture
from benchmarks.window_hand import Hand, Phase, runs, until
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.planning.review import PlanVerdict
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.inspections import Inspection
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict
from neixiang_survey_plugin.core.vocabulary import UTILITY

AT = datetime(2026, 11, 20, 9)
_DAY = date(2026, 11, 22)
_PHOTOS = 6
_PHOTO_PX = 4_000, 3_000


def register(hand: Hand, case_id: str, away_m: float, apart_m: float = 30.0) -> None:
    """A case with a line of each utility, so far to the north-east of the middle.

    Registering it, bringing its lines in and choosing it are three deeds of a person's.
    """
    case = Case(case_id=case_id, applicant_name="示例", received_at=AT)
    case = replace(case, agreed_access_at=AT + timedelta(days=5))
    services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in UTILITY)
    hand.window.book.register(Application(case, services), "x", AT)
    hand.rest()
    (e_m, n_m), long_m = hand.at, 180
    courses = [
        LineString([(e, n_m + away_m), (e, n_m + away_m + long_m)])
        for e in (e_m + away_m + apart_m * n for n in range(len(UTILITY)))
    ]
    lines = [
        Route(
            f"{case_id}-{utility}", utility, line, case_id=case_id, unit=utility, diameter_mm=200.0
        )
        for utility, line in zip(UTILITY, courses, strict=True)
    ]
    hand.session.put(*lines, what="import")
    hand.rest()
    hand.window.choose_case(case_id)


def _in_hand(hand: Hand) -> str:
    """A case on site, its page shown."""
    case_id = "S1"
    if f"{case_id}-gas" not in hand.session.routes:
        register(hand, case_id, 1_500.0)
    hand.window.choose_case(case_id)
    hand.window.panels.casework._choose(case_id)
    hand.show("case")
    hand.idle()
    hand.begin()
    return case_id


def _photos(hand: Hand) -> list[Path]:
    """Pictures of 12 million pixels, as a telephone makes them."""
    made = [hand.folder / f"site{number}.jpg" for number in range(_PHOTOS)]
    for number, path in enumerate(made):
        if not path.exists():
            picture(*_PHOTO_PX, number).save(str(path), "JPG", 85)
    return made


@runs("photos")
def _add_photos(hand: Hand) -> None:
    made, _ = _photos(hand), _in_hand(hand)
    with hand.choosing(*made):
        hand.run("photos")
        hand.idle()
    hand.wait(lambda: len(hand.session.store.records(Photo, ("image",))) >= _PHOTOS)
    hand.rest(0.5)


def _look_at_photos(hand: Hand) -> None:
    made, case_id = _photos(hand), _in_hand(hand)
    if not hand.session.store.records(Photo, ("image",), case_id=case_id):
        with hand.choosing(*made):
            hand.window.panels.casework.add_photos()
        hand.wait(lambda: bool(hand.session.store.records(Photo, ("image",), case_id=case_id)))
        hand.rest(0.5)
    hand.begin()
    for one in hand.session.store.records(Photo, ("image",), case_id="S1")[:3]:
        hand.window.casework._photo(one)
        hand.rest(0.5)
        hand.form.accept()
        hand.rest()
    hand.window.choose_case(None)
    hand.rest()
    hand.window.choose_case("S1")
    hand.rest(0.5)


@runs("joint_survey")
def _hold_a_survey(hand: Hand) -> None:
    made, _ = _photos(hand), _in_hand(hand)
    hand.run("joint_survey")
    hand.rest()
    with hand.choosing(*made):
        hand.form.add_photos()
        hand.idle()
    hand.wait(lambda: len(hand.form.photos) == _PHOTOS)
    hand.form.add_guest()
    guest = hand.form.guests[-1].entries
    guest["who"].widget.setEditText("示例供水公司")
    guest["person"].widget.setText("x")
    form = hand.form
    form.save()
    hand.wait(lambda: not form.isVisible())
    hand.rest(0.5)


def _promised(hand: Hand) -> None:
    case_id = _in_hand(hand)
    rows = [
        Promise(case_id=case_id, route_id=f"{case_id}-{u}", utility=u, unit=u, promised_on=_DAY)
        for u in UTILITY
    ]
    if not hand.session.store.records(Promise, case_id=case_id):
        hand.session.record("packet", lambda store: store.keep(rows, what="packet"), case_id)
    hand.rest(0.5)
    hand.begin()


@runs("inspect")
def _inspect(hand: Hand) -> None:
    _promised(hand)
    hand.run("inspect")
    hand.rest()
    asked = hand.form
    asked["inspected_by"].setText("x")
    asked.save()
    hand.wait(lambda: hasattr(hand.form, "clauses"))
    hand.rest()
    first = next(iter(hand.form.clauses.values()))
    first.outcome.widget.setCurrentIndex(2)
    first.evidence.widget.setText("x")
    first.due.widget.setText("2026-12-01")
    hand.form.save()
    hand.rest(0.5)
    inspection = hand.session.store.records(Inspection)[-1]
    hand.window.casework._show_inspection(inspection)
    hand.rest()
    hand.form.reject()


@runs("as_built")
def _as_built(hand: Hand) -> None:
    _promised(hand)
    path = hand.folder / "built.gpkg"
    names = [f"S1-{utility}" for utility in UTILITY]
    shapes = [hand.session.routes[name].line for name in names]
    write_lines(path, hand, shapes, route_id=names, surveyed_on=["2026-11-24"] * len(names))
    hand.begin()
    with hand.choosing(path):
        hand.run("as_built")
    hand.idle()
    hand.rest(0.5)


@runs("detours")
def _detours(hand: Hand) -> None:
    _in_hand(hand)
    path = hand.folder / "detours.gpkg"
    (e_m, n_m), count = hand.at, 50
    shapes = [LineString([(e_m, n_m + 3 * k), (e_m + 400, n_m + 3 * k)]) for k in range(count)]
    ids = [f"d{k}" for k in range(count)]
    write_lines(path, hand, shapes, detour_id=ids, name=["示例路"] * count)
    hand.begin()
    with hand.choosing(path):
        hand.run("detours")
    hand.idle()
    hand.show("packet")


def _decide(hand: Hand) -> None:
    """A decision of a department, and the word of a unit."""
    _in_hand(hand)
    for ask in (
        lambda: hand.window.casework._decision(None),
        lambda: hand.window.casework._opinion("water"),
        lambda: hand.window.casework._acts().edit(),
    ):
        ask()
        hand.rest()
        hand.form.save()
        hand.rest(0.5)
        hand.form.reject()
        hand.rest()


def _by_the_plan(hand: Hand) -> None:
    hand.stock(500)
    planning = hand.window.panels.planning
    hand.show("planning")
    hand.wait(lambda: planning.result is not None)
    hand.rest(0.5)
    hand.session.select("b3")
    hand.rest()
    hand.begin()
    planning.remark.setText("x")
    planning.decide(PlanVerdict.APPROVED)
    hand.rest(0.5)
    planning.decide(PlanVerdict.RETURNED)
    hand.rest(0.5)
    for row in range(planning.filter.count()):
        planning.filter.setCurrentIndex(row)
        hand.rest()


def _settle_a_conflict(hand: Hand) -> None:
    hand.stock(500)
    hand.show("conflict")
    panel = hand.window.panels.conflicts
    hand.wait(lambda: bool(panel.rows))
    hand.rest(0.5)
    hand.begin()
    group = panel.rows[0].group
    panel.rows[0].activated.emit()
    hand.rest()
    hand.window.forms.settle(group)
    hand.rest()
    hand.form.reason.setText("x")
    hand.form.save()
    hand.rest(0.5)
    hand.form.reject()


def _agree_on_a_trench(hand: Hand) -> None:
    register(hand, "T1", 2_200.0, apart_m=3.0)
    hand.idle()
    hand.show("trench")
    panel = hand.window.trenches
    until(hand, panel.background.rests, panel.propose)
    hand.rest(0.5)
    hand.begin()
    if not panel.cards:
        raise RuntimeError("nothing is proposed")
    for card in panel.cards[:2]:
        for view in card.views:
            card.show_on_map(view)
            hand.rest()
        if hasattr(card, "section"):
            card.section.activated.emit()
            hand.rest()
            hand.form.accept()
            hand.rest()
    panel.cards[0].remark.setText("x")
    panel.cards[0].decide(ReviewVerdict.ACCEPTED)
    hand.rest(0.5)


def write_lines(path: Path, hand: Hand, shapes: list[LineString], **columns: list[str]) -> None:
    """Lines in the county grid as a GeoPackage."""
    import geopandas

    path.unlink(missing_ok=True)
    epsg = hand.session.county.grid.epsg
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=f"EPSG:{epsg}")
    frame.to_file(path, engine="pyogrio")


CASES: tuple[Phase, ...] = (
    ("a decision, an opinion, the application", _decide),
    ("six photographs of 12 million pixels", _add_photos),
    ("looking at photographs", _look_at_photos),
    ("the sheet of a joint survey, with photographs", _hold_a_survey),
    ("an inspection", _inspect),
    ("lines as built", _as_built),
    ("ways round the works", _detours),
    ("approving and returning by the plan", _by_the_plan),
    ("settling a conflict", _settle_a_conflict),
    ("a shared trench seen large, and accepted", _agree_on_a_trench),
)
