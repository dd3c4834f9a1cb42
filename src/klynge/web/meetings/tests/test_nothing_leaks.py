"""Nothing closed leaks: a marker in every closed field, and every page read by others."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern

from klynge.web.accounts.tests.builders import (
    a_case_officer,
    a_member,
    an_administrator,
    an_analyst,
)
from klynge.web.bodies import rules as bodies
from klynge.web.meetings import agenda_urls, rules
from klynge.web.meetings.models import Annex, FrozenFigure, Item, Meeting
from klynge.web.meetings.tests.builders import (
    MARKER,
    a_closed_item,
    a_meeting,
    an_item,
    approve,
    release,
)

pytestmark = pytest.mark.django_db
PDF = f"%PDF-1.7 {MARKER}".encode()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def everything_closed() -> Meeting:
    """A released agenda with the marker everywhere others may not look, and a draft beside it."""
    meeting = a_meeting()
    item = an_item(
        meeting,
        "Åbent punkt",
        blocks=[
            {"kind": "sagsresume", "html": "<p>Åben tekst</p>"},
            {"kind": "andet", "caption": MARKER, "html": f"<p>{MARKER}</p>", "closed": True},
        ],
    )
    rules.add_annex(
        by=None, item=item, file=ContentFile(PDF, name=f"{MARKER}.pdf"), name=MARKER, closed=True
    )
    closed = a_closed_item(meeting)
    rules.add_annex(by=None, item=closed, file=ContentFile(PDF, name=f"{MARKER}.pdf"))
    _figure(closed)
    an_item(meeting, f"{MARKER} uden lægerne", authorities_only=True)
    release(meeting)
    other = bodies.open_body(by=None, kind="klynge-faglig", place="rm-randers")
    rules.forward_item(by=None, item=closed, to=other, why=MARKER)
    an_item(meeting, f"{MARKER} tillæg")
    a_closed_item(body=meeting.body)
    draft = a_meeting(meeting.body, begins_at=meeting.begins_at.replace(month=11))
    an_item(draft, f"{MARKER} kladde")
    approve(draft)
    return meeting


def _figure(item: Item) -> None:
    FrozenFigure.objects.create(
        item=item, indicator="x", place_kind="klynge", place="rm-randers", title=MARKER,
        cells={"newest": {"text": MARKER}}, svg=f"<svg><text>{MARKER}</text></svg>", alt=MARKER,
        source=MARKER, pack=MARKER, frozen_at=item.created_at,
    )  # fmt: skip


def addresses() -> list[str]:
    """Every address of the room, with every key there is."""
    keys = {*Meeting.objects.values_list("pk", flat=True)}
    keys |= {*Item.objects.values_list("pk", flat=True)}
    keys |= {*FrozenFigure.objects.values_list("pk", flat=True)}
    ids = {
        "pk": sorted(keys),
        "uid": [
            *Annex.objects.values_list("uid", flat=True),
            *Item.objects.values_list("uid", flat=True),
            *Meeting.objects.values_list("uid", flat=True),
        ],
        "body": sorted(set(Item.objects.values_list("body", flat=True))),
    }
    rest = {"kind": "klynge-politisk", "place": "rm-randers", "year": 2024, "number": 1,
            "what": "op"}  # fmt: skip
    found = []
    for pattern in agenda_urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = list(pattern.pattern.converters)
        key = next((name for name in names if name in ids), None)
        for value in ids[key] if key else [None]:
            given = {name: value if name == key else rest[name] for name in names}
            found.append(_address(pattern, given))
    return [*found, "/moeder/?q=punkt&hvis=alle"]


def _address(pattern: URLPattern, given: dict) -> str:
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = {"IntConverter": "int", "SlugConverter": "slug", "UUIDConverter": "uuid"}
        route = route.replace(f"<{kind[type(converter).__name__]}:{name}>", str(given[name]))
    return f"/moeder/{route}"


@pytest.mark.parametrize("who", [a_member, a_case_officer, an_analyst, an_administrator])
def test_the_marker_is_nowhere(client, who):
    everything_closed()
    client.force_login(who())

    every = addresses()
    for address in every:
        for response in (client.get(address), client.post(address, {})):
            told = b"".join(response) if response.streaming else response.content
            assert MARKER.encode() not in told, (address, response.status_code)
            assert MARKER not in repr(dict(response.headers)), address
    assert len(every) > 60


def test_the_marker_is_where_it_belongs(client):
    """The test above can fail: a member finds the marker on the same pages."""
    from klynge.web.meetings.tests.builders import a_user_who_sits

    meeting = everything_closed()
    client.force_login(a_user_who_sits(meeting.body))
    closed = meeting.items.get(closed=True)

    assert MARKER in client.get(f"/moeder/{meeting.pk}/").content.decode()
    assert MARKER in client.get(f"/moeder/punkt/{closed.pk}/").content.decode()


@pytest.mark.parametrize("address", ["/person/{person}/", "/organ/klynge-politisk/rm-randers/"])
def test_nor_on_the_pages_of_other_rooms(client, address):
    meeting = everything_closed()
    chair = rules.chairs(meeting)[0]
    client.force_login(a_member())

    assert MARKER not in client.get(address.format(person=chair.person_id)).content.decode()
