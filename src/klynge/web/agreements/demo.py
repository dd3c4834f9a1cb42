"""The demo's invented sundhedsaftale of Region Midtjylland: steps, two versions, a hearing, goals.

The dates lie where they must have lain in a real one; every word of the text is invented and says
so on each page that shows it.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from klynge.web.agreements import answer_rules, course, hearing_rules, rules, text_rules
from klynge.web.agreements.models import Hearing, Process
from klynge.web.bodies import clock

REGION = "1082"
NOTE = "Opdigtet til demoen: teksten, svarene og datoerne er ikke regionens egne."
TITLE = "Sundhedsaftale 2024-2027"
DRAFT = """# Sammen om borgeren
Region, kommuner og almen praksis vil give borgeren ét forløb, også når flere hjælper på samme tid.

# Mål 1: Færre akutte genindlæggelser
Færre ældre skal indlægges igen inden for 30 dage.

# Mål 2: En plan ved udskrivelse fra psykiatrien
Den, der udskrives fra psykiatrien, har en plan."""
FINAL = DRAFT.replace(
    "har en plan.", "har en fælles plan, og kommunen har set den senest på udskrivelsesdagen."
).replace(
    "inden for 30 dage.",
    "inden for 30 dage. Udviklingen følges i hver klynge, fordi udgangspunktet er forskelligt.",
)
DONE = (
    ("patienter-foer", date(2023, 1, 25), "Patientinddragelsesudvalget ønskede korte forløb."),
    ("input", date(2023, 3, 15), "De fem klynger har hver sendt deres bidrag."),
    ("udkast", date(2023, 5, 24), ""),
    ("hoering", date(2023, 8, 15), ""),
    ("vedtaget", date(2023, 11, 29), ""),
    ("indsendt", date(2023, 12, 20), ""),
    ("svar", date(2024, 2, 13), "Godkendt."),
)
# Who answered, when, what, and whether everybody may read it; None: no remarks.
ANSWERS = (
    ("Randers Kommune", date(2023, 8, 14), "Kommunen bør se planen, før borgeren er hjemme.", True),
    ("Norddjurs Kommune", date(2023, 8, 15), None, True),
    (
        "Patientinddragelsesudvalget",
        date(2023, 8, 18),
        "Målene siger ikke, hvordan klyngerne er forskellige i dag.",
        True,
    ),
)
PARTIES = (
    "Randers Kommune", "Norddjurs Kommune", "Favrskov Kommune", "Syddjurs Kommune",
    "Patientinddragelsesudvalget", "PLO Prøve",
)  # fmt: skip


@transaction.atomic
def fill() -> int:
    """Make the agreement; does nothing the second time. Gives how many there are."""
    if not Process.objects.filter(place=REGION, kind="sundhedsaftale").exists():
        with clock.at(clock.noon_of(date(2023, 5, 24))):
            process = _begin()
            hearing = _hear(process)
        with clock.at(clock.noon_of(date(2023, 9, 20))):
            _sum_up(hearing)
            text_rules.add_version(
                by=None, process=process, text=FINAL, change="Rettet efter høringen"
            )
        with clock.at(clock.noon_of(date(2024, 2, 14))):
            _adopt(process)
    return Process.objects.count()


def _begin() -> Process:
    process = rules.begin(
        by=None, kind="sundhedsaftale", place=REGION, title=TITLE, term=date(2022, 1, 1),
        holds_from=date(2024, 1, 1), holds_to=date(2027, 12, 31), note=NOTE,
    )  # fmt: skip
    text_rules.add_version(by=None, process=process, text=DRAFT, change="Udkast til høring")
    for title, group in (
        ("Færre akutte genindlæggelser", "Ældre medicinske patienter"),
        ("En fælles plan ved udskrivelse fra psykiatrien", "Mennesker med psykisk sygdom"),
    ):
        text_rules.set_goal(
            by=None, process=process, title=title, group=group, valid_from=date(2024, 1, 1)
        )
    return process


def _hear(process: Process) -> Hearing:
    hearing = hearing_rules.open_hearing(
        by=None, process=process, title="Høring om sundhedsaftalen 2024-2027",
        intro="Vi beder om bemærkninger til de to mål, og til om de kan nås i jeres klynge.",
        opens_on=date(2023, 6, 1), deadline=date(2023, 8, 15),
        parties=[(name, "") for name in PARTIES],
    )  # fmt: skip
    hearing_rules.publish(by=None, hearing=hearing)
    return hearing


def _sum_up(hearing: Hearing) -> None:
    parties = {party.name: party for party in hearing.parties.all()}
    answers = [
        answer_rules.receive(
            by=None, hearing=hearing, party=parties[name], received_on=day, text=text or "",
            no_remarks=text is None, may_be_public=public,
        )
        for name, day, text, public in ANSWERS
    ]  # fmt: skip
    hearing_rules.sum_up(
        by=None, hearing=hearing, topic="Planen ved udskrivelse",
        said="Kommunen skal kende planen, inden borgeren kommer hjem.", answers=answers[:1],
        reply="Mål 2 siger nu, at kommunen har set planen senest på udskrivelsesdagen.",
        changed=True,
    )  # fmt: skip
    hearing_rules.sum_up(
        by=None, hearing=hearing, topic="Forskelle mellem klyngerne",
        said="Udgangspunktet er ikke det samme i de fem klynger.", answers=answers[2:],
        reply="Mål 1 følges nu i hver klynge.", changed=True,
    )  # fmt: skip
    hearing_rules.publish_results(by=None, hearing=hearing)


def _adopt(process: Process) -> None:
    for council in course.councils(process):
        text_rules.record_adoption(
            by=None, process=process, council=(council.kind, council.id), outcome="adopted",
            decided_on=date(2023, 11, 29),
        )  # fmt: skip
    for step, day, words in DONE:
        rules.do_step(by=None, step=process.steps.get(step=step), done_on=day, note=words)
    rules.set_state(by=None, process=process, state=Process.State.HOLDS)
