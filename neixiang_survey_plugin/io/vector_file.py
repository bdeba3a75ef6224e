"""Reading one layer of any vector file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.foreign import foreign_layers, read_foreign
from neixiang_survey_plugin.io.gpkg import gpkg_layers, read_gpkg
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.parquet import is_parquet, read_parquet
from neixiang_survey_plugin.io.raw_layer import RawLayer

# Formats in which a layer has a name of its own; elsewhere the file's name is the layer's.
_FORMATS_WITH_LAYERS = frozenset({".gpkg", ".gdb", ".sqlite", ".db"})


def read_raw_layer(
    path: Path,
    layer: str,
    wanted: Callable[[str], bool],
    crs: str | None = None,
    encoding: str | None = None,
) -> RawLayer:
    """One layer with the columns whose names are wanted.

    ``crs`` takes the place of what the file says, ``encoding`` likewise. SurveyError when the
    file is missing or cannot be read.
    """
    if _is_gpkg(path):
        raw = read_gpkg(path, layer, wanted)
    elif is_parquet(path):
        raw = read_parquet(path, wanted)
    else:
        raw = read_foreign(path, layer, wanted, encoding)
    return raw if crs is None else replace(raw, crs=crs)


def choose_layer(path: Path, named: str | None, usual: str, only_if_usual: bool = False) -> str:
    """The layer to read: the one named, else the one of the usual name, else the only one.

    With ``only_if_usual`` the only layer of a format that names its layers must have the usual
    name. SurveyError lists the layers that there are.
    """
    check_readable(path)
    layers = layers_of(path)
    wanted = named or usual
    for name in layers:
        if name.casefold() == wanted.casefold():
            return name
    strict = only_if_usual and path.suffix.lower() in _FORMATS_WITH_LAYERS
    if named is None and len(layers) == 1 and not strict:
        return layers[0]
    listed = f"文件里有 {'、'.join(layers)}" if layers else "文件里没有带几何的图层"
    raise SurveyError(f"{path}: 没有图层 {wanted}{did_you_mean(wanted, layers)}；{listed}")


def layers_of(path: Path) -> tuple[str, ...]:
    """The names of the layers with geometry, in the order of the file."""
    if is_parquet(path):
        return (path.stem,)
    return gpkg_layers(path) if _is_gpkg(path) else foreign_layers(path)


def check_readable(path: Path) -> None:
    """Raise SurveyError when there is no such file, when it is a folder, or empty."""
    if not path.exists():
        raise SurveyError(f"{path}: 没有这个文件")
    if path.is_dir() and path.suffix.lower() != ".gdb":
        raise SurveyError(f"{path}: 是文件夹，不是矢量文件；请写出其中的文件名")
    if path.is_file() and path.stat().st_size == 0:
        raise SurveyError(f"{path}: 文件是空的（0 字节）；请重新复制或导出")


def _is_gpkg(path: Path) -> bool:
    return path.suffix.lower() == ".gpkg"
