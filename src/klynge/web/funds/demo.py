"""The demo's invented money: a pool of Randersklyngen, a sharing, a call, and a running grant."""

from __future__ import annotations

from datetime import date
from typing import Any

from klynge.web.accounts.models import User
from klynge.web.bodies import clock, history
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.models import BodyRecord, Person
from klynge.web.funds import (
    accounts_rules,
    applying_rules,
    granting_rules,
    rules,
    scoring_rules,
    sharing_rules,
)
from klynge.web.funds.models import Application, Call, Pool
from klynge.web.initiatives.models import Initiative

KR = 100
NAME = "Opdigtet udviklingspulje 2024"
MEETING = "Opdigtet møde 12.6.2024, punkt 4"
BODY = ("klynge-politisk", "rm-randers")


def fill() -> int:
    """Fill the funds room; does nothing the second time. Gives the number of pools."""
    body = history.find(*BODY)
    if body is not None and not Pool.objects.filter(name=NAME).exists():
        with clock.at(clock.noon_of(date(2024, 2, 1))):
            pool = _pool(body)
        with clock.at(clock.noon_of(date(2024, 6, 12))):
            _running_grant(pool)
        _open_call(pool)
        _sharing(pool)
    return Pool.objects.count()


def _pool(body: BodyRecord) -> Pool:
    return rules.open_pool(
        by=None,
        body=body,
        name=NAME,
        source="Region Midtjylland og klyngens kommuner, halvdelen fra hver",
        holder="Randers Kommune",
        first_day=date(2024, 1, 1),
        last_day=date(2024, 12, 31),
        frame=4_200_000 * KR,
        frame_on=date(2024, 2, 1),
        terms={
            "purpose": "Tværsektorielle projekter, der giver mere sammenhængende forløb for"
            " borgere i klyngen.",
            "limits": "Et projekt varer højst to år.",
            "refused": ["running", "rollout"],
            "ground": "Opdigtet aftale af 30.11.2023, punkt 3",
            "carry_over": "decided",
            "fact_source": "Opdigtet til demoen",
            "certainty": "certain",
            "decision": "Opdigtet møde 24.1.2024, punkt 5",
        },
    )


def _running_grant(pool: Pool) -> None:
    given = granting_rules.grant(
        by=None,
        pool=pool,
        title="Fælles udskrivningsmøder i psykiatrien",
        grantee="Norddjurs Kommune",
        amount=900_000 * KR,
        decided_by_body=str(pool.body),
        decided_on=date(2024, 6, 12),
        decision_text=MEETING,
        accounts_due=date(2025, 8, 1),
        conditions=[{"text": "Statusrapport med de første tal", "due_on": date(2024, 10, 1)}],
        instalments=[
            {"amount": 450_000 * KR, "due_on": date(2024, 7, 1)},
            {"amount": 450_000 * KR, "due_on": date(2024, 11, 1), "condition": 1},
        ],
    )
    with clock.at(clock.noon_of(date(2024, 7, 2))):
        first = given.instalments.get(number=1)
        granting_rules.pay(by=None, instalment=first, valid_on=date(2024, 7, 2), voucher="70112")
    with clock.at(clock.noon_of(date(2024, 9, 3))):
        accounts_rules.send_accounts(
            by=None,
            grant=given,
            first_day=date(2024, 7, 1),
            last_day=date(2024, 8, 31),
            used=187_450 * KR + 50,
            lines=[
                {"text": "Projektleder", "kind": "project", "amount": 151_200 * KR},
                {"text": "Kursus for udskrivningskoordinatorer", "kind": "training",
                 "amount": 36_250 * KR + 50},
            ],
        )  # fmt: skip


def _open_call(pool: Pool) -> None:
    with clock.at(clock.noon_of(date(2024, 8, 1))):
        call = applying_rules.open_call(
            by=None,
            pool=pool,
            title="Efterårets ansøgningsrunde 2024",
            text="Der kan søges til projekter, der går på tværs af hospital, kommuner og almen"
            " praksis. Beskriv behovet med tal, og hvordan virkningen kan måles.",
            amount=2_000_000 * KR,
            most=1_200_000 * KR,
            own_share=20,
            opens_on=date(2024, 8, 1),
            deadline=date(2024, 10, 1),
            scored_by=date(2024, 10, 20),
            decided_on=date(2024, 11, 6),
            criteria=[
                {"name": "Virkning for borgerne", "asks": "Er behovet vist med tal, og kan"
                 " virkningen måles?", "weight": 2},
                {"name": "Samarbejde", "asks": "Er hospital, kommuner og almen praksis med?"},
                {"name": "Lighed i sundhed", "asks": "Når det dem, der har mest brug for det?"},
            ],
        )  # fmt: skip
    officer = User.objects.filter(username="sagsbehandler").first()
    sent = [_application(call, officer if at == 0 else None, *one) for at, one in enumerate(_ASKED)]
    _score(sent)
    for application, amount, text in zip(sent, (800_000, 0, 650_000), _RECOMMENDED, strict=True):
        scoring_rules.recommend(by=None, application=application, amount=amount * KR, text=text)


_ASKED: tuple[tuple[str, str, str, int, int], ...] = (
    ("Hurtig hjælp efter indlæggelse", "Syddjurs Kommune", "psychiatry", 800_000, 260_000),
    ("Medicingennemgang på tværs", "Randers Kommune", "frail", 1_100_000, 300_000),
    ("Lungeskole tæt på hjemmet", "Favrskov Kommune", "chronic", 650_000, 200_000),
)
_RECOMMENDED = (
    "Behovet er vist med tal, og alle fire kommuner er med.",
    "Kan ikke rummes sammen med de to andre; ansøgeren opfordres til at søge igen.",
    "Når borgere, der i dag falder fra.",
)


def _application(
    call: Call, by: User | None, title: str, who: str, group: str, asked: int, own: int
) -> Application:
    draft = applying_rules.begin_application(by=by, call=call, title=title)
    budget: list[dict[str, Any]] = [
        {"text": "Projektleder", "kind": "project", "cost": asked * KR, "applied": asked * KR},
        {"text": "Medarbejdernes tid", "kind": "project", "cost": own * KR, "applied": 0},
    ]
    applying_rules.save_draft(
        by=None,
        application=draft,
        applicant=who,
        initiative=_initiative(call) if group == "psychiatry" else None,
        place_kind=call.pool.body.place_kind,
        place=call.pool.body.place,
        target_group=group,
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        need="Opdigtet: for mange kommer tilbage på hospitalet inden 30 dage.",
        work="Opdigtet: hospital og kommune aftaler det næste skridt, før borgeren går hjem.",
        effect="Opdigtet: færre genindlæggelser, målt hver måned.",
        afterwards="Opdigtet: kommunen fortsætter inden for egen ramme.",
        requested=asked * KR,
        partners=[{"organisation": "Regionshospitalet Randers", "role": "Medansøger",
                   "own_money": own * KR}],
        budget=budget,
    )  # fmt: skip
    return applying_rules.send(by=None, application=draft)


def _initiative(call: Call) -> Initiative | None:
    """The initiative of the demo that asks for money, when it is there."""
    found = Initiative.objects.filter(body=call.pool.body, state=Initiative.State.RUNNING)
    return found.order_by("pk").first()


def _score(sent: list[Application]) -> None:
    """The demo's member scores what he has no part in; he sits for Randers Kommune."""
    user = User.objects.filter(username="medlem").first()
    if user is None:
        return
    if not Person.objects.filter(user=user).exists():
        seats = history.as_of(history.find(*BODY), date(2024, 9, 15))
        mayor = next(row for row in seats if row.kommune == "730" and row.role != "stedfortraeder")
        body_rules.link_user(by=None, person=mayor.person, user=user)
    for application, points in ((sent[0], (4, 5, 4)), (sent[2], (3, 3, 4))):
        criteria = list(application.call.criteria.all())
        scoring_rules.score(
            by=user,
            application=application,
            points=dict(zip(criteria, points, strict=True)),
            comments={},
        )


def _sharing(pool: Pool) -> None:
    kommuner = ["706", "707", "710", "730"]
    shared = sharing_rules.begin_sharing(
        by=None,
        pool=pool,
        name="Kommunernes andel af resten",
        amount=500_000 * KR,
        place_kind="kommune",
        places=kommuner,
        on=date(2024, 9, 15),
    )
    for name, method in (("Lige meget til hver", "equal"), ("Efter folketal", "population")):
        sharing_rules.add_key(by=None, sharing=shared, name=name, method=method, asked={})
