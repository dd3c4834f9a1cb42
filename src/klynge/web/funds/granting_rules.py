"""What may happen to grants: decided, paid in instalments, repaid, closed.

The accounts a grantee sends are in accounts_rules.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions import rules as decision_rules
from klynge.web.decisions.models import Decision
from klynge.web.funds import granting_plan, ledger, money
from klynge.web.funds.ledger import Kind, Move
from klynge.web.funds.models import (
    Accounts,
    Application,
    Condition,
    Entry,
    Grant,
    Instalment,
    Pool,
)
from klynge.web.funds.rules import must_administer, post_reversal

Status = Accounts.Status


@transaction.atomic
def grant(
    *,
    by: User | None,
    pool: Pool,
    amount: int,
    decision_text: str,
    decided_on: date,
    decided_by_body: str,
    instalments: Sequence[Mapping[str, Any]],
    conditions: Sequence[Mapping[str, Any]] = (),
    application: Application | None = None,
    decision: Decision | None = None,
    title: str = "",
    grantee: str = "",
    accounts_due: date | None = None,
    valid_on: date | None = None,
) -> Grant:
    """Give money of a pool. Two who give the last of it at once: the second is refused.

    decision: the decision of a meeting it rests on, when that is kept in Klynge.
    instalments: amount, due_on and perhaps `condition`, the place of one in `conditions` (from 1).
    conditions: text and perhaps due_on. title and grantee: for a grant without an application.
    """
    must_administer(by)
    ledger.lock(pool)
    if application is not None:
        application = Application.objects.select_for_update().get(pk=application.pk)
        title, grantee = application.title, str(application.applicant or "")
    reasons = [
        *_reasons_against_grant(pool, application, amount, grantee, title),
        *granting_plan.reasons_against(amount, instalments, conditions),
    ]
    if decision is not None and decision.body_id != pool.body_id:
        reasons.append(_("Beslutningen er truffet af et andet organ end puljens."))
    if not decision_text.strip() or not decided_by_body.strip():
        reasons.append(_("Skriv, hvem der har besluttet bevillingen, og hvor det står."))
    if reasons:
        raise NotAllowed(*reasons)
    made = Grant.objects.create(
        pool=pool,
        application=application,
        title=" ".join(title.split())[:200],
        grantee=" ".join(grantee.split())[:200],
        amount=amount,
        decided_by_body=" ".join(decided_by_body.split())[:200],
        decided_on=decided_on,
        decision_text=" ".join(decision_text.split())[:500],
        decision=decision,
        accounts_due=accounts_due,
        created_at=clock.now(),
    )
    granting_plan.keep(made, instalments, conditions)
    post_for(
        by,
        made,
        Entry.Kind.GRANT,
        _("Tilsagn til {grantee}: {title}").format(grantee=made.grantee, title=made.title),
        (ledger.account(pool, Kind.FREE), ledger.account(pool, Kind.RESERVED, grant=made)),
        amount,
        valid_on or decided_on,
    )
    if application is not None:
        application.status = Application.Status.GRANTED
        application.decision, application.decided_on = made.decision_text[:300], decided_on
        application.save()
    if decision is not None:
        address = reverse("funds:grant", args=[made.pk])
        decision_rules.led_to(
            by=by, decision=decision, thing=made, title=made.title, address=address
        )
    note("grant made", about=made, by=by)
    return made


@transaction.atomic
def pay(
    *, by: User | None, instalment: Instalment, valid_on: date, voucher: str = ""
) -> Instalment:
    """Pay an instalment: not before what it waits for is met, nor before the earlier ones."""
    must_administer(by)
    given = locked(instalment.grant)
    instalment = Instalment.objects.select_for_update().get(pk=instalment.pk)
    reasons = []
    if instalment.entry_id or instalment.dropped:
        reasons.append(_("Raten er allerede betalt eller bortfaldet."))
    if instalment.condition and not instalment.condition.met_on:
        reasons.append(
            _("Raten betales først, når vilkåret er opfyldt: {condition}").format(
                condition=instalment.condition.text
            )
        )
    earlier = given.instalments.filter(number__lt=instalment.number, entry=None, dropped=False)
    if earlier.exists():
        reasons.append(_("Betal de tidligere rater først."))
    if reasons:
        raise NotAllowed(*reasons)
    words = _("Rate {number} til {grantee}: {title}")
    instalment.entry = post_for(
        by,
        given,
        Entry.Kind.PAYMENT,
        words.format(number=instalment.number, grantee=given.grantee, title=given.title),
        between(given, Kind.RESERVED, Kind.PAID),
        instalment.amount,
        valid_on,
        voucher,
    )
    instalment.save(update_fields=["entry"])
    return instalment


@transaction.atomic
def pay_part(
    *, by: User | None, grant: Grant, amount: int, valid_on: date, voucher: str = ""
) -> Instalment:
    """Pay some of the next instalment: it is parted in what is paid now and what is left."""
    must_administer(by)
    given = locked(grant)
    due = given.instalments.filter(entry=None, dropped=False).first()
    if due is None or not 0 < amount <= due.amount:
        left = due.amount if due else 0
        raise NotAllowed(
            _("Der kan betales {left} af bevillingen, og der skal betales {amount}").format(
                left=money.kroner(left), amount=money.kroner(amount)
            )
        )
    if amount < due.amount:
        last = given.instalments.order_by("-number").first()
        Instalment.objects.create(
            grant=given,
            number=last.number + 1,
            amount=due.amount - amount,
            due_on=due.due_on,
            condition=due.condition,
        )
        due.amount = amount
        due.save(update_fields=["amount"])
    return pay(by=by, instalment=due, valid_on=valid_on, voucher=voucher)


@transaction.atomic
def meet_condition(
    *, by: User | None, condition: Condition, met_on: date, met_note: str
) -> Condition:
    """A condition is met, and what was seen that shows it."""
    must_administer(by)
    locked(condition.grant)
    condition.refresh_from_db()
    reasons = []
    if condition.met_on:
        reasons.append(_("Vilkåret er allerede opfyldt."))
    if not met_note.strip():
        reasons.append(_("Skriv, hvad der viser, at vilkåret er opfyldt."))
    if met_on > ledger.today():
        reasons.append(_("Datoen er ikke kommet endnu."))
    if reasons:
        raise NotAllowed(*reasons)
    condition.met_on, condition.met_note = met_on, " ".join(met_note.split())[:300]
    condition.save(update_fields=["met_on", "met_note"])
    note("grant condition met", about=condition, by=by)
    return condition


@transaction.atomic
def repay(
    *, by: User | None, grant: Grant, amount: int, valid_on: date, text: str, voucher: str = ""
) -> Entry:
    """The grantee pays back what was not used; it is free again."""
    must_administer(by)
    given = locked(grant)
    return post_for(
        by,
        given,
        Entry.Kind.REPAYMENT,
        text or _("Tilbagebetalt af {grantee}: {title}").format(
            grantee=given.grantee, title=given.title
        ),
        (ledger.account(given.pool, Kind.PAID, grant=given), ledger.account(given.pool, Kind.FREE)),
        amount,
        valid_on,
        voucher,
    )  # fmt: skip


@transaction.atomic
def release(*, by: User | None, grant: Grant, valid_on: date, reason: str) -> Entry:
    """What is left to be paid will not be: the instalments drop, and the money is free again."""
    must_administer(by)
    given = locked(grant)
    left = ledger.of_grant(given)[Kind.RESERVED]
    reasons = []
    if not reason.strip():
        reasons.append(_("Skriv, hvorfor resten bortfalder."))
    if left == 0:
        reasons.append(_("Hele bevillingen er udbetalt. Der er ikke noget, der kan bortfalde."))
    if reasons:
        raise NotAllowed(*reasons)
    given.instalments.filter(entry=None).update(dropped=True)
    return post_for(
        by,
        given,
        Entry.Kind.RELEASE,
        _("Bortfalder for {grantee}: {reason}").format(grantee=given.grantee, reason=reason),
        (
            ledger.account(given.pool, Kind.RESERVED, grant=given),
            ledger.account(given.pool, Kind.FREE),
        ),
        left,
        valid_on,
    )


@transaction.atomic
def undo_payment(
    *, by: User | None, instalment: Instalment, valid_on: date, reason: str
) -> Instalment:
    """A payment that was a mistake: its entry is reversed, and the instalment is to be paid."""
    must_administer(by)
    locked(instalment.grant)
    instalment = Instalment.objects.select_for_update().get(pk=instalment.pk)
    reasons = []
    if instalment.entry is None:
        reasons.append(_("Raten er ikke betalt."))
    if not reason.strip():
        reasons.append(_("Skriv, hvorfor bilaget skal modposteres."))
    if instalment.entry and valid_on < instalment.entry.valid_on:
        reasons.append(_("Et bilag kan ikke modposteres før sin egen dato."))
    if reasons:
        raise NotAllowed(*reasons)
    post_reversal(by=by, entry=instalment.entry, valid_on=valid_on, reason=reason)
    instalment.entry = None
    instalment.save(update_fields=["entry"])
    return instalment


@transaction.atomic
def close_grant(*, by: User | None, grant: Grant, on: date, text: str) -> Grant:
    """Close a grant whose money is all accounted for or given back."""
    must_administer(by)
    given = locked(grant)
    reasons = reasons_against_closing(given)
    if not text.strip():
        reasons.append(_("Skriv, hvad afslutningen bygger på."))
    if on > ledger.today():
        reasons.append(_("Datoen er ikke kommet endnu."))
    if reasons:
        raise NotAllowed(*reasons)
    given.closed_on, given.closing_note = on, " ".join(text.split())[:300]
    given.save(update_fields=["closed_on", "closing_note"])
    note("grant closed", about=given, by=by)
    return given


def reasons_against_closing(given: Grant) -> list[str]:
    """Everything that must be settled before a grant can be closed."""
    if not given.is_running:
        return [_("Bevillingen er allerede afsluttet.")]
    left = ledger.of_grant(given)
    reasons = []
    if left[Kind.RESERVED]:
        reasons.append(
            _("{left} er ikke udbetalt. Betal raterne, eller lad resten bortfalde.").format(
                left=money.kroner(left[Kind.RESERVED])
            )
        )
    if left[Kind.PAID]:
        reasons.append(
            _("{left} er udbetalt uden godkendt regnskab. Godkend et, eller bogfør"
              " tilbagebetalingen.").format(left=money.kroner(left[Kind.PAID]))
        )  # fmt: skip
    if given.accounts.filter(status=Status.SENT).exists():
        reasons.append(_("Der ligger et regnskab, der ikke er behandlet."))
    unmet = [each.text for each in given.conditions.filter(met_on=None)]
    if unmet and left[Kind.USED]:
        reasons.append(
            _("Vilkår er ikke opfyldt: {conditions}").format(conditions="; ".join(unmet))
        )
    return reasons


def _reasons_against_grant(
    pool: Pool, application: Application | None, amount: int, grantee: str, title: str
) -> list[str]:
    reasons = []
    if not grantee.strip() or not title.strip():
        reasons.append(_("Skriv, hvem der får pengene, og til hvad."))
    if application is None:
        return reasons
    if application.status != Application.Status.SENT:
        reasons.append(_("Ansøgningen er ikke sendt, eller den er allerede afgjort."))
    if application.call.pool_id != pool.pk:
        reasons.append(_("Ansøgningen hører til en anden pulje."))
    if amount > (application.requested or 0):
        reasons.append(
            _("Der er søgt {asked} Der kan ikke bevilges {amount}").format(
                asked=money.kroner(application.requested or 0), amount=money.kroner(amount)
            )
        )
    return reasons


def locked(given: Grant) -> Grant:
    """The grant as it is now, with its pool's money locked."""
    ledger.lock(given.pool)
    return Grant.objects.select_related("pool", "application").get(pk=given.pk)


def between(given: Grant, credit: str, debit: str) -> tuple[Any, Any]:
    """The two accounts of a grant that money is moved between."""
    return (
        ledger.account(given.pool, credit, grant=given),
        ledger.account(given.pool, debit, grant=given),
    )


def post_for(
    by: User | None,
    given: Grant,
    kind: str,
    text: str,
    between: tuple[Any, Any],
    amount: int,
    valid_on: date,
    voucher: str = "",
) -> Entry:
    """Post one movement of a grant: from the first account to the second."""
    credit, debit = between
    return ledger.post(
        by=by,
        pool=given.pool,
        kind=kind,
        text=text,
        valid_on=valid_on,
        moves=[Move(credit, debit, amount)],
        voucher=voucher,
    )
