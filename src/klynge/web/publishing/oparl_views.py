"""OParl 1.1 over HTTP: the system, external lists by page, and every object by its id."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from klynge.web.publishing import frame
from klynge.web.publishing.oparl import KINDS, Thing, Writer

PAGE = 100
FILTERS = ("created_since", "created_until", "modified_since", "modified_until")


@frame.answer
def system(request: HttpRequest) -> HttpResponse:
    """Where a program begins."""
    return frame.as_json(_writer(request).system())


@frame.answer
def bodies(request: HttpRequest) -> HttpResponse:
    """Every place with something public."""
    return _list(request, _writer(request).bodies())


@frame.answer
def listed(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """The objects of one kind of a place."""
    writer = _writer(request)
    if kind not in KINDS or place not in writer.of_place:
        raise Http404
    return _list(request, writer.listed(place, kind))


@frame.answer
def meetings_of(request: HttpRequest, key: str) -> HttpResponse:
    """The meetings of one of the bodies."""
    writer = _writer(request)
    organization = writer.things["organization"].get(key)
    if organization is None:
        raise Http404
    rows = [
        each
        for each in writer.things["meeting"].values()
        if organization["id"] in each.get("organization", ())
    ]
    return _list(request, sorted(rows, key=lambda row: (row["created"], row["id"])))


@frame.answer
def thing(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One object. What was withdrawn answers too: its id, and that it is gone."""
    found = _writer(request).things.get(kind, {}).get(key)
    if found is None:
        raise Http404
    return frame.as_json(found, status=410 if found.get("deleted") else 200)


def _list(request: HttpRequest, rows: list[Thing]) -> HttpResponse:
    """One page of an external list, with the filters on created and modified.

    What is gone is left out, as the specification asks, unless the program asks what has changed
    since it last looked: then it must hear of it.
    """
    try:
        asked = {name: _moment(request.GET[name]) for name in FILTERS if name in request.GET}
    except ValueError:
        return frame.as_json({"error": "created_* and modified_* are RFC 3339 moments"}, 400)
    rows = [row for row in rows if _fits(row, asked)]
    if "modified_since" not in asked and "created_since" not in asked:
        rows = [row for row in rows if not row.get("deleted")]
    pages = max((len(rows) + PAGE - 1) // PAGE, 1)
    number = _page(request.GET.get("page", "1"))
    if number is None or number > pages:
        raise Http404
    own = request.build_absolute_uri(request.path)
    kept = {name: request.GET[name] for name in FILTERS if name in request.GET}

    def address(to: int) -> str:
        return f"{own}?{urlencode({**kept, 'page': to})}"

    links = {"first": address(1), "self": address(number), "last": address(pages)}
    if number > 1:
        links["prev"] = address(number - 1)
    if number < pages:
        links["next"] = address(number + 1)
    return frame.as_json(
        {
            "data": rows[(number - 1) * PAGE : number * PAGE],
            "pagination": {
                "totalElements": len(rows),
                "elementsPerPage": PAGE,
                "currentPage": number,
                "totalPages": pages,
            },
            "links": links,
        }
    )


def _fits(row: Thing, asked: dict[str, datetime]) -> bool:
    for name, moment in asked.items():
        field, way = name.split("_")
        at = datetime.fromisoformat(row[field])
        if (way == "since" and at < moment) or (way == "until" and at > moment):
            return False
    return True


def _moment(text: str) -> datetime:
    """Raises ValueError for what is no moment with its offset."""
    # A + that was not escaped in the address comes as a space.
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _page(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10**6 else None


def _writer(request: HttpRequest) -> Writer:
    return Writer(request.build_absolute_uri("/"))
