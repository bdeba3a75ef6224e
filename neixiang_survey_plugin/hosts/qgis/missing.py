"""What the plugin needs beside QGIS's own Python, what of it is missing, and how to get it."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements-qgis.txt"
_FOLDER = "neixiang_survey_packages"
_LEAST_SHAPELY = (2, 1)

# The names under which Python imports what the requirements call otherwise.
WINDOW = {"shapely": "shapely", "chinesecalendar": "chinese_calendar"}
PACKETS = {
    "exifread": "exifread",
    "docxtpl": "docxtpl",
    "python-docx": "docx",
    "typing_extensions": "typing_extensions",
    "openpyxl": "openpyxl",
    "et_xmlfile": "et_xmlfile",
    "fpdf2": "fpdf",
    "defusedxml": "defusedxml",
    "fonttools": "fontTools",
    "folium": "folium",
    "branca": "branca",
    "xyzservices": "xyzservices",
    "XStatic-Leaflet": "xstatic.pkg.leaflet",
    "XStatic-jQuery": "xstatic.pkg.jquery",
}


def packages_folder(profile: Path) -> Path:
    """Where the plugin's packages lie in a profile of QGIS's: beside its plugins, not in them."""
    return profile / "python" / _FOLDER


def use_packages(profile: Path) -> Path | None:
    """Let Python find the packages of the profile after the host's own; None if it did before."""
    folder = packages_folder(profile)
    if str(folder) in sys.path:
        return None
    sys.path.append(str(folder))
    importlib.invalidate_caches()
    return folder


def missing_for_the_window() -> tuple[str, ...]:
    """The packages without which no survey can be opened."""
    old = [] if _shapely_is_new_enough() else ["shapely"]
    return tuple(dict.fromkeys((*old, *_absent(WINDOW))))


def missing_for_packets() -> tuple[str, ...]:
    """The packages without which no packet can be written."""
    return _absent(PACKETS)


def load_shapely() -> None:
    """Import shapely so that it keeps to the geometry library that it brought.

    The programs qgis and qgis_process are linked to the system's GEOS, whose functions would come
    before those of shapely's own, newer one: lines then had a third coordinate that nobody gave
    them, and writing one failed. Nothing happens where shapely is not there.
    """
    if "shapely" in sys.modules or not _is_there("shapely"):
        return
    flags = sys.getdlopenflags() if hasattr(os, "RTLD_DEEPBIND") else None
    try:
        if flags is not None:
            sys.setdlopenflags(flags | os.RTLD_DEEPBIND)
        importlib.import_module("shapely")
    finally:
        if flags is not None:
            sys.setdlopenflags(flags)


def install_line(profile: Path) -> str:
    """The one line for a terminal (on Windows the OSGeo4W Shell) that installs everything."""
    target = packages_folder(profile)
    return (
        f'"{_python()}" -m pip install --no-deps --target "{target}" --requirement "{REQUIREMENTS}"'
    )


def _python() -> Path:
    """QGIS's own Python; in QGIS on Windows and macOS the running program is QGIS itself."""
    running = Path(sys.executable)
    if running.stem.lower().startswith("python"):
        return running
    beside = (Path(sys.exec_prefix) / "python.exe", Path(sys.exec_prefix) / "bin" / "python3")
    return next((one for one in beside if one.is_file()), Path("python3"))


def _absent(packages: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name, module in packages.items() if not _is_there(module))


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False


def _shapely_is_new_enough() -> bool:
    try:
        version = importlib.metadata.version("shapely")
    except importlib.metadata.PackageNotFoundError:
        return False
    return tuple(int(part) for part in version.split(".")[:2]) >= _LEAST_SHAPELY
