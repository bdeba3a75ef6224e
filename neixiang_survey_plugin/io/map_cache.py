"""What was laid out for drawing, kept beside the county, so that a large one opens at once."""

# 600,000 features of 44 vertices: reading and laying out 9 s, from here 0.5 s.

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.app.map_layers import MapLayer
from neixiang_survey_plugin.app.map_levels import Level
from neixiang_survey_plugin.app.map_shapes import Shapes
from neixiang_survey_plugin.io.county_config import read_county_config

FOLDER = ".neixiang_map"
WORTH = 500_000  # vertices; fewer are laid out as fast as they are read
_FORM = "1"  # of the file; another one is not read
_ARRAYS = ("xy", "start", "ring_boxes", "chunk_boxes")


@dataclass(frozen=True)
class MapCache:
    """The place where a county's layers are kept, named by what its files hold."""

    county: Path
    key: str

    @classmethod
    def of(cls, folder: Path) -> MapCache:
        """The cache of a county's folder as its files are now; SurveyError without a county."""
        config = read_county_config(folder)
        digest = hashlib.blake2b(_FORM.encode(), digest_size=16)
        files = [config.path, *(p for s in config.sources.values() for p in _files_of(s.path))]
        for path in files:
            digest.update(path.name.encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "blake2b").digest())
        return cls(config.path.parent, digest.hexdigest())

    def load(self) -> tuple[MapLayer, ...] | None:
        """What was kept, None where nothing was, or where it cannot be read any more."""
        for folder in self._folders():
            with contextlib.suppress(OSError, ValueError, KeyError, zipfile.BadZipFile):
                return tuple(_read(folder / f"{self.key}.npz"))
        return None

    def save(self, layers: Sequence[MapLayer]) -> Path | None:
        """Keep the layers, in place of those of an earlier state; None where it is not worth it.

        Beside the county, or in the user's own cache where nobody may write there; nowhere is no
        error, since everything can be laid out again.
        """
        if sum(len(layer.shapes.xy) for layer in layers) < WORTH:
            return None
        for folder in self._folders():
            with contextlib.suppress(OSError):
                return self._write(folder, layers)
        return None

    def _folders(self) -> tuple[Path, Path]:
        name = hashlib.blake2b(str(self.county.resolve()).encode(), digest_size=8).hexdigest()
        return self.county / FOLDER, _users_cache() / name

    def _write(self, folder: Path, layers: Sequence[MapLayer]) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.key}.npz"
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            try:
                np.savez(part, **dict(_named_arrays(layers)))
            except BaseException:
                part.close()
                os.unlink(part.name)
                raise
        os.replace(part.name, path)
        for old in folder.glob("*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
        return path


def _files_of(path: Path) -> list[Path]:
    """A layer's file with those that belong to it: the parts of a Shapefile, SQLite's log."""
    beside = {*path.parent.glob(f"{path.stem}.*"), path.with_name(f"{path.name}-wal")}
    return sorted(file for file in beside if file.is_file())


def _users_cache() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "neixiang_survey"


def _named_arrays(layers: Sequence[MapLayer]) -> Iterator[tuple[str, Any]]:
    index = []
    for number, layer in enumerate(layers):
        shapes = layer.shapes
        for name in _ARRAYS:
            yield f"{number}.{name}", getattr(shapes, name)
        for level, one in enumerate(shapes.levels):
            yield f"{number}.{level}.xy", one.xy
            yield f"{number}.{level}.start", one.start
        index.append([layer.layer, layer.look, [one.pixel_m for one in shapes.levels]])
    yield "index", np.array(json.dumps(index))


def _read(path: Path) -> Iterator[MapLayer]:
    # Opened here: numpy leaves a file open that it cannot read.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        for number, (layer, look, pixels_m) in enumerate(json.loads(str(kept["index"]))):
            levels = tuple(
                Level(pixel_m, kept[f"{number}.{level}.xy"], kept[f"{number}.{level}.start"])
                for level, pixel_m in enumerate(pixels_m)
            )
            xy, start, ring_boxes, chunk_boxes = (kept[f"{number}.{name}"] for name in _ARRAYS)
            yield MapLayer(layer, look, Shapes(xy, start, ring_boxes, chunk_boxes, levels))
