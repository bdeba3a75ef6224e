"""What the window remembers counts at once and is written beside it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.hosts.desktop import ini_file
from neixiang_survey_plugin.hosts.desktop.ini_file import IniFile

_VALUES = st.none() | st.text('a中,;=%"\\ \n', max_size=6)
_KEEPING = st.lists(st.dictionaries(st.sampled_from(["a", "g/b", "g/c"]), _VALUES), max_size=4)


@contextmanager
def _busy_disk() -> Iterator[None]:
    free = threading.Event()
    ini_file._BESIDE.submit(free.wait)
    try:
        yield
    finally:
        free.set()


@given(_KEEPING)
def test_what_was_kept_last_counts_at_once_and_on_another_day(
    tmp_path_factory, keeping: list[dict[str, str | None]]
) -> None:
    path = tmp_path_factory.mktemp("ini") / "window.ini"
    file = IniFile(path)
    kept: dict[str, str] = {}
    for values in keeping:
        file.keep(values)
        kept = {key: one for key, one in {**kept, **values}.items() if one is not None}
        assert {key: file.value(key) for key in kept} == kept
    in_group = {key[2:]: one for key, one in kept.items() if key.startswith("g/")}
    for one in (file, IniFile(path)):
        assert {key: one.value(key, "-") for key in ("a", "g/b", "g/c")} == {
            "a": "-",
            "g/b": "-",
            "g/c": "-",
            **kept,
        }
        assert one.group("g") == in_group


def test_nobody_waits_for_a_busy_disk(tmp_path: Path) -> None:
    file = IniFile(tmp_path / "window.ini")
    with _busy_disk():
        file.keep({"a": "1", "b": "2"})
        file.keep({"b": None})
        assert (file.value("a"), file.value("b")) == ("1", None)
        assert not (tmp_path / "window.ini").exists()
    file.be_written()
    assert "a=1" in (tmp_path / "window.ini").read_text()
    assert "b=" not in (tmp_path / "window.ini").read_text()


def test_what_another_program_keeps_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    file = IniFile(path)
    file.keep({"a": "1"})
    file.be_written()
    path.write_text("[General]\na=1\nlonger=of another program\n")
    file.keep({"b": "2"})
    file.be_written()
    assert file.value("longer") == "of another program"
    assert (IniFile(path).value("a"), IniFile(path).value("b")) == ("1", "2")
    assert "longer=" in path.read_text()


def test_where_nothing_can_be_written_it_counts_until_the_program_ends(tmp_path: Path) -> None:
    (tmp_path / "window.ini").mkdir()
    file = IniFile(tmp_path / "window.ini")
    file.keep({"a": "1"})
    file.be_written()
    assert file.value("a") == "1"
