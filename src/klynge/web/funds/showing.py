"""What this room shows elsewhere: a body's pools on its page, and what is due for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies import history
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.models import Person
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.funds import scoring_rules, telling
from klynge.web.funds.models import Accounts, Application, Call, Condition, Grant, Instalment
from klynge.web.initiatives.models import Initiative

YEARLY = ("klynge", "sundhedsraad")
"""The kinds of place whose year is told in papers."""


def pools_of_body(body: Body, on: date, user: User) -> Panel | None:
    """A body's pools with what is left of each."""
    record = history.find(body.kind.id, body.place.id)
    if record is None or not user.has_perm("funds.see"):
        return None
    pools = telling.pools(on, record)
    if not pools:
        return None
    return Panel("puljer", _("Puljer"), "funds/_pools_panel.html", {"pools": pools}, order=60)


def papers_of_year(body: Body, on: date, user: User) -> Panel | None:
    """The way to the papers of the year, for the bodies of a klynge or a sundhedsråd."""
    if body.place.kind not in YEARLY or not user.has_perm("funds.see"):
        return None
    if not body.exists(on):
        return None
    context = {"body": body, "year": str(on.year)}  # a text: 2024, never 2.024
    return Panel("aaret", _("Årets papirer"), "funds/_yearly_panel.html", context, order=70)


def money_of_initiative(initiative: Initiative, on: date, user: User) -> Panel | None:
    """What an initiative has applied for and was given, as far as the user may see it."""
    rows = Application.objects.filter(initiative=initiative).select_related("call")
    applications = [row for row in rows if user.has_perm("funds.see_application", row)]
    given = Grant.objects.filter(application__initiative=initiative, decided_on__lte=on)
    grants = [
        row
        for row in given.select_related("pool", "application")
        if user.has_perm("funds.see_grant", row)
    ]
    if not applications and not grants:
        return None
    context = {"applications": applications, "grants": telling.tell(grants, on)}
    return Panel("midler", _("Penge"), "funds/_initiative_panel.html", context, order=30)


def due(user: User, on: date) -> list[Duty]:
    """Everything that is due with the money, as far as the user may see it."""
    found = list(_drafts(user, on))
    found += _accounts_due(user, on)
    if user.has_perm("funds.see"):
        found += [*_scores(user, on), *_instalments(), *_conditions(), *_accounts_sent()]
    return found


def _drafts(user: User, on: date) -> Iterator[Duty]:
    """The user's own drafts in calls that are open."""
    person = Person.objects.filter(user=user).first()
    rows = Application.objects.filter(
        team__user=user, status=Application.Status.DRAFT, call__deadline__gte=on
    ).select_related("call__pool__body")
    for row in rows:
        yield Duty(
            what=_("Send ansøgningen “{title}”").format(title=row.title),
            address=reverse("funds:step", args=[row.pk, 5]),
            due=row.call.deadline,
            body=row.call.pool.body,
            person=person,
        )


def _scores(user: User, on: date) -> Iterator[Duty]:
    """The applications the user is to score and has not."""
    calls = Call.objects.filter(opens_on__lte=on, deadline__lt=on)
    for call in calls.filter(applications__status=Application.Status.SENT).distinct():
        scorer = scoring_rules.scorer(user, call)
        if scorer is None:
            continue
        for row in call.applications.filter(status=Application.Status.SENT):
            done = row.scores.filter(person=scorer.person).exists()
            if done or scoring_rules.conflict(user, row):
                continue
            if scoring_rules.found_conflict(user, scorer.person, row):
                continue
            yield Duty(
                what=_("Vurdér ansøgningen “{title}”").format(title=row.title),
                address=reverse("funds:score", args=[row.pk]),
                due=call.scored_by,
                body=call.pool.body,
                person=scorer.person,
            )


def _instalments() -> Iterator[Duty]:
    """Instalments that nothing holds back, and are not paid."""
    rows = Instalment.objects.filter(entry=None, dropped=False, grant__closed_on=None)
    free = rows.filter(Q(condition=None) | Q(condition__met_on__isnull=False))
    for row in free.select_related("grant__pool__body"):
        yield Duty(
            what=_("Udbetal rate {number} af “{title}”").format(
                number=row.number, title=row.grant.title
            ),
            address=reverse("funds:grant", args=[row.grant_id]),
            due=row.due_on,
            body=row.grant.pool.body,
        )


def _conditions() -> Iterator[Duty]:
    rows = Condition.objects.filter(met_on=None, due_on__isnull=False, grant__closed_on=None)
    for row in rows.select_related("grant__pool__body"):
        yield Duty(
            what=_("Vilkår for “{title}”: {condition}").format(
                title=row.grant.title, condition=row.text
            ),
            address=reverse("funds:grant", args=[row.grant_id]),
            due=row.due_on,
            body=row.grant.pool.body,
        )


def _accounts_sent() -> Iterator[Duty]:
    rows = Accounts.objects.filter(status=Accounts.Status.SENT)
    for row in rows.select_related("grant__pool__body"):
        yield Duty(
            what=_("Behandl regnskabet for “{title}”").format(title=row.grant.title),
            address=reverse("funds:grant", args=[row.grant_id]),
            body=row.grant.pool.body,
        )


def _accounts_due(user: User, on: date) -> Iterator[Duty]:
    """Accounts a grantee must send: the team's own; the secretariat sees them all."""
    rows = Grant.objects.filter(closed_on=None, accounts_due__isnull=False)
    if not user.has_perm("funds.see"):
        rows = rows.filter(application__team__user=user)
    for row in rows.select_related("pool__body", "application"):
        mine = row.application and row.application.team.filter(user=user).exists()
        yield Duty(
            what=_("Regnskab for “{title}”").format(title=row.title),
            address=reverse("funds:grant", args=[row.pk]),
            due=row.accounts_due,
            body=row.pool.body,
            person=Person.objects.filter(user=user).first() if mine else None,
        )
