"""By what a file is known again without reading it, with the files that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Stamps = tuple[tuple[str, int, int], ...]

# What else holds data of a layer, by the ending of its file.
_PARTS = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
}


def files_of(path: Path) -> list[Path]:
    """A layer's file with those that belong to it: the parts of a Shapefile, SQLite's log."""
    parts = [path.with_suffix(end) for end in _PARTS.get(path.suffix.lower(), ())]
    upper = [path.with_suffix(end.upper()) for end in _PARTS.get(path.suffix.lower(), ())]
    beside = {path, path.with_name(f"{path.name}-wal"), *parts, *upper}
    return sorted(file for file in beside if file.is_file())


def stamps(files: Sequence[Path]) -> Stamps:
    """Name, size in bytes and time of the last change in nanoseconds of each file."""
    states = [(path.name, path.stat()) for path in files]
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)
