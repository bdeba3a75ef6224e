"""How old the files of a county are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.io.county_config import read_county_config


def file_days(folder: Path) -> Mapping[str, date]:
    """The day on which each layer's file was last written; without files that are not there."""
    sources = read_county_config(folder).sources
    return {
        name: date.fromtimestamp(source.path.stat().st_mtime)
        for name, source in sources.items()
        if source.path.exists()
    }
