"""FirstAgenda's shape: what goes out comes back as an equal meeting; what others send is read."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from klynge.faults import BadInput
from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies.tests.builders import a_body
from klynge.web.meetings.exchange import bringing_in, firstagenda_in
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.tests.builders import MARKER, a_level
from klynge.web.publishing import rules, snapshot
from tests.web.exchange.whole import PDF, a_whole_meeting

pytestmark = pytest.mark.django_db
ZERO = "00000000-0000-0000-0000-000000000000"
FIELDS = {
    "agenda": {
        *("Id", "Udvalg", "Moede", "TillaegsDagsorden", "LiveIntegrationEnabled", "Lydfiler"),
        "Dagsordenpunkter",
    },
    "committee": {"Id", "OrganisationId", "Navn", "Historisk"},
    "meeting": {
        *("Id", "MeetingBeginUtc", "MeetingEndUtc", "ReleasedDate", "Dato", "Sted", "Afsluttet"),
        *("Moededeltagere", "Navn", "Description", "ElasticSearchResults", "SourceId"),
        "IsSupplementaryAgenda",
    },
    "item": {
        *("Id", "AgendaUid", "Number", "Punktnummer", "Sorting", "Navn", "Caption", "SagsNummer"),
        *("CaseNumber", "IsOpen", "SourceId", "ItemDecision", "Felter", "Bilag"),
        *("ExternalAgendaItemAttendees", "CasePresentationUid", "IntegrationUid"),
        *("CorporationUid", "Documents", "Presentations", "Ressourcer", "Lydfiler"),
    },
    "field": {"Navn", "Html", "Tekst", "Id", "Link", "DocumentId"},
    "annex": {"Id", "Navn", "Order", "HarPdfVersion"},
    "participant": {"Name", "Absent", "ParticipationCancelled", "AttendanceType"},
}


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def whole():
    meeting = a_whole_meeting()
    for part in ("dagsorden", "referat"):
        rules.publish(by=a_secretary(), meeting=meeting, part=part, looked_through=True)
    return meeting


def _answers(client) -> list[tuple[str, dict]]:
    listed = client.get("/api/agenda/udvalgsliste").json()
    (committee,) = listed["Udvalg"]["Udvalg"]
    return [
        (f"{row['Navn']}.json", client.get(f"/api/agenda/dagsorden/{row['Id']}").json())
        for row in committee["Moeder"]
    ]


def _documents(answers) -> list[tuple[str, bytes]]:
    return [(name, json.dumps(answer).encode()) for name, answer in answers]


def test_the_fields_are_those_others_read(client, whole):
    listed = client.get("/api/agenda/udvalgsliste").json()
    (committee,) = listed["Udvalg"]["Udvalg"]
    assert set(committee) == {"Id", "Navn", "Moeder"}
    assert [row["Navn"] for row in committee["Moeder"]] == ["Dagsorden", "Referat"]
    assert len({row["Id"] for row in committee["Moeder"]}) == 2
    for _name, answer in _answers(client):
        assert FIELDS["agenda"] <= set(answer)
        assert set(answer["Udvalg"]) == FIELDS["committee"]
        assert set(answer["Moede"]) == FIELDS["meeting"]
        for item in answer["Dagsordenpunkter"]:
            assert set(item) == FIELDS["item"]
            assert all(set(each) == FIELDS["field"] for each in item["Felter"])
            assert all(set(each) == FIELDS["annex"] for each in item["Bilag"])
        for row in answer["Moede"]["Moededeltagere"]:
            assert set(row) == FIELDS["participant"]


def test_the_time_called_utc_is_danish_and_the_seconds_have_seven_digits(client, whole):
    _name, answer = _answers(client)[0]

    assert answer["Moede"]["MeetingBeginUtc"] == "2024-09-03T15:00:00+02:00"
    assert len(answer["Moede"]["ReleasedDate"].split(".")[1].split("+")[0]) == 7
    assert answer["Moede"]["Id"] == ZERO


def test_a_closed_item_goes_out_with_its_public_title_and_nothing_else(client, whole):
    for _name, answer in _answers(client):
        assert MARKER not in json.dumps(answer)
        (closed,) = [each for each in answer["Dagsordenpunkter"] if not each["IsOpen"]]
        assert closed["Navn"] == "Lukket punkt om en kontrakt"
        assert closed["Felter"] == closed["Bilag"] == []


def test_search_by_body_year_and_words(client, whole):
    def found(**questions):
        kept = {f"request.kriterie.{name}": value for name, value in questions.items()}
        return client.get("/api/agenda/soeg/", kept).json()["Dagsordner"]

    (committee,) = client.get("/api/agenda/udvalgsliste").json()["Udvalg"]["Udvalg"]
    assert len(found(udvalgId=committee["Id"], moedeDato="2024")) == 2
    assert found(moedeDato="2023") == found(udvalgId=ZERO) == []
    assert len(found(tekst="genindlæggelser")) == 2
    paged = client.get(
        "/api/agenda/soeg/", {"request.paging.startIndex": "1", "request.paging.limit": "5"}
    ).json()
    assert (len(paged["Dagsordner"]), paged["Total"]) == (1, 2)


def test_the_annex_the_pdf_and_the_deep_link_are_where_others_look(client, whole):
    _name, answer = _answers(client)[1]
    annex = answer["Dagsordenpunkter"][0]["Bilag"][0]["Id"]
    item = answer["Dagsordenpunkter"][0]["Id"]

    assert b"".join(client.get(f"/Vis/Pdf/bilag/{annex}").streaming_content) == PDF
    assert client.get(f"/vis/pdf/dagsorden/{answer['Id']}").content.startswith(b"%PDF-")
    link = client.get(f"/vis?id={answer['Id']}&punktid={item}")
    assert link.headers["Location"].startswith(f"/offentligt/moede/{whole.uid}/referat/#punkt-")


# ---- in again ----


def _essence(meeting: Meeting) -> dict:
    """What FirstAgenda's shape can carry of a meeting."""
    content = snapshot.of(meeting, "referat")
    told = content["meeting"]
    return {
        "when": [
            datetime.fromisoformat(told[name]).astimezone(UTC) for name in ("begins_at", "ends_at")
        ],
        "where": told["place"],
        "title": told["title"],
        "people": sorted((row["name"], row["status"]) for row in content["attendance"]),
        "items": [
            {
                "number": item["number"],
                "closed": item["closed"],
                **(
                    {}
                    if item["closed"]
                    else {
                        "title": item["title"],
                        "kind": item["kind"],
                        "case": item["case_number"],
                        "blocks": [(b["kind"], b["caption"], b["html"]) for b in item["blocks"]],
                        "clauses": item["clauses"],
                        "annexes": [
                            (a["name"], a["content_type"], a["size"]) for a in item["annexes"]
                        ],
                    }
                ),
            }
            for item in content["items"]
        ],
    }


def test_what_goes_out_comes_back_as_an_equal_meeting(client, whole):
    answers = _answers(client)
    annex = answers[0][1]["Dagsordenpunkter"][0]["Bilag"][0]["Id"]
    other = a_body("klynge-faglig", "rm-randers")
    files = {f"{annex}.pdf": PDF}

    lines = bringing_in.plan(_documents(answers), body=other, files=files)
    (again,) = bringing_in.bring_in(by=a_secretary(), lines=lines, files=files)

    assert len(lines) == 1
    assert _essence(again) == _essence(whole)
    minute = again.items.get(number=1).minute.html
    # No field of theirs holds these, so they come back as words.
    for words in ("Planen følges op i foråret.", "Deltog ikke i behandlingen:", "Særudtalelse fra"):
        assert words in minute


def test_bringing_the_same_in_again_changes_nothing(client, whole):
    documents, body = _documents(_answers(client)), a_body("klynge-faglig", "rm-randers")
    bringing_in.bring_in(by=None, lines=bringing_in.plan(documents, body=body))
    before = list(Item.objects.order_by("pk").values())

    lines = bringing_in.plan(documents, body=body)
    assert [line.what for line in lines] == [bringing_in.SAME]
    assert bringing_in.bring_in(by=None, lines=lines) == []
    assert list(Item.objects.order_by("pk").values()) == before


def test_minutes_that_come_later_are_added_to_the_agenda(client, whole):
    agenda, minutes = _documents(_answers(client))
    body = a_body("klynge-faglig", "rm-randers")
    bringing_in.bring_in(by=None, lines=bringing_in.plan([agenda], body=body))
    (line,) = bringing_in.plan([agenda, minutes], body=body)
    assert line.what == bringing_in.MORE

    bringing_in.bring_in(by=None, lines=[line])

    (meeting,) = Meeting.objects.filter(body=body)
    assert meeting.state == Meeting.State.APPROVED
    assert meeting.items.count() == 3
    assert _essence(meeting)["items"][0]["clauses"][1]["outcome"] == "Tiltrådt med ændringer"


def test_our_own_meeting_is_left_alone(client, whole):
    (line,) = bringing_in.plan(_documents(_answers(client)))

    assert line.what == bringing_in.OURS
    assert bringing_in.bring_in(by=None, lines=[line]) == []


# ---- what others send ----

NOISE = (
    "<p class='MsoNormal' style='mso-x:1'><o:p></o:p><!--[if gte mso 9]><xml>x</xml>"
    "<![endif]-->Tekst</p><script>alert(1)</script>"
)
ANSWER = {
    "Id": "5f3a0d3e-1111-4111-8111-000000000001",
    "Udvalg": {"Id": "5f3a0d3e-2222-4222-8222-000000000002", "Navn": "Sundhedsudvalget"},
    "Moede": {
        "Id": ZERO,
        "MeetingBeginUtc": "2022-10-04T15:00:00+02:00",
        "MeetingEndUtc": "2022-10-04T17:30:00+02:00",
        "ReleasedDate": "2022-10-07T10:11:12.1234567+02:00",
        "Sted": "Byrådssalen",
        "Navn": "Referat",
        "SourceId": ZERO,
        "IsSupplementaryAgenda": False,
        "Moededeltagere": [
            {"Name": "Ida Prøve", "Absent": False},
            {"Name": "Ib Prøve", "Absent": True, "ParticipationCancelled": True},
        ],
    },
    "Dagsordenpunkter": [
        {
            "Id": ZERO,
            "SourceId": ZERO,
            "Number": "1",
            "Navn": "Drøftelse af genindlæggelser",
            "SagsNummer": "29.30.08-P27-1-21",
            "IsOpen": True,
            "Felter": [
                {"Navn": "Sagsfremstilling", "Html": NOISE},
                {
                    "Navn": "Indhold",
                    "Html": "<span class='resume'>Kort.</span><span class='ukendt'>Mere.</span>"
                    "<h3>Administrationen indstiller</h3><p>at sagen drøftes,</p>"
                    "<p>at planen godkendes.</p>"
                    "<h3>Beslutning i Sundhedsudvalget den 04-10-2022</h3><p>Godkendt.</p>",
                },
            ],
            "Bilag": [{"Id": "b1", "Navn": "Et notat"}],
        },
        {
            "Id": "5f3a0d3e-3333-4333-8333-000000000003",
            "Number": "2",
            "Navn": "Lukket: Beslutning - Tillægsaftale med Region X",
            "IsOpen": False,
            "Felter": [],
        },
    ],
}


def _bring(*answers: dict, **more) -> Meeting:
    documents = [(f"{n}.json", json.dumps(each).encode()) for n, each in enumerate(answers)]
    lines = bringing_in.plan(documents, body=more.pop("body", None) or a_level(), **more)
    (meeting,) = bringing_in.bring_in(by=None, lines=lines)
    return meeting


def test_an_answer_of_others_is_read_whole():
    meeting = _bring(ANSWER)
    first = meeting.items.get(number=1)

    assert meeting.begins_at == datetime(2022, 10, 4, 13, tzinfo=UTC)
    assert (meeting.place, meeting.state) == ("Byrådssalen", "approved")
    assert first.kind == "droeftelse"
    assert [str(block.html) for block in first.blocks.all()] == [
        "<p>Tekst</p>",
        "<p>Kort.</p>",
        "<p>Mere.</p>",
    ]
    assert [clause.text for clause in first.clauses.all()] == ["sagen drøftes", "planen godkendes."]
    assert first.minute.html == "<p>Godkendt.</p>"
    assert {(row.person.name, row.status) for row in meeting.attendance.all()} == {
        ("Ida Prøve", "present"),
        ("Ib Prøve", "excused"),
    }


def test_a_telling_title_of_a_closed_item_is_not_taken_to_be_public():
    meeting = _bring(ANSWER)
    closed = meeting.items.get(number=2)

    assert closed.closed
    assert closed.public_title == str(closed) == "Lukket punkt"
    assert "Tillægsaftale" not in json.dumps(snapshot.of(meeting, "referat"))


def test_an_item_that_does_not_say_that_it_is_open_is_closed():
    answer = copy.deepcopy(ANSWER)
    del answer["Dagsordenpunkter"][0]["IsOpen"]

    assert _bring(answer).items.get(number=1).closed


def test_the_same_meeting_as_agenda_addendum_and_minutes_is_one():
    agenda, addendum = copy.deepcopy(ANSWER), copy.deepcopy(ANSWER)
    agenda["Id"], agenda["Moede"]["Navn"] = "5f3a0d3e-1111-4111-8111-00000000000a", "Dagsorden"
    agenda["Dagsordenpunkter"][0]["Felter"].pop()
    addendum["Moede"]["Navn"] = "Tillægsdagsorden"
    addendum["Dagsordenpunkter"] = [{"Number": "3", "Navn": "Et sent punkt", "IsOpen": True}]

    meeting = _bring(agenda, ANSWER, addendum)

    assert [(item.number, item.addendum) for item in meeting.items.order_by("number")] == [
        (1, False),
        (2, False),
        (3, True),
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-10-04T15:00:00+02:00", datetime(2022, 10, 4, 13, tzinfo=UTC)),
        ("2022-10-04T15:00:00.1234567+02:00", datetime(2022, 10, 4, 13, 0, 0, 123456, UTC)),
        ("2022-12-04T15:00:00", datetime(2022, 12, 4, 14, tzinfo=UTC)),
        ("2022-10-04T13:00:00Z", datetime(2022, 10, 4, 13, tzinfo=UTC)),
    ],
)
def test_the_beginning_is_the_moment_that_is_meant(written, moment):
    assert firstagenda_in._moment(written) == moment


@pytest.mark.parametrize(
    ("begins", "why"),
    [
        ("2022-10-30T02:30:00", "kommer to gange"),
        ("2022-03-27T02:30:00", "findes ikke"),
        ("0001-01-01T00:00:00", "kan ikke læses"),
        ("i morgen", "kan ikke læses"),
    ],
)
def test_a_beginning_that_is_no_moment_is_told(begins, why):
    answer = copy.deepcopy(ANSWER)
    answer["Moede"]["MeetingBeginUtc"] = begins

    with pytest.raises(BadInput, match=why):
        _bring(answer)


def test_all_faults_are_told_at_once_and_nothing_is_saved():
    wrong = copy.deepcopy(ANSWER)
    wrong["Moede"]["MeetingBeginUtc"] = ""
    wrong["Udvalg"] = {}
    wrong["Dagsordenpunkter"].append({"Number": "3"})
    documents = [
        ("a.json", json.dumps(wrong).encode()),
        ("b.json", b"<html>"),
        ("c.json", b"[1]"),
        ("d.json", json.dumps(ANSWER).encode()),
    ]

    with pytest.raises(BadInput) as refused:
        bringing_in.plan(documents)

    assert [fault.where.split(",")[0] for fault in refused.value.faults] == [
        *("a.json", "a.json", "a.json", "b.json", "c.json", "d.json")
    ]
    assert not Meeting.objects.exists()


def test_only_the_secretariat_brings_in():
    documents = [("a.json", json.dumps(ANSWER).encode())]
    lines = bringing_in.plan(documents, body=a_level())

    with pytest.raises(rules.NotAllowed):
        bringing_in.bring_in(by=a_member(), lines=lines)
    assert not Meeting.objects.exists()


def test_the_command_reads_a_folder_and_annexes_beside(tmp_path, capsys):
    body = a_level()
    (tmp_path / "svar.json").write_text(json.dumps(ANSWER), encoding="utf-8")
    (tmp_path / "b1.pdf").write_bytes(PDF)
    call_command("import_firstagenda", tmp_path, body=f"{body.kind}/{body.place}", dry_run=True)
    assert not Meeting.objects.exists()

    call_command("import_firstagenda", tmp_path, body=f"{body.kind}/{body.place}")

    annex = Item.objects.get(number=1).annexes.get()
    assert (annex.name, annex.file_name, annex.content_type) == (
        *("Et notat", "Et notat.pdf", "application/pdf"),
    )
    with annex.file.open() as file:
        assert file.read() == PDF
