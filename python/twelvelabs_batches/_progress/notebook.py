"""A card in a notebook."""

from __future__ import annotations

import datetime
import time
import typing

from .._display import parts
from .figures import Clock, Figures, Pace, call_again, clock_text, rate_text, rest_text, trouble_text

if typing.TYPE_CHECKING:
    from .._native import AnalyzeBatchStatusResponse

__all__ = ["Card"]

_BETWEEN_DRAWS = 0.25


class Display(typing.Protocol):
    """A place in the output of a cell, as IPython has it."""

    def display(self, bundle: typing.Dict[str, str], *, raw: bool) -> object:
        """Puts something there."""

    def update(self, bundle: typing.Dict[str, str], *, raw: bool) -> object:
        """Puts something else there."""


class Card:
    """A card of plain HTML, put in place of itself by its display id: no widgets, no scripts."""

    def __init__(self, batch_id: str, clock: Clock = time.monotonic, *, noun: str = "batch") -> None:
        self._batch_id, self._pace, self._noun = batch_id, Pace(clock), noun
        self._figures: typing.Optional[Figures] = None
        self._display: typing.Optional[Display] = None
        self._drawn_at = 0.0
        self._is_drawn = True

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Shows a state; not more often than can be followed."""
        self._figures = self._pace.see(batch)
        self._is_drawn = False
        if self._display is None or self._pace.clock() - self._drawn_at >= _BETWEEN_DRAWS:
            self._draw()

    def trouble(self, error: BaseException) -> None:
        """Shows that a look has failed."""
        self._draw(trouble_text(error), "failed")

    def interrupt(self) -> None:
        """Leaves the card, and says how to go on."""
        self._draw("Stopped waiting; the batch goes on.", "warning", call_again(self._batch_id))

    def close(self) -> None:
        """Leaves the card as it was last told."""
        if not self._is_drawn:
            self._draw()

    def _draw(self, note: str = "", kind: str = "", call: str = "") -> None:
        self._is_drawn, self._drawn_at = True, self._pace.clock()
        bundle = {
            "text/plain": self._tell(f"{note} To wait again: {call}" if call else note),
            "text/html": self._compose(note, kind, call),
        }
        if self._display is not None:
            self._display.update(bundle, raw=True)
            return
        # This is loaded by whatever runs notebooks.
        from IPython.display import DisplayHandle  # noqa: PLC0415

        # Before it is shown: whoever interrupts that is to find it.
        make: typing.Any = DisplayHandle
        display: Display = make()
        self._display = display
        display.display(bundle, raw=True)

    def _tell(self, note: str) -> str:
        state = self._figures.sentence(self._pace.clock()) if self._figures else "waiting"
        return f"{self._noun} {self._batch_id}: {state}{f'. {note}' if note else ''}"

    def _compose(self, note: str, kind: str, call: str) -> str:
        told = parts.note(note, kind=kind) if note else None
        following = parts.next_step(call) if call else None
        figures = self._figures
        if figures is None:
            return str(parts.card(parts.head(self._noun.capitalize(), self._batch_id), told, following))
        numbers = [("ready", figures.ready), ("failed", figures.failed), ("canceled", figures.canceled)]
        numbers += [("processing", figures.processing)]
        queued = figures.total - sum(count for _, count in numbers)
        numbers += [("queued", max(0, queued))]
        side = f"{figures.ended:,} of {figures.total:,}"
        return str(
            parts.card(
                parts.head(self._noun.capitalize(), self._batch_id, figures.status, side),
                parts.bar(numbers, figures.total),
                parts.counts([each for each in numbers if each[1] or each[0] in {"ready", "failed"}]),
                parts.facts(*self._facts(figures)),
                told,
                following,
            )
        )

    def _facts(self, figures: Figures) -> typing.Iterator[typing.Tuple[str, typing.Optional[str]]]:
        now = self._pace.clock()
        remaining, rate = figures.remaining(now), figures.per_minute
        ours = "took" if figures.is_terminal else "elapsed"
        yield "watched" if figures.is_watched else ours, clock_text(figures.elapsed(now))
        yield "rate", None if rate is None else rate_text(rate)
        yield "left", None if remaining is None else rest_text(remaining).removesuffix(" left")
        # The card stands still between two looks, which may be a minute.
        looked = datetime.datetime.now().astimezone()
        yield "looked at", None if figures.is_terminal else f"{looked:%H:%M:%S}"
