"""Which library checks values against a type: only the one that is needed is imported."""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import sys
import typing

from ._answer_errors import Mismatch
from .errors import ValidationError

if typing.TYPE_CHECKING:
    import pydantic

__all__ = ["MismatchedError", "Toolkit", "choose"]


class MismatchedError(Exception):
    """A value does not fit a type. Its cause is what the library raised."""

    def __init__(self, mismatches: typing.Iterable[Mismatch]) -> None:
        super().__init__()
        self.mismatches = tuple(mismatches)


class Toolkit(typing.Protocol):
    """A library that knows types."""

    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:
        """Makes an object of the type `model` of JSON, given as objects and as text."""

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        """The JSON schema of what fits the type `model`."""
        ...


def choose(model: typing.Any) -> Toolkit:
    """The library that knows the type `model`.

    msgspec has its own structs and knows attrs classes. Everything else is pydantic's
    where that is installed, and else msgspec's.

    Raises:
        ImportError: The library is not installed.
    """
    if any(hasattr(part, "__struct_fields__") or hasattr(part, "__attrs_attrs__") for part in _parts(model)):
        if not _is_installed("msgspec"):
            raise _missing(model, "msgspec")
        return _Msgspec()
    is_for_msgspec = any(_is_old_typed_dict(part) for part in _parts(model)) and _is_installed("msgspec")
    if _is_installed("pydantic") and not is_for_msgspec:
        return _Pydantic()
    if not _is_installed("msgspec"):
        raise _missing(model, "pydantic")
    return _Msgspec()


def _parts(model: typing.Any) -> typing.Iterator[typing.Any]:
    """A type, and the types that it is written with."""
    yield typing.get_origin(model) or model
    for part in typing.get_args(model):
        yield from _parts(part)


def _is_old_typed_dict(part: typing.Any) -> bool:
    """Whether it is a `typing.TypedDict` of a Python whose ones pydantic does not take."""
    return sys.version_info < (3, 12) and type(part).__module__ == "typing" and typing.is_typeddict(part)


def _is_installed(name: str) -> bool:
    return name in sys.modules or importlib.util.find_spec(name) is not None


def _missing(model: typing.Any, name: str) -> ImportError:
    told = f"{name} is needed to read an answer as {tell(model)}: pip install {name}"
    return ImportError(told, name=name)


def tell(model: typing.Any) -> str:
    """A type, for people."""
    return model.__name__ if isinstance(model, type) and not typing.get_args(model) else str(model)


def _refuse(model: typing.Any, error: Exception) -> ValidationError:
    told = (
        "a type is expected, such as a pydantic model, a dataclass or a msgspec struct, "
        f"and {tell(model)!r} cannot be used as one"
    )
    reason = str(error).strip().split("\n", 1)[0]
    refusal = ValidationError._make(f"model: {told}: {reason}", path="model")
    return typing.cast("ValidationError", refusal)


class _Pydantic:
    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:  # noqa: ARG002
        import pydantic  # noqa: PLC0415 - only for who uses it

        adapter = self.adapt(model)
        try:
            # As JSON, since models may be strict about Python's objects.
            return adapter.validate_json(text)
        except pydantic.ValidationError as error:
            told = error.errors(include_url=False, include_context=False)
            raise MismatchedError(
                Mismatch(_path(each["loc"]), each["msg"], each["input"], each["type"]) for each in told
            ) from error

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        from ._pydantic_schema import AnswerSchema  # noqa: PLC0415 - imports pydantic

        return self.adapt(model).json_schema(schema_generator=AnswerSchema)

    def adapt(self, model: typing.Any) -> pydantic.TypeAdapter[typing.Any]:
        import pydantic  # noqa: PLC0415 - only for who uses it

        try:
            return _adapter(model)
        except (pydantic.PydanticUserError, pydantic.errors.PydanticUndefinedAnnotation) as error:
            raise _refuse(model, error) from error


def _adapter(model: typing.Any) -> pydantic.TypeAdapter[typing.Any]:
    try:
        hash(model)
    except TypeError:
        return _make_adapter.__wrapped__(model)
    return _make_adapter(model)


@functools.lru_cache(maxsize=64)
def _make_adapter(model: typing.Any) -> pydantic.TypeAdapter[typing.Any]:
    import pydantic  # noqa: PLC0415 - only for who uses it

    return pydantic.TypeAdapter(model)


def _path(steps: typing.Iterable[typing.Union[int, str]]) -> str:
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return told.removeprefix(".")


class _Msgspec:
    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:  # noqa: ARG002
        import msgspec  # noqa: PLC0415 - only for who uses it

        try:
            # Not strict, or a number of seconds would be no time.
            return msgspec.convert(value, model, strict=False, str_keys=True)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `$")
            mismatch = Mismatch(path.rstrip("`").removeprefix("."), message)
            raise MismatchedError([mismatch]) from error
        except TypeError as error:
            raise _refuse(model, error) from error

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        import msgspec  # noqa: PLC0415 - only for who uses it

        try:
            return msgspec.json.schema(model)
        except TypeError as error:
            raise _refuse(model, error) from error


def to_plain(value: typing.Any) -> typing.Any:
    """What a model's object holds, as dicts and lists."""
    if hasattr(type(value), "model_dump"):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value
