"""What a month came to: commitments, promises of time broken, streets opened twice, suspensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.supervising import as_laid
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.clocks import ClockReading, ClockState, read_clocks
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.dates import months_after
from neixiang_survey_plugin.core.measuring.openings import opened_roads
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import Inspection, Rectification
from neixiang_survey_plugin.core.supervision.proposals import SupervisionRecord
from neixiang_survey_plugin.core.supervision.reopening import (
    Opening,
    Reopening,
    find_reopenings,
)
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    is_in_force,
    lifted_on,
    suspended_months,
)

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """A calendar month, both days included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Whether a day or a moment falls into the month."""
        if isinstance(day, datetime):
            day = day.date()
        return isinstance(day, date) and self.first <= day <= self.last


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    first = day.replace(day=1)
    return Month(first, months_after(first, 1) - _ONE_DAY)


@dataclass(frozen=True)
class Breach:
    """A promise of time that was broken: due in the month, under every way of counting or some."""

    case_id: str
    readings: tuple[ClockReading, ...]
    certain: bool

    @property
    def reading(self) -> ClockReading:
        """The reading that is latest due: the mildest one that was broken."""
        return max(self.readings, key=lambda one: str(one.due_at))


@dataclass(frozen=True)
class Inspected:
    """An inspection of the month, with how many promises it found broken and what it ordered."""

    inspection: Inspection
    broken: int
    ordered: tuple[Rectification, ...]


@dataclass(frozen=True)
class SuspensionStanding:
    """A suspension that was imposed, lifted or in force in the month."""

    record: SuspensionRecord
    lifted_on: date | None
    imposed: bool
    lifted: bool
    in_force_at_end: bool


@dataclass(frozen=True)
class MonthReport:
    """Everything that a month came to."""

    month: Month
    packets: tuple[PacketIssued, ...]
    breaches: tuple[Breach, ...]
    reopenings: tuple[Reopening, ...]
    settlements: tuple[Settlement, ...]
    fallen_away: tuple[Conflict, ...]
    suspensions: tuple[SuspensionStanding, ...]
    inspections: tuple[Inspected, ...]
    overdue: tuple[Rectification, ...]


@dataclass(frozen=True, eq=False)
class MonthSources:
    """What a month's report is made from."""

    county: County
    office: Office
    dossiers: Sequence[Dossier]
    packets: Sequence[PacketIssued]
    openings: Sequence[Opening]
    settlements: Sequence[Settlement]
    record: SupervisionRecord
    fallen_away: Sequence[Conflict] = ()  # of the month, without those noted as settled


def make_month_report(sources: MonthSources, month: Month, now: datetime) -> MonthReport:
    """What a month came to as far as it is known at a moment by the office's clock."""
    rules = sources.county.policy.supervision
    within_days = 0 if rules is None else rules.opened_twice_within_days
    reopenings = find_reopenings(sources.openings, within_days)
    overdue = [one for one in sources.record.rectifications if _is_overdue(one, month, now)]
    return MonthReport(
        month=month,
        packets=_packets(sources.packets, month),
        breaches=tuple(_breaches(sources, month, now)),
        reopenings=tuple(one for one in reopenings if one.after.begins in month),
        settlements=tuple(one for one in sources.settlements if one.settled_on in month),
        fallen_away=tuple(sources.fallen_away),
        suspensions=tuple(_suspensions(sources, month)),
        inspections=tuple(_inspected(sources.record, month)),
        overdue=tuple(overdue),
    )


def find_openings(
    routes: Sequence[Route], built: Iterable[AsBuilt], checker: Checker
) -> tuple[Opening, ...]:
    """Every street with the days on which works on each line opened it.

    By the last survey of a line after the works where there is one, else by the line as it is
    drawn and the days that are planned; lines of which nobody knows the days are left out.
    """
    last = {one.route_id: one for one in built if one.geom is not None}
    laid, days = [], []
    for route in routes:
        seen = last.get(route.route_id)
        known = None if seen is None else (seen.built_from, seen.built_to)
        begins, ends = known or (route.works_from, route.works_to)
        if begins is not None and ends is not None and begins <= ends:
            laid.append(route if seen is None else as_laid(seen, route))
            days.append((begins, ends, seen is not None))
    measures = checker.measure(laid)
    return tuple(
        Opening(road.road_id, road.name, (route.route_id,), *when)
        for route, measured, when in zip(laid, measures, days, strict=True)
        for road in opened_roads(route, measured)
    )


def _packets(packets: Iterable[PacketIssued], month: Month) -> tuple[PacketIssued, ...]:
    """The last packet of each utility of each case that went out in the month."""
    held: Mapping[tuple[str, str | None], PacketIssued] = {
        (one.case_id, one.utility): one for one in packets if one.issued_at in month
    }
    return tuple(held.values())


def _breaches(sources: MonthSources, month: Month, now: datetime) -> Iterator[Breach]:
    for dossier in sources.dossiers:
        promises: dict[tuple[str, str | None], list[ClockReading]] = {}
        for one in read_clocks(dossier, sources.county.policy, sources.office, now):
            promises.setdefault((one.clock.clock_id, one.utility), []).append(one)
        for readings in promises.values():
            broken = [one for one in readings if one.state is ClockState.BREACHED]
            if any(one.due_at in month for one in broken):
                certain = len(broken) == len(readings)
                yield Breach(dossier.case.case_id, tuple(broken), certain)


def _suspensions(sources: MonthSources, month: Month) -> Iterator[SuspensionStanding]:
    months = suspended_months(sources.county.policy)
    of_file = (
        SuspensionRecord(None, one.unit_id, one.imposed_on, rectified_on=one.rectified_on)
        for one in sources.county.suspensions
    )
    for record in (*of_file, *sources.record.suspensions):
        imposed = record.imposed_on in month
        free = lifted_on(record, months)
        at_end = is_in_force(record, month.last, months)
        if imposed or free in month or at_end:
            yield SuspensionStanding(record, free, imposed, free in month, at_end)


def _inspected(record: SupervisionRecord, month: Month) -> Iterator[Inspected]:
    for one in record.inspections:
        if one.inspected_on in month:
            items = [item for item in record.items if item.inspection_uuid == one.uuid]
            broken = sum(item.outcome is ClauseOutcome.BROKEN for item in items)
            ordered = [
                order for order in record.rectifications if order.inspection_uuid == one.uuid
            ]
            yield Inspected(one, broken, tuple(ordered))


def _is_overdue(one: Rectification, month: Month, now: datetime) -> bool:
    """Whether something that was due in the month was not put right in time."""
    done_on = one.done_on or now.date()
    return one.due_on is not None and one.due_on in month and done_on > one.due_on
