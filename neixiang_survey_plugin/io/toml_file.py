"""Opening a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.toml_table import TomlTable


def open_toml(path: Path, problems: Problems) -> TomlTable:
    """The outermost table of a TOML file; SurveyError when it cannot be read as TOML."""
    try:
        # Notepad begins a UTF-8 file with a byte order mark, which tomllib takes for a key.
        keys = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise SurveyError(f"{path}: 没有这个文件") from None
    except OSError as error:
        raise SurveyError(f"{path}: 无法读取（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise SurveyError(f"{path}: 不是 UTF-8 编码；请用 UTF-8 编码另存") from None
    except tomllib.TOMLDecodeError as error:
        raise SurveyError(f"{path}: 不是正确的 TOML（{error}）；{_way_out(str(error))}") from None
    return TomlTable(path, "", keys, problems)


def _way_out(error: str) -> str:
    if "\\" in error:
        return "路径里的反斜杠请写成 /，或给整个路径加单引号"
    return "文字和中文的键要加引号"
