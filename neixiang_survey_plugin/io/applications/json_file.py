"""Applications and survey sheets as JSON, in the shape of docs/applications.md."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.recording import SurveySheet
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, Participant
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.applications.entries import check_application
from neixiang_survey_plugin.io.applications.headings import place_of
from neixiang_survey_plugin.io.applications.values import read_value, text_of
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.survey.record_values import facts_of

T = TypeVar("T")
Object = Mapping[str, Any]

# What the program puts on record itself; an application that brings it is taken for a mistake.
_OWN_OF_CASE = frozenset({"uuid", "state"})
_OWN_OF_SERVICE = frozenset(
    (
        "uuid",
        "case_id",
        "verdict",
        "judged_at",
        "judged_for",
        "reading_decides",
        "reading_decided_by",
        "borderline",
        "chosen_way",
        "chosen_by",
        "chosen_reason",
        "access_done_at",
    )
)
_OWN_OF_ROW = frozenset({"uuid", "case_id", "survey_uuid", "image"})
_LISTS = ("participants", "opinions", "photos")


def read_json_applications(path: Path) -> tuple[Application, ...]:
    """The applications of a file: one object, a list, or {"applications": [...]}.

    SurveyError with one sentence for every problem of the file.
    """
    problems = Problems()
    content = read_json(path)
    found = content.get("applications", [content]) if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SurveyError(f"{path}: 应为一个申请，或申请的列表 applications。")
    if not found:
        raise SurveyError(f"{path}: 里面没有申请。")
    applications = tuple(
        _application(one, f"{path}: 第 {number} 件 ", problems)
        for number, one in enumerate(found, start=1)
    )
    problems.raise_if_any()
    return applications


def read_sheet(path: Path) -> SurveySheet:
    """The record of a joint survey with participants, opinions, photos; SurveyError likewise."""
    problems = Problems()
    content = read_json(path)
    if not isinstance(content, dict):
        raise SurveyError(f"{path}: 应为一份踏勘记录（对象）。")
    plain = {key: cell for key, cell in content.items() if key not in _LISTS}
    place = f"{path}: "
    sheet = SurveySheet(
        _record(JointSurvey, plain, place, problems, _OWN_OF_ROW),
        tuple(_rows(Participant, content, "participants", place, problems)),
        tuple(_rows(Opinion, content, "opinions", place, problems)),
        tuple(_photos(content, path, problems)),
    )
    if sheet.survey.surveyed_at is None:
        problems.add(f"{path}: 缺踏勘时间（surveyed_at）。")
    if not any(one.unit for one in sheet.participants):
        problems.add(f"{path}: 缺参加人（participants，每人写 unit 和 person）。")
    problems.raise_if_any()
    return sheet


def _photos(content: Object, path: Path, problems: Problems) -> Iterable[Photo]:
    """The pictures, read from the files that ``file_name`` names beside the sheet."""
    for photo in _rows(Photo, content, "photos", f"{path}: ", problems):
        name = photo.file_name or ""
        file = path.parent / name
        media_type = photo.media_type or mimetypes.guess_type(name)[0] or ""
        if not media_type.startswith("image/"):
            problems.add(f"{path}: photos {name}：不是图片；file_name 写 jpg、png 等图片的文件名。")
        elif not file.is_file():
            problems.add(f"{path}: photos {name}：没有这个图片文件（{file}）。")
        else:
            yield replace(
                photo, file_name=file.name, media_type=media_type, image=file.read_bytes()
            )


def read_json(path: Path) -> Any:
    """The content of a JSON file; SurveyError when it cannot be read as such."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SurveyError(f"{path}: 没有这个文件") from None
    except OSError as error:
        raise SurveyError(f"{path}: 无法读取（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise SurveyError(f"{path}: 不是 UTF-8 编码；请用 UTF-8 编码另存") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise SurveyError(f"{path}: 不是正确的 JSON（{error}）；请核对逗号、引号和括号") from None


def _application(content: Object, place: str, problems: Problems) -> Application:
    plain = {key: value for key, value in content.items() if key not in ("schema", "services")}
    if content.get("schema", 1) != 1:
        problems.add(f"{place}schema：本程序只认得 1。")
    case = _record(Case, plain, place, problems, _OWN_OF_CASE)
    services = tuple(_rows(Service, content, "services", place, problems))
    application = Application(case, services, place)
    check_application(application, problems)
    return application


def _rows(kind: type[T], content: Object, key: str, place: str, problems: Problems) -> Iterable[T]:
    rows = content.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        problems.add(f"{place}{key}：应为列表，每项是一个对象。")
        return
    own = _OWN_OF_SERVICE if kind is Service else _OWN_OF_ROW
    for number, row in enumerate(rows, start=1):
        record = _record(kind, row, f"{place}{key} 第 {number} 项 ", problems, own)
        if isinstance(record, Service) and not record.utility:
            problems.add(f"{place}{key} 第 {number} 项 缺少 utility（水、电、气、暖、信）。")
        else:
            yield record


def _record(
    kind: type[T], content: Object, place: str, problems: Problems, own: frozenset[str]
) -> T:
    """A record from the keys of an object: names of fields, or the headings of the forms."""
    facts = {fact.name: fact for fact in facts_of(kind) if fact.name not in own}
    values: dict[str, object] = {}
    for key, cell in content.items():
        name = _name(kind, key, facts)
        if name is None:
            problems.add(f"{place}{text_of(key)}：没有这一项{did_you_mean(key, facts)}。")
            continue
        if isinstance(cell, list | dict):
            problems.add(f"{place}{text_of(key)}：应为一个值，不是列表或对象。")
            continue
        try:
            value = read_value(facts[name], cell)
        except ValueError as error:
            problems.add(f"{place}{text_of(key)}：{error}。")
            continue
        if value is not None:
            values[name] = value
    return kind(**values)


def _name(kind: type, key: str, facts: Mapping[str, object]) -> str | None:
    if key in facts:
        return key
    place = place_of(key)
    if place is not None and place.kind is kind and place.field in facts:
        return place.field
    return None
