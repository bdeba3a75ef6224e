"""What is done beside an open survey, when a test says so; and many lines to do it with."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.progress import Progress, nothing
from tests.drawn import county, road, route

UNKNOWN = county([road((40, -100, 48, 100), width_m=8.0, delivered_on=None)])
MANY = [route(f"0 {n}, 9 {n}", f"m{n}", case_id="c") for n in range(30)]


class Queue:
    """An Aside whose jobs are done and told one after another, when somebody says so."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Callable[..., Any], Callable[..., Any], Callable[[], None]]] = (
            deque()
        )
        self.done: tuple[Any, Callable[[Any], None], Callable[[], None]] | None = None

    def __call__(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        self.waiting.append((job, then, dropped))

    def work(self) -> None:
        if self.done is None and self.waiting:
            job, then, dropped = self.waiting.popleft()
            self.done = job(Progress()), then, dropped

    def tell(self) -> None:
        if self.done is not None:
            (result, then, _), self.done = self.done, None
            then(result)

    def drop(self) -> None:
        """Nobody waits any more for what is done, or else for what is next."""
        if self.done is not None:
            (_, _, dropped), self.done = self.done, None
            dropped()
        elif self.waiting:
            *_, dropped = self.waiting.popleft()
            dropped()

    @property
    def busy(self) -> bool:
        return self.done is not None or bool(self.waiting)


class Newest(Queue):
    """An Aside of which the newest alone counts, that works and tells when somebody says so."""

    def __call__(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        self.waiting.clear()
        super().__call__(job, then, dropped)

    def drain(self) -> None:
        drain(self)


def drain(*lanes: Queue) -> None:
    while any(one.busy for one in lanes):
        for one in lanes:
            one.work()
            one.tell()


def finish(session: Any) -> None:
    drain(session.aside, session.writing)


def on_disk(session: Any) -> set[str]:
    return {one.route_id for one in session.store.routes().routes}
