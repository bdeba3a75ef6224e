"""Who wants to know of a change, in the order in which they asked."""

from __future__ import annotations

from collections.abc import Callable

from neixiang_survey_plugin.app.session.events import SurveyEvent

Listener = Callable[[SurveyEvent], None]


class Listeners:
    """Listeners of a survey; one that stops listening while an event is told hears no more."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener everything from now on; the call that comes back ends it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def tell(self, event: SurveyEvent) -> None:
        """Tell everybody who listens."""
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(event)
