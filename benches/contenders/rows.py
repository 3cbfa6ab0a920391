"""The rows of results as types of msgspec."""

from __future__ import annotations

import typing

import msgspec


class Usage(msgspec.Struct):
    """Tokens."""

    output_tokens: int
    input_tokens: typing.Optional[int] = None


class Data(msgspec.Struct):
    """An answer."""

    generation_id: str
    data: str
    finish_reason: str
    usage: Usage


class Error(msgspec.Struct):
    """Why there is none."""

    message: str
    code: typing.Optional[str] = None


class Row(msgspec.Struct):
    """One row."""

    task_id: str
    status: str
    custom_id: typing.Optional[str] = None
    data: typing.Optional[Data] = None
    error: typing.Optional[Error] = None


_DECODER = msgspec.json.Decoder(Row)

decode: typing.Callable[[bytes], Row] = _DECODER.decode
decode_lines: typing.Callable[[bytes], typing.List[Row]] = _DECODER.decode_lines
