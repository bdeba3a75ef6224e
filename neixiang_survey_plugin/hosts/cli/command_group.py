"""Commands of two words beside a command of one: ``packet FILE`` and ``packet verify FILE``."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class TwoWordGroup(TyperGroup):
    """A group that knows ``packet verify`` although ``packet`` is a command and no group.

    A file that is called like the second word is reached as ``./verify``.
    """

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command that the first two words name together, else the one of the first."""
        together = " ".join(args[:2])
        if together in self.commands:
            return together, self.commands[together], args[2:]
        return super().resolve_command(ctx, args)
