"""What a program keeps for good is not walked by Python's collector of cycles."""

from __future__ import annotations

import gc

from neixiang_survey_plugin.io.memory import keep_also, kept_whole


def test_inside_another_program_nothing_is_kept_from_its_collector() -> None:
    assert not gc.get_freeze_count()
    keep_also()
    with kept_whole():
        pass
    assert not gc.get_freeze_count()


def test_what_is_made_whole_is_walked_neither_meanwhile_nor_later() -> None:
    gc.freeze()  # as a window that keeps its county
    try:
        with kept_whole():
            assert not gc.isenabled()
            made = [[number] for number in range(9)]
        assert gc.isenabled()
        assert not any(one is made for one in gc.get_objects())
    finally:
        gc.unfreeze()
