"""An ini file that is read once and written beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.qt import QtCore

# One thread for every file of the program: who reads one sees what was kept before. The program
# ends when all is written.
_BESIDE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ini")


class IniFile:
    """Values by key; those of another program that has the same file open come with each write.

    The window waited for the disk otherwise, 1 to 40 ms each time that a setting, a place or a
    size was kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._lock = threading.Lock()
        self._changed: dict[str, Any] = {}  # not on disk yet; None for what is to go
        self._values: dict[str, Any] = _BESIDE.submit(self._written, {}).result()

    def value(self, key: str, default: Any = None) -> Any:
        """What is kept under a key."""
        return self._values.get(key, default)

    def group(self, name: str) -> dict[str, str]:
        """What is kept in a group, by the name in it."""
        begin, values = f"{name}/", self._values
        return {
            key.removeprefix(begin): str(value or "")
            for key, value in values.items()
            if key.startswith(begin)
        }

    def keep(self, values: Mapping[str, Any]) -> None:
        """Let values count at once and be written soon; what is None is kept no more."""
        with self._lock:
            waits = bool(self._changed)
            self._changed |= values
            self._values = _with(self._values, values)
        if not waits:
            _BESIDE.submit(self._write)

    def beside(self, call: Callable[[], None]) -> Future[None]:
        """Do something else that waits for a disk, in the thread that writes."""
        return _BESIDE.submit(call)

    def be_written(self) -> None:
        """Wait until all that was kept is on disk."""
        _BESIDE.submit(lambda: None).result()

    def _write(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, {}
        there = self._written(changed)
        with self._lock:
            self._values = _with(there, {**changed, **self._changed})

    def _written(self, changed: Mapping[str, Any]) -> dict[str, Any]:
        """Write what changed; all that the file has then."""
        file = QtCore.QSettings(self._path, QtCore.QSettings.Format.IniFormat)
        for key, value in changed.items():
            file.remove(key) if value is None else file.setValue(key, value)
        file.sync()
        return {key: file.value(key) for key in file.allKeys()}


def _with(values: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**values, **changed}.items() if value is not None}
