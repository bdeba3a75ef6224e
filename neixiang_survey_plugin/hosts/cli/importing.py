"""The command ``county import``: a foreign layer into a county's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app.importing.amounts import known_units, scale_of
from neixiang_survey_plugin.app.importing.answers import Answers, DateOrder
from neixiang_survey_plugin.app.importing.renewing import Renewal
from neixiang_survey_plugin.app.importing.report import import_report_json
from neixiang_survey_plugin.app.progress import Progress, Step
from neixiang_survey_plugin.app.wording.importing import STEPS
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.schema import LayerSchema
from neixiang_survey_plugin.hosts.cli.import_options import ImportOptions, Pairs
from neixiang_survey_plugin.hosts.cli.import_tables import print_import
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.importing.beginning import NewCounty, begun
from neixiang_survey_plugin.io.importing.choice import EAST_FIRST, NORTH_FIRST, Choice
from neixiang_survey_plugin.io.importing.postgis import is_database
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer, schema_of


def run_county_import(
    layer: str,
    sources: Sequence[str],
    into: Path,
    typed: ImportOptions,
    json_target: str | None = None,
) -> None:
    """Import a layer and say what was done; SurveyError with what is wrong or not certain."""
    request = ImportRequest(
        layer=layer,
        sources=tuple(one if is_database(one) else Path(one) for one in sources),
        county=into,
        choice=Choice(tuple(typed.layers or ()), typed.encoding, typed.axes),
        answers=answers_of(typed, schema_of(layer)),
        crs=typed.crs,
        accuracy_m=typed.accuracy_m,
        preview=typed.dry_run,
        set_aside=typed.set_aside,
        renewal=renewal_of(typed, schema_of(layer)),
    )
    with begun(into, _new_county(typed)), progress("导入") as tick:

        def tell(step: Step) -> None:
            tick(STEPS.index(step.what) if step.what in STEPS else 0, len(STEPS))

        report = import_layer(request, Progress(tell))
    write_json(import_report_json(report), json_target)
    print_import(report, screen(json_target == "-"))


def renewal_of(typed: ImportOptions, schema: LayerSchema) -> Renewal:
    """What was typed about a layer that stands there; SurveyError with every wrong option."""
    problems = Problems()
    if typed.update and typed.replace:
        problems.add("--update 与 --replace 只能写一个：文件是一部分，或是整个图层")
    if typed.key is not None:
        _is_field("--key", typed.key, typed.key, schema, problems)
    problems.raise_if_any()
    return Renewal(typed.key, typed.update, typed.replace)


def _new_county(typed: ImportOptions) -> NewCounty | None:
    if typed.begin is None and typed.epsg is None:
        return None
    if typed.begin is None or typed.epsg is None or typed.dry_run:
        raise SurveyError(
            "新建县资料要同时写 --begin 县名 和 --epsg 编号，如 --epsg 4546；不能只预览"
        )
    return NewCounty(typed.begin, typed.epsg, typed.policy)


def answers_of(typed: ImportOptions, schema: LayerSchema) -> Answers:
    """What was typed as answers; SurveyError with every option that is wrong."""
    problems = Problems()
    fields: dict[str, str | None] = dict(_pairs("--map", typed.column, schema, problems))
    fields = {name: column or None for name, column in fields.items()}
    for name in typed.without or ():
        if _is_field("--without", name, name, schema, problems):
            fields[name] = None
    values: dict[str, dict[str, str]] = {}
    for text in typed.value or ():
        name, colon, rest = text.partition(":")
        foreign, equals, meaning = rest.rpartition("=")
        if not (colon and equals):
            problems.add(f"--value {text}：请写成 字段:原文=含义，如 road_class:1=arterial")
        elif _is_field("--value", text, name, schema, problems):
            values.setdefault(name, {})[foreign] = meaning
    units = _units(typed.unit, schema, problems)
    orders = {order.value: order for order in DateOrder}
    if typed.date_order not in (None, *orders):
        problems.add(f"--date-order {typed.date_order}：请写 dmy（日月年）或 mdy（月日年）")
    if typed.axes not in (None, NORTH_FIRST, EAST_FIRST):
        problems.add(f"--axes {typed.axes}：请写 north-first（前一列是北）或 east-first")
    constants = dict(_pairs("--set", typed.constant, schema, problems))
    problems.raise_if_any()
    return Answers(
        fields=fields,
        values=values,
        constants=constants,
        units=units,
        date_order=orders.get(typed.date_order or ""),
        new_ids=typed.new_ids,
        repeats=typed.number_repeats,
        unread_unknown=typed.unread_unknown,
        accept=typed.accept,
        confirmed_by=typed.confirmed_by,
    )


def _units(texts: Pairs, schema: LayerSchema, problems: Problems) -> dict[str, str]:
    units = dict(_pairs("--unit", texts, schema, problems))
    for name, unit in units.items():
        if scale_of(name, unit) is None:
            known = "、".join(known_units(name)) or "的没有"
            problems.add(f"--unit {name}={unit}：不是它的单位；可写 {known}")
    return units


def _pairs(
    option: str, texts: Pairs, schema: LayerSchema, problems: Problems
) -> list[tuple[str, str]]:
    pairs = []
    for text in texts or ():
        name, equals, rest = text.partition("=")
        if not equals:
            problems.add(f"{option} {text}：请写成 字段=…，如 {schema.id_field}=BH")
        elif _is_field(option, text, name, schema, problems):
            pairs.append((name, rest))
    return pairs


def _is_field(option: str, text: str, name: str, schema: LayerSchema, problems: Problems) -> bool:
    if schema.field(name) is not None:
        return True
    known = [field.name for field in schema.fields]
    hint = did_you_mean(name, known)
    problems.add(
        f"{option} {text}：图层 {schema.name} 没有字段 {name}{hint}；可写 {'、'.join(known)}"
    )
    return False
