"""The lines of a survey file for checking, with what the site showed beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

from neixiang_survey_plugin.app.agenda.fallen_away import LinesThenAndNow
from neixiang_survey_plugin.app.survey_store import CaseIds, KeptRoutes
from neixiang_survey_plugin.core.calendar.office import CHINA_TIME
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord
from neixiang_survey_plugin.io.routes_file import RoutesRead, read_routes
from neixiang_survey_plugin.io.survey.connection import Connection, snapshot
from neixiang_survey_plugin.io.survey.facts_table import read_facts
from neixiang_survey_plugin.io.survey.meta import check_not_newer, read_meta
from neixiang_survey_plugin.io.survey.past import read_lines_between
from neixiang_survey_plugin.io.survey.read_only import looking_into
from neixiang_survey_plugin.io.survey.record_rows import read_records
from neixiang_survey_plugin.io.survey.route_rows import read_rows, routes_from_rows

R = TypeVar("R")


@dataclass(frozen=True)
class SurveyRoutesRead:
    """The lines as any file of routes gives them, the facts that hold, the units suspended."""

    read: RoutesRead
    facts: tuple[ConfirmedFact, ...]
    suspensions: tuple[SuspensionRecord, ...]


def is_survey(path: Path) -> bool:
    """Whether a file is a survey file and not just a file of routes."""
    if path.suffix.lower() != ".gpkg":
        return False
    with looking_into(path) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'survey_meta'")
        return found.fetchone() is not None


def read_survey_facts(path: Path) -> tuple[ConfirmedFact, ...]:
    """The facts of a survey file that hold; SurveyError when it is none, or newer."""
    with looking_into(path) as connection:
        check_not_newer(read_meta(connection, path), path)
        return read_facts(connection)


def read_survey_records(path: Path, kind: type[R], **where: object) -> tuple[R, ...]:
    """The records of one kind in a survey file, without opening it for writing.

    None in a file of an older version that has no table for them yet.
    """
    with reading_survey(path) as survey:
        return survey.records(kind, **where)


class ReadSurvey:
    """A survey file as it is at one moment, without changing anything in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def routes(
        self, *, case_id: CaseIds = None, route_ids: Sequence[str] | None = None
    ) -> KeptRoutes:
        """The lines as they are now, those of some cases or by name where asked, as they came."""
        routes, unreadable = routes_from_rows(read_rows(self._connection, case_id, route_ids))
        return KeptRoutes(tuple(routes), tuple(unreadable))

    def lines_between(self, first: date, last: date) -> LinesThenAndNow:
        """The lines as two days, both included, found them and left them, by the office's clock."""
        begins = datetime.combine(first, time(), CHINA_TIME)
        ends = datetime.combine(last, time.max, CHINA_TIME)
        then, now = read_lines_between(self._connection, begins, ends)
        return LinesThenAndNow(tuple(then), tuple(now))

    def records(
        self, kind: type[R], without: Collection[str] = (), /, **where: object
    ) -> tuple[R, ...]:
        """The records of a kind whose fields are as asked, in the order in which they came."""
        return read_records(self._connection, kind, where, without)


@contextmanager
def reading_survey(path: Path) -> Iterator[ReadSurvey]:
    """A survey file to be read as one state; SurveyError when it is none, or newer."""
    with looking_into(path) as connection, snapshot(connection):
        check_not_newer(read_meta(connection, path), path)
        yield ReadSurvey(connection)


def read_survey_routes(path: Path, county: County) -> SurveyRoutesRead:
    """The lines of a survey file in the county grid, and the confirmed facts.

    SurveyError with one sentence per problem: a newer file, another county's, a bad row.
    """
    with looking_into(path) as connection:
        meta = read_meta(connection, path)
        check_not_newer(meta, path)
        facts = read_facts(connection)
        suspensions = read_records(connection, SuspensionRecord, {})
    if None not in (meta.county_code, county.code) and meta.county_code != county.code:
        raise SurveyError(
            f"{path}: 是行政区划代码 {meta.county_code} 的踏勘文件，"
            f"县资料是 {county.code}（{county.name}）；请核对 --county"
        )
    return SurveyRoutesRead(read_routes(path, county), facts, suspensions)
