"""The model classes as types of pydantic: only its users import this."""

from __future__ import annotations

import datetime
import re
import typing

import pydantic
import pydantic_core
from pydantic_core import core_schema as cs

from . import _native, types
from .errors import ValidationError

__all__ = ["core_schema", "describe", "json_schema", "serializer"]


class _Field(typing.NamedTuple):
    name: str
    wire: str
    annotation: typing.Any
    is_optional: bool
    documentation: str


def _fields(cls: type) -> typing.Tuple[bool, typing.List[_Field]]:
    """Whether a class keeps unknown fields, and its fields."""
    known = {"typing": typing, "datetime": datetime, **vars(types), **vars(_native)}
    for name, _, is_open, fields in _native.describe_models():
        if name == cls.__name__:
            return is_open, [
                _Field(name, wire, eval(annotation, known), is_optional, " ".join(text.split()))  # noqa: S307 - our own
                for name, wire, annotation, is_optional, text in fields
            ]
    raise TypeError(f"{cls.__name__} is no model class")


def core_schema(cls: typing.Any, handler: pydantic.GetCoreSchemaHandler) -> cs.CoreSchema:
    """What pydantic does with a class: the class judges, and its fields describe it."""
    is_open, fields = _fields(cls)
    described = {
        field.name: cs.typed_dict_field(
            handler.generate_schema(field.annotation),
            required=not field.is_optional,
            validation_alias=field.wire,
            serialization_alias=field.wire,
            metadata={"pydantic_js_updates": {"description": field.documentation}},
        )
        for field in fields
    }

    def validate(given: typing.Any, _by_fields: typing.Any) -> typing.Any:
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise _translate(cls, error) from error

    def serialize(record: typing.Any, info: cs.SerializationInfo) -> typing.Any:
        return record.model_dump(
            mode=info.mode,
            include=info.include,
            exclude=info.exclude,
            by_alias=info.by_alias,
            exclude_unset=info.exclude_unset,
            exclude_none=info.exclude_none,
            exclude_defaults=info.exclude_defaults,
        )

    return cs.no_info_wrap_validator_function(
        validate,
        cs.typed_dict_schema(described, extra_behavior="allow" if is_open else "forbid"),
        ref=f"twelvelabs_batches.{cls.__name__}:{id(cls)}",
        serialization=cs.plain_serializer_function_ser_schema(serialize, info_arg=True),
    )


def describe(
    cls: type, schema: typing.Any, handler: pydantic.GetJsonSchemaHandler
) -> typing.Dict[str, typing.Any]:
    """The JSON schema of a class: that of its fields, whichever way they go."""
    described = handler(schema["schema"])
    inner = handler.resolve_ref_schema(described)
    inner["title"] = cls.__name__
    inner["description"] = " ".join((cls.__doc__ or "").split())
    return described


def json_schema(cls: typing.Any, by_alias: bool, **options: typing.Any) -> typing.Dict[str, typing.Any]:
    """The JSON schema of a class on its own."""
    adapter: pydantic.TypeAdapter[typing.Any] = pydantic.TypeAdapter(cls)
    return adapter.json_schema(by_alias=by_alias, **options)


_SERIALIZERS: typing.Dict[type, typing.Any] = {}


def serializer(cls: typing.Any) -> typing.Any:
    """What writes an object that is a field of the type `Any`."""
    if cls not in _SERIALIZERS:
        adapter: pydantic.TypeAdapter[typing.Any] = pydantic.TypeAdapter(cls)
        _SERIALIZERS[cls] = adapter.serializer
    return _SERIALIZERS[cls]


_STEP = re.compile(r"""\[(?:(\d+)|"((?:[^"\\]|\\.)*)")\]|([^.\[]+)""")


def _translate(cls: type, error: ValidationError) -> pydantic_core.ValidationError:
    """What does not fit, told by pydantic, at its places in what was given."""
    return pydantic_core.ValidationError.from_exception_data(
        cls.__name__,
        [
            pydantic_core.InitErrorDetails(
                type=pydantic_core.PydanticCustomError(
                    typing.cast("typing.Any", violation.rule),
                    # Names and texts of whoever asks are no templates.
                    "{message}",
                    {"message": violation.message},
                ),
                loc=tuple(
                    int(index) if index else quoted or name
                    for index, quoted, name in _STEP.findall(violation.path)
                ),
                input=violation.value,
            )
            for violation in error.violations
        ],
    )
