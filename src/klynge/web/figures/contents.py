"""What one pack holds, counted for its page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from klynge.web.figures import quality
from klynge.web.figures.models import HIDDEN, NOT_COUNTED, SHOWN, Indicator, Pack, said
from klynge.web.figures.vocabulary import KIND_TITLES


class Contents:
    """One pack's indicators with their cells by status, its places, registers and quality."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Each with `shown`, `hidden` and `not_counted`. One query."""
        counts = {
            name: Count("figures", filter=Q(figures__status=status))
            for name, status in (
                ("shown", SHOWN),
                ("hidden", HIDDEN),
                ("not_counted", NOT_COUNTED),
            )
        }
        return list(self.pack.indicators.annotate(**counts).order_by("position"))

    @property
    def shown(self) -> int:
        return sum(one.shown for one in self.indicators)

    @property
    def hidden(self) -> int:
        return sum(one.hidden for one in self.indicators)

    @property
    def not_counted(self) -> int:
        return sum(one.not_counted for one in self.indicators)

    @property
    def hidden_share(self) -> float:
        """Hidden cells of those that were counted, from 0 to 1."""
        counted = self.shown + self.hidden
        return self.hidden / counted if counted else 0.0

    @property
    def places(self) -> list[tuple[Any, int]]:
        """How many places of each kind the pack has figures for."""
        kinds = [row["kind"] for row in self.pack.geography.get("places", ())]
        return [(titles[1], kinds.count(kind)) for kind, titles in KIND_TITLES.items()]

    @property
    def notes(self) -> list[str]:
        """What the pack says of its own geography."""
        return [text for note in self.pack.geography.get("notes", ()) if (text := said(note))]

    @property
    def registers(self) -> list[tuple[str, str]]:
        """Each register extract and what is known of it."""
        return [(name, quality.plain(about)) for name, about in sorted(self.pack.registers.items())]

    @cached_property
    def quality(self) -> quality.Quality:
        """What the engine could use of the registers, and what it could not."""
        return quality.of(self.pack.quality)
