"""A published agenda or minutes as PDF (PDF/UA-1), made from the published copy alone."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.publishing.public import MINUTES, Shown

Thing = dict[str, Any]
HEADINGS = ("h3", "h4")
BLOCKS = ("p", "li", "td", "th", "caption", "blockquote", *HEADINGS)
KEPT = 64  # made once for as long as the copy is the same; agendas are read by many at a time


def as_response(shown: Shown) -> HttpResponse:
    """The PDF, under a name that says what it is."""
    told = json.dumps(_told(shown), ensure_ascii=False, sort_keys=True)
    response = HttpResponse(_made(told), content_type="application/pdf")
    name = f"{shown.part}-{shown.begins_at:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@lru_cache(maxsize=KEPT)
def _made(told: str) -> bytes:
    template = files("klynge.web.publishing") / "data" / "part.typ"
    return typst.compile(
        template.read_bytes(),
        sys_inputs={"told": told},
        pdf_standards=["ua-1"],
    )


def _told(shown: Shown) -> Thing:
    content = shown.content
    meeting = content["meeting"]
    day = date_format(shown.begins_at.date(), "DATE_FORMAT")
    name = str(shown.publication.get_part_display())
    facts = [f"{day}, {shown.begins_at:%H:%M}–{shown.ends_at:%H:%M}"]
    facts += [each for each in (meeting["title"], meeting["place"]) if each]
    if shown.cancelled:
        facts.append(_("Mødet er aflyst."))
    return {
        "language": get_language() or "da",
        "title": f"{name} {day}",
        "body": content["body"]["name"],
        "facts": facts,
        "people": _people(content),
        "items": [_item(content, each, minutes=shown.part == MINUTES) for each in content["items"]],
        "corrections": _corrections(content, "", _("Rettelse")),
    }


def _people(content: Thing) -> list[Thing]:
    rows = content["attendance"]
    here = [each for each in rows if each["status"] == "present"]
    away = [each for each in rows if each["status"] != "present"]
    groups = [
        {
            "title": _("Til stede"),
            "names": [
                f"{each['name']}, {each['represents']}" if each["represents"] else each["name"]
                for each in here
            ],
        },
        {
            "title": _("Ikke til stede"),
            "names": [f"{each['name']} ({each['status_name']})" for each in away],
        },
    ]
    return [group for group in groups if group["names"]]


def _item(content: Thing, item: Thing, *, minutes: bool) -> Thing:
    title = f"{item['number']}. {item['title']}" if item["number"] else item["title"]
    if item["closed"]:
        return {"title": title, "facts": [_("Punktet er lukket.")], "parts": []}
    facts = [item["kind_name"]]
    if item["case_number"]:
        facts.append(f"{_('Sagsnr.')} {item['case_number']}")
    parts = [{"title": each["caption"], "nodes": nodes(each["html"])} for each in item["blocks"]]
    for figure in item["figures"]:
        text = f"{figure['alt']} {_('Kilde:')} {figure['source']}"
        parts.append({"title": figure["title"], "nodes": [_node("text", text)]})
    if item["clauses"]:
        parts.append({"title": _("Indstilling"), "nodes": _clauses(item["clauses"])})
    if minutes:
        decided = _decided(content, item)
        if decided:
            parts.append({"title": _("Beslutning"), "nodes": decided})
        parts += _corrections(content, item["uid"], _("Rettelse"))
    if item["annexes"]:
        rows = [_node("bullet", each["name"]) for each in item["annexes"]]
        parts.append({"title": _("Bilag"), "nodes": rows})
    return {"title": title, "facts": [" · ".join(facts)], "parts": parts}


def _clauses(clauses: list[Thing]) -> list[Thing]:
    found = []
    for number, each in enumerate(clauses, start=1):
        came = ". ".join(
            part for part in (each.get("outcome", ""), each.get("decision", "")) if part
        )
        node = _node("number", f"{_('at')} {each['text']}", number=number)
        if came:
            node["parts"] += [{"text": " ", "strong": False}, {"text": came, "strong": True}]
        found.append(node)
    return found


def _decided(content: Thing, item: Thing) -> list[Thing]:
    found = nodes(item["minutes"])
    found += [
        _node("text", each["text"]) for each in content["decisions"] if each["item"] == item["uid"]
    ]
    found += [
        _node("bullet", f"{each['clause']} {each['choice']} {each['number']}".strip())
        for each in item["votes"]
    ]
    if item["absent"]:
        names = ", ".join(f"{each['name']} ({each['why']})" for each in item["absent"])
        found.append(_node("text", f"{_('Deltog ikke i behandlingen:')} {names}"))
    found += [_node("text", f"{each['name']}: {each['text']}") for each in item["dissents"]]
    return found


def _corrections(content: Thing, item: str, title: str) -> list[Thing]:
    return [
        {
            "title": f"{title} {date_format(datetime.fromisoformat(each['at']), 'DATE_FORMAT')}",
            "nodes": nodes(each["html"]),
        }
        for each in content["corrections"]
        if each["item"] == item
    ]


def nodes(html: str) -> list[Thing]:
    """Sanitised HTML as a flat list of paragraphs, list items and headings."""
    reader = _Reader()
    reader.feed(html)
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Thing] = []
        self._parts: list[Thing] = []
        self._kind = "text"
        self._lists: list[list[Any]] = []
        self._strong = 0

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag in ("ul", "ol"):
            self.end()
            self._lists.append([tag, 0])
        elif tag in ("strong", "b"):
            self._strong += 1
        elif tag == "br":
            self.handle_data("\n")
        elif tag in BLOCKS:
            self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("strong", "b"):
            self._strong = max(self._strong - 1, 0)
        elif tag in ("ul", "ol"):
            self.end()
            if self._lists:
                self._lists.pop()
        elif tag in BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        text = data if data == "\n" else " ".join(data.replace("\n", " ").split(" "))
        if text:
            self._parts.append({"text": text, "strong": bool(self._strong)})

    def end(self) -> None:
        """What was gathered becomes a node."""
        if any(part["text"].strip() for part in self._parts):
            number = self._lists[-1][1] if self._lists else 0
            node = {"kind": self._kind, "number": number, "parts": self._parts}
            self.found.append(node)
        self._parts, self._kind = [], "text"

    def _block(self, tag: str) -> None:
        inside_item = tag == "p" and self._kind in ("bullet", "number") and not self._parts
        if inside_item:
            return
        self.end()
        if tag == "li" and self._lists:
            self._lists[-1][1] += 1
            self._kind = "number" if self._lists[-1][0] == "ol" else "bullet"
        elif tag in HEADINGS:
            self._kind = "heading"


def _node(kind: str, text: str, number: int = 0) -> Thing:
    return {"kind": kind, "number": number, "parts": [{"text": text, "strong": False}]}
