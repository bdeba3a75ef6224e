"""What a PDF holds, read without the program's own painter: its lines in millimetres, its words."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path

MM = 25.4 / 72.0
_SAID = rb"<<([^<>]*(?:<<[^<>]*>>[^<>]*)*)>>"
_STREAM = re.compile(_SAID + rb"\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = r"-?\d+(?:\.\d+)?"
_PATH = re.compile(rf"({_NUMBER}) ({_NUMBER}) m((?: {_NUMBER} {_NUMBER} l)+)", re.ASCII)
_POINT = re.compile(rf"({_NUMBER}) ({_NUMBER}) l")

Polyline = tuple[tuple[float, float], ...]


def pages(pdf: bytes) -> list[str]:
    """The drawing operators of each page."""
    found = []
    for said, content in _STREAM.findall(pdf):
        if b"Length1" in said or b"Subtype" in said or b"Type" in said:
            continue
        text = zlib.decompress(content) if b"FlateDecode" in said else content
        if re.search(rb" [ml]\b", text):
            found.append(re.sub(r"\s+", " ", text.decode("latin-1")))
    return found


def polylines(page: str) -> list[Polyline]:
    """Every line and outline of a page, in millimetres from its lower left corner."""
    return [
        tuple((float(x) * MM, float(y) * MM) for x, y in [(x0, y0), *_POINT.findall(rest)])
        for x0, y0, rest in _PATH.findall(page)
    ]


def text_of(path: Path) -> str:
    """The words of a PDF, as a search finds them."""
    done = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True
    )
    return done.stdout


def fonts_of(path: Path) -> list[list[str]]:
    """The fonts of a PDF: one row each of name, type, encoding, emb, sub, uni ..."""
    done = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    return [line.split() for line in done.stdout.splitlines()[2:]]
