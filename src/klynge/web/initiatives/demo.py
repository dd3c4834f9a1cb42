"""The demo's invented initiatives: one that has run since 2023 with a model to follow, and a need.

The people are the demo's, the work is made up; figures and effect are the demo pack's own.
"""

from __future__ import annotations

from datetime import date

from klynge.web.bodies import clock, history
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.models import BodyRecord, Membership, Organisation
from klynge.web.goals import readings
from klynge.web.goals.models import Goal
from klynge.web.initiatives import effect, model_rules, plan_rules, rules
from klynge.web.initiatives.models import Initiative
from klynge.web.initiatives.rules import FigureOnTheTable

BODY = ("klynge-politisk", "rm-randers")
TODAY = date(2024, 9, 15)
TITLE = "Fælles udskrivning fra psykiatrien"
STEPS = (
    (date(2022, 9, 20), "idea", "Hospital og kommuner vil prøve det i to afsnit først."),
    (date(2022, 10, 11), "proposal", "Drøftet på det fagligt strategiske niveau."),
    (date(2022, 11, 15), "decided", "Opdigtet møde 15.11.2022, punkt 3."),
    (date(2023, 1, 1), "running", "Alle afsnit er med fra nytår."),
)
# What the effect is judged by: the first the pack has enough of to tell something, else the first.
JUDGED_BY = ("genind_psyk_30", "psyk_indl", "psyk_patienter")
MILESTONES = (
    ("Fælles skabelon for udskrivningsaftalen", date(2023, 3, 1), date(2023, 2, 20)),
    ("Alle fire kommuner har en fast kontakt", date(2023, 9, 1), date(2023, 10, 12)),
    ("Egen måling hver måned", date(2024, 1, 15), date(2024, 1, 15)),
    ("Evaluering sammen med brugerne", date(2024, 11, 1), None),
)
RISKS = (
    ("Kontakten i kommunen skifter, og aftalen falder på gulvet", 2, 3, "To navne i hver kommune"),
    ("Afsnittene har ikke tid til mødet", 2, 2, "Mødet holdes på skærm og varer et kvarter"),
)


def fill() -> int:
    """Fill the initiatives room; does nothing the second time. Gives how many there are."""
    body = history.find(*BODY)
    if body is not None and not Initiative.objects.filter(body=body, title=TITLE).exists():
        one = _begun(body)
        _planned(one)
        _under_way(one)
        _need(body)
    return Initiative.objects.count()


def _begun(body: BodyRecord) -> Initiative:
    with clock.at(clock.noon_of(date(2022, 9, 14))):
        return rules.begin(
            by=None,
            body=body,
            title=TITLE,
            origin=Initiative.Origin.CASE,
            need="En borger blev udskrevet en fredag uden medicin og uden at kommunen vidste det."
            " Gennemgangen viste, at det ikke var den eneste.",
            groups=["psychiatry", "double"],
            crossings=["psychiatry_kommune", "psychiatry_practice"],
            purpose="Ingen forlader psykiatrien uden en aftalt dag og en navngiven kontakt.",
            pathway="Afsnit, kommune og borger holder et kort møde senest to dage før"
            " udskrivelsen. Aftalen følger med til egen læge.",
            equality="Gavner mest dem uden pårørende og fast bolig. Borgere, der udskriver sig"
            " selv, nås ikke af mødet; kommunen ringer til dem dagen efter.",
            decided_by="Sundhedsklyngens politiske niveau",
            economy="En koordinator på halv tid, betalt af klyngens pulje.",
            starts_on=date(2023, 1, 1),
            ends_on=date(2025, 12, 31),
            report_every=180,
        )


def _planned(one: Initiative) -> None:
    seats = [row for row in history.as_of(one.body, date(2022, 12, 1)) if row.role == "medlem"]
    with clock.at(clock.noon_of(date(2022, 12, 1))):
        leader = body_rules.add_person(by=None, name="Solvej Samarbejdsen")
        changes = {
            "leader": leader,
            "group_task": "Sørger for, at mødet holdes i alle afsnit, og at tallene bliver talt"
            " op hver måned. Mødes den første tirsdag i måneden.",
        }
        rules.change(by=None, initiative=one, version=one.version, changes=changes)
        plan_rules.add_to_group(by=None, initiative=one, person=leader, role="projektleder")
        for seat in _doctors(seats):
            plan_rules.add_to_group(by=None, initiative=one, person=seat.person, role="egen læge")
        for kind, name, role in (
            (Organisation.Kind.KOMMUNE, "Randers Kommune", "Kontakt i kommunen, skriver aftalen"),
            (Organisation.Kind.KOMMUNE, "Norddjurs Kommune", "Kontakt i kommunen"),
            (Organisation.Kind.REGION, "Region Midtjylland", "Afsnittene i psykiatrien"),
        ):
            partner = body_rules.organisation(kind=kind, name=name)
            plan_rules.add_partner(by=None, initiative=one, organisation=partner, role=role)
        for text, likely, bad, answer in RISKS:
            plan_rules.add_risk(
                by=None, initiative=one, text=text, likely=likely, bad=bad, answer=answer
            )
        for title, due, _done in MILESTONES:
            plan_rules.add_milestone(by=None, initiative=one, title=title, due_on=due)
    for milestone, (_title, _due, done) in zip(
        one.milestones.order_by("due_on"), MILESTONES, strict=True
    ):
        if done:
            with clock.at(clock.noon_of(done)):
                plan_rules.reach(by=None, milestone=milestone, on=done)


def _doctors(seats: list[Membership]) -> list[Membership]:
    return [seat for seat in seats if seat.party == "plo"][:1]


def _under_way(one: Initiative) -> None:
    for day, state, why in STEPS:
        with clock.at(clock.noon_of(day)):
            rules.move(by=None, initiative=one, to=state, why=why)
    one.refresh_from_db()
    for goal in Goal.objects.filter(body=one.body, own_indicator__isnull=False):
        plan_rules.link_goal(by=None, initiative=one, goal=goal)
    _judged_by_the_pack(one)
    with clock.at(clock.noon_of(date(2024, 5, 2))):
        rules.report(
            by=None,
            initiative=one,
            going="well",
            text="Alle afsnit holder mødet, og fire ud af fem borgere siger, at de ved, hvem de"
            " kan ringe til. Norddjurs mangler stadig en afløser for sin kontakt.",
        )
        model_rules.publish_model(
            by=None,
            initiative=one,
            title="Udskrivningsmødet på et kvarter",
            what="Et møde på skærm mellem afsnit, kommune og borger senest to dage før"
            " udskrivelsen, med en fast dagsorden på fire punkter.",
            who="Afsnittet indkalder. Kommunen siger, hvem der ringer til borgeren og hvornår."
            " Egen læge får aftalen samme dag.",
            needs="En koordinator på halv tid, to navngivne kontakter i hver kommune og en fælles"
            " skabelon.",
            learnt="Læg mødet om formiddagen. To kontakter i hver kommune er nødvendigt.",
        )


def _judged_by_the_pack(one: Initiative) -> None:
    chosen = next((code for code in JUDGED_BY if _can_tell(one, code)), JUDGED_BY[0])
    changes = {"effect_indicator": chosen}
    rules.change(by=None, initiative=one, version=one.version, changes=changes)


def _can_tell(one: Initiative, code: str) -> bool:
    one.effect_indicator = code
    try:
        effect.estimate(one, TODAY)
    except effect.CannotTell:
        return False
    return True


def _need(body: BodyRecord) -> None:
    """From a figure the pack shows; from a member's wish when it shows none of them."""
    words = {
        "title": "Ældre kommer igen kort efter udskrivelsen",
        "need": "Mange ældre indlægges igen inden for en måned. Vi ved ikke, om det er medicinen,"
        " maden eller hjemmeplejen, der svigter.",
        "groups": ["frail"],
    }
    with clock.at(clock.noon_of(date(2024, 8, 27))):
        for code in ("genind_67", "forebyg_65"):
            shown = readings.of_pack(code, body.place_kind, body.place, "all", TODAY)
            if shown.at("2023") is None:
                continue
            figure = FigureOnTheTable(code, body.place_kind, body.place, "2023")
            rules.begin(by=None, body=body, origin="figure", figure=figure, **words)
            return
        rules.begin(by=None, body=body, origin="wish", **words)
