"""This client's validation and the emulator's judge the same requests, and were written apart."""

from __future__ import annotations

import http.client
import json
import typing
import urllib.parse

import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from random_requests import arguments

MALFORMED = {400, 422}

# What the defaults say does not go together, and no item takes it.
UNTAKEN = {
    "model_name": "pegasus1.5",
    "analysis_mode": "general",
    "defaults": {"prompt": {"input_text": "a"}, "end_time": 0},
    "requests": [{"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}, "end_time": 61}],
}


class Judges:
    """A client, and an emulator that is asked without it."""

    def __init__(self, platform: tb.Emulator) -> None:
        self.client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
        self._address = urllib.parse.urlsplit(platform.base_url)
        self._headers = {"x-api-key": platform.api_key, "content-type": "application/json"}

    def refuses(self, body: dict[str, typing.Any]) -> typing.Optional[str]:
        """What the emulator has against a request, if anything."""
        connection = http.client.HTTPConnection(self._address.netloc, timeout=30)
        try:
            connection.request(
                "POST", f"{self._address.path}/analyze/batches", json.dumps(body), self._headers
            )
            answer = connection.getresponse()
            told = answer.read().decode()
        finally:
            connection.close()
        assert answer.status == 201 or answer.status in MALFORMED, told
        return told if answer.status in MALFORMED else None

    def check(self, body: dict[str, typing.Any]) -> tb.CheckReport:
        """What the client has against it."""
        return self.client.check(**body)


@pytest.fixture(scope="module")
def judges() -> typing.Iterator[Judges]:
    # Neither the quota nor the length of videos that nobody knows is judged here.
    with tb.Emulator(speed=0, max_active_batches=2**31, max_hours=1e300) as platform:
        yield Judges(platform)


def judge(judges: Judges, body: dict[str, typing.Any]) -> None:
    report, refusal = judges.check(body), judges.refuses(body)
    note(f"the client: {report}")
    note(f"the emulator: {refusal}")
    assert report.ok == (refusal is None)
    assert bool(report.violations) == (refusal is not None)


@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(body=arguments())
@example(body=UNTAKEN)
def test_both_judge_alike(judges: Judges, body: dict[str, typing.Any]) -> None:
    judge(judges, body)


@settings(max_examples=100, deadline=None)
@given(count=st.sampled_from([0, 1, 2, 999, 1000, 1001]), repeats=st.booleans())
def test_both_count_alike(judges: Judges, count: int, repeats: bool) -> None:
    requests: list[typing.Any] = [
        {"video": {"type": "asset_id", "asset_id": f"{n:024x}"}, "custom_id": f"v-{n}"} for n in range(count)
    ]
    if repeats and requests:
        requests[-1]["custom_id"] = "v-0"
    judge(
        judges,
        {
            "model_name": "pegasus1.5",
            "analysis_mode": "general",
            "defaults": {"prompt": {"input_text": "Sum up."}},
            "requests": requests,
        },
    )
