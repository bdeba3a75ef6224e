"""The packet of a case: a filled form for every utility by its own way, and the facts as JSON."""

from __future__ import annotations

import configparser
import hashlib
import importlib.metadata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.issuing import packet_label
from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.packet.folder import MANIFEST, safe_name, write_folder
from neixiang_survey_plugin.io.packet.forms import FORMS, form_fields, judged_as_one
from neixiang_survey_plugin.io.packet.template import fill_template


@dataclass(frozen=True)
class PacketWritten:
    """A packet on disk: its folder and its files, the forms first.

    ``sha256`` is that of the manifest, which holds the hash of every other file.
    """

    case_id: str | None
    folder: Path
    files: tuple[Path, ...]
    sha256: str


def write_packet(
    case: CaseResult,
    check: CheckResult,
    county: County,
    folder: Path,
    templates: Path | None = None,
) -> PacketWritten:
    """Write the packet of a case into a folder of its own below ``folder``.

    The packet is there whole or not at all; the same result gives the same bytes. ``templates``
    is a folder of a county's own templates. SurveyError when a template is missing or wrong, or
    when the place holds anything but an unchanged packet of the same case.
    """
    label = packet_label(case)
    forms = _filled_forms(case, label, check, county, templates or places.templates_folder())
    target = folder / safe_name(label)
    write_folder(target, forms, case_facts(case, check))
    files = tuple(target / name for name in (*forms, MANIFEST))
    sha256 = hashlib.sha256((target / MANIFEST).read_bytes()).hexdigest()
    return PacketWritten(case.case_id, target, files, sha256)


def case_facts(case: CaseResult, check: CheckResult) -> dict[str, Any]:
    """The public JSON of a check, of this case alone, with the version that wrote it."""
    ids = {one.route.route_id for one in case.routes}
    splits = tuple(split for split in check.suspected_splits if ids & set(split.route_ids))
    conflicts = check.conflicts
    if conflicts is not None:
        conflicts = replace(conflicts, conflicts=check.conflicts_of(ids))
    own = replace(
        check,
        routes=case.routes,
        suspected_splits=splits,
        conflicts=conflicts,
        confirmed=check.confirmed_behind(case.routes),
    )
    report = check_report(own)
    return {"program_version": program_version(), "packet": packet_label(case), **report}


def program_version() -> str:
    """The version of this program, as a checkout, a QGIS plugin and a wheel know it."""
    package = Path(places.__file__).parent
    for file in (package / "metadata.txt", package.parent / "metadata.txt"):
        if file.is_file():
            metadata = configparser.ConfigParser(interpolation=None)
            metadata.read_string(file.read_text(encoding="utf-8"))
            return metadata["general"]["version"]
    return importlib.metadata.version("neixiang-survey-plugin")


def _filled_forms(
    case: CaseResult, label: str, check: CheckResult, county: County, templates: Path
) -> dict[str, bytes]:
    forms: dict[str, bytes] = {}
    count: Counter[str] = Counter()
    shown = case.case_id or ""
    for lines in judged_as_one(case.routes):
        utility, form = lines[0].route.utility, FORMS[lines[0].verdict.way]
        count[utility] += 1
        number = f"-{count[utility]}" if count[utility] > 1 else ""
        name = f"{wording.utility_words(utility)}{number}-{form.title}.docx"
        fields = form_fields(lines, shown, check, county)
        forms[name] = fill_template(templates / form.template, fields)
    return forms
