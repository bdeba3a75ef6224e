"""Where a survey is kept: what the work asks of a store, in the words of the survey."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol, TypeVar

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.routes import Route

R = TypeVar("R")

# One case, any of several, or all.
CaseIds = str | tuple[str, ...] | None


@dataclass(frozen=True)
class KeptRoutes:
    """The lines as they are now, and a sentence for each row that is no line that we know."""

    routes: tuple[Route, ...]
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ahead:
    """A step that can be taken back, or done again: who did what, and with how many lines."""

    who: str
    what: str
    at: datetime
    lines: int


@dataclass(frozen=True)
class Step:
    """One undoable step: who did what when, and which lines and records it touched."""

    who: str
    what: str
    at: datetime
    route_ids: tuple[str, ...]
    record_uuids: tuple[str, ...] = ()


class Ended(Enum):
    """How a version of a line ceased to be the present one."""

    UPDATED = "update"
    DELETED = "delete"
    REPLACED = "replace"
    MERGED = "merge"  # another copy's version was chosen instead; who chose stands in the log


@dataclass(frozen=True)
class RouteVersion:
    """A line as it was from one moment to another; ``ended`` is None for the present one.

    ``route`` is None where what another program wrote there cannot be read as a line.
    """

    version: int
    route: Route | None
    changed_by: str
    changed_at: datetime
    ended: Ended | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """A line that is being drawn: its vertices so far, metres in the county grid."""

    draft_id: str
    vertices: tuple[tuple[float, float], ...]
    utility: str | None = None
    route_id: str | None = None
    case_id: str | None = None


@dataclass(frozen=True)
class LogEntry:
    """Who did what to which row of which table when, and through which program or step."""

    at: datetime
    who: str
    what: str
    through: str
    table: str
    subject: str | None


@dataclass(frozen=True)
class Changed:
    """What was written since somebody asked: the names that those lines have or had, and tables.

    ``case_ids`` are the cases of what was written beside the lines, ``upto`` how far it goes.
    """

    route_ids: tuple[str, ...]
    tables: frozenset[str]
    case_ids: tuple[str, ...] = ()
    upto: int = field(default=0, compare=False)


class SurveyStore(Protocol):
    """A survey that is open. Whatever a verb has returned from is kept, come what may.

    Every verb raises SurveyError with one sentence when it cannot be done; nothing has then
    changed. Geometry is in metres of the county grid.

    Beside lines a survey keeps records: frozen dataclasses of core whose first field is
    ``uuid: str | None`` (None: not kept yet), their moments without a zone, by the office's
    clock. Undo and redo travel over the steps of ``edit``, lines and records together; what
    ``keep``, ``forget`` and ``confirm`` did is journaled and no step. A step whose record was
    changed since by one of these cannot be taken back: that would overwrite it, so undo says so.
    """

    @property
    def notes(self) -> tuple[str, ...]:
        """What the surveyor has to know about this opening: recovered, opened twice ..."""

    @property
    def is_taken(self) -> bool:
        """Whether another program writes into the file now: a verb that writes would wait."""

    def refuse_if_taken(self) -> None:
        """SurveyError where it ``is_taken``: what would wait for that is not written."""

    def hurry(self) -> None:
        """From now on a verb that writes waits only a moment for other programs, then fails.

        Else it waits for seconds, which nobody at a window should.
        """

    def routes(
        self, *, case_id: CaseIds = None, route_ids: Sequence[str] | None = None
    ) -> KeptRoutes:
        """The lines as they are now, in the order in which they came.

        Of one case or several, or of these names, where asked: that takes no longer in a
        survey of 50,000.
        """

    def edit(
        self,
        put: Sequence[Route] = (),
        delete: Sequence[str] = (),
        *,
        what: str = "edit",
        finishes: str | None = None,
        records: Sequence[object] = (),
    ) -> tuple[str, ...]:
        """Add or replace lines by their route_id and delete others, as one undoable step.

        ``records`` are kept in the same step, and their uuids come back. ``finishes`` names the
        draft that this ends. A step that changes nothing is none.
        """

    def records(
        self, kind: type[R], without: Collection[str] = (), /, **where: object
    ) -> tuple[R, ...]:
        """The records of a kind whose fields are as asked, in the order in which they came.

        Fields ``without`` which somebody does, such as photographs, are not read, and empty. A
        tuple asks for any of its values. A row that another program made unreadable is an
        error that names row, field and value: no figure is made from half of what is kept.
        """

    def keep(self, records: Sequence[object], *, what: str) -> tuple[str, ...]:
        """Add records, or replace those of the same uuid, all or none; their uuids."""

    def forget(self, kind: type, uuids: Sequence[str], *, what: str) -> None:
        """Take records away, all or none; the log keeps them as they were."""

    def ahead(self, *, back: bool) -> Ahead | None:
        """The step that undo, or else redo, would travel over; None when there is none."""

    def undo(self) -> Step | None:
        """Take back the last step, whoever made it; None when there is none."""

    def redo(self) -> Step | None:
        """Do again the step that was taken back last; None when a new edit came between."""

    def draw(self, draft: Draft) -> None:
        """Keep a draft as it is now; one without vertices is dropped."""

    def drafts(self, *, vertices: bool = True) -> tuple[Draft, ...]:
        """The drafts that are not finished, the oldest first; without vertices where not asked."""

    def history(self, route_id: str) -> tuple[RouteVersion, ...]:
        """Every version of a line, the oldest first; empty for a line that never was."""

    def confirm(self, fact: ConfirmedFact) -> None:
        """Keep what the site showed."""

    def confirmed_facts(self) -> tuple[ConfirmedFact, ...]:
        """The facts that hold now, one a field, in the order in which they were confirmed."""

    def log(self, last: int = 100) -> tuple[LogEntry, ...]:
        """The last entries of the log, the oldest first."""

    def changed(self) -> Changed:
        """What anybody wrote since this was last asked, or since the opening: we, or QGIS."""

    def know(self, changed: Changed) -> None:
        """Tell no more what a thread was told beside this."""

    def beside(self) -> AbstractContextManager[SurveyStore]:
        """The same survey for another thread, which sees what was finished when it looks."""

    def write_beside(self, write: Callable[[SurveyStore], R], progress: Progress) -> R:
        """Write much from another thread, all of it or nothing.

        Whoever writes at the window meanwhile goes first: what was begun is dropped, and begun
        again after that. CancelledError when the progress was cancelled before it was written.
        """

    def settle(self) -> None:
        """Bring everything into the one file: when idle for 2 s, and when the focus is lost.

        From any thread: who writes or reads meanwhile does not wait for it.
        """

    def close(self) -> None:
        """Settle, and let go of the file; closing twice does nothing."""
