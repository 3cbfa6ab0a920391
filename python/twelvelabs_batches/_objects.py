"""Objects of other libraries that are taken in place of request models, as type checkers see them."""

from __future__ import annotations

import typing

__all__ = ["ObjectWithFields"]


class _Dataclass(typing.Protocol):
    __dataclass_fields__: typing.ClassVar[typing.Dict[str, typing.Any]]


class _PydanticModel(typing.Protocol):
    __pydantic_fields__: typing.ClassVar[typing.Dict[str, typing.Any]]


class _AttrsClass(typing.Protocol):
    __attrs_attrs__: typing.ClassVar[typing.Any]


class _MsgspecStruct(typing.Protocol):
    __struct_fields__: typing.ClassVar[typing.Tuple[str, ...]]


ObjectWithFields = typing.Union[_Dataclass, _PydanticModel, _AttrsClass, _MsgspecStruct]
"""A dataclass, a pydantic model, an attrs class or a msgspec struct."""
