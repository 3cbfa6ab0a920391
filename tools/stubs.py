"""Writes what type checkers read about the native module.

    python tools/stubs.py          # write
    python tools/stubs.py --check  # fail if something would change

The model classes come from the native module's own description of itself, what
single ones can do beside the others from `tools/members.pyi.in`, the rest of the
stub from `tools/native.pyi.in`.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess
import sys
import textwrap
import typing

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "python" / "twelvelabs_batches"
HEADER = "# Written by tools/stubs.py; edit that, or the declarations in src/models.\n"


class Field(typing.NamedTuple):
    """A field of a model."""

    name: str
    wire: str
    annotation: str
    optional: bool
    doc: str


class Model(typing.NamedTuple):
    """A model class."""

    name: str
    doc: str
    is_open: bool
    fields: list[Field]


def load_native() -> typing.Any:
    """Loads the extension without the package around it, which needs what is written here."""
    (path,) = [path for path in PACKAGE.glob("_native*") if path.suffix in {".so", ".pyd"}]
    loader = importlib.machinery.ExtensionFileLoader("_native", str(path))
    spec = importlib.util.spec_from_file_location("_native", path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def describe(native: typing.Any) -> list[Model]:
    """Asks the extension for its models."""
    return [
        Model(name, doc, is_open, [Field(*field) for field in fields])
        for name, doc, is_open, fields in native.describe_models()
    ]


def docstring(text: str, indent: str) -> str:
    """Writes a docstring."""
    lines = [line.strip() for line in text.strip().splitlines()]
    body = ("\n" + indent).join(lines).replace(f"\n{indent}\n", "\n\n")
    closing = f"\n{indent}" if len(lines) > 1 else ""
    return f'{indent}"""{body}{closing}"""\n'


def accept_params(annotation: str, requests: set[str]) -> str:
    """Widens a request model to the dicts and objects like it, and lists to all sequences."""

    def widen(match: re.Match[str]) -> str:
        name = match[0]
        return f"typing.Union[{name}, {name}Params, ObjectWithFields]" if name in requests else name

    return re.sub(r"\b[A-Z]\w+\b", widen, annotation.replace("typing.List[", "typing.Sequence["))


def read_members() -> dict[str, str]:
    """The bodies of the classes in `tools/members.pyi.in`, by the classes' names."""
    text = (ROOT / "tools" / "members.pyi.in").read_text()
    parts = re.split(r"^class (\w+):\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def write_class(model: Model, requests: set[str], members: str) -> str:
    """Writes the stub of a model class, with what it can do beside the others."""
    ordered = sorted(model.fields, key=lambda field: field.optional)
    parameters = ", ".join(
        f"{field.name}: {accept_params(field.annotation, requests)}" + (" = None" if field.optional else "")
        for field in ordered
    )
    extra = ", **extra: typing.Any" if model.is_open else ""
    names = "".join(f'typing.Literal["{field.name}"], ' for field in model.fields).rstrip(", ")
    lines = [f"@typing.final\nclass {model.name}(_Model):\n", docstring(model.doc, "    ")]
    lines.append(f"    __match_args__: typing.ClassVar[typing.Tuple[{names}]] = ...\n")
    lines.append("    __signature__: typing.ClassVar[typing.Any] = ...\n")
    lines.append(f"    def __new__(cls, *, {parameters}{extra}) -> typing_extensions.Self: ...\n")
    for field in model.fields:
        lines.append(f"    @property\n    def {field.name}(self) -> {field.annotation}:\n")
        lines.append(docstring(field.doc, "        "))
    return "".join(lines) + members


def write_params(model: Model, requests: set[str]) -> str:
    """Writes the typed dict that a request model accepts."""

    def entries(fields: list[Field]) -> str:
        lines = []
        for field in fields:
            lines.append(f"    {field.wire}: {accept_params(field.annotation, requests)}\n")
            lines.append(docstring(field.doc, "    "))
        return "".join(lines) or "    pass\n"

    required = [field for field in model.fields if not field.optional]
    optional = [field for field in model.fields if field.optional]
    doc = docstring(f"A dict accepted as a `{model.name}`.", "    ")
    if not optional:
        return f"class {model.name}Params(typing.TypedDict):\n{doc}\n{entries(required)}"
    if not required:
        return f"class {model.name}Params(typing.TypedDict, total=False):\n{doc}\n{entries(optional)}"
    return (
        f"class _{model.name}Required(typing.TypedDict):\n{entries(required)}\n\n"
        f"class {model.name}Params(_{model.name}Required, total=False):\n{doc}\n{entries(optional)}"
    )


KINDS = {
    "text": "str",
    "integer": "int",
    "number": "float",
    "pair": "typing.Tuple[float, float]",
    "switch": "bool",
    "time": "datetime.datetime",
    "headers": "typing.Mapping[str, typing.Union[str, float]]",
    "endpoints": "typing.Union[str, typing.Sequence[str], typing.Mapping[str, typing.Optional[str]]]",
}


class Option(typing.NamedTuple):
    """An option of the emulator, or of a fault."""

    name: str
    kind: str
    default: typing.Any
    choices: list[str] | None
    help: str
    optional: bool

    def annotation(self) -> str:
        """Its type."""
        choices = [repr(int(word) if word.isdecimal() else word) for word in self.choices or []]
        kind = f"typing.Literal[{', '.join(choices)}]" if choices else KINDS[self.kind]
        return f"typing.Optional[{kind}]" if self.optional else kind

    def parameter(self) -> str:
        """It as a keyword."""
        return f"{self.name}: {self.annotation()} = ..."

    def document(self) -> str:
        """It in a docstring."""
        default = tuple(self.default) if isinstance(self.default, list) and self.default else self.default
        return textwrap.fill(
            f"{self.name}: {self.help} Default: `{default}`.",
            width=84,
            initial_indent="        ",
            subsequent_indent="            ",
        )


def make_stub(
    models: list[Model], requests: set[str], options: list[Option], faults: list[Option], names: list[str]
) -> str:
    """Writes `_native.pyi`."""
    template = (ROOT / "tools" / "native.pyi.in").read_text()
    params = ", ".join(f"{name}Params" for name in sorted(requests))
    members = read_members()
    return (
        HEADER
        + template.replace("@IMPORTS@", f"from ._params import {params}")
        .replace("@ALL@", f"__all__ = {names}")
        .replace("@OPTIONS@", ", ".join(option.parameter() for option in options))
        .replace("@OPTION_DOCS@", "    Args:\n" + "\n".join(option.document() for option in options))
        .replace("@FAULT_OPTIONS@", ", ".join(option.parameter() for option in faults))
        .replace(
            "@FAULT_DOCS@",
            textwrap.indent("    Args:\n" + "\n".join(option.document() for option in faults), "    "),
        )
        + (ROOT / "tools" / "model.pyi.in").read_text()
        + "\n\n"
        + "\n\n".join(write_class(model, requests, members.get(model.name, "")) for model in models)
    )


def write_fault_params(faults: list[Option]) -> str:
    """Writes the typed dict that is accepted as a fault."""
    lines = ["class FaultParams(typing.TypedDict, total=False):\n"]
    lines.append(docstring("A dict accepted as a fault of the emulator.", "    ") + "\n")
    for option in faults:
        lines.append(f"    {option.name}: {option.annotation()}\n")
        lines.append(docstring(option.help, "    "))
    return "".join(lines)


def make_params(models: list[Model], requests: set[str], faults: list[Option]) -> str:
    """Writes `_params.py`."""
    classes = "\n\n".join(write_params(model, requests) for model in models if model.name in requests)
    names = ", ".join(sorted(requests))
    return (
        f"{HEADER}"
        '"""Dicts that calls accept in place of request models, and the emulator as faults."""\n\n'
        "from __future__ import annotations\n\nimport typing\n\nfrom ._objects import ObjectWithFields\n\n"
        f"if typing.TYPE_CHECKING:\n    from ._native import {names}\n\n"
        f"{classes}\n\n{write_fault_params(faults)}\n\n"
        'BatchItemRequestInput = typing.Union["BatchItemRequest", BatchItemRequestParams, ObjectWithFields]\n'
        'BatchDefaultsInput = typing.Union["BatchDefaults", BatchDefaultsParams, ObjectWithFields]\n'
    )


def tidy(path: pathlib.Path, text: str) -> str:
    """Formats as `make check` demands."""
    ruff = [sys.executable, "-m", "ruff"]
    name = ["--stdin-filename", str(path)]
    for command in (["check", "--select", "F401,I,RUF022,UP037", "--fix", "--quiet"], ["format"]):
        run = subprocess.run(
            [*ruff, *command, *name, "-"], input=text, capture_output=True, text=True, check=True
        )
        text = run.stdout
    return text


def main() -> int:
    """Writes or checks."""
    native = load_native()
    models = describe(native)
    options = [Option(*option) for option in native.describe_options()]
    faults = [Option(*option) for option in native.describe_faults()]
    requests = {model.name for model in models if not model.is_open}
    written = {
        PACKAGE / "_native.pyi": make_stub(models, requests, options, faults, native.__all__),
        PACKAGE / "_params.py": make_params(models, requests, faults),
    }
    stale = []
    for path, text in written.items():
        tidied = tidy(path, text)
        if not path.exists() or path.read_text() != tidied:
            stale.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(tidied)
    if stale:
        print(("stale: " if "--check" in sys.argv else "written: ") + ", ".join(stale))
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
