"""An application typed by hand: 用户名称=..., gas=新装, gas.小时用气量=12."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.vocabulary import UTILITY, canonical_word
from neixiang_survey_plugin.io.applications.entries import Entry, build_application
from neixiang_survey_plugin.io.applications.headings import Place, known_headings, place_of
from neixiang_survey_plugin.io.hints import did_you_mean


def read_typed(services: Iterable[str], facts: Iterable[str]) -> Application:
    """The application of ``--service`` and ``--set``; SurveyError with every problem.

    A service is ``gas`` or ``gas=new``; a fact is a heading or a field, with the utility and a
    dot before it where it belongs to one service.
    """
    problems = Problems()
    entries = [*_services(services, problems), *_facts(facts, problems)]
    application = build_application(entries, "", problems)
    problems.raise_if_any()
    return application


def read_facts(services: Iterable[str], facts: Iterable[str]) -> Application:
    """What ``--service`` and ``--set`` add to a case on record; SurveyError with every problem."""
    problems = Problems()
    entries = [*_services(services, problems), *_facts(facts, problems)]
    application = build_application(entries, "", problems, whole=False)
    problems.raise_if_any()
    return application


def _services(texts: Iterable[str], problems: Problems) -> Iterator[Entry]:
    for text in texts:
        name, _, kind = text.partition("=")
        utility = canonical_word(UTILITY, name)
        if utility is None:
            problems.add(
                f"--service {text}：不认识“{name}”；可写 {'、'.join(UTILITY)}，如 gas=new。"
            )
        else:
            yield Entry(f"--service {text}", Place(Service, None, utility), kind or "√", "")


def _facts(texts: Iterable[str], problems: Problems) -> Iterator[Entry]:
    for text in texts:
        name, equals, value = text.partition("=")
        place = _place(name.strip())
        if not equals:
            problems.add(f"--set {text}：应写成 名称=值，如 用户名称=示例公司。")
        elif place is None:
            hint = did_you_mean(name, known_headings())
            problems.add(f"--set {text}：没有“{name}”这一项{hint}。")
        else:
            yield Entry(f"--set {name}", place, value, "")


def _place(name: str) -> Place | None:
    utility = canonical_word(UTILITY, name.partition(".")[0])
    if "." not in name or utility is None:
        return place_of(name)
    place = place_of(name.partition(".")[2])
    if place is None or place.kind is not Service or place.field is None:
        return None
    return replace(place, utility=utility) if place.utility in (None, utility) else None
