"""Data goes to stdout and talk to stderr."""

from __future__ import annotations

import os
import re
import shlex
import sys
import typing

import click

from .notes import noted

__all__ = [
    "PROGRAM",
    "can_ask",
    "clean",
    "command_of",
    "has_people",
    "is_coloured",
    "is_terminal",
    "json_flag",
    "one_line",
    "put_json",
    "put_text",
    "say",
    "suggest",
    "wants_json",
]

PROGRAM = "twelvelabs-batches"
_WITHOUT_A_KEY = ("demo", "emulator", "completion")
_BASE_URL = "--base-url"

# What moves a cursor, or turns the direction of writing, would show other text than there is.
_CONTROL = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROL}]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_UNSAFE_IN_LINES = re.compile(f"(?![\n\t])[{_CONTROL}]")
_ONE_BYTE = 0x100


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < _ONE_BYTE else f"\\u{code:04x}"


def clean(text: str, *, lines: bool = False) -> str:
    """Text of others, with what could command a terminal made visible.

    Args:
        text: The text.
        lines: Whether line ends and tabs stay.
    """
    return (_UNSAFE_IN_LINES if lines else _UNSAFE).sub(_escape, text)


def one_line(text: str) -> str:
    """Text of others on one line."""
    return clean(" ".join(text.split()))


def is_terminal() -> bool:
    """Whether data goes to a terminal."""
    return _is_terminal(sys.stdout)


def has_people() -> bool:
    """Whether somebody sits at a terminal."""
    return is_terminal() and _is_terminal(sys.stderr)


def can_ask() -> bool:
    """Whether somebody can be asked."""
    return _is_terminal(sys.stdin)


def _is_terminal(stream: typing.Optional[typing.TextIO]) -> bool:
    # A stream that was closed before the program began is none.
    return stream is not None and stream.isatty()


def is_coloured() -> typing.Optional[bool]:
    """What `click` is to do about colours: with `None` it looks for a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str, **style: typing.Any) -> None:
    """Talks to people."""
    click.secho(clean(text, lines=True), err=True, color=is_coloured(), **style)


def suggest(*words: str) -> None:
    """Tells people which command may be next."""
    if has_people():
        say(f"Next: {command_of(*words)}", dim=True)


def command_of(*words: str) -> str:
    """A command of this program, as it is typed; it goes to the same platform as this one."""
    base_url = noted("base_url")
    is_told = any(word.partition("=")[0] == _BASE_URL for word in words)
    if base_url is not None and not is_told and words[0] not in _WITHOUT_A_KEY:
        words = (*words, _BASE_URL, base_url)
    return " ".join([PROGRAM, *map(shlex.quote, words)])


def put_text(text: str) -> None:
    """Puts out a line of data, or several; in UTF-8 whatever the locale where no terminal is."""
    if is_terminal():
        click.echo(clean(text, lines=True))
    else:
        click.echo(text.encode("utf-8", "backslashreplace"))


def put_json(text: str) -> None:
    """Puts out a line of JSON, in UTF-8 whatever the locale."""
    if is_terminal():
        text = _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    click.echo(text.encode("utf-8", "backslashreplace"))


json_flag = click.option(
    "--json/--table",
    "as_json",
    default=None,
    help="JSON Lines, or what people read. By default the latter at a terminal, JSON Lines elsewhere.",
)


def wants_json(as_json: typing.Optional[bool]) -> bool:
    """Whether JSON is wanted: asked for, or because nobody looks."""
    return not is_terminal() if as_json is None else as_json
