"""Every address of the site, made from the URLconf itself: a new page is in without being named.

An address that needs no log-in and has a part nobody has said how to fill stops the test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from klynge.web.decisions.models import Decision
from klynge.web.meetings.exchange import naming
from klynge.web.meetings.models import Annex, Item
from klynge.web.publishing.oparl import Writer
from tests.web.leaks.scene import Scene

ROOMS = ("meetings", "papers", "decisions", "publishing")
MOST_OF_ONE = 400
# Their key is a meeting's; the keys of all else are tried in a few.
OF_A_MEETING = {
    f"publishing:{name}"
    for name in ("meeting", "part", "part_pdf", "desk", "preview", "withdraw", "invite")
}


@dataclass(frozen=True)
class Pattern:
    """One entry of the URLconf."""

    name: str
    parameters: tuple[tuple[str, str], ...]  # name, kind of converter
    public: bool


class NobodySaid(Exception):
    """A public address has a part that this test does not know how to fill."""


def patterns() -> list[Pattern]:
    """Every entry of the URLconf."""
    return list(_patterns(get_resolver(), ""))


def of(pattern: Pattern, scene: Scene) -> list[str]:
    """The addresses of one entry, with everything there is put into it."""
    if not pattern.parameters:
        return _reversed(pattern.name, [{}])
    values = _together(pattern, scene)
    return _reversed(pattern.name, islice(values, MOST_OF_ONE))


def with_questions(scene: Scene) -> list[str]:
    """Addresses whose answer depends on what is asked."""
    uids = [str(meeting.uid) for meeting in scene.meetings]
    words = ("sag", "skilt", "Hemmeligskilt", "Indenforskilt", "kontrakt")
    found = [f"/offentligt/soeg/?q={word}" for word in words]
    found += [f"/offentligt/soeg/?q={word}&sprog=en" for word in words]
    found += [f"/api/agenda/soeg?request.kriterie.tekst={word}" for word in words]
    found += [f"/api/agenda/soeg/?request.kriterie.moedeDato={year}" for year in (2024, "")]
    found += [f"/vis?id={uid}" for uid in uids]
    items = [item for meeting in scene.meetings for item in meeting.items.all()]
    found += [f"/vis?id={item.meeting.uid}&punktid={item.uid}" for item in items]
    since = "modified_since=2000-01-01T00:00:00%2B01:00"
    for kind in ("meeting", "agendaitem", "paper", "file", "consultation", "location"):
        found.append(f"/api/oparl/v1.1/list/klynge-rm-randers/{kind}/?{since}")
    return found


def _patterns(resolver: URLResolver, space: str) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            own = f"{entry.namespace}:" if entry.namespace else ""
            yield from _patterns(entry, space + own)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Pattern(
                space + entry.name,
                _parameters(entry),
                not getattr(entry.callback, "login_required", True),
            )
        else:
            raise NobodySaid(f"An address without a name: {entry.pattern}")


def _parameters(entry: URLPattern) -> tuple[tuple[str, str], ...]:
    converters = entry.pattern.converters
    names = converters or dict.fromkeys(entry.pattern.regex.groupindex)
    return tuple((name, type(kind).__name__ if kind else "") for name, kind in names.items())


def _together(pattern: Pattern, scene: Scene) -> Iterable[dict[str, Any]]:
    if pattern.name == "publishing:oparl_thing":
        return _oparl_things()
    names = [name for name, _kind in pattern.parameters]
    choices = [_values(pattern, name, kind, scene) for name, kind in pattern.parameters]
    return (dict(zip(names, each, strict=True)) for each in product(*choices))


def _values(pattern: Pattern, name: str, kind: str, scene: Scene) -> list[Any]:
    known: dict[str, list[Any]] = {
        "kind": ["klynge-politisk", "klynge-faglig", *_KINDS.get(pattern.name, ())],
        "place": ["rm-randers", "rm-horsens", "klynge-rm-randers"],
        "part": ["dagsorden", "referat", "tillaeg"],
        "number": [0, 1],
        "token": [scene.token, "x" * 43],
    }
    if name in known and pattern.name.startswith(ROOMS):
        return known[name]
    if pattern.name == "accounts:choose_password":
        return ["MQ", "Mg", "x"] if name == "uidb64" else ["set-password", "x-y"]
    if pattern.name == "publishing:oparl_meetings_of":
        return ["klynge-politisk-rm-randers", "klynge-faglig-rm-horsens"]
    if pattern.name == "publishing:figure":
        rows = [item for meeting in scene.meetings for item in meeting.items.all()]
        return [row.uid for row in rows] if name == "item" else [m.uid for m in scene.meetings]
    if pattern.name in OF_A_MEETING:
        own = [meeting.uid for meeting in scene.meetings]
        return [*own, *(naming.of_part(uid, "referat") for uid in own[:2]), *_uids()[:4]]
    if kind == "UUIDConverter" or (name == "key" and not kind):
        return _uids()
    if kind == "IntConverter" and not pattern.public:
        return _numbers()
    if not pattern.public:
        return {"SlugConverter": ["klynge-politisk", "rm-randers"], "PlaceKind": ["klynge"]}.get(
            kind, ["x"]
        )
    raise NobodySaid(
        f"{pattern.name} needs no log-in and has the part {name!r}: say in tests/web/leaks how to"
        " fill it with what is closed."
    )


_KINDS = {
    "publishing:oparl_list": (
        "meeting",
        "agendaitem",
        "paper",
        "file",
        "consultation",
        "person",
        "membership",
        "organization",
        "location",
        "legislativeterm",
    )
}


def _uids() -> list[UUID]:
    """Every key of the rooms' rows, and what others' programs make of them."""
    found: set[UUID] = set()
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if any(field.name == "uid" for field in model._meta.fields):
                found.update(model.objects.values_list("uid", flat=True))
    turned = {naming.of_part(uid, "referat") for uid in found}
    closed = [
        uid
        for model in (Item, Annex, Decision)
        for uid in model.objects.filter(closed=True).order_by("pk").values_list("uid", flat=True)
    ]
    return [*dict.fromkeys([*closed, *sorted(found), *sorted(turned)])]


def _numbers() -> list[int]:
    found: set[int] = set()
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            found.update(model.objects.values_list("pk", flat=True)[:8])
    return sorted(found)[:12]


def _oparl_things() -> list[dict[str, str]]:
    there = Writer("http://testserver/").things
    found = [{"kind": kind, "key": key} for kind, rows in there.items() for key in rows]
    own = {str(uid) for uid in _uids()} - {each["key"] for each in found}
    return found + [{"kind": "agendaitem", "key": key} for key in sorted(own)]


def _reversed(name: str, values: Iterable[dict[str, Any]]) -> list[str]:
    found = []
    for each in values:
        try:
            found.append(reverse(name, kwargs=each))
        except NoReverseMatch:
            continue
    return found
