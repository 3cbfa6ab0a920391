"""The flags about what is submitted: the manifest, and what every item has."""

from __future__ import annotations

import pathlib
import typing

import click

from .items import make_prompt, make_response_format
from .manifest import FORMATS
from .manifest_json import parse_json
from .problems import ManifestError, Problem

__all__ = ["FLAGS_OF", "defaults_of", "submission_flags"]

#: The flag that gives a field of the submission.
FLAGS_OF = {
    "model_name": "--model",
    "analysis_mode": "--mode",
    "defaults.prompt": "--prompt",
    "defaults.response_format": "--response-format",
    "defaults.max_tokens": "--max-tokens",
    "defaults.temperature": "--temperature",
    "defaults.min_segment_duration": "--min-segment-duration",
    "defaults.max_segment_duration": "--max-segment-duration",
    "defaults.start_time": "--start-time",
    "defaults.end_time": "--end-time",
}

_SECONDS: typing.Dict[str, typing.Any] = {"type": float, "metavar": "SECONDS"}

_FLAGS = (
    click.argument("path", metavar="MANIFEST", type=click.Path(exists=True, dir_okay=False, allow_dash=True)),
    click.option(
        "--format",
        "format_name",
        type=click.Choice(FORMATS),
        help="Format of the manifest. [default: by its name, or how it begins]",
    ),
    click.option("--model", "model_name", metavar="NAME", help="Model for every item. [default: pegasus1.5]"),
    click.option(
        "--mode",
        "analysis_mode",
        metavar="MODE",
        help="general or time_based_metadata. [default: the latter if the response format has segment "
        "definitions]",
    ),
    click.option(
        "--prompt",
        metavar="TEXT",
        help="Prompt of items that have none; @FILE reads it from a file, @@ is a text that begins with @.",
    ),
    click.option(
        "--response-format",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="Response format of items that have none: a JSON schema, or the platform's object.",
    ),
    click.option("--max-tokens", type=int, metavar="N", help="Longest answer, in tokens."),
    click.option("--temperature", type=float, metavar="NUMBER", help="Randomness of the text, 0 to 1."),
    click.option("--min-segment-duration", help="Shortest segment.", **_SECONDS),
    click.option("--max-segment-duration", help="Longest segment.", **_SECONDS),
    click.option("--start-time", help="Where the analysed part of every video begins.", **_SECONDS),
    click.option("--end-time", help="Where it ends.", **_SECONDS),
)


def submission_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the manifest, and the flags about what every item has."""
    for flag in reversed(_FLAGS):
        function = flag(function)
    return function


def defaults_of(flags: typing.Mapping[str, typing.Any]) -> typing.Dict[str, typing.Any]:
    """The defaults that flags give, in the platform's shape.

    Raises:
        ManifestError: A file cannot be read.
    """
    defaults: typing.Dict[str, typing.Any] = {}
    for path in FLAGS_OF:
        name = path.partition("defaults.")[2]
        if name and flags.get(name) is not None:
            defaults[name] = flags[name]
    if "prompt" in defaults:
        defaults["prompt"] = make_prompt(_read_prompt(defaults["prompt"]))
    if "response_format" in defaults:
        path = defaults["response_format"]
        value = parse_json(_read_text(path), path)
        if not isinstance(value, dict):
            what = "a JSON schema or a response format is an object"
            raise ManifestError([Problem(path, what)])
        defaults["response_format"] = make_response_format(value)
    return defaults


def _read_prompt(text: str) -> str:
    if text.startswith("@@"):
        return text[1:]
    if not text.startswith("@"):
        return text
    path = text[1:]
    if not pathlib.Path(path).is_file():
        raise click.UsageError(
            f"--prompt: there is no file {path!r}; a text that begins with @ is written @@"
        )
    return _read_text(path).removesuffix("\n").removesuffix("\r")


def _read_text(path: str) -> str:
    try:
        return pathlib.Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ManifestError([Problem(path, "it is not UTF-8")]) from None
