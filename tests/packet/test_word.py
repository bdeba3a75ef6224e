"""Forms as PDF through Word, with a Word that is played: there is none on this computer."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from neixiang_survey_plugin.io.packet import pdf, word
from neixiang_survey_plugin.io.packet.pdf import OFFICE_VARIABLE, find_office
from neixiang_survey_plugin.io.packet.word import Word, WordOffice, started
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from tests import packet_cases as cases


class ComError(Exception):
    """What Word raises."""


class PlayedDocument:
    def __init__(self, path: Path, played: PlayedWord) -> None:
        self.path, self.played = path, played

    def ExportAsFixedFormat(self, target: str, kind: int) -> None:
        assert kind == 17
        if b"unreadable" in self.path.read_bytes():
            raise ComError("no such format")
        Path(target).write_bytes(b"%PDF-1.7 " + self.path.name.encode())

    def Close(self, keep: int) -> None:
        assert keep == 0
        self.played.closed += 1


class PlayedWord:
    def __init__(self) -> None:
        self.closed = self.quits = 0
        self.Visible = self.DisplayAlerts = 1
        self.Documents = self

    def Open(self, path: str, **how: bool) -> PlayedDocument:
        assert how == {"ReadOnly": True}
        if b"broken" in Path(path).read_bytes():
            raise ComError("cannot open")
        return PlayedDocument(Path(path), self)

    def Quit(self, keep: int) -> None:
        self.quits += 1
        raise ComError("busy")  # ends all the same


@pytest.fixture
def played() -> PlayedWord:
    return PlayedWord()


@pytest.fixture
def office(played: PlayedWord) -> WordOffice:
    @contextlib.contextmanager
    def start() -> Iterator[Word]:
        yield Word(played, ComError)

    return WordOffice(start)


def test_word_converts_what_it_can_and_ends_unseen(office: WordOffice, played: PlayedWord) -> None:
    pages = office.to_pdf({"a/q'.docx": b"1", "b": b"broken", "c": b"unreadable", "d": b"2"})
    assert pages == {"a/q'.docx": b"%PDF-1.7 0.docx", "d": b"%PDF-1.7 3.docx"}
    assert (played.closed, played.quits) == (3, 1)
    assert (played.Visible, played.DisplayAlerts) == (False, 0)
    assert office.to_pdf({}) == {}


def test_a_packet_has_its_pdf_from_word(office: WordOffice, tmp_path: Path) -> None:
    check = cases.checked(cases.COMMITTED)
    packet = PacketMaker(check, cases.county(), None, office).write(check.cases[0], tmp_path)
    assert packet.without_pdf == ()
    (form,) = packet.folder.glob("*.docx")
    assert form.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_another_error_of_the_program_is_no_error_of_word(played: PlayedWord) -> None:
    @contextlib.contextmanager
    def start() -> Iterator[Word]:
        yield Word(played, KeyError)

    with pytest.raises(ComError):
        WordOffice(start).to_pdf({"a": b"broken"})


def test_word_is_started_apart_and_its_thread_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    com, client, types = (ModuleType(one) for one in ("pythoncom", "client", "pywintypes"))
    com.CoInitialize = lambda: calls.append("in")  # type: ignore[attr-defined] # made here
    com.CoUninitialize = lambda: calls.append("out")  # type: ignore[attr-defined] # made here
    client.DispatchEx = lambda name: calls.append(name)  # type: ignore[attr-defined] # made here
    types.com_error = ComError  # type: ignore[attr-defined] # made here
    named: dict[str, Any] = {"pythoncom": com, "win32com.client": client, "pywintypes": types}
    monkeypatch.setattr(word.importlib, "import_module", named.__getitem__)
    with started() as found:
        assert found.error is ComError
    assert calls == ["in", "Word.Application", "out"]


def test_word_is_asked_only_on_windows_and_only_without_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(OFFICE_VARIABLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_ELSEWHERE", {})
    monkeypatch.setattr(word.importlib.util, "find_spec", lambda name: name == "win32com" or None)
    assert find_office() is None
    monkeypatch.setattr(sys, "platform", "win32")
    assert find_office() == WordOffice()
    monkeypatch.setenv(OFFICE_VARIABLE, "")
    assert find_office() is None
