"""A published agenda or minutes as PDF, made from the published copy and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.documents import (
    Block,
    Boxed,
    Chart,
    Contents,
    Definitions,
    Document,
    Heading,
    Listed,
    Note,
    Paragraph,
    Text,
    pdf,
)
from klynge.web.documents.html import blocks_of
from klynge.web.publishing import snapshot
from klynge.web.publishing.public import MINUTES, Shown

Thing = dict[str, Any]
KEPT = 32  # an agenda is read by many on the same days
FEW = 3


def as_response(shown: Shown) -> HttpResponse:
    """The PDF, under a name that says what it is."""
    response = HttpResponse(_made(_document(shown)), content_type="application/pdf")
    name = f"{shown.part}-{shown.begins_at:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@lru_cache(maxsize=KEPT)
def _made(document: Document) -> bytes:
    return pdf.render(document, annexes=pdf.Annexes.LISTED)


def _document(shown: Shown) -> Document:
    content = shown.content
    name = str(shown.publication.get_part_display())
    body, title = content["body"]["name"], content["meeting"]["title"]
    day = date_format(shown.begins_at.date(), "DATE_FORMAT")
    return Document(
        title=f"{name}: {title or body}",
        subtitle=f"{body}, {day}" if title else day,
        blocks=tuple(_blocks(shown)),
        made_at=shown.publication.visible_from,
        language=get_language() or "da",
        author=body,
        subject=f"{name} {day}",
        header=body,
        footer=f"{name} {day}",
    )


def _blocks(shown: Shown) -> Iterator[Block]:
    content, minutes = shown.content, shown.part == MINUTES
    yield Definitions(tuple(_facts(shown)))
    for heading, names in _people(content):
        yield Heading(1, heading)
        yield _list(names)
    if len(content["items"]) > FEW:
        yield Contents(depth=1)
    for item in content["items"]:
        yield from _item(content, item, minutes=minutes)
    yield from _corrections(content, "", level=1)


def _facts(shown: Shown) -> Iterator[tuple[str, str]]:
    meeting = shown.content["meeting"]
    yield _("Dato"), date_format(shown.begins_at.date(), "DATE_FORMAT")
    yield _("Tid"), f"{shown.begins_at:%H:%M}–{shown.ends_at:%H:%M}"
    if meeting["place"]:
        yield _("Sted"), meeting["place"]
    if meeting["chair"]:
        yield _("Mødeleder"), meeting["chair"]
    if shown.cancelled:
        yield _("Aflyst"), _("Mødet er aflyst.")


def _people(content: Thing) -> Iterator[tuple[str, list[str]]]:
    rows = content["attendance"]
    here = [each for each in rows if each["status"] == "present"]
    away = [each for each in rows if each["status"] != "present"]
    if here:
        yield _("Til stede"), [_named(each, each["represents"]) for each in here]
    if away:
        yield _("Ikke til stede"), [_named(each, each["status_name"]) for each in away]


def _named(row: Thing, more: str) -> str:
    return f"{row['name']}, {more}" if more else row["name"]


def _item(content: Thing, item: Thing, *, minutes: bool) -> Iterator[Block]:
    number = f"{item['number']}. " if item["number"] else ""
    yield Heading(1, f"{number}{item['title']}")
    if item["closed"]:
        yield Paragraph(
            _("Taget af dagsordenen.") if item["withdrawn"] else _("Punktet er lukket.")
        )
        yield from (Paragraph(each["text"]) for each in snapshot.told_besides(content, item))
        return
    facts = [item["kind_name"]]
    if item["case_number"]:
        facts.append(f"{_('Sagsnr.')} {item['case_number']}")
    if item["recommended_by"]:
        facts.append(_("Indstilles af {who}").format(who=item["recommended_by"]))
    yield Note(" · ".join(facts))
    for each in item["blocks"]:
        yield Heading(2, each["caption"])
        yield from blocks_of(each["html"], below=2)
    for each in item["figures"]:
        yield from _figure(each)
    if item["clauses"]:
        yield Heading(2, _("Indstilling"))
        yield Paragraph(_("Det indstilles,"))
        yield Listed(tuple(_clause(each) for each in item["clauses"]), ordered=True)
    if minutes:
        yield from _decided(content, item)
    if item["annexes"]:
        yield Heading(2, _("Bilag"))
        yield _list([each["name"] for each in item["annexes"]])


def _figure(figure: Thing) -> Iterator[Block]:
    if figure["svg"]:
        yield Chart(figure["svg"], figure["alt"] or figure["title"], figure["title"])
    else:
        yield Paragraph((Text(figure["title"], strong=True),))
        yield Paragraph(figure["alt"])
    yield Note(f"{_('Kilde:')} {figure['source']}")


def _clause(clause: Thing) -> tuple[Block, ...]:
    said: tuple[Block, ...] = (Paragraph(f"{_('at')} {clause['text']}"),)
    came = [each for each in (clause.get("outcome", ""), clause.get("decision", "")) if each]
    return (*said, Paragraph((Text(". ".join(came), strong=True),))) if came else said


def _decided(content: Thing, item: Thing) -> Iterator[Block]:
    found: list[Block] = list(blocks_of(item["minutes"], below=2)) if item["minutes"] else []
    found += [Paragraph(each["text"]) for each in snapshot.told_besides(content, item)]
    votes = [
        f"{each['clause']} {each['choice']} {each['number']}".strip() for each in item["votes"]
    ]
    if votes:
        found += [Paragraph(_("Afstemning")), _list(votes)]
    if item["absent"]:
        names = ", ".join(f"{each['name']} ({each['why']})" for each in item["absent"])
        found.append(Paragraph(f"{_('Deltog ikke i behandlingen:')} {names}"))
    found += [
        Paragraph((Text(f"{each['name']}: ", strong=True), Text(each["text"])))
        for each in item["dissents"]
    ]
    if found:
        yield Boxed(Heading(2, _("Beslutning")), tuple(found))
    yield from _corrections(content, item["uid"], level=2)


def _corrections(content: Thing, item: str, *, level: int) -> Iterator[Block]:
    for each in content["corrections"]:
        if each["item"] == item:
            at = timezone.localtime(datetime.fromisoformat(each["at"]))
            day = date_format(at, "DATE_FORMAT")
            yield Heading(level, _("Rettelse {day}").format(day=day))
            yield from blocks_of(each["html"], below=level)


def _list(lines: list[str]) -> Listed:
    return Listed(tuple((Paragraph(line),) for line in lines))
