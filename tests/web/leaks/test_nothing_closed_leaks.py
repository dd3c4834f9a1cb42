"""Nothing closed leaks: markers in all that is closed, and then everything there is to read.

The public reads every address that needs no log-in, and follows the links it finds; a member of
another body reads every address there is. The last tests break something on purpose, to show that
this would be seen.
"""

from __future__ import annotations

import re
from html import unescape
from types import ModuleType
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from klynge.web.meetings import readers
from klynge.web.meetings.exchange import naming
from klynge.web.meetings.models import Annex, Item
from klynge.web.publishing import checks, public, rules
from tests.web.leaks import addresses, reading, scene
from tests.web.leaks.scene import CLOSED, INSIDE, SEEN

pytestmark = pytest.mark.django_db
FEW = 10
OPARL = "/api/oparl/"
_LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|"(https?://testserver[^"]+)\"""")


@pytest.fixture
def made(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return scene.build()


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    return reading.everything(response)


def _public_addresses(made) -> list[str]:
    found = [
        address
        for pattern in addresses.patterns()
        if pattern.public
        for address in addresses.of(pattern, made)
    ]
    return [*dict.fromkeys([*found, *addresses.with_questions(made)])]


def _crawl(client: Client, start: list[str]) -> dict[str, str]:
    """Everything that can be read from some addresses on, by following links."""
    found: dict[str, str] = {}
    queue = list(start)
    while queue:
        address = queue.pop()
        if address in found or address.startswith("/static/"):
            continue
        response = client.get(address)
        found[address] = reading.everything(response)
        if response.status_code == 200 and not response.streaming:
            text = unescape(response.content.decode("utf-8", errors="replace"))
            for pair in _LINK.findall(text):
                target = urlsplit(urljoin(f"http://testserver{address}", next(filter(None, pair))))
                # Every OParl address is in from the start, and each is written from all there is.
                if target.netloc == "testserver" and not target.path.startswith(OPARL):
                    queue.append(target._replace(scheme="", netloc="", fragment="").geturl())
    return found


def _with(found: dict[str, str], *markers: str) -> list[str]:
    return [
        address
        for address, text in found.items()
        if any(reading.holds(text, marker) for marker in markers)
    ]


def test_the_public_reads_nothing_closed_and_nothing_unpublished(client, made):
    found = _crawl(client, _public_addresses(made))

    own = [address for address in found if f"/kalender/{made.token}" in address]
    asked = [a for a in found if CLOSED in a or INSIDE in a]  # what was asked comes back
    leaks = set(_with(found, CLOSED, INSIDE)) - set(own) - set(asked)
    assert leaks == set()
    assert not any("sag" in found[a].replace(CLOSED.lower(), "") and "hit" in a for a in asked)
    # The test sees what there is to see: pages, data, files and PDFs.
    seen = _with(found, SEEN)
    for kind in ("/offentligt/moede/", "/offentligt/bilag/", "/api/agenda/", "/api/oparl/"):
        assert any(address.startswith(kind) for address in seen), kind
    assert any(address.endswith(".pdf") for address in seen)
    assert len(found) > 300


def test_a_search_for_a_closed_word_finds_nothing(client, made):
    for word in (CLOSED, INSIDE):
        text = client.get(f"/offentligt/soeg/?q={word}").content.decode()
        assert "/offentligt/moede/" not in text
        answer = client.get(f"/api/agenda/soeg?request.kriterie.tekst={word}").json()
        assert answer["Dagsordner"] == []


def test_a_members_own_calendar_tells_nothing_of_an_agenda(client, made):
    text = _read(client, f"/kalender/{made.token}.ics")

    assert not reading.holds(text, CLOSED)
    assert "begin:vevent" in text


def test_a_member_of_another_body_reads_nothing_closed(client, made):
    client.force_login(made.outsider)
    found = {}
    for pattern in addresses.patterns():
        if pattern.name.startswith("accounts:logout"):
            continue
        # The keys of what is closed come first; a few of each kind of page say what it does.
        for address in addresses.of(pattern, made)[:FEW]:
            if made.token not in address:
                found[address] = _read(client, address)

    assert _with(found, CLOSED) == []
    assert len(found) > 200


def test_no_mail_tells_anything_of_an_agenda(made):
    assert mail.outbox
    for message in mail.outbox:
        text = reading.of_mail(message.message())
        assert not reading.holds(text, CLOSED)
        assert "begin:vevent" in text


def test_the_same_page_has_the_same_tag_whatever_is_closed_in_it(client, made):
    """What is closed may change as it will: nobody outside can see that it did."""
    address = f"/offentligt/moede/{made.meetings[0].uid}/referat/"
    before = client.get(address)
    Item.objects.filter(closed=True).update(title=f"{CLOSED} og noget helt andet")
    Annex.objects.filter(closed=True).update(name="Et nyt navn", size=1)

    after = client.get(address)

    assert after.headers["ETag"] == before.headers["ETag"]
    unchanged = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged.content == b""


def test_what_was_withdrawn_answers_with_the_day_and_nothing_else(client, made):
    withdrawn = made.meetings[2]
    page = client.get(f"/offentligt/moede/{withdrawn.uid}/dagsorden/")
    answer = client.get(f"/api/agenda/dagsorden/{withdrawn.uid}")
    never = client.get("/api/agenda/dagsorden/00000000-0000-4000-8000-000000000000")

    assert page.status_code == answer.status_code == 410
    assert set(answer.json()) == {"deleted", "since"}
    assert never.status_code == 404
    for annex in Annex.objects.filter(item__meeting=withdrawn):
        assert client.get(f"/offentligt/bilag/{annex.uid}/").status_code == 410


# ---- that it would be seen ----


def test_it_fails_when_the_rules_of_access_are_forgotten(client, made, monkeypatch):
    """Somebody lets everybody read what is closed, and publishes again without any check."""
    monkeypatch.setattr(readers.Reader, "_may_read_restricted", lambda self, item: True)
    monkeypatch.setattr(checks, "of", lambda meeting, content: [])
    meeting = made.meetings[0]
    rules.publish(by=made.secretary, meeting=meeting, part="referat", looked_through=True)

    for address in _of(meeting, "referat"):
        assert reading.holds(_read(client, address), CLOSED), address


def test_it_fails_when_what_was_closed_since_is_not_taken_out(client, made, monkeypatch):
    nothing = public._Closed({}, frozenset(), frozenset())
    monkeypatch.setattr(public, "_closed_since", lambda rows: nothing)

    for address in _of(made.meetings[5], "dagsorden"):
        assert reading.holds(_read(client, address), CLOSED), address


def _of(meeting, part: str) -> tuple[str, ...]:
    """Where one part of a meeting is told: as a page, as a PDF and to programs."""
    own = f"/offentligt/moede/{meeting.uid}/{part}"
    return f"{own}/", f"{own}.pdf", f"/api/agenda/dagsorden/{naming.of_part(meeting.uid, part)}"


@login_not_required
def _forgetful(request, uid):
    return HttpResponse(Item.objects.get(uid=uid).title)


def _urls(*entries):
    made = ModuleType("extra_urls")
    made.urlpatterns = list(entries)
    made.handler404 = "klynge.web.site.views.not_found"
    return made


def test_it_fails_when_a_new_public_page_forgets_to_ask(client, made):
    extra = _urls(
        path("ny/<uuid:uid>/", _forgetful, name="ny"), path("", include("klynge.web.urls"))
    )
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=extra):
        pattern = next(each for each in addresses.patterns() if each.name == "ny")
        found = {address: _read(client, address) for address in addresses.of(pattern, made)}

    assert pattern.public
    assert _with(found, CLOSED)


def test_a_new_public_page_nobody_can_fill_stops_the_test(made):
    extra = _urls(path("ny/<str:noget>/", _forgetful, name="ny"))
    with override_settings(ROOT_URLCONF=extra):
        (pattern,) = addresses.patterns()
        with pytest.raises(addresses.NobodySaid, match="noget"):
            addresses.of(pattern, made)


@pytest.mark.parametrize("part", ["text", "title", "name in a zip"])
def test_the_reading_sees_into_files(part):
    body = {
        "text": scene._pdf(CLOSED),
        "title": scene._pdf(CLOSED),
        "name in a zip": scene._docx(CLOSED),
    }[part]

    assert reading.holds(reading.plain("\n".join(reading.texts(body))), CLOSED)
