"""Where other rooms put their part on the page of a place.

Rooms point one way: bodies knows of no figures, meetings or decisions. A room above says once, when
it starts, which template is its part; the template gets the page's context (`place`, `page`, `on`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A room's part of the page. `stylesheet`: the static file it needs, if any."""

    template: str
    stylesheet: str = ""


_on_place_pages: dict[str, Slot] = {}


def add_to_place_pages(slot: Slot) -> None:
    """Show `slot` on the page of every place, after those added before it."""
    _on_place_pages[slot.template] = slot


def on_place_pages() -> tuple[Slot, ...]:
    """The parts other rooms have added, in the order they came."""
    return tuple(_on_place_pages.values())
