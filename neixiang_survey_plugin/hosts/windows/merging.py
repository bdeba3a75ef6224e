"""Merging other survey files with the one that is open: asked, done beside the window, opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.merge_questions import MergeQuestion
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.hosts.windows.work import Work, free_name, open_work
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.io.survey.merging.merge import Merged, merge_or_ask
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.merge_form import MergeForm
from neixiang_survey_plugin.ui.merge_offer import MergeOffer


@dataclass(frozen=True, eq=False)
class _Opened:
    """What came together, open for work."""

    merged: Merged
    work: Work


class Merging:
    """Joins survey files with the survey of a window into a new file, which is opened then.

    No file is changed. What somebody did in the window meanwhile is merged as well. The window has
    ``work``, ``session``, ``look``, ``forms`` and a ``shell`` that does long work beside it and
    shows another survey.
    """

    def __init__(self, window: Any) -> None:
        self._window = window

    def ask_files(self, title: str = "merge_surveys") -> None:
        """Ask for survey files in a dialog, and merge them with the one that is open."""
        window, texts = self._window, self._window.look.texts
        chosen, _ = QtWidgets.QFileDialog.getOpenFileNames(
            window,
            texts(f"dialog.{title}"),
            str(window.work.path.parent),
            texts("dialog.survey_files"),
        )
        if chosen:
            self.merge([Path(one) for one in chosen])

    def offer(self, paths: Sequence[Path]) -> None:
        """Ask whether files that were dropped are to be merged or opened; one's own is open."""
        window, others = self._window, self._others(paths)
        if not others:
            self._say_nothing_to_merge()
            return
        open_it = partial(window.shell.open_path, others[0]) if len(others) == 1 else None
        names = [one.name for one in others]
        merge = partial(self.merge, others)
        window.forms.show(MergeOffer(names, window.look, merge, open_it, window))

    def merge(self, paths: Sequence[Path], answers: Mapping[str, str] | None = None) -> None:
        """Merge beside the window; what has to be answered first is asked."""
        window, others, known = self._window, self._others(paths), dict(answers or {})
        if not others:
            self._say_nothing_to_merge()
            return
        own, who, ground = window.work.path, window.who(), window.work.ground
        out = free_name(own, window.look.texts("merge.file_name"))
        session = window.session
        on, saved_at = session.on, session.saved_at

        def join(progress: Progress) -> _Opened | tuple[MergeQuestion, ...]:
            def tick(done: int, of: int) -> None:
                progress.step("merge", done=done, of=of)

            with cycle_collector_off():
                found = merge_or_ask((own, *others), out, who, Choices(known), tick)
                if not isinstance(found, Merged):
                    return found
                try:
                    return _Opened(found, open_work(ground, out, who, on, progress, session))
                except BaseException:  # also who cancels it wants no file
                    out.unlink(missing_ok=True)
                    raise

        def then(found: _Opened | tuple[MergeQuestion, ...]) -> None:
            if not isinstance(found, _Opened):
                self._ask(others, known, found)
            elif window.session.saved_at != saved_at:  # edits since: they belong into it too
                found.work.session.close()
                out.unlink()
                self.merge(others, known)
            else:
                self._show(others, found)

        window.shell.jobs.start(join, then)

    def _ask(
        self, others: Sequence[Path], known: Mapping[str, str], questions: Sequence[MergeQuestion]
    ) -> None:
        def answer(answers: Mapping[str, str]) -> None:
            self.merge(others, {**known, **answers})

        window = self._window
        window.forms.show(MergeForm(questions, window.look, answer, window))

    def _show(self, others: Sequence[Path], found: _Opened) -> None:
        """Show what came together, and say what became of it."""
        shell, texts, merged = self._window.shell, self._window.look.texts, found.merged
        comma = texts("list.comma")
        names = comma.join(one.name for one in others)
        said = [texts("merge.done", names=names, path=found.work.path.name)]
        if merged.renamed:
            said.append(texts("merge.renamed", names=comma.join(merged.renamed)))
        sentence = " ".join((*said, *merged.notes))
        shell.take(found.work, lambda: shell.window.say(sentence, Level.SUCCESS), goes_on=True)

    def _others(self, paths: Iterable[Path]) -> list[Path]:
        own = self._window.work.path.resolve()
        return list(dict.fromkeys(one for one in paths if one.resolve() != own))

    def _say_nothing_to_merge(self) -> None:
        self._window.say(self._window.look.texts("merge.own_file"), Level.WARNING)
