"""Two who write in one item at once: neither loses anything.

Each revision of an item is kept, so what one of them read is known. What only one of the two has
changed since is kept from both; what both changed differently is for a person to settle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.meetings import item_content
from klynge.web.meetings.models import Item
from klynge.web.meetings.rights import ChangedMeanwhile

ABSENT: dict[str, Any] = {}
KEEP, UNKNOWN = object(), object()
Conflict = tuple[str, Any, Any]


def merge(item: Item, given: Mapping[str, Any], version: int | None) -> dict[str, Any]:
    """What to save of `given`, written by somebody who read `version`; None: all of it.

    Raises ChangedMeanwhile when both changed one thing differently, or the version is unknown.
    """
    if version is None or version == item.version:
        return dict(given)
    base = item.revisions.filter(version=version).first()
    now = item_content.content_of(item)
    conflicts: list[Conflict] = []
    found: dict[str, Any] = {}
    for name, mine in given.items():
        before = base.content.get(name, UNKNOWN) if base else UNKNOWN
        if name == item_content.BLOCKS:
            found[name] = _blocks(before, now[name], mine, conflicts)
        elif (kept := _one(name, before, now[name], mine, conflicts)) is not KEEP:
            found[name] = kept
    if conflicts:
        raise ChangedMeanwhile(
            _("En anden har gemt punktet imens. Se forskellene nedenfor, og gem igen."),
            tuple(conflicts),
            _with_yours({**now, **found}, conflicts),
        )
    return found


def _with_yours(content: dict[str, Any], conflicts: list[Conflict]) -> dict[str, Any]:
    """The content with your text where both have changed it."""
    for name, _theirs, yours in conflicts:
        kind, _dot, key = name.partition(".")
        if not key:
            content[name] = yours
        elif yours:
            content[kind] = {**content[kind], key: yours}
        else:
            content[kind] = {k: v for k, v in content[kind].items() if k != key}
    return content


def _one(name: str, before: Any, theirs: Any, mine: Any, conflicts: list[Conflict]) -> Any:
    # A date is kept as text in a revision and in `theirs`, but given as a date.
    plainly = item_content.plain(mine)
    if plainly == theirs or theirs == before:
        return mine
    if plainly != before:
        conflicts.append((name, theirs, mine))
    return KEEP


def _blocks(
    before: Any,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    conflicts: list[Conflict],
) -> dict[str, Any]:
    found = {}
    for key in item_content.in_order({*theirs, *mine}):
        now = theirs.get(key, ABSENT)
        was = UNKNOWN if before is UNKNOWN else before.get(key, ABSENT)
        kept = _one(f"blocks.{key}", was, now, mine.get(key, ABSENT), conflicts)
        if kept := (now if kept is KEEP else kept):
            found[key] = kept
    return found
