"""What may happen to calls and applications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.models import Organisation
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import classes, ledger, money
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import (
    Application,
    BudgetLine,
    Call,
    Criterion,
    Partner,
    Pool,
    TeamMember,
)
from klynge.web.funds.rules import must_administer, terms_on

Status = Application.Status
WRITTEN = (
    "title",
    "initiative",
    "place_kind",
    "place",
    "target_group",
    "first_day",
    "last_day",
    "need",
    "work",
    "effect",
    "afterwards",
    "requested",
)
NEEDED = ("need", "work", "effect", "afterwards")


@transaction.atomic
def open_call(
    *, by: User | None, pool: Pool, criteria: Sequence[Mapping[str, Any]], **facts: Any
) -> Call:
    """A round of applications. `facts`: the fields of Call; criteria: name, asks, weight."""
    must_administer(by)
    ledger.lock(pool)
    reasons = _reasons_against_call(pool, facts)
    names = [" ".join(one["name"].split()) for one in criteria]
    if not names:
        reasons.append(_("Skriv mindst ét kriterium at vurdere ansøgningerne efter."))
    if len(set(names)) < len(names):
        reasons.append(_("To kriterier hedder det samme."))
    if reasons:
        raise NotAllowed(*reasons)
    call = Call.objects.create(pool=pool, created_at=clock.now(), **facts)
    for position, (name, one) in enumerate(zip(names, criteria, strict=True)):
        Criterion.objects.create(
            call=call,
            name=name,
            asks=one.get("asks", ""),
            weight=one.get("weight") or 1,
            position=position,
        )
    note("call opened", about=call, by=by)
    return call


@transaction.atomic
def move_deadline(*, by: User | None, call: Call, deadline: date) -> Call:
    """Give everybody more time; never less, once the call is open."""
    must_administer(by)
    if deadline < call.deadline:
        raise NotAllowed(_("Fristen kan forlænges, men ikke forkortes."))
    call.deadline = deadline
    call.save(update_fields=["deadline"])
    note("call deadline moved", about=call, by=by)
    return call


@transaction.atomic
def begin_application(*, by: User | None, call: Call, title: str) -> Application:
    """A draft in an open call, with whoever began it on its team."""
    _must_apply(by)
    reasons = _reasons_against_time(call)
    if not title.strip():
        reasons.append(_("Skriv, hvad projektet hedder."))
    if reasons:
        raise NotAllowed(*reasons)
    now = clock.now()
    made = Application.objects.create(
        call=call, title=" ".join(title.split()), created_at=now, changed_at=now
    )
    if by is not None:
        TeamMember.objects.create(application=made, user=by)
    note("application begun", about=made, by=by)
    return made


@transaction.atomic
def save_draft(
    *,
    by: User | None,
    application: Application,
    applicant: str | None = None,
    partners: Iterable[Mapping[str, Any]] | None = None,
    budget: Iterable[Mapping[str, Any]] | None = None,
    **written: Any,
) -> Application:
    """Keep what has been written so far, finished or not. None: that part is left as it is.

    partners: organisation, role, own_money. budget: text, kind, cost, applied. Raises NotAllowed
    for what is sent, and for a line that applies for more than it costs.
    """
    application = _draft(by, application)
    for name in WRITTEN:
        if name in written:
            setattr(application, name, written[name])
    if applicant is not None:
        application.applicant = organisation_called(applicant)
    application.changed_at = clock.now()
    application.save()
    if partners is not None:
        _replace_partners(application, list(partners))
    if budget is not None:
        _replace_budget(application, list(budget))
    note("application draft saved", about=application, by=by)
    return application


@transaction.atomic
def add_to_team(*, by: User | None, application: Application, user: User) -> TeamMember:
    """Let somebody else work on the draft too."""
    application = _draft(by, application)
    if not user.is_active or not user.has_perm("funds.apply"):
        raise NotAllowed(_("Den bruger kan ikke søge om midler."))
    made, _new = TeamMember.objects.get_or_create(application=application, user=user)
    note("added to application team", about=application, by=by)
    return made


@transaction.atomic
def send(*, by: User | None, application: Application) -> Application:
    """Send an application; from then on it stands as it is. Raises NotAllowed with all faults."""
    application = _draft(by, application)
    reasons = [*_reasons_against_time(application.call), *faults_of(application)]
    if reasons:
        raise NotAllowed(*reasons)
    application.status = Status.SENT
    application.sent_at = application.changed_at = clock.now()
    application.save()
    note("application sent", about=application, by=by)
    return application


@transaction.atomic
def withdraw(*, by: User | None, application: Application, reason: str) -> Application:
    """Take an application back before it is decided."""
    application = _locked(application)
    if by is not None and not by.has_perm("funds.change_application", application):
        raise NotAllowed(_("Kun de, der arbejder med ansøgningen, kan trække den tilbage."))
    if application.status not in (Status.DRAFT, Status.SENT):
        raise NotAllowed(_("Ansøgningen er allerede afgjort eller trukket tilbage."))
    application.status = Status.WITHDRAWN
    application.reason = " ".join(reason.split())[:300]
    application.save()
    note("application withdrawn", about=application, by=by)
    return application


@transaction.atomic
def refuse(
    *, by: User | None, application: Application, decision: str, decided_on: date, reason: str
) -> Application:
    """The body decided not to give anything."""
    must_administer(by)
    application = _locked(application)
    reasons = []
    if application.status != Status.SENT:
        reasons.append(_("Kun en sendt ansøgning kan få afslag."))
    if not decision.strip() or not reason.strip():
        reasons.append(_("Skriv, hvor afslaget er besluttet, og hvorfor."))
    if reasons:
        raise NotAllowed(*reasons)
    application.status, application.decided_on = Status.REFUSED, decided_on
    application.decision = " ".join(decision.split())[:300]
    application.reason = " ".join(reason.split())[:300]
    application.save()
    note("application refused", about=application, by=by)
    return application


def faults_of(application: Application) -> list[str]:
    """Everything that must be mended before an application can be sent."""
    call, faults = application.call, []
    if application.applicant_id is None:
        faults.append(_("Skriv, hvem der søger."))
    if not application.target_group:
        faults.append(_("Vælg en målgruppe."))
    if application.first_day is None or application.last_day is None:
        faults.append(_("Skriv, hvornår projektet begynder og slutter."))
    elif application.last_day < application.first_day:
        faults.append(_("Projektet kan ikke slutte, før det begynder."))
    titles = dict(zip(NEEDED, _needed_titles(), strict=True))
    empty = [titles[name] for name in NEEDED if not getattr(application, name).strip()]
    if empty:
        faults.append(_("Udfyld: {fields}.").format(fields=", ".join(empty)))
    return [*faults, *budget_faults(application), *_reasons_against_amount(application, call)]


def budget_faults(application: Application) -> list[str]:
    """What is wrong with a budget: that it does not sum, or that the pool does not pay for it."""
    lines = list(application.budget.all())
    if not lines:
        return [_("Skriv mindst én budgetlinje.")]
    cost, applied = sum(one.cost for one in lines), sum(one.applied for one in lines)
    faults = []
    if application.requested != applied:
        faults.append(
            _(
                "Budgetlinjerne søger {applied}, men der står {requested} som ansøgt beløb."
                " Forskellen er {difference}"
            ).format(
                applied=money.kroner(applied),
                requested=money.kroner(application.requested or 0),
                difference=money.kroner(abs(applied - (application.requested or 0))),
            )
        )
    own = own_money(application)
    if applied + own != cost:
        faults.append(
            _(
                "Budgettet går ikke op: udgifterne er {cost}, og det ansøgte og parternes egne"
                " midler er {covered} Forskellen er {difference}"
            ).format(
                cost=money.kroner(cost),
                covered=money.kroner(applied + own),
                difference=money.kroner(abs(cost - applied - own)),
            )
        )
    terms = terms_on(application.call.pool, application.call.opens_on)
    faults += [
        classes.refusal(line.kind, line.text, terms.ground)
        for line in lines
        if line.kind in terms.refused and line.applied
    ]
    return faults


def own_money(application: Application) -> int:
    """What the partners pay themselves, in øre."""
    return application.partners.aggregate(total=Sum("own_money"))["total"] or 0


def organisation_called(name: str) -> Organisation | None:
    """The organisation of that name, made when it is not there; None without a name."""
    name = " ".join(name.split())
    found = Organisation.objects.filter(name__iexact=name).order_by("pk").first()
    if found is not None or not name:
        return found
    for place in structure.places("kommune"):
        if name.casefold() == f"{place.name} Kommune".casefold():
            return body_rules.organisation(
                kind=Organisation.Kind.KOMMUNE, name=name, place_kind=place.kind, place=place.id
            )
    return body_rules.organisation(kind=Organisation.Kind.ANDET, name=name)


def _needed_titles() -> tuple[str, ...]:
    return (_("behov"), _("hvad der skal ske"), _("forventet virkning"), _("efter projektet"))


def _reasons_against_call(pool: Pool, facts: Mapping[str, Any]) -> list[str]:
    left = ledger.totals([pool])[pool.pk][Kind.FREE]
    reasons = []
    if not pool.is_open:
        reasons.append(_("Puljen er lukket."))
    if facts["deadline"] < facts["opens_on"]:
        reasons.append(_("Fristen kan ikke være, før runden åbner."))
    if facts["amount"] > left:
        reasons.append(
            _("Der er {left} ledige i puljen, og runden udbyder {amount}").format(
                left=money.kroner(left), amount=money.kroner(facts["amount"])
            )
        )
    if facts["amount"] <= 0:
        reasons.append(_("Beløbet skal være større end 0."))
    most = facts.get("most")
    if most and most > facts["amount"]:
        reasons.append(_("En ansøgning kan ikke få mere, end runden udbyder."))
    return reasons


def _reasons_against_amount(application: Application, call: Call) -> list[str]:
    asked, reasons = application.requested or 0, []
    if asked <= 0:
        reasons.append(_("Skriv, hvor meget der søges om."))
    limit = call.most or call.amount
    if asked > limit:
        reasons.append(
            _("Der kan højst søges {most}, og der søges {asked}").format(
                most=money.kroner(limit), asked=money.kroner(asked)
            )
        )
    own = own_money(application)
    if call.own_share and 100 * own < call.own_share * (own + asked):
        reasons.append(
            _("Parterne skal selv betale mindst {share} %. De betaler {own} af {total}").format(
                share=call.own_share, own=money.kroner(own), total=money.kroner(own + asked)
            )
        )
    return reasons


def _reasons_against_time(call: Call) -> list[str]:
    today = ledger.today()
    if today < call.opens_on:
        day = date_format(call.opens_on, "DATE_FORMAT")
        return [_("Runden åbner først {day}.").format(day=day)]
    if today > call.deadline:
        day = date_format(call.deadline, "DATE_FORMAT")
        return [_("Fristen var {day}.").format(day=day)]
    return []


def _must_apply(by: User | None) -> None:
    if by is not None and not by.has_perm("funds.apply"):
        raise NotAllowed(_("Du kan ikke søge om midler med den rolle, du har."))


def _locked(application: Application) -> Application:
    found: Application = Application.objects.select_for_update().get(pk=application.pk)
    return found


def _draft(by: User | None, application: Application) -> Application:
    """The application as it is now, when `by` may change it and it is a draft."""
    found = _locked(application)
    if by is not None and not by.has_perm("funds.change_application", found):
        raise NotAllowed(_("Kun de, der arbejder med ansøgningen, kan ændre den."))
    if found.status != Status.DRAFT:
        raise NotAllowed(_("Ansøgningen er sendt og kan ikke længere ændres."))
    return found


def _replace_partners(application: Application, rows: list[Mapping[str, Any]]) -> None:
    named = [(organisation_called(row["organisation"]), row) for row in rows]
    found = [(org, row) for org, row in named if org is not None]
    keys = [org.pk for org, _row in found]
    if len(set(keys)) < len(keys):
        raise NotAllowed(_("Den samme part står to gange."))
    if any((row.get("own_money") or 0) < 0 for _org, row in found):
        raise NotAllowed(_("Egenfinansiering kan ikke være mindre end 0."))
    application.partners.all().delete()
    for org, row in found:
        Partner.objects.create(
            application=application,
            organisation=org,
            role=row.get("role", ""),
            own_money=row.get("own_money") or 0,
        )


def _replace_budget(application: Application, rows: list[Mapping[str, Any]]) -> None:
    reasons = []
    for row in rows:
        if row["cost"] <= 0:
            reasons.append(_("“{line}” koster ikke noget.").format(line=row["text"]))
        if not 0 <= row["applied"] <= row["cost"]:
            reasons.append(
                _("“{line}” koster {cost}, men der søges {applied}").format(
                    line=row["text"],
                    cost=money.kroner(row["cost"]),
                    applied=money.kroner(row["applied"]),
                )
            )
    if reasons:
        raise NotAllowed(*reasons)
    application.budget.all().delete()
    for position, row in enumerate(rows):
        BudgetLine.objects.create(
            application=application,
            text=row["text"],
            kind=row["kind"],
            cost=row["cost"],
            applied=row["applied"],
            position=position,
        )
