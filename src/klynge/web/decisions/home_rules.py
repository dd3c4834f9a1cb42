"""Carrying a decision home: has each member authority treated it in its own committee?"""

from __future__ import annotations

from datetime import date

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, history
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions.models import Decision, TreatedAtHome
from klynge.web.meetings.readers import seats_of, today

AUTHORITIES = (Organisation.Kind.REGION, Organisation.Kind.KOMMUNE)
TREATED = (TreatedAtHome.State.AGREED, TreatedAtHome.State.REFUSED)


@rules.predicate
def sits_for_the_authority(user: User, row: TreatedAtHome | None) -> bool:
    """Whether the user sits in the body for that authority today."""
    if row is None or not user.is_authenticated:
        return False
    seats = seats_of(user, today()).filter(body=row.decision.body_id)
    return seats.filter(represents=row.organisation_id).exists()


rules.add_perm("decisions.carry_home", is_secretariat)
rules.add_perm("decisions.tell_from_home", is_secretariat | sits_for_the_authority)


def authorities_of(body: BodyRecord, on: date) -> list[Organisation]:
    """The authorities that have members in a body on a day, the region first."""
    rows = history.as_of(body, on)
    found = {
        row.represents.pk: row.represents
        for row in rows
        if row.represents is not None and row.represents.kind in AUTHORITIES
    }
    return sorted(found.values(), key=lambda each: (each.kind != "region", each.name))


@transaction.atomic
def carry_home(*, by: User | None, decision: Decision) -> list[TreatedAtHome]:
    """Ask every member authority to let its own committee or council treat the decision."""
    if by is not None and not by.has_perm("decisions.carry_home"):
        raise NotAllowed(_("Kun sekretariatet sender beslutninger hjem til myndighederne."))
    Decision.objects.select_for_update().get(pk=decision.pk)
    wanted = authorities_of(decision.body, decision.decided_on)
    there = set(decision.at_home.values_list("organisation", flat=True))
    new = [each for each in wanted if each.pk not in there]
    if not wanted:
        raise NotAllowed(
            _("Organet har ingen medlemmer, der er registreret for en region eller kommune.")
        )
    if not new:
        raise NotAllowed(_("Beslutningen er allerede sendt hjem til alle myndigheder."))
    made = [TreatedAtHome.objects.create(decision=decision, organisation=each) for each in new]
    note("decision carried home", about=decision, by=by)
    return made


@transaction.atomic
def tell_from_home(
    *,
    by: User | None,
    row: TreatedAtHome,
    state: str,
    committee: str = "",
    treated_on: date | None = None,
    case_number: str = "",
    outcome: str = "",
) -> TreatedAtHome:
    """What an authority's own committee or council has said, or when it will treat it."""
    if by is not None and not by.has_perm("decisions.tell_from_home", row):
        raise NotAllowed(_("Kun sekretariatet og myndighedens egne medlemmer melder tilbage."))
    row = TreatedAtHome.objects.select_for_update().get(pk=row.pk)
    reasons = []
    if state not in TreatedAtHome.State.values:
        reasons.append(_("Vælg en tilstand på listen."))
    if state in TREATED and treated_on is None:
        reasons.append(_("Skriv, hvornår sagen blev behandlet."))
    if state in TREATED and not committee.strip():
        reasons.append(_("Skriv, hvilket udvalg eller råd der behandlede sagen."))
    if state in TREATED and treated_on is not None and treated_on > clock.today():
        reasons.append(_("Sagen kan ikke være behandlet i fremtiden. Vælg “På vej”."))
    if reasons:
        raise NotAllowed(*reasons)
    row.state, row.treated_on = state, treated_on
    row.committee = " ".join(committee.split())[:200]
    row.case_number = " ".join(case_number.split())[:60]
    row.outcome = outcome.strip()
    row.save()
    note("decision treated at home", about=row.decision, by=by)
    return row
