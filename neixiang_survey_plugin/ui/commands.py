"""The commands of the window: rows of one table, from which everything that calls them is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.look import Look

# Qt 6 moved the class of actions; what it is stays the same.
_QAction: Any = getattr(QtGui, "QAction", None) or QtWidgets.QAction


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One thing that the window does; its words stand in the tables under ``command.<id>``.

    ``menu`` is the menu that holds it, a dotted one a menu within; ``bar`` its group in the
    toolbar, 0 for none, where ``worded`` shows its words too. ``checked`` makes it one that is
    on or off.
    """

    name: str
    icon: str
    call: Callable[[], None]
    menu: str
    shortcut: str = ""
    bar: int = 0
    worded: bool = False
    enabled: Callable[[], bool] = _always
    checked: Callable[[], bool] | None = None


class Actions:
    """The commands as actions of Qt, by name, with their menus and toolbar."""

    def __init__(
        self,
        commands: Iterable[Command],
        look: Look,
        window: Any,
        changed_keys: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.commands = {one.name: one for one in commands}
        self.changed_keys: Mapping[str, str] = {}
        self._look = look
        self._bar: Any = None
        self._worded: list[tuple[int, Any]] = []
        self._actions = {one.name: self._action(one, window) for one in self.commands.values()}
        self.use_keys(changed_keys)
        self.refresh()

    def __getitem__(self, name: str) -> Any:
        return self._actions[name]

    @property
    def keys(self) -> dict[str, str]:
        """The key of each command, empty for none."""
        usual = {name: one.shortcut for name, one in self.commands.items()}
        return {**usual, **self.changed_keys}

    def use_keys(self, changed: Mapping[str, str]) -> None:
        """Let these commands have other keys than they come with."""
        self.changed_keys = {name: key for name, key in changed.items() if name in self.commands}
        for name, key in self.keys.items():
            tip = self._look.texts(f"command.{name}.tip")
            self._actions[name].setShortcut(QtGui.QKeySequence(key))
            self._actions[name].setToolTip(f"{tip} ({key})" if key else tip)

    def run(self, name: str) -> None:
        """Carry a command out, where it can be now."""
        self.refresh()
        if self._actions[name].isEnabled():
            self.commands[name].call()
            self.refresh()

    def refresh(self) -> None:
        """Show what can be done now, and what is on."""
        for name, command in self.commands.items():
            action = self._actions[name]
            action.setEnabled(command.enabled())
            if command.checked is not None:
                action.setChecked(command.checked())

    def fill_menus(self, bar: Any) -> dict[str, Any]:
        """Build the menus; what comes back are they by name."""
        menus: dict[str, Any] = {}
        for name, command in self.commands.items():
            self._menu(command.menu, bar, menus).addAction(self._actions[name])
        return menus

    def fill_toolbar(self, bar: Any) -> None:
        """Build the toolbar, a thin line between its groups."""
        group = 0
        self._bar = bar
        shown = [one for one in self.commands.values() if one.bar]
        for command in sorted(shown, key=lambda one: one.bar):
            if group and command.bar != group:
                bar.addSeparator()
            group = command.bar
            bar.addAction(self._actions[command.name])
            button = bar.widgetForAction(self._actions[command.name])
            if command.worded:
                self._worded.append((command.bar, button))
            button.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.text(command.name))

    def fit_toolbar(self, width_px: int) -> None:
        """Show as many words in the toolbar as have room; the first groups keep theirs longest."""
        styles = QtCore.Qt.ToolButtonStyle
        groups = sorted({group for group, _ in self._worded})
        for kept in range(len(groups), -1, -1):
            for group, button in self._worded:
                beside = group in groups[:kept]
                button.setToolButtonStyle(
                    styles.ToolButtonTextBesideIcon if beside else styles.ToolButtonIconOnly
                )
            self._bar.layout().invalidate()
            if self._bar.sizeHint().width() <= width_px:
                return

    def text(self, name: str) -> str:
        """The words of a command."""
        return self._look.texts(f"command.{name}.text")

    def _menu(self, name: str, bar: Any, menus: dict[str, Any]) -> Any:
        if name not in menus:
            above, _, own = name.rpartition(".")
            parent = self._menu(above, bar, menus) if above else bar
            menus[name] = parent.addMenu(self._look.texts(f"menu.{own}"))
        return menus[name]

    def _action(self, command: Command, window: Any) -> Any:
        action = _QAction(self._look.icon(command.icon), self.text(command.name), window)
        action.setStatusTip(self._look.texts(f"command.{command.name}.tip"))
        action.setObjectName(command.name)
        action.setCheckable(command.checked is not None)
        action.triggered.connect(lambda _=False: self.run(command.name))
        window.addAction(action)
        return action
