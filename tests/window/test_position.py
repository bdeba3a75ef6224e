"""A receiver's sentences become a mark on the map, a vertex, or a sentence on the bar."""

from __future__ import annotations

import functools
import operator
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.app.positioning import FixKind, fix_of
from neixiang_survey_plugin.io.receiver import Receiver, place_of
from neixiang_survey_plugin.ui.settings import Settings
from tests.window.hand import Hand

GIVEN = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"


def sentence(latitude: str, longitude: str, quality: int) -> str:
    body = f"GNGGA,010203.00,{latitude},N,{longitude},E,{quality},12,0.6,100.0,M,0.0,M,,"
    return f"${body}*{functools.reduce(operator.xor, body.encode()):02X}\r\n"


HERE = sentence("3301.8000", "11152.0000", 4)


def test_a_sentence_of_a_receiver_is_a_position_and_how_it_was_found() -> None:
    fix = fix_of(GIVEN)
    assert fix is not None
    assert fix.latitude_deg == pytest.approx(48 + 7.038 / 60)
    assert fix.longitude_deg == pytest.approx(11 + 31 / 60)
    assert (fix.kind, fix.satellites) == (FixKind.SINGLE, 8)
    here = fix_of(f"noise{HERE}")
    assert here is not None
    assert here.kind is FixKind.FIXED


@pytest.mark.parametrize(
    "line",
    [
        "",
        "$GPGGA",
        GIVEN.replace("4807", "4808"),  # the checksum says that it is not what was sent
        sentence("3301.8000", "11152.0000", 0),
        sentence("3361.8000", "11152.0000", 1),
        sentence("", "", 1),
        "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A",
    ],
)
def test_what_is_no_position_is_none(line: str) -> None:
    assert fix_of(line) is None


def test_a_position_lies_in_the_county_grid() -> None:
    fix = fix_of(HERE)
    assert fix is not None
    east_m, north_m = place_of(fix, 4546)
    assert east_m == pytest.approx(580_987, abs=2_000)
    assert north_m == pytest.approx(3_656_000, abs=2_000)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A receiver on this computer's own loopback."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def test_positions_move_the_mark_and_make_vertices_until_the_receiver_is_gone(
    hand: Hand, server: socket.socket
) -> None:
    window = hand.window
    assert not window.actions_["to_position"].isEnabled()
    window.use_settings(Settings(receiver=f"127.0.0.1:{server.getsockname()[1]}"))
    connection, _ = server.accept()
    with connection:
        connection.sendall(HERE[:20].encode())
        connection.sendall(HERE[20:].encode())
        hand.wait_for(window.position.is_known)
        assert "固定解" in window.status.position.text()
        assert "position" in hand.map._overlays
        hand.key("G")
        view = hand.map.view
        assert (view.e_m, view.n_m) == pytest.approx(window.position.at, abs=1.0)
        hand.key("2")
        hand.key("Shift+G")
        (draft,) = hand.session.drafts
        assert draft.vertices[0] == pytest.approx(window.position.at, abs=0.01)
    hand.wait_for(lambda: not window.position.is_known())
    assert "127.0.0.1" in hand.said()
    assert window.status.position.text() == ""


def test_a_receiver_that_is_not_there_is_one_sentence(hand: Hand, tmp_path: Path) -> None:
    hand.window.use_settings(Settings(receiver=str(tmp_path / "ttyUSB9")))
    hand.wait_for(lambda: "ttyUSB9" in hand.said())
    hand.window.use_settings(Settings(receiver=""))
    assert not hand.window.position.is_known()


def test_a_port_that_the_system_shows_as_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    port.write_text("noise\r\n" + HERE + HERE, encoding="ascii")
    places: list[Point] = []
    ended, reasons = threading.Event(), []

    def lost(reason: str) -> None:
        reasons.append(reason)
        ended.set()

    receiver = Receiver(str(port), 4546, lambda _, place: places.append(place), lost)
    assert ended.wait(10)
    receiver.close()
    assert len(places) == 2
    assert places[0] == pytest.approx((580_987, 3_656_000), abs=2_000)
    assert reasons == [""]


def test_a_receiver_that_says_nothing_is_left_at_once(hand: Hand, tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    os.mkfifo(port)  # whoever opens it waits until something comes
    hand.window.use_settings(Settings(receiver=str(port)))
    (listening,) = (one for one in threading.enumerate() if one.name == "receiver")
    hand.window.use_settings(Settings(receiver=""))
    assert listening.is_alive()
    device = os.open(port, os.O_RDWR)  # open until it is done: it may have to open it yet
    listening.join(10)
    os.close(device)
    assert not listening.is_alive()
    assert hand.said() == ""


def test_a_receiver_that_is_closed_tells_nothing_more(tmp_path: Path) -> None:
    port, told, came = tmp_path / "ttyUSB0", list[Point](), threading.Event()
    os.mkfifo(port)

    def tell(_: object, place: Point) -> None:
        told.append(place)
        came.set()

    receiver = Receiver(str(port), 4546, tell, lambda _: told.clear())
    device = os.open(port, os.O_RDWR)
    os.write(device, HERE.encode())
    assert came.wait(10)
    receiver.close()
    os.write(device, HERE.encode())
    os.close(device)
    receiver._thread.join(10)
    assert len(told) == 1


def test_what_an_earlier_receiver_said_last_is_not_heard(hand: Hand) -> None:
    fix, position = fix_of(HERE), hand.window.position
    position._came.emit(position._number - 1, fix, (1.0, 2.0))
    position._went.emit(position._number - 1, "")
    assert not position.is_known()
    assert hand.said() == ""
    position._came.emit(position._number, fix, (1.0, 2.0))
    assert position.at == (1.0, 2.0)
