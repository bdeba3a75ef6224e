"""An imported layer into the county's folder: all of it, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from neixiang_survey_plugin.app.importing.changes import Change
from neixiang_survey_plugin.app.importing.proposal import Remembered
from neixiang_survey_plugin.app.importing.repairs import RepairReport
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_config import COUNTY_FILE
from neixiang_survey_plugin.io.gpkg_writing import layer_of_table, write_geopackage
from neixiang_survey_plugin.io.importing.county_entry import county_text
from neixiang_survey_plugin.io.importing.history import write_history
from neixiang_survey_plugin.io.importing.memory_file import MEMORY_FILE, memory_text
from neixiang_survey_plugin.io.importing.repair_list import repair_list
from neixiang_survey_plugin.io.importing.snapshot import Snapshot
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.table import read_table
from neixiang_survey_plugin.io.toml_writing import replace_text

LAYERS_FOLDER = "imported"
SOURCES_FOLDER = "sources"
REPAIRS_ENDING = ".repairs.csv"
HISTORY_ENDING = ".history.gpkg"


@dataclass(frozen=True)
class Written:
    """Where a layer and the copy of its source lie, relative to the county's folder."""

    path: str
    sources: tuple[str, ...]
    replaced: bool
    repairs: str
    history: str | None


@dataclass(frozen=True, eq=False)
class Result:
    """What is to be written: the layer, what was put right in it, how it differs from before."""

    table: FeatureTable
    repairs: RepairReport
    changes: tuple[Change, ...] | None


def write_layer(
    folder: Path,
    result: Result,
    epsg: int,
    parts: tuple[Path | Snapshot, ...],
    memory: Remembered,
    accuracy_m: float | None,
    progress: Progress,
) -> Written:
    """Write a layer, the copy of its source, what was confirmed and the entry in county.toml.

    The layer is read back before anything is replaced; whatever fails leaves the county as it was.
    """
    table, name = result.table, result.table.schema.name
    target = folder / LAYERS_FOLDER / f"{name}.gpkg"
    facts: dict[str, str | float] = {"path": f"{LAYERS_FOLDER}/{target.name}", "layer": name}
    if accuracy_m is not None:
        facts["accuracy_m"] = accuracy_m
    with tempfile.TemporaryDirectory(prefix=".importing-", dir=folder) as scratch:
        beside = Path(scratch)
        progress.step("import_write", name)
        fresh = beside / target.name
        write_geopackage(fresh, layer_of_table(table), epsg)
        progress.step("import_verify", name)
        read_table(LayerSource(table.schema, fresh, name), epsg)
        kept = _copies(parts, beside / SOURCES_FOLDER)
        text = memory_text(folder, name, memory, _said(parts))
        besides = _written_besides(beside, target, result, _said(parts), epsg)
        progress.step("import_publish", name)
        replaced = target.exists()
        county = county_text(folder, name, facts)  # before anything is replaced: it may be refused
        try:
            _publish(folder, name, (*besides, fresh), beside / SOURCES_FOLDER, text)
        except OSError as error:
            raise SurveyError(
                f"{folder}: 写不进去（{error.strerror}）；请检查权限和空间"
            ) from error
        replace_text(folder / COUNTY_FILE, county)
    sources = tuple(f"{SOURCES_FOLDER}/{name}/{one}" for one in kept)
    history = target.with_name(f"{name}{HISTORY_ENDING}")
    return Written(
        f"{LAYERS_FOLDER}/{target.name}",
        sources,
        replaced,
        f"{LAYERS_FOLDER}/{name}{REPAIRS_ENDING}",
        f"{LAYERS_FOLDER}/{history.name}" if history.is_file() else None,
    )


def _written_besides(
    scratch: Path, target: Path, result: Result, source: Mapping[str, str], epsg: int
) -> tuple[Path, ...]:
    """The list of repairs, and the history where something changed, made in the scratch folder."""
    repairs = scratch / f"{target.stem}{REPAIRS_ENDING}"
    repairs.write_bytes(repair_list(result.repairs))
    if not result.changes:
        return (repairs,)
    history = scratch / f"{target.stem}{HISTORY_ENDING}"
    now = datetime.now(UTC).replace(tzinfo=None)
    write_history(history, target.with_name(history.name), result.changes, source, now, epsg)
    return repairs, history


def _publish(folder: Path, name: str, files: tuple[Path, ...], sources: Path, memory: str) -> None:
    """Copies of the source first, the layer last: what is read is the last to change."""
    kept = folder / SOURCES_FOLDER / name
    if not _holds(kept, sources):
        kept.parent.mkdir(exist_ok=True)
        if kept.exists():
            os.replace(kept, sources.with_name("before"))
        os.replace(sources, kept)
    beside = folder / f".{MEMORY_FILE}.new"
    beside.write_text(memory, encoding="utf-8", newline="")
    beside.replace(folder / MEMORY_FILE)
    layers = folder / LAYERS_FOLDER
    layers.mkdir(exist_ok=True)
    for file in files:
        os.replace(file, layers / file.name)


def _holds(kept: Path, sources: Path) -> bool:
    """Whether the copy is there already, as when one imports from the copy itself."""
    names = sorted(one.name for one in sources.iterdir())
    return kept.is_dir() and all(
        (kept / name).is_file() and _digest(kept / name) == _digest(sources / name)
        for name in names
    )


def _copies(parts: tuple[Path | Snapshot, ...], folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    for part in parts:
        if isinstance(part, Snapshot):
            (folder / part.name).write_bytes(part.content)
        elif part.is_dir():
            shutil.copytree(part, folder / part.name)
        else:
            shutil.copyfile(part, folder / part.name)
    return tuple(part.name for part in parts)


def _said(parts: tuple[Path | Snapshot, ...]) -> Mapping[str, str]:
    """The name of the source, and the hash of its first file."""
    for part in parts:
        if isinstance(part, Snapshot):
            return {"source": part.name, "sha256": part.sha256}
        if part.is_file():
            return {"source": parts[0].name, "sha256": _digest(part)}
    return {"source": parts[0].name}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
