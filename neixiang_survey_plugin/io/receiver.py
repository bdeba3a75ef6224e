"""Listening to a receiver of satellites: over TCP, or on a serial port that the system shows."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np

from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.app.positioning import Fix, fix_of
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.crs import to_county_grid

_WAIT_S = 1.0
_LONGEST = 1_024  # bytes of a line
# Corrections in China bring CGCS2000; a receiver alone is on WGS 84, decimetres beside it, which
# is less than such a position is good for.
_RECEIVER_CRS = "EPSG:4490"


class Receiver:
    """Reads a receiver in a thread of its own until it is closed.

    ``address`` is ``host:port`` or the path of a port such as ``/dev/ttyUSB0``, whose speed the
    system was told before. ``told`` gets each position, and the place in metres of the county
    grid ``epsg``, ``lost`` the reason when nothing comes any more; both from that thread.
    """

    def __init__(
        self,
        address: str,
        epsg: int,
        told: Callable[[Fix, Point], object],
        lost: Callable[[str], object],
    ) -> None:
        self._address, self._epsg, self._told, self._lost = address, epsg, told, lost
        self._telling = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="receiver", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Tell nothing more; the thread ends with the sentence that it waits for.

        To wait for that was 50 ms with a receiver that says where one is ten times a second, and
        2 s with one that is switched off.
        """
        with self._telling:
            self._ended.set()

    def _listen(self) -> None:
        try:
            for line in self._lines():
                fix = fix_of(line.decode("ascii", "replace"))
                if fix is not None:
                    self._tell(self._told, fix, place_of(fix, self._epsg))
            reason = ""
        except OSError as error:
            reason = str(error.strerror or error)
        except SurveyError as error:  # the grid of a county that nobody knows the way to
            reason = " ".join(error.problems)
        self._tell(self._lost, reason)

    def _tell(self, hears: Callable[..., object], *said: object) -> None:
        """Say it, unless it is closed."""
        with self._telling:
            if not self._ended.is_set():
                hears(*said)

    def _lines(self) -> Iterator[bytes]:
        host, colon, port = self._address.rpartition(":")
        if colon and port.isdigit():
            with socket.create_connection((host, int(port)), timeout=_WAIT_S) as connection:
                yield from self._of_socket(connection)
        else:
            with closing(Path(self._address).open("rb", buffering=0)) as device:
                yield from self._of_device(device)

    def _of_socket(self, connection: socket.socket) -> Iterator[bytes]:
        kept = b""
        while not self._ended.is_set():
            try:
                part = connection.recv(_LONGEST)
            except TimeoutError:
                continue
            if not part:
                return
            *lines, kept = (kept + part).split(b"\n")
            kept = kept[-_LONGEST:]
            yield from lines

    def _of_device(self, device: BinaryIO) -> Iterator[bytes]:
        while not self._ended.is_set():
            line = device.readline(_LONGEST)
            if not line:
                return
            yield line


def place_of(fix: Fix, epsg: int) -> Point:
    """A position in metres of the county grid."""
    degrees = np.array([[fix.longitude_deg, fix.latitude_deg]])
    ((east_m, north_m),) = to_county_grid(degrees, _RECEIVER_CRS, epsg)
    return float(east_m), float(north_m)
