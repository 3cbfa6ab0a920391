"""Every call of the API, by its name."""

from __future__ import annotations

import typing

from faces import Face, submit

BATCH_ID = "6b0000000000000000000001"

Call = typing.Callable[[Face], object]

CALLS: typing.Dict[str, Call] = {
    "create": submit,
    "list": lambda face: face.list(),
    "retrieve": lambda face: face.retrieve(BATCH_ID),
    "results": lambda face: face.rows(BATCH_ID),
    "cancel": lambda face: face.cancel(BATCH_ID),
    "delete": lambda face: face.delete(BATCH_ID),
}

BY_ID: typing.Dict[str, typing.Callable[[Face, str], object]] = {
    "retrieve": lambda face, batch_id: face.retrieve(batch_id),
    "results": lambda face, batch_id: face.rows(batch_id),
    "cancel": lambda face, batch_id: face.cancel(batch_id),
    "delete": lambda face, batch_id: face.delete(batch_id),
}

UNARY = [name for name in CALLS if name != "results"]
