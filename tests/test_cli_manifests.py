"""Manifests: what can be written, and what is told of what cannot."""

import contextlib
import csv
import io
import json
import pathlib
import typing

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faces import item
from twelvelabs_batches._cli.items import COLUMNS, INTEGERS, NUMBERS
from twelvelabs_batches._cli.manifest import Manifest, read_manifest
from twelvelabs_batches._cli.problems import ManifestError

ASSET = "6a0000000000000000000001"
SCHEMA = {"type": "object", "properties": {"mood": {"type": "string"}}, "required": ["mood"]}
NESTED = {
    "video": {"type": "asset_id", "asset_id": ASSET},
    "custom_id": "film",
    "prompt": {"input_text": "Who speaks?"},
    "max_tokens": 1024,
}
FLAT = {"asset_id": ASSET, "custom_id": "film", "prompt": "Who speaks?", "max_tokens": 1024}


@pytest.fixture
def write(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> typing.Callable[..., str]:
    monkeypatch.chdir(tmp_path)

    def write_file(name: str, text: str | bytes) -> str:
        pathlib.Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write_file


Write = typing.Callable[..., str]


def problems_of(path: str, format_name: str | None = None) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        read_manifest(path, format_name)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("m.jsonl", json.dumps(FLAT) + "\n"),
        ("m.ndjson", json.dumps(NESTED)),
        ("m.jsonl", "\ufeff\r\n" + json.dumps(FLAT) + "\r\n\r\n"),
        ("m.json", json.dumps([FLAT], indent=2)),
        ("m.json", json.dumps({"requests": [NESTED]})),
        ("m.csv", f"asset_id,custom_id,prompt,max_tokens\n{ASSET},film,Who speaks?,1024\n"),
        ("m.csv", f"\ufeffasset_id;max_tokens;custom_id;prompt\r\n{ASSET};1024;film;Who speaks?\r\n\r\n"),
        ("m.CSV", f'prompt\tmax_tokens\tcustom_id\tasset_id\n"Who speaks?"\t1024\tfilm\t{ASSET}'),
    ],
)
def test_the_same_item_in_every_format(write: Write, name: str, text: str) -> None:
    assert read_manifest(write(name, text), None).requests == [NESTED]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (json.dumps(FLAT) + "\n" + json.dumps(FLAT), "jsonl"),
        (json.dumps(FLAT), "jsonl"),
        (json.dumps([FLAT, FLAT]), "json"),
        (json.dumps({"requests": [FLAT]}), "json"),
        (json.dumps({"defaults": {"max_tokens": 600}, "requests": [FLAT]}), "json"),
        (json.dumps({"requests": [FLAT]}, indent=1), "json"),
        ("\n  " + json.dumps([FLAT]), "json"),
    ],
)
def test_the_format_is_told_by_how_a_manifest_begins(write: Write, text: str, kind: str) -> None:
    path = write("manifest", text)
    guessed, told = read_manifest(path, None), read_manifest(path, kind)
    assert guessed == told
    assert guessed.requests[0] == NESTED


def test_a_format_that_cannot_be_told(write: Write) -> None:
    with pytest.raises(click.UsageError, match="--format jsonl, json, csv"):
        read_manifest(write("manifest", f"asset_id\n{ASSET}\n"), None)
    assert len(read_manifest("manifest", "csv").requests) == 1


def test_settings_of_an_object(write: Write) -> None:
    told = {"model_name": "pegasus1.5", "analysis_mode": "general", "defaults": {"max_tokens": 700}}
    manifest = read_manifest(write("m.json", json.dumps({**told, "requests": [FLAT]})), None)
    assert manifest.settings == told
    assert problems_of(write("m.json", json.dumps({"mode": "general", "requests": [FLAT]}))) == [
        "m.json: 'mode' is not known; allowed are requests, model_name, analysis_mode, defaults"
    ]


def test_a_response_format_may_be_a_schema(write: Write) -> None:
    made = {"type": "json_schema", "json_schema": SCHEMA}
    segments = {"type": "segment_definitions", "segment_definitions": []}
    lines = [{**FLAT, "response_format": each} for each in (SCHEMA, made, segments)]
    found = read_manifest(write("m.jsonl", "\n".join(map(json.dumps, lines))), None).requests
    assert [each["response_format"] for each in found] == [made, made, segments]
    cell = json.dumps(SCHEMA).replace('"', '""')
    found = read_manifest(write("m.csv", f'asset_id,response_format\n{ASSET},"{cell}"\n'), None).requests
    assert found[0]["response_format"] == made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"asset_id": "a"}\n\n{"asset_id": }', "m.jsonl:3, column 14: no JSON: Expecting value"),
        ('{"asset_id": "a"}\n{"asset_id": "b"', "m.jsonl:2, column 17: no JSON: Expecting ',' delimiter"),
        ('{"asset_id": "a"} x', "m.jsonl:1, column 19: more follows after the JSON"),
        ('{"asset_id": "a", "asset_id": "b"}', "m.jsonl:1: the field 'asset_id' is given twice"),
        ('{"asset_id": "a", "temperature": NaN}', "m.jsonl:1: NaN is not JSON"),
        ('["a"]', "m.jsonl:1: an item is an object, not a list"),
        ("null", "m.jsonl:1: an item is an object, not null"),
        ('{"custom_id": "a"}', "m.jsonl:1: there is no `asset_id`"),
        (
            '{"asset_id": "a", "custm_id": "b"}',
            "m.jsonl:1, custm_id: an item has no field 'custm_id'; did you mean 'custom_id'?",
        ),
        (
            '{"asset_id": "a", "url": "https://x"}',
            "m.jsonl:1, url: batches take uploaded assets only, no 'url': upload the video and give its `asset_id`",
        ),
        (
            '{"asset_id": "a", "video": {}}',
            "m.jsonl:1, asset_id: `asset_id` and `video` say the same: give one of them",
        ),
        ("[" * 100_000, "m.jsonl:1: it is nested too deeply"),
        ("\n \n", "m.jsonl: there is no item in it; 1 to 1,000 are allowed"),
    ],
)
def test_what_is_wrong_with_a_line(write: Write, text: str, told: str) -> None:
    assert problems_of(write("m.jsonl", text)) == [told]


def test_everything_that_is_wrong_is_told_at_once(write: Write) -> None:
    path = write("m.jsonl", '{"asset_id": "a", "promt": ""}\n{\n7\n{"asset_id": "a"}')
    assert [told.partition(":")[2][0] for told in sorted(problems_of(path))] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"items": []}', "m.json:1: there is no list of `requests`"),
        ('{"requests": {}}', "m.json:1: there is no list of `requests`"),
        ('[{"asset_id": "a"}]\n[]', "m.json:2: more follows after the JSON"),
        ('[{"asset_id": "a"},]', "m.json:1, column "),
        ("7", "m.json: a list of items, or an object with `requests`, is expected"),
        (
            '[\n{"asset_id": "a"},\n\n{"asset_id": "a",\n"x": 1}]',
            "m.json:4, x: an item has no field 'x'; allowed",
        ),
        (
            '{"defaults": {"requests": [1]},\n "requests":\n[\n{"asset_id": "a"}, 5]}',
            "m.json:4: an item is an object, not a number",
        ),
        ("[]", "m.json: there is no item in it; 1 to 1,000 are allowed"),
        ("", "m.json: a list of items, or an object with `requests`, is expected"),
    ],
)
def test_what_is_wrong_with_json(write: Write, text: str, told: str) -> None:
    (problem,) = problems_of(write("m.json", text))
    assert problem.startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("asset_id,promt\n", ["m.csv:1: there is no column 'promt'; did you mean 'prompt'?"]),
        ("asset_id,custom_id,custom_id\n", ["m.csv:1: the column 'custom_id' is there twice"]),
        ("custom_id,prompt\n", ["m.csv:1: there is no column 'asset_id'"]),
        ("asset_id,max_tokens\na,many\n", ["m.csv:2, column max_tokens: an integer is expected, not 'many'"]),
        ("asset_id,max_tokens\na,1_0\n", ["m.csv:2, column max_tokens: an integer is expected, not '1_0'"]),
        ("asset_id,start_time\na,nan\n", ["m.csv:2, column start_time: a number is expected, not 'nan'"]),
        ("asset_id,start_time\n\na,1:30\n", ["m.csv:3, column start_time: a number is expected, not '1:30'"]),
        ("asset_id,prompt\na,x,y\n", ["m.csv:2: 3 cells; there are 2 columns"]),
        ("asset_id,prompt\na\n", ["m.csv:2: 1 cells; there are 2 columns"]),
        ('asset_id,prompt\na,"x\ny"\nb,"z', ["m.csv:4: no CSV: unexpected end of data"]),
        ('asset_id,prompt\n"a"b,x\n', ["m.csv:2: no CSV: ',' expected after '\"'"]),
        ('asset_id,prompt\na,"x\ny"\nb\n', ["m.csv:4: 1 cells; there are 2 columns"]),
        ("asset_id,prompt\n,x\n", ["m.csv:2: there is no `asset_id`"]),
        ("asset_id,custom_id\n", ["m.csv: there is no item in it; 1 to 1,000 are allowed"]),
        ("asset_id,response_format\na,{\n", ["m.csv:2, column response_format: no JSON: "]),
    ],
)
def test_what_is_wrong_with_a_table(write: Write, text: str, told: list[str]) -> None:
    problems = problems_of(write("m.csv", text))
    assert len(problems) == len(told)
    for problem, beginning in zip(problems, told):
        assert problem.startswith(beginning)


def test_an_empty_table_says_which_columns_there_are(write: Write) -> None:
    (told,) = problems_of(write("m.csv", "\n"))
    assert told == f"m.csv: there is no line with the names of columns: {', '.join(COLUMNS)}"


def test_other_encodings_are_refused_with_the_line(write: Write) -> None:
    for name in ("m.jsonl", "m.json", "m.csv"):
        path = write(name, b'{"asset_id": "a"}\n{"prompt": "caf\xe9"}')
        assert problems_of(path) == [f"{name}:2: byte 0xe9 is not UTF-8"]


def test_more_than_a_batch_takes(write: Write) -> None:
    line = json.dumps({"asset_id": ASSET}) + "\n"
    assert len(read_manifest(write("m.jsonl", line * 1000), None).requests) == 1000
    with pytest.raises(ManifestError) as caught:
        read_manifest(write("m.jsonl", line * 2001), None)
    (problem,) = caught.value.problems
    assert str(problem) == "m.jsonl: 2,001 items; a batch takes up to 1,000"
    assert "make 3 manifests of it" in str(problem.hint)
    assert "split -l 1000" in str(problem.hint)


def test_line_ends_of_other_alphabets_end_no_line(write: Write) -> None:
    text = "a\u2028b\u2029c\u0085d"
    line = json.dumps({"asset_id": ASSET, "prompt": text}, ensure_ascii=False)
    table = f"asset_id,prompt\n{ASSET},{text}\n"
    for name, content in (("m.jsonl", line), ("m.json", f"[{line}]"), ("m.csv", table)):
        (found,) = read_manifest(write(name, content), None).requests
        assert found["prompt"] == {"input_text": text}


def test_places_of_fields(write: Write) -> None:
    table = read_manifest(write("m.csv", f"asset_id,custom_id\n{ASSET},a\n"), None).places[0]
    assert table.at("video.asset_id") == "m.csv:2, column asset_id"
    assert table.at("custom_id") == "m.csv:2, column custom_id"
    assert table.at("prompt") == "m.csv:2, prompt"
    assert table.at() == "m.csv:2"
    line = read_manifest(write("m.jsonl", json.dumps(FLAT)), None).places[0]
    assert line.at("prompt.input_text") == "m.jsonl:1, prompt.input_text"


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    lambda text: text.strip()
)
VALUES: dict[str, st.SearchStrategy[typing.Any]] = {
    "asset_id": st.text("0123456789abcdef", min_size=24, max_size=24),
    "custom_id": st.text("abcXYZ019-_", min_size=1, max_size=64),
    "prompt": TEXTS,
    "response_format": st.just(SCHEMA),
    **{name: st.integers() for name in INTEGERS},
    **{name: st.floats(allow_nan=False, allow_infinity=False) for name in NUMBERS},
}
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"asset_id": VALUES["asset_id"]},
        optional={name: value for name, value in VALUES.items() if name != "asset_id"},
    ),
    min_size=1,
    max_size=5,
)


def as_table(items: list[dict[str, typing.Any]], delimiter: str, end: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, list[str](COLUMNS), delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    writer.writeheader()
    for each in items:
        cells = dict(each)
        if "response_format" in cells:
            cells["response_format"] = json.dumps(cells["response_format"])
        writer.writerow(cells)
    return out.getvalue()


@given(
    items=ITEMS,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    has_mark=st.booleans(),
    indent=st.sampled_from([None, 2]),
    is_ascii=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_all_formats_say_the_same(
    tmp_path: pathlib.Path,
    items: list[dict[str, typing.Any]],
    delimiter: str,
    end: str,
    has_mark: bool,
    indent: int | None,
    is_ascii: bool,
) -> None:
    mark = "\ufeff" if has_mark else ""
    written = {
        "m.jsonl": end.join(json.dumps(each, ensure_ascii=is_ascii) for each in items),
        "m.json": json.dumps(items, ensure_ascii=is_ascii, indent=indent),
        "object.json": json.dumps({"defaults": {}, "requests": items}, ensure_ascii=is_ascii, indent=indent),
        "m.csv": as_table(items, delimiter, end),
    }
    read: list[Manifest] = []
    for name, text in written.items():
        path = tmp_path / name
        path.write_bytes((mark + text).encode())
        read.append(read_manifest(str(path), None))
    expected = []
    for each in items:
        made = {"video": {"type": "asset_id", "asset_id": each["asset_id"]}, **each}
        del made["asset_id"]
        if "prompt" in made:
            made["prompt"] = {"input_text": made["prompt"]}
        if "response_format" in made:
            made["response_format"] = {"type": "json_schema", "json_schema": SCHEMA}
        expected.append(made)
    for manifest in read:
        assert manifest.requests == expected


@given(data=st.binary(max_size=200), kind=st.sampled_from(["jsonl", "json", "csv"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_are_more_than_wrong(tmp_path: pathlib.Path, data: bytes, kind: str) -> None:
    path = tmp_path / "m"
    path.write_bytes(data)
    with contextlib.suppress(ManifestError):
        assert all(isinstance(each, dict) for each in read_manifest(str(path), kind).requests)


def test_what_the_client_takes_is_an_item(write: Write) -> None:
    requests = [dict(item(n, custom_id=f"v-{n}", max_tokens=600)) for n in range(3)]
    assert read_manifest(write("m.json", json.dumps(requests)), None).requests == requests
