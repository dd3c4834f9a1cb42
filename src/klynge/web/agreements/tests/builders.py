"""Invented agreements and hearings for the tests. Nobody's real text."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from klynge.web.agreements import hearing_rules, rules, text_rules
from klynge.web.agreements.models import AgreementText, Hearing, Process, ProcessStep

REGION = "1082"
TERM = date(2022, 1, 1)
DONE = {
    "patienter-foer": date(2023, 2, 1),
    "input": date(2023, 3, 1),
    "udkast": date(2023, 5, 1),
    "hoering": date(2023, 8, 15),
}


def an_agreement(**more: Any) -> Process:
    """The sundhedsaftale 2024-2027 of Region Midtjylland."""
    values: dict[str, Any] = {
        "kind": "sundhedsaftale",
        "place": REGION,
        "title": "Sundhedsaftale 2024-2027",
        "term": TERM,
        "holds_from": date(2024, 1, 1),
        "holds_to": date(2027, 12, 31),
    }
    return rules.begin(by=None, **{**values, **more})


def a_contract(**more: Any) -> Process:
    values: dict[str, Any] = {
        "kind": "kontrakt",
        "place": "kronjylland",
        "title": "Kontrakt om akutpladser",
        "holds_from": date(2027, 1, 1),
        "holds_to": date(2029, 12, 31),
    }
    return rules.begin(by=None, **{**values, **more})


def a_step(process: Process, step: str, year: int = 0) -> ProcessStep:
    return process.steps.get(step=step, year=year)


def a_version(process: Process, text: str = "Vi vil mødes om borgeren.") -> AgreementText:
    return text_rules.add_version(by=None, process=process, text=text, change="Første udkast")


def a_hearing(process: Process | None = None, **more: Any) -> Hearing:
    """Two parties, from 1 June to 15 August 2023."""
    process = process or an_agreement()
    if not process.texts.exists():
        a_version(process)
    values: dict[str, Any] = {
        "title": "Høring om sundhedsaftalen",
        "intro": "Vi beder om bemærkninger til målene.",
        "opens_on": date(2023, 6, 1),
        "deadline": date(2023, 8, 15),
        "parties": [("Randers Kommune", "post@randers.example"), ("Ældresagen Prøveby", "")],
        "contact": "sekretariat@region.example",
    }
    return hearing_rules.open_hearing(by=None, process=process, **{**values, **more})


def a_file(text: str = "Målene er gode.", name: str = "svar.txt") -> ContentFile:
    """A file as it comes with an answer."""
    return ContentFile(text.encode(), name)


def adopted(process: Process, day: date = date(2023, 10, 1)) -> Process:
    """Every council has adopted the newest text."""
    from klynge.web.agreements import course

    for council in course.councils(process):
        text_rules.record_adoption(
            by=None, process=process, council=(council.kind, council.id), outcome="adopted",
            decided_on=day,
        )  # fmt: skip
    return process
