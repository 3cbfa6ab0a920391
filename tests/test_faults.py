"""Trouble on request, met through both faces."""

import os
import subprocess
import sys
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit

QUICK: typing.Dict[str, typing.Any] = {"backoff_factor": 0.001, "timeout": 5}


@pytest.fixture
def quick(make_face: MakeFace, platform: tb.Emulator) -> Face:
    return make_face(platform, **QUICK)


def finish(face: Face, platform: tb.Emulator, count: int = 5) -> str:
    """A batch whose items have ended."""
    batch_id = submit(face, count).batch_id
    platform.advance(hours=2)
    return batch_id


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 500, "body": "<html>", "headers": {"content-type": "text/html"}},
        {"status": 429, "headers": {"retry-after": "0"}},
        {"cut": "reset"},
        {"cut": "close", "executed": False},
        {"cut": "reset", "after_rows": 2},
        {"cut": "close", "after_bytes": 700},
        {"cut": "close", "after_rows": 3, "framing": "close"},
        {"cut": "polite", "after_rows": 1},
        {"cut": "polite", "after_bytes": 100, "framing": "length"},
        {"cut": "polite", "after_rows": 0, "framing": "close"},
        {"missing_row": 2},
        {"duplicate_row": 4},
        {"shuffled": True},
        {"coding": "gzip"},
        {"coding": "gzip-members"},
        {"coding": "gzip-truncated"},
        {"drip": 0.001, "slice": 11},
        {"stall": 0.05, "after_rows": 2},
        {"latency": 0.05, "slow_headers": 0.005},
        {"torn_row": 5, "cut": "polite", "after_rows": 4},
    ],
    ids=str,
)
def test_results_come_whole_through_trouble(
    quick: Face, platform: tb.Emulator, fault: typing.Dict[str, typing.Any]
) -> None:
    batch_id = finish(quick, platform)
    platform.inject(on="results", **fault)
    rows = quick.rows(batch_id)
    assert sorted(row.custom_id or "" for row in rows) == [f"v-{n}" for n in range(5)]
    assert platform.stats()["faults_met"] == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"coding": "gzip-corrupt"}, tb.TwelveLabsError),
        ({"coding": "gzip-checksum"}, tb.UnexpectedBodyError),
        ({"coding": "unknown"}, tb.UnexpectedBodyError),
        ({"torn_row": 2}, tb.MalformedRowError),
        ({"corrupt_row": 2}, tb.MalformedRowError),
        ({"error_row": 2}, tb.MalformedRowError),
        ({"body": "<html>gateway</html>", "headers": {"content-type": "text/html"}}, tb.UnexpectedBodyError),
        ({"redirect": "http://127.0.0.1:1/"}, tb.ApiError),
        ({"stall": 30.0, "after_rows": 1}, tb.IncompleteResultsError),
        ({"cut": "polite", "after_rows": 1, "times": None}, tb.IncompleteResultsError),
        ({"cut": "reset", "after_rows": 1, "times": None}, tb.IncompleteResultsError),
        ({"down": 0.5}, tb.TransportError),
    ],
    ids=str,
)
def test_or_the_trouble_is_told(
    make_face: MakeFace,
    platform: tb.Emulator,
    fault: typing.Dict[str, typing.Any],
    error: typing.Type[tb.TwelveLabsError],
) -> None:
    face = make_face(platform, backoff_factor=0.001, timeout=0.3, max_retries=0)
    batch_id = finish(face, platform)
    platform.inject(on="results", **fault)
    with pytest.raises(error):
        face.rows(batch_id)


@pytest.mark.parametrize(
    "fault",
    [
        {"cut": "close"},
        {"cut": "reset"},
        {"status": 502, "executed": True, "body": "<h1>Bad gateway</h1>"},
        {"status": 500, "executed": True},
        {"status": 500, "executed": False},
        {"cut": "polite"},
        {"cut": "close", "after_bytes": 20},
    ],
    ids=str,
)
def test_a_batch_is_never_made_twice(
    quick: Face, platform: tb.Emulator, fault: typing.Dict[str, typing.Any]
) -> None:
    platform.inject(on="create", **fault)
    if fault.get("executed") is False:
        with pytest.raises(tb.CreateOutcomeUnknownError):
            submit(quick, 3)
        assert platform.stats()["batches_created"] == 0
    else:
        created = submit(quick, 3)
        assert [item.custom_id for item in created.items] == ["v-0", "v-1", "v-2"]
        assert platform.stats()["batches_created"] == 1
    assert platform.stats()["requests"]["create"] == 1


def test_a_refusal_that_proves_nothing_was_made_is_tried_again(quick: Face, platform: tb.Emulator) -> None:
    platform.inject(on="create", status=429, times=1)
    platform.inject(on="create", status=503, times=1)
    submit(quick, 3)
    assert platform.stats()["requests"]["create"] == 3
    assert platform.stats()["batches_created"] == 1


def test_down_and_up(quick: Face, platform: tb.Emulator) -> None:
    batch_id = finish(quick, platform)
    platform.go_down()
    with pytest.raises(tb.ConnectError):
        quick.retrieve(batch_id)
    platform.come_up()
    assert quick.retrieve(batch_id).batch_id == batch_id


def test_faults_from_the_start_and_taken_back() -> None:
    with tb.Emulator(
        speed=0, faults=["on=list,status=418,times=none", {"on": "retrieve", "status": 401}]
    ) as platform:
        client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
        with pytest.raises(tb.ApiError):
            client.list()
        with pytest.raises(tb.UnauthorizedError):
            client.retrieve("6b0000000000000000000001")
        assert platform.stats()["faults_waiting"] == 1
        platform.clear_faults()
        assert list(client.list()) == []


def test_faults_that_do_not_fit(platform: tb.Emulator) -> None:
    inject = typing.cast("typing.Callable[..., None]", platform.inject)
    with pytest.raises(tb.EmulatorError, match='did you mean "status"'):
        inject(statsu=500)
    with pytest.raises(tb.EmulatorError, match="one of any, create"):
        inject(on="creates", status=500)
    with pytest.raises(tb.EmulatorError, match="nothing says what befalls"):
        inject()
    with pytest.raises(tb.ValidationError, match=r"status: a JSON value is expected, not object"):
        inject(status=object())
    with pytest.raises(tb.EmulatorError, match="words such as"):
        tb.Emulator(faults=["status"])
    with pytest.raises(tb.ValidationError, match="a dict or a str is expected, not int"):
        tb.Emulator(faults=typing.cast("typing.Any", [1]))
    with pytest.raises(tb.ValidationError, match="faults: a list is expected, not str"):
        tb.Emulator(faults="status=500")
    assert platform.stats()["faults_waiting"] == 0


def test_faults_from_the_command_line() -> None:
    command = [sys.executable, "-m", "twelvelabs_batches", "emulator"]
    flags = [
        "--fault",
        "on=list,status=503,code=tired,times=none",
        "--fault",
        '{"on": "retrieve", "status": 404}',
    ]
    with subprocess.Popen(
        [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        assert run.stdout is not None
        client = tb.BatchesClient("emulator", base_url=run.stdout.readline().strip(), max_retries=0)
        with pytest.raises(tb.ServiceUnavailableError) as caught:
            client.list()
        assert caught.value.code == "tired"
        run.terminate()
    refused = subprocess.run([*command, "--fault", "on=nowhere"], capture_output=True, text=True, timeout=60)
    assert refused.returncode == 2
    assert "one of any, create" in refused.stderr


PLUGIN_TEST = """
import os
import pytest
import twelvelabs_batches as tb

def count(client):
    return len(list(client.list()))

def test_the_environment_names_it(twelvelabs_emulator):
    assert os.environ["TWELVELABS_BASE_URL"] == twelvelabs_emulator.base_url
    assert count(tb.BatchesClient()) == 0

@pytest.mark.twelvelabs_emulator(api_key="mine", faults=["on=list,status=404"])
def test_options(twelvelabs_emulator):
    assert twelvelabs_emulator.api_key == "mine"
    with pytest.raises(tb.NotFoundError):
        count(tb.BatchesClient())

@pytest.mark.twelvelabs_emulator(seed=1, api_key="outer")
class TestNear:
    @pytest.mark.twelvelabs_emulator(api_key="inner")
    def test_the_nearest_marker_wins(self, twelvelabs_emulator):
        assert twelvelabs_emulator.api_key == "inner"
        twelvelabs_emulator.inject(on="list", status=500, times=None)

def test_it_is_fresh_for_each_test(twelvelabs_emulator):
    assert twelvelabs_emulator.stats()["faults_waiting"] == 0
    assert twelvelabs_emulator.now == twelvelabs_emulator.now, "time stands still"
"""


def test_the_fixture_for_the_tests_of_others(tmp_path: typing.Any) -> None:
    (tmp_path / "test_mine.py").write_text(PLUGIN_TEST)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--strict-markers",
        "-p",
        "no:cacheprovider",
        "-W",
        "error",
        "-q",
    ]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=100, env={**os.environ}
    )
    assert "4 passed" in run.stdout, run.stdout + run.stderr
    shown = subprocess.run(
        [*command[:3], "--markers"], cwd=tmp_path, capture_output=True, text=True, timeout=100
    )
    assert "twelvelabs_emulator(**options)" in shown.stdout
