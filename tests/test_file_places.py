"""Where files of results go: disks, modes, links, and files that are there already."""

import errno
import os
import pathlib
import pickle
import signal
import stat
import subprocess
import sys
import threading

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit
from filed import FILES, in_folder, named, path_for, posix, read_ids, rows_of
from servers import ScriptedServer, answer
from test_columns import ready_row
from test_results import BATCH_ID, head, lines
from whole import call, whole


@posix
@pytest.mark.parametrize("verb", FILES)
def test_a_full_disk_is_told(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    import resource

    path = path_for(tmp_path, verb)
    server.plays(
        answer(200, lines(*[ready_row(number, os.urandom(2000).hex()) for number in range(200)])), total=200
    )
    results = make_face(server).results(BATCH_ID)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            call(results, verb, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert not path.exists()
    with pytest.raises(tb.StreamClosedError):
        call(results, verb, path)
    assert whole(make_face(server), BATCH_ID, verb, path) == 200
    assert len(read_ids(path)) == 200
    assert in_folder(tmp_path) == {path.name}


@posix
@pytest.mark.parametrize("verb", FILES)
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_modes_are_those_that_open_gives(face: Face, tmp_path: pathlib.Path, verb: str, mask: int) -> None:
    batch_id = submit(face).batch_id
    path = path_for(tmp_path, verb)
    before = os.umask(mask)
    try:
        with (tmp_path / "other").open("w"):
            pass
        for target in (face.results(batch_id), tb.ResultList()):
            call(target, verb, path) if not isinstance(target, tb.ResultList) else getattr(target, verb)(path)
            assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)
            path.unlink()
        path.touch()
        path.chmod(0o640)
        whole(face, batch_id, verb, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640, "as that of the file that was there"
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("verb", FILES)
def test_links_and_pipes_stay(face: Face, tmp_path: pathlib.Path, verb: str) -> None:
    batch_id = submit(face).batch_id
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link, target = tmp_path / "link", path_for(folder, verb)
    link.symlink_to(target)
    for _ in range(2):  # the target is made, then replaced
        assert whole(face, batch_id, verb, link) == 2
        assert link.is_symlink()
        assert read_ids(target) == named(2)
        assert in_folder(folder) == {target.name}
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(pipe.read_bytes()))
    reader.start()
    assert whole(face, batch_id, verb, pipe) == 2
    reader.join(30)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    if verb != "to_parquet":
        assert told == [target.read_bytes()]
    assert whole(face, batch_id, verb, os.devnull, overwrite=False) == 2


@posix
@pytest.mark.parametrize("verb", FILES)
def test_standard_output_is_written_to(tmp_path: pathlib.Path, verb: str) -> None:
    path = path_for(tmp_path, verb)
    rows = tb.ResultList([tb.BatchResultItem.model_validate(ready_row(number)) for number in range(2)])
    getattr(rows, verb)(path)
    script = (
        "import pickle, sys; rows = pickle.load(sys.stdin.buffer); "
        f"assert rows.{verb}('/dev/stdout', overwrite=False) == 2"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=pickle.dumps(rows), capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == path.read_bytes()


@posix
@pytest.mark.parametrize("verb", FILES)
def test_a_folder_that_cannot_be_read_is_written_to(
    tmp_path: pathlib.Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_any = os.open

    def open_files(path: str, flags: int, *rest: int) -> int:
        if pathlib.Path(path).is_dir():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return open_any(path, flags, *rest)

    monkeypatch.setattr(os, "open", open_files)
    path = path_for(tmp_path, verb)
    assert getattr(tb.ResultList(), verb)(path) == 0
    assert in_folder(tmp_path) == {path.name}


@pytest.mark.parametrize("verb", FILES)
def test_what_cannot_be_a_file_is_told_before_anything_is_sent(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays(answer(200, rows_of(1)), total=1)
    face = make_face(server)
    path = path_for(tmp_path, verb)
    path.write_text("mine")
    results = face.results(BATCH_ID)
    for target, settings, error in (
        (path, {"overwrite": False}, FileExistsError),
        (tmp_path, {}, IsADirectoryError),
        (tmp_path / "no" / "where", {}, FileNotFoundError),
        (f"{tmp_path}/new/", {}, IsADirectoryError),
        (f"{path}/", {}, NotADirectoryError),
        ("", {}, FileNotFoundError),
        (5, {}, TypeError),
    ):
        with pytest.raises(error) as caught:
            call(results, verb, target, **settings)
        assert error is TypeError or str(target) in str(caught.value) or error is FileNotFoundError
    assert path.read_text() == "mine"
    assert in_folder(tmp_path) == {path.name}
    assert face.name == "sync" or server.received == []
    assert call(results, verb, os.fsencode(path)) == 1
    assert call(face.results(BATCH_ID), verb, str(tmp_path / "new"), overwrite=False) == 1


@pytest.mark.parametrize("verb", FILES)
def test_a_file_that_comes_meanwhile_is_not_replaced_unasked(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    path, gate = path_for(tmp_path, verb), threading.Event()
    server.plays([head(f"content-length: {len(rows_of(1))}"), gate, rows_of(1)], total=1)
    results = make_face(server).results(BATCH_ID)
    told: list[BaseException] = []

    def write() -> None:
        try:
            call(results, verb, path, overwrite=False)
        except FileExistsError as error:
            told.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    assert server.arrived.acquire(timeout=30)
    path.write_text("mine")
    gate.set()
    thread.join(30)
    assert len(told) == 1
    assert path.read_text() == "mine"


@posix
def test_two_calls_do_not_write_one_file(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path
) -> None:
    path, gate = tmp_path / "rows.jsonl", threading.Event()
    server.plays(
        [head(f"content-length: {len(rows_of(2))}"), rows_of(1), gate, rows_of(2)[len(rows_of(1)) :]],
        answer(200, rows_of(2)),
        total=2,
    )
    face = make_face(server)
    results = face.results(BATCH_ID)
    thread = threading.Thread(target=lambda: call(results, "to_jsonl", path))
    thread.start()
    part = tmp_path / f"rows.jsonl.{BATCH_ID}.part"
    # Only when something is in it, it is surely taken.
    while thread.is_alive() and not (part.exists() and part.stat().st_size):
        thread.join(0.01)
    with pytest.raises(BlockingIOError, match="another call is writing this file"):
        whole(face, BATCH_ID, "to_jsonl", path)
    gate.set()
    thread.join(30)
    assert read_ids(path) == named(2)
