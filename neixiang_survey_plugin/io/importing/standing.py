"""What a county's folder holds already: where the county is, and the layer that is renewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_config import CountyConfig
from neixiang_survey_plugin.io.importing.where import Home, home_of_layers
from neixiang_survey_plugin.io.table import read_table


@dataclass(frozen=True, eq=False)
class Standing:
    """The layers that were read, on the grid ``epsg``; ``unread`` says why one could not be."""

    epsg: int
    tables: Mapping[str, FeatureTable]
    unread: Mapping[str, str]

    @property
    def home(self) -> Home:
        """The county's place."""
        return home_of_layers(self.epsg, self.tables)


def read_standing(config: CountyConfig) -> Standing:
    """Every layer of a county that can be read, each once.

    A county is brought together layer by layer: one that is missing yet, or still has mistakes,
    is left out; reading the county names those.
    """
    tables: dict[str, FeatureTable] = {}
    unread: dict[str, str] = {}
    for name, source in config.sources.items():
        if not source.path.exists():
            continue
        try:
            tables[name] = read_table(source, config.epsg).table
        except SurveyError as error:
            unread[name] = f"原来的图层 {source.path} 读不出来，没有逐项比较：{error.problems[0]}"
    return Standing(config.epsg, tables, unread)
