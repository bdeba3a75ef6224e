"""What a window asks of a foreign layer, once its file was read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.deciding import Brought
from neixiang_survey_plugin.app.importing.layer_guess import likely_layers
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.memory_file import remembered_of
from neixiang_survey_plugin.io.importing.source import SourceRead, read_source
from neixiang_survey_plugin.io.importing.standing import read_standing
from neixiang_survey_plugin.io.importing.where import find_place


@dataclass(frozen=True, eq=False)
class LayerRead:
    """A source that was read, by which choice, and what the form shows of it."""

    path: Path
    choice: Choice
    brought: Brought


def read_layer(path: Path, choice: Choice, folder: Path, progress: Progress) -> LayerRead:
    """A layer of a file with its place in a county's folder and what was confirmed of its kind.

    SurveyError where there is none.
    """
    read, taken = _read_some(path, choice, progress)
    progress.step("import_place")
    home = read_standing(read_county_config(folder)).home
    where = find_place(read.raw.geometry, read.raw.crs, home)
    before = {name: remembered_of(folder, name) for name in COUNTY_LAYERS}
    return LayerRead(path, taken, Brought(read.layer, where, likely_layers(read.layer), before))


def _read_some(path: Path, choice: Choice, progress: Progress) -> tuple[SourceRead, Choice]:
    """The file as chosen; of several layers or encodings the first, which the form shows."""
    for _ in Ask:
        try:
            return read_source((path,), choice, progress), choice
        except UndecidedError as error:
            choice = _with_first(choice, error)
    return read_source((path,), choice, progress), choice


def _with_first(choice: Choice, error: UndecidedError) -> Choice:
    question = error.questions[0]
    if question.ask is Ask.LAYER and not choice.layers:
        return Choice(question.choices[:1], choice.encoding)
    if question.ask is Ask.ENCODING and choice.encoding is None and question.choices:
        return Choice(choice.layers, question.choices[0])
    raise error
