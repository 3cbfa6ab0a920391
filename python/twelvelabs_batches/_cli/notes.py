"""What a command knows, for whoever tells of its errors and of what is next."""

from __future__ import annotations

import typing

import click

__all__ = ["note", "noted"]

_PREFIX = "twelvelabs_batches."


def note(**facts: typing.Any) -> None:
    """Keeps facts until the command has ended."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta.update({_PREFIX + name: fact for name, fact in facts.items()})


def noted(name: str) -> typing.Any:
    """A fact, or `None`."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_PREFIX + name)
