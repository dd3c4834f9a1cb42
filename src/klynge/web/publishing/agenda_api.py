"""Public JSON in the shape of FirstAgenda's publication interface, which others' programs read.

udvalgsliste, dagsorden/{id}, soeg, the two PDF addresses and the deep link. See
docs/reference/interfaces.md for the fields.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from klynge.web.bodies import clock
from klynge.web.meetings.exchange import firstagenda_out, naming
from klynge.web.meetings.exchange.firstagenda_out import Released
from klynge.web.publishing import frame, papers, public, public_views
from klynge.web.publishing.public import Shown

BODY = "request.kriterie.udvalgId"
DAY = "request.kriterie.moedeDato"
WORDS = "request.kriterie.tekst"
START, LIMIT = "request.paging.startIndex", "request.paging.limit"
MOST = 200


@frame.answer
def committees(_request: HttpRequest) -> HttpResponseBase:
    """Every body that has published something, with its meetings."""
    rows: dict[tuple[str, str], tuple[dict[str, Any], list[Released]]] = {}
    for each in public.shown():
        body = each.content["body"]
        rows.setdefault((body["kind"], body["place"]), (body, []))[1].append(_released(each))
    ordered = sorted(rows.values(), key=lambda row: row[0]["name"])
    return frame.as_json(firstagenda_out.committees(ordered))


@frame.answer
def agenda(_request: HttpRequest, key: str) -> HttpResponseBase:
    """One agenda or one set of minutes, whole."""
    return frame.as_json(firstagenda_out.agenda(_released(_shown(_uuid(key)))))


@frame.answer
def search(request: HttpRequest) -> HttpResponseBase:
    """Meetings of a body, of a year or a day, with some words in them; a page at a time."""
    body = request.GET.get(BODY, "").strip().lower()
    day = request.GET.get(DAY, "").strip()
    words = " ".join(request.GET.get(WORDS, "").split())[:200]
    found = [
        _released(each)
        for each in public.shown(words=words)
        if (not body or firstagenda_out.committee(each.content["body"])["Id"] == body)
        and each.begins_at.isoformat().startswith(day)
    ]
    start = _number(request.GET.get(START), 0)
    limit = min(_number(request.GET.get(LIMIT), MOST), MOST)
    answer = firstagenda_out.found(found[start : start + limit])
    return frame.as_json({**answer, "Total": len(found)})


@frame.answer
def annex(_request: HttpRequest, key: str) -> HttpResponseBase:
    """The bytes of an annex."""
    return public_views.send(public_views.annex_or_404(_uuid(key)))


@frame.answer
def pdf(_request: HttpRequest, key: str) -> HttpResponseBase:
    """An agenda or minutes as PDF."""
    return papers.as_response(_shown(_uuid(key)))


@frame.page
def deep_link(request: HttpRequest) -> HttpResponseBase:
    """`/vis?id={meeting}&punktid={item}`: to our own page."""
    found = _shown(_uuid(request.GET.get("id", "")))
    address = reverse("publishing:part", kwargs={"uid": found.uid, "part": found.part})
    item = request.GET.get("punktid", "")
    if item:
        known = {each["uid"] for each in found.content["items"]}
        keys = [str(uid) for uid, _part in naming.parts_of(_uuid(item)) if str(uid) in known]
        if not keys:
            raise Http404
        address += f"#punkt-{keys[0]}"
    return redirect(address)


def _shown(key: UUID) -> Shown:
    """What a key of theirs stands for. Raises Gone when it once could be seen."""
    for uid, part in naming.parts_of(key):
        found = public.part_of_meeting(uid, part)
        if found is not None:
            return found
    raise Http404


def _released(shown: Shown) -> Released:
    return Released(shown.content, shown.publication.visible_from, shown.ends_at <= clock.now())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
