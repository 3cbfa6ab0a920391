"""What a manifest and flags make together."""

from __future__ import annotations

import itertools
import re
import typing

from .defaults import FLAGS_OF, defaults_of
from .items import make_prompt, make_response_format
from .manifest import Manifest, read_manifest
from .problems import ManifestError, Problem

if typing.TYPE_CHECKING:
    from .. import Violation

__all__ = ["Submission", "arguments_of", "read_submission"]

_ITEM = re.compile(r"requests\[(\d+)\]\.?(.*)", re.DOTALL)
_ITEM_IN_TEXT = re.compile(r"requests\[\d+\]")
_MODEL = "pegasus1.5"


class Submission(typing.NamedTuple):
    """What `create` and `check` are called with, and where it comes from."""

    manifest: Manifest
    arguments: typing.Dict[str, typing.Any]
    from_flags: typing.FrozenSet[str]

    def explain(self, violation: Violation) -> Problem:
        """A violation with its place: a line of the manifest, or a flag."""
        message = _ITEM_IN_TEXT.sub(lambda match: self._place(match[0]), violation.message)
        hint = violation.hint
        if violation.rule == "prompt.required":
            hint = hint or "--prompt gives the prompt of all items that have none"
        return Problem(self._place(violation.path), message, hint)

    def _place(self, path: str) -> str:
        if match := _ITEM.fullmatch(path):
            return self.manifest.places[int(match[1])].at(match[2])
        for name in self.from_flags:
            if path == name or path.startswith((f"{name}.", f"{name}[")):
                return FLAGS_OF[name] + path[len(name) :]
        settings = self.manifest.settings
        is_given = path in settings or path.removeprefix("defaults.") in settings.get("defaults", {})
        if path in FLAGS_OF and not is_given:
            # What is missing could be given there.
            return FLAGS_OF[path]
        return f"{self.manifest.name}, {path}"

    def count_nameless(self) -> int:
        """How many items have no `custom_id`."""
        return sum(
            1 for item in self.manifest.requests if isinstance(item, dict) and not item.get("custom_id")
        )

    def sum_up(self) -> str:
        """What it asks for, in a line."""
        response_format = self.arguments.get("defaults", {}).get("response_format")
        kind = response_format.get("type") if isinstance(response_format, dict) else None
        what = {"json_schema": "JSON by a schema", "segment_definitions": "segments"}.get(str(kind), "")
        parts = (self.arguments["model_name"], self.arguments["analysis_mode"], what)
        return ", ".join(str(part) for part in parts if part)


def read_submission(
    path: str, format_name: typing.Optional[str], flags: typing.Mapping[str, typing.Any]
) -> Submission:
    """Reads a manifest; flags win over what it says.

    Raises:
        ManifestError: It cannot be read.
    """
    given = defaults_of(flags)
    manifest = read_manifest(path, format_name)
    arguments = arguments_of(manifest.name, manifest.settings, manifest.requests, flags, given)
    arguments["requests"] = manifest.requests
    from_flags = {f"defaults.{name}" for name in given}
    from_flags |= {name for name in ("model_name", "analysis_mode") if flags.get(name)}
    return Submission(manifest, arguments, frozenset(from_flags))


def arguments_of(
    name: str,
    settings: typing.Mapping[str, typing.Any],
    requests: typing.Iterable[typing.Any],
    flags: typing.Mapping[str, typing.Any],
    given: typing.Mapping[str, typing.Any],
) -> typing.Dict[str, typing.Any]:
    """What is submitted beside the items; the mode follows from these if nobody says it.

    Raises:
        ManifestError: The defaults are none.
    """
    defaults = settings.get("defaults", {})
    if not isinstance(defaults, dict):
        raise ManifestError([Problem(f"{name}, defaults", "an object is expected")])
    defaults = {**_spell_out(defaults), **given}
    mode = flags.get("analysis_mode") or settings.get("analysis_mode")
    arguments: typing.Dict[str, typing.Any] = {
        "model_name": flags.get("model_name") or settings.get("model_name", _MODEL),
        "analysis_mode": mode or _guess_mode(defaults, requests),
    }
    if defaults:
        arguments["defaults"] = defaults
    return arguments


def _spell_out(defaults: typing.Dict[str, typing.Any]) -> typing.Dict[str, typing.Any]:
    """Defaults of a manifest in the platform's shape."""
    made = dict(defaults)
    if "prompt" in made:
        made["prompt"] = make_prompt(made["prompt"])
    if "response_format" in made:
        made["response_format"] = make_response_format(made["response_format"])
    return made


def _guess_mode(defaults: typing.Dict[str, typing.Any], requests: typing.Iterable[typing.Any]) -> str:
    """The mode that goes with the response format."""
    given = itertools.chain((defaults,), requests)
    formats = (each.get("response_format") for each in given if isinstance(each, dict))
    has_segments = any(isinstance(each, dict) and "segment_definitions" in each for each in formats)
    return "time_based_metadata" if has_segments else "general"
