"""What is sent: every method, type, field and option."""

from __future__ import annotations

import enum
import typing

import twelvelabs

from defects import STATE, created
from defects_surface import PAGES
from differential import Case, Kit
from servers import answer

Fields = dict[str, typing.Any]

PROMPT: Fields = {"input_text": "Sum up."}
VIDEO: Fields = {"type": "asset_id", "asset_id": "6a0000000000000000000001"}
ITEM: Fields = {"video": VIDEO}
SOURCES: list[Fields] = [
    {"name": "logo", "media_type": "image", "url": "https://example.com/logo.png"},
    {"name": "face", "media_type": "image", "asset_id": "6a0000000000000000000002"},
    {"name": "sign", "media_type": "image", "base64_string": "aGk="},
]
SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "zeta": {"type": "string", "pattern": "^[a-z]+$"},
        "alpha": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 10**15}},
        "Grüße": {"type": ["string", "null"], "enum": ["a", None]},
    },
    "required": ["zeta"],
}
FIELDS: list[Fields] = [
    {"name": "mood", "type": "string", "description": "Mood", "enum": ["calm", "tense"]},
    {"name": "peak", "type": "timestamp", "description": "Peak", "format": "hh:mm:ss"},
    {"name": "people", "type": "array", "description": "Who", "items": {"type": "string"}},
]
DEFINITION: Fields = {"id": "scene", "description": "A scene"}
RICH_DEFINITION: Fields = {**DEFINITION, "fields": FIELDS, "media_sources": SOURCES}
RANGES: list[Fields] = [{"start_time": 0.0, "end_time": 5.0}, {"start_time": 5.5, "end_time": 60.25}]
SEGMENTS: Fields = {"type": "segment_definitions", "segment_definitions": [RICH_DEFINITION]}

GENERAL: Fields = {
    "prompt": {"input_text": "Is <@logo> or <@face> on a <@sign>?", "media_sources": SOURCES},
    "response_format": {"type": "json_schema", "json_schema": SCHEMA},
    "temperature": 0.5,
    "max_tokens": 1024,
    "start_time": 1.5,
    "end_time": 600.25,
}
TIMED: Fields = {
    "response_format": {**SEGMENTS, "segment_time_format": "hh:mm:ss.fff"},
    "temperature": 0.25,
    "max_tokens": 4096,
    "min_segment_duration": 2.5,
    "max_segment_duration": 30.5,
    "start_time": 0.5,
    "end_time": 3600.5,
}
MODES: dict[str, Fields] = {
    "general": {"prompt": PROMPT},
    "time_based_metadata": {"response_format": SEGMENTS},
}

Make = typing.Callable[..., Fields]


def created_by(name: str, make: Make, **rest: typing.Any) -> Case:
    """A case that creates a batch."""

    def call(kit: Kit) -> typing.Any:
        given = {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": [ITEM], **make(kit)}
        return kit.call("create", **given)

    return Case(f"create: {name}", call, (created(),), **rest)


def plain(name: str, **arguments: typing.Any) -> Case:
    """A case whose arguments are the same for both."""
    return created_by(name, lambda _: arguments)


def forms() -> typing.Iterator[Case]:
    """Everything that a request may be made of."""
    for mode, fields in (("general", GENERAL), ("time_based_metadata", TIMED)):
        item = {**ITEM, "custom_id": "v-1", **fields}
        rest = {"analysis_mode": mode}
        makes: dict[str, Make] = {
            "dicts": lambda _, i=item, f=fields: {"requests": [i], "defaults": f},
            "models": lambda kit, i=item, f=fields: {
                "requests": [kit.model("BatchItemRequest", i)],
                "defaults": kit.model("BatchDefaults", f),
            },
            "the vendor's models": lambda kit, i=item, f=fields: {
                "requests": [kit.model("BatchItemRequest", i, twelvelabs)],
                "defaults": kit.model("BatchDefaults", f, twelvelabs),
            },
            "models made of dicts": lambda kit, i=item, f=fields: {
                "requests": [kit.package.BatchItemRequest(**i)],
                "defaults": kit.package.BatchDefaults(**f),
            },
            "dicts with models": lambda kit, i=item: {
                "requests": [{**i, "video": kit.model("BatchVideoContext", VIDEO)}],
                "defaults": {
                    "response_format": kit.model("AsyncResponseFormat", i["response_format"]),
                    "prompt": kit.model("BatchPrompt", i["prompt"]) if "prompt" in i else None,
                },
            },
            "dicts and models": lambda kit, i=item, f=fields: {
                "requests": [i, kit.model("BatchItemRequest", {**i, "custom_id": "v-2"}), ITEM],
                "defaults": f,
            },
            "items in a tuple": lambda _, i=item, m=mode: {
                "requests": (i, ITEM),
                "defaults": MODES[m],
            },
            "items from a generator": lambda kit, i=item, f=fields: {
                "requests": (kit.model("BatchItemRequest", i) for _ in range(1)),
                "defaults": f,
            },
        }
        for name, make in makes.items():
            yield created_by(f"{mode}, {name}", lambda kit, m=make, r=rest: {**r, **m(kit)})


def single_fields() -> typing.Iterator[Case]:
    """Every field alone, in a dict and in a model; every optional one as None too."""
    for mode, fields in (("general", GENERAL), ("time_based_metadata", TIMED)):
        base = {"analysis_mode": mode, "defaults": MODES[mode]}
        for field, value in {"custom_id": "a_B-9", **fields}.items():
            for shown, given in (("given", value), ("None", None)):
                item = {**ITEM, field: given}
                defaults = {**MODES[mode], field: given}
                if given is None and field in MODES[mode]:
                    defaults, item = {"temperature": 0.5, field: None}, {**ITEM, **MODES[mode]}
                yield plain(
                    f"{mode}, {field} {shown}, dict", **{**base, "requests": [{**MODES[mode], **item}]}
                )
                yield created_by(
                    f"{mode}, {field} {shown}, model",
                    lambda kit, i=item, b=base: {**b, "requests": [kit.model("BatchItemRequest", i)]},
                )
                if field != "custom_id":
                    yield plain(
                        f"{mode}, defaults, {field} {shown}, dict",
                        analysis_mode=mode,
                        requests=[{**ITEM, **MODES[mode]}],
                        defaults=defaults,
                    )
                    yield created_by(
                        f"{mode}, defaults, {field} {shown}, model",
                        lambda kit, d=defaults, m=mode: {
                            "analysis_mode": m,
                            "requests": [{**ITEM, **MODES[m]}],
                            "defaults": kit.model("BatchDefaults", d),
                        },
                    )


def inner_types() -> typing.Iterator[Case]:
    """Types inside of others, each optional field left out, given and None."""
    tried: list[tuple[str, Fields]] = [
        ("a definition with nothing optional", DEFINITION),
        ("a definition with time ranges", {**DEFINITION, "time_ranges": RANGES}),
        ("time ranges of whole numbers", {**DEFINITION, "time_ranges": [{"start_time": 0, "end_time": 5}]}),
        *((f"a field of type {entry['type']}", {**DEFINITION, "fields": [entry]}) for entry in FIELDS),
        *(
            (
                f"a field of type {kind}",
                {**DEFINITION, "fields": [{"name": "n", "type": kind, "description": "d"}]},
            )
            for kind in ("boolean", "number", "integer")
        ),
        ("a field with None", {**DEFINITION, "fields": [{**FIELDS[0], "format": None, "items": None}]}),
        (
            "a definition with None",
            {**DEFINITION, "fields": None, "media_sources": None, "time_ranges": None},
        ),
        *((f"a source with {list(entry)[2]}", {**DEFINITION, "media_sources": [entry]}) for entry in SOURCES),
        ("a source with None", {**DEFINITION, "media_sources": [{**SOURCES[0], "asset_id": None}]}),
    ]
    for name, definition in tried:
        segments = {"type": "segment_definitions", "segment_definitions": [definition]}
        base = {"analysis_mode": "time_based_metadata"}
        yield plain(f"{name}, dict", **base, defaults={"response_format": segments})
        yield created_by(
            f"{name}, model",
            lambda kit, s=segments, b=base: {
                **b,
                "defaults": kit.model("BatchDefaults", {"response_format": s}),
            },
        )
    for form in ("seconds", "hh:mm:ss", "hh:mm:ss.fff", None):
        yield plain(
            f"segment_time_format {form}",
            analysis_mode="time_based_metadata",
            defaults={"response_format": {**SEGMENTS, "segment_time_format": form}},
        )
    spelled = {**SOURCES[0], "url": None, "base_64_string": "aGk="}
    yield plain(
        "a source with its name in Python",
        defaults={"prompt": {"input_text": "x", "media_sources": [spelled]}},
    )
    yield created_by(
        "a source made with its name in JSON",
        lambda kit: {
            "defaults": {
                "prompt": {"input_text": "x", "media_sources": [kit.package.SmeMediaSource(**SOURCES[2])]}
            }
        },
    )


TEXTS: dict[str, str] = {
    "emoji": "Wer spricht? 🎬👩‍👩‍👧",
    "right to left": "من يتكلم \u202eabc\u202c؟",
    "line separators": "a\u2028b\u2029c\u0085d",
    "control characters": "a\x00b\x07c\x1b\x7f\td\r\ne",
    "quotes": "\"'\\/</script>",
    "long": "lang " * 20_000,
    "combining": "e\u0301 é",
}
SCHEMA_NUMBERS: dict[str, typing.Any] = {
    "zero": 0, "minus zero": -0.0, "tiny": 1e-7, "whole float": 3.0, "large": 2**63 - 1, "larger": 2**64 - 1,
    "negative": -(2**63), "huge": 10**30, "float": 0.1, "exponent": 1.5e300,
}  # fmt: skip
NUMBERS: dict[str, tuple[str, typing.Any]] = {
    "0": ("temperature", 0), "0.0": ("temperature", 0.0), "-0.0": ("temperature", -0.0),
    "1": ("temperature", 1), "1e-7": ("temperature", 1e-7), "7200": ("end_time", 7200),
    "float for an int": ("max_tokens", 2048.0), "bool for a number": ("temperature", True),
    "text for a number": ("temperature", "0.2"), "text for an int": ("max_tokens", "2048"),
    "fraction for an int": ("max_tokens", 2048.5), "NaN": ("temperature", float("nan")),
}  # fmt: skip

BREACHES: dict[str, dict[str, typing.Any]] = {
    "no item": {"requests": [], "defaults": {"prompt": PROMPT}},
    "temperature": {"defaults": {"prompt": PROMPT, "temperature": 99}},
    "the same custom_id twice": {
        "requests": [{**ITEM, "custom_id": "x"}, {**ITEM, "custom_id": "x"}], "defaults": {"prompt": PROMPT}
    },
}  # fmt: skip


def values() -> typing.Iterator[Case]:
    """Texts and numbers of all kinds."""
    for name, text in TEXTS.items():
        prompt = {"input_text": text}
        yield plain(f"{name}, dict", defaults={"prompt": prompt})
        yield created_by(
            f"{name}, model", lambda kit, p=prompt: {"defaults": kit.model("BatchDefaults", {"prompt": p})}
        )
        schema = {"type": "object", "properties": {text[:50]: {"type": "string", "pattern": text[:50]}}}
        yield plain(
            f"{name}, in a schema",
            defaults={"prompt": PROMPT, "response_format": {"type": "json_schema", "json_schema": schema}},
        )
    yield plain("half of a surrogate pair", defaults={"prompt": {"input_text": "\ud83d"}})
    for name, number in SCHEMA_NUMBERS.items():
        schema = {"type": "object", "properties": {"n": {"type": "number", "enum": [number]}}}
        yield plain(
            f"a schema with {name}",
            defaults={"prompt": PROMPT, "response_format": {"type": "json_schema", "json_schema": schema}},
        )
    for name, (field, given) in NUMBERS.items():
        yield plain(f"{field}, {name}, dict", defaults={"prompt": PROMPT, field: given})
        yield created_by(
            f"{field}, {name}, model",
            lambda kit, f=field, g=given: {"defaults": kit.model("BatchDefaults", {"prompt": PROMPT, f: g})},
        )
    for name, given in BREACHES.items():
        yield plain(f"a rule is broken: {name}", **given)
        # Who knows better sends it all the same, here as there.
        yield created_by(
            f"a rule is broken, unchecked: {name}",
            lambda kit, g=given: {**g, "request_options": {"validate": False}} if kit.ours else g,
        )
    yield plain("an unknown field, dict", requests=[{**ITEM, "costum_id": "x"}], defaults={"prompt": PROMPT})
    yield created_by(
        "an unknown field, model",
        lambda kit: {
            "requests": [kit.package.BatchItemRequest(**ITEM, costum_id="x")],
            "defaults": {"prompt": PROMPT},
        },
    )
    yield created_by(
        "a model without a field", lambda kit: {"defaults": {"prompt": kit.package.BatchPrompt()}}
    )


def defaults() -> typing.Iterator[Case]:
    """Defaults given, omitted, None and empty."""
    item = {**ITEM, "prompt": PROMPT}
    yield plain("defaults omitted", requests=[item])
    yield plain("defaults None", requests=[item], defaults=None)
    yield plain("defaults {}", requests=[item], defaults={})
    yield created_by(
        "defaults of no field", lambda kit: {"requests": [item], "defaults": kit.package.BatchDefaults()}
    )
    yield plain("defaults Ellipsis", requests=[item], defaults=...)
    yield plain(
        "1,000 items",
        requests=[{**ITEM, "custom_id": f"v-{n}"} for n in range(1000)],
        defaults={"prompt": PROMPT},
    )


class Word(str, enum.Enum):
    """Words as members that are texts."""

    MODEL = "pegasus1.5"
    MODE = "general"
    STATUS = "completed"


class Bare(enum.Enum):
    """Words as members that are not."""

    MODE = "general"
    STATUS = "processing"


PAGE = answer(
    200,
    {"data": [STATE], "page_info": {"page": 1, "limit_per_page": 10, "total_page": 1, "total_results": 1}},
)
NO_PAGE = answer(
    200, {"data": [], "page_info": {"page": 1, "limit_per_page": 10, "total_page": 0, "total_results": 0}}
)


def listing() -> typing.Iterator[Case]:
    """Filters and pages."""
    tried: dict[str, Fields] = {
        "nothing": {},
        "None": {"page": None, "page_limit": None, "status": None, "analysis_mode": None},
        "page": {"page": 3},
        "page_limit": {"page_limit": 50},
        "page and page_limit": {"page": 2, "page_limit": 1},
        "a word": {"status": "completed", "analysis_mode": "general"},
        "a list": {"status": ["completed", "expired"], "analysis_mode": ["general", "time_based_metadata"]},
        "a tuple": {"status": ("completed", "expired"), "analysis_mode": ("general",)},
        "a set": {"status": {"completed"}, "analysis_mode": frozenset({"general"})},
        "an empty list": {"status": [], "analysis_mode": ()},
        "a generator": {},
        "an empty text": {"status": ""},
        "a member": {"status": Word.STATUS, "analysis_mode": Word.MODE},
        "members": {"status": [Word.STATUS, Bare.STATUS], "analysis_mode": [Bare.MODE]},
        "a bare member": {"status": Bare.STATUS},
        "the same word twice": {"status": ["completed", "completed"]},
        "a new word": {"status": "grüße & mehr=1+1/2 ~*'()"},
        "an emoji": {"status": ["🎬"]},
    }
    for name, arguments in tried.items():
        # A generator gives its words only once.
        yield Case(
            f"list by {name}",
            lambda kit, a=arguments, n=name: kit.listed(
                **({"status": (word for word in ("completed", "expired"))} if n == "a generator" else a)
            ),
            (PAGE, NO_PAGE),
        )
    yield Case("list: no entries", lambda kit: kit.listed(), (NO_PAGE,))
    yield Case(
        "list: all pages", lambda kit: kit.listed(status="completed", page_limit=10), (*PAGES, NO_PAGE)
    )
    yield Case("list: pages", lambda kit: kit.paged(), (*PAGES, NO_PAGE))
    yield created_by(
        "members as words",
        lambda _: {"model_name": Word.MODEL, "analysis_mode": Bare.MODE, "defaults": {"prompt": PROMPT}},
    )


CASES: list[Case] = [*forms(), *single_fields(), *inner_types(), *values(), *defaults(), *listing()]
