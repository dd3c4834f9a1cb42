"""Invented pools, calls, applications and grants for the tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from klynge.web.accounts.models import Role, User
from klynge.web.accounts.tests.builders import a_case_officer, a_user
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.models import Organisation, Person
from klynge.web.bodies.tests.builders import a_body, a_person, a_seat
from klynge.web.funds import applying_rules, granting_rules, rules
from klynge.web.funds.models import Application, Call, Grant, Pool

KR = 100
"""Øre in a krone."""
MIO = 1_000_000 * KR
OPENED = date(2024, 1, 15)
DECIDED = date(2024, 6, 12)
TODAY = date(2024, 9, 15)
_numbers = count(1)

TERMS: dict[str, Any] = {
    "purpose": "Tværsektorielle indsatser",
    "limits": "Ikke drift",
    "refused": ["running", "rollout"],
    "ground": "Opdigtet aftale, § 3",
    "carry_over": "decided",
    "fact_source": "Opdigtet",
    "certainty": "medium",
}


def a_pool(frame: int = 2 * MIO, **more: Any) -> Pool:
    """A pool of Randersklyngen with `frame` øre, opened in January 2024."""
    terms = TERMS | more.pop("terms", {})
    values: dict[str, Any] = {
        "body": more.pop("body", None) or a_body(),
        "name": f"Prøvepulje {next(_numbers)}",
        "source": "Region og kommuner",
        "holder": "Randers Kommune",
        "first_day": date(2024, 1, 1),
        "last_day": date(2024, 12, 31),
        "frame_on": OPENED,
    }
    return rules.open_pool(by=None, frame=frame, terms=terms, **values | more)


def a_call(pool: Pool | None = None, **more: Any) -> Call:
    """An open call with two criteria, the first counting double."""
    values: dict[str, Any] = {
        "title": "Prøverunde",
        "text": "Søg til samarbejde.",
        "opens_on": date(2024, 8, 1),
        "deadline": date(2024, 9, 30),
        "amount": 1 * MIO,
    }
    criteria = [{"name": "Virkning", "weight": 2}, {"name": "Samarbejde", "weight": 1}]
    return applying_rules.open_call(
        by=None, pool=pool or a_pool(), criteria=criteria, **values | more
    )


def an_organisation(name: str = "Randers Kommune") -> Organisation:
    return body_rules.organisation(kind=Organisation.Kind.KOMMUNE, name=name)


def a_draft(call: Call | None = None, *, by: User | None = None, **more: Any) -> Application:
    """A draft with everything in it that sending asks for."""
    asked = more.pop("asked", 200_000 * KR)
    draft = applying_rules.begin_application(
        by=by or a_case_officer(), call=call or a_call(), title=more.pop("title", "Prøveprojekt")
    )
    values: dict[str, Any] = {
        "applicant": "Randers Kommune",
        "target_group": "psychiatry",
        "first_day": date(2024, 10, 1),
        "last_day": date(2025, 9, 30),
        "need": "Mange genindlægges.",
        "work": "Fælles udskrivning.",
        "effect": "Færre genindlæggelser.",
        "afterwards": "Driften tager over.",
        "requested": asked,
        "partners": [],
        "budget": [{"text": "Projektleder", "kind": "project", "cost": asked, "applied": asked}],
    }
    return applying_rules.save_draft(by=None, application=draft, **values | more)


def a_sent(call: Call | None = None, **more: Any) -> Application:
    """An application that has been sent."""
    return applying_rules.send(by=None, application=a_draft(call, **more))


def a_sitting_member(
    name: str = "", *, represents: Organisation | None = None
) -> tuple[User, Person]:
    """A member with a log-in and a seat in Randersklyngen's political level."""
    user = a_user(Role.Name.MEMBER, name=name or "Prøve Medlem")
    person = a_person(name)
    body_rules.link_user(by=None, person=person, user=user)
    a_seat(a_body(), person, represents=represents)
    return user, person


def a_grant(
    pool: Pool | None = None,
    amount: int = 300_000 * KR,
    *,
    rates: int = 2,
    conditions: tuple[dict[str, Any], ...] = (),
    **more: Any,
) -> Grant:
    """A grant without an application, in `rates` equal instalments."""
    part = amount // rates
    instalments = [
        {
            "amount": amount - part * (rates - 1) if number == rates - 1 else part,
            "due_on": date(2024, 7 + number, 1),
            "condition": 1 if number and conditions else 0,
        }
        for number in range(rates)
    ]
    values: dict[str, Any] = {
        "title": "Prøveprojekt",
        "grantee": "Randers Kommune",
        "decision_text": "Opdigtet møde 12.6.2024, punkt 4",
        "decided_on": DECIDED,
        "decided_by_body": "Sundhedsklynge, Randersklyngen",
        "instalments": instalments,
        "conditions": conditions,
    }
    return granting_rules.grant(by=None, pool=pool or a_pool(), amount=amount, **values | more)
