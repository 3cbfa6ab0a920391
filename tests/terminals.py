"""Programs in a terminal, and what is seen there."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import textwrap
import typing

if typing.TYPE_CHECKING:
    import pathlib

# Colours aside, this is all that is understood; anything else is a mistake.
TOKENS = re.compile(r"\x1b\[(\d*)([AJK])|\x1b\[[\d;]*m|(\r)|(\n)|([^\x00-\x1f\x7f]+)|([\x00-\x1f\x7f])")

# The terminal is that of the program, so that Ctrl-C reaches it.
BEGINNING = """
import faulthandler, fcntl, sys, termios
# Far above what it takes, so that only a hang is told.
faulthandler.dump_traceback_later(60, exit=True)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
import twelvelabs_batches as tb

def create(client, count=5):
    requests = [{"video": {"type": "asset_id", "asset_id": f"{n:024x}"}, "custom_id": f"v-{n}"} for n in range(count)]
    return client.create(
        model_name="pegasus1.5", analysis_mode="general",
        defaults={"prompt": {"input_text": "Who speaks?"}}, requests=requests,
    ).batch_id

platform = tb.Emulator(speed=0, seed=1)
client = tb.BatchesClient(platform.api_key, base_url=platform.base_url, backoff_factor=0.001)
QUICK = {"poll_interval": 0.01, "progress": True}

def advance(batch):
    "The next look sees something else."
    while not batch.is_terminal and client.retrieve(batch.batch_id) == batch:
        platform.advance(seconds=5)
"""


def seen(written: str, columns: int = 100) -> list[str]:
    """The lines that a terminal shows after this was written to it."""
    lines: list[list[str]] = [[]]
    row = column = 0
    for match in TOKENS.finditer(written):
        count, verb, back, down, text, other = match.groups()
        assert other is None, (match, written)
        if verb == "A":
            row = max(0, row - int(count or 1))
        elif verb in {"J", "K"}:
            assert not count
            del lines[row][column:]
            if verb == "J":
                del lines[row + 1 :]
        elif back:
            column = 0
        elif down:
            row += 1
            lines.extend([] for _ in range(row + 1 - len(lines)))
        for each in text or "":
            if column == columns:
                row, column = row + 1, 0
                lines.insert(row, [])
            lines[row].extend(" " * (column - len(lines[row])))
            lines[row][column : column + 1] = [each]
            column += 1
    return ["".join(line).rstrip() for line in lines]


class Terminal:
    """A terminal in which a program runs."""

    def __init__(
        self,
        script: str,
        *,
        columns: int = 100,
        stdout: pathlib.Path | None = None,
        **environment: str | None,
    ) -> None:
        self.columns = columns
        self.written = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        aside = {"CI", "NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR", "COLORTERM"}
        settings = {name: value for name, value in os.environ.items() if name not in aside}
        for name, value in {"TERM": "xterm-256color", "PYTHONUTF8": "1", **environment}.items():
            settings.pop(name, None)
            if value is not None:
                settings[name] = value
        with stdout.open("wb") if stdout else os.fdopen(os.dup(slave), "wb") as out:
            self._program = subprocess.Popen(
                [sys.executable, "-c", BEGINNING + textwrap.dedent(script)],
                stdin=slave,
                stdout=out,
                stderr=slave,
                start_new_session=True,
                env=settings,
            )
        os.close(slave)

    def read_until(self, pattern: str) -> None:
        """Reads on until something was written, which may be in several colours."""
        while not re.search(pattern, re.sub(r"\x1b\[[\d;]*m", "", self.written)):
            assert self._read(), self.written

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def finish(self) -> int:
        """Reads all that is written until the program ends; its exit status."""
        while self._read():
            pass
        os.close(self._master)
        return self._program.wait()

    def seen(self) -> list[str]:
        return seen(self.written, self.columns)

    def _read(self) -> bool:
        try:
            piece = os.read(self._master, 65536)
        except OSError:  # the way Linux tells that nobody is there to write
            return False
        self.written += self._decoder.decode(piece)
        return bool(piece)


def show(script: str, **settings: typing.Any) -> tuple[list[str], str]:
    """What is seen of a program that succeeds, and all that it has written."""
    terminal = Terminal(script, **settings)
    assert terminal.finish() == 0, terminal.written
    return terminal.seen(), terminal.written
