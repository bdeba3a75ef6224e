"""The window in another look, on its county read anew, and each of its forms, timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shapely import LineString

from benchmarks.window_hand import Hand, Phase
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.packet_fields import Holder, MissingField
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import Density

_AT = datetime(2026, 11, 20, 9)
_CASE = "K7"
_PAUSE_S = 0.4


def another_theme(hand: Hand) -> None:
    """Dark, then light, each seen."""
    _looks(hand, *({"theme": one} for one in (Theme.DARK, Theme.LIGHT)))


def another_language(hand: Hand) -> None:
    """English, then Chinese, each seen."""
    _looks(hand, *({"language": one} for one in (Language.ENGLISH, Language.CHINESE)))


def another_density(hand: Hand) -> None:
    """For a finger, then for a mouse, each seen."""
    _looks(hand, *({"density": one} for one in (Density.TOUCH, Density.COMFORTABLE)))


def county_anew(hand: Hand) -> None:
    """The county read anew, as after an import."""
    _replaced(hand, lambda: hand.shell.renew(lambda: None))


def _looks(hand: Hand, *changes: dict[str, Any]) -> None:
    for one in changes:
        settings: Settings = replace(hand.window.settings, **one)
        _replaced(hand, lambda settings=settings: hand.window.use_settings(settings))


def _replaced(hand: Hand, do: Callable[[], object]) -> None:
    """Do what brings another window, and wait for that and for what it has to paint."""
    before = hand.window
    do()
    hand.wait(lambda: hand.window is not before)
    hand.rest(_PAUSE_S)


def forms(hand: Hand) -> Iterator[Callable[[], None]]:
    """A call for each form that asks for something: it opens it."""
    window = hand.window
    show, work = window.forms, window.casework
    yield from (show.show_settings, show.show_guide, show.show_shortcuts, show.find)
    yield from (show.new_case, show.show_facts, work.survey, work.inspect)
    yield lambda: show.edit_case(window.book.case(_CASE).dossier)
    yield lambda: window.packets._ways.field(MissingField(Holder.CASE, _CASE, "project_name"))
    yield lambda: work._decision(None)
    yield lambda: work._opinion("water")


def every_form(hand: Hand) -> None:
    """Each form twice: the first time, and again."""
    _with_case(hand)
    hand.begin()
    for show in forms(hand):
        for _ in range(2):
            show()
            hand.rest(0.2)
            hand.form.reject()
            hand.rest(0.1)


def _with_case(hand: Hand) -> None:
    """A case on record with a line of each utility, one of them chosen."""
    window = hand.window
    if _CASE not in window.book.ids():
        case = Case(case_id=_CASE, applicant_name="示例", received_at=_AT)
        case = replace(case, agreed_access_at=_AT + timedelta(days=5))
        services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in UTILITY)
        window.book.register(Application(case, services), "x", _AT)
        e_m, n_m = hand.at
        for number, utility in enumerate(UTILITY):
            east_m = e_m - 2_000 + 30 * number
            course = LineString([(east_m, n_m), (east_m, n_m + 120)])
            line = Route(f"{_CASE}-{utility}", utility, course, case_id=_CASE, unit=utility)
            window.session.put(line, what="import")
    window.choose_case(_CASE)
    window.session.select(f"{_CASE}-gas")
    hand.rest(_PAUSE_S)


LOOKS: tuple[Phase, ...] = (
    ("each form, the first time and again", every_form),
    ("another theme", another_theme),
    ("another language", another_language),
    ("larger controls, and usual ones", another_density),
    ("the county read anew", county_anew),
)
