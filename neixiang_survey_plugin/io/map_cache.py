"""What was laid out for drawing, kept beside the county, so that a large one opens at once."""

# 600,000 features of 44 vertices: reading and laying out 9 s, from here 0.5 s.

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.app.map_layers import MapLayer
from neixiang_survey_plugin.app.map_levels import Level
from neixiang_survey_plugin.app.map_shapes import Shapes
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.file_stamps import Stamps, files_of, stamps

FOLDER = ".neixiang_map"
_NOTE = "sources.json"
_TICK_NS = 2_000_000_000  # FAT keeps times to two seconds
WORTH = 500_000  # vertices; fewer are laid out as fast as they are read
_FORM = "1"  # of the file; another one is not read
_ZIP_HEAD = 30  # bytes before the name of an entry
_NPY_HEAD = 1_024  # bytes, more than the head of an array takes
_ARRAYS = ("xy", "start", "ring_boxes", "chunk_boxes")


@dataclass(frozen=True)
class MapCache:
    """The place where a county's layers are kept, named by what its files hold."""

    county: Path
    key: str
    stamps: Stamps = ()  # of the county's files, when the key was taken from them

    @classmethod
    def of(cls, folder: Path) -> MapCache:
        """The cache of a county's folder as its files are now; SurveyError without a county."""
        config = read_county_config(folder)
        layers = (path for one in config.sources.values() for path in files_of(one.path))
        files = [config.path, *layers]
        county = config.path.parent
        return cls(county, _known_key(county, files) or _key(files), stamps(files))

    def load(self) -> tuple[MapLayer, ...] | None:
        """What was kept, None where nothing was, or where it cannot be read any more."""
        for folder in _folders(self.county):
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
        for folder in _folders(self.county):
            with contextlib.suppress(OSError):
                return self._write(folder, layers)
        return None

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
        note = {"key": self.key, "at_ns": time.time_ns(), "stamps": self.stamps}
        (folder / _NOTE).write_text(json.dumps(note), encoding="utf-8")
        for old in folder.glob("*.npz"):
            if old != path:
                with contextlib.suppress(OSError):  # Windows keeps a file that is mapped
                    old.unlink()
        return path


def _folders(county: Path) -> tuple[Path, Path]:
    name = hashlib.blake2b(str(county.resolve()).encode(), digest_size=8).hexdigest()
    return county / FOLDER, _users_cache() / name


def _key(files: Sequence[Path]) -> str:
    """What the files hold, as a name."""
    digest = hashlib.blake2b(_FORM.encode(), digest_size=16)
    for path in files:
        digest.update(path.name.encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()


def _known_key(county: Path, files: Sequence[Path]) -> str | None:
    """The key that was taken from these very files before: reading 400 MB again takes 0.5 s.

    Not where a file was written at about the same time: it may have changed after that within
    one tick of the file system's clock.
    """
    now = stamps(files)
    for folder in _folders(county):
        with contextlib.suppress(OSError, ValueError, KeyError):
            note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
            settled = all(changed_ns < note["at_ns"] - _TICK_NS for _, _, changed_ns in now)
            if settled and [list(stamp) for stamp in now] == note["stamps"]:
                return str(note["key"])
    return None


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
    """The layers of a file; their coordinates stay on disk until a picture needs them."""
    kept = _Mapped(path)
    for number, (layer, look, pixels_m) in enumerate(json.loads(str(kept["index"]))):
        levels = tuple(
            Level(pixel_m, kept[f"{number}.{level}.xy"], kept[f"{number}.{level}.start"])
            for level, pixel_m in enumerate(pixels_m)
        )
        xy, start, ring_boxes, chunk_boxes = (kept[f"{number}.{name}"] for name in _ARRAYS)
        yield MapLayer(layer, look, Shapes(xy, start, ring_boxes, chunk_boxes, levels))


class _Mapped:
    """The arrays of an uncompressed .npz, mapped into memory instead of read."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        with zipfile.ZipFile(path) as archive:
            self._places = {
                entry.filename.removesuffix(".npy"): (entry.header_offset, entry.file_size)
                for entry in archive.infolist()
            }

    def __getitem__(self, name: str) -> NDArray[Any]:
        offset, size = self._places[name]
        head = self._bytes[offset : offset + _ZIP_HEAD].tobytes()
        names, extra = struct.unpack_from("<HH", head, _ZIP_HEAD - 4)
        begin = offset + _ZIP_HEAD + names + extra
        stored = self._bytes[begin : begin + size]
        file = io.BytesIO(stored[:_NPY_HEAD].tobytes())
        np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        content: NDArray[Any] = stored[file.tell() :].view(dtype).reshape(shape)
        return content
