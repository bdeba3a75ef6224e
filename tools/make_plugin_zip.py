"""Put the plugin into the ZIP that QGIS's "Install from ZIP" takes: one folder, nothing compiled.

The same tree gives the same bytes.
"""

from __future__ import annotations

import configparser
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "neixiang_survey_plugin"
# What only the command line and the desktop window need; both come as a wheel.
LEFT_OUT = ("hosts/cli", "hosts/desktop", "__main__.py", "py.typed")
BESIDE = ("metadata.txt", "LICENSE", "README.md", "CHANGELOG.md", "icons", "data")
_GENERATED = {"__pycache__"}
_DAY = (2026, 1, 1, 0, 0, 0)


def version() -> str:
    """The version of metadata.txt."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string((ROOT / "metadata.txt").read_text(encoding="utf-8"))
    return parser["general"]["version"]


def members() -> Iterator[tuple[Path, str]]:
    """Every file of the ZIP with its name within the plugin's folder."""
    package = ROOT / NAME
    for path in _files(package):
        name = path.relative_to(package).as_posix()
        if not any(name == one or name.startswith(f"{one}/") for one in LEFT_OUT):
            yield path, name
    for name in BESIDE:
        for path in _files(ROOT / name):
            yield path, path.relative_to(ROOT).as_posix()


def build(folder: Path) -> Path:
    """The ZIP, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{NAME}.{version()}.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for path, name in sorted(members(), key=lambda member: member[1]):
            info = zipfile.ZipInfo(f"{NAME}/{name}", _DAY)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, path.read_bytes())
    return made


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for one in sorted(path.rglob("*")):
        if one.is_file() and not _GENERATED.intersection(one.parts):
            yield one


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))
