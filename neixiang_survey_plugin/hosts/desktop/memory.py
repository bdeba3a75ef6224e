"""What the window remembers from one day to the next: settings, places, recent surveys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.moving_index import Box
from neixiang_survey_plugin.hosts.desktop.ini_file import IniFile
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.settings import Settings, as_texts, from_texts

_MOST_RECENT = 8
_TOUR_SEEN = "tour/seen"


class Memory:
    """An ini file; whatever in it makes no sense is as if it were not there.

    It is written beside the window: what was kept counts at once.
    """

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._kept = IniFile(path)
        self._gone: frozenset[Path] = frozenset()
        self._kept.beside(self._look_for_recent).result()

    def be_written(self) -> None:
        """Wait until all that was kept is on disk."""
        self._kept.be_written()

    @property
    def settings(self) -> Settings:
        """The settings as they were left."""
        return from_texts(self._kept.group("settings"))

    def keep_settings(self, settings: Settings) -> None:
        """Remember the settings."""
        self._kept.keep({f"settings/{name}": text for name, text in as_texts(settings).items()})

    @property
    def recent(self) -> tuple[Path, ...]:
        """The surveys that were open last and were still there the last time, the last one first.

        Whether they are is looked up beside the window: a server that is switched off lets one
        wait for seconds.
        """
        return tuple(one for one in self._listed() if one not in self._gone)

    def keep_recent(self, path: Path) -> None:
        """Remember that a survey was open."""
        others = [one for one in self.recent if one != path]
        kept = [str(one) for one in (path, *others)][:_MOST_RECENT]
        self._gone -= {path}
        self._kept.keep({"recent": kept})
        self._kept.beside(self._look_for_recent)

    def _look_for_recent(self) -> None:
        self._gone = frozenset(one for one in self._listed() if not one.is_file())

    def _listed(self) -> list[Path]:
        listed = self._kept.value("recent", [])
        return [Path(one) for one in ([listed] if isinstance(listed, str) else listed or [])]

    @property
    def county(self) -> Path | None:
        """The folder of the county that was open last, where it is still there."""
        folder = Path(str(self._kept.value("county", "")))
        return folder if (folder / "county.toml").is_file() else None

    def keep_county(self, folder: Path) -> None:
        """Remember the county's folder."""
        self._kept.keep({"county": str(folder)})

    @property
    def tour_seen(self) -> bool:
        """Whether somebody has been through the three steps."""
        return str(self._kept.value(_TOUR_SEEN, "")) == "true"

    def keep_tour_seen(self) -> None:
        """Show the three steps no more by themselves."""
        self._kept.keep({_TOUR_SEEN: "true"})

    @property
    def hidden_layers(self) -> frozenset[str]:
        """The layers that were hidden."""
        return frozenset(filter(None, str(self._kept.value("hidden_layers", "")).split(" ")))

    def keep_hidden_layers(self, names: frozenset[str]) -> None:
        """Remember which layers are hidden."""
        self._kept.keep({"hidden_layers": " ".join(sorted(names))})

    @property
    def shortcuts(self) -> dict[str, str]:
        """The keys that were changed, by command; empty for a command that has none any more."""
        return self._kept.group("shortcuts")

    def keep_shortcuts(self, changed: Mapping[str, str]) -> None:
        """Remember the keys that are not as they come."""
        before: dict[str, Any] = {f"shortcuts/{name}": None for name in self.shortcuts}
        self._kept.keep(before | {f"shortcuts/{name}": key for name, key in changed.items()})

    def background(self, county: Path) -> Path | None:
        """The picture that lay below the layers of a county, where it is still there."""
        path = Path(str(self._kept.value(_key("background", county), "")))
        return path if path.is_file() else None

    def keep_background(self, county: Path, path: Path | None) -> None:
        """Remember what lies below the layers of a county, or that nothing does."""
        kept = "" if path is None else str(path.resolve())
        self._kept.keep({_key("background", county): kept})

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
        self._kept.keep({_key("place", survey): "\t".join([case_id or "", *sides])})

    def keep_window(self, window: Any) -> None:
        """Remember size, place and docks of a window."""
        geometry, state = window.saveGeometry(), window.saveState()
        self._kept.keep({"window/geometry": geometry, "window/state": state})

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
