"""The foot of a terminal, where lines change in place."""

from __future__ import annotations

import atexit
import contextlib
import io
import logging
import os
import sys
import threading
import time
import typing

from rich.console import Console

from .guard import LOGGER
from .line import Look
from .tap import Tap, Write

if typing.TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Screen", "screen_on"]

_BETWEEN_TICKS = 0.2
_BETWEEN_DRAWS = 0.05
_SCREENS: typing.List[Screen] = []
_HELD: typing.List[Screen] = []


class Line(typing.Protocol):
    """What is drawn in one line."""

    def compose(self, width: int, look: Look, *, is_alone: bool) -> Text:
        """Composes what is to be seen now."""
        raise NotImplementedError


def screen_on(stream: typing.IO[str], console: typing.Optional[Console]) -> typing.Optional[Screen]:
    """The screen that draws on this stream, or a new one; none if lines cannot change there."""
    for screen in _SCREENS:
        if screen.stream is stream:
            return screen
    if console is None:
        console = Console(file=stream, force_jupyter=False, force_terminal=True)
    return None if console.legacy_windows else Screen(stream, console)


class Screen:
    """Draws the lines of all batches that are waited for, beneath whatever else is written."""

    def __init__(self, stream: typing.IO[str], console: Console) -> None:
        self.stream, self.console = stream, console
        self._look = _look_of(console)
        self._lock = threading.RLock()
        self._lines: typing.List[Line] = []
        self._taps: typing.List[Tap] = []
        self._write: Write = stream.write
        self._stop: typing.Optional[threading.Event] = None
        self._ticker: typing.Optional[threading.Thread] = None
        self._drawn: typing.List[str] = []
        self._drawn_at = -1.0
        self._is_at_start = self._is_alone = True

    def add(self, line: Line) -> None:
        """Begins to draw a line."""
        with self._lock:
            self._lines.append(line)
            self._is_alone = self._is_alone and len(self._lines) == 1
            if len(self._lines) == 1:
                self._begin()
            self._draw()

    def draw(self) -> None:
        """Draws what may have changed."""
        with self._lock:
            self._draw()

    def leave(self, line: Line, farewell: str = "", *, is_kept: bool = True) -> None:
        """Leaves a line as it is now seen, or nothing of it, and another below it."""
        with self._lock:
            if line not in self._lines:
                return
            try:
                last = self._render(line) if is_kept else ""
                self._lines.remove(line)
                self._erase()
                start = "" if self._is_at_start or not is_kept else "\n"
                self._emit("".join(f"{text}\n" for text in (start + last, farewell) if text))
                self._is_at_start = self._is_at_start or is_kept
                self._draw()
            finally:
                if line in self._lines:
                    self._lines.remove(line)
                ticker = None if self._lines else self._end()
        # It takes the lock only if it is free, but may hold it.
        if ticker is not None and ticker is not threading.current_thread():
            ticker.join()

    def abandon(self) -> None:
        """Leaves all lines as they are."""
        for line in list(self._lines):
            with contextlib.suppress(Exception):
                self.leave(line)

    def before_fork(self) -> None:
        """Finishes what is being drawn."""
        self._lock.acquire()

    def after_fork(self) -> None:
        """Draws on."""
        self._lock.release()

    def forget(self) -> None:
        """Draws no more, in a process that was forked from the one that does."""
        self._lock = threading.RLock()
        self._ticker = None
        self._lines.clear()
        self._drawn.clear()
        self._end()

    def _begin(self) -> None:
        self._write = self.stream.write
        # The latter two, for whatever stands before them.
        streams = (self.stream, sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
        for stream in {id(each): each for each in streams}.values():
            if isinstance(stream, io.TextIOWrapper) and not stream.closed and stream.isatty():
                self._taps.append(Tap(stream, self._pass))
        _SCREENS.append(self)
        self._stop = threading.Event()
        self._ticker = threading.Thread(
            target=self._tick, args=(self._stop,), name="twelvelabs-progress", daemon=True
        )
        self._ticker.start()

    def _end(self) -> typing.Optional[threading.Thread]:
        """Ends all but the thread, which may have to be waited for."""
        if self._stop is not None:
            self._stop.set()
        for tap in reversed(self._taps):
            tap.close()
        self._taps.clear()
        if self in _SCREENS:
            _SCREENS.remove(self)
        ticker, self._ticker = self._ticker, None
        return ticker

    def _tick(self, stop: threading.Event) -> None:
        """Draws as time passes; in a thread of its own."""
        while not stop.wait(_BETWEEN_TICKS):
            if is_edited(self.stream) or not self._lock.acquire(blocking=False):
                continue
            try:
                self._draw()
            except Exception as error:  # noqa: BLE001 - nobody would hear of it here
                logging.getLogger(LOGGER).debug("progress is shown no longer: %r", error)
                self._lines.clear()
                self._end()
            finally:
                self._lock.release()

    def _pass(self, stream: typing.IO[str], write: Write, text: str) -> int:
        """Writes what somebody else writes, above the lines."""
        with self._lock:
            if not self._lines or not text:
                return write(text)
            with contextlib.suppress(OSError, ValueError):
                self._erase()
            try:
                return write(text)
            finally:
                self._is_at_start = text.endswith(("\n", "\r"))
                if self._is_at_start and time.monotonic() - self._drawn_at >= _BETWEEN_DRAWS:
                    with contextlib.suppress(OSError, ValueError):
                        stream.flush()
                        self._draw()

    def _draw(self) -> None:
        # Where somebody has begun a line, it is theirs until it ends.
        if not self._lines or not self._is_at_start:
            return
        height = max(1, self.console.size.height - 1)
        lines = [self._render(line) for line in self._lines[-height:]]
        if lines != self._drawn:
            start = self._to_start()
            # Before it is written: whoever interrupts that is to find it.
            self._drawn, self._drawn_at = lines, time.monotonic()
            self._emit(start + "\x1b[K\n".join(lines) + "\x1b[J")

    def _erase(self) -> None:
        if self._drawn:
            self._emit(self._to_start() + "\x1b[J")
            self._drawn = []

    def _to_start(self) -> str:
        above = len(self._drawn) - 1
        return f"\r\x1b[{above}A" if above > 0 else "\r"

    def _render(self, line: Line) -> str:
        # A terminal goes to the next line when it echoes what interrupts in its last columns.
        width = self.console.size.width - len("^C") - 1
        text = line.compose(width, self._look, is_alone=self._is_alone)
        with self.console.capture() as captured:
            self.console.print(text, end="", soft_wrap=True)
        return captured.get()

    def _emit(self, text: str) -> None:
        self._write(text)
        self.stream.flush()


def is_edited(stream: typing.IO[str]) -> bool:
    """Whether somebody types at a prompt there, such as that of an interpreter or a debugger."""
    if sys.platform == "win32":
        return False
    import termios  # noqa: PLC0415 - not everywhere

    try:
        mode: int = termios.tcgetattr(stream.fileno())[3]
    except (OSError, ValueError, termios.error):
        return False
    # Whoever lets lines be edited takes the keys one by one.
    return not mode & termios.ICANON


def _look_of(console: Console) -> Look:
    has_blocks = True
    try:
        "━█░…".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        has_blocks = False
    return Look(has_color=console.color_system is not None and not console.no_color, has_blocks=has_blocks)


def _before_fork() -> None:
    for screen in _SCREENS.copy():
        screen.before_fork()
        _HELD.append(screen)


def _after_fork() -> None:
    while _HELD:
        _HELD.pop().after_fork()


def _forget_all() -> None:
    _HELD.clear()
    for screen in _SCREENS.copy():
        screen.forget()


def _abandon_all() -> None:
    for screen in _SCREENS.copy():
        screen.abandon()


atexit.register(_abandon_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_forget_all)
