"""The scenarios of Google's storage retry tests, played to both faces.

`tests/data/README.md` says where they come from.
"""

import json
import pathlib
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit

DATA = pathlib.Path(__file__).parent / "data" / "retry" / "google_storage.json"
SCENARIOS: list[dict[str, typing.Any]] = json.loads(DATA.read_text())["retryTests"]
Faults = list[dict[str, typing.Any]]


def fault(instruction: str) -> dict[str, typing.Any]:
    """What the emulator does where the storage test bench does this."""
    what, _, after = instruction.removeprefix("return-").partition("-after-")
    if what == "reset-connection":
        return {"cut": "reset"}
    if what == "broken-stream":
        return {"cut": "close", "after_bytes": int(after.removesuffix("K") or 0) * 1024 if after else 100}
    return {"status": int(what)}


def cases(*names: str) -> list[typing.Any]:
    return [
        pytest.param(
            [fault(word) for word in case["instructions"]], id=f"{scenario['id']}:{case['instructions']}"
        )
        for scenario in SCENARIOS
        if scenario["description"] in names
        for case in scenario["cases"]
    ]


def test_every_scenario_is_played() -> None:
    assert {scenario["description"] for scenario in SCENARIOS} == {
        *IDEMPOTENT,
        *UNREPEATABLE,
        *REFUSED,
        *STREAMS,
    }


IDEMPOTENT = (
    "always_idempotent",
    "conditionally_idempotent_retries_when_precondition_is_present",
    "resumable_uploads_handle_complex_retries",
)
UNREPEATABLE = ("conditionally_idempotent_no_retries_when_precondition_is_absent", "non_idempotent")
REFUSED = ("non-retryable errors", "mix_retryable_non_retryable_errors")
STREAMS = ("downloads_handle_complex_retries",)
CALLS = ("retrieve", "list", "results", "cancel", "delete")


def call(face: Face, verb: str, batch_id: str) -> None:
    if verb == "list":
        face.all(face.list())
    elif verb == "results":
        assert len(face.rows(batch_id)) == 2
    else:
        getattr(face, verb)(batch_id)


@pytest.fixture
def quick(make_face: MakeFace, platform: tb.Emulator) -> Face:
    return make_face(platform, backoff_factor=0.001)


def begin(face: Face, platform: tb.Emulator, verb: str) -> str:
    batch_id = submit(face).batch_id
    if verb == "delete":
        platform.advance(hours=1)
    return batch_id


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("faults", cases(*IDEMPOTENT))
def test_calls_that_may_be_repeated_succeed(
    quick: Face, platform: tb.Emulator, verb: str, faults: Faults
) -> None:
    batch_id = begin(quick, platform, verb)
    for trouble in faults:
        platform.inject(on=verb, **trouble)  # type: ignore[arg-type]
    call(quick, verb, batch_id)
    stats = platform.stats()
    assert stats["faults_waiting"] == 0
    assert stats["requests"][verb] == len(faults) + 1


@pytest.mark.parametrize("faults", cases(*UNREPEATABLE))
def test_a_create_is_not_repeated_unless_nothing_was_made(
    quick: Face, platform: tb.Emulator, faults: Faults
) -> None:
    for trouble in faults:
        # A gateway's 503, not the platform's own, which says that nothing was made.
        body: dict[str, typing.Any] = {"body": "busy"} if "status" in trouble else {}
        platform.inject(on="create", **trouble, **body)
    if faults == [{"cut": "reset"}]:
        assert submit(quick).total_items == 2, "it was made, and found"
        assert platform.stats()["batches_created"] == 1
    else:
        with pytest.raises(tb.CreateOutcomeUnknownError):
            submit(quick)
        assert platform.stats()["batches_created"] == 0
    assert platform.stats()["requests"]["create"] == 1


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("faults", cases(*REFUSED))
def test_what_is_refused_for_good_is_raised(
    quick: Face, platform: tb.Emulator, verb: str, faults: Faults
) -> None:
    batch_id = begin(quick, platform, verb)
    for trouble in faults:
        platform.inject(on=verb, **trouble)  # type: ignore[arg-type]
    with pytest.raises((tb.BadRequestError, tb.UnauthorizedError)) as caught:
        call(quick, verb, batch_id)
    assert caught.value.attempts == len(faults) == platform.stats()["requests"][verb]


@pytest.mark.parametrize("faults", cases(*STREAMS))
def test_broken_streams_are_resumed(quick: Face, platform: tb.Emulator, faults: Faults) -> None:
    count = 500
    batch_id = submit(quick, count).batch_id
    platform.advance(hours=5)
    for trouble in faults:
        platform.inject(on="results", **trouble)
    assert len({row.task_id for row in quick.rows(batch_id)}) == count
    assert platform.stats()["requests"]["results"] == len(faults) + 1
