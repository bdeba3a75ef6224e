"""Asking what is meant by survey files that were dropped on the survey that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label


class MergeOffer(KeptForm):
    """Merge them with the survey that is open, or open one of them, or nothing.

    ``open_it`` is None where there are several.
    """

    def __init__(
        self,
        names: Sequence[str],
        look: Look,
        merge: Callable[[], None],
        open_it: Callable[[], None] | None,
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self._merge, texts = merge, look.texts
        self.setWindowTitle(texts("merge.offer_title"))
        said = label(texts("merge.offer", names=texts("list.comma").join(names)), wraps=True)
        content = column(said, self.problem, margin=16, spacing=16)
        self.to_open = button(texts("merge.open"), lambda: self.close_after(open_it or self.reject))
        self.to_open.setVisible(open_it is not None)
        self.to_merge = self.lay_down(
            content, texts("merge.cancel"), texts("merge.with_this"), self.to_open
        )
        self.setMinimumWidth(460)

    def keep_filled_in(self) -> None:
        """Merge."""
        self._merge()
