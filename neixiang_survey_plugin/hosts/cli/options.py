"""A command with many options: each is a field of one dataclass, and is written down once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints


def with_options(command: Callable[..., None], options: type[Any]) -> Callable[..., None]:
    """A command to register whose parameter ``options`` is typed as options of their own.

    ``options`` is a dataclass of annotated options with defaults; on the screen they stand where
    the parameter stands. What the command raises goes through.
    """
    hints = get_type_hints(options, include_extras=True)
    typed = [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=one.default,
            annotation=hints[one.name],
        )
        for one in fields(options)
    ]
    shown: list[inspect.Parameter] = []
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
        shown += typed if parameter.name == "options" else own

    def call(**given: Any) -> None:
        chosen = {one.name: given.pop(one.name) for one in typed}
        command(**given, options=options(**chosen))

    vars(call)["__signature__"] = inspect.Signature(shown)
    call.__doc__ = command.__doc__
    return call
