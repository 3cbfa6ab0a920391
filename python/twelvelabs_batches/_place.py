"""Where files are put: whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import typing

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["Path", "Place"]

Path = typing.Union[str, "os.PathLike[str]"]

# On Windows line feeds would become something else.
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Place:
    """The path of a file that is being written beside it.

    What is there stays until the file is whole. A link stays one: the file that it leads
    to is replaced. What is no file, such as a pipe, is written to as it comes.

    Args:
        path: Where the file is to be.
        overwrite: Whether a file that is there is replaced.
        part: What the path of the unfinished file ends with, if it is to be found again;
            otherwise it has a name of its own.

    Raises:
        FileExistsError: There is a file, and it is not to be replaced.
        BlockingIOError: Another call is writing the unfinished file.
        OSError: No file can be put there.
    """

    def __init__(self, path: Path, *, overwrite: bool, part: typing.Optional[str] = None) -> None:
        self.path = os.path.expanduser(os.fsdecode(os.fspath(path)))
        self._overwrite = overwrite
        try:
            self._mode: typing.Optional[int] = os.stat(self.path).st_mode
        except FileNotFoundError:
            self._mode = None
        self._refuse(path)
        if not self.is_direct:
            # Not of a pipe: where links to one lead, such as /dev/stdout, is no path.
            self.path = os.path.realpath(self.path)
        if self.is_direct:
            self.part = self.path
            self.descriptor = os.open(self.path, os.O_WRONLY | _BINARY)
        elif part is not None:
            self.part = f"{self.path}{part}"
            self.descriptor = _open_locked(self.part)
        else:
            folder, name = os.path.split(self.path)
            self.part = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.part")
            # Made like this, it has the mode that `open` would give it.
            self.descriptor = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)

    def _refuse(self, path: Path) -> None:
        if self._mode is None:
            folder = os.path.dirname(os.path.realpath(self.path))
            if not self.path or not os.path.isdir(folder):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.path and folder)
        if stat.S_ISDIR(self._mode or 0) or not os.path.basename(self.path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
        if self._mode is None:
            return
        if not self._overwrite and not self.is_direct:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))

    @property
    def is_direct(self) -> bool:
        """Whether it is no file, such as a pipe, so that nothing can be put in its place."""
        return self._mode is not None and not stat.S_ISREG(self._mode)

    def write(self, data: bytes) -> None:
        """Writes all of it, through to the system."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self.descriptor, rest) :]

    def finish(self) -> None:
        """Puts the file in its place."""
        if self.is_direct:
            self.close()
            return
        if self._mode is not None:
            # As if the file that is there had been opened and written.
            _keep_mode(self.descriptor, self.part, self._mode)
        os.fsync(self.descriptor)
        if fcntl is None:
            self.close()
        if self._overwrite:
            os.replace(self.part, self.path)
        else:
            _put_new(self.part, self.path)
        self.close()
        _sync_folder(os.path.dirname(self.path))

    def close(self) -> None:
        """Lets the unfinished file go and leaves it where it is."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def discard(self) -> None:
        """Removes the unfinished file."""
        self.close()
        if not self.is_direct:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.part)


def _open_locked(part: str) -> int:
    """Opens an unfinished file for this call alone, where the system can tell."""
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
        if fcntl is None:
            return descriptor
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise BlockingIOError(errno.EAGAIN, "another call is writing this file", part) from error
        except OSError:
            return descriptor  # a file system that has no locks
        # Whoever had it may have put it in its place meanwhile.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), os.stat(part)):
                return descriptor
        os.close(descriptor)


def _keep_mode(descriptor: int, part: str, mode: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(mode))
    else:
        os.chmod(part, stat.S_IMODE(mode))


def _put_new(part: str, path: str) -> None:
    """Puts a file where none may be, not even one that came meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that has no links
        if os.path.exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        os.replace(part, path)
    else:
        os.unlink(part)


def _sync_folder(folder: str) -> None:
    if os.name != "posix":
        return
    # Not every file system can, and not every folder can be read. The file is in its place.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
