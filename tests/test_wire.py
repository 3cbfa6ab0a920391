"""What goes out is what was given, whatever it is."""

import json
import typing

from hypothesis import given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import item
from servers import ScriptedServer, answer
from test_create import CREATED

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON: st.SearchStrategy[typing.Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None, max_examples=200)
@given(schema=st.dictionaries(TEXTS, JSON, max_size=5), prompt=TEXTS, start=st.floats(0, 1e9))
def test_requests_arrive_as_they_were_given(schema: dict[str, typing.Any], prompt: str, start: float) -> None:
    with ScriptedServer() as server, tb.BatchesClient("k", base_url=server.base_url) as client:
        server.plays(answer(201, CREATED))
        # Whatever it is: that it breaks rules is told elsewhere.
        client.create(
            request_options={"validate": False},
            model_name="pegasus1.5",
            analysis_mode="general",
            requests=[item(1, start_time=start)],
            defaults=tb.BatchDefaults(
                prompt={"input_text": prompt},
                response_format={"type": "json_schema", "json_schema": schema},
            ),
        )
        sent = json.loads(server.received[0].body)
    assert sent["defaults"]["response_format"]["json_schema"] == schema
    assert list(sent["defaults"]["response_format"]["json_schema"]) == list(schema)
    assert sent["defaults"]["prompt"] == {"input_text": prompt}
    assert sent["requests"][0]["start_time"] == start


@settings(deadline=None, max_examples=200)
@given(
    extra=st.dictionaries(TEXTS.filter(lambda name: name not in ("message", "code")), JSON, max_size=5),
    message=TEXTS,
)
def test_answers_are_given_as_they_arrived(extra: dict[str, typing.Any], message: str) -> None:
    row = {"task_id": "t", "custom_id": None, "status": "failed", "error": {"message": message, **extra}}
    body = json.dumps(row, ensure_ascii=len(message) % 2 == 0).encode() + b"\n"
    with ScriptedServer() as server, tb.BatchesClient("k", base_url=server.base_url) as client:
        server.plays(answer(200, body), total=1)
        (received,) = client.results("0" * 24)
    assert received.dict() == row
