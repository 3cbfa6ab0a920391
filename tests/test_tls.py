"""TLS: who is trusted, and what is told of those who are not."""

from __future__ import annotations

import datetime
import os
import socket
import subprocess
import sys
import threading
import typing

import pytest

import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS
from secure import Authority, SecureServer
from servers import ScriptedServer, answer
from test_list import BATCH

if typing.TYPE_CHECKING:
    import pathlib

    from faces import MakeFace

HOST = "127.0.0.1"
LONG_AGO = datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)
CLASSES = [tb.BatchesClient, tb.AsyncBatchesClient]


@pytest.fixture(autouse=True)
def _no_certificates_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def authority(tmp_path: pathlib.Path) -> Authority:
    """A CA that nobody knows."""
    return Authority(tmp_path)


@pytest.fixture
def secured(authority: Authority) -> typing.Iterator[SecureServer]:
    """A server that can prove who it is."""
    with SecureServer(authority.context(HOST, "localhost")) as running:
        running.plays(answer(200, BATCH))
        yield running


@pytest.fixture
def stranger(tmp_path: pathlib.Path) -> Authority:
    """Another CA."""
    folder = tmp_path / "stranger"
    folder.mkdir()
    return Authority(folder)


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_authority_is_refused(make_face: MakeFace, secured: SecureServer, call: str) -> None:
    face = make_face(secured, max_retries=1, backoff_factor=0.001)
    with pytest.raises(tb.ConnectError, match="invalid peer certificate: UnknownIssuer"):
        CALLS[call](face)
    assert secured.received == []


def test_a_bundle_is_trusted(make_face: MakeFace, secured: SecureServer, authority: Authority) -> None:
    for given in (authority.path, str(authority.path)):
        assert make_face(secured, ca_bundle=given).retrieve(BATCH_ID).batch_id == BATCH["batch_id"]
    assert secured.received[0].header("x-api-key") == secured.api_key


def test_a_bundle_of_several_is_trusted(
    make_face: MakeFace, secured: SecureServer, authority: Authority, stranger: Authority
) -> None:
    path = stranger.path.with_name("both.pem")
    path.write_bytes(b"# these\n" + stranger.pem + b"\n# and those\n" + authority.pem)
    make_face(secured, ca_bundle=path).retrieve(BATCH_ID)


def test_a_bundle_is_all_that_is_trusted(
    make_face: MakeFace,
    secured: SecureServer,
    authority: Authority,
    stranger: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    with pytest.raises(tb.ConnectError, match="UnknownIssuer"):
        make_face(secured, ca_bundle=stranger.path, max_retries=0).retrieve(BATCH_ID)
    assert secured.received == []


def test_a_file_of_the_environment_is_trusted(
    make_face: MakeFace, secured: SecureServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    make_face(secured).retrieve(BATCH_ID)
    assert len(secured.received) == 1


def test_a_folder_of_the_environment_is_trusted(
    make_face: MakeFace,
    secured: SecureServer,
    authority: Authority,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "0123abcd.0").write_bytes(authority.pem)
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    make_face(secured).retrieve(BATCH_ID)


def test_a_file_of_the_environment_is_trusted_from_the_start(
    secured: SecureServer, authority: Authority
) -> None:
    script = (
        f"import twelvelabs_batches as tb; client = tb.BatchesClient('k', base_url={secured.base_url!r})\n"
        f"print(client.retrieve({BATCH_ID!r}).batch_id)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "SSL_CERT_FILE": str(authority.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == BATCH["batch_id"]


@pytest.mark.parametrize("content", ["", "garbage"])
def test_a_useless_file_of_the_environment_makes_nobody_trusted(
    make_face: MakeFace,
    secured: SecureServer,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str,
) -> None:
    path = tmp_path / "useless.pem"
    path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(tb.TwelveLabsError):
        make_face(secured, max_retries=0).retrieve(BATCH_ID)
    assert secured.received == []


def test_another_name_is_refused(make_face: MakeFace, authority: Authority) -> None:
    with SecureServer(authority.context("localhost", "other.example")) as server:
        server.plays(answer(200, BATCH))
        face = make_face(server, ca_bundle=authority.path, max_retries=0)
        with pytest.raises(tb.ConnectError, match='certificate not valid for name "127'):
            face.retrieve(BATCH_ID)
        assert server.received == []


def test_an_expired_certificate_is_refused(make_face: MakeFace, authority: Authority) -> None:
    with SecureServer(authority.context(HOST, not_after=LONG_AGO)) as server:
        server.plays(answer(200, BATCH))
        face = make_face(server, ca_bundle=authority.path, max_retries=0)
        with pytest.raises(tb.ConnectError, match="certificate expired"):
            face.retrieve(BATCH_ID)
        assert server.received == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        (b"", "there is no certificate in it; a PEM file is expected"),
        (b"garbage", "there is no certificate in it; a PEM file is expected"),
        (b"\xff\xfe\x00\x01" * 1000, "there is no certificate in it; a PEM file is expected"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "certificate"),
        (b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", "invalid certificate encoding"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "there is no certificate in it"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "BadEncoding"),
    ],
    ids=["missing", "empty", "garbage", "binary", "cut", "not-base64", "a-key", "not-x509"],
)
def test_a_bundle_that_is_none_is_named(
    make_face: MakeFace, secured: SecureServer, tmp_path: pathlib.Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "bundle.pem"
    if content is not None:
        path.write_bytes(content)
    face = make_face(secured, ca_bundle=path)
    with pytest.raises(tb.ValidationError) as caught:
        face.retrieve(BATCH_ID)
    assert caught.value.path == "ca_bundle"
    assert str(caught.value).startswith(f"ca_bundle: {path}: ")
    assert told in str(caught.value)
    assert secured.received == []


def test_a_bundle_that_was_missing_is_read_when_it_is_there(
    make_face: MakeFace, secured: SecureServer, authority: Authority, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "later.pem"
    face = make_face(secured, ca_bundle=path)
    with pytest.raises(tb.ValidationError, match="No such file"):
        face.retrieve(BATCH_ID)
    path.write_bytes(authority.pem)
    face.retrieve(BATCH_ID)


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize("given", [3, b"/etc/ssl/cert.pem", True, ["a.pem"]])
def test_a_bundle_of_another_type_is_refused(
    make: type[tb.BatchesClient | tb.AsyncBatchesClient], given: typing.Any
) -> None:
    with pytest.raises(tb.ValidationError, match="ca_bundle: the path of a file is expected"):
        make("k", ca_bundle=given)


class Blunt:
    """Answers whatever is said to it with the same bytes, and hangs up."""

    api_key = "k"

    def __init__(self, words: bytes) -> None:
        self._words = words
        self._socket = socket.create_server((HOST, 0))
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def base_url(self) -> str:
        return f"https://{HOST}:{self._socket.getsockname()[1]}/v1.3"

    def __enter__(self) -> Blunt:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(65536))
                connection.sendall(self._words)


@pytest.mark.parametrize(
    "words",
    [
        b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        b"SSH-2.0-X\r\n",
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x00" * 100,
        b"",
    ],
    ids=["refusal", "success", "ssh", "alert", "zeros", "nothing"],
)
@pytest.mark.parametrize("call", CALLS)
def test_whoever_does_not_speak_tls_is_refused(make_face: MakeFace, words: bytes, call: str) -> None:
    with Blunt(words) as server, pytest.raises(tb.ConnectError, match="cannot connect: "):
        CALLS[call](make_face(server, max_retries=1, backoff_factor=0.001))
    assert len(server.heard) == 2, "it was tried twice: nothing had been sent"
    for heard in server.heard:
        assert heard.startswith(b"\x16\x03"), "only the beginning of a handshake was said"
        assert b"x-api-key" not in heard


def test_plain_http_to_who_speaks_tls(make_face: MakeFace, secured: SecureServer) -> None:
    address = secured.base_url.replace("https:", "http:")
    with pytest.raises(tb.TransportError):
        make_face(secured, base_url=address, max_retries=0).retrieve(BATCH_ID)


def test_connections_are_used_again(make_face: MakeFace, secured: SecureServer, authority: Authority) -> None:
    face = make_face(secured, ca_bundle=authority.path)
    calls = 30
    for _ in range(calls):
        face.retrieve(BATCH_ID)
    assert len(secured.received) == calls
    # When a connection is free again is a matter of time. One thread listens.
    assert len(secured._threads) - 1 < calls / 2


def test_plain_servers_need_no_bundle(
    make_face: MakeFace, server: ScriptedServer, authority: Authority
) -> None:
    server.plays(answer(200, BATCH))
    make_face(server, ca_bundle=authority.path).retrieve(BATCH_ID)
    assert len(server.received) == 1
