"""A Word template filled with values, the same bytes for the same values."""

from __future__ import annotations

import functools
import html
import io
import re
import zipfile
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.fixed_zip import without_times

# What XML 1.0 cannot hold, and line breaks and tabs, which docxtpl would turn into layout.
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")

Fields = Mapping[str, Any]

TEMPLATES = "templates"  # beside county.toml: a county's own


def template_folders(county_folder: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for: with the county, then the shipped ones."""
    shipped = places.templates_folder()
    return (shipped,) if county_folder is None else (county_folder / TEMPLATES, shipped)


def template_file(folders: Sequence[Path], name: str) -> Path:
    """The first template of that name; the last folder's where there is none."""
    files = [folder / name for folder in folders]
    return next((file for file in files if file.is_file()), files[-1])


def fill_template(template: Path, fields: Fields) -> bytes:
    """The filled document.

    ``fields`` are texts, truth values and lists of texts or of further fields. Whatever a text
    holds comes out as written, template marks and XML included; control characters become a
    space. SurveyError when the template is missing, is no Word document, or names a field that
    does not exist.
    """
    from docxtpl import DocxTemplate
    from docxtpl.template import TemplateError

    if not template.is_file():
        raise SurveyError(f"找不到模板 {template}；请重新安装本程序，或放回被移走的模板")
    content = template.read_bytes()
    try:
        _refuse_unknown(template, _names_in(content) - fields.keys())
        document = DocxTemplate(io.BytesIO(content))
        document.render(_plain(template, fields), _remembering(), autoescape=True)
    except TemplateError as error:
        raise SurveyError(f"模板 {template} 里的标记写错了（{error}）；请在 Word 中改正") from error
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SurveyError(f"模板 {template} 不是完好的 Word 文档（docx）") from error
    filled = io.BytesIO()
    document.save(filled)
    return without_times(filled.getvalue())


@functools.lru_cache(maxsize=8)  # reading the names takes half as long as filling them in
def _names_in(content: bytes) -> frozenset[str]:
    from docxtpl import DocxTemplate

    return frozenset(DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables())


@functools.cache
def _remembering() -> Any:
    """An environment that compiles each part of a template once: a sixth of a packet's time."""
    from docxtpl.template import Environment

    environment: Any = Environment(autoescape=True)
    environment.from_string = functools.lru_cache(maxsize=64)(environment.from_string)
    return environment


def _refuse_unknown(template: Path, names: Set[str]) -> None:
    if names:
        raise SurveyError([_unknown_field(template, name) for name in sorted(names)])


def _unknown_field(template: Path, name: str) -> str:
    return f"模板 {template} 用了不存在的字段 {name}；可用的字段见 templates/README.md"


class _Text(str):
    """A text that stands in the document as it is written, whatever it holds."""

    def __html__(self) -> str:
        # docxtpl turns {_{ into {{ after filling in; a brace by its number is out of its reach
        return html.escape(self).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;")


class _Row:
    """The fields of one row; a name that does not exist is an error, not an empty cell."""

    def __init__(self, template: Path, fields: Fields) -> None:
        self._template = template
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._fields:
            raise SurveyError(_unknown_field(self._template, name))
        return self._fields[name]


def _plain(template: Path, fields: Fields) -> dict[str, Any]:
    return {name: _value(template, value) for name, value in fields.items()}


def _value(template: Path, value: Any) -> Any:
    if isinstance(value, str):
        return _Text(_NO_TEXT.sub(" ", value))
    if isinstance(value, Mapping):
        return _Row(template, _plain(template, value))
    if isinstance(value, list | tuple):
        return [_value(template, item) for item in value]
    return value
