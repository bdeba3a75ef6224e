"""A bundle as ``make bundle`` lays it out, its wheels made of what is installed: no network."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import zipfile
from pathlib import Path

from neixiang_survey_plugin.hosts.qgis import missing
from tools.make_plugin_zip import build

ROOT = Path(__file__).resolve().parents[2]
OF_THE_INSTALLATION = {"INSTALLER", "REQUESTED"}


def make_bundle(folder: Path) -> Path:
    """The folder, which comes into being: the scripts, the plugin's ZIP, the packages."""
    shutil.copytree(ROOT / "tools" / "bundle", folder)
    shutil.copy(missing.REQUIREMENTS, folder)
    build(folder)
    wheels = folder / "wheels"
    wheels.mkdir()
    text = missing.REQUIREMENTS.read_text(encoding="utf-8")
    for name in re.findall(r"^([\w-]+)==", text, re.MULTILINE):
        _pack(importlib.metadata.distribution(name), wheels)
    return folder


def _pack(package: importlib.metadata.Distribution, folder: Path) -> None:
    """The wheel that an installed package came from; without the commands that it had."""
    tags = re.findall(r"^Tag: (.*)$", package.read_text("WHEEL") or "", re.MULTILINE)
    fits = "-".join(
        ".".join(dict.fromkeys(part)) for part in zip(*(t.split("-") for t in tags), strict=True)
    )
    name = re.sub(r"[-.]+", "_", package.metadata["Name"])
    with zipfile.ZipFile(folder / f"{name}-{package.version}-{fits}.whl", "w") as wheel:
        for file in package.files or []:
            if ".." in file.parts or "__pycache__" in file.parts:
                continue
            if file.name == "RECORD":
                wheel.writestr(str(file), "")
            elif file.name not in OF_THE_INSTALLATION:
                wheel.write(str(file.locate()), str(file))
