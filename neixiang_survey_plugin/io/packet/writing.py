"""The packet of a case: its forms, its quantities, its data, and what proves them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.app.casework.lines_of_case import lines_behind
from neixiang_survey_plugin.app.issuing import packet_label
from neixiang_survey_plugin.app.planning.checking import PlanResult
from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.trenching.shown import SharedTrench
from neixiang_survey_plugin.app.wording import webmap as wording
from neixiang_survey_plugin.app.wording.words import utility_words, way_words
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.excerpt import Excerpts
from neixiang_survey_plugin.core.measuring.quantities import Quantities, measure_quantities
from neixiang_survey_plugin.core.planning.road_place import CUT_WIDTHS
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.fixed_zip import packed
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.county_files import county_files
from neixiang_survey_plugin.io.packet.drawing import case_drawing
from neixiang_survey_plugin.io.packet.exports import case_geojson, case_geopackage, case_kml
from neixiang_survey_plugin.io.packet.features import FeatureLayer, case_layers, shown_text
from neixiang_survey_plugin.io.packet.folder import (
    MANIFEST,
    PROGRAM,
    hashed,
    json_bytes,
    safe_name,
    write_archive,
    write_folder,
)
from neixiang_survey_plugin.io.packet.form_record import FORM_FIELDS, form_record
from neixiang_survey_plugin.io.packet.manifest import DATA, manifest_facts
from neixiang_survey_plugin.io.packet.papers import filled, papers_of
from neixiang_survey_plugin.io.packet.pdf import Converter
from neixiang_survey_plugin.io.packet.planning import (
    PLANNING_FILE,
    PlanPart,
    hold_case,
    is_wanted,
    planning_file,
    planning_paper,
)
from neixiang_survey_plugin.io.packet.quantities import quantities_workbook
from neixiang_survey_plugin.io.packet.rules import RuleFiles, rule_files
from neixiang_survey_plugin.io.packet.sharing import SHARING_FILE, sharing_file
from neixiang_survey_plugin.io.packet.sheets import drawing_files
from neixiang_survey_plugin.io.packet.template import template_folders
from neixiang_survey_plugin.io.packet.webmap import case_map
from neixiang_survey_plugin.io.program import program_version

FACTS = "case.json"
QUANTITIES = "工程量.xlsx"
MAP = "map.html"
_TOGETHER = 20  # packets in one run of the office program: it starts in 2 s, a form takes 0.4 s


@dataclass(frozen=True)
class Order:
    """A packet that is wanted; ``dossier`` is what a survey file has on record of its case.

    A draft says so on every form. ``shared`` are the common works, proposed or agreed on, in which
    lines of the case have a part: the map shows them before and after.
    """

    case: CaseResult
    dossier: Dossier | None = None
    draft: bool = True
    shared: tuple[SharedTrench, ...] = ()


@dataclass(frozen=True)
class PacketWritten:
    """A packet on disk: its folder, its files, the forms first, and the same as a ZIP.

    ``sha256`` is that of the manifest, which holds the hash of every other file. ``without_pdf``
    names the forms that the office program did not convert.
    """

    case_id: str | None
    folder: Path
    archive: Path
    files: tuple[Path, ...]
    sha256: str
    without_pdf: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Prepared:
    """A packet before it is written: its forms, its other files, what it says of itself."""

    case: CaseResult
    facts: Mapping[str, Any]
    forms: Mapping[str, bytes]
    others: Mapping[str, bytes]
    said: Mapping[str, Any]


class PacketMaker:
    """The result of a check, ready to write the packets of its cases.

    ``county_folder`` is where the county's own rule files and templates lie; those that it does
    not have are the shipped ones. ``office`` turns forms into PDF; without one there are none.
    ``detours`` are ways round the works for the traffic sketches, ``plan`` is by what lines are
    held against the master plan; without it they are not.
    """

    def __init__(
        self,
        check: CheckResult,
        county: County,
        county_folder: Path | None = None,
        office: Converter | None = None,
        detours: Sequence[Detour] = (),
        plan: PlanPart | None = None,
    ) -> None:
        self._check, self._folder, self._detours = check, county_folder, detours
        self._plan = plan
        self._clearances = load_clearances(county_folder)
        reach_m = judging_reach_m(county.policy, self._clearances)
        if plan is not None:
            reach_m = max(reach_m, _plan_reach_m(check, plan))
        self._excerpts = Excerpts(county, reach_m)
        self._rules: RuleFiles = rule_files(
            check.policy.policy_id, county_folder, planning=plan is not None
        )
        self._templates = template_folders(county_folder)
        self._office = office

    def write(
        self,
        case: CaseResult,
        folder: Path,
        *,
        dossier: Dossier | None = None,
        draft: bool = True,
        shared: tuple[SharedTrench, ...] = (),
    ) -> PacketWritten:
        """Write the packet of a case into a folder of its own below ``folder``, and its ZIP.

        The packet is there whole or not at all; the same result gives the same bytes.
        SurveyError when a template is missing or wrong, or when the place holds anything but an
        unchanged packet of the same case.
        """
        return next(self.write_each([Order(case, dossier, draft, shared)], folder))

    def write_each(self, orders: Iterable[Order], folder: Path) -> Iterator[PacketWritten]:
        """Write packets one after another; forms of several become PDF in one run of the office.

        What was written before an error, or before nobody asks for the next, is whole.
        """
        for some in _several(orders, 1 if self._office is None else _TOGETHER):
            prepared = [self._prepared(order) for order in some]
            pages = self._pages(prepared)
            for one, found in zip(prepared, pages, strict=True):
                yield self._written(one, found, folder)

    def _prepared(self, order: Order) -> _Prepared:
        case, label = order.case, packet_label(order.case)
        lines = self._lines_behind(case)
        county = self._excerpts.around(lines)
        facts = case_facts(case, self._check, draft=order.draft)
        conflicts = self._check.conflicts_of({one.route.route_id for one in case.routes})
        layers = case_layers(case, conflicts, county)
        data = self._data(label, layers, lines, county)
        if order.shared:
            data[f"{DATA}{SHARING_FILE}"] = sharing_file(order.shared)
        planned = self._planned(case, lines, county)
        if planned is not None:
            data[f"{DATA}{PLANNING_FILE}"] = planning_file(planned)
        said = manifest_facts(case, self._check, county, self._clearances, facts, data)
        standing = Standing(said["number"], order.draft, order.dossier)
        papers = papers_of(case, self._check, county, standing)
        if planned is not None and is_wanted(planned, case):
            papers += (planning_paper(planned, case, county, standing),)
        forms = filled(papers, self._templates)
        sheets = drawing_files(
            case,
            self._check,
            county,
            self._excerpts,
            standing,
            program_version(),
            self._folder,
            order.shared,
            detours=tuple(one for one in self._detours if one.is_for(case.case_id)),
        )
        quantities = measure_quantities([one.route for one in case.routes], county)
        others = {
            **sheets,
            QUANTITIES: quantities_file(label, quantities),
            MAP: map_file(case, layers, county, order.shared, draft=order.draft),
            FORM_FIELDS: form_record(papers, self._templates),
            **data,
        }
        return _Prepared(case, facts, forms, others, said)

    def _planned(
        self, case: CaseResult, lines: Sequence[Route], county: County
    ) -> PlanResult | None:
        """The lines of a case against the plan, as far as the packet's own data tell."""
        if self._plan is None:
            return None
        part, on = self._plan, self._check.on
        return hold_case(county, part.rules, lines, case, on, part.reviews)

    def _pages(self, prepared: Sequence[_Prepared]) -> list[dict[str, bytes]]:
        """The PDF of each form of each packet, by its name."""
        if self._office is None:
            return [{} for _ in prepared]
        documents = {
            f"{number}/{name}": content
            for number, one in enumerate(prepared)
            for name, content in one.forms.items()
        }
        pages = self._office.to_pdf(documents)
        return [
            {
                f"{name.removesuffix('.docx')}.pdf": pages[f"{number}/{name}"]
                for name in one.forms
                if f"{number}/{name}" in pages
            }
            for number, one in enumerate(prepared)
        ]

    def _written(
        self, prepared: _Prepared, pages: Mapping[str, bytes], folder: Path
    ) -> PacketWritten:
        forms = {**prepared.forms, **pages}
        content = {**forms, **prepared.others, FACTS: facts_file(prepared.facts, forms)}
        target = folder / safe_name(packet_label(prepared.case))
        manifest = write_folder(target, content, prepared.said)
        archive = target.with_name(f"{target.name}.zip")
        write_archive(archive, packed({**content, MANIFEST: manifest}))
        paths = tuple(target / name for name in (*content, MANIFEST))
        wanted = () if self._office is None else prepared.forms
        missing = tuple(name for name in wanted if f"{name.removesuffix('.docx')}.pdf" not in pages)
        return PacketWritten(
            prepared.case.case_id, target, archive, paths, hashed(manifest), missing
        )

    def _data(
        self,
        label: str,
        layers: Sequence[FeatureLayer],
        lines: tuple[Route, ...],
        county: County,
    ) -> dict[str, bytes]:
        """The case for other programs, and the county that it was judged on."""
        files = data_files(label, layers, county)
        files.update(
            (f"county/{name}", content)
            for name, content in county_files(county, lines, self._rules).items()
        )
        return {f"{DATA}{name}": content for name, content in files.items()}

    def _lines_behind(self, case: CaseResult) -> tuple[Route, ...]:
        own = [one.route for one in case.routes]
        routes = [one.route for one in self._check.routes]
        return lines_behind(own, routes, self._check.policy.no_split)


def write_packet(
    case: CaseResult,
    check: CheckResult,
    county: County,
    folder: Path,
    county_folder: Path | None = None,
) -> PacketWritten:
    """Write the packet of one case, by the shipped rules and templates unless a county has own."""
    return PacketMaker(check, county, county_folder).write(case, folder)


def _several(orders: Iterable[Order], count: int) -> Iterator[list[Order]]:
    """The orders, so many at a time."""
    rest = iter(orders)
    while some := list(itertools.islice(rest, count)):
        yield some


def judging_reach_m(policy: Policy, clearances: ClearanceTable) -> float:
    """How far from a line any rule looks, in grid metres, with room to spare."""
    widest_m = float(np.nanmax(clearances.horizontal_figures.most_m, initial=0.0))
    reaches_m = policy.unknown_width_reach_m, policy.unknown_pit_reach_m
    return max(*reaches_m, policy.no_split.suspected_within_m) + widest_m


def _plan_reach_m(check: CheckResult, plan: PlanPart) -> float:
    """How far from a line the plan check looks, in grid metres: corridors, and across its roads."""
    widths_m = [
        crossing.road_width_m for one in check.routes for crossing in one.measures.roads.crossings
    ]
    return max(plan.rules.corridor.off_m, CUT_WIDTHS * max(widths_m, default=0.0))


def case_facts(case: CaseResult, check: CheckResult, *, draft: bool) -> dict[str, Any]:
    """The public JSON of a check, of this case alone, with the version that wrote it."""
    ids = {one.route.route_id for one in case.routes}
    splits = tuple(split for split in check.suspected_splits if ids & set(split.route_ids))
    conflicts = check.conflicts
    if conflicts is not None:
        not_judged = tuple(one for one in conflicts.not_judged if one.route_id in {None, *ids})
        conflicts = replace(conflicts, conflicts=check.conflicts_of(ids), not_judged=not_judged)
    own = replace(
        check,
        routes=case.routes,
        suspected_splits=splits,
        conflicts=conflicts,
        confirmed=check.confirmed_behind(case.routes),
    )
    judged = {one.route.route_id: one.verdict.way for one in check.routes}
    chosen = {
        one.route.utility: one.verdict.way.value
        for one in case.routes
        if one.verdict.way is not judged[one.route.route_id]
    }
    return {
        "program_version": program_version(),
        "packet": packet_label(case),
        "draft": draft,
        "chosen_ways": chosen,
        **check_report(own),
    }


def map_file(
    case: CaseResult,
    layers: Sequence[FeatureLayer],
    county: County,
    shared: Sequence[SharedTrench] = (),
    *,
    draft: bool,
) -> bytes:
    """The map of a case."""
    ways = {utility_words(name): way_words(way) for name, way in case.ways.items()}
    title = wording.title(shown_text(packet_label(case)))
    return case_map(title, wording.remark(ways, draft), layers, county, shared)


def data_files(label: str, layers: Sequence[FeatureLayer], county: County) -> dict[str, bytes]:
    """The layers of a case in every format; the drawing only where ezdxf is installed."""
    epsg = county.grid.epsg
    files = {
        "case.gpkg": case_geopackage(layers, epsg),
        "case_wgs84.geojson": case_geojson(layers, epsg, in_grid=False),
        "case_grid.geojson": case_geojson(layers, epsg, in_grid=True),
        "case.kml": case_kml(shown_text(label), layers, epsg),
    }
    drawing = case_drawing(layers, county)
    return files if drawing is None else {**files, "case.dxf": drawing}


def facts_file(facts: Mapping[str, Any], forms: Mapping[str, bytes]) -> bytes:
    """The facts as JSON, with the hash of each form."""
    hashes = {name: hashed(content) for name, content in forms.items()}
    return json_bytes({"program": PROGRAM, **facts, "files": hashes})


def quantities_file(label: str, quantities: Quantities) -> bytes:
    """The quantities as a spreadsheet."""
    return quantities_workbook(label, quantities)
