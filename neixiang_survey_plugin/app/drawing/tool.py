"""What follows the pointer, one gesture after another; a tool says only what it does."""

from __future__ import annotations

from neixiang_survey_plugin.app.map_host import Pointer


class Tool:
    """A tool for which no gesture means anything yet."""

    @property
    def begun(self) -> bool:
        """Whether something is begun that ``cancel`` would drop."""
        return False

    def press(self, pointer: Pointer) -> None:
        """The main button went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer is here now, pressed or not."""

    def release(self, pointer: Pointer) -> None:
        """The main button came up."""

    def finish(self) -> None:
        """What was begun is complete."""

    def back(self) -> None:
        """Take the last point back."""

    def cancel(self) -> None:
        """Drop what was begun."""

    def leave(self) -> None:
        """Put the tool away."""

    def refresh(self) -> None:
        """The survey changed: show it as it is now."""
