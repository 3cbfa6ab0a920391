"""Writes `docs/reference.md` from the docstrings, and the table of rules into `docs/validation.md`.

python tools/reference.py          # write
python tools/reference.py --check  # fail if something would change
"""

from __future__ import annotations

import inspect
import operator
import pathlib
import re
import sys
import typing

import twelvelabs_batches as package
from twelvelabs_batches import _native, errors, webhooks

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "reference.md"
RULES = DOCS / "validation.md"
# Between these lines the page is written from the table of rules.
MARK, END = "<!-- rules -->\n", "<!-- end of rules -->\n"
ASYNC = """`AsyncBatchesClient` takes the same arguments and has the same methods as coroutines; its `results`
is an asynchronous iterator, and it is closed with `await client.aclose()`.

"""
VERBS = (
    "create",
    "check",
    "list",
    "retrieve",
    "results",
    "wait",
    "as_completed",
    "wait_for_done",
    "cancel",
    "delete",
    "close",
)
WHOLE = (
    "record_batches",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "to_jsonl",
    "to_parquet",
    "to_csv",
    "collect",
    "by_custom_id",
    "join",
    "close",
)


def clean(text: str | None) -> str:
    """Turns a docstring into Markdown."""
    text = inspect.cleandoc(text or "")
    text = re.sub(r"^(Args|Returns|Raises|Attributes|Example):$", r"**\1**\n", text, flags=re.MULTILINE)
    text = re.sub(r"^    (\*{0,2}\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    text = re.sub(r"^        (?=\S)", "  ", text, flags=re.MULTILINE)
    return re.sub(
        r"((?:^    (?:>>>|\.\.\.|\S).*\n?)+)",
        lambda match: (
            "```pycon\n" + re.sub(r"^    ", "", match[1], flags=re.MULTILINE).rstrip() + "\n```\n"
            if ">>>" in match[1]
            else re.sub(r"^    ", "", match[1], flags=re.MULTILINE)
        ),
        text,
        flags=re.MULTILINE,
    )


def fence(block: str) -> str:
    """Marks a block as code if it is."""
    return f"```pycon\n{block.rstrip()}\n```\n" if ">>>" in block else block


def write_signature(name: str, function: typing.Callable[..., typing.Any]) -> str:
    """Writes a signature over several lines."""
    signature = inspect.signature(function)
    parameters = [
        str(parameter).replace("'", "").replace("Ellipsis", "OMIT")
        for parameter in signature.parameters.values()
        if parameter.name != "self"
    ]
    first_keyword = next(
        (
            index
            for index, parameter in enumerate(
                parameter for parameter in signature.parameters.values() if parameter.name != "self"
            )
            if parameter.kind is parameter.KEYWORD_ONLY
        ),
        len(parameters),
    )
    parameters.insert(first_keyword, "*")
    if parameters[-1] == "*":
        parameters.pop()
    annotation = signature.return_annotation
    # Native methods have their annotations in the stubs alone.
    returns = "" if annotation is signature.empty else f" -> {annotation}".replace("typing.", "")
    inside = "".join(f"    {parameter},\n" for parameter in parameters).replace("typing.", "")
    return f"```text\n{name}({chr(10) * bool(inside)}{inside}){returns}\n```\n"


def write_method(name: str, method: typing.Callable[..., typing.Any]) -> str:
    """Writes a method."""
    return f"### {name}\n\n{write_signature(name, method)}\n{clean(method.__doc__)}\n\n"


def write_model(name: str, doc: str, fields: list[tuple[str, str, str, bool, str]]) -> str:
    """Writes a model as a table."""
    rows = "".join(
        f"| `{field}` | `{annotation.replace('typing.', '')}` | {' '.join(text.split())} |\n"
        for field, _, annotation, _, text in fields
    )
    table = f"| field | type | meaning |\n| --- | --- | --- |\n{rows}\n"
    return f"### {name}\n\n{clean(doc)}\n\n{table}" + write_members(name, {field for field, *_ in fields})


def write_members(name: str, fields: set[str]) -> str:
    """Writes what a model can do beside what all models can."""
    cls = getattr(package, name)
    others = {*vars(package.PageInfo), *fields}
    parts = []
    # A native class has its members in another order each time.
    for member, value in sorted(vars(cls).items()):
        if member.startswith("_") or member in others:
            continue
        told = " ".join((value.__doc__ or "").split("\n\n")[0].split())
        parts.append(f"| `{member}{'()' * callable(value)}` | {told} |\n")
    return "| it tells | meaning |\n| --- | --- |\n" + "".join(parts) + "\n" if parts else ""


def write_options(options: list[tuple[str, str, typing.Any, list[str] | None, str, bool]]) -> str:
    """Writes options as a table."""
    rows = []
    for name, _, default, choices, text, _ in options:
        words = f" One of {', '.join(f'`{word}`' for word in choices)}." if choices else ""
        rows.append(f"| `{name}` | `{default}` | {text}{words} |\n")
    return "| option | default | meaning |\n| --- | --- | --- |\n" + "".join(rows) + "\n"


def write_error(name: str) -> str:
    """Writes an error and what it derives from."""
    cls = getattr(errors, name)
    bases = [
        base for base in cls.__bases__ if base.__name__ in errors.__all__ or base.__module__ == "builtins"
    ]
    told = ", ".join(f"`{base.__name__}`" for base in bases or [errors.ApiError])
    return f"### {name}\n\nA kind of {told}. {clean(cls.__doc__)}\n\n"


def write_answers() -> str:
    """Writes what `with_raw_response` gives."""
    told = clean(package.BatchesClient.with_raw_response.__doc__)
    base = package.HttpResponse.__mro__[1]
    rows = "".join(
        f"| `{name}` | {' '.join((inspect.getdoc(part) or '').split())} |\n"
        for name, part in {**vars(base), "close()": package.HttpResponse.close}.items()
        if isinstance(part, property) or name == "close()"
    )
    return f"### with_raw_response\n\n{told}\n\n| of an answer | meaning |\n| --- | --- |\n{rows}\n"


def write_way_in() -> typing.Iterator[str]:
    """Writes what the vendor's SDK has in front of the batches, and beside them."""
    yield write_method("from_client", package.BatchesClient.from_client)
    yield write_answers()
    yield f"## TwelveLabs\n\n{clean(package.TwelveLabs.__doc__)}\n\n"
    yield "`AsyncTwelveLabs` is the same for asyncio, and is closed with `await client.aclose()`.\n\n"
    client = package.TwelveLabs(api_key="none")
    for place in ("analyze_async.tasks", "assets"):
        method = type(operator.attrgetter(place)(client)).retrieve
        yield write_method(f"{place}.retrieve", method)


def write_table(title: str, cls: type) -> str:
    """Writes the public members of a class as a table."""
    rows = []
    for name, member in sorted(vars(cls).items()):
        if not name.startswith("_") and (told := inspect.getdoc(member)):
            rows.append(
                f"| `{name}{'()' * callable(member)}` | {' '.join(told.split(chr(10) * 2)[0].split())} |\n"
            )
    return f"| {title} | meaning |\n| --- | --- |\n{''.join(rows)}\n"


def write_results() -> typing.Iterator[str]:
    """Writes what results can become."""
    yield f"## Results\n\n{clean(package.Results.__doc__)}\n\nSee [tables and files](columns.md). "
    yield "`AsyncResults` is the same for asyncio: these methods are coroutines there.\n\n"
    facts = "".join(
        f"| `{name}` | {' '.join((getattr(package.Results, name).__doc__ or '').split())} |\n"
        for name in ("batch_id", "delivered", "malformed")
    )
    yield f"| it tells | meaning |\n| --- | --- |\n{facts}\n"
    for name in WHOLE:
        method = getattr(package.Results, name)
        yield write_method(name, method).replace(f"### {name}", f"### results.{name}", 1)
    for cls in (package.ResultList, package.ResultColumns):
        yield f"## {cls.__name__}\n\n{clean(cls.__doc__)}\n\n{write_table('it has', cls)}"


def write_runs() -> typing.Iterator[str]:
    """Writes what runs of many batches are made of."""
    yield "## Runs\n\nSee [runs of any size](runs.md).\n\n"
    for name in ("run", "resume", "resubmit"):
        yield write_method(name, getattr(package.BatchesClient, name))
    for options in (package.RunOptions, package.ResumeOptions):
        yield f"### {options.__name__}\n\n{clean(options.__doc__)}\n\n"
    yield f"### Run\n\n{clean(package.Run.__doc__)}\n\n"
    yield "`AsyncRun` is the same for asyncio: it is iterated over with `async for`, and methods that "
    yield "wait are coroutines.\n\n"
    rows = {**vars(package.Run.__mro__[1]), **vars(package.Run)}
    yield write_table("of a run", type("Run", (), {name: rows[name] for name in rows if name[0] != "_"}))
    base = package.Ready.__mro__[1]
    yield f"### Outcomes\n\n{clean(base.__doc__)}\n\n{write_table('of every outcome', base)}"
    for cls in (package.Ready, package.Failed, package.Canceled, package.Expired, package.Malformed):
        yield f"#### {cls.__name__}\n\n{clean(cls.__doc__)}\n\n"
    yield f"### Journal\n\n{clean(package.Journal.__doc__)}\n\n{write_table('of a journal', package.Journal)}"
    things = (package.JournalRun, package.JournalBatch, package.Attempt)
    for thing in (*things, package.RunReport, package.RunPlan, package.Price):
        yield f"### {thing.__name__}\n\n{clean(thing.__doc__)}\n\n"


def write_data() -> typing.Iterator[str]:
    """Writes what makes data of answers, and asks for it."""
    yield "## Answers\n\nSee [answers as data](answers.md).\n\n"
    functions = (package.response_format_of, package.segment_definition_of, package.segment_fields_of)
    for function in (*functions, package.segments_of):
        yield write_method(function.__name__, function)
    for thing in (package.Segment, package.SegmentTable, package.SegmentRow, package.SkippedItem):
        yield f"### {thing.__name__}\n\n{clean(thing.__doc__)}\n\n"
    names = ("to_dicts", "to_arrow", "to_pandas", "to_polars")
    rows = "".join(
        f"| `{name}()` | {' '.join((inspect.getdoc(getattr(package.SegmentTable, name)) or '').split())} |\n"
        for name in names
    )
    yield f"| of a table | meaning |\n| --- | --- |\n{rows}\n"
    yield f"### Mismatch\n\n{clean(package.Mismatch.__doc__)}\n\n"


def write_event() -> str:
    """Writes the class of events as a table of its attributes."""
    cls = webhooks.WebhookEvent
    names = ("id", "created_at", "type", "data", "is_batch", "batch_id", "status", "dict")
    rows = "".join(
        f"| `{name}{'()' * (name == 'dict')}` | {' '.join((getattr(cls, name).__doc__ or '').split())} |\n"
        for name in names
    )
    return f"### WebhookEvent\n\n{clean(cls.__doc__)}\n\n| attribute | meaning |\n| --- | --- |\n{rows}\n"


def write() -> str:
    """Writes the page."""
    parts = [
        "# Reference\n\nWritten by `tools/reference.py` from the docstrings.\n\n",
        f"## BatchesClient\n\n{clean(package.BatchesClient.__doc__)}\n\n",
        ASYNC,
    ]
    parts.extend(write_method(verb, getattr(package.BatchesClient, verb)) for verb in VERBS)
    parts.extend(write_results())
    parts.extend(write_runs())
    parts.extend(write_way_in())
    parts.append("## Models\n\nEvery field of a request model that is `Optional` may be left out.\n\n")
    parts.extend(write_model(name, doc, fields) for name, doc, _, fields in _native.describe_models())
    parts.extend(write_data())
    parts.append("## Checks\n\n")
    parts.extend(
        f"### {thing.__name__}\n\n{clean(thing.__doc__)}\n\n"
        for thing in (package.CheckReport, package.Violation)
    )
    parts.append(f"## Emulator\n\n{clean(package.Emulator.__doc__)}\n\n")
    parts.extend(
        f"### {name} (emulator)\n\n{clean(getattr(package.Emulator, name).__doc__)}\n\n"
        for name in ("advance", "add_asset", "inject", "clear_faults", "go_down", "come_up", "stats", "close")
    )
    parts.append("### Options\n\n" + write_options(_native.describe_options()))
    parts.append("### Faults\n\nWhat `inject` takes, and the emulator's `faults` and `--fault`.\n\n")
    parts.append(write_options(_native.describe_faults()))
    parts.append(f"## Webhooks\n\n{clean(webhooks.__doc__)}\n\n")
    parts.extend(
        write_method(name, getattr(webhooks, name)).replace(f"### {name}", f"### webhooks.{name}", 1)
        for name in ("unwrap", "verify", "parse", "sign")
    )
    parts.append(write_event())
    parts.append("## Errors\n\n")
    parts.extend(write_error(name) for name in errors.__all__)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).rstrip() + "\n"


def write_rules() -> str:
    """Writes the rules into their page, those that refuse first."""
    before, rest = RULES.read_text().split(MARK)
    after = rest.split(END)[1]
    parts = []
    for title, is_violation in (("Violations", True), ("Warnings", False)):
        parts.append(f"\n### {title}\n\n| rule | allowed | source |\n| --- | --- | --- |\n")
        parts.extend(
            f"| `{word}` | {allowed} | {source} |\n"
            for word, refuses, allowed, source in _native.describe_rules()
            if refuses == is_violation
        )
    return before + MARK + "".join(parts) + "\n" + END + after


def main() -> int:
    """Writes or checks."""
    stale = []
    for page, text in ((PAGE, write()), (RULES, write_rules())):
        if not page.exists() or page.read_text() != text:
            stale.append(page.name)
            if "--check" not in sys.argv:
                page.write_text(text)
    if stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
