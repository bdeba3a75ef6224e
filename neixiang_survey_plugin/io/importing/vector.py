"""Reading a layer of a format that says its encoding itself: GeoPackage, GeoJSON, FileGDB ..."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import Found, chosen_layer
from neixiang_survey_plugin.io.vector_file import layers_of, read_raw_layer


def read_vector(path: Path, choice: Choice) -> Found:
    """The layer that was chosen, or the only one; SurveyError when it cannot be read."""
    layers = layers_of(path)
    name = chosen_layer(str(path), layers, next(iter(choice.layers), None))
    raw = read_raw_layer(path, name, lambda column: True, encoding=choice.encoding)
    return Found(raw, layers, path.suffix.lower().lstrip("."))
