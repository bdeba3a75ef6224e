"""XML as QGIS writes it, but the same each time: attributes in order, no version, no chance."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

_VERSION = re.compile(r'(<qgis [^>]*\bversion=")[^"]*"')
_UUID = re.compile(r"[0-9a-f]{8}([-_])[0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}")
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
    return _numbered(_VERSION.sub(rf'\g<1>{LEAST_VERSION}"', ordered)) + "\n"


def _numbered(text: str) -> str:
    """Every name that QGIS threw dice for by the order in which it comes first."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        key = found[0].replace("_", "-")
        digits = f"{numbers.setdefault(key, len(numbers) + 1):032x}"
        parts = digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]
        return found[1].join(parts)

    return _UUID.sub(number, text)
