"""Applications of a file, whatever it is: JSON or a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.applications.json_file import read_json_applications
from neixiang_survey_plugin.io.applications.spreadsheet import read_spreadsheet


def read_applications(path: Path) -> Sequence[Application]:
    """The applications of a file; SurveyError for what is neither, and for all its problems."""
    if path.suffix.lower() == ".json":
        return read_json_applications(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_spreadsheet(path)
    raise SurveyError(f"{path}：只认 .json 和 .xlsx；旧的 .xls 请另存为 .xlsx。")
