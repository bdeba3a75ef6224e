"""Verifying a packet: every hash, and every figure worked out again from the packet's own data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.verifying import (
    Difference,
    DifferenceKind,
    Verified,
    differing,
    figures_in,
)
from neixiang_survey_plugin.core.casework.dossier import NO_WAY
from neixiang_survey_plugin.core.casework.ways import is_milder
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.measuring.quantities import measure_quantities
from neixiang_survey_plugin.io.packet.folder import MANIFEST, hashed, json_bytes
from neixiang_survey_plugin.io.packet.form_record import differing_forms, forms_by_hash_alone
from neixiang_survey_plugin.io.packet.manifest import DATA, manifest_facts
from neixiang_survey_plugin.io.packet.opened import (
    DAMAGED_DOCUMENT,
    OpenedPacket,
    open_packet,
    parsed,
)
from neixiang_survey_plugin.io.packet.planning import held_again
from neixiang_survey_plugin.io.packet.rejudging import Rejudged, rejudge
from neixiang_survey_plugin.io.packet.verify_data import differing_data
from neixiang_survey_plugin.io.packet.writing import (
    FACTS,
    QUANTITIES,
    case_facts,
    quantities_file,
)

_NUMBER = re.compile(rb"\b[0-9a-f]{64}\b")  # SHA-256, as forms print it


def verify_packet(path: Path) -> Verified:
    """Verify the packet in a folder or a ZIP; SurveyError for what is no packet."""
    return verify_opened(open_packet(path))


def verify_opened(opened: OpenedPacket) -> Verified:
    """Verify the files of a packet.

    Figures are worked out again only where every hash is right: those of data that somebody
    changed say nothing.
    """
    manifest, facts = opened.manifest, parsed(opened.files.get(FACTS))
    differences = [*opened.differences, *_hashes(opened.files, manifest)]
    figures = 0
    if not differences and manifest is not None:
        if facts is None:
            differences.append(Difference(DifferenceKind.DAMAGED, FACTS))
        else:
            figures = figures_in(facts)
            differences += _figures(opened.files, manifest, facts)
    said = manifest or {}
    return Verified(
        packet=str(said.get("packet")),
        number=str(said.get("number")),
        figures=figures,
        differences=tuple(differences),
        forms_by_hash_alone=forms_by_hash_alone(opened.files),
    )


def _hashes(files: Mapping[str, bytes], manifest: dict[str, Any] | None) -> Iterator[Difference]:
    if manifest is None or not isinstance(manifest.get("files"), dict):
        yield Difference(DifferenceKind.DAMAGED, MANIFEST)
        return
    if json_bytes(manifest) != files[MANIFEST]:
        yield Difference(DifferenceKind.CHANGED, MANIFEST)
    listed = manifest["files"]
    for name, sha256 in listed.items():
        if name not in files:
            yield Difference(DifferenceKind.MISSING, name)
        elif hashed(files[name]) != sha256:
            yield Difference(DifferenceKind.CHANGED, name)
    for name in files:
        if name not in listed and name != MANIFEST:
            yield Difference(DifferenceKind.EXTRA, name)


def _figures(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[Difference]:
    try:
        again = rejudge(files, facts)
        found = case_facts(again.case, again.check, draft=bool(facts["draft"]))
    except SurveyError as error:
        yield Difference(DifferenceKind.NOT_JUDGED, FACTS, found=str(error))
        return
    yield from _too_mild(again)
    yield from differing(_judged(facts), _judged(found), FACTS)
    yield from _manifest(files, manifest, facts, again)
    yield from _quantities(files, again)
    yield from differing_data(files, facts, again)
    yield from _numbers(files, str(manifest["number"]))
    planned, otherwise = held_again(files, again)
    yield from otherwise
    yield from differing_forms(files, facts, str(manifest["number"]), again, planned)


def _too_mild(again: Rejudged) -> Iterator[Difference]:
    """A unit may choose a stricter way than its verdict, never a milder one."""
    for taken, judged in zip(again.case.routes, again.judged.routes, strict=True):
        way, verdict = taken.verdict.way, judged.verdict.way
        if way is not verdict and (way in NO_WAY or is_milder(way, verdict)):
            where = judged.route.route_id
            yield Difference(DifferenceKind.MILDER, where, way.value, verdict.value)


def _judged(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that judging comes to, as JSON has them; who wrote them is not one."""
    own = ("program", "program_version", "files", "warnings")
    plain: dict[str, Any] = json.loads(json.dumps({k: v for k, v in facts.items() if k not in own}))
    return plain


def _manifest(
    files: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    facts: Mapping[str, Any],
    again: Rejudged,
) -> Iterator[Difference]:
    data = {name: content for name, content in files.items() if name.startswith(DATA)}
    found = manifest_facts(again.case, again.check, again.county, again.clearances, facts, data)
    said = {name: value for name, value in manifest.items() if name not in ("program", "files")}
    yield from differing(said, found, MANIFEST)


def _quantities(files: Mapping[str, bytes], again: Rejudged) -> Iterator[Difference]:
    lines = [one.route for one in again.case.routes]
    found = quantities_file("", measure_quantities(lines, again.county))
    try:
        said = _cells(files[QUANTITIES])
    except (*DAMAGED_DOCUMENT, OSError):
        yield Difference(DifferenceKind.DAMAGED, QUANTITIES)
        return
    yield from differing(said, _cells(found), QUANTITIES)


def _cells(workbook: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet below its title."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    return {
        page.title: [list(row) for row in page.iter_rows(min_row=2, values_only=True)]
        for page in book
    }


def _numbers(files: Mapping[str, bytes], number: str) -> Iterator[Difference]:
    """Every number of a packet that a form bears is this packet's."""
    for name in files:
        if name.endswith(".docx"):
            try:
                with zipfile.ZipFile(io.BytesIO(files[name])) as form:
                    parts = [form.read(part) for part in form.namelist() if part.endswith(".xml")]
            except DAMAGED_DOCUMENT:
                continue  # no document: that is said of it where its text is held
            for found in dict.fromkeys(one for part in parts for one in _NUMBER.findall(part)):
                if found.decode() != number:
                    yield Difference(DifferenceKind.FIGURE, name, found.decode(), number)
