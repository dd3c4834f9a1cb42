"""What the accounts of a pool say on a day, beside `telling`: where the money came from and went,
who got how much, and the balance of the books. Every amount is read from the ledger, in øre.

An entry that undoes another counts against what that one did: a payment made by mistake and undone
is no payment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from klynge.web.bodies import clock
from klynge.web.funds import ledger, telling
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Account, Accounts, Entry, Instalment, Movement, Partner, Pool
from klynge.web.funds.telling import GrantTold


class Flow(StrEnum):
    """A way money comes to the free money of a pool or leaves it, in the order of the accounts."""

    FRAME = "frame"
    RECEIVED = "received"
    PASSED_ON = "passed_on"
    RETURNED = "returned"
    GRANTED = "granted"
    RELEASED = "released"
    REPAID = "repaid"
    SHARED = "shared"


OTHER_POOLS = "other"
"""Stands for the accounts of other pools in a balance of one pool's books."""


@dataclass(frozen=True)
class Recipient:
    """Everything one recipient has been granted."""

    name: str
    grants: tuple[GrantTold, ...]
    released: int
    repaid: int

    @property
    def granted(self) -> int:
        return sum(one.grant.amount for one in self.grants)

    @property
    def reserved(self) -> int:
        return sum(one.reserved for one in self.grants)

    @property
    def paid(self) -> int:
        """Paid, and neither accounted for nor paid back."""
        return sum(one.paid for one in self.grants)

    @property
    def used(self) -> int:
        return sum(one.used for one in self.grants)


@dataclass(frozen=True)
class Rate:
    """An instalment on a day. paid_on: None when it was not paid by then."""

    it: Instalment
    paid_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Received:
    """Accounts a grantee has sent. approved_on: None when they were not approved by the day."""

    it: Accounts
    approved_on: date | None


@dataclass(frozen=True)
class BalanceLine:
    """One kind of account: everything posted to each side of it."""

    kind: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        return self.debit - self.credit


@dataclass(frozen=True)
class AccountsTold:
    """The accounts of a pool on a day."""

    flows: dict[Flow, int]
    recipients: tuple[Recipient, ...]
    rates: tuple[Rate, ...]
    received: tuple[Received, ...]
    partners: tuple[Partner, ...]
    shared: tuple[tuple[str, int], ...]
    balance: tuple[BalanceLine, ...]


def of_pool(pool: Pool, on: date) -> AccountsTold:
    """Everything the accounts say, up to and with a day."""
    rows = [row for entry in ledger.entries(pool, on=on) for row in entry.movements.all()
            if pool.pk in (row.credit.pool_id, row.debit.pool_id)]  # fmt: skip
    grants = telling.grants(pool, on)
    partners = Partner.objects.filter(
        application__grant__in=[one.grant for one in grants], own_money__gt=0
    ).select_related("organisation", "application__grant")
    shared = ledger.amounts(Account.objects.filter(pool=pool, kind=Kind.SHARED), on=on)
    names = {each.pk: each.party for each in Account.objects.filter(pk__in=shared)}
    return AccountsTold(
        flows=_flows(rows, pool),
        recipients=tuple(_recipients(grants, rows, pool)),
        rates=tuple(_rates(grants, on)),
        received=tuple(_received(grants, on)),
        partners=tuple(partners),
        shared=tuple((names[key], amount) for key, amount in shared.items() if amount),
        balance=tuple(_balance(rows, pool)),
    )


def _flows(rows: Iterable[Movement], pool: Pool) -> dict[Flow, int]:
    """What each way has brought (above zero) or taken (below zero). The sum is what is free."""
    found = dict.fromkeys(Flow, 0)
    for row in rows:
        flow = _flow(row, pool)
        if flow is not None:
            found[flow] += telling.change(row, pool)
    return found


def _flow(row: Movement, pool: Pool) -> Flow | None:
    """The way a movement went, or the one it undoes."""
    undone = row.entry.reverses
    credit, debit = (row.debit, row.credit) if undone else (row.credit, row.debit)
    kind = undone.kind if undone else row.entry.kind
    if credit.pool_id != debit.pool_id:
        return Flow.PASSED_ON if credit.pool_id == pool.pk else Flow.RECEIVED
    return _FLOWS.get((kind, credit.kind, debit.kind))


_FLOWS = {
    (Entry.Kind.FRAME, Kind.SOURCE, Kind.FREE): Flow.FRAME,
    (Entry.Kind.FRAME, Kind.FREE, Kind.SOURCE): Flow.FRAME,
    (Entry.Kind.RETURN, Kind.FREE, Kind.SOURCE): Flow.RETURNED,
    (Entry.Kind.GRANT, Kind.FREE, Kind.RESERVED): Flow.GRANTED,
    (Entry.Kind.RELEASE, Kind.RESERVED, Kind.FREE): Flow.RELEASED,
    (Entry.Kind.REPAYMENT, Kind.PAID, Kind.FREE): Flow.REPAID,
    (Entry.Kind.SHARE, Kind.FREE, Kind.SHARED): Flow.SHARED,
}


def _recipients(
    grants: Iterable[GrantTold], rows: Iterable[Movement], pool: Pool
) -> Iterator[Recipient]:
    """By name. A grant's own part of what was released and repaid is found by its accounts."""
    back: dict[tuple[int | None, Flow | None], int] = defaultdict(int)
    for row in rows:
        grant = row.debit.grant_id or row.credit.grant_id
        back[grant, _flow(row, pool)] += telling.change(row, pool)
    by_name: dict[str, list[GrantTold]] = defaultdict(list)
    for one in grants:
        by_name[one.grant.grantee].append(one)
    for name, theirs in sorted(by_name.items()):
        keys = [one.grant.pk for one in theirs]
        yield Recipient(
            name=name,
            grants=tuple(theirs),
            released=sum(back[key, Flow.RELEASED] for key in keys),
            repaid=sum(back[key, Flow.REPAID] for key in keys),
        )


def _rates(grants: Iterable[GrantTold], on: date) -> Iterator[Rate]:
    rows = Instalment.objects.filter(grant__in=[one.grant for one in grants])
    for row in rows.select_related("grant", "entry", "condition").order_by(
        "grant__grantee", "grant__title", "grant", "number"
    ):
        paid_on = row.entry.valid_on if row.entry and row.entry.valid_on <= on else None
        late = paid_on is None and not row.dropped and row.due_on < on
        yield Rate(row, paid_on, late)


def _received(grants: Iterable[GrantTold], on: date) -> Iterator[Received]:
    known = Q(entry__valid_on__lte=on) | Q(sent_at__lte=clock.end_of(on))
    rows = Accounts.objects.filter(known, grant__in=[one.grant for one in grants])
    for row in rows.select_related("grant", "entry").order_by("grant__grantee", "first_day", "pk"):
        approved = row.entry.valid_on if row.entry and row.entry.valid_on <= on else None
        yield Received(row, approved)


def _balance(rows: Iterable[Movement], pool: Pool) -> Iterator[BalanceLine]:
    """Each kind of account in the ledger's order; other pools' accounts are one line."""
    debit: dict[str, int] = defaultdict(int)
    credit: dict[str, int] = defaultdict(int)
    for row in rows:
        debit[_side(row.debit, pool)] += row.amount
        credit[_side(row.credit, pool)] += row.amount
    for kind in (*Kind.values, OTHER_POOLS):
        if debit[kind] or credit[kind]:
            yield BalanceLine(kind, debit[kind], credit[kind])


def _side(account: Account, pool: Pool) -> str:
    return account.kind if account.pool_id == pool.pk else OTHER_POOLS
