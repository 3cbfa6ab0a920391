"""OpenTelemetry spans, where the user's program has loaded it."""

from __future__ import annotations

import contextlib
import sys
import typing

if typing.TYPE_CHECKING:
    from types import TracebackType

_WITH_ID = {
    "retrieve": "batch_id",
    "results": "batch_id",
    "wait": "batch_id",
    "as_completed": "batch_id",
    "cancel": "batch_id",
    "delete": "batch_id",
    "retrieve_task": "task_id",
    "retrieve_asset": "asset_id",
}
_ELSEWHERE = {"retrieve_task": "tasks.retrieve", "retrieve_asset": "assets.retrieve"}


class _Span(typing.ContextManager[None]):
    """The span of one call. What fails in it is recorded with its facts."""

    def __init__(self, trace: typing.Any, verb: str, attributes: typing.Dict[str, typing.Any]) -> None:
        name = _ELSEWHERE.get(verb, f"batches.{verb}")
        self._trace, self._name, self._attributes = trace, f"twelvelabs.{name}", attributes

    def __enter__(self) -> None:
        self._context = self._trace.get_tracer("twelvelabs_batches").start_as_current_span(
            self._name, kind=self._trace.SpanKind.CLIENT, attributes=self._attributes
        )
        self._span = self._context.__enter__()

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> typing.Any:
        if error is not None:
            facts = {
                "error.type": type(error).__name__,
                "http.response.status_code": getattr(error, "status_code", None),
                "twelvelabs.attempts": getattr(error, "attempts", None),
            }
            for name, value in facts.items():
                if value is not None:
                    self._span.set_attribute(name, value)
        return self._context.__exit__(kind, error, traceback)


NOTHING: typing.ContextManager[None] = contextlib.nullcontext()


def span(verb: str, base_url: str, arguments: typing.Tuple[typing.Any, ...]) -> typing.ContextManager[None]:
    """The span of a call. Whoever traces has imported OpenTelemetry; it is not imported here."""
    trace = sys.modules.get("opentelemetry.trace")
    # While it is being imported by another thread, it is there in part.
    if not hasattr(trace, "get_tracer") or not hasattr(trace, "SpanKind"):
        return NOTHING
    attributes = {"twelvelabs.call": _ELSEWHERE.get(verb, verb), "url.full": base_url}
    if verb in _WITH_ID and isinstance(arguments[0], str):
        attributes[f"twelvelabs.{_WITH_ID[verb]}"] = arguments[0]
    return _Span(trace, verb, attributes)
