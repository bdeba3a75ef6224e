"""The plugin's translation for QGIS, from the tables of words.

The sources are the English words, told apart by their keys; ``lrelease`` of Qt's tools packs them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from neixiang_survey_plugin.hosts.qgis.translation import CONTEXT, FILE, SECTIONS
from neixiang_survey_plugin.i18n import Language, table


def write_source(folder: Path) -> Path:
    """The translation source (``.ts``) of every key that QGIS's own interface shows, Chinese."""
    english, chinese = table(Language.ENGLISH), table(Language.CHINESE)
    root = ElementTree.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for key in sorted(english):
        if key.partition(".")[0] in SECTIONS:
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = english[key]
            ElementTree.SubElement(message, "comment").text = key
            ElementTree.SubElement(message, "translation").text = chinese[key]
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    path = folder / f"{FILE}.ts"
    path.write_text(f"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE TS>\n{text}\n", "utf-8")
    return path


def pack(source: Path, target: Path) -> None:
    """Pack a source into the file (``.qm``) that Qt reads."""
    program = shutil.which("/usr/lib/qt5/bin/lrelease") or shutil.which("lrelease")
    if program is None:
        sys.exit("No lrelease: it is in qttools5-dev-tools (on Debian: make deps)")
    subprocess.run([program, "-silent", source, "-qm", target], check=True)
