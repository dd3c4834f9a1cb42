"""What a body's forretningsorden settles in numbers: quorum, deadlines, how many meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies import history
from klynge.web.bodies.models import FILLS_NO_SEAT, BodyDocument, BodyRecord

if TYPE_CHECKING:
    from klynge.web.bodies.papers import Field
    from klynge.web.bodies.standing import Body

FORRETNINGSORDEN = "forretningsorden"
HALF, OVER_HALF = "half", "over_half"
DAYS_IN_A_WEEK = 7
WEEKS = {"call_weeks": "call_days", "items_weeks": "items_days", "agenda_weeks": "agenda_days"}


@dataclass(frozen=True)
class Number:
    """One thing settled in a number.

    field: the field of text it belongs to. choices: the words it is chosen among, when it is no
    number. least, most: between which it lies.
    """

    id: str
    field: str
    label: str | Promise
    hint: str | Promise = ""
    choices: tuple[tuple[str, str | Promise], ...] = ()
    least: int = 0
    most: int = 365


NUMBERS = (
    Number("meetings", "moeder", _("Møder om året"), least=1, most=52),
    Number(
        "call_days",
        "dagsorden",
        _("Indkaldelse, dage før mødet"),
        _("Den dag, mødet senest er indkaldt."),
    ),
    Number("items_days", "dagsorden", _("Frist for punkter, dage før mødet")),
    Number("agenda_days", "dagsorden", _("Dagsordenen sendes, dage før mødet")),
    Number(
        "quorum",
        "beslutningsdygtighed",
        _("Beslutningsdygtig med mindst så mange medlemmer"),
        _("Tom, når det er en andel af medlemmerne."),
        least=1,
        most=99,
    ),
    Number(
        "quorum_share",
        "beslutningsdygtighed",
        _("Beslutningsdygtig med en andel af medlemmerne"),
        choices=((HALF, _("mindst halvdelen")), (OVER_HALF, _("mere end halvdelen"))),
    ),
    Number(
        "quorum_parties",
        "beslutningsdygtighed",
        _("Hver part skal være til stede"),
        choices=(("yes", _("ja")), ("no", _("nej"))),
    ),
    Number(
        "quorum_conflicted",
        "beslutningsdygtighed",
        _("Den, der er inhabil, tæller med i beslutningsdygtigheden"),
        choices=(("yes", _("ja")), ("no", _("nej"))),
    ),
    Number(
        "votes",
        "enighed",
        _("Der kan stemmes, når der ikke er enighed"),
        choices=(("yes", _("ja")), ("no", _("nej"))),
    ),
    Number(
        "deputies",
        "stedfortraedere",
        _("Stedfortrædere er tilladt"),
        choices=(("yes", _("ja")), ("no", _("nej"))),
    ),
    Number("minutes_days", "referat", _("Udkast til referat, dage efter mødet")),
    Number("objection_days", "referat", _("Indsigelse, hverdage efter udkastet")),
    Number(
        "minutes_approval",
        "referat",
        _("Referatet godkendes af"),
        choices=(
            ("chairs", _("formændene, når fristen for indsigelse er gået")),
            ("present", _("alle, der var til stede")),
        ),
    ),
    Number("publish_days", "offentlighed", _("Offentliggøres, dage efter mødet")),
    Number("written_days", "skriftlig", _("Svarfrist ved skriftlig behandling, dage")),
)


def numbers(kind: str) -> tuple[Number, ...]:
    """What a kind of document settles in numbers; nothing but for a forretningsorden."""
    return NUMBERS if kind == FORRETNINGSORDEN else ()


def settled(
    kind: str, given: Mapping[str, int | str | None]
) -> tuple[dict[str, int | str], list[str]]:
    """The numbers that were given, and every reason against them; empty ones are left out."""
    known = {number.id: number for number in numbers(kind)}
    kept: dict[str, int | str] = {}
    reasons: list[str] = []
    for id, value in given.items():
        if value is None or value == "":
            continue
        if id not in known:
            reasons.append(gettext("“{id}” kan ikke fastsættes i dette dokument.").format(id=id))
        elif not _fits(known[id], value):
            reasons.append(_wrong(known[id]))
        else:
            kept[id] = value
    if "quorum" in kept and "quorum_share" in kept:
        reasons.append(
            gettext("Beslutningsdygtighed er enten et antal eller en andel, ikke begge.")
        )
    return kept, [*reasons, *_in_wrong_order(kept)]


def local_rule(body: BodyRecord | Body | None, id: str, on: date) -> int | float | str | None:
    """What the body's forretningsorden in force on a day says of one thing; None when it does not.

    id: one of NUMBERS, or "call_weeks", "items_weeks", "agenda_weeks" (the same in weeks).
    A quorum that is a share is worked out from those who fill a seat on the day; "yes" and "no"
    are 1 and 0.
    """
    record = body if body is None or isinstance(body, BodyRecord) else history.find(*body.key)
    document = history.documents(record, on).get(FORRETNINGSORDEN)
    if document is None:
        return None
    if id in WEEKS:
        days = document.numbers.get(WEEKS[id])
        return None if days is None else _in_weeks(days)
    if id == "quorum" and "quorum_share" in document.numbers:
        return _share(document.numbers["quorum_share"], _seated(record, on))
    value = document.numbers.get(id)
    return {"yes": 1, "no": 0}.get(value, value) if isinstance(value, str) else value


def said(document: BodyDocument, field: Field) -> list[tuple[str, str]]:
    """What a document settles in numbers about one field, as label and value."""
    return [
        (str(number.label), str(dict(number.choices).get(value, value)))
        for number in numbers(document.kind)
        if number.field == field.id and (value := document.numbers.get(number.id)) is not None
    ]


def _in_weeks(days: int) -> int | float:
    whole, rest = divmod(days, DAYS_IN_A_WEEK)
    return days / DAYS_IN_A_WEEK if rest else whole


def _share(share: str, seated: int) -> int | None:
    """At least half of 7 is 4, more than half is 4; of 8 they are 4 and 5. None of nobody."""
    if not seated:
        return None
    return seated // 2 + 1 if share == OVER_HALF else (seated + 1) // 2


def _seated(record: BodyRecord | None, on: date) -> int:
    rows = history.as_of(record, on)
    return len({row.person_id for row in rows if row.role not in FILLS_NO_SEAT})


def _fits(number: Number, value: int | str) -> bool:
    if number.choices:
        return value in dict(number.choices)
    return type(value) is int and number.least <= value <= number.most


def _wrong(number: Number) -> str:
    if number.choices:
        ways = ", ".join(str(label) for _id, label in number.choices)
        return gettext("{label}: vælg en af {ways}.").format(label=number.label, ways=ways)
    return gettext("{label}: skriv et helt tal fra {least} til {most}.").format(
        label=number.label, least=number.least, most=number.most
    )


def _in_wrong_order(kept: Mapping[str, int | str]) -> list[str]:
    """Points are handed in before the agenda is sent, which is not before the call's last day."""
    items, agenda = kept.get("items_days"), kept.get("agenda_days")
    if items is not None and agenda is not None and int(items) < int(agenda):
        return [gettext("Fristen for punkter skal ligge før den dag, dagsordenen sendes.")]
    return []
