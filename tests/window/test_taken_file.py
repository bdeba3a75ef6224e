"""A line is drawn by real clicks while another program writes into the survey file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.window.hand import Hand
from tests.window.test_drawing import at, hand_words
from tests.window.test_drawing import ready as ready


def test_a_line_is_drawn_turned_and_taken_back_while_another_program_writes(ready: Hand) -> None:
    with closing(sqlite3.connect(ready.session.store.path, isolation_level=None)) as other:
        ready.key("4")
        ready.click(at(0, 20), at(10, 20))
        other.execute("BEGIN IMMEDIATE")
        ready.click(at(20, 20))
        assert "正被另一个程序写入" in ready.said()
        assert len(ready.window.desk.drawing.draft.vertices) == 2
        ready.key("Return")
        assert dict(ready.session.routes) == {}
        other.execute("COMMIT")
        ready.bot.waitUntil(lambda: len(ready.session.routes) == 1)
        assert len(next(iter(ready.session.routes.values())).line.coords) == 2
        assert ready.session.drafts == ()
        (before,) = ready.session.routes.values()
        other.execute("BEGIN IMMEDIATE")
        ready.window.desk.reverse()
        assert hand_words("notice.in_turn") in ready.said()
        ready.key("Ctrl+Z")
        assert list(ready.session.routes.values()) == [before]
        other.execute("COMMIT")
        ready.wait_for_work()
        assert list(ready.session.routes.values()) == [before]  # turned, and turned back
        other.execute("BEGIN IMMEDIATE")
        ready.key("Ctrl+Z")
        assert len(ready.session.routes) == 1
        other.execute("COMMIT")
        ready.bot.waitUntil(lambda: not ready.session.routes)


def test_what_is_entered_meanwhile_is_refused_in_a_moment_and_said(ready: Hand) -> None:
    session = ready.session
    with closing(sqlite3.connect(session.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session.store._connection.execute("PRAGMA busy_timeout = 3600000")
        kept = ready.window.attempt(
            lambda: session.record("note", lambda store: store.keep([], what="note"))
        )
        assert not kept
        assert "正被另一个程序写入" in ready.said()
        other.execute("COMMIT")
