"""Rows that were lost: inputs of `results`."""

from __future__ import annotations

import contextlib
import json
import signal
import typing

from defects import GOOD, Case, Make, Play, chunked, head, lines, results_of, row, whole, zipped
from servers import Cut, answer


def middle(line: bytes | dict[str, typing.Any], show: typing.Any = None) -> Play:
    """Three rows, the second of which is this line."""
    kwargs = {"show": show} if show else {}
    return results_of(whole(lines(row(1), line, row(3))), max_retries=0, **kwargs)


def spliced(character: str) -> bytes:
    """A row whose text holds a character as it is."""
    data = {**row(2)["data"], "data": f"a{character}b"}
    return json.dumps(row(2, data=data), ensure_ascii=False).encode() + b"\n"


def deviating(part: str, **fields: typing.Any) -> dict[str, typing.Any]:
    """A row with an analysis of other fields; `None` leaves one out."""
    data = {**row(2)["data"], **fields}
    data = {name: value for name, value in data.items() if value is not ...}
    return row(2, **{part: data})


def without(name: str) -> dict[str, typing.Any]:
    return {key: value for key, value in row(2).items() if key != name}


ALL = "v-1, v-2, v-3"
REFUSED_ROW = "v-1, MalformedRowError (row 2), v-3"
TWICE = f"{ALL}; 2 requests"
PRETTY = json.dumps(row(1), indent=2).encode()
TORN = lines(row(1)) + lines(row(2))[:40]
DEEP = b'{"task_id": "%s", "custom_id": "v-2", "status": "queued", "x": %s}\n' % (
    b"2" * 24,
    b"[" * 5000 + b"]" * 5000,
)
DAMAGED = zipped(lines(row(1), row(2), row(3)))
DAMAGED = DAMAGED[:-8] + bytes([DAMAGED[-8] ^ 1]) + DAMAGED[-7:]


class Alarm(Exception):
    """Raised by a signal handler."""


def interrupt(make: Make, server: typing.Any) -> str:
    """Alarms go off while rows are read; who reads goes on after each."""
    count = 20_000
    server.plays([whole(lines(*(row(n) for n in range(count))))], total=count)
    face = make(server)
    raised = [0]

    def ring(*_: object) -> None:
        raised[0] += 1
        raise Alarm

    previous = signal.signal(signal.SIGALRM, ring)
    caught = 0
    rows = 0
    try:
        results = face.results("6b0000000000000000000001")
        while True:
            try:
                # It goes off once, so never while another one is caught.
                signal.setitimer(signal.ITIMER_REAL, 0.005)
                for _ in results:
                    rows += 1
                signal.setitimer(signal.ITIMER_REAL, 0)
                break
            except Alarm:
                caught += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    told = "every one raised" if caught == raised[0] > 0 else "some swallowed"
    return f"{told}; {'every row' if rows == count else 'rows lost'}"


def throw(make: Make, server: typing.Any) -> str:
    server.plays([GOOD], total=3)
    results = make(server).results("6b0000000000000000000001")
    next(results)
    try:
        results.throw(ValueError("mine"))
    except ValueError:
        return "it comes out"
    except AttributeError:
        results.close()
        return "there is no `throw`; what a loop's body raises comes out"
    finally:
        with contextlib.suppress(Exception):
            results.close()
    return "it is swallowed"


def text_of(item: typing.Any) -> str:
    return str(item.data.data) if item.custom_id == "v-2" else str(item.custom_id)


def part(read: typing.Callable[[typing.Any], typing.Any]) -> typing.Callable[[typing.Any], str]:
    return lambda item: repr(read(item)) if item.task_id.endswith("2") else str(item.custom_id)


CASES = [
    Case(1, "a malformed line in the middle", middle(b'{"task_id": oops}\n'), REFUSED_ROW),
    *(
        Case(2, f"{name} as it is, inside a text", middle(spliced(character)), ALL)
        for name, character in [("U+2028", "\u2028"), ("U+2029", "\u2029"), ("U+0085", "\x85")]
    ),
    Case(3, "a carriage return between tokens", middle(lines(row(2)).replace(b", ", b",\r")), ALL),
    Case(4, "a byte order mark at the start", results_of(whole(b"\xef\xbb\xbf" + lines(row(1), row(2), row(3)))), ALL),
    Case(5, "`task_id` missing", middle(without("task_id")), REFUSED_ROW),
    Case(5, "`status` missing", middle(without("status")), REFUSED_ROW),
    Case(5, "a number as `custom_id`", middle(row(2, custom_id=7), part(lambda item: item.custom_id)), "v-1, '7', v-3"),
    *(
        Case(5, f"`{name}` missing", middle(deviating("data", **{name: ...}), part(lambda item, name=name: getattr(item.data, name))), "v-1, None, v-3")  # type: ignore[misc]
        for name in ("generation_id", "usage", "finish_reason")
    ),
    Case(5, "`output_tokens` missing", middle(deviating("data", usage={}), part(lambda item: item.data.usage.output_tokens)), "v-1, None, v-3"),
    Case(5, "`output_tokens` 1.5", middle(deviating("data", usage={"output_tokens": 1.5}), part(lambda item: item.data.usage.output_tokens)), "v-1, 1.5, v-3"),
    Case(5, "an object as text", middle(deviating("data", data={"a": 1}), part(lambda item: item.data.data)), "v-1, {'a': 1}, v-3"),
    Case(5, "null as text", middle(deviating("data", data=None), part(lambda item: item.data.data)), "v-1, None, v-3"),
    Case(5, "an error without message", middle(row(2, status="failed", error={}, data=None), part(lambda item: item.error.message)), "v-1, None, v-3"),
    Case(5, "a text as error", middle(row(2, status="failed", error="broken", data=None), part(lambda item: item.error)), "v-1, 'broken', v-3"),
    Case(6, 'a line `{"error": …}` in mid-stream', middle({"error": {"code": "c", "message": "m"}}), "v-1, MalformedRowError (row 2), v-3, IncompleteResultsError (2 of 3)"),
    Case(7, "an HTML page", results_of(answer(200, b"<html><body>Hi</body></html>", {"content-type": "text/html"})), "UnexpectedBodyError"),
    Case(7, "a JSON array", results_of(whole(json.dumps([row(1), row(2), row(3)]).encode())), "UnexpectedBodyError"),
    Case(7, '`{"data": […]}`', results_of(whole(json.dumps({"data": [row(1)]}).encode())), "UnexpectedBodyError"),
    Case(7, "a pretty-printed row", results_of(whole(PRETTY), total=1), "UnexpectedBodyError"),
    Case(7, "two objects on a line", middle(lines(row(2)).strip() + lines(row(3))), "v-1, MalformedRowError (row 2), v-3"),
    Case(7, "an empty body", results_of(whole(b"")), "IncompleteResultsError (0 of 3); 3 requests"),
    Case(7, "status 204", results_of(b"HTTP/1.1 204 No Content\r\n\r\n"), "IncompleteResultsError (0 of 3); 3 requests"),
    Case(8, "a body without length or chunks that is cut, whole on the next request", results_of([head("connection: close") + TORN, Cut], [GOOD]), TWICE),
    Case(9, "chunks in order whose last line is cut, whole on the next request", results_of([chunked(TORN) + b"0\r\n\r\n"], [GOOD]), TWICE),
    Case(10, "truncated gzip inside intact framing, whole on the next request", results_of([whole(zipped(lines(row(1), row(2), row(3)))[:-30], "content-encoding: gzip")], [GOOD]), TWICE),
    Case(11, "gzip of two members", results_of(whole(zipped(lines(row(1))) + zipped(lines(row(2), row(3))), "content-encoding: gzip")), ALL),
    Case(12, "gzip with a wrong checksum", results_of(whole(DAMAGED, "content-encoding: gzip")), "v-1, v-2, v-3, UnexpectedBodyError"),
    Case(13, "`content-encoding: br`", results_of(whole(bytes(byte ^ 0x55 for byte in lines(row(1), row(2), row(3))), "content-encoding: br")), "UnexpectedBodyError"),
    Case(14, "a byte that is no UTF-8", middle(lines(row(2)).replace(b"text", b"te\xe9t"), text_of), REFUSED_ROW),
    Case(15, "5,000 levels of nesting in an unknown field", middle(DEEP), REFUSED_ROW),
    Case(16, "alarms raise while rows are read", interrupt, "every one raised; every row", only="sync"),
    Case(17, "`throw(ValueError)` into the iterator", throw, "there is no `throw`; what a loop's body raises comes out", only="sync"),
    Case(18, "a complete answer with two of three rows, always", results_of(whole(lines(row(1), row(2)))), "v-1, v-2, IncompleteResultsError (2 of 3); 3 requests"),
]  # fmt: skip
