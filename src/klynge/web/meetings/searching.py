"""Finding items by their words, among those the reader may read and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator

from klynge.web.meetings import access, html
from klynge.web.meetings.models import Item

# So many are looked at, and so many are shown.
LOOKED_AT, SHOWN = 400, 30


@dataclass(frozen=True)
class Hit:
    """An item that holds every word, and where it was found."""

    item: Item
    title: str
    extract: str


def find(wanted: str, user: Any) -> list[Hit]:
    """The items a user may read that hold every word, the newest meeting first."""
    words = wanted.split()
    if not words:
        return []
    rows = Item.objects.exclude(state=Item.State.WITHDRAWN).select_related(
        "meeting__body", "body", "recommended_by", "created_by"
    )
    for word in words:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(case_number__icontains=word)
            | Q(clauses__text__icontains=word)
            | Q(blocks__html__icontains=word)
        )
    rows = rows.distinct().order_by("-meeting__begins_at", "position", "pk")
    rows = rows.prefetch_related("blocks", "clauses", "annexes", "figures")
    hits = []
    for item, seen in access.with_readers(rows[:LOOKED_AT], user):
        # Asked again of what this reader may see: a word in a closed block gives no hit.
        told = _told(item, seen)
        if all(word.casefold() in told.casefold() for word in words):
            hits.append(Hit(item, seen.title(item), _extract(told, words[0])))
        if len(hits) == SHOWN:
            break
    return hits


def _told(item: Item, seen: access.Reader) -> str:
    parts = [item.title, item.case_number, *(clause.text for clause in seen.clauses(item))]
    parts += [html.to_text(block.html) for block in seen.blocks(item)]
    return "\n".join(parts)


def _extract(told: str, word: str) -> str:
    """The text around the word."""
    at = told.casefold().find(word.casefold())
    begins = max(at - 60, 0)
    return Truncator(" ".join(told[begins : at + 140].split())).chars(180)
