"""Which libraries answers need, and when."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import types
import typing

import pytest

import twelvelabs_batches as tb
from films import AttrsScene, Mood, PlainScene, ready_item

SCENE = {"title": "Rain", "mood": "calm"}


@pytest.mark.parametrize(
    ("model", "missing", "named"),
    [
        (PlainScene, ["pydantic", "msgspec"], "pip install pydantic"),
        (AttrsScene, ["msgspec"], "pip install msgspec"),
    ],
)
def test_a_missing_library_is_named(
    model: typing.Any, missing: list[str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=named) as caught:
        ready_item("{}").parse(model)
    assert caught.value.name == missing[0]
    assert ready_item("{}").parse() == {}


def test_an_object_of_a_type_is_no_type() -> None:
    scene = PlainScene("Rain 0.83", Mood.CALM)
    for read in (ready_item("{}").parse, tb.response_format_of):
        with pytest.raises(tb.ValidationError) as caught:
            read(scene)
        assert f"and {scene!r} cannot be used as one" in str(caught.value)
        assert str(caught.value).endswith("it is a value of the type PlainScene")
    with pytest.raises(tb.ValidationError, match=r"and '\.\.\..{76}… cannot be used"):
        tb.response_format_of("." * 1000)


def test_dataclasses_are_checked_without_pydantic_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)
    assert ready_item(json.dumps(SCENE)).parse(PlainScene) == PlainScene("Rain", Mood.CALM)
    with pytest.raises(tb.AnswerMismatchError):
        ready_item('{"title": 5, "mood": "calm"}').parse(PlainScene)
    assert tb.response_format_of(PlainScene).json_schema is not None


def test_the_first_of_a_union_that_fits_is_made() -> None:
    @dataclasses.dataclass
    class First:
        title: str

    @dataclasses.dataclass
    class Second:
        title: str

    row = ready_item('{"title": "Rain"}')
    for _ in range(2):
        assert type(row.parse(typing.Union[First, Second])) is First
        assert type(row.parse(typing.Union[Second, First])) is Second


@pytest.mark.filterwarnings("ignore:Core Pydantic V1")
def test_models_of_pydantic_1_are_refused_in_words() -> None:
    v1 = pytest.importorskip("pydantic.v1")
    model: typing.Any = v1.create_model("Scene", title=(str, ...))
    for asked in (model, types.GenericAlias(list, model)):
        for ask in (ready_item("{}").parse, tb.response_format_of, tb.segment_fields_of):
            with pytest.raises(tb.ValidationError, match="models of pydantic 1 are not read"):
                ask(asked)


def test_nothing_is_imported_before_it_is_needed() -> None:
    code = """
import sys, dataclasses, typing
import twelvelabs_batches as tb
libraries = {"pydantic", "msgspec", "attrs", "pandas", "polars", "pyarrow"}
usage = {"output_tokens": 1}
segments = '{"s": [{"start_time": 0, "end_time": "00:00:02", "metadata": {}}]}'
data = {"generation_id": "g", "data": segments, "finish_reason": "stop", "usage": usage}
row = tb.BatchResultItem.model_validate({"task_id": "t", "custom_id": None, "status": "ready", "data": data})
assert row.parse()["s"]
assert row.segments()[0].end == 2.0
assert len(tb.segments_of([row]).to_dicts()) == 1
assert not libraries & set(sys.modules), libraries & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
