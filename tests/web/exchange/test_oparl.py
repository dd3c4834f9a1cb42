"""OParl 1.1: every object type against its schema, lists by page, and what is left of the gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import clock
from klynge.web.bodies.tests.builders import a_seat
from klynge.web.meetings.tests.builders import MARKER
from klynge.web.publishing import oparl_views, rules
from tests.web.exchange import oparl_schemas, popolo_schemas

pytestmark = pytest.mark.django_db
ROOT = "/api/oparl/v1.1/"


def _faults(schema, value) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(value)
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]


def _get(client, address: str):
    return client.get(address.removeprefix("http://testserver")).json()


def _listed(client, kind: str, questions: str = "") -> dict:
    return _get(client, f"{ROOT}list/klynge-rm-randers/{kind}/{questions}")


def test_every_object_of_every_type_keeps_its_schema(client, meeting):
    assert _faults(oparl_schemas.SYSTEM, _get(client, ROOT)) == []
    assert _faults(oparl_schemas.LIST, _get(client, f"{ROOT}bodies/")) == []
    for kind, schema in oparl_schemas.OF_KIND.items():
        answer = _listed(client, kind)
        assert _faults(oparl_schemas.LIST, answer) == []
        assert answer["data"], kind
        for thing in answer["data"]:
            assert _faults(schema, thing) == [], thing
            assert _get(client, thing["id"]) == thing


def test_every_address_in_an_object_answers(client, meeting):
    seen, queue = set(), [_get(client, ROOT)["id"]]
    while queue:
        address = queue.pop()
        if address in seen or not address.startswith("http://testserver/"):
            continue
        seen.add(address)
        response = client.get(address.removeprefix("http://testserver"), follow=True)
        assert response.status_code == 200, address
        if response.headers["Content-Type"] == "application/json":
            queue += _addresses(response.json())
        response.close()
    assert len(seen) > 40


def _addresses(value) -> list[str]:
    if isinstance(value, str):
        return [value] if value.startswith("http") else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [address for part in parts for address in _addresses(part)]


def test_a_closed_item_is_its_public_title(client, meeting):
    items = _listed(client, "agendaitem")["data"]

    (closed,) = [each for each in items if not each["public"]]
    assert closed["name"] == "Lukket punkt om en kontrakt"
    assert set(closed) == {
        *("id", "type", "created", "modified", "number", "order", "name", "public", "meeting")
    }
    assert MARKER not in str(items)


def test_a_list_comes_by_the_page(client, meeting, monkeypatch):
    monkeypatch.setattr(oparl_views, "PAGE", 2)
    first = _listed(client, "agendaitem")
    second = _get(client, first["links"]["next"])

    assert [len(first["data"]), len(second["data"])] == [2, 1]
    assert first["pagination"]["totalElements"] == 3
    assert "prev" not in first["links"]
    assert "next" not in second["links"]
    assert client.get(f"{ROOT}list/klynge-rm-randers/agendaitem/?page=3").status_code == 404


def test_what_was_withdrawn_is_told_to_those_who_ask_what_has_changed(client, meeting):
    since = (clock.now() - timedelta(seconds=1)).isoformat().replace("+", "%2B")
    for part in ("dagsorden", "referat"):
        rules.withdraw(by=a_secretary(), meeting=meeting, part=part, because="Fejl")
    rules.show_body(by=a_secretary(), body=meeting.body, members=True, dates=False)

    assert _listed(client, "meeting")["data"] == []
    assert _listed(client, "agendaitem")["data"] == []
    for kind, number in (("meeting", 1), ("agendaitem", 3), ("file", 3)):
        gone = _listed(client, kind, f"?modified_since={since}")["data"]
        assert len(gone) == number, kind
        for each in gone:
            assert _faults(oparl_schemas.TOMBSTONE, each) == []
            answer = client.get(each["id"].removeprefix("http://testserver"))
            assert (answer.status_code, answer.json()) == (410, each)


def test_modified_since_leaves_out_what_did_not_change(client, meeting):
    later = (clock.now() + timedelta(days=1)).isoformat().replace("+", "%2B")

    assert _listed(client, "meeting", f"?modified_since={later}")["data"] == []
    assert len(_listed(client, "meeting", f"?modified_until={later}")["data"]) == 1
    answer = client.get(f"{ROOT}list/klynge-rm-randers/meeting/?modified_since=i+dag")
    assert answer.status_code == 400


def test_members_that_are_not_shown_are_not_there(client, meeting):
    a_seat(meeting.body)
    rules.show_body(by=a_secretary(), body=meeting.body, members=False, dates=True)

    for kind in ("person", "membership"):
        assert _listed(client, kind)["data"] == []


def test_popolo_keeps_its_schemas(client, meeting):
    answer = client.get("/offentligt/organ/klynge-politisk/rm-randers/popolo.json").json()

    for kind, schema in popolo_schemas.OF_KIND.items():
        assert answer[kind], kind
        for each in answer[kind]:
            assert _faults(schema, each) == [], each
    votes = [motion["vote_events"] for motion in answer["motions"] if "vote_events" in motion]
    assert votes[0][0]["counts"] == [{"option": "yes", "value": 1}]
    assert MARKER not in str(answer)


def test_the_schemas_refuse_what_is_wrong():
    wrong = {"id": "x", "type": "y", "hemmeligt": 1}
    for schema in oparl_schemas.OF_KIND.values():
        assert len(_faults(schema, wrong)) >= 2
