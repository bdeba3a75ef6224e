"""What the window remembers from one day to the next: settings, places, recent surveys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.moving_index import Box
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.settings import Settings, as_texts, from_texts

_MOST_RECENT = 8
_TOUR_SEEN = "tour/seen"


class Memory:
    """An ini file; whatever in it makes no sense is as if it were not there."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._kept = QtCore.QSettings(str(path), QtCore.QSettings.Format.IniFormat)

    @property
    def settings(self) -> Settings:
        """The settings as they were left."""
        self._kept.beginGroup("settings")
        kept = {name: str(self._kept.value(name)) for name in self._kept.childKeys()}
        self._kept.endGroup()
        return from_texts(kept)

    def keep_settings(self, settings: Settings) -> None:
        """Remember the settings."""
        for name, text in as_texts(settings).items():
            self._kept.setValue(f"settings/{name}", text)
        self._kept.sync()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The surveys that were open last and are still there, the last one first."""
        listed = self._kept.value("recent", [])
        paths = [listed] if isinstance(listed, str) else list(listed or [])
        return tuple(Path(one) for one in paths if Path(one).is_file())

    def keep_recent(self, path: Path) -> None:
        """Remember that a survey was open."""
        others = [one for one in self.recent if one != path]
        kept = [str(one) for one in (path, *others)][:_MOST_RECENT]
        self._kept.setValue("recent", kept)
        self._kept.sync()

    @property
    def county(self) -> Path | None:
        """The folder of the county that was open last, where it is still there."""
        folder = Path(str(self._kept.value("county", "")))
        return folder if (folder / "county.toml").is_file() else None

    def keep_county(self, folder: Path) -> None:
        """Remember the county's folder."""
        self._kept.setValue("county", str(folder))

    @property
    def tour_seen(self) -> bool:
        """Whether somebody has been through the three steps."""
        return str(self._kept.value(_TOUR_SEEN, "")) == "true"

    def keep_tour_seen(self) -> None:
        """Show the three steps no more by themselves."""
        self._kept.setValue(_TOUR_SEEN, "true")

    @property
    def hidden_layers(self) -> frozenset[str]:
        """The layers that were hidden."""
        return frozenset(filter(None, str(self._kept.value("hidden_layers", "")).split(" ")))

    def keep_hidden_layers(self, names: frozenset[str]) -> None:
        """Remember which layers are hidden."""
        self._kept.setValue("hidden_layers", " ".join(sorted(names)))

    @property
    def shortcuts(self) -> dict[str, str]:
        """The keys that were changed, by command; empty for a command that has none any more."""
        self._kept.beginGroup("shortcuts")
        kept = {name: str(self._kept.value(name) or "") for name in self._kept.childKeys()}
        self._kept.endGroup()
        return kept

    def keep_shortcuts(self, changed: Mapping[str, str]) -> None:
        """Remember the keys that are not as they come."""
        self._kept.remove("shortcuts")
        for name, key in changed.items():
            self._kept.setValue(f"shortcuts/{name}", key)
        self._kept.sync()

    def background(self, county: Path) -> Path | None:
        """The picture that lay below the layers of a county, where it is still there."""
        path = Path(str(self._kept.value(_key("background", county), "")))
        return path if path.is_file() else None

    def keep_background(self, county: Path, path: Path | None) -> None:
        """Remember what lies below the layers of a county, or that nothing does."""
        kept = "" if path is None else str(path.resolve())
        self._kept.setValue(_key("background", county), kept)
        self._kept.sync()

    def place(self, survey: Path) -> tuple[str, Box] | None:
        """The case in which somebody worked on a survey last, empty for none, and the view."""
        case_id, *sides = str(self._kept.value(_key("place", survey), "")).split("\t")
        try:
            west, south, east, north = (float(side) for side in sides)
        except ValueError:
            return None
        return case_id, (west, south, east, north)

    def keep_place(self, survey: Path, case_id: str | None, view: Box) -> None:
        """Remember where somebody worked on a survey."""
        sides = (f"{side:.2f}" for side in view)
        self._kept.setValue(_key("place", survey), "\t".join([case_id or "", *sides]))
        self._kept.sync()

    def keep_window(self, window: Any) -> None:
        """Remember size, place and docks of a window."""
        self._kept.setValue("window/geometry", window.saveGeometry())
        self._kept.setValue("window/state", window.saveState())
        self._kept.sync()

    def restore_window(self, window: Any) -> bool:
        """Give a window the size, place and docks that it had; False when it had none."""
        geometry, state = self._kept.value("window/geometry"), self._kept.value("window/state")
        if not isinstance(geometry, QtCore.QByteArray) or not window.restoreGeometry(geometry):
            return False
        if isinstance(state, QtCore.QByteArray):
            window.restoreState(state)
        return True


def _key(of: str, path: Path) -> str:
    name = hashlib.blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest()
    return f"{of}/{name}"


def usual_memory() -> Memory:
    """The memory in the user's own folder of settings."""
    place = QtCore.QStandardPaths.StandardLocation.GenericConfigLocation
    folder = Path(QtCore.QStandardPaths.writableLocation(place)) / "neixiang-survey"
    return Memory(folder / "window.ini")
