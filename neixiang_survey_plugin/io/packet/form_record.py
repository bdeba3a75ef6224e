"""What each form of a packet was filled in with, and whether its text is what that comes to."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.planning.checking import PlanResult
from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind, differing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.case_fields import Standing, case_fields
from neixiang_survey_plugin.io.packet.folder import PROGRAM, hashed, json_bytes
from neixiang_survey_plugin.io.packet.opened import DAMAGED_DOCUMENT, parsed
from neixiang_survey_plugin.io.packet.papers import Paper, papers_of
from neixiang_survey_plugin.io.packet.planning import is_wanted, planning_paper
from neixiang_survey_plugin.io.packet.rejudging import Rejudged
from neixiang_survey_plugin.io.packet.template import fill_template, template_file
from neixiang_survey_plugin.io.program import program_version

FORM_FIELDS = "forms.json"
_FORM = ".docx"
_PAGE = re.compile(r"word/[a-z]+\d*\.xml", re.IGNORECASE)
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_SHOWN = 60  # characters of a paragraph that differs
# What somebody filled in, beside the fields of the application and the joint survey.
_FILLED_IN = frozenset({"user", "remarks"})


def form_record(papers: Iterable[Paper], templates: Sequence[Path]) -> bytes:
    """What the forms were filled in with, and the hash of the template that each was made from."""
    return json_bytes(
        {
            "program": PROGRAM,
            "forms": {
                one.name: {
                    "template": one.template,
                    "template_sha256": hashed(template_file(templates, one.template).read_bytes()),
                    "fields": one.fields,
                }
                for one in papers
            },
        }
    )


def forms_by_hash_alone(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The forms whose template is a county's own, or of another version: their text is not held.

    A template is a small program, and a packet may be anybody's: none of its own is ever run.
    """
    return tuple(name for name, said in _said(files).items() if _template(said) is None)


def differing_forms(
    files: Mapping[str, bytes],
    facts: Mapping[str, Any],
    number: str,
    again: Rejudged,
    planned: PlanResult | None,
) -> Iterator[Difference]:
    """Where a form's text is not its template filled in, or its figures not those judged again.

    The figures are only worked out again by the version of the program that wrote them: another
    one may word them otherwise. ``planned`` are the lines held against the packet's plan again.
    """
    said = _said(files)
    for name in sorted({one for one in files if "/" not in one and one.endswith(_FORM)} ^ {*said}):
        yield Difference(DifferenceKind.EXTRA if name in files else DifferenceKind.MISSING, name)
    for name in said.keys() & files.keys():
        yield from _differing_text(name, files[name], said[name])
    if facts["program_version"] == program_version():
        standing = Standing(number, bool(facts["draft"]))
        yield from _differing_fields(said, standing, again, planned)


def _said(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, Any]]:
    record = parsed(files.get(FORM_FIELDS)) or {}
    forms = record.get("forms")
    return forms if isinstance(forms, dict) else {}


def _template(said: Mapping[str, Any]) -> Path | None:
    """The shipped template that a form was made from."""
    path = places.templates_folder() / Path(str(said["template"])).name
    same = path.is_file() and hashed(path.read_bytes()) == said["template_sha256"]
    return path if same else None


def _differing_text(name: str, form: bytes, said: Mapping[str, Any]) -> Iterator[Difference]:
    template = _template(said)
    if template is None:
        return
    try:
        wanted, found = _paragraphs(fill_template(template, said["fields"])), _paragraphs(form)
    except (*DAMAGED_DOCUMENT, SurveyError):
        yield Difference(DifferenceKind.DAMAGED, name)
        return
    for one, other in zip_longest(found, wanted):
        if one != other:
            yield Difference(DifferenceKind.FIGURE, name, _cut(one), _cut(other))
            return


def _paragraphs(document: bytes) -> list[str]:
    """The texts of a document's paragraphs, those of its head and foot too."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        content = {name: parts.read(name) for name in sorted(parts.namelist())}
    pages = [fromstring(part) for name, part in content.items() if _PAGE.fullmatch(name)]
    found = ("".join(one.itertext()) for page in pages for one in page.iter(_PARAGRAPH))
    return [text for text in found if text]


def _differing_fields(
    said: Mapping[str, Mapping[str, Any]],
    standing: Standing,
    again: Rejudged,
    planned: PlanResult | None,
) -> Iterator[Difference]:
    """Every field that follows from the lines and from the small county in the packet alone."""
    wanted = papers_of(again.case, again.check, again.county, standing)
    if planned is not None and is_wanted(planned, again.case):
        wanted += (planning_paper(planned, again.case, again.county, standing),)
    papers = {one.name: one for one in wanted}
    filled_in = case_fields((), again.county, standing).keys() | _FILLED_IN
    for name in sorted(said.keys() ^ papers.keys()):
        kind = DifferenceKind.EXTRA if name in said else DifferenceKind.MISSING
        yield Difference(kind, f"{FORM_FIELDS}.{name}")
    for name in said.keys() & papers.keys():
        fields = json.loads(json.dumps(papers[name].fields))
        for field in sorted(fields.keys() - filled_in):
            where = f"{FORM_FIELDS}.{name}.{field}"
            yield from differing(said[name]["fields"].get(field), fields[field], where)


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
