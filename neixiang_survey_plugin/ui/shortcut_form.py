"""The shortcuts of every command as a form: each can be changed, and all be as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from neixiang_survey_plugin.qt import QtGui, QtWidgets
from neixiang_survey_plugin.ui.commands import Actions
from neixiang_survey_plugin.ui.growing import add_field
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import at_right, button, column, label, scrolled

# What the map itself listens to: no command may take these.
_WORDS = "Space Return Enter Esc Backspace Left Right Up Down Home + - Tab"
RESERVED = frozenset(_WORDS.split())
_SEEN = 20  # fields in sight


class ShortcutForm(QtWidgets.QDialog):
    """Shows the key of each command; ``changed`` is told those that are not as they come."""

    def __init__(
        self,
        actions: Actions,
        look: Look,
        changed: Callable[[Mapping[str, str]], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._actions, self._look, self._changed = actions, look, changed
        self._edits: dict[str, Any] = {}
        self._filling = InSteps(self, first=_SEEN, then=1)
        self.problem = label("", wraps=True)
        self.problem.setStyleSheet(f"color: {look.colours.failed}")
        self.setWindowTitle(look.texts("shortcuts.title"))
        self._lay_out()

    @property
    def edits(self) -> dict[str, Any]:
        """The field of each command; those below what is seen are made once the form is there."""
        self._filling.finish()
        return self._edits

    def take(self, name: str, key: str) -> None:
        """Give a command another key, or none; what stands in the way is said."""
        taken = {key_of: one for one, key_of in self._actions.keys.items() if key_of}
        texts, other = self._look.texts, taken.get(key)
        if key in RESERVED:
            self._refuse(texts("shortcuts.reserved", taken_key=key))
        elif key and other not in (None, name):
            words = self._words(str(other))
            self._refuse(texts("shortcuts.taken", taken_key=key, command=words))
        else:
            self.problem.setText("")
            usual = self._actions.commands[name].shortcut
            changes = {**self._actions.changed_keys, name: key}
            if key == usual:
                del changes[name]
            self._changed(changes)
            self._show_keys()

    def _words(self, name: str) -> str:
        """What a command is called; one of a menu within a menu with that one's name before it."""
        above, _, own = self._actions.commands[name].menu.rpartition(".")
        words = self._actions.text(name)
        return f"{self._look.texts(f'menu.{own}')} · {words}" if above else words

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self._show_keys()

    def _reset(self) -> None:
        self.problem.setText("")
        self._changed({})
        self._show_keys()

    def _show_keys(self) -> None:
        for name, edit in self._edits.items():
            edit.setKeySequence(QtGui.QKeySequence(self._actions.keys[name]))

    def _lay_out(self) -> None:
        texts = self._look.texts
        form = QtWidgets.QFormLayout()
        form.setSpacing(4)
        rows = QtWidgets.QWidget()
        rows.setLayout(form)
        self._filling.begin(self._fill(form))
        hint = label(texts("shortcuts.hint"), "quiet", wraps=True)
        reset = button(texts("shortcuts.reset"), self._reset)
        close = button(texts("settings.close"), self.accept)
        box = QtWidgets.QVBoxLayout(self)
        inside = column(
            hint, self.problem, scrolled(rows), at_right(reset, close), margin=12, spacing=8
        )
        box.addWidget(inside)
        self.resize(460, 600)

    def _fill(self, form: Any) -> Iterator[None]:
        before: Any = None
        for name in self._actions.commands:
            edit = QtWidgets.QKeySequenceEdit(QtGui.QKeySequence(self._actions.keys[name]))
            words = self._words(name)
            edit.setAccessibleName(self._look.texts("shortcuts.of", command=words))
            edit.editingFinished.connect(lambda one=name, of=edit: self._edited(one, of))
            self._edits[name] = edit
            said = label(words)
            said.setBuddy(edit)
            add_field(form, said, edit)
            if before is not None:
                self.setTabOrder(before, edit)  # not behind the buttons, which were there before
            before = edit
            yield

    def _edited(self, name: str, edit: Any) -> None:
        one_key = QtGui.QKeySequence(edit.keySequence()[0]) if edit.keySequence().count() else None
        key = "" if one_key is None else one_key.toString()
        if key != self._actions.keys[name]:
            self.take(name, key)
        else:
            self._show_keys()
