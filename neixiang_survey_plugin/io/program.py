"""Which version of the program this is."""

from __future__ import annotations

import configparser
import importlib.metadata
from pathlib import Path

from neixiang_survey_plugin import places


def program_version() -> str:
    """The version of this program, as a checkout, a QGIS plugin and a wheel know it."""
    package = Path(places.__file__).parent
    for file in (package / "metadata.txt", package.parent / "metadata.txt"):
        if file.is_file():
            metadata = configparser.ConfigParser(interpolation=None)
            metadata.read_string(file.read_text(encoding="utf-8"))
            return metadata["general"]["version"]
    return importlib.metadata.version("neixiang-survey-plugin")
