"""Scoring, conflicts of interest, recommendations, and who agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Membership, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import ledger
from klynge.web.funds.applying_models import MOST_POINTS
from klynge.web.funds.models import (
    Application,
    Call,
    Criterion,
    Declaration,
    Recommendation,
    Score,
    Stance,
)
from klynge.web.funds.rules import must_administer

Status = Application.Status
DECIDES = ("formand", "naestformand", "medlem")


@dataclass(frozen=True)
class Scorer:
    """Somebody who sits where the money is decided; their seats, as of today."""

    person: Person
    seats: tuple[Membership, ...]


def scorer(user: User, call: Call) -> Scorer | None:
    """Who the user is when they score; None for somebody without a seat there.

    A seat in the body that decides, or in another body of the same place: the professional level
    of a klynge prepares what the political level decides.
    """
    person = Person.objects.filter(user=user).first() if user.is_authenticated else None
    if person is None or not user.has_perm("funds.score"):
        return None
    seats = tuple(_seats(person, call.pool.body))
    return Scorer(person, seats) if seats else None


def conflict(user: User, application: Application) -> str:
    """Why a user has a part in an application; empty when nothing is known that says so."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return ""
    declared = application.declarations.filter(person=person).first()
    if declared is not None:
        return declared.reason
    return found_conflict(user, person, application)


def found_conflict(user: User | None, person: Person, application: Application) -> str:
    """What the records themselves say: works on it, or sits for the applicant."""
    if user is not None and application.team.filter(user=user).exists():
        return _("Arbejder på ansøgningen.")
    if application.applicant_id is None:
        return ""
    # By name: the same authority may have been written down as two kinds of organisation.
    rows = Membership.objects.filter(
        person=person, represents__name__iexact=application.applicant.name
    )
    if rows.known_at().valid_on(ledger.today()).exists():
        return _("Repræsenterer ansøgeren, {applicant}.").format(applicant=application.applicant)
    return ""


def partner_hint(person: Person, application: Application) -> str:
    """A partner one represents: no bar by itself, but something to think about."""
    rows = Membership.objects.filter(person=person).known_at().valid_on(ledger.today())
    mine = {name.casefold() for name in rows.values_list("represents__name", flat=True) if name}
    partners = [str(one.organisation) for one in application.partners.all()]
    return ", ".join(name for name in partners if name.casefold() in mine)


@transaction.atomic
def declare(*, by: User, application: Application, reason: str) -> Declaration:
    """Say that one has a part in it. What one scored or meant before no longer counts."""
    person = _must_sit(by, application)
    _must_be_undecided(application)
    if not reason.strip():
        raise NotAllowed(_("Skriv, hvorfor du er inhabil."))
    return _declared(by, person, application, reason, declared=True)


@transaction.atomic
def declare_for(
    *, by: User | None, person: Person, application: Application, reason: str
) -> Declaration:
    """The secretariat records that the body found somebody to have a part in it."""
    must_administer(by)
    _must_be_undecided(application)
    if not reason.strip():
        raise NotAllowed(_("Skriv, hvorfor personen er inhabil."))
    return _declared(by, person, application, reason, declared=False)


def score(
    *,
    by: User,
    application: Application,
    points: Mapping[Criterion, int],
    comments: Mapping[Criterion, str],
) -> list[Score]:
    """One member's points on every criterion; again: they replace the earlier ones.

    Raises NotAllowed for somebody with a part in it. That they tried is recorded: it stays when the
    scoring itself is refused, which is why this function opens its transactions itself.
    """
    person = _must_sit(by, application)
    found = found_conflict(by, person, application)
    if found and not application.declarations.filter(person=person).exists():
        with transaction.atomic():
            _declared(by, person, application, found, declared=False)
    with transaction.atomic():
        return _score(by, person, application, points, comments)


@transaction.atomic
def recommend(
    *, by: User | None, application: Application, amount: int, text: str
) -> Recommendation:
    """What the secretariat recommends; 0 is to refuse."""
    must_administer(by)
    _must_be_undecided(application)
    reasons = []
    if not 0 <= amount <= (application.requested or 0):
        reasons.append(_("Der kan indstilles fra 0 kr. op til det, der er søgt."))
    if not text.strip():
        reasons.append(_("Skriv, hvorfor det indstilles."))
    if reasons:
        raise NotAllowed(*reasons)
    made, _new = Recommendation.objects.update_or_create(
        application=application,
        defaults={"amount": amount, "text": text.strip(), "recorded_at": clock.now()},
    )
    # What was agreed to is no longer what is recommended.
    Stance.objects.filter(application=application).delete()
    note("recommendation made", about=application, by=by)
    return made


@transaction.atomic
def take_stance(*, by: User, application: Application, agrees: bool, comment: str) -> Stance:
    """A member agrees or disagrees with the recommendation; disagreement must be explained."""
    person = _must_sit(by, application)
    _must_be_undecided(application)
    reasons = []
    if why := conflict(by, application):
        reasons.append(_("Du er inhabil og kan ikke tage stilling: {why}").format(why=why))
    if not Recommendation.objects.filter(application=application).exists():
        reasons.append(_("Der er ingen indstilling at tage stilling til endnu."))
    if not agrees and not comment.strip():
        reasons.append(_("Skriv, hvorfor du er uenig."))
    if reasons:
        raise NotAllowed(*reasons)
    made, _new = Stance.objects.update_or_create(
        application=application,
        person=person,
        defaults={"agrees": agrees, "comment": comment.strip(), "recorded_at": clock.now()},
    )
    note("stance taken", about=application, by=by)
    return made


def _score(
    by: User,
    person: Person,
    application: Application,
    points: Mapping[Criterion, int],
    comments: Mapping[Criterion, str],
) -> list[Score]:
    criteria = list(application.call.criteria.all())
    reasons = []
    if application.status != Status.SENT:
        reasons.append(_("Kun en sendt ansøgning, der ikke er afgjort, kan vurderes."))
    declared = application.declarations.filter(person=person).first()
    if declared is not None:
        reasons.append(
            _("Du er inhabil og kan ikke vurdere ansøgningen: {why}").format(why=declared.reason)
        )
    missing = [one.name for one in criteria if one not in points]
    if missing:
        reasons.append(_("Giv point for: {criteria}.").format(criteria=", ".join(missing)))
    if any(not 0 <= each <= MOST_POINTS for each in points.values()):
        reasons.append(_("Point er fra 0 til {most}.").format(most=MOST_POINTS))
    if reasons:
        raise NotAllowed(*reasons)
    made = [
        Score.objects.update_or_create(
            application=application,
            criterion=one,
            person=person,
            defaults={
                "points": points[one],
                "comment": comments.get(one, "").strip(),
                "recorded_at": clock.now(),
            },
        )[0]
        for one in criteria
    ]
    note("application scored", about=application, by=by)
    return made


def _declared(
    by: User | None, person: Person, application: Application, reason: str, *, declared: bool
) -> Declaration:
    made, new = Declaration.objects.get_or_create(
        application=application,
        person=person,
        defaults={
            "reason": " ".join(reason.split())[:300],
            "declared": declared,
            "recorded_at": clock.now(),
        },
    )
    if new:
        note("conflict of interest recorded", about=application, by=by)
    Score.objects.filter(application=application, person=person).delete()
    Stance.objects.filter(application=application, person=person).delete()
    return made


def _seats(person: Person, body: BodyRecord) -> list[Membership]:
    rows = Membership.objects.filter(
        person=person,
        role__in=DECIDES,
        body__place_kind=body.place_kind,
        body__place=body.place,
    )
    return list(rows.known_at().valid_on(ledger.today()).select_related("body", "represents"))


def _must_sit(by: User, application: Application) -> Person:
    found = scorer(by, application.call)
    if found is None:
        raise NotAllowed(_("Kun medlemmer af det organ, puljen hører til, kan vurdere."))
    return found.person


def _must_be_undecided(application: Application) -> None:
    application.refresh_from_db()
    if application.status != Status.SENT:
        raise NotAllowed(_("Ansøgningen er ikke sendt, eller den er afgjort."))
