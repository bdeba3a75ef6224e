"""The layer that stands where another is imported."""

from __future__ import annotations

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_config import CountyConfig
from neixiang_survey_plugin.io.table import read_table


def former_layer(config: CountyConfig, layer: str) -> tuple[FeatureTable | None, str | None]:
    """The layer that county.toml names, None where there is none that can be read, and why."""
    source = config.sources.get(layer)
    if source is None or not source.path.exists():
        return None, None
    try:
        return read_table(source, config.epsg).table, None
    except SurveyError as error:
        return None, f"原来的图层 {source.path} 读不出来，没有逐项比较：{error.problems[0]}"
