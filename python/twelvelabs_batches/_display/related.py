"""Tasks, assets, and the emulator."""

from __future__ import annotations

import typing

from . import answers, parts
from .batches import tell_webhooks
from .markup import Markup, element
from .words import attribute, clock, count, number, plural, text

__all__ = ["show_asset", "show_emulator", "show_task"]


def show_task(task: object) -> Markup:
    """A card of a task."""
    result, error = attribute(task, "result"), attribute(task, "error")
    return parts.card(
        parts.head("Task", attribute(task, "task_id"), attribute(task, "status")),
        parts.facts(
            ("custom_id", _name(task, "custom_id")),
            ("batch", _name(task, "batch_id")),
            ("asset", _name(attribute(task, "video_source"), "asset_id")),
            ("created", parts.time(attribute(task, "created_at"))),
            ("completed", parts.time(attribute(task, "completed_at"))),
            ("webhooks", tell_webhooks(attribute(task, "webhooks"))),
            *(answers.facts_of(result) if result is not None else []),
        ),
        None if error is None else parts.error_note(error),
        answers.cut_note(result),
        None if result is None else answers.show_answer(result, "task.result"),
    )


def _name(owner: object, field: str) -> typing.Optional[Markup]:
    told = attribute(owner, field)
    return None if told is None else parts.code(text(told))


def show_asset(asset: object) -> Markup:
    """A card of an uploaded video."""
    duration, size = attribute(asset, "duration"), attribute(asset, "size")
    error = attribute(asset, "error")
    filename = attribute(asset, "filename")
    return parts.card(
        parts.head("Asset", attribute(asset, "id"), attribute(asset, "status")),
        parts.facts(
            ("file", None if filename is None else element("bdi", text(filename))),
            ("type", text(attribute(asset, "file_type"))),
            ("duration", clock(duration) if isinstance(duration, (int, float)) else None),
            ("size", plural(number(size), "byte") if number(size) else None),
            ("created", parts.time(attribute(asset, "created_at"))),
        ),
        None if error is None else parts.error_note(error),
    )


def show_emulator(emulator: typing.Any) -> Markup:
    """A card of an emulator, and what has happened on it."""
    books = emulator.stats()
    batches = [(word, each) for word, each in books["batches"].items() if each]
    items = books["items"]
    asked = sum(books["requests"].values())
    order = ("ready", "failed", "canceled", "processing", "queued")
    return parts.card(
        parts.head("Emulator", emulator.base_url),
        parts.bar([(word, items[word]) for word in order], books["items_created"]) if batches else None,
        parts.counts(batches, plural(books["items_created"], "item")) if batches else None,
        parts.facts(
            ("its time", parts.time(emulator.now)),
            ("requests", count(asked)),
            ("faults met", count(books["faults_met"]) if books["faults_met"] else None),
            ("faults waiting", count(books["faults_waiting"]) if books["faults_waiting"] else None),
        ),
        parts.next_step("emulator.advance(hours=1)", "emulator.inject(…)", "emulator.stats()"),
    )
