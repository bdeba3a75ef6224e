"""Forms as PDF, by the LibreOffice of the computer, or Word: all in a single run."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from neixiang_survey_plugin.io.packet.word import find_word

# Names the program; empty: none is to be used.
OFFICE_VARIABLE = "NEIXIANG_OFFICE"
_PROGRAMS = ("soffice", "libreoffice")
_ELSEWHERE = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_START_S, _DOCUMENT_S = 120, 20
# What differs from run to run; each is as long as what takes its place, so that nothing moves.
_CHANGING = re.compile(
    rb"(?<=/CreationDate\(D:)\d{14}|(?<=/DocChecksum /)[0-9A-F]{32}|(?<=<)[0-9A-F]{32}(?=>)"
)
# The forms ask for 宋体 and 黑体, which Linux does not have: the Chinese shapes of Noto stand in,
# where its own choice would be the Japanese ones.
_FONTS = {"宋体": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Font/Substitution">
<prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>
{pairs}</oor:items>
"""
_PAIR = """<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">
<node oor:name="{name}" oor:op="replace">
<prop oor:name="ReplaceFont" oor:op="fuse"><value>{wanted}</value></prop>
<prop oor:name="SubstituteFont" oor:op="fuse"><value>{found}</value></prop>
<prop oor:name="Always" oor:op="fuse"><value>true</value></prop>
<prop oor:name="OnScreenOnly" oor:op="fuse"><value>false</value></prop></node></item>
"""


class Converter(Protocol):
    """A program that turns documents into PDF."""

    def to_pdf(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The documents as PDF by their names; one that cannot be converted is left out."""


@dataclass(frozen=True)
class Office:
    """A LibreOffice that turns documents into PDF, with a profile of its own for each run."""

    program: Path

    def to_pdf(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The documents as PDF by their names, in one run; the same bytes for the same documents.

        Whatever documents are called: they lie under numbers while they are converted. One that
        cannot be converted is left out, and the others are there.
        """
        if not documents:
            return {}
        with tempfile.TemporaryDirectory(prefix="neixiang-pdf-") as scratch:
            found = dict(self._run(Path(scratch), list(documents.values())))
        return {name: found[number] for number, name in enumerate(documents) if number in found}

    def _run(self, scratch: Path, contents: list[bytes]) -> Iterator[tuple[int, bytes]]:
        """Convert in a scratch folder; whatever came of it, by the document's number."""
        profile, documents = scratch / "profile", scratch / "documents"
        _write_settings(profile)
        documents.mkdir()
        for number, content in enumerate(contents):
            (documents / f"{number}.docx").write_bytes(content)
        names = [f"{number}.docx" for number in range(len(contents))]
        command = [
            str(self.program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            *names,
        ]
        seconds = _START_S + _DOCUMENT_S * len(contents)
        # what it did not come to is left out
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(
                command, cwd=documents, capture_output=True, timeout=seconds, check=False
            )
        for number in range(len(contents)):
            path = documents / f"{number}.pdf"
            if path.is_file():
                yield number, _without_times(path.read_bytes())


def find_office() -> Converter | None:
    """The LibreOffice of this computer, else its Word; None where neither is, or is to be used."""
    named = os.environ.get(OFFICE_VARIABLE)
    if named is not None:
        found = shutil.which(named) if named else None
        return None if found is None else Office(Path(found))
    for name in (*_PROGRAMS, *_ELSEWHERE.get(sys.platform, ())):
        found = shutil.which(name)
        if found is not None:
            return Office(Path(found))
    return find_word()


def _write_settings(profile: Path) -> None:
    fonts = _FONTS if sys.platform == "linux" else {}
    pairs = "".join(
        _PAIR.format(name=f"_{number}", wanted=wanted, found=found)
        for number, (wanted, found) in enumerate(fonts.items())
    )
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_SETTINGS.format(pairs=pairs), encoding="utf-8")


def _without_times(pdf: bytes) -> bytes:
    """The same pages without the moment of the run: a fixed day, and identifiers of noughts."""
    return _CHANGING.sub(
        lambda one: b"19800101000000" if len(one[0]) == 14 else b"0" * len(one[0]), pdf
    )
