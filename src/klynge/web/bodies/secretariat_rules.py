"""What may happen to a secretariat: made, agreed on, set to serve. Reading it is here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, recording, seating
from klynge.web.bodies.models import (
    BodyRecord,
    Organisation,
    Person,
    Secretariat,
    SecretariatAgreement,
    SecretariatService,
    SecretariatShare,
)
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.secretariat_models import WHOLE

__all__ = ["NotAllowed"]


@dataclass(frozen=True)
class Part:
    """One partner's part. share: hundredths of a per cent; 2500 is 25 %."""

    partner: Organisation
    share: int
    brings: str = ""


@dataclass(frozen=True)
class Paid:
    """One partner's part of the yearly cost, in øre; None when the cost is not told."""

    share: SecretariatShare
    oere: int | None


@transaction.atomic
def add(*, by: User | None, name: str) -> Secretariat:
    """A new secretariat. Raises NotAllowed without a name, and when there is one of that name."""
    recording.must_edit(by)
    name = " ".join(name.split())
    if not name:
        raise NotAllowed(_("Skriv sekretariatets navn."))
    made, new = Secretariat.objects.get_or_create(name=name)
    if not new:
        raise NotAllowed(_("Der er allerede et sekretariat, der hedder det."))
    note("secretariat added", about=made, by=by)
    return made


@transaction.atomic
def agree(
    *,
    by: User | None,
    secretariat: Secretariat,
    decision: str,
    valid_from: date,
    parts: Sequence[Part],
    yearly_cost: int | None = None,
) -> SecretariatAgreement:
    """A new version of how the partners share the secretariat; the old ones stay readable.

    yearly_cost: øre. Raises NotAllowed when the shares are not a whole.
    """
    recording.must_edit(by)
    Secretariat.objects.select_for_update().get(pk=secretariat.pk)
    earlier = SecretariatAgreement.objects.filter(secretariat=secretariat)
    reasons = list(_against(parts, yearly_cost))
    if not decision.strip():
        reasons.append(_("Skriv, hvornår og hvor fordelingen er besluttet."))
    if earlier.filter(valid_from__gte=valid_from).exists():
        reasons.append(_("Der er en aftale, som gælder fra samme dag eller senere."))
    if reasons:
        raise NotAllowed(*reasons)
    made = SecretariatAgreement.objects.create(
        secretariat=secretariat,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        valid_from=valid_from,
        decision=" ".join(decision.split()),
        yearly_cost=yearly_cost,
        recorded_from=clock.now(),
        recorded_by=by,
    )
    for part in parts:
        SecretariatShare.objects.create(
            agreement=made, partner=part.partner, share=part.share, brings=part.brings.strip()
        )
    note("secretariat agreed on", about=secretariat, by=by)
    return made


@transaction.atomic
def serve(
    *,
    by: User | None,
    secretariat: Secretariat,
    body: BodyRecord,
    task: str,
    valid_from: date,
    person: Person | None = None,
    valid_to: date | None = None,
) -> SecretariatService:
    """Let a secretariat do a task for a body, from a day."""
    recording.must_edit(by)
    recording.lock(body)
    task = " ".join(task.split())
    reasons = list(seating.outside(body, valid_from, valid_to))
    if not task:
        reasons.append(_("Skriv, hvad der gøres for organet."))
    same = SecretariatService.objects.filter(
        _on(valid_from), secretariat=secretariat, body=body, person=person, task=task
    )
    if same.exists():
        reasons.append(_("Det står der allerede."))
    if reasons:
        raise NotAllowed(*reasons)
    made = SecretariatService.objects.create(
        secretariat=secretariat,
        body=body,
        person=person,
        task=task,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    note("secretariat serves body", about=made, by=by)
    return made


@transaction.atomic
def stop(*, by: User | None, service: SecretariatService, last_day: date) -> SecretariatService:
    """A task for a body ends on its last day."""
    recording.must_edit(by)
    recording.lock(service.body)
    service.refresh_from_db()
    reasons = list(seating.outside(service.body, service.valid_from, last_day))
    if service.valid_to is not None and service.valid_to <= last_day:
        day = seating.day_in_words(service.valid_to)
        reasons.append(_("Opgaven slutter allerede {day}.").format(day=day))
    if reasons:
        raise NotAllowed(*reasons)
    service.valid_to = last_day
    service.save(update_fields=["valid_to"])
    note("secretariat stopped serving body", about=service, by=by)
    return service


def agreement_on(secretariat: Secretariat, on: date) -> SecretariatAgreement | None:
    """The agreement in force on a day."""
    rows = secretariat.agreements.filter(valid_from__lte=on)
    return rows.order_by("-valid_from", "-number").first()


def paid(agreement: SecretariatAgreement) -> list[Paid]:
    """Each partner's part of the yearly cost; together they are the whole cost, to the øre.

    Every part is rounded down, and the øre left go to those that lost most by it.
    """
    shares = list(agreement.shares.select_related("partner"))
    cost = agreement.yearly_cost
    if cost is None:
        return [Paid(share, None) for share in shares]
    parts = {share.pk: divmod(cost * share.share, WHOLE) for share in shares}
    left = cost - sum(whole for whole, _rest in parts.values())
    by_loss = sorted(shares, key=lambda share: (-parts[share.pk][1], share.pk))
    one_more = {share.pk for share in by_loss[:left]}
    return [Paid(share, parts[share.pk][0] + (share.pk in one_more)) for share in shares]


def services(secretariat: Secretariat, on: date) -> QuerySet[SecretariatService]:
    """What a secretariat does on a day, and for whom."""
    rows = SecretariatService.objects.filter(_on(on), secretariat=secretariat)
    return rows.select_related("body", "person")


def serving(body: BodyRecord | None, on: date) -> list[SecretariatService]:
    """Who serves a body on a day."""
    if body is None:
        return []
    rows = SecretariatService.objects.filter(_on(on), body=body)
    return list(rows.select_related("secretariat", "person"))


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def _against(parts: Sequence[Part], yearly_cost: int | None) -> list[str]:
    reasons = []
    if not parts:
        return [_("Skriv, hvem der er partnere, og hvor stor en andel hver har.")]
    if len({part.partner.pk for part in parts}) != len(parts):
        reasons.append(_("Den samme partner står der to gange."))
    if any(part.share < 0 for part in parts):
        reasons.append(_("En andel kan ikke være mindre end nul."))
    total = sum(part.share for part in parts)
    if total != WHOLE:
        said = f"{total // 100},{total % 100:02}"
        reasons.append(_("Andelene er {total} % tilsammen; de skal være 100 %.").format(total=said))
    if yearly_cost is not None and yearly_cost < 0:
        reasons.append(_("Udgiften kan ikke være mindre end nul."))
    return reasons
