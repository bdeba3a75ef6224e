"""The folder of a packet: safe names, whole or not at all, nothing of others overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError

MANIFEST = "manifest.json"
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


def manifest_bytes(said: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The manifest: the program's name, what it says, and the SHA-256 of every file."""
    hashes = {name: hashed(content) for name, content in files.items()}
    return json_bytes({"program": PROGRAM, **said, "files": hashes})


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """JSON as the packet's files hold it; half a character pair becomes its escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def hashed(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_folder(folder: Path, files: Mapping[str, bytes], said: Mapping[str, Any]) -> bytes:
    """Write all files and the manifest, or nothing: the folder is built beside and renamed.

    ``files`` are by their path in the folder, parted by slashes. ``said`` is what the manifest
    says besides the program's name and the files' hashes; its ``packet`` says whose packet it
    is. A packet of the same case that nobody changed is replaced. Returns the manifest.
    SurveyError when the folder holds anything else, or cannot be written.
    """
    _refuse_foreign(folder, said["packet"])
    manifest = manifest_bytes(said, files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = _new_folder(folder.parent)
        try:
            _fill(beside, {**files, MANIFEST: manifest})
            _put_in_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise SurveyError(
            f"资料包 {folder} 写不进去（{error.strerror}）；请换一个文件夹"
        ) from error
    return manifest


def write_archive(path: Path, content: bytes) -> None:
    """Put the packet's ZIP beside its folder; SurveyError when something else stands there."""
    if path.exists() and not _is_archive_of_ours(path):
        raise SurveyError(f"{path} 不是资料包的压缩包，没有覆盖；请先移到别处")
    beside = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise SurveyError(f"{path} 写不进去（{error.strerror}）；请换一个文件夹") from error
    finally:
        beside.unlink(missing_ok=True)


def _is_archive_of_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return PROGRAM in str(json.loads(archive.read(MANIFEST)).get("program"))
    except (OSError, ValueError, KeyError, AttributeError, zipfile.BadZipFile):
        return False


def _cut(name: str) -> str:
    return name.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(". ")


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
    found = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    return [
        name
        for path in found
        if (name := path.relative_to(folder).as_posix()) != MANIFEST
        and hashed(path.read_bytes()) != hashes.get(name)
    ]


def _new_folder(parent: Path) -> Path:
    folder = parent / f".packet-{uuid.uuid4().hex}"
    folder.mkdir()
    return folder


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
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
