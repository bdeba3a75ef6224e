"""Forms as PDF by Microsoft Word, on a Windows computer without LibreOffice."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_AS_PDF = 17  # wdExportFormatPDF
_SAY_NOTHING = 0  # wdAlertsNone
_KEEP_NOTHING = 0  # wdDoNotSaveChanges


@dataclass(frozen=True)
class Word:
    """A running Word, and the error that it raises."""

    application: Any
    error: type[Exception]


@contextlib.contextmanager
def started() -> Iterator[Word]:
    """A Word of its own, which nobody sees and which ends with the work; of the module pywin32."""
    com, client, types = (
        importlib.import_module(name) for name in ("pythoncom", "win32com.client", "pywintypes")
    )
    com.CoInitialize()  # packets are made in a thread of the window
    try:
        yield Word(client.DispatchEx("Word.Application"), types.com_error)
    finally:
        com.CoUninitialize()


@dataclass(frozen=True)
class WordOffice:
    """What turns documents into PDF through Word; tests give ``start`` another Word."""

    start: Callable[[], AbstractContextManager[Word]] = started

    def to_pdf(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The documents as PDF by their names, all by one Word.

        One that cannot be converted is left out, and the others are there. Word writes moments
        and identifiers of its own: the same documents do not give the same bytes.
        """
        if not documents:
            return {}
        with tempfile.TemporaryDirectory(prefix="neixiang-pdf-") as scratch, self.start() as word:
            try:
                word.application.Visible = False
                word.application.DisplayAlerts = _SAY_NOTHING
                found = {
                    name: _converted(word, Path(scratch) / f"{number}.docx", content)
                    for number, (name, content) in enumerate(documents.items())
                }
            finally:
                with contextlib.suppress(word.error):
                    word.application.Quit(_KEEP_NOTHING)
        return {name: pages for name, pages in found.items() if pages is not None}


def _converted(word: Word, path: Path, content: bytes) -> bytes | None:
    path.write_bytes(content)
    pages = path.with_suffix(".pdf")
    with contextlib.suppress(word.error):
        document = word.application.Documents.Open(str(path), ReadOnly=True)
        try:
            document.ExportAsFixedFormat(str(pages), _AS_PDF)
        finally:
            document.Close(_KEEP_NOTHING)
    return pages.read_bytes() if pages.is_file() else None


def find_word() -> WordOffice | None:
    """Word where the module that speaks to it is installed; None on any other computer."""
    is_there = sys.platform == "win32" and importlib.util.find_spec("win32com") is not None
    return WordOffice() if is_there else None
