"""Posting to the ledger and reading it: the only code that adds accounts, entries and movements.

An entry holds on a day (`valid_on`) and is known from a moment (`recorded_at`). Both can be asked
about: `balances(pool, on=..., known_at=...)` gives the same answer for ever, because nothing is
changed, and because entries of a pool are recorded one after the other under its lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.audit.rules import SYSTEM, note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import money
from klynge.web.funds.ledger_models import Account, Entry, Movement

if TYPE_CHECKING:
    from klynge.web.accounts.models import User
    from klynge.web.funds.models import Grant, Pool

Kind = Account.Kind


@dataclass(frozen=True)
class Move:
    """An amount in øre to be taken from one account to another."""

    credit: Account
    debit: Account
    amount: int


@dataclass(frozen=True)
class Balance:
    """An account and what is on it."""

    account: Account
    amount: int


def lock(*pools: Pool) -> None:
    """One change of a pool's money at a time; always in the same order, so none wait for ever."""
    from klynge.web.funds.models import Pool

    keys = sorted({pool.pk for pool in pools})
    list(Pool.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for pool in pools:
        pool.refresh_from_db()


def account(pool: Pool, kind: str, *, grant: Grant | None = None, party: str = "") -> Account:
    """The account of a pool, a grant or a party, made when it is first needed."""
    found, _new = Account.objects.get_or_create(pool=pool, kind=kind, grant=grant, party=party)
    return found


def post(
    *,
    by: User | None,
    pool: Pool,
    kind: str,
    text: str,
    valid_on: date,
    moves: Sequence[Move],
    voucher: str = "",
    reverses: Entry | None = None,
) -> Entry:
    """Add a balanced entry. In a transaction, with the pools of every account locked.

    Raises NotAllowed when an account would be below zero on any day from `valid_on`, when the day
    is to come, or when a pool it touches is closed.
    """
    from klynge.web.funds.models import Pool

    touched = {each.pool_id for move in moves for each in (move.credit, move.debit)} | {pool.pk}
    pools = list(Pool.objects.filter(pk__in=touched))
    lock(*pools)
    reasons = [*_reasons_against(pools, valid_on, text, moves), *_below_zero(moves, valid_on)]
    if reasons:
        raise NotAllowed(*dict.fromkeys(reasons))
    last = Entry.objects.filter(pool=pool).aggregate(number=Max("number"))["number"] or 0
    entry = Entry.objects.create(
        pool=pool,
        number=last + 1,
        kind=kind,
        text=" ".join(text.split())[:300],
        voucher=" ".join(voucher.split())[:100],
        valid_on=valid_on,
        recorded_at=_moment(touched),
        reverses=reverses,
        by_id="" if by is None else str(by.pk),
        by_text=SYSTEM if by is None else str(by)[:200],
    )
    for move in moves:
        Movement.objects.create(
            entry=entry, debit=move.debit, credit=move.credit, amount=move.amount
        )
    note(f"entry posted: {kind}", about=entry, by=by)
    return entry


def reversal(entry: Entry) -> list[Move]:
    """The moves that undo an entry, the last first."""
    rows = entry.movements.select_related("debit", "credit").order_by("-pk")
    return [Move(credit=row.debit, debit=row.credit, amount=row.amount) for row in rows]


def balances(
    pool: Pool, *, on: date | None = None, known_at: datetime | None = None
) -> list[Balance]:
    """What is on each account of a pool on a day, as it was known at a moment."""
    accounts = list(Account.objects.filter(pool=pool).select_related("grant"))
    found = amounts(accounts, on=on, known_at=known_at)
    return [Balance(each, found[each.pk]) for each in accounts]


def amounts(
    accounts: Iterable[Account], *, on: date | None = None, known_at: datetime | None = None
) -> dict[int, int]:
    """What is on each of some accounts, by the account's key. Two queries."""
    keys = [each.pk for each in accounts]
    rows = Movement.objects.filter(_known(on, known_at))
    came = rows.filter(debit__in=keys).values_list("debit").annotate(Sum("amount"))
    went = rows.filter(credit__in=keys).values_list("credit").annotate(Sum("amount"))
    found = dict.fromkeys(keys, 0)
    for key, amount in came.order_by():
        found[key] += amount
    for key, amount in went.order_by():
        found[key] -= amount
    return found


def balance(each: Account, *, on: date | None = None, known_at: datetime | None = None) -> int:
    """What is on one account on a day, as it was known at a moment."""
    return amounts([each], on=on, known_at=known_at)[each.pk]


def totals(
    pools: Iterable[Pool], *, on: date | None = None, known_at: datetime | None = None
) -> dict[int, dict[str, int]]:
    """For each pool the sum of each kind of account; `frame` is what came from its source."""
    pools = list(pools)
    accounts = list(Account.objects.filter(pool__in=pools))
    found = amounts(accounts, on=on, known_at=known_at)
    told: dict[int, dict[str, int]] = {
        pool.pk: dict.fromkeys((*Kind.values, "frame"), 0) for pool in pools
    }
    for each in accounts:
        told[each.pool_id][each.kind] += found[each.pk]
    for sums in told.values():
        sums["frame"] = -sums["source"]
    return told


def of_grant(grant: Grant, *, on: date | None = None) -> dict[str, int]:
    """What is reserved, paid and used of a grant."""
    accounts = list(Account.objects.filter(grant=grant))
    found = amounts(accounts, on=on)
    told = dict.fromkeys((Kind.RESERVED, Kind.PAID, Kind.USED), 0)
    return {**told, **{each.kind: found[each.pk] for each in accounts}}


def entries(pool: Pool, *, on: date | None = None, known_at: datetime | None = None) -> list[Entry]:
    """Every entry that touches a pool's accounts, its own and other pools', the oldest first."""
    touches = Q(movements__debit__pool=pool) | Q(movements__credit__pool=pool)
    rows = Entry.objects.filter(touches)
    if on is not None:
        rows = rows.filter(valid_on__lte=on)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    both = ("movements__debit__pool", "movements__debit__grant")
    more = ("movements__credit__pool", "movements__credit__grant", "reverses", "reversed_by")
    return list(rows.distinct().prefetch_related(*both, *more).select_related("pool"))


def last_entry_on(pool: Pool) -> date | None:
    """The latest day anything was posted."""
    touches = Q(movements__debit__pool=pool) | Q(movements__credit__pool=pool)
    found: date | None = Entry.objects.filter(touches).aggregate(last=Max("valid_on"))["last"]
    return found


def today() -> date:
    """The day the clock shows, as for everything that is recorded."""
    return settings.KLYNGE_TODAY or timezone.localdate()


def _known(on: date | None, known_at: datetime | None) -> Q:
    asked = Q()
    if on is not None:
        asked &= Q(entry__valid_on__lte=on)
    if known_at is not None:
        asked &= Q(entry__recorded_at__lte=known_at)
    return asked


def _moment(pools: set[int]) -> datetime:
    """Now, but after everything those pools hold: a clock that goes back must not hide an entry."""
    touches = Q(movements__debit__pool__in=pools) | Q(movements__credit__pool__in=pools)
    last = Entry.objects.filter(touches).aggregate(at=Max("recorded_at"))["at"]
    now = clock.now()
    return max(now, last + timedelta(microseconds=1)) if last else now


def _reasons_against(
    pools: Sequence[Pool], valid_on: date, text: str, moves: Sequence[Move]
) -> list[str]:
    reasons = [
        _("Puljen “{pool}” er lukket. Der kan ikke bogføres på den.").format(pool=pool.name)
        for pool in pools
        if not pool.is_open
    ]
    if valid_on > max(today(), clock.today()):
        reasons.append(_("Datoen er ikke kommet endnu. Bogfør den dag, pengene flyttes."))
    if not text.strip():
        reasons.append(_("Skriv, hvad bilaget dækker."))
    wrong = [m for m in moves if type(m.amount) is not int or not 0 < m.amount <= money.MOST]
    if wrong or not moves:
        reasons.append(_("Beløbet skal være større end 0."))
    return reasons


def _below_zero(moves: Sequence[Move], valid_on: date) -> list[str]:
    """Why an account would be below zero, today or on a day between."""
    change: dict[Account, int] = defaultdict(int)
    for move in moves:
        change[move.debit] += move.amount
        change[move.credit] -= move.amount
    return [
        reason
        for each, amount in change.items()
        if amount < 0 and each.kind != Kind.SOURCE and (reason := _missing(each, amount, valid_on))
    ]


def _missing(each: Account, amount: int, valid_on: date) -> str:
    by_day: dict[date, int] = defaultdict(int)
    for sign, name in ((1, "debit"), (-1, "credit")):
        rows: Any = Movement.objects.filter(**{name: each}).values_list("entry__valid_on")
        for day, total in rows.annotate(Sum("amount")).order_by():
            by_day[day] += sign * total
    running, before, lows = 0, 0, []
    for day in sorted(by_day):
        running += by_day[day]
        if day <= valid_on:
            before = running
        else:
            lows.append((running, day))
    lows.append((before, valid_on))
    lowest, day = min(lows)
    if lowest + amount >= 0:
        return ""
    words = {
        "account": _called(each),
        "left": money.kroner(lowest),
        "wanted": money.kroner(-amount),
        "missing": money.kroner(-(lowest + amount)),
        "day": date_format(day, "DATE_FORMAT"),
    }
    if running + amount < 0:
        words["left"], words["missing"] = money.kroner(running), money.kroner(-(running + amount))
        return _(
            "Der er {left} på “{account}”, og der skal bruges {wanted} Der mangler {missing}"
        ).format(**words)
    return _(
        "Den {day} var der kun {left} på “{account}”, og der skal bruges {wanted}"
        " Vælg en senere dato."
    ).format(**words)


def _called(each: Account) -> str:
    about = each.grant.title if each.grant else each.pool.name
    return f"{each}, {about}"
