"""What an item says, as plain values: for revisions, versions of an agenda, and merging.

    {"title": ..., "kind": ..., ..., "blocks": {"sagsresume": {...}}, "clauses": ["...", ...]}

A block is found by its kind; of "andet" there may be several: "andet", "andet:2" ...
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from klynge.web.meetings import html
from klynge.web.meetings.models import Block, Clause, Item

FIELDS = (
    "kind",
    "title",
    "closed",
    "closed_because",
    "public_title",
    "authorities_only",
    "case_number",
    "recommended_by",
    "presenter",
    "minutes_planned",
    "not_before",
)
BLOCKS, CLAUSES = "blocks", "clauses"
OTHER = Block.Kind.ANDET.value
Content = dict[str, Any]


def content_of(item: Item) -> Content:
    """Everything an item says, ready for JSON."""
    found: Content = {name: plain(getattr(item, name)) for name in FIELDS}
    found["recommended_by"] = item.recommended_by_id
    found[BLOCKS] = blocks_of(item.blocks.all())
    found[CLAUSES] = [clause.text for clause in item.clauses.all()]
    return found


def blocks_of(rows: Iterable[Block]) -> dict[str, dict[str, Any]]:
    """The blocks by key, in order."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = _free_key(row.kind, found)
        found[key] = {"caption": row.caption, "html": row.html, "closed": row.closed}
    return found


def read_blocks(given: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Blocks as they were sent, cleaned, without the empty ones.

    given: by key, each the HTML itself or {"html", "caption", "closed"}; or a list of such with
    their "kind".
    """
    if not isinstance(given, Mapping):
        keyed: dict[str, Any] = {}
        for each in given:
            keyed[_free_key(each["kind"], keyed)] = each
        given = keyed
    found = {}
    for key, value in given.items():
        said = {"html": value} if isinstance(value, str) else value
        text = html.clean(said.get("html", ""))
        if not html.is_empty(text):
            caption = " ".join(said.get("caption", "").split())[:200]
            closed = bool(said.get("closed", False))
            found[key] = {"caption": caption, "html": text, "closed": closed}
    return {key: found[key] for key in in_order(found)}


def in_order(keys: Iterable[str]) -> list[str]:
    """The keys of blocks in the order of the paper."""
    return sorted(keys, key=_order)


def read_clauses(given: Iterable[str]) -> list[str]:
    """The clauses without the empty ones, each without a leading "at"."""
    return [text for each in given if (text := without_at(each))]


def without_at(text: str) -> str:
    """What follows "at": people write it themselves, and the paper says it once."""
    text = " ".join(text.split())
    return text[3:] if text[:3].lower() == "at " else text


def write(item: Item, content: Mapping[str, Any]) -> None:
    """Set an item's fields, blocks and clauses; save the item yourself, after."""
    for name in FIELDS:
        if name in content:
            attribute = "recommended_by_id" if name == "recommended_by" else name
            setattr(item, attribute, content[name])


def write_parts(item: Item, content: Mapping[str, Any]) -> None:
    """Set a saved item's blocks and clauses, keeping the rows that others may point at."""
    if BLOCKS in content:
        _write_rows(
            item.blocks,
            [
                {"kind": key.split(":")[0], **value, "position": number}
                for number, (key, value) in enumerate(content[BLOCKS].items(), start=1)
            ],
        )
    if CLAUSES in content:
        _write_rows(
            item.clauses,
            [{"text": t, "position": n} for n, t in enumerate(content[CLAUSES], start=1)],
        )


def _write_rows(manager: Any, wanted: list[dict[str, Any]]) -> None:
    rows: list[Block | Clause] = list(manager.all())
    for row, values in zip(rows, wanted, strict=False):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    for row in rows[len(wanted) :]:
        row.delete()
    for values in wanted[len(rows) :]:
        manager.create(**values)


def _order(key: str) -> tuple[int, int]:
    kind, _colon, number = key.partition(":")
    kinds = list(Block.Kind.values)
    return (kinds.index(kind) if kind in kinds else len(kinds), int(number or 1))


def _free_key(kind: str, taken: Mapping[str, Any]) -> str:
    if kind not in taken:
        return kind
    return next(key for n in range(2, 1000) if (key := f"{kind}:{n}") not in taken)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
