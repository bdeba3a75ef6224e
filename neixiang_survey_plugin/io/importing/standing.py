"""Where a county is, from what its folder holds already."""

from __future__ import annotations

from contextlib import suppress

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_config import CountyConfig
from neixiang_survey_plugin.io.importing.where import Home, home_of_layers
from neixiang_survey_plugin.io.table import read_table


def read_home(config: CountyConfig) -> Home:
    """The county's place from every layer that can be read.

    A county is brought together layer by layer: one that is missing yet, or still has mistakes,
    is left out; reading the county names those.
    """
    tables: dict[str, FeatureTable] = {}
    for name, source in config.sources.items():
        with suppress(SurveyError):
            tables[name] = read_table(source, config.epsg).table
    return home_of_layers(config.epsg, tables)
