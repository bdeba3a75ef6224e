"""What the plugin needs beside QGIS's own Python, what of it is missing, and how to get it."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import re
import sys
from pathlib import Path

from neixiang_survey_plugin.core.false_alarms import (
    GEOS_WITHOUT_FALSE_ALARMS,
    ignore_false_alarms,
)

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements-qgis.txt"
_FOLDER = "neixiang_survey_packages"
LEAST_SHAPELY = "2.0.7"

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
    old = ["shapely"] if old_shapely() else []
    return tuple(dict.fromkeys((*old, *_absent(WINDOW))))


def old_shapely() -> str | None:
    """The version of the only shapely that is there, or that another plugin uses, if too old."""
    in_use = sys.modules.get("shapely")
    chosen = _shapely_to_use()
    version = in_use.__version__ if in_use else chosen.version if chosen else None
    return None if version is None or _is_new_enough(version) else version


def missing_for_packets() -> tuple[str, ...]:
    """The packages without which no packet can be written."""
    return _absent(PACKETS)


def load_shapely() -> None:
    """Import shapely so that it keeps to the geometry library that it brought.

    The programs qgis and qgis_process are linked to the system's GEOS, whose functions would come
    before those of shapely's own, newer one: lines then had a third coordinate that nobody gave
    them, and writing one failed. The profile's comes before a host's that is too old. Nothing
    happens where shapely is not there.
    """
    chosen = _shapely_to_use()
    if "shapely" in sys.modules or chosen is None:
        return
    flags = sys.getdlopenflags() if hasattr(os, "RTLD_DEEPBIND") else None
    folder = str(chosen.locate_file(""))
    sys.path.insert(0, folder)
    try:
        if flags is not None:
            sys.setdlopenflags(flags | os.RTLD_DEEPBIND)
        shapely = importlib.import_module("shapely")
    finally:
        sys.path.remove(folder)
        if flags is not None:
            sys.setdlopenflags(flags)
    if shapely.geos_version < GEOS_WITHOUT_FALSE_ALARMS:
        ignore_false_alarms()


def install_line(profile: Path) -> str:
    """The one line for a terminal (on Windows the OSGeo4W Shell) that installs everything."""
    target = packages_folder(profile)
    return (
        f'"{_python()}" -m pip install --no-deps --target "{target}" --requirement "{REQUIREMENTS}"'
    )


def _python() -> Path:
    """QGIS's own Python.

    Within QGIS the running program is QGIS itself, or the first python3 that the PATH names, which
    may be another one. Its own stands beside the library that it runs with.
    """
    running = Path(sys.executable)
    library, name = Path(os.__file__).parent, f"python{sys.version_info[0]}.{sys.version_info[1]}"
    beside = (library.parents[1] / "bin" / name, library.parent / "python.exe")
    own = next((one for one in beside if one.is_file()), None)
    if sys.prefix != sys.base_prefix or own is None:  # an environment of its own, or elsewhere
        return running if running.stem.lower().startswith("python") else own or Path("python3")
    return own


def _absent(packages: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name, module in packages.items() if not _is_there(module))


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False


def _shapely_to_use() -> importlib.metadata.Distribution | None:
    """The first on Python's path that is new enough; the first of all where none is."""
    found = list(importlib.metadata.distributions(name="shapely"))
    usable = (one for one in found if _is_new_enough(one.version))
    return next(usable, found[0] if found else None)


def _is_new_enough(version: str) -> bool:
    return _numbers(version) >= _numbers(LEAST_SHAPELY)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]
