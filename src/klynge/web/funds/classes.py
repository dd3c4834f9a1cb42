"""How a budget line is classed, and what a pool does not pay for.

What is refused is no law in code: it stands in each pool's terms with its ground. `frames()` gives
what we know of frames that exist, from data/frames.json, each with source and certainty; a pool can
be begun from one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klynge.structure import Source

PROJECT, DEVELOPMENT, TRAINING = "project", "development", "training"
EVALUATION, PURCHASE, RUNNING, ROLLOUT = "evaluation", "purchase", "running", "rollout"

CLASSES = (
    (PROJECT, gettext_lazy("Projektarbejde og projektledelse")),
    (DEVELOPMENT, gettext_lazy("Udvikling og afprøvning")),
    (TRAINING, gettext_lazy("Kompetenceudvikling i projektet")),
    (EVALUATION, gettext_lazy("Evaluering og måling")),
    (PURCHASE, gettext_lazy("Indkøb til projektet")),
    (RUNNING, gettext_lazy("Drift")),
    (ROLLOUT, gettext_lazy("Implementering i drift")),
)
HINTS = {
    PROJECT: gettext_lazy("Løn til projektleder og deltagere, møder, rejser."),
    DEVELOPMENT: gettext_lazy(
        "At finde ud af, hvordan noget kan gøres, og prøve det i en periode."
    ),
    TRAINING: gettext_lazy("Undervisning, der er nødvendig for at prøve det nye."),
    EVALUATION: gettext_lazy("At måle og vurdere, om det virker."),
    PURCHASE: gettext_lazy("Udstyr, materialer og ydelser, der kun bruges i projektet."),
    RUNNING: gettext_lazy(
        "Det, der gøres hver dag, også uden projektet: stillinger, husleje, licenser."
    ),
    ROLLOUT: gettext_lazy("At indføre noget færdigt i hverdagen alle steder."),
}
DATA = Path(__file__).parent / "data" / "frames.json"


def title(kind: str) -> str:
    """What a class is called."""
    return str(dict(CLASSES)[kind])


def refusal(kind: str, line: str, ground: str) -> str:
    """Why a line cannot be paid for, and by what right."""
    why = {
        RUNNING: _("Drift kan ikke betales af puljen: den skal være betalt, også uden projektet."),
        ROLLOUT: _(
            "Implementering kan ikke betales af puljen: den hører til hos dem, der skal drive det."
        ),
    }.get(kind) or _("Puljen betaler ikke {kind}.").format(kind=title(kind).lower())
    return _("“{line}” er {kind}. {why} ({ground})").format(
        line=line, kind=title(kind).lower(), why=why, ground=ground
    )


@dataclass(frozen=True)
class Frame:
    """A frame that exists or existed, as far as it is known."""

    id: str
    name: str
    source: str
    first_day: date
    last_day: date
    amount: int | None
    purpose: str
    limits: str
    refused: tuple[str, ...]
    ground: str
    fact_source: str
    certainty: str
    certainty_note: str
    sources: tuple[Source, ...]


@lru_cache(2)
def _read(language: str) -> tuple[Frame, ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rows"]
    return tuple(_frame(row, language) for row in rows)


def frames() -> tuple[Frame, ...]:
    """What is known of frames, in the reader's language."""
    return _read("en" if get_language() == "en" else "da")


def frame(id: str) -> Frame | None:
    """One of them; None when it is not there."""
    return next((each for each in frames() if each.id == id), None)


def _frame(row: dict[str, Any], language: str) -> Frame:
    texts = {
        name: row[name][language]
        for name in ("name", "source", "purpose", "limits", "ground", "certainty_note")
    }
    return Frame(
        id=row["id"],
        first_day=date.fromisoformat(row["first_day"]),
        last_day=date.fromisoformat(row["last_day"]),
        amount=row["amount_ore"],
        refused=tuple(row["refused"]),
        fact_source="; ".join(source["title"] for source in row["sources"]),
        certainty=row["certainty"],
        sources=tuple(Source(**source) for source in row["sources"]),
        **texts,
    )
