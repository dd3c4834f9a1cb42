"""What may happen to pools and their money; the parts are gathered here.

Every function takes `by` (None: the system itself), runs in one transaction and notes what was
done. What is refused is refused whole, with every reason (NotAllowed).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import ledger, money, permissions
from klynge.web.funds.ledger import Kind, Move
from klynge.web.funds.models import Account, Entry, Pool, PoolTerms

# Named, so that the permissions are known wherever the rules are.
__all__ = ["NotAllowed", "permissions"]


def must_administer(by: User | None) -> None:
    """Raises NotAllowed for everybody but the secretariat."""
    if by is not None and not by.has_perm("funds.administer"):
        raise NotAllowed(_("Kun sekretariatet kan ændre puljer og bevillinger."))


@transaction.atomic
def open_pool(
    *,
    by: User | None,
    body: BodyRecord,
    name: str,
    source: str,
    holder: str,
    first_day: date,
    last_day: date,
    frame: int,
    frame_on: date,
    terms: dict[str, Any],
    parent: Pool | None = None,
    frame_from: Account | None = None,
) -> Pool:
    """A new pool with its frame and terms. `terms`: the fields of PoolTerms.

    frame_from: the account the frame is taken from when it is a part of another pool.
    """
    must_administer(by)
    name = " ".join(name.split())
    reasons = []
    if not name or not source.strip() or not holder.strip():
        reasons.append(_("Skriv puljens navn, hvem pengene kommer fra, og hvem der forvalter dem."))
    if Pool.objects.filter(body=body, name=name).exists():
        reasons.append(_("Organet har allerede en pulje, der hedder “{name}”.").format(name=name))
    if last_day < first_day:
        reasons.append(_("Puljen kan ikke slutte, før den begynder."))
    if frame <= 0:
        reasons.append(_("Rammen skal være større end 0 kr."))
    if reasons:
        raise NotAllowed(*reasons)
    pool = Pool.objects.create(
        body=body,
        name=name,
        source=" ".join(source.split()),
        holder=" ".join(holder.split()),
        first_day=first_day,
        last_day=last_day,
        opened_on=frame_on,
        parent=parent,
    )
    note("pool opened", about=pool, by=by)
    set_terms(by=by, pool=pool, valid_from=first_day, **terms)
    free = ledger.account(pool, Kind.FREE)
    origin = frame_from or ledger.account(pool, Kind.SOURCE)
    if frame_from is None:
        text = _("Ramme fra {source}").format(source=pool.source)
        _post_frame(by, pool, Move(origin, free, frame), frame_on, text)
    return pool


@transaction.atomic
def set_terms(
    *,
    by: User | None,
    pool: Pool,
    valid_from: date,
    purpose: str,
    carry_over: str,
    fact_source: str,
    certainty: str,
    limits: str = "",
    refused: Sequence[str] = (),
    ground: str = "",
    decision: str = "",
) -> PoolTerms:
    """What the pool may be used for from a day on; what held before stays readable."""
    must_administer(by)
    ledger.lock(pool)
    reasons = []
    if not purpose.strip():
        reasons.append(_("Skriv, hvad puljen er til."))
    if not fact_source.strip():
        reasons.append(_("Skriv, hvor oplysningerne kommer fra."))
    if refused and not ground.strip():
        reasons.append(
            _(
                "Skriv, efter hvilken paragraf eller aftale puljen ikke betaler det, der er"
                " valgt fra."
            )
        )
    if reasons:
        raise NotAllowed(*reasons)
    terms = PoolTerms.objects.create(
        pool=pool,
        valid_from=valid_from,
        purpose=purpose.strip(),
        limits=limits.strip(),
        refused=list(refused),
        ground=" ".join(ground.split()),
        carry_over=carry_over,
        fact_source=" ".join(fact_source.split()),
        certainty=certainty,
        decision=" ".join(decision.split()),
        recorded_at=clock.now(),
    )
    note("pool terms set", about=pool, by=by)
    return terms


def terms_on(pool: Pool, on: date) -> PoolTerms:
    """The terms that hold on a day; the first ones before that."""
    rows = PoolTerms.objects.filter(pool=pool)
    found = rows.filter(valid_from__lte=on).order_by("-valid_from", "-recorded_at", "-pk").first()
    return found or rows.order_by("valid_from", "pk").first()  # type: ignore[return-value]


@transaction.atomic
def change_frame(
    *, by: User | None, pool: Pool, amount: int, valid_on: date, text: str, voucher: str = ""
) -> Entry:
    """More money from the source, or less (a negative amount) when the source takes it back."""
    must_administer(by)
    ledger.lock(pool)
    if amount == 0:
        raise NotAllowed(_("Beløbet må ikke være 0."))
    source, free = ledger.account(pool, Kind.SOURCE), ledger.account(pool, Kind.FREE)
    move = Move(source, free, amount) if amount > 0 else Move(free, source, -amount)
    return _post_frame(by, pool, move, valid_on, text, voucher)


@transaction.atomic
def carry_over(
    *, by: User | None, pool: Pool, to: Pool, amount: int, valid_on: date, decision: str
) -> Entry:
    """Free money of one pool becomes free money of another, as the pool's rule lets it."""
    must_administer(by)
    ledger.lock(pool, to)
    terms = terms_on(pool, valid_on)
    reasons = []
    if pool == to:
        reasons.append(_("Vælg en anden pulje at overføre til."))
    if terms.carry_over == PoolTerms.CarryOver.NOT:
        reasons.append(
            _("Puljens midler kan ikke overføres efter dens vilkår ({ground}).").format(
                ground=terms.ground or terms.fact_source
            )
        )
    if terms.carry_over != PoolTerms.CarryOver.FREE and not decision.strip():
        reasons.append(_("Skriv, hvor og hvornår overførslen er besluttet."))
    if reasons:
        raise NotAllowed(*reasons)
    text = _("Overført fra “{pool}” til “{to}”").format(pool=pool.name, to=to.name)
    told = f"{text}: {decision.strip()}" if decision.strip() else text
    free, there = ledger.account(pool, Kind.FREE), ledger.account(to, Kind.FREE)
    return ledger.post(
        by=by,
        pool=pool,
        kind=Entry.Kind.CARRY,
        text=told,
        valid_on=valid_on,
        moves=[Move(free, there, amount)],
    )


@transaction.atomic
def return_to_source(
    *, by: User | None, pool: Pool, amount: int, valid_on: date, text: str
) -> Entry:
    """Free money goes back to where it came from."""
    must_administer(by)
    ledger.lock(pool)
    source, free = ledger.account(pool, Kind.SOURCE), ledger.account(pool, Kind.FREE)
    return ledger.post(
        by=by,
        pool=pool,
        kind=Entry.Kind.RETURN,
        text=text or _("Tilbage til {source}").format(source=pool.source),
        valid_on=valid_on,
        moves=[Move(free, source, amount)],
    )


@transaction.atomic
def reverse_entry(*, by: User | None, entry: Entry, valid_on: date, reason: str) -> Entry:
    """Undo an entry of a frame, a sharing, a carry-over or a return by posting its opposite.

    Entries that belong to a grant are undone on its page, so that the two
    cannot tell different stories. Raises NotAllowed for those, and for one reversed before.
    """
    must_administer(by)
    ledger.lock(*{row.pool for move in entry.movements.all() for row in (move.debit, move.credit)})
    plain = (Entry.Kind.FRAME, Entry.Kind.CARRY, Entry.Kind.RETURN, Entry.Kind.SHARE)
    reasons = []
    if not reason.strip():
        reasons.append(_("Skriv, hvorfor bilaget skal modposteres."))
    if Entry.objects.filter(reverses=entry).exists():
        reasons.append(_("Bilaget er allerede modposteret."))
    if entry.kind not in plain:
        reasons.append(_("Bilaget hører til en bevilling. Ret det på bevillingens side."))
    if valid_on < entry.valid_on:
        reasons.append(_("Et bilag kan ikke modposteres før sin egen dato."))
    if reasons:
        raise NotAllowed(*reasons)
    return post_reversal(by=by, entry=entry, valid_on=valid_on, reason=reason)


def post_reversal(*, by: User | None, entry: Entry, valid_on: date, reason: str) -> Entry:
    """Post the opposite of an entry; the rules that call this have asked whether it may be."""
    text = _("Modpostering af bilag {number}: {reason}")
    return ledger.post(
        by=by,
        pool=entry.pool,
        kind=Entry.Kind.REVERSAL,
        text=text.format(number=entry.number, reason=reason.strip()),
        valid_on=valid_on,
        moves=ledger.reversal(entry),
        reverses=entry,
    )


@transaction.atomic
def close_pool(*, by: User | None, pool: Pool, on: date, text: str) -> Pool:
    """Close a pool that holds no money and has no running grant. Raises NotAllowed with what is."""
    must_administer(by)
    ledger.lock(pool)
    reasons = reasons_against_closing(pool, on)
    if not text.strip():
        reasons.append(_("Skriv, hvad lukningen bygger på, for eksempel det godkendte regnskab."))
    if reasons:
        raise NotAllowed(*reasons)
    pool.closed_on, pool.closing_note = on, " ".join(text.split())[:300]
    pool.save(update_fields=["closed_on", "closing_note"])
    note("pool closed", about=pool, by=by)
    return pool


@transaction.atomic
def hand_over(*, by: User | None, pool: Pool, to: BodyRecord, reason: str) -> Pool:
    """Another body decides on the pool from now on. Its books and grants go with it unchanged."""
    must_administer(by)
    ledger.lock(pool)
    reasons = []
    if not reason.strip():
        reasons.append(_("Skriv, hvorfor puljen går over til et andet organ."))
    if not pool.is_open:
        reasons.append(_("Puljen er lukket."))
    name = pool.name
    if Pool.objects.filter(body=to, name=name).exclude(pk=pool.pk).exists():
        # Two klynger may have called their pools the same; the name tells where it came from.
        name = f"{name} ({pool.body})"[:200]
    if reasons:
        raise NotAllowed(*reasons)
    note("pool handed over", about=pool, by=by)
    pool.body, pool.name = to, name
    pool.save(update_fields=["body", "name"])
    return pool


def reasons_against_closing(pool: Pool, on: date) -> list[str]:
    """Everything that must be settled before the pool can be closed."""
    if not pool.is_open:
        return [_("Puljen er allerede lukket.")]
    sums = ledger.totals([pool])[pool.pk]
    reasons = []
    if sums[Kind.FREE]:
        reasons.append(
            _("Der er {left} ledige. Overfør dem, eller betal dem tilbage til kilden.").format(
                left=money.kroner(sums[Kind.FREE])
            )
        )
    reasons += [
        _("Bevillingen “{grant}” er ikke afsluttet.").format(grant=grant.title)
        for grant in pool.grants.filter(closed_on=None)
    ]
    last = ledger.last_entry_on(pool)
    if last and on < last:
        day = date_format(last, "DATE_FORMAT")
        reasons.append(_("Der er bogført den {day}. Luk tidligst den dag.").format(day=day))
    if on > ledger.today():
        reasons.append(_("Puljen kan ikke lukkes på en dag, der ikke er kommet."))
    return reasons


def _post_frame(
    by: User | None, pool: Pool, move: Move, valid_on: date, text: str, voucher: str = ""
) -> Entry:
    return ledger.post(
        by=by,
        pool=pool,
        kind=Entry.Kind.FRAME,
        text=text,
        valid_on=valid_on,
        moves=[move],
        voucher=voucher,
    )
