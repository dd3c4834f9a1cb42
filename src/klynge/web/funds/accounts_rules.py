"""What may happen to the accounts a grantee sends: received, approved, sent back, undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import classes, ledger, money
from klynge.web.funds.granting_rules import between, locked, post_for
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Accounts, AccountsLine, Entry, Grant
from klynge.web.funds.rules import must_administer, post_reversal, terms_on

Status = Accounts.Status


@transaction.atomic
def send_accounts(
    *,
    by: User | None,
    grant: Grant,
    first_day: date,
    last_day: date,
    used: int,
    lines: Sequence[Mapping[str, Any]],
    text: str = "",
) -> Accounts:
    """The grantee's accounts of a period. lines: text, kind, amount; they must sum to `used`."""
    given = locked(grant)
    if by is not None and not by.has_perm("funds.send_accounts", given):
        raise NotAllowed(_("Kun modtageren og sekretariatet kan aflægge regnskab."))
    reasons = _reasons_against_accounts(given, first_day, last_day, used, lines)
    if reasons:
        raise NotAllowed(*reasons)
    made = Accounts.objects.create(
        grant=given,
        first_day=first_day,
        last_day=last_day,
        used=used,
        text=text.strip(),
        sent_at=clock.now(),
    )
    for line in lines:
        AccountsLine.objects.create(
            accounts=made, text=line["text"], kind=line["kind"], amount=line["amount"]
        )
    note("accounts sent", about=made, by=by)
    return made


@transaction.atomic
def approve_accounts(
    *, by: User | None, accounts: Accounts, valid_on: date, answer: str = ""
) -> Accounts:
    """Accept accounts: what was paid becomes what was used."""
    must_administer(by)
    given = locked(accounts.grant)
    accounts = _waiting(accounts)
    words = _("Regnskab {first}–{last} fra {grantee}: {title}")
    accounts.entry = post_for(
        by,
        given,
        Entry.Kind.ACCOUNTS,
        words.format(
            first=accounts.first_day.isoformat(),
            last=accounts.last_day.isoformat(),
            grantee=given.grantee,
            title=given.title,
        ),
        between(given, Kind.PAID, Kind.USED),
        accounts.used,
        valid_on,
    )
    accounts.status, accounts.answer = Status.APPROVED, " ".join(answer.split())[:300]
    accounts.save(update_fields=["entry", "status", "answer"])
    return accounts


@transaction.atomic
def return_accounts(*, by: User | None, accounts: Accounts, answer: str) -> Accounts:
    """Send accounts back with what is wrong."""
    must_administer(by)
    locked(accounts.grant)
    accounts = _waiting(accounts)
    if not answer.strip():
        raise NotAllowed(_("Skriv, hvad der skal rettes i regnskabet."))
    accounts.status, accounts.answer = Status.RETURNED, " ".join(answer.split())[:300]
    accounts.save(update_fields=["status", "answer"])
    note("accounts returned", about=accounts, by=by)
    return accounts


@transaction.atomic
def undo_approval(*, by: User | None, accounts: Accounts, valid_on: date, reason: str) -> Accounts:
    """An approval that was a mistake: its entry is reversed, and the accounts are sent back."""
    must_administer(by)
    locked(accounts.grant)
    accounts = Accounts.objects.select_for_update().get(pk=accounts.pk)
    reasons = []
    if accounts.entry is None:
        reasons.append(_("Regnskabet er ikke godkendt."))
    if not reason.strip():
        reasons.append(_("Skriv, hvorfor bilaget skal modposteres."))
    if accounts.entry and valid_on < accounts.entry.valid_on:
        reasons.append(_("Et bilag kan ikke modposteres før sin egen dato."))
    if reasons:
        raise NotAllowed(*reasons)
    post_reversal(by=by, entry=accounts.entry, valid_on=valid_on, reason=reason)
    accounts.entry, accounts.status = None, Status.RETURNED
    accounts.answer = " ".join(reason.split())[:300]
    accounts.save(update_fields=["entry", "status", "answer"])
    return accounts


@transaction.atomic
def account_for(*, by: User | None, grant: Grant, amount: int, valid_on: date) -> Accounts:
    """Accounts that were approved before Klynge: one sum, since the last ones, up to a day."""
    must_administer(by)
    given = locked(grant)
    last = given.accounts.filter(status=Status.APPROVED).order_by("-last_day").first()
    first = last.last_day + timedelta(days=1) if last else given.decided_on
    text = _("Fra en indlæst fil")
    sent = send_accounts(
        by=by,
        grant=given,
        first_day=min(first, valid_on) if last is None else first,
        last_day=max(first, valid_on),
        used=amount,
        lines=[{"text": text, "kind": classes.PROJECT, "amount": amount}],
        text=text,
    )
    return approve_accounts(by=by, accounts=sent, valid_on=valid_on)


def _reasons_against_accounts(
    given: Grant, first_day: date, last_day: date, used: int, lines: Sequence[Mapping[str, Any]]
) -> list[str]:
    reasons = []
    total = sum(line["amount"] for line in lines)
    if not given.is_running:
        reasons.append(_("Bevillingen er afsluttet."))
    if last_day < first_day:
        reasons.append(_("Perioden kan ikke slutte, før den begynder."))
    if total != used:
        reasons.append(
            _("Linjerne er {total} tilsammen, men der står {used} som brugt.").format(
                total=money.kroner(total), used=money.kroner(used)
            )
        )
    if used <= 0 or any(line["amount"] <= 0 for line in lines):
        reasons.append(_("Beløbene skal være større end 0."))
    waiting = sum(each.used for each in given.accounts.filter(status=Status.SENT))
    paid = ledger.of_grant(given)[Kind.PAID] - waiting
    if used > paid:
        reasons.append(
            _("Der er udbetalt {paid}, som der ikke er aflagt regnskab for, og regnskabet er på"
              " {used}").format(paid=money.kroner(paid), used=money.kroner(used))
        )  # fmt: skip
    same = given.accounts.exclude(status=Status.RETURNED)
    if same.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        reasons.append(_("Der er allerede et regnskab, der dækker noget af perioden."))
    terms = terms_on(given.pool, given.decided_on)
    reasons += [
        classes.refusal(line["kind"], line["text"], terms.ground)
        for line in lines
        if line["kind"] in terms.refused
    ]
    return reasons


def _waiting(accounts: Accounts) -> Accounts:
    found = Accounts.objects.select_for_update().get(pk=accounts.pk)
    if found.status != Status.SENT:
        raise NotAllowed(_("Regnskabet er allerede behandlet."))
    return found
