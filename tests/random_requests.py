"""Random arguments of `create`: mostly right, at the edges of what is allowed, and spoilt in places."""

from __future__ import annotations

import copy
import typing

from hypothesis import strategies as st

Json = typing.Any


def mostly(
    right: st.SearchStrategy[Json], wrong: st.SearchStrategy[Json], odds: int = 30
) -> st.SearchStrategy[Json]:
    """What is right, and once in a while what may be wrong."""
    return st.integers(1, odds).flatmap(lambda number: wrong if number == odds else right)


def values(*right: Json, wrong: typing.Sequence[Json] = ()) -> st.SearchStrategy[Json]:
    """One of these, and once in a while one of the others."""
    return mostly(st.sampled_from(right), st.sampled_from(wrong)) if wrong else st.sampled_from(right)


IDS = values("6a0000000000000000000001", "6A" + "0" * 22, "f" * 24, wrong=["", "6a", "g" * 24])
TEXTS = values(
    "a", "Sum up.", " ", "<@", "<@>", "é\u2028😀", "a < @b", wrong=["", "Find <@nobody>.", "<@logo> <@a>"]
)
SECONDS = values(0, 0.5, 1, 2, 2.0, 3, 7200, wrong=[-1, 1.5, 7199, 7200.5, 14400, 14401, 1e9])
LENGTHS = values(2, 2.0, 3.5, 60, wrong=[0, 1, 1.99, -2])
TIME_FORMATS = values("seconds", "hh:mm:ss", "hh:mm:ss.fff", wrong=["", "hh:mm"])
BASE64 = values("aGk=", "aGkh", wrong=["aGk", "", "a", "aGk=aGk=", "!!!!", "aG-_", "aGkh\n"])
URLS = values("https://x.test/a.png", wrong=["http://x.test/a.png", "https://", "HTTPS://x.test/", "", "x"])
ODD: st.SearchStrategy[Json] = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        -1,
        0.5,
        100,
        512,
        1e15,
        "",
        "text",
        "seconds",
        "timestamp",
        "time_array",
        "array",
        "object",
        "6a0000000000000000000001",
        [],
        ["a"],
        [1],
        {},
        {"type": "string"},
        {"a": {}},
    ]
)


SOURCES: dict[str, st.SearchStrategy[Json]] = {"url": URLS, "asset_id": IDS, "base64_string": BASE64}


def media(names: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """An image of some name."""
    one = st.sampled_from(sorted(SOURCES)).flatmap(lambda name: st.fixed_dictionaries({name: SOURCES[name]}))
    source = mostly(one, st.fixed_dictionaries({}, optional=SOURCES))
    return st.builds(
        lambda name, kind, source: {"name": name, "media_type": kind, **source},
        names,
        values("image", wrong=["video"]),
        source,
    )


@st.composite
def illustrated(draw: st.DrawFn, texts: str) -> dict[str, Json]:
    """A text in the field of that name, and the images it refers to."""
    names = draw(
        st.lists(
            values("logo", "the logo", "x_1", "Logo"), max_size=draw(values(2, 4, wrong=[5])), unique=True
        )
    )
    made: dict[str, Json] = {texts: draw(TEXTS) + "".join(f" <@{name}>" for name in names)}
    known = draw(mostly(st.just(names), st.just(names[1:]), 10))
    if known or draw(st.booleans()):
        made["media_sources"] = [draw(media(values(name, wrong=["other", ""]))) for name in known]
    return made


FIELD_NAMES = values("mood", "people", "when", wrong=["start_time", "end_time", "metadata", ""])
WORDS = mostly(
    st.lists(values("a", "b", "c"), min_size=1, max_size=3),
    st.sampled_from([[], ["a", "a"], [""], ["w"] * 100, ["w"] * 101, [1]]),
)
PLAIN_FIELD = st.fixed_dictionaries(
    {
        "name": FIELD_NAMES,
        "type": values(
            "string",
            "boolean",
            "number",
            "integer",
            wrong=["array", "timestamp", "time_array", "object", "null"],
        ),
        "description": TEXTS,
    },
    optional={"enum": WORDS},
)
ARRAY_FIELD = st.fixed_dictionaries(
    {
        "name": FIELD_NAMES,
        "type": st.just("array"),
        "description": TEXTS,
        "items": mostly(
            st.fixed_dictionaries(
                {"type": values("string", "number", "boolean", "integer", wrong=["object", "array"])}
            ),
            st.sampled_from(
                [
                    {},
                    {"type": "object", "fields": []},
                    {"type": "string", "fields": []},
                    {"type": "string", "enum": ["a"]},
                ]
            ),
        ),
    }
)
TIME_FIELD = st.fixed_dictionaries(
    {"name": FIELD_NAMES, "type": st.just("timestamp"), "description": TEXTS, "format": TIME_FORMATS}
)
SPOILT_FIELD = st.builds(lambda one, other: {**one, **other}, PLAIN_FIELD, st.one_of(ARRAY_FIELD, TIME_FIELD))
FIELD = mostly(st.one_of(PLAIN_FIELD, ARRAY_FIELD, TIME_FIELD), SPOILT_FIELD)


@st.composite
def ranges(draw: st.DrawFn) -> list[Json]:
    """Parts of a video, one after another."""
    made, start = [], draw(SECONDS)
    for _ in range(draw(st.integers(1, 3))):
        end = start + draw(LENGTHS)
        made.append({"start_time": start, "end_time": end})
        start = end + draw(values(0, 5, wrong=[-1]))
    return made[::-1] if draw(st.booleans()) else made


@st.composite
def definitions(draw: st.DrawFn) -> list[Json]:
    """Kinds of segments."""
    count = draw(values(1, 2, 3, wrong=[0, 20, 21]))
    with_ranges = draw(mostly(st.just(False), st.just(True), 4))
    made = []
    for number in range(count):
        definition = {
            "id": draw(values(f"scene-{number}", wrong=["scene-0", "", "a b"])),
            **draw(illustrated("description")),
        }
        if draw(st.booleans()):
            definition["fields"] = draw(
                st.lists(FIELD, max_size=3, unique_by=lambda field: str(field["name"]))
            )
        if with_ranges:
            definition["time_ranges"] = draw(ranges())
        made.append(definition)
    return made


SCALARS = st.sampled_from(["a", 1, 1.5, True, None])
KEYWORDS: dict[str, st.SearchStrategy[Json]] = {
    "minimum": st.sampled_from([0, 1.5, "a"]),
    "exclusiveMaximum": st.sampled_from([0, 5]),
    "pattern": st.sampled_from(["^a$", "[", 5]),
    "format": st.sampled_from(["uuid", "date-time", "date", "time", "email", "seconds", "hh:mm:ss"]),
    "minLength": st.just(1),
    "maxLength": st.just(5),
    "additionalProperties": st.booleans(),
    "uniqueItems": st.booleans(),
    "maxItems": st.just(3),
    "minItems": st.sampled_from([0, 1, 2, 1.0, "1"]),
    "const": st.one_of(SCALARS, st.just({"a": 1})),
    "enum": st.lists(SCALARS, max_size=3),
    "required": st.lists(st.sampled_from(["a", "b", "start_time"]), max_size=2),
    "title": st.just("T"),
    "description": st.just("D"),
    "default": SCALARS,
    "$ref": st.sampled_from(["#/$defs/A", "#/$defs/B", "#", "https://x.test/schema"]),
    "oneOf": st.just([{"type": "string"}]),
    "allOf": st.just([{"type": "string"}]),
    "not": st.just({"type": "string"}),
    "patternProperties": st.just({}),
    "multipleOf": st.just(2),
    "x-note": st.just("N"),
}
TYPES = st.sampled_from(["array", "boolean", "integer", "null", "number", "object", "string", "timestamp"])


def wider(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Schemas around schemas."""
    names = st.sampled_from(["a", "b", "start_time", "end_time", "metadata"])
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(names, inner, max_size=3)},
            optional={"required": KEYWORDS["required"], "$defs": st.fixed_dictionaries({"A": inner})},
        ),
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"minItems": KEYWORDS["minItems"]}
        ),
        st.fixed_dictionaries({"anyOf": st.lists(inner, max_size=2)}),
    )


LEAF = st.one_of(
    st.builds(
        lambda kind, words: {"type": kind, **words},
        TYPES,
        st.fixed_dictionaries({}, optional=KEYWORDS).map(lambda words: dict(list(words.items())[:2])),
    ),
    st.builds(lambda kind: {"type": kind}, TYPES),
    st.builds(lambda word: {"type": "timestamp", "format": word}, TIME_FORMATS),
    st.just({"type": ["string", "null"]}),
    st.just({}),
)
SCHEMA = st.recursive(LEAF, wider, max_leaves=6)

SCHEMA_FORMAT = st.fixed_dictionaries({"type": st.just("json_schema"), "json_schema": SCHEMA})
SEGMENTS_FORMAT = st.fixed_dictionaries(
    {"type": st.just("segment_definitions"), "segment_definitions": definitions()},
    optional={"segment_time_format": TIME_FORMATS},
)
SPOILT_FORMAT = st.builds(lambda one, other: {**one, **other}, SEGMENTS_FORMAT, SCHEMA_FORMAT)
NUMBERS: dict[str, st.SearchStrategy[Json]] = {
    "temperature": values(0, 0.2, 1, 1.0, wrong=[1.01, -0.01]),
    "max_tokens": values(2048, 4096.0, 98304, wrong=[511, 512, 2047, 98305]),
}
WINDOW: dict[str, st.SearchStrategy[Json]] = {
    "start_time": values(0, 1, 59.5, wrong=[-1, 60, 7000]),
    "end_time": values(61, 120.5, 7201, wrong=[0, 1, 60.4, 7202, 14401]),
}
SEGMENTS: dict[str, st.SearchStrategy[Json]] = {
    "min_segment_duration": values(2, 2.5, wrong=[1.99, 0, 30]),
    "max_segment_duration": values(2.5, 10, wrong=[2, 1, 0]),
}


@st.composite
def overrides(draw: st.DrawFn, mode: str, is_whole: bool) -> dict[str, Json]:
    """What an item or the defaults say, mostly as the mode wants it."""
    fitting, other = SCHEMA_FORMAT, SEGMENTS_FORMAT
    if mode != "general":
        fitting, other = other, fitting
    made: dict[str, Json] = {}
    if draw(values(mode == "general", wrong=[mode != "general"])) and (is_whole or draw(st.booleans())):
        made["prompt"] = draw(illustrated("input_text"))
    if (is_whole and mode != "general") or draw(st.booleans()):
        made["response_format"] = draw(mostly(fitting, st.one_of(other, SPOILT_FORMAT)))
    made.update(draw(st.fixed_dictionaries({}, optional=NUMBERS)))
    has_ranges = "time_ranges" in str(made.get("response_format"))
    if draw(values(not has_ranges, wrong=[True])):
        made.update(draw(st.fixed_dictionaries({}, optional=WINDOW)))
        if draw(values(mode != "general", wrong=[True])):
            made.update(draw(st.fixed_dictionaries({}, optional=SEGMENTS)))
    return made


@st.composite
def arguments(draw: st.DrawFn) -> dict[str, Json]:
    """Arguments of `create` as JSON, spoilt here and there."""
    mode = draw(st.sampled_from(["general", "time_based_metadata"]))
    has_defaults = draw(st.booleans())
    made: dict[str, Json] = {
        "model_name": draw(values("pegasus1.5", wrong=["pegasus1.6", ""])),
        "analysis_mode": draw(values(mode, wrong=["general", "time_based_metadata", "both"])),
        "requests": [],
    }
    if has_defaults:
        made["defaults"] = draw(overrides(mode, is_whole=True))
    for number in range(draw(values(1, 2, 3, wrong=[0]))):
        item = {"video": {"type": draw(values("asset_id", wrong=["url", ""])), "asset_id": draw(IDS)}}
        if draw(st.booleans()):
            item["custom_id"] = draw(
                values(f"v-{number}", "V_" + "9" * 61 + str(number), wrong=["v-0", "", "v 1", "é", "a" * 65])
            )
        if not has_defaults or draw(st.booleans()):
            item.update(draw(overrides(mode, is_whole=not has_defaults)))
        made["requests"].append(item)
    made = copy.deepcopy(made)
    for _ in range(draw(values(0, 0, 0, 1, wrong=[2]))):
        spoil(draw, made)
    return made


def places(value: Json) -> list[tuple[Json, Json]]:
    """Every place in a value: what holds it, and where."""
    keys: typing.Iterable[Json] = value.keys() if isinstance(value, dict) else range(len(value))
    found: list[tuple[Json, Json]] = []
    for key in list(keys):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            found.extend(places(value[key]))
    return found


def spoil(draw: st.DrawFn, made: dict[str, Json]) -> None:
    """Changes something somewhere."""
    holder, key = draw(st.sampled_from(places(made)))
    kind = draw(st.sampled_from(["replace", "remove", "repeat", "add"]))
    if kind == "replace":
        holder[key] = copy.deepcopy(draw(ODD))
    elif kind == "remove" and holder is not made:
        del holder[key]
    elif kind == "repeat" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif kind == "add" and isinstance(holder, dict) and holder is not made:
        holder[draw(st.sampled_from(["note", "prompt", "fields", "enum", "items", "start_time"]))] = (
            copy.deepcopy(draw(ODD))
        )
