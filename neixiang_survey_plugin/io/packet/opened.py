"""A packet as somebody hands it over: a folder or a ZIP, perhaps not as it was written."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.fixed_zip import packed
from neixiang_survey_plugin.io.packet.folder import MANIFEST, PROGRAM

# What only a packet has; a ZIP that holds these names and cannot be read is a damaged one.
_OURS = (MANIFEST.encode(), b"data/county/county.toml", b"case.json")
# What a damaged part of a ZIP ends in; RuntimeError: locked, or packed in a way nobody knows.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
# What a damaged office document ends in, which is XML in a ZIP: what is no XML is a SyntaxError,
# a part or a cell that is not as the readers expect it any of the others.
DAMAGED_DOCUMENT = (*_DAMAGED, SyntaxError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True)
class OpenedPacket:
    """The files that could be read, by name, and what is wrong with those that could not."""

    files: dict[str, bytes]
    differences: tuple[Difference, ...]

    @property
    def manifest(self) -> dict[str, Any] | None:
        """What the manifest says, None where it is no JSON of this program any more."""
        return parsed(self.files.get(MANIFEST))


def open_packet(path: Path) -> OpenedPacket:
    """The files of a packet; SurveyError for what never was one."""
    if not path.exists():
        raise SurveyError(f"{path}：没有这个文件或文件夹。")
    opened = _folder(path) if path.is_dir() else _archive(path.read_bytes(), path)
    if opened is None or not _is_packet(opened, path):
        raise SurveyError(
            f"{path}：不是资料包（没有本程序的 {MANIFEST}）；请指定资料包的文件夹或 ZIP。"
        )
    return opened


def open_archive(content: bytes, name: str) -> OpenedPacket:
    """The files of a packet's ZIP; SurveyError for what never was one."""
    opened = _archive(content, Path(name))
    if opened is None:
        raise SurveyError(f"{name}：不是资料包（没有本程序的 {MANIFEST}）。")
    return opened


def parsed(content: bytes | None) -> dict[str, Any] | None:
    """A JSON object of this program; None for anything else."""
    try:
        found = json.loads((content or b"").decode("utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("program") == PROGRAM else None


def _is_packet(opened: OpenedPacket, path: Path) -> bool:
    if opened.manifest is not None or opened.differences:
        return True
    return MANIFEST in opened.files and any(
        name.startswith("data/county/") for name in opened.files
    )


def _folder(path: Path) -> OpenedPacket:
    files = (one for one in sorted(path.rglob("*")) if one.is_file())
    return OpenedPacket({one.relative_to(path).as_posix(): one.read_bytes() for one in files}, ())


def _archive(content: bytes, path: Path) -> OpenedPacket | None:
    """Read a ZIP part by part; None where it is no packet's."""
    files: dict[str, bytes] = {}
    differences: list[Difference] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                part = _part(archive, entry)
                if part is None:
                    differences.append(Difference(DifferenceKind.DAMAGED, entry.filename))
                else:
                    files[entry.filename] = part
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        if not any(name in content for name in _OURS):
            return None
        return OpenedPacket({}, (Difference(DifferenceKind.DAMAGED, path.name),))
    if not differences and packed(files) != content:
        differences.append(Difference(DifferenceKind.CONTAINER, path.name))
    return OpenedPacket(files, tuple(differences))


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    try:
        return archive.read(entry)
    except _DAMAGED:
        return None
