"""A platform whose time goes on by itself, in steps, while something waits for it."""

from __future__ import annotations

import threading

from twelvelabs_batches import Emulator

# Often enough that no test takes long; how often does not decide whether it passes.
STEP = 0.002


class Mover:
    """Moves the time of a platform, so many seconds at a step, in a thread of its own."""

    def __init__(self, platform: Emulator, seconds: float) -> None:
        self.platform, self.seconds = platform, seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._move)

    def _move(self) -> None:
        while not self._stop.wait(STEP):
            self.platform.advance(seconds=self.seconds)

    def __enter__(self) -> Mover:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
