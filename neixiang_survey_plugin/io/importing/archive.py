"""Zipped sources: unpacked for a while, with the Chinese names that zip programs write."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from neixiang_survey_plugin.app.importing.encodings import GBK, judge_encoding
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import chosen_layer

ARCHIVES = frozenset({".zip", ".kmz"})
# What may be a source within an archive; a FileGDB is a folder.
_SOURCES = frozenset(
    {".shp", ".gpkg", ".geojson", ".json", ".kml", ".dxf", ".csv", ".xlsx", ".gml", ".tab"}
    | {".mif", ".osm", ".pbf", ".gdb", ".sqlite"}
)
_MOST_BYTES = 8_000_000_000
_MOST_RATIO = 1_000.0  # a text of one letter shrinks to a thousandth; maps do not
_SMALL_BYTES = 100_000_000
_STEP_BYTES = 1 << 20
_UTF8_FLAG = 0x800


@contextmanager
def unpacked(path: Path, choice: Choice) -> Iterator[tuple[Path, Choice]]:
    """The one source in an archive, or the chosen one, and what is chosen within it.

    A choice such as ``数据.gdb/JSLINE`` names a file and a layer in it. UndecidedError where
    several sources are there and none was chosen; SurveyError for an archive that is broken,
    locked, or swells beyond all measure.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _extract(path, folder)
        found = {_name(folder, one): one for one in _sources(folder)}
        wanted, inner = _split(choice, tuple(found))
        name = chosen_layer(str(path), tuple(found), wanted)
        yield found[name], replace(choice, layers=inner)


def _split(choice: Choice, names: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Which file is meant, and which layers of it."""
    if len(names) == 1:
        only = f"{names[0].casefold()}/"
        layers = [
            one[len(only) :] if one.casefold().startswith(only) else one for one in choice.layers
        ]
        return None, tuple(one for one in layers if one.casefold() != names[0].casefold())
    first = next(iter(choice.layers), None)
    if first is None:
        return None, ()
    for name in names:
        if _within(name, first):
            return name, tuple(filter(None, (_within(name, one) for one in choice.layers)))
    return first, ()


def _within(name: str, written: str) -> str | None:
    """The layer of ``数据.gdb/JSLINE`` where that is the file."""
    file, layer = written[: len(name)], written[len(name) :]
    return layer[1:] if file.casefold() == name.casefold() and layer.startswith("/") else None


def _sources(folder: Path) -> Iterator[Path]:
    for one in sorted(folder.rglob("*")):
        within = any(parent.suffix.lower() == ".gdb" for parent in one.relative_to(folder).parents)
        if one.suffix.lower() in _SOURCES and not within and "__MACOSX" not in one.parts:
            yield one


def _name(folder: Path, path: Path) -> str:
    return str(PurePosixPath(path.relative_to(folder)))


def _extract(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path, metadata_encoding=_names_encoding(path)) as archive:
            members = archive.infolist()
            _check_size(path, members)
            for member in members:
                _extract_one(path, archive, member, folder)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        UnicodeDecodeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise SurveyError(f"{path}: 压缩包打不开（{error}）；请重新压缩成 ZIP") from None


def _names_encoding(path: Path) -> str:
    """Windows writes names in GBK without saying so, others UTF-8; the flag for it is heeded."""
    with zipfile.ZipFile(path) as archive:
        names = [one.filename for one in archive.infolist() if not one.flag_bits & _UTF8_FLAG]
    return judge_encoding(name.encode("cp437") for name in names).encoding or GBK


def _extract_one(
    path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path
) -> None:
    if member.flag_bits & 1:
        raise SurveyError(f"{path}: 压缩包有密码；请解压后再导入")
    target = (folder / member.filename.replace("\\", "/")).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise SurveyError(f"{path}: 压缩包里的 {member.filename} 指向包外；不能信任，请重新压缩")
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with archive.open(member) as content, target.open("wb") as out:
        while piece := content.read(_STEP_BYTES):
            left -= len(piece)
            if left < 0:
                raise SurveyError(f"{path}: {member.filename} 比写明的大；压缩包已损坏")
            out.write(piece)


def _check_size(path: Path, members: list[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if size > _MOST_BYTES or (size > _SMALL_BYTES and size / packed > _MOST_RATIO):
        raise SurveyError(f"{path}: 解开有 {size / 1e9:.1f} GB，不像地图数据；请解压后挑出要的文件")
