"""What the vendor's classes have and these do not."""

from __future__ import annotations

import typing

HERE = "`analyze_async.batches`, `analyze_async.tasks.retrieve` and `assets.retrieve`"


def tell(owner: object, name: str) -> str:
    """Says that an attribute is absent, and where it may be found."""
    told = f"{type(owner).__name__!r} has no attribute {name!r}"
    if name.startswith("_"):
        return told
    import difflib  # noqa: PLC0415 - only for who has mistyped

    known = [known for known in dir(owner) if not known.startswith("_")]
    if near := difflib.get_close_matches(name, known, 1, 0.8):
        told += f"; did you mean {near[0]!r}?"
    return (
        f"{told} This package has {HERE}; the vendor's package `twelvelabs` has the rest. Both can share "
        "their settings: BatchesClient.from_client(twelvelabs.TwelveLabs(…))"
    ).replace(f"{name!r} This", f"{name!r}. This")


class Partly:
    """A class of the vendor's SDK of which only a part is here."""

    # Type checkers would believe that every attribute is there.
    if not typing.TYPE_CHECKING:

        def __getattr__(self, name: str) -> typing.NoReturn:
            raise AttributeError(tell(self, name))
