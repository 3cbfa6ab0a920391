"""Which library checks values against a type: only the one that is needed is imported."""

from __future__ import annotations

import collections.abc
import functools
import importlib.util
import re
import sys
import typing

from ._answer_errors import Mismatch, SchemaError
from ._violation import Violation
from .errors import ValidationError

if typing.TYPE_CHECKING:
    import pydantic

__all__ = ["MismatchedError", "Toolkit", "choose", "tell"]


class MismatchedError(Exception):
    """A value does not fit a type. Its cause is what the library raised."""

    def __init__(self, mismatches: typing.Iterable[Mismatch]) -> None:
        super().__init__()
        self.mismatches = tuple(mismatches)


class Toolkit(typing.Protocol):
    """A library that knows types.

    Attributes:
        reads_clock: Whether it makes a `timedelta` of `hh:mm:ss`.
    """

    reads_clock: bool

    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:
        """Makes an object of the type `model` of JSON, given as objects and as text."""
        ...

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        """The JSON schema of what fits the type `model`."""
        ...


def choose(model: typing.Any) -> Toolkit:
    """The library that knows the type `model`.

    msgspec has its own structs and knows attrs classes. Everything else is pydantic's
    where that is installed, and else msgspec's.

    Raises:
        ImportError: The library is not installed.
        ValidationError: It is no type.
    """
    if isinstance(model, _VALUES) or _is_of_model(model):
        raise _refuse(model, f"it is a value of the type {type(model).__name__}")
    if any(_is_of_old_pydantic(part) for part in _parts(model)):
        raise _refuse(model, "models of pydantic 1 are not read, only those of pydantic 2")
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


# pydantic would take some of these for something else than a type.
_VALUES = (str, bytes, int, float, complex, list, tuple, set, frozenset, collections.abc.Mapping)


# What the types of the libraries have, and an object of one shares.
_MARKS = ("__pydantic_fields__", "__dataclass_fields__", "__struct_fields__", "__attrs_attrs__")


def _is_of_model(model: typing.Any) -> bool:
    """Whether it is an object of a model, taken for the model."""
    return not isinstance(model, type) and any(hasattr(type(model), mark) for mark in _MARKS)


def _parts(model: typing.Any) -> typing.Iterator[typing.Any]:
    """A type, and the types that it is written with."""
    yield typing.get_origin(model) or model
    for part in typing.get_args(model):
        yield from _parts(part)


def _is_old_typed_dict(part: typing.Any) -> bool:
    """Whether it is a `typing.TypedDict` of a Python whose ones pydantic does not take."""
    return sys.version_info < (3, 12) and type(part).__module__ == "typing" and typing.is_typeddict(part)


def _is_of_old_pydantic(part: typing.Any) -> bool:
    """Whether it is a model of pydantic 1, which its successor brings along and takes for something else."""
    return any(base.__module__ == "pydantic.v1.main" for base in getattr(part, "__mro__", ()))


def _is_installed(name: str) -> bool:
    if name in sys.modules:
        return sys.modules[name] is not None
    return importlib.util.find_spec(name) is not None


def _missing(model: typing.Any, name: str) -> ImportError:
    return ImportError(f"{name} is needed for {tell(model)}: pip install {name}", name=name)


def tell(model: typing.Any) -> str:
    """A type, for people."""
    if isinstance(model, type) and not typing.get_args(model):
        return model.__name__
    # Without the modules that the types are in.
    return re.sub(r"[\w.<>]+\.(?=\w)", "", str(model))


def _shorten(model: typing.Any) -> str:
    """What is no type, for people: as it shows itself, since a dot in it may be anything."""
    if isinstance(model, type) or typing.get_origin(model):
        return repr(tell(model))
    shown = repr(model)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


_LONGEST = 80


def _refuse(model: typing.Any, reason: object) -> ValidationError:
    told = (
        "a type is expected, such as a pydantic model, a dataclass or a msgspec struct, "
        f"and {_shorten(model)} cannot be used as one"
    )
    first_line = str(reason).strip().split("\n", 1)[0]
    error = ValidationError._make(f"model: {told}: {first_line}", path="model")
    return typing.cast("ValidationError", error)


def _refuse_schema(model: typing.Any, reason: object) -> SchemaError:
    told = f"there is no JSON schema of it: {' '.join(str(reason).split())}"
    error = SchemaError._of((Violation(tell(model), None, "model", told),), ())  # noqa: SLF001
    return typing.cast("SchemaError", error)


class _Pydantic:
    reads_clock = True

    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:  # noqa: ARG002
        import pydantic  # noqa: PLC0415 - only for who uses it

        try:
            adapter = _adapter(model)
        except Exception as error:
            # Of one's own classes anything may come, and of pydantic several things.
            raise _refuse(model, error) from error
        try:
            # As JSON, since models may be strict about Python's objects.
            return adapter.validate_json(text)
        except pydantic.PydanticUserError as error:
            raise _refuse(model, error) from error
        except pydantic.ValidationError as error:
            told = error.errors(include_url=False, include_context=False)
            raise MismatchedError(
                Mismatch(_path(each["loc"]), each["msg"], each["input"], each["type"]) for each in told
            ) from error

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        from ._pydantic_schema import AnswerSchema  # noqa: PLC0415 - imports pydantic

        try:
            return _adapter(model).json_schema(schema_generator=AnswerSchema)
        except Exception as error:
            # As in `validate`.
            raise _refuse_schema(model, error) from error


def _adapter(model: typing.Any) -> pydantic.TypeAdapter[typing.Any]:
    try:
        hash(model)
    except TypeError:
        return _make_adapter(model)
    # Unions of the same types in another order are equal, and take what fits both for another type.
    return _kept_adapter(model, repr(model))


def _make_adapter(model: typing.Any, _told: str = "") -> pydantic.TypeAdapter[typing.Any]:
    import pydantic  # noqa: PLC0415 - only for who uses it

    return pydantic.TypeAdapter(model)


_kept_adapter = functools.lru_cache(maxsize=64)(_make_adapter)


def _path(steps: typing.Iterable[typing.Union[int, str]]) -> str:
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return told.removeprefix(".")


class _Msgspec:
    reads_clock = False

    def validate(self, value: typing.Any, text: str, model: typing.Any) -> typing.Any:  # noqa: ARG002
        import msgspec  # noqa: PLC0415 - only for who uses it

        try:
            # Not strict, or a number of seconds would be no time.
            return msgspec.convert(value, model, strict=False, str_keys=True)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `$")
            mismatch = Mismatch(path.rstrip("`").removeprefix("."), message)
            raise MismatchedError([mismatch]) from error
        except (TypeError, NameError) as error:
            raise _refuse(model, error) from error

    def schema(self, model: typing.Any) -> typing.Dict[str, typing.Any]:
        import msgspec  # noqa: PLC0415 - only for who uses it

        try:
            return msgspec.json.schema(model)
        except (TypeError, NameError) as error:
            raise _refuse_schema(model, error) from error
