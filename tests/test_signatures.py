"""Signatures and documentation: both faces, and the documented client."""

import importlib
import inspect
import json
import pathlib
import re
import typing

import pytest

import twelvelabs_batches as tb
from twelvelabs_batches import _native, _twin

GOLDEN = pathlib.Path(__file__).parent / "golden"
SIGNATURES: dict[str, typing.Any] = json.loads((GOLDEN / "signatures.json").read_text())
MODELS: dict[str, dict[str, str]] = json.loads((GOLDEN / "models.json").read_text())
FACES = {"sync": tb.BatchesClient, "async": tb.AsyncBatchesClient}
IN_ASYNC = {"SyncPager": "AsyncPager", "typing.Iterator": "typing.AsyncIterator"}


def plain(annotation: str) -> str:
    return re.sub(r"\s+", "", annotation)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("verb", SIGNATURES)
def test_signatures_are_the_documented_ones(face: str, verb: str) -> None:
    signature = inspect.signature(getattr(FACES[face], verb))
    documented = SIGNATURES[verb]
    found = list(signature.parameters.values())[1:]
    assert len(found) == len(documented["parameters"])
    for parameter, (name, kind, annotation, default) in zip(found, documented["parameters"]):
        assert parameter.name == name
        assert (parameter.kind is inspect.Parameter.KEYWORD_ONLY) == (kind == "keyword")
        assert plain(parameter.annotation) == plain(annotation)
        expected = {None: inspect.Parameter.empty, "OMIT": ..., "None": None}[default]
        assert parameter.default is expected
    returns = documented["returns"]
    if face == "async":
        for blocking, asynchronous in IN_ASYNC.items():
            returns = returns.replace(blocking, asynchronous)
    assert signature.return_annotation == returns


@pytest.mark.parametrize("verb", SIGNATURES)
def test_signatures_are_those_of_the_vendors_sdk(verb: str) -> None:
    from twelvelabs.analyze_async.batches import client as vendor

    for ours, theirs in (
        (tb.BatchesClient, vendor.BatchesClient),
        (tb.AsyncBatchesClient, vendor.AsyncBatchesClient),
    ):
        own, other = inspect.signature(getattr(ours, verb)), inspect.signature(getattr(theirs, verb))
        assert [(p.name, p.kind, p.default) for p in own.parameters.values()] == [
            (p.name, p.kind, p.default) for p in other.parameters.values()
        ]


RELATED = {
    "TasksClient": ("analyze_async.tasks", "retrieve"),
    "RawTasksClient": ("analyze_async.tasks", "retrieve"),
    "AssetsClient": ("assets", "retrieve"),
    "RawAssetsClient": ("assets", "retrieve"),
    "RawBatchesClient": ("analyze_async.batches", *SIGNATURES),
}


@pytest.mark.parametrize("name", RELATED)
@pytest.mark.parametrize("prefix", ["", "Async"])
def test_what_is_beside_batches_has_the_vendors_signatures(name: str, prefix: str) -> None:
    place, *verbs = RELATED[name]
    module = "raw_client" if name.startswith("Raw") else "client"
    theirs = getattr(importlib.import_module(f"twelvelabs.{place}.{module}"), prefix + name)
    ours = getattr(importlib.import_module(f"twelvelabs_batches.{place}.client"), prefix + name)
    for verb in verbs:
        own, other = getattr(ours, verb), getattr(theirs, verb)
        assert [(p.name, p.kind, p.default) for p in inspect.signature(own).parameters.values()] == [
            (p.name, p.kind, p.default) for p in inspect.signature(other).parameters.values()
        ]
        assert inspect.iscoroutinefunction(own) == inspect.iscoroutinefunction(other)
        assert own.__doc__


def test_the_way_in_takes_the_vendors_arguments() -> None:
    import twelvelabs
    from twelvelabs.base_client import AsyncBaseClient, BaseClient

    for ours, theirs in ((tb.TwelveLabs, BaseClient), (tb.AsyncTwelveLabs, AsyncBaseClient)):
        own = inspect.signature(ours).parameters
        for parameter in list(inspect.signature(theirs).parameters.values()):
            twin = own[parameter.name]
            assert twin.kind is inspect.Parameter.KEYWORD_ONLY
            if parameter.name == "api_key":  # the vendor's own subclass makes it optional
                assert twin.default is None
            elif parameter.name == "environment":
                assert twin.default.value == parameter.default.value
            else:
                assert twin.default == parameter.default, parameter
    assert inspect.signature(tb.TwelveLabs) == inspect.signature(tb.AsyncTwelveLabs)
    assert "api_key" in inspect.signature(twelvelabs.TwelveLabs).parameters


def test_both_faces_have_the_same_methods() -> None:
    def public(face: type) -> set[str]:
        return {name for name in vars(face) if not name.startswith("_")}

    assert public(tb.BatchesClient) - {"close"} == public(tb.AsyncBatchesClient) - {"aclose"}
    assert set(SIGNATURES) <= public(tb.BatchesClient)
    assert inspect.signature(tb.BatchesClient) == inspect.signature(tb.AsyncBatchesClient)


@pytest.mark.parametrize("verb", SIGNATURES)
def test_both_faces_have_the_same_documentation(verb: str) -> None:
    blocking = getattr(tb.BatchesClient, verb)
    asynchronous = getattr(tb.AsyncBatchesClient, verb)
    assert asynchronous.__doc__ == _twin.to_async(blocking.__doc__)
    assert inspect.signature(blocking).parameters == inspect.signature(asynchronous).parameters
    assert inspect.iscoroutinefunction(asynchronous) == (verb != "results")


@pytest.mark.parametrize("verb", SIGNATURES)
def test_documentation_teaches(verb: str) -> None:
    text = inspect.getdoc(getattr(tb.BatchesClient, verb)) or ""
    sections = ["Args:", "Raises:", "Example:"] + ([] if verb == "delete" else ["Returns:"])
    for section in sections:
        assert f"\n{section}\n" in text
    for name, *_ in SIGNATURES[verb]["parameters"]:
        assert f"    {name}: " in text
    for raised in re.findall(r"^    (\w+Error):", text, re.MULTILINE):
        assert issubclass(getattr(tb, raised), tb.TwelveLabsError)


def test_models_have_the_documented_fields() -> None:
    described = {name: fields for name, _, _, fields in _native.describe_models()}
    for model, documented in MODELS.items():
        found = {
            name: annotation.replace("typing.", "").replace("datetime.datetime", "datetime")
            for name, _, annotation, _, _ in described[model]
        }
        assert found == documented
        for name, _, annotation, optional, _ in described[model]:
            assert optional == annotation.startswith("typing.Optional"), (model, name)


def test_models_have_the_fields_of_the_vendors_sdk() -> None:
    import twelvelabs

    for model, _, _, fields in _native.describe_models():
        theirs = getattr(twelvelabs, model, None)
        if theirs is None:
            assert model == "PageInfo"
            continue
        documented = {name: not field.is_required() for name, field in theirs.model_fields.items()}
        assert {name: optional for name, _, _, optional, _ in fields} == documented, model
        assert {name: wire for name, wire, *_ in fields if name != wire} == {
            name: alias
            for name, field in theirs.model_fields.items()
            for alias in [next((part.alias for part in field.metadata if hasattr(part, "alias")), name)]
            if alias != name
        }, model


def test_every_public_thing_is_documented() -> None:
    for name in tb.__all__:
        thing = getattr(tb, name)
        if inspect.isclass(thing):
            assert thing.__doc__, name
            assert thing.__module__.startswith("twelvelabs_batches"), name
    for model, doc, _, fields in _native.describe_models():
        assert doc.strip(), model
        assert len(fields) <= 64, "which of them were set is held in 64 bits"
        for field, _, _, _, text in fields:
            assert text.strip(), (model, field)
            assert getattr(tb, model).__dict__[field].__doc__.split() == text.split()
