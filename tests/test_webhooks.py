"""Webhooks: delivered by the emulator to a real server, checked by the client's own code."""

from __future__ import annotations

import contextlib
import http.client
import os
import pathlib
import runpy
import signal
import subprocess
import sys
import threading
import typing
import urllib.parse

import pytest

import twelvelabs_batches as tb
from receivers import ReceivingServer
from twelvelabs_batches import BatchesClient, Emulator, webhooks

ROOT = pathlib.Path(__file__).parent.parent
SECRET = "whsec of a test"
REQUESTS: typing.Any = [{"video": {"type": "asset_id", "asset_id": "6a" + "0" * 22}}]
PROMPT: typing.Any = {"prompt": {"input_text": "Sum up."}}
QUICK: typing.Dict[str, typing.Any] = {"speed": 0, "queue_seconds": 20, "item_seconds": (30, 30)}


def client_of(platform: Emulator) -> BatchesClient:
    return BatchesClient(api_key=platform.api_key, base_url=platform.base_url)


def create(client: BatchesClient) -> str:
    created = client.create(
        model_name="pegasus1.5", analysis_mode="general", requests=REQUESTS, defaults=PROMPT
    )
    return created.batch_id


def receive(server: ReceivingServer, place: int = -1) -> webhooks.WebhookEvent:
    arrived = server.arrived[place]
    return webhooks.unwrap(arrived.body, arrived.headers, SECRET)


def test_completion_is_delivered() -> None:
    with (
        ReceivingServer() as server,
        Emulator(webhooks=[server.url], webhook_secret=SECRET, **QUICK) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        platform.advance(seconds=49)
        assert client.retrieve(batch_id).webhooks is None
        assert server.arrived == []
        platform.advance(seconds=1)
        batch = client.retrieve(batch_id)
        assert batch.webhooks == [tb.AnalyzeTaskWebhookInfo(url=server.url, delivered=True, attempts=1)]
        event = receive(server)
        assert event.type == "analyze.batch.completed"
        assert (event.is_batch, event.batch_id, event.status) == (True, batch_id, "completed")
        assert event.created_at == batch.completed_at
        assert event.data["ready_items"] == 1
        assert platform.stats()["webhooks_delivered"] == 1


def test_a_failed_delivery_is_tried_again() -> None:
    with (
        ReceivingServer(500, 500, 200) as server,
        Emulator(webhooks=server.url, webhook_secret=SECRET, webhook_pause_seconds=60, **QUICK) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        told = []
        for seconds in (50, 59, 1, 119, 1):
            platform.advance(seconds=seconds)
            (webhook,) = client.retrieve(batch_id).webhooks or []
            told.append((webhook.attempts, webhook.delivered, webhook.last_error))
        busy = "the endpoint answered 500"
        assert told == [(1, False, busy)] * 2 + [(2, False, busy)] * 2 + [(3, True, None)]
        events = [receive(server, place) for place in range(3)]
        assert len(set(events)) == 1


def test_a_delivery_that_never_succeeds_is_given_up() -> None:
    with (
        ReceivingServer(404) as server,
        Emulator(webhooks=[server.url], webhook_attempts=3, **QUICK) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        platform.advance(days=2)
        (webhook,) = client.retrieve(batch_id).webhooks or []
        assert (webhook.delivered, webhook.attempts) == (False, 3)
        assert webhook.last_error == "the endpoint answered 404"
        assert len(server.arrived) == 3


def test_a_hanging_receiver_blocks_nobody() -> None:
    with (
        ReceivingServer(0) as server,
        Emulator(webhooks=[server.url], webhook_timeout_seconds=3600, **QUICK) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        moving = threading.Thread(target=platform.advance, kwargs={"seconds": 50})
        moving.start()
        server.came.wait()
        batch = client.retrieve(batch_id)
        assert (batch.status, batch.webhooks) == ("completed", None)
        platform.close()
        moving.join()


def test_a_hanging_receiver_is_given_up() -> None:
    with (
        ReceivingServer(0, 204) as server,
        Emulator(webhooks=[server.url], webhook_timeout_seconds=0.05, **QUICK) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        platform.advance(seconds=50)
        (webhook,) = client.retrieve(batch_id).webhooks or []
        assert webhook.last_error == "the endpoint did not answer within 0.05 seconds"
        platform.advance(seconds=10)
        (webhook,) = client.retrieve(batch_id).webhooks or []
        assert (webhook.delivered, webhook.attempts, webhook.last_error) == (True, 2, None)


def test_waiting_for_a_receiver_can_be_interrupted() -> None:
    def interrupt() -> None:
        server.came.wait()
        os.kill(os.getpid(), signal.SIGINT)

    with (
        ReceivingServer(0) as server,
        Emulator(webhooks=[server.url], webhook_timeout_seconds=3600, **QUICK) as platform,
        client_of(platform) as client,
    ):
        create(client)
        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            platform.advance(hours=1)
        thread.join()


def test_cancellation_and_expiry_are_told() -> None:
    slow = {**QUICK, "item_seconds": (1e6, 1e6), "webhook_event_type": "batch.{status}"}
    with (
        ReceivingServer() as server,
        Emulator(webhooks=[server.url], webhook_secret=SECRET, **slow) as platform,
        client_of(platform) as client,
    ):
        canceled = create(client)
        client.cancel(canceled)
        platform.advance(seconds=1)
        assert (receive(server).type, receive(server).batch_id) == ("batch.canceled", canceled)
        expired = create(client)
        platform.advance(hours=24)
        assert (receive(server).type, receive(server).batch_id) == ("batch.expired", expired)
        assert [batch.webhooks is not None for batch in client.list()] == [True, True]


def test_each_address_can_have_a_secret() -> None:
    with (
        ReceivingServer() as one,
        ReceivingServer() as other,
        Emulator(webhooks={one.url: "one", other.url: None}, webhook_secret=SECRET, **QUICK) as platform,
        client_of(platform) as client,
    ):
        create(client)
        platform.advance(seconds=50)
        assert receive(other) == webhooks.unwrap(one.arrived[0].body, one.arrived[0].headers, ["x", b"one"])
        with pytest.raises(webhooks.WebhookSignatureError):
            receive(one)


def test_time_that_passes_by_itself_delivers_as_well() -> None:
    with (
        ReceivingServer() as server,
        Emulator(webhooks=[server.url], webhook_secret=SECRET, speed=10_000) as platform,
        client_of(platform) as client,
    ):
        batch_id = create(client)
        server.came.wait()
        assert receive(server).batch_id == batch_id


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "http://example.com/hook", "http://192.168.0.1/", "hook"]
)
def test_only_this_machine_is_told(url: str) -> None:
    with pytest.raises(tb.EmulatorError, match="must be addresses on this machine"):
        Emulator(webhooks=[url])


@pytest.mark.parametrize(
    "url",
    ["http://user:hidden@127.0.0.1:9/", "http://hidden@localhost:9/", "http://user:hidden@:x/", "a:hidden@b"],
)
def test_a_user_in_an_address_is_refused_without_being_shown(url: str) -> None:
    for given in ([url], {url: "a secret"}):
        with pytest.raises(tb.EmulatorError, match="without a user name or password") as caught:
            Emulator(webhooks=given)
        assert "hidden" not in f"{caught.value!s} {caught.value!r} {vars(caught.value)}"


def test_the_command_line_takes_addresses() -> None:
    command = [sys.executable, "-m", "twelvelabs_batches", "emulator", "--webhooks"]
    run = subprocess.run(
        [*command, "http://example.com/"], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 2
    assert "on this machine" in " ".join(run.stderr.split())


def post(url: str, length: str | None) -> int:
    """The status of a request with no body that says this length."""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    with contextlib.closing(connection):
        connection.putrequest("POST", address.path)
        if length is not None:
            connection.putheader("Content-Length", length)
        connection.endheaders()
        return connection.getresponse().status


def test_the_example_keeps_the_last_events_only(monkeypatch: pytest.MonkeyPatch) -> None:
    example: typing.Any = runpy.run_path(str(ROOT / "examples" / "webhook_receiver.py"))["Receiver"]
    monkeypatch.setitem(example.is_new.__globals__, "MOST_SEEN", 3)
    example.seen = {}
    receiver = example.__new__(example)
    assert receiver.timeout == 10
    assert [receiver.is_new(event) for event in ("a", "a", "b", "c", "a", "d")] == [
        True,
        False,
        True,
        True,
        False,
        True,
    ]
    assert list(example.seen) == ["b", "c", "d"]


def test_the_example_receives(tmp_path: pathlib.Path) -> None:
    environment = {**os.environ, "TWELVELABS_WEBHOOK_SECRET": SECRET}
    command = [sys.executable, str(ROOT / "examples" / "webhook_receiver.py"), "0"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as receiver:
        try:
            assert receiver.stdout is not None
            assert receiver.stderr is not None
            url = receiver.stdout.readline().strip()
            with (
                Emulator(webhooks=[url], webhook_secret=SECRET, **QUICK) as platform,
                client_of(platform) as client,
            ):
                batch_id = create(client)
                platform.advance(seconds=50)
                assert [webhook.delivered for webhook in client.retrieve(batch_id).webhooks or []] == [True]
            line = receiver.stdout.readline()
            assert line == f"analyze.batch.completed: batch {batch_id} is completed\n"
            with Emulator(webhooks={url: "another"}, **QUICK) as platform, client_of(platform) as client:
                batch_id = create(client)
                platform.advance(seconds=50)
                (webhook,) = client.retrieve(batch_id).webhooks or []
                assert webhook.last_error == "the endpoint answered 400"
            assert receiver.stderr.readline().startswith("refused: no signature fits the body")
            for length, status in (
                (None, 411),
                ("", 400),
                ("-1", 400),
                ("+1", 400),
                ("1_0", 400),
                ("many", 400),
                ("\u00b2", 400),
                ("1048577", 413),
                ("9" * 5000, 413),
            ):
                assert post(url, length) == status
        finally:
            receiver.terminate()
