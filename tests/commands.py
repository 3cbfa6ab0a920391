"""The command line: called in this process, as one of its own, and as people see it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
import typing

from click.testing import CliRunner, Result

from twelvelabs_batches._cli import command

if typing.TYPE_CHECKING:
    import signal

    from faces import Target

COMMAND = [sys.executable, "-m", "twelvelabs_batches"]
_NOT_TAKEN = {"NO_COLOR", "FORCE_COLOR", "CI"}
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def environment(target: Target | None, **more: str) -> dict[str, str]:
    """The variables of a process that reaches a platform."""
    variables = {name: value for name, value in os.environ.items() if name not in _NOT_TAKEN}
    variables |= {"COLUMNS": "120", "TERM": "xterm-256color", **more}
    if target is not None:
        variables |= {"TWELVE_LABS_API_KEY": target.api_key, "TWELVELABS_BASE_URL": target.base_url}
    return variables


def invoke(target: Target | None, *arguments: str, stdin: bytes | str | None = None) -> Result:
    """Calls it in this process, without a terminal."""
    given = (
        {}
        if target is None
        else {"TWELVE_LABS_API_KEY": target.api_key, "TWELVELABS_BASE_URL": target.base_url}
    )
    return CliRunner().invoke(
        command, list(arguments), input=stdin, env=given, prog_name="twelvelabs-batches"
    )


def run(target: Target | None, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs it as a process of its own, without a terminal."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=environment(target, **more),
        check=False,
    )


def interrupt(target: Target, number: signal.Signals, *arguments: str) -> tuple[int, str, str]:
    """Sends a signal to a command that waits for a batch; what it ends with and puts out."""
    with subprocess.Popen(
        [*COMMAND, *arguments, "--debug"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(target),
    ) as process:
        assert process.stderr is not None
        while "retrieve" not in process.stderr.readline():
            pass
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=30)
    return process.returncode, stdout, stderr


class Terminal:
    """A terminal with the program in it, or another."""

    def __init__(
        self,
        target: Target | None,
        *arguments: str,
        columns: int = 120,
        program: typing.Sequence[str] = COMMAND,
        **more: str,
    ) -> None:
        self._end, inner = pty.openpty()
        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment(target, COLUMNS=str(columns), **more),
            start_new_session=True,
        )
        os.close(inner)
        self.raw = ""

    def read_until(self, told: str, timeout: float = 60) -> str:
        """Reads until something stands on the screen."""
        deadline = time.monotonic() + timeout
        while told not in self.screen:
            if not self._read(deadline):
                self._fail(f"{told!r} never came")
        return self.screen

    def type(self, text: str) -> None:
        """Types something."""
        os.write(self._end, text.encode())

    def finish(self, timeout: float = 60) -> tuple[int, str]:
        """Waits for its end; what it ended with, and what stood on the screen."""
        deadline = time.monotonic() + timeout
        while self._read(deadline):
            pass
        os.close(self._end)
        return self.process.wait(timeout), self.screen

    @property
    def screen(self) -> str:
        """What was written, without colours and movements."""
        return _ESCAPES.sub("", self.raw).replace("\r\n", "\n")

    def _fail(self, message: str) -> typing.NoReturn:
        self.process.kill()
        self.process.wait()
        os.close(self._end)
        raise AssertionError(f"{message}:\n{self.screen}")

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            self._fail("nothing came in time")
        try:
            piece = os.read(self._end, 65536)
        except OSError:  # the other end was closed
            return False
        self.raw += piece.decode("utf-8", "replace")
        return bool(piece)
