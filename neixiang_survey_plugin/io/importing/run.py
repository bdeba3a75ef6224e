"""Importing a layer from beginning to end, for where nobody is asked in between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.asking import UndecidedError, raise_if_undecided
from neixiang_survey_plugin.app.importing.change_report import ChangeReport
from neixiang_survey_plugin.app.importing.proposal import Proposal, propose
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.renewing import Renewal, renewed
from neixiang_survey_plugin.app.importing.report import ImportReport
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, LayerSchema
from neixiang_survey_plugin.io.county_config import CountyConfig, read_county_config
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.converting import Converted, convert
from neixiang_survey_plugin.io.importing.gathering import gather
from neixiang_survey_plugin.io.importing.memory_file import memory_of, remembered_of
from neixiang_survey_plugin.io.importing.placing import Placed, place
from neixiang_survey_plugin.io.importing.repairing import repair
from neixiang_survey_plugin.io.importing.source import Source, SourceRead, read_source
from neixiang_survey_plugin.io.importing.standing import Standing, read_standing
from neixiang_survey_plugin.io.importing.writing import Result, Written, write_layer


@dataclass(frozen=True)
class ImportRequest:
    """One layer to be imported, and everything that was decided about it."""

    layer: str
    sources: tuple[Source, ...]
    county: Path
    choice: Choice = field(default_factory=Choice)
    answers: Answers = field(default_factory=Answers)
    crs: str | None = None
    accuracy_m: float | None = None
    preview: bool = False
    set_aside: bool = False
    renewal: Renewal = field(default_factory=Renewal)


def import_layer(request: ImportRequest, progress: Progress | None = None) -> ImportReport:
    """Read, propose, convert, place, repair, gather, write; the report of what was done.

    UndecidedError with every question where something is not certain, SurveyError with every
    problem; the county is then as it was. A preview does all but write.
    """
    steps = progress or Progress()
    schema = schema_of(request.layer)
    config = read_county_config(request.county)
    folder = config.path.parent
    choice = replace(request.choice, kinds=schema.geometry, target=schema.name)
    read = read_source(request.sources, choice, steps)
    before = remembered_of(folder, schema.name, read.parts[0].name)
    proposal = propose(read.layer, schema, request.answers, before)
    steps.step("import_place", schema.name)
    standing = read_standing(config)
    placed = _placed(read, proposal, standing, request.crs)
    steps.step("import_convert", schema.name)
    converted = convert(read.raw, proposal)
    raise_if_undecided(read.layer.origin.source, unread_questions(converted, request.answers))
    steps.step("import_repair", schema.name)
    repaired = repair(read, placed.raw, converted, schema, config.epsg, request.set_aside)
    steps.step("import_check", schema.name)
    table = gather(repaired.raw, repaired.converted, schema)
    steps.step("import_compare", schema.name)
    table, changes = renewed(standing.tables.get(schema.name), table, request.renewal)
    result = Result(table, repaired.report, changes)
    remark = standing.unread.get(schema.name)
    report = make_report(config, read, proposal, converted, placed, result, remark)
    if request.preview:
        return report
    written = write_layer(
        folder,
        result,
        config.epsg,
        read.parts,
        memory_of(proposal, request.answers, before),
        request.accuracy_m,
        steps,
    )
    return with_written(report, written)


def _placed(read: SourceRead, proposal: Proposal, standing: Standing, crs: str | None) -> Placed:
    """Where the layer lies; what is not certain of it and of the columns is asked at once."""
    source = read.layer.origin.source
    try:
        placed = place(read.raw, standing.home, crs)
    except UndecidedError as error:
        raise UndecidedError(source, (*proposal.questions, *error.questions)) from None
    raise_if_undecided(source, proposal.questions)
    return placed


def schema_of(layer: str) -> LayerSchema:
    """The schema of a county's layer; SurveyError for a layer that a county has not."""
    schema = COUNTY_LAYERS.get(layer)
    if schema is None:
        hint = did_you_mean(layer, COUNTY_LAYERS)
        raise SurveyError(f"{layer}: 没有这种图层{hint}；可写 {'、'.join(COUNTY_LAYERS)}")
    return schema


def unread_questions(converted: Converted, answers: Answers) -> tuple[Question, ...]:
    """A question for each text that nobody can read, of columns with very many texts."""
    if answers.unread_unknown:
        return ()
    return tuple(
        Question(Ask.VALUE, one.mapping.field, one.mapping.column, text, (), count, is_open=True)
        for one in converted.fields
        for text, count in one.unread.items()
    )


def make_report(
    config: CountyConfig,
    read: SourceRead,
    proposal: Proposal,
    converted: Converted,
    placed: Placed,
    result: Result,
    remark: str | None = None,
) -> ImportReport:
    """The report of an import that has not been written; ``remark`` is one more of its source."""
    origin = read.layer.origin
    if remark is not None:
        origin = replace(origin, remarks=(*origin.remarks, remark))
    taken = {one.column for one in proposal.mappings}
    return ImportReport(
        county=config.name,
        layer=result.table.schema.name,
        origin=origin,
        crs=placed.crs,
        crs_reason=placed.crs_reason,
        place=placed.reading,
        where=placed.where,
        features=len(result.table),
        fields=converted.fields,
        columns_left=tuple(name for name in read.raw.column_names if name not in taken),
        new_ids=proposal.new_ids,
        renamed=converted.renamed,
        repairs=result.repairs,
        changes=ChangeReport(result.changes),
    )


def with_written(report: ImportReport, written: Written) -> ImportReport:
    """The report of what was written."""
    return replace(
        report,
        written=written.path,
        kept_source=written.sources,
        replaced=written.replaced,
        repairs=replace(report.repairs, file=written.repairs),
        changes=replace(report.changes, file=written.history),
    )
