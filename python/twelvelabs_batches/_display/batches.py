"""Batches, as the platform reports them."""

from __future__ import annotations

import datetime
import typing

from . import parts
from .markup import Markup, element, fragment
from .words import attribute, count, duration, moment, number, plural, quote, text

__all__ = ["show_batch", "show_created", "show_page", "show_pager", "tell_webhooks"]

_MOST_ITEMS = 10
_MOST_BATCHES = 50
_ENDS = (("completed", "completed_at"), ("canceled", "canceled_at"), ("expired", "expired_at"))


def _numbers(batch: object) -> typing.List[typing.Tuple[str, int]]:
    """Items by what has become of them; those of which nothing is told count as queued."""
    told = [
        (word, number(attribute(batch, f"{word}_items")))
        for word in ("ready", "failed", "canceled", "processing")
    ]
    rest = number(attribute(batch, "total_items")) - sum(count for _, count in told)
    return [*told, ("queued", max(rest, 0))]


def _is_over(batch: object) -> bool:
    return attribute(batch, "is_terminal") is True


def show_batch(batch: object) -> Markup:
    """A card of a batch."""
    numbers = _numbers(batch)
    total = number(attribute(batch, "total_items"))
    share = int(100 * (attribute(batch, "progress") or 0))
    model = ", ".join(
        filter(None, (text(attribute(batch, "model_name")), text(attribute(batch, "analysis_mode"))))
    )
    return parts.card(
        parts.head("Batch", attribute(batch, "batch_id"), attribute(batch, "status"), model),
        parts.bar(numbers, total),
        parts.counts(
            [(word, each) for word, each in numbers if each or word in {"ready", "failed"}],
            f"of {plural(total, 'item')}" if _is_over(batch) else f"{share} % of {plural(total, 'item')}",
        ),
        parts.facts(
            ("created", parts.time(attribute(batch, "created_at"))),
            *_tell_end(batch),
            ("webhooks", tell_webhooks(attribute(batch, "webhooks"))),
        ),
        _next_of_batch(batch),
    )


def _tell_end(batch: object) -> typing.List[typing.Tuple[str, parts.Cell]]:
    """When the batch has ended, or may end."""
    elapsed = duration(attribute(batch, "elapsed"))
    expires = ("expires", parts.time(attribute(batch, "expires_at")))
    if not _is_over(batch):
        return [*_tell_progress(batch, elapsed), expires]
    ends = [(word, parts.time(attribute(batch, name))) for word, name in _ENDS]
    known = [end for end in ends if end[1] is not None]
    return [*(known or [expires]), ("took", elapsed)]


def _tell_progress(
    batch: object, elapsed: typing.Optional[str]
) -> typing.List[typing.Tuple[str, parts.Cell]]:
    created, expires = (moment(attribute(batch, name)) for name in ("created_at", "expires_at"))
    now = datetime.datetime.now(datetime.timezone.utc)
    if created is None or not created <= now or (expires is not None and expires < now):
        # The platform's clock is not this machine's: an emulator's, or one of them is wrong.
        return []
    left = attribute(batch, "remaining_estimate")
    return [("elapsed", elapsed), ("left", f"about {duration(left)}" if duration(left) else None)]


def tell_webhooks(webhooks: object) -> typing.Optional[str]:
    """How many webhooks have been told."""
    if not isinstance(webhooks, (list, tuple)) or not webhooks:
        return None
    delivered = sum(attribute(each, "delivered") is True for each in webhooks)
    return f"{count(delivered)} of {count(len(webhooks))} delivered"


def _next_of_batch(batch: object) -> typing.Optional[Markup]:
    batch_id = attribute(batch, "batch_id")
    if not isinstance(batch_id, str):
        return None
    results = f"client.results({quote(batch_id)})"
    if _is_over(batch):
        return parts.next_step(results)
    return parts.next_step(f"client.wait({quote(batch_id)})", results)


def show_created(created: object) -> Markup:
    """A card of a batch that was just created."""
    items = attribute(created, "items")
    items = items if isinstance(items, (list, tuple)) else ()
    batch_id = attribute(created, "batch_id")
    rows = [
        (text(attribute(each, "custom_id")) or "none", parts.code(text(attribute(each, "task_id"))))
        for each in items[:_MOST_ITEMS]
    ]
    return parts.card(
        parts.head("New batch", batch_id, attribute(created, "status")),
        parts.facts(
            ("items", count(number(attribute(created, "total_items")))),
            ("created", parts.time(attribute(created, "created_at"))),
            ("expires", parts.time(attribute(created, "expires_at"))),
        ),
        parts.table(("custom_id", "task_id"), rows, "Items of the batch") if rows else None,
        parts.more(len(items) - len(rows), "item"),
        _next_of_batch(created),
    )


def show_page(page: typing.Any) -> Markup:
    """A card of a page of batches. Nothing is fetched for it."""
    following = "await page.next_page()" if type(page).__name__.startswith("Async") else "page.next_page()"
    return parts.card(
        parts.head("Page of batches", side=_place(page.page_info)),
        _table_of_batches(page),
        parts.next_step(following, after=" for the next page") if page.has_next else None,
    )


def show_pager(pager: typing.Any) -> Markup:
    """A card of a listing, as far as it has been fetched."""
    total = pager.total_results
    loop = "async for batch in pager" if type(pager).__name__.startswith("Async") else "for batch in pager"
    return parts.card(
        parts.head("Batches", side="" if total is None else f"{count(number(total))} in all"),
        _table_of_batches(pager.items),
        parts.next_step(loop, after=": other pages are fetched on the way") if pager.has_next else None,
    )


def _place(info: object) -> str:
    page, pages, total = (number(attribute(info, name)) for name in ("page", "total_page", "total_results"))
    told = [f"page {count(page)} of {count(pages)}"] if page and pages else []
    return ", ".join([*told, f"{plural(total, 'batch', 'batches')} in all"])


def _table_of_batches(batches: typing.Sequence[object]) -> Markup:
    if not batches:
        return element("div", "There are none.", class_="tlb-quiet")
    rows = [_row_of_batch(batch) for batch in batches[:_MOST_BATCHES]]
    columns = ("batch", "status", "items", "ready", "failed", "mode", "created (UTC)")
    return fragment(
        parts.table(columns, rows, "Batches", numbers={3, 4}),
        parts.more(len(batches) - len(rows), "batch", "batches"),
    )


def _row_of_batch(batch: object) -> typing.Sequence[parts.Cell]:
    numbers = _numbers(batch)
    told = dict(numbers)
    total = number(attribute(batch, "total_items"))
    items = element("span", parts.bar(numbers, total), count(total), class_="tlb-line")
    return (
        parts.code(text(attribute(batch, "batch_id"))),
        parts.status(attribute(batch, "status")),
        items,
        count(told["ready"]),
        count(told["failed"]),
        text(attribute(batch, "analysis_mode")),
        parts.time(attribute(batch, "created_at"), ""),
    )
