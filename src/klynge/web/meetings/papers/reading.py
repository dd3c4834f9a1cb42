"""A meeting as one reader may see it, read once, for its papers.

Everything comes through `access`: what a reader may not see is not here, so no paper can tell it.
The words are Danish whatever language the pages are read in: the papers are the cluster's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from klynge.web.meetings import access
from klynge.web.meetings.minutes_reading import (
    Corrected,
    ItemMinutes,
    MinutesView,
    Who,
    minutes_of,
)
from klynge.web.meetings.models import Annex, Meeting
from klynge.web.meetings.readers import STRANGER, Somebody

PAPER_LANGUAGE = "da"


class AnnexGone(Exception):
    """The file of an annex is not in the store any more."""

    def __init__(self, annex: access.AnnexView) -> None:
        self.annex = annex
        super().__init__(str(annex.uid))


@dataclass(frozen=True)
class ItemPaper:
    """An item, with what came of it when that may be read (`told`)."""

    view: access.ItemView
    minutes: ItemMinutes
    told: bool

    @property
    def number(self) -> str:
        return str(self.view.number or self.view.place)

    @property
    def annexes(self) -> tuple[tuple[str, access.AnnexView], ...]:
        """The annexes with their numbers: 3.1, 3.2 ..."""
        return tuple(
            (f"{self.number}.{at}", annex) for at, annex in enumerate(self.view.annexes, start=1)
        )


@dataclass(frozen=True)
class MeetingPaper:
    """A meeting for one reader. `told`: there are minutes, and they may be read.

    changed_at: when what the papers say last changed; it is their date.
    """

    meeting: Meeting
    body: str
    items: tuple[ItemPaper, ...]
    minutes: MinutesView
    is_public: bool
    told: bool
    changed_at: datetime
    _files: dict[int, Annex] = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> date:
        return self.meeting.day

    @property
    def is_approved(self) -> bool:
        return self.meeting.state == Meeting.State.APPROVED

    @property
    def attendance(self) -> Iterator[tuple[str, Who]]:
        """Everybody who is to be named, with how they attended; nobody when that is not told."""
        if not self.told:
            return
        yield from (("Til stede", who) for who in self.minutes.present)
        yield from (("Til stede uden plads", who) for who in self.minutes.others)
        yield from (("Afbud", who) for who in self.minutes.excused)
        yield from (("Udeblevet", who) for who in self.minutes.absent)

    @property
    def corrections(self) -> tuple[Corrected, ...]:
        return self.minutes.corrections if self.told else ()

    def content_of(self, annex: access.AnnexView) -> bytes:
        """The file of an annex that this reader was given. Raises AnnexGone."""
        try:
            with self._files[annex.pk].file.open("rb") as file:
                return bytes(file.read())
        except FileNotFoundError:
            raise AnnexGone(annex) from None


def read(meeting: Meeting, user: Somebody) -> MeetingPaper | None:
    """The meeting as a user may see it; None when they may not know of it."""
    with override(PAPER_LANGUAGE):
        minutes = minutes_of(meeting, user)
        return None if minutes is None else _paper(minutes, is_public=user is STRANGER)


def read_public(meeting: Meeting) -> MeetingPaper | None:
    """The meeting as anybody may see it: what may be published."""
    return read(meeting, STRANGER)


def _paper(minutes: MinutesView, *, is_public: bool) -> MeetingPaper:
    meeting = minutes.meeting
    told = minutes.readable and bool(meeting.is_over or meeting.opened_at)
    items = tuple(ItemPaper(each.item, each, told and each.readable) for each in minutes.items)
    shown = [annex.pk for item in items for annex in item.view.annexes]
    return MeetingPaper(
        meeting=meeting,
        body=str(meeting.body),
        items=items,
        minutes=minutes,
        is_public=is_public,
        told=told,
        changed_at=_changed_at(meeting),
        _files=Annex.objects.in_bulk(shown),
    )


def _changed_at(meeting: Meeting) -> datetime:
    """The latest moment anything the papers are made of changed: equal until something does."""
    latest = Meeting.objects.filter(pk=meeting.pk).aggregate(
        meeting=Max("changed_at"),
        item=Max("items__changed_at"),
        minute=Max("items__minute__changed_at"),
        annex=Max("items__annexes__added_at"),
        correction=Max("corrections__at"),
    )
    return max(moment for moment in latest.values() if moment is not None)


def long_day(day: date | datetime) -> str:
    """«22. oktober 2024», whatever language the page is in."""
    with override(PAPER_LANGUAGE):
        return str(date_format(day, "j. F Y"))


def clock_time(moment: datetime) -> str:
    """«9.30», in Denmark."""
    local = timezone.localtime(moment)
    return f"{local.hour}.{local.minute:02d}"
