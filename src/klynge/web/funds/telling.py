"""What the pages say of pools and grants: read from the ledger on a day, as known at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from klynge.web.bodies.models import BodyRecord
from klynge.web.funds import ledger
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Account, Entry, Grant, Movement, Pool


@dataclass(frozen=True)
class Told:
    """A pool and what is where on a day, in øre."""

    pool: Pool
    on: date
    sums: dict[str, int]

    @property
    def frame(self) -> int:
        """What has come from the source, and from other pools, less what went back there."""
        return self.free + self.committed + self.sums[Kind.SHARED]

    @property
    def free(self) -> int:
        return self.sums[Kind.FREE]

    @property
    def reserved(self) -> int:
        return self.sums[Kind.RESERVED]

    @property
    def paid(self) -> int:
        return self.sums[Kind.PAID]

    @property
    def used(self) -> int:
        return self.sums[Kind.USED]

    @property
    def shared(self) -> int:
        return self.sums[Kind.SHARED]

    @property
    def committed(self) -> int:
        """What has been granted, whatever has become of it."""
        return self.reserved + self.paid + self.used

    @property
    def is_closed(self) -> bool:
        return self.pool.closed_on is not None and self.pool.closed_on <= self.on

    @property
    def parts(self) -> list[tuple[str, int, float, float]]:
        """The kinds of account that hold something, the amount, and where its bar lies (0–100)."""
        at, found = 0.0, []
        for kind in (Kind.USED, Kind.PAID, Kind.RESERVED, Kind.SHARED, Kind.FREE):
            amount = self.sums[kind]
            if amount and self.frame:
                width = 100 * amount / self.frame
                found.append((str(kind), amount, round(at, 3), round(width, 3)))
                at += width
        return found


@dataclass(frozen=True)
class Line:
    """An entry as a pool sees it: what it did to the free money, and what was left afterwards."""

    entry: Entry
    pool: Pool
    moved: tuple[tuple[str, str, int], ...]
    change: int
    left: int

    @cached_property
    def is_reversed(self) -> bool:
        return hasattr(self.entry, "reversed_by")

    @property
    def amount(self) -> int:
        """How much was moved."""
        return sum(amount for _credit, _debit, amount in self.moved)

    @property
    def can_be_reversed(self) -> bool:
        plain = (Entry.Kind.FRAME, Entry.Kind.CARRY, Entry.Kind.RETURN, Entry.Kind.SHARE)
        return (
            self.entry.kind in plain
            and self.entry.pool_id == self.pool.pk
            and not self.is_reversed
            and self.pool.is_open
        )


@dataclass(frozen=True)
class GrantTold:
    """A grant and what has become of its money on a day."""

    grant: Grant
    sums: dict[str, int]

    @property
    def reserved(self) -> int:
        return self.sums[Kind.RESERVED]

    @property
    def paid(self) -> int:
        return self.sums[Kind.PAID]

    @property
    def used(self) -> int:
        return self.sums[Kind.USED]

    @property
    def given_back(self) -> int:
        """What was granted and is with the pool again: dropped or repaid."""
        return self.grant.amount - self.reserved - self.paid - self.used


def pools(on: date, body: BodyRecord | None = None) -> list[Told]:
    """Every pool that was there on a day, perhaps of one body only. Four queries."""
    found = Pool.objects.filter(opened_on__lte=on).select_related("body")
    if body is not None:
        found = found.filter(body=body)
    rows = list(found)
    sums = ledger.totals(rows, on=on)
    return [Told(each, on, sums[each.pk]) for each in rows]


def pool(found: Pool, on: date, known_at: datetime | None = None) -> Told:
    """One pool on a day."""
    return Told(found, on, ledger.totals([found], on=on, known_at=known_at)[found.pk])


def statement(found: Pool, on: date, known_at: datetime | None = None) -> list[Line]:
    """Every entry of a pool up to a day, the oldest first, with what was left after each."""
    left, lines = 0, []
    for entry in ledger.entries(found, on=on, known_at=known_at):
        moved_in = sum(change(row, found) for row in entry.movements.all())
        left += moved_in
        moved = tuple(
            (_called(row.credit, found), _called(row.debit, found), row.amount)
            for row in entry.movements.all()
            if found.pk in (row.credit.pool_id, row.debit.pool_id)
        )
        lines.append(Line(entry, found, moved, moved_in, left))
    return lines


def grants(found: Pool, on: date) -> list[GrantTold]:
    """A pool's grants up to a day, with what has become of them."""
    rows = list(found.grants.filter(decided_on__lte=on).select_related("application"))
    return tell(rows, on)


def tell(rows: Sequence[Grant], on: date) -> list[GrantTold]:
    """Some grants with what has become of them. Three queries."""
    accounts = list(Account.objects.filter(grant__in=rows))
    amounts = ledger.amounts(accounts, on=on)
    sums = {row.pk: dict.fromkeys((Kind.RESERVED, Kind.PAID, Kind.USED), 0) for row in rows}
    for each in accounts:
        sums[each.grant_id][each.kind] += amounts[each.pk]
    return [GrantTold(row, sums[row.pk]) for row in rows]


def change(row: Movement, found: Pool) -> int:
    """What a movement did to the pool's free money."""
    came = row.debit.kind == Kind.FREE and row.debit.pool_id == found.pk
    went = row.credit.kind == Kind.FREE and row.credit.pool_id == found.pk
    return (came - went) * row.amount


def _called(account: Account, found: Pool) -> str:
    """An account as this pool calls it; another pool's with that pool's name."""
    own = account.pool_id == found.pk
    return str(account) if own else f"{account.pool.name}: {account}"
