"""The folder of a packet: safe names, whole or not at all, nothing of others overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError

MANIFEST = "case.json"
PROGRAM = "neixiang-survey"
_LONGEST_BYTES = 120  # file systems take 255; a packet's path has more parts than this name
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """A file name for any text; two texts that would share one get different endings.

    Separators, control characters, leading and trailing dots and spaces go; a name that had to
    be changed ends in eight characters of the hash of the text.
    """
    plain = "".join("_" if unicodedata.category(one)[0] == "C" else one for one in text)
    name = _cut(_UNSAFE.sub("_", unicodedata.normalize("NFC", plain)).strip(". "))
    if _WINDOWS_DEVICE.fullmatch(name):
        name = f"_{name}"
    if name == text and name:
        return name
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}-{digest}" if name else digest


def write_folder(folder: Path, files: Mapping[str, bytes], facts: Mapping[str, Any]) -> None:
    """Write all files and the manifest, or nothing: the folder is built beside and renamed.

    ``facts`` are the manifest, to which the program's name and the files' hashes are added; its
    ``packet`` says whose packet it is. A packet of the same case that nobody changed is replaced.
    SurveyError when the folder holds anything else, or cannot be written.
    """
    _refuse_foreign(folder, facts["packet"])
    hashes = {name: _hash(content) for name, content in files.items()}
    manifest = {"program": PROGRAM, **facts, "files": hashes}
    text = json.dumps(manifest, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = _new_folder(folder.parent)
        try:
            # half a character pair in a name becomes its JSON escape
            _fill(beside, {**files, MANIFEST: text.encode("utf-8", "backslashreplace")})
            _put_in_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise SurveyError(
            f"资料包 {folder} 写不进去（{error.strerror}）；请换一个文件夹"
        ) from error


def _cut(name: str) -> str:
    return name.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(". ")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refuse_foreign(folder: Path, packet: object) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise SurveyError(f"{folder} 不是文件夹，不能放资料包；请换一个位置")
    if not folder.exists() or not any(folder.iterdir()):
        return
    manifest = _manifest(folder)
    if manifest is None:
        raise SurveyError(f"文件夹 {folder} 里有别的文件，不是资料包，没有改动；请换一个位置")
    if manifest.get("packet") != packet:
        raise SurveyError(f"文件夹 {folder} 里是另一个案件的资料包，没有改动；请换一个位置")
    changed = _changed(folder, manifest["files"])
    if changed:
        raise SurveyError(
            f"资料包 {folder} 里的 {'、'.join(changed)} 已被改动或是后来放入的，"
            "没有覆盖；请先移到别处，再重新出件"
        )


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(found, dict) and found.get("program") == PROGRAM
    return found if ours and isinstance(found.get("files"), dict) else None


def _changed(folder: Path, hashes: Mapping[str, str]) -> list[str]:
    return [
        path.name
        for path in sorted(folder.iterdir())
        if path.name != MANIFEST
        and (not path.is_file() or _hash(path.read_bytes()) != hashes.get(path.name))
    ]


def _new_folder(parent: Path) -> Path:
    folder = parent / f".packet-{uuid.uuid4().hex}"
    folder.mkdir()
    return folder


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _put_in_place(beside: Path, folder: Path) -> None:
    """Rename into place; what stood there before comes back when that fails."""
    if not folder.exists():
        beside.rename(folder)
        return
    old = _new_folder(folder.parent)
    folder.rename(old / folder.name)
    try:
        beside.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
