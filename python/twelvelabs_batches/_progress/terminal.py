"""A bar in a terminal."""

from __future__ import annotations

import sys
import time
import typing

from rich.text import Text

from .figures import Clock, Figures, Pace, farewell, trouble_text
from .line import Look, compose
from .screen import Screen, screen_on

if typing.TYPE_CHECKING:
    from rich.console import Console

    from .._native import AnalyzeBatchStatusResponse

__all__ = ["Bar", "open_bar"]

_SHORT = 6


def open_bar(batch_id: str, console: typing.Optional[Console]) -> typing.Optional[Bar]:
    """A bar on this console or on standard error, if bars can be drawn there."""
    screen = screen_on(sys.stderr if console is None else console.file, console)
    return None if screen is None else Bar(batch_id, screen)


class Bar:
    """One line that changes, and stays as it was at the end."""

    def __init__(self, batch_id: str, screen: Screen, clock: Clock = time.monotonic) -> None:
        self._batch_id, self._screen, self._pace = batch_id, screen, Pace(clock)
        self._figures: typing.Optional[Figures] = None
        self._trouble = ""
        self._is_left = True

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Shows a state."""
        self._figures, self._trouble = self._pace.see(batch), ""
        if self._is_left:
            self._begin()
        else:
            self._screen.draw()

    def trouble(self, error: BaseException) -> None:
        """Shows that a look has failed."""
        self._trouble = trouble_text(error)
        self._screen.draw()

    def interrupt(self) -> None:
        """Leaves the bar, and says how to go on."""
        self._is_left = True
        self._screen.leave(self, farewell(self._batch_id))

    def close(self) -> None:
        """Leaves the bar."""
        self._is_left = True
        self._screen.leave(self)

    def drop(self) -> None:
        """Leaves nothing of the bar."""
        self._is_left = True
        self._screen.leave(self, is_kept=False)

    def _begin(self) -> None:
        """Draws the bar, perhaps again: who stopped waiting may wait on."""
        # Meanwhile others may have begun to draw there.
        self._screen = screen_on(self._screen.stream, self._screen.console) or self._screen
        self._is_left = False
        self._screen.add(self)

    def compose(self, width: int, look: Look, *, is_alone: bool) -> Text:
        """Composes what is to be seen now."""
        if self._figures is None:
            return Text(self._batch_id)
        return compose(
            self._figures,
            name=""
            if is_alone
            else f"…{self._batch_id[-_SHORT:]}"
            if look.has_blocks
            else self._batch_id[-_SHORT:],
            trouble=self._trouble,
            now=self._pace.clock(),
            width=width,
            look=look,
        )
