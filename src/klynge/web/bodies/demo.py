"""The demo's invented members: names that are plainly made up, in the bodies of some klynger.

The story has what a secretariat meets: a seat nobody fills, somebody who left in mid-term, an
agreement to deviate, one general practitioner on both levels, a name that was recorded wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from klynge import structure
from klynge.web.accounts.demo import PEOPLE
from klynge.web.accounts.models import User
from klynge.web.bodies import clock, history, representing, rules, secretariat_rules
from klynge.web.bodies.models import BodyRecord, Membership, Person

REGION = "1082"
HOME, HOME_KOMMUNE = "rm-randers", "730"
# Demo users who are somebody in the demo's bodies: the user name and the person's name.
MEMBER, SECRETARY = "medlem", "sekretariat"
NAMES = {username: name for username, name, _organisation, _role in PEOPLE}
ALSO = ("rsd-soenderjylland",)
FIRST, LAST = date(2022, 9, 13), date(2025, 12, 31)
FIRST_NAMES = (
    "Agnete", "Bertram", "Cilla", "Didrik", "Elvira", "Folmer", "Gudrun", "Helmer", "Ingelise",
    "Jeppe", "Karna", "Laust", "Mettelise", "Niels-Ole", "Oda", "Preben", "Rigmor", "Svend-Åge",
    "Thyra", "Uffe", "Vibeke", "Walther", "Yrsa", "Ærtemine",
)  # fmt: skip
LAST_NAMES = (
    "Prøvesen", "Eksempelsen", "Opdigtet", "Tænktbjerg", "Påfundsen", "Attrapgaard", "Skinberg",
    "Låtsom", "Pladsholder", "Demosen", "Fiktivsen", "Kulissegaard",
)  # fmt: skip


@dataclass
class _People:
    """Gives out names, each once."""

    given: int = 0

    def next(self, name: str = "") -> Person:
        """Somebody new: of that name, else of the next invented one."""
        first = FIRST_NAMES[self.given % len(FIRST_NAMES)]
        last = LAST_NAMES[(self.given // len(FIRST_NAMES) + self.given) % len(LAST_NAMES)]
        self.given += 1
        return rules.add_person(by=None, name=name or f"{first} {last}")


@transaction.atomic
def fill() -> int:
    """Fill the bodies; returns how many. Nothing happens when something is recorded already."""
    if BodyRecord.objects.exists():
        return 0
    people = _People()
    with clock.at(clock.noon_of(FIRST)):
        chair, councillors = people.next(), [people.next() for _number in range(3)]
        klynger = [k.id for k in structure.places("klynge", FIRST) if k.region == REGION]
        chairs = {}
        for klynge in klynger:
            doctor = people.next()
            members = (chair, councillors[0])
            chairs[klynge] = _political(klynge, people, members, doctor)
            _professional(klynge, people, doctor)
        for klynge in ALSO:
            members, doctor = (people.next(), people.next()), people.next()
            _political(klynge, people, members, doctor)
            _professional(klynge, people, doctor)
        _committee(people, (chair, councillors[0], councillors[1]), chairs)
        _patients(people)
        _secretary()
    _what_happened_since(people)
    return BodyRecord.objects.count()


def _political(
    klynge: str, people: _People, regional: tuple[Person, Person], doctor: Person
) -> Membership:
    """The political level; gives the seat of its municipal chair."""
    body = rules.open_body(by=None, kind="klynge-politisk", place=klynge)
    _seat(body, regional[0], "region", office="regionsraadsformand", role="formand")
    _seat(body, regional[1], "region", office="regionsraadsmedlem")
    mayors = [
        _seat(
            body,
            people.next(NAMES[MEMBER] if (klynge, code) == (HOME, HOME_KOMMUNE) else ""),
            "kommune",
            kommune=code,
            office="borgmester",
            role="medlem" if number else "formand",
            appointer="kommunalbestyrelsen",
        )
        for number, code in enumerate(_kommuner(klynge))
    ]
    for each in (doctor, people.next()):
        _seat(body, each, "plo", office="laege", appointer="plo")
    return mayors[0]


def _professional(klynge: str, people: _People, doctor: Person) -> None:
    body = rules.open_body(by=None, kind="klynge-faglig", place=klynge)
    hospital = structure.place("klynge", klynge).hospitals[0].name
    _seat(
        body, people.next(), "region", hospital, office="direktoer", area="somatik", role="formand"
    )
    _seat(body, people.next(), "region", "Psykiatrien", office="direktoer", area="psykiatri")
    _seat(body, people.next(), "region", office="chef")
    for number, code in enumerate(_kommuner(klynge)):
        role = "medlem" if number else "formand"
        _seat(body, people.next(), "kommune", kommune=code, office="direktoer", role=role)
    for each in (doctor, people.next()):
        _seat(body, each, "plo", office="laege", appointer="plo")
    for _number in range(2):
        _seat(body, people.next(), "patienter", appointer="piu")


def _committee(
    people: _People, regional: tuple[Person, ...], chairs: dict[str, Membership]
) -> None:
    """The region's SSU: its municipal members are the klynger's municipal chairs."""
    body = rules.open_body(by=None, kind="ssu", place=REGION)
    offices = ("regionsraadsformand", "regionsraadsmedlem", "regionsraadsmedlem")
    for number, (each, office) in enumerate(zip(regional, offices, strict=True)):
        _seat(body, each, "region", office=office, role="medlem" if number else "formand")
    for number, (klynge, mayor) in enumerate(chairs.items()):
        _seat(
            body,
            mayor.person,
            "kommune",
            kommune=mayor.kommune,
            klynge=klynge,
            office="borgmester",
            role="medlem" if number else "naestformand",
        )
    for _number in range(2):
        _seat(body, people.next(), "plo", office="laege", appointer="plo")


def _patients(people: _People) -> None:
    body = rules.open_body(by=None, kind="patientinddragelsesudvalg", place=REGION)
    seats = {
        "danske-patienter": 3,
        "danske-handicaporganisationer": 3,
        "regionsaeldreraad": 1,
        "aeldre-sagen": 1,
    }
    for organisation, count in seats.items():
        for _number in range(count):
            _seat(body, people.next(), "patienter", organisation=organisation)


def _secretary() -> None:
    """The secretary serves both levels of the demo's own klynge."""
    person = rules.add_person(by=None, name=NAMES[SECRETARY])
    shared = secretariat_rules.add(by=None, name="Randersklyngens sekretariat")
    region = structure.place("region", REGION)
    partners = [("region", REGION, region.name, 4000, "lokaler og it")]
    for code in _kommuner(HOME):
        name = f"{structure.place('kommune', code).name} Kommune"
        partners.append(("kommune", code, name, 1500, "en medarbejder et år ad gangen"))
    secretariat_rules.agree(
        by=None,
        secretariat=shared,
        decision="Opdigtet møde 13.9.2022, punkt 5",
        valid_from=FIRST,
        yearly_cost=84_250_000,
        parts=[
            secretariat_rules.Part(
                rules.organisation(kind=kind, name=name, place_kind=kind, place=id), share, brings
            )
            for kind, id, name, share, brings in partners
        ],
    )
    for kind in ("klynge-politisk", "klynge-faglig"):
        body = rules.open_body(by=None, kind=kind, place=HOME)
        _seat(body, person, "kommune", kommune=HOME_KOMMUNE, role="sekretariat")
        secretariat_rules.serve(
            by=None,
            secretariat=shared,
            body=body,
            person=person,
            task="Dagsorden, referat og opfølgning",
            valid_from=FIRST,
        )


def link_users() -> int:
    """Link the demo's users to the people they are; returns how many were linked now."""
    linked = 0
    for username in (MEMBER, SECRETARY):
        user = User.objects.filter(username=username, person=None).first()
        person = Person.objects.filter(name=NAMES[username], user=None).first()
        if user and person:
            rules.link_user(by=None, person=person, user=user)
            linked += 1
    return linked


def _what_happened_since(people: _People) -> None:
    political = history.find("klynge-politisk", "rm-randers")
    professional = history.find("klynge-faglig", "rm-randers")
    assert political is not None
    assert professional is not None
    seated = (row for row in history.known(political) if row.role != "sekretariat")
    rows = {row.kommune: row for row in seated if row.kommune}
    with clock.at(clock.noon_of(date(2023, 3, 2))):
        wrong = next(row for row in history.known(professional) if row.office == "chef")
        changes = {"person": people.next()}
        rules.correct(by=None, key=wrong.key, reason="Forvekslet med en anden", changes=changes)
    with clock.at(clock.noon_of(date(2023, 6, 14))):
        _agree_on_a_fourth_regional_seat(people)
    with clock.at(clock.noon_of(date(2024, 1, 15))):
        mayor = rows["707"]
        rules.resign(by=None, key=mayor.key, last_day=date(2024, 1, 31), reason="Ny borgmester")
        _seat(
            political,
            people.next(),
            "kommune",
            kommune="707",
            office="borgmester",
            appointer="kommunalbestyrelsen",
            valid_from=date(2024, 2, 1),
        )
    with clock.at(clock.noon_of(date(2024, 5, 21))):
        patient = next(row for row in history.known(professional) if row.party == "patienter")
        rules.resign(by=None, key=patient.key, last_day=date(2024, 6, 30), reason="Udtrådt")
        deputy_for = rows["730"].key
        _seat(
            political, people.next(), "kommune", kommune="730", role="stedfortraeder",
            deputy_for=deputy_for, valid_from=date(2024, 6, 1),
        )  # fmt: skip
    with clock.at(clock.noon_of(date(2022, 11, 30))):
        _documents(political)


def _agree_on_a_fourth_regional_seat(people: _People) -> None:
    body = history.find("klynge-faglig", "rm-horsens")
    assert body is not None
    first = date(2023, 6, 14)
    rules.record_deviation(
        by=None,
        body=body,
        rule="K14-region",
        decision="Opdigtet møde 14.6.2023, punkt 4: fire pladser til regionen",
        agreed=4,
        valid_from=first,
    )
    _seat(body, people.next(), "region", "Præhospitalet", office="chef", valid_from=first)


def _documents(body: BodyRecord) -> None:
    rules.adopt_document(
        by=None,
        body=body,
        kind="kommissorium",
        decision="Opdigtet møde 30.11.2022, punkt 3",
        valid_from=date(2022, 12, 1),
        review_on=date(2024, 12, 1),
        texts={
            "formaal": "Klyngen sætter retning for det fælles arbejde om borgere, der bruger både"
            " hospital, kommune og egen læge.",
            "opgaver": "Færre akutte genindlæggelser af ældre.\nSammenhæng i psykiatrien.",
            "sekretariat": "Regionen og kommunerne skiftes til at føre sekretariatet, et år ad"
            " gangen. Udgiften deles lige.",
        },
    )
    rules.adopt_document(
        by=None,
        body=body,
        kind="forretningsorden",
        decision="Opdigtet møde 30.11.2022, punkt 4",
        valid_from=date(2022, 12, 1),
        review_on=date(2024, 12, 1),
        texts={
            "moeder": "Fire møder om året. Datoerne lægges på årets sidste møde.",
            "dagsorden": "Punkter meldes fire uger før; dagsordenen sendes to uger før.",
            "enighed": "Klyngen beslutter i enighed. Er der ikke enighed, går sagen hjem til"
            " parterne.",
            "stedfortraedere": "Hver part kan udpege én fast stedfortræder.",
            "beslutningsdygtighed": "Mere end halvdelen af medlemmerne, og alle tre parter.",
            "referat": "Udkast inden en uge; indsigelser inden ti hverdage.",
        },
        numbers={
            "meetings": 4,
            "call_days": 28,
            "items_days": 28,
            "agenda_days": 14,
            "quorum_share": "over_half",
            "quorum_parties": "yes",
            "deputies": "yes",
            "minutes_days": 7,
            "objection_days": 10,
        },
    )


def _seat(body: BodyRecord, person: Person, party: str, name: str = "", **more: Any) -> Membership:
    values = {"valid_from": FIRST, "valid_to": LAST} | more
    asked = Membership(
        party=party,
        kommune=values.get("kommune", ""),
        organisation=values.get("organisation", ""),
        area=values.get("area", ""),
    )
    represents = representing.organisation_of(asked, body, name)
    return rules.appoint(
        by=None, body=body, person=person, party=party, represents=represents, **values
    )


def _kommuner(klynge: str) -> Iterator[str]:
    return iter(row.kommune for row in structure.members("klynge", klynge, on=FIRST))
