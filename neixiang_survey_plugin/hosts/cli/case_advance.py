"""The command ``case advance``: a case moves on, back or out, with what goes on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.advancing import Advanced, advance
from neixiang_survey_plugin.app.casework.case_report import case_report
from neixiang_survey_plugin.app.casework.chosen_ways import on_chosen_ways
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.judging import judgement_of
from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.issuing import PacketOnDisk, packet_records
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.app.trenching.shown import SharedTrench, agreed_in, of_case
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.clocks import read_clocks
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.schema import PACKET_LAYERS
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.cli.case_arguments import (
    act_of,
    by_utility,
    load_county_and_office,
    now,
    utility_of,
    word_of,
)
from neixiang_survey_plugin.hosts.cli.case_tables import print_next
from neixiang_survey_plugin.hosts.cli.check import check_file
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.hosts.cli.without_pdf import say_without_pdf
from neixiang_survey_plugin.io.applications.json_file import read_sheet
from neixiang_survey_plugin.io.applications.typed import read_facts
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.planning import PlanPart
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.photo_file import as_taken
from neixiang_survey_plugin.io.plan_work import plan_part
from neixiang_survey_plugin.io.survey.opening import open_survey

# A verdict holds for its day: it is taken again when packets go out and when works start.
_JUDGED_AGAIN = (State.JUDGED, State.PACKET_ISSUED, State.IN_WORKS)


@dataclass(frozen=True)
class AdvanceAsked:
    """A move as it was typed."""

    to: str | None
    by: str | None
    at: str | None
    reason: str | None
    services: tuple[str, ...]
    facts: tuple[str, ...]
    sheet: Path | None
    ways: tuple[str, ...]
    utilities: tuple[str, ...]
    reading_by: str | None
    out: Path | None


def run_case_advance(
    survey: Path,
    county_folder: Path,
    case_id: str,
    asked: AdvanceAsked,
    *,
    json_target: str | None = None,
) -> None:
    """Move a case, or say in one sentence what stands against it."""
    step = _step(asked)
    check: CheckResult | None = None
    if step.target in _JUDGED_AGAIN:
        day = step.act.at.date()
        work, check = check_file(survey, county_folder, day, case_id, PACKET_LAYERS)
        county = work.county
        office = load_office(county_folder, county.office_hours)
        step = replace(step, judgement=judgement_of(case_id, check))
    else:
        county, office = load_county_and_office(county_folder)
    if step.sheet is not None:
        taken = tuple(as_taken(one, county.grid.epsg) for one in step.sheet.photos)
        step = replace(step, sheet=replace(step.sheet, photos=taken))
    store = open_survey(survey, step.act.who)
    try:
        issue = None
        if check is not None and asked.out is not None:
            shared = agreed_in(store, (one.route for one in check.routes))
            plan = plan_part(county_folder, survey)
            maker = _Maker(check, county, county_folder, asked.out, step.act, shared, plan)
            issue = maker.issue
        advanced = advance(store, case_id, step, county, issue)
    finally:
        store.close()
    _show(advanced, county, office, step.target, json_target)


def _step(asked: AdvanceAsked) -> Step:
    return Step(
        target=None if asked.to is None else word_of("--to", asked.to, State),
        act=act_of(asked.by, asked.at, asked.reason),
        facts=_facts(asked),
        sheet=None if asked.sheet is None else read_sheet(asked.sheet),
        ways=by_utility("--way", asked.ways, lambda text: word_of("--way", text, Way)),
        reading_decided_by=asked.reading_by,
        access_of=tuple(utility_of("--utility", one) for one in asked.utilities) or None,
    )


def _facts(asked: AdvanceAsked) -> Application | None:
    typed = asked.services or asked.facts
    return read_facts(asked.services, asked.facts) if typed else None


@dataclass(frozen=True)
class _Maker:
    """Writes the packet of a case into a folder, when nothing stands against it."""

    check: CheckResult
    county: County
    county_folder: Path
    out: Path
    act: Act
    shared: tuple[SharedTrench, ...]
    plan: PlanPart

    def issue(self, dossier: Dossier) -> Sequence[object]:
        """Write it; the rows of what left the house."""
        lines, office = on_chosen_ways(dossier, self.check), find_office()
        maker = PacketMaker(self.check, self.county, self.county_folder, office, plan=self.plan)
        shared = of_case(lines, self.shared)
        written = maker.write(lines, self.out, dossier=dossier, draft=False, shared=shared)
        say_without_pdf([written], office)
        on_disk = PacketOnDisk(lines, str(written.folder.absolute()), written.sha256)
        fingerprinter = Fingerprinter(self.county, load_clearances(self.county_folder))
        at, by = self.act.at, self.act.who
        return packet_records(dossier.packets, [on_disk], self.check, fingerprinter, at=at, by=by)


def _show(
    advanced: Advanced,
    county: County,
    office: Office,
    target: State | None,
    json_target: str | None,
) -> None:
    dossier = advanced.dossier
    clocks = read_clocks(dossier, county.policy, office, now())
    write_json(case_report(dossier, clocks), json_target)
    console = screen(quiet=json_target == "-")
    sentence = wording.advanced_sentence(dossier, advanced.change, target)
    console.print(escape(sentence), soft_wrap=True)
    print_next(dossier, console)
