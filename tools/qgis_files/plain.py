"""XML as QGIS writes it, but the same each time: attributes in order, no version of QGIS."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

_VERSION = re.compile(r'(<qgis [^>]*\bversion=")[^"]*"')
LEAST_VERSION = "3.22.0"


def write_plainly(path: Path, text: str) -> None:
    """Write a text of QGIS's as XML that compares line by line."""
    path.write_text(plainly(text), encoding="utf-8")


def plainly(text: str) -> str:
    """A text of QGIS's with its attributes in order, whichever QGIS wrote it."""
    root = ElementTree.fromstring(text)
    for settings in root.iter("settings"):  # labels are joined to nothing by a line
        for callout in settings.findall("callout"):
            settings.remove(callout)
    ElementTree.indent(root)
    ordered = ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"))
    return _VERSION.sub(rf'\g<1>{LEAST_VERSION}"', ordered) + "\n"
