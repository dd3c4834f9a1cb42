"""The public pages: bodies, meetings, agendas, minutes, annexes, decisions and search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from klynge.web.agreements import public as hearings
from klynge.web.bodies import clock, history
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import calendar
from klynge.web.publishing import frame, papers, public, public_bodies, snapshot
from klynge.web.publishing.models import PublicFile
from klynge.web.publishing.public import AGENDA, MINUTES, Shown

MOST = 30
# Shown in the browser; everything else is only ever saved, so that no file of ours runs there.
SAFE_TO_SHOW = ("application/pdf", "image/png", "image/jpeg", "text/plain")


@frame.page
def home(request: HttpRequest) -> HttpResponse:
    """Every body with something public, what came last, and the hearings that can be answered."""
    newest = public.shown(limit=MOST)
    waiting = sorted(
        (each for each in hearings.published() if each.is_open), key=lambda each: each.deadline
    )
    context = {"bodies": public.bodies(), "newest": one_each(newest), "hearings": waiting}
    return frame.draw(request, "publishing/home.html", context)


@frame.page
def body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A body: who sits in it, when it meets, and what it has published."""
    record = body_or_404(kind, place)
    chosen = public.what_of(record)
    today = clock.now()
    coming = [each for each in public.dates_of(record) if each.ends_at >= today]
    return frame.draw(
        request,
        "publishing/body.html",
        {
            "body": record,
            "people": public_bodies.on_a_day(record, timezone.localdate(today)),
            "chosen": chosen,
            "coming": coming,
            "meetings": one_each(public.shown(body=record)),
        },
    )


@frame.page
def calendar_of_body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """The body's meetings as a calendar to follow: time and place, nothing else."""
    record = body_or_404(kind, place)
    if not public.what_of(record).dates:
        raise Http404
    entries = [
        calendar.for_the_public(each, _page_of(request, each)) for each in public.dates_of(record)
    ]
    response = HttpResponse(calendar.feed(entries, str(record)), content_type=calendar.TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="moeder.ics"'
    return response


@frame.page
def meeting(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """To the minutes when they are public, else to the agenda."""
    found = public.of_meeting(uid)
    if not found:
        raise Http404
    part = MINUTES if MINUTES in found else AGENDA
    suffix = request.GET.urlencode()
    address = reverse("publishing:part", kwargs={"uid": uid, "part": part.value})
    return redirect(f"{address}?{suffix}" if suffix else address)


@frame.page
def part(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """The agenda or the minutes."""
    return frame.draw(request, "publishing/part.html", in_page(shown_or_404(uid, part)))


@frame.page
def part_pdf(_request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """The same as PDF."""
    return papers.as_response(shown_or_404(uid, part))


@frame.page
def figure(_request: HttpRequest, uid: UUID, part: str, item: UUID, number: int) -> HttpResponse:
    """A chart, as it was when it was put on the item."""
    found = shown_or_404(uid, part)
    for each in found.content["items"]:
        if each["uid"] == str(item) and not each["closed"] and number < len(each["figures"]):
            drawing = each["figures"][number]["svg"]
            response = HttpResponse(drawing, content_type="image/svg+xml")
            # Opened by itself, a drawing may run nothing either.
            response.headers["Content-Security-Policy"] = (
                "default-src 'none'; style-src 'unsafe-inline'; sandbox"
            )
            return response
    raise Http404


@frame.page
def annex(_request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A file that was published with an item."""
    return send(annex_or_404(uid))


@frame.page
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided, of the minutes that are public."""
    rows = [
        {**each, "day": date.fromisoformat(each["decided_on"]), "shown": found}
        for found in public.shown(part=MINUTES)
        for each in found.content["decisions"]
    ]
    return frame.draw(request, "publishing/decisions.html", {"decisions": rows})


@frame.page
def search(request: HttpRequest) -> HttpResponse:
    """In what is public."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    hits = [_hit(each, words) for each in public.shown(words=words)[:MOST]] if words else []
    return frame.draw(request, "publishing/search.html", {"words": words, "hits": hits})


def in_page(found: Shown, *, preview: bool = False) -> dict[str, Any]:
    """What the page of an agenda or minutes is drawn with."""
    content = found.content
    corrections: dict[str, list[dict[str, Any]]] = {}
    for each in content["corrections"]:
        corrections.setdefault(each["item"], []).append(
            {**each, "at": datetime.fromisoformat(each["at"])}
        )
    items = [
        {
            **each,
            "corrections": corrections.get(each["uid"], []),
            "decided": snapshot.told_besides(content, each),
        }
        for each in content["items"]
    ]
    return {
        "shown": found,
        "content": content,
        "items": items,
        "begins_at": found.begins_at,
        "ends_at": found.ends_at,
        "corrections": corrections.get("", []),
        "present": [each for each in content["attendance"] if each["status"] == "present"],
        "away": [each for each in content["attendance"] if each["status"] != "present"],
        "minutes": found.part == MINUTES,
        "others": [] if preview else list(_parts(found.uid)),
        "preview": preview,
        "now": clock.now(),
    }


def send(file: PublicFile) -> HttpResponseBase:
    """The bytes of a public file, under the name it was published with."""
    try:
        content = file.annex.file.open("rb")
    except OSError:
        raise Http404 from None
    safe = file.content_type in SAFE_TO_SHOW
    response = FileResponse(content, content_type=file.content_type if safe else None)
    if not safe:
        response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = content_disposition_header(
        not safe, file.file_name or "bilag"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noarchive"
    return response


def one_each(found: Iterable[Shown]) -> list[dict[str, Any]]:
    """Meetings, each with the parts that can be seen."""
    rows: dict[UUID, dict[str, Any]] = {}
    for each in found:
        row = rows.setdefault(each.uid, {"shown": each, "parts": []})
        row["parts"].append(each)
    return list(rows.values())


def body_or_404(kind: str, place: str) -> BodyRecord:
    """A body that has something public."""
    record = history.find(kind, place)
    if record is None or record not in public.bodies():
        raise Http404
    return record


def shown_or_404(uid: UUID, part: str) -> Shown:
    """One part of a meeting that can be seen now. Raises Gone when it once could."""
    found = public.part_of_meeting(uid, part)
    if found is None:
        raise Http404
    return found


def annex_or_404(uid: UUID) -> PublicFile:
    """A file that can be fetched now. Raises Gone when it once could."""
    found = public.annex(uid)
    if found is None:
        raise Http404
    return found


def _parts(uid: UUID) -> Iterable[str]:
    try:
        return public.of_meeting(uid)
    except public.Gone:
        return ()


def _page_of(request: HttpRequest, meeting: Any) -> str:
    address = reverse("publishing:meeting", kwargs={"uid": meeting.uid})
    return request.build_absolute_uri(address) if _parts(meeting.uid) else ""


def _hit(found: Shown, words: str) -> dict[str, Any]:
    lowered = [word.casefold() for word in words.split()]
    items = [
        each
        for each in found.content["items"]
        if any(word in snapshot.item_words(each).casefold() for word in lowered)
    ]
    return {"shown": found, "items": items[:5], "more": max(len(items) - 5, 0)}
