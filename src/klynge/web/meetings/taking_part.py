"""Who took part in which item: worked out from who came, when, and who was away for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from klynge.web.meetings.models import Attendance, Item, ItemAbsence, Meeting

LATE, LEFT = "late", "left"
CONFLICT, OUT = ItemAbsence.Why.CONFLICT, ItemAbsence.Why.OUT
EXPECTED, EXCUSED, ABSENT = (
    Attendance.Status.EXPECTED,
    Attendance.Status.EXCUSED,
    Attendance.Status.ABSENT,
)
WORDS = {
    "": _("Deltog"),
    LATE: _("Ikke kommet endnu"),
    LEFT: _("Gået"),
    CONFLICT: _("Inhabil"),
    OUT: _("Ude af lokalet"),
    EXPECTED: _("Ikke registreret"),
    EXCUSED: _("Afbud"),
    ABSENT: _("Udeblevet"),
}


@dataclass(frozen=True)
class Part:
    """One person's part in one item.

    why: empty when they took part; else why not, one of WORDS. note: the reason that was given.
    counts: whether they took part for a seat, their own or the one they are deputy for.
    instead_of: the member a deputy took part for.
    """

    attendance: Attendance
    why: str = ""
    note: str = ""
    counts: bool = False
    instead_of: Attendance | None = None

    @property
    def took_part(self) -> bool:
        return not self.why

    @property
    def in_words(self) -> str:
        return str(WORDS[self.why])


@dataclass(frozen=True)
class Round:
    """Everybody's part in one item.

    seats: how many members the body had. filled: how many seats were filled, by the member or by a
    deputy, by somebody who is not in conflict. conflicted: seats whose holder, or the deputy in
    their place, was in conflict.
    """

    item: Item
    parts: tuple[Part, ...]
    seats: int

    @property
    def took_part(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.took_part)

    @property
    def away(self) -> tuple[Part, ...]:
        """Who was at the meeting and did not take part in this."""
        return tuple(part for part in self.parts if part.why in (LATE, LEFT, CONFLICT, OUT))

    @property
    def filled(self) -> int:
        return sum(part.counts for part in self.parts)

    @property
    def conflicted(self) -> int:
        seats = {
            (part.attendance.deputy_for_id or part.attendance.pk)
            for part in self.parts
            if part.why == CONFLICT and (part.attendance.counts or part.attendance.deputy_for_id)
        }
        return len(seats)

    @property
    def parties(self) -> frozenset[str]:
        """The parties that were there."""
        return frozenset(part.attendance.party for part in self.parts if part.counts)


@dataclass
class Meet:
    """A meeting's attendance, read once: `rounds` is the proof of it, item by item."""

    meeting: Meeting
    items: Sequence[Item]
    attendance: Sequence[Attendance]
    absences: Iterable[ItemAbsence] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        self._order = {item.pk: at for at, item in enumerate(self.items)}
        self._absences = {(each.attendance_id, each.item_id): each for each in self.absences}

    def rounds(self) -> tuple[Round, ...]:
        """One for each item, in the order of the agenda."""
        return tuple(self.round(item) for item in self.items)

    def round(self, item: Item) -> Round:
        """Everybody's part in one item."""
        whys = {row.pk: self._why(row, item) for row in self.attendance}
        return Round(
            item,
            tuple(self._part(row, whys) for row in self.attendance),
            sum(row.counts for row in self.attendance),
        )

    def _part(self, row: Attendance, whys: dict[int, tuple[str, str]]) -> Part:
        why, note = whys[row.pk]
        member = row.deputy_for_id
        if member is None or row.counts:
            return Part(row, why, note, counts=row.counts and not why)
        if not why and not whys[member][0]:
            # A seat is filled once: beside the member the deputy is a guest without a say.
            return Part(row, "", note, counts=False)
        first = min(
            (
                other.pk
                for other in self.attendance
                if other.deputy_for_id == member and not whys[other.pk][0]
            ),
            default=None,
        )
        stands_in = not why and first == row.pk
        instead_of = next((each for each in self.attendance if each.pk == member), None)
        return Part(row, why, note, counts=stands_in, instead_of=instead_of if stands_in else None)

    def _why(self, row: Attendance, item: Item) -> tuple[str, str]:
        if row.status != Attendance.Status.PRESENT:
            return row.status, row.note
        absence = self._absences.get((row.pk, item.pk))
        if absence is not None:
            return absence.why, absence.note
        at = self._order[item.pk]
        if row.joined_id in self._order and at < self._order[row.joined_id]:
            return LATE, ""
        if row.left_id in self._order and at >= self._order[row.left_id]:
            return LEFT, ""
        return "", ""


def of_meeting(meeting: Meeting) -> Meet:
    """The attendance of a meeting, with a number of queries that does not grow with it."""
    return Meet(
        meeting,
        list(items_of(meeting)),
        list(meeting.attendance.select_related("person", "deputy_for__person", "joined", "left")),
        list(ItemAbsence.objects.filter(item__meeting=meeting)),
    )


def items_of(meeting: Meeting) -> Iterable[Item]:
    """The items that were on the agenda, in its order."""
    return meeting.items.exclude(state=Item.State.WITHDRAWN).order_by("addendum", "position", "pk")
