"""The pages that change something: who may, what happens, and the reason on the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import a_member
from klynge.web.bodies import history, rules
from klynge.web.bodies.models import Contact, Deviation, Membership, Person
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person, a_seat, names

pytestmark = pytest.mark.django_db
BODY = "/organ/klynge-politisk/rm-randers/"
SEAT = {
    "person": "Ny Person",
    "party": "region",
    "role": "medlem",
    "office": "regionsraadsmedlem",
    "area": "anden",
    "valid_from": "2024-01-01",
}
FILE = b"navn;repr\xc3\xa6senterer;fra\nBo Pr\xc3\xb8ve;region;13.9.2022\n"


def _pages() -> list[str]:
    seat = a_seat()
    deviation = rules.record_deviation(
        by=None, body=seat.body, rule="K04-plo", decision="Møde", agreed=1, valid_from=FIRST
    )
    return [
        f"{BODY}udpeg/",
        f"{BODY}aftale/",
        f"{BODY}indlaes/",
        f"{BODY}ny/forretningsorden/",
        f"{BODY}ny/kommissorium/",
        f"/medlemskab/{seat.key}/ret/",
        f"/medlemskab/{seat.key}/fratraed/",
        f"/medlemskab/{seat.key}/traek-tilbage/",
        f"/aftale/{deviation.key}/afslut/",
        f"/aftale/{deviation.key}/traek-tilbage/",
        f"/person/{seat.person_id}/navn/",
    ]


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_they_work(secretary):
    for address in _pages():
        assert secretary.get(address).status_code == 200, address


def test_a_reader_may_not(client):
    client.force_login(a_member())
    for address in _pages():
        assert client.get(address).status_code == 403, address
        assert client.post(address, SEAT).status_code == 403, address


def test_a_stranger_is_sent_to_login(client):
    for address in _pages():
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_a_member_can_be_appointed(secretary):
    response = secretary.post(f"{BODY}udpeg/", SEAT, follow=True)

    assert "Medlemmet er udpeget." in _text(response)
    assert names(history.as_of(a_body(), date(2024, 1, 1))) == ["Ny Person"]


def test_one_who_represents_a_kommune_gets_its_name(secretary):
    seat = SEAT | {"party": "kommune", "kommune": "730", "office": "borgmester"}

    assert "Randers Kommune" in _text(secretary.post(f"{BODY}udpeg/", seat, follow=True))


def test_a_known_name_is_the_known_person(secretary):
    known = a_person("Ny Person")
    secretary.post(f"{BODY}udpeg/", SEAT)

    assert Membership.objects.get().person == known


def test_somebody_else_of_the_same_name_is_somebody_else(secretary):
    known = a_person("Ny Person")
    secretary.post(f"{BODY}udpeg/", SEAT | {"someone_else": "on"})

    assert Membership.objects.get().person != known


def test_a_name_that_two_have_must_be_told_apart(secretary):
    one, _other = a_person("Ny Person"), a_person("Ny Person")

    told = _text(secretary.post(f"{BODY}udpeg/", SEAT))
    secretary.post(f"{BODY}udpeg/", SEAT | {"person": f"Ny Person (nr. {one.pk})"})

    assert "Flere har det navn." in told
    assert Membership.objects.get().person == one


def test_the_reason_for_not_appointing_is_shown_on_the_page_and_nothing_is_saved(secretary):
    a_seat(office="regionsraadsformand", person=a_person("Rita"))

    response = secretary.post(f"{BODY}udpeg/", SEAT | {"office": "regionsraadsformand"})

    assert response.status_code == 422
    assert "Rita er allerede regionsrådsformand i samme tid" in _text(response)
    assert not Person.objects.filter(name="Ny Person").exists()


def test_an_empty_form_says_what_is_missing_beside_each_field(secretary):
    told = _text(secretary.post(f"{BODY}udpeg/", {}))

    assert "Der er ikke gemt noget" in told
    assert "Skriv en dato." in told


def test_a_member_can_resign(secretary):
    seat = a_seat()
    secretary.post(f"/medlemskab/{seat.key}/fratraed/", {"last_day": "2024-06-30"})

    assert history.as_of(seat.body, date(2024, 7, 1)) == ()


def test_the_reason_for_not_resigning_is_shown_on_the_page(secretary):
    seat = a_seat(valid_to=date(2023, 12, 31))
    response = secretary.post(f"/medlemskab/{seat.key}/fratraed/", {"last_day": "2024-06-30"})

    assert "slutter allerede 31. december 2023" in _text(response)


def test_a_membership_can_be_corrected(secretary):
    seat = a_seat(person=a_person("Ny Person"))
    form = SEAT | {"role": "formand", "valid_from": "2022-09-13", "reason": "Skrivefejl"}

    response = secretary.post(f"/medlemskab/{seat.key}/ret/", form, follow=True)

    assert "Medlemskabet er rettet" in _text(response)
    assert Membership.objects.get(key=seat.key, recorded_to=None).role == "formand"
    assert "Begrundelse: Skrivefejl (Prøve Person)" in _text(response)


def test_a_correction_without_a_reason_is_refused_on_the_page(secretary):
    seat = a_seat()
    response = secretary.post(f"/medlemskab/{seat.key}/ret/", SEAT)

    assert response.status_code == 422
    assert Membership.objects.count() == 1


def test_a_membership_can_be_taken_back(secretary):
    seat = a_seat()
    secretary.post(f"/medlemskab/{seat.key}/traek-tilbage/", {"reason": "Aldrig udpeget"})

    assert history.known(seat.body) == ()
    assert secretary.get(f"/medlemskab/{seat.key}/ret/").status_code == 404


def test_a_deviation_can_be_recorded_and_ended(secretary):
    form = {"rule": "K04-plo", "decision": "Møde", "agreed": "1", "valid_from": "2023-01-01"}
    secretary.post(f"{BODY}aftale/", form)
    row = Deviation.objects.get()
    secretary.post(f"/aftale/{row.key}/afslut/", {"last_day": "2023-06-30", "reason": "Slut"})

    assert [one.valid_to for one in history.deviations(row.body)] == [date(2023, 6, 30)]


def test_a_deviation_can_be_taken_back(secretary):
    form = {"rule": "K04-plo", "decision": "Møde", "agreed": "1", "valid_from": "2023-01-01"}
    secretary.post(f"{BODY}aftale/", form)
    row = Deviation.objects.get()

    secretary.post(f"/aftale/{row.key}/traek-tilbage/", {"reason": "Aldrig aftalt"})

    assert history.deviations(row.body) == ()
    assert Deviation.objects.filter(key=row.key).count() == 2
    assert "blev trukket tilbage" in _text(secretary.get(BODY))


def test_the_reason_for_not_recording_a_deviation_is_shown_on_the_page(secretary):
    form = {"rule": "K04-plo", "decision": "Møde", "agreed": "1", "valid_from": "2023-01-01"}
    secretary.post(f"{BODY}aftale/", form)

    assert "allerede en aftale" in _text(secretary.post(f"{BODY}aftale/", form))


def test_a_rule_that_cannot_be_deviated_from_is_refused():
    with pytest.raises(rules.NotAllowed, match="kan ikke fraviges"):
        rules.record_deviation(
            by=None, body=a_body(), rule="K06-region", decision="Møde", valid_from=FIRST
        )


def test_a_document_begins_where_the_last_version_ended(secretary):
    form = {"decision": "Møde", "valid_from": "2023-01-01", "moeder": "Fire møder om året"}
    secretary.post(f"{BODY}ny/forretningsorden/", form)

    assert "Fire møder om året" in secretary.get(f"{BODY}ny/forretningsorden/").content.decode()


def test_the_reason_for_not_adopting_a_document_is_shown_on_the_page(secretary):
    form = {"decision": "Møde", "valid_from": "2023-01-01"}

    assert "Dokumentet er tomt." in _text(secretary.post(f"{BODY}ny/kommissorium/", form))


def test_a_list_is_looked_through_before_anything_is_saved(secretary):
    response = secretary.post(
        f"{BODY}indlaes/", {"file": SimpleUploadedFile("medlemmer.csv", FILE)}
    )

    assert "1 nye, 0 rettes" in _text(response)
    assert not Membership.objects.exists()


def test_a_list_that_was_looked_through_can_be_brought_in(secretary):
    shown = secretary.post(f"{BODY}indlaes/", {"file": SimpleUploadedFile("m.csv", FILE)})
    content = shown.context["content"]

    done = secretary.post(f"{BODY}indlaes/", {"confirmed": content}, follow=True)

    assert "Indlæst: 1 nye" in _text(done)
    assert names(history.as_of(a_body(), FIRST)) == ["Bo Prøve"]


def test_a_list_cannot_be_brought_into_another_body_or_changed_on_the_way(secretary):
    shown = secretary.post(f"{BODY}indlaes/", {"file": SimpleUploadedFile("m.csv", FILE)})
    content = shown.context["content"]
    other = "/organ/klynge-faglig/rm-randers/indlaes/"

    secretary.post(other, {"confirmed": content})
    secretary.post(f"{BODY}indlaes/", {"confirmed": content + "x"})

    assert not Membership.objects.exists()


def test_the_faults_of_a_list_are_shown_on_the_page(secretary):
    wrong = SimpleUploadedFile("m.csv", FILE.replace(b"region", b"kejser"))
    response = secretary.post(f"{BODY}indlaes/", {"file": wrong})

    assert response.status_code == 422
    assert "m.csv, linje 2, kolonne repræsenterer ukendt ord 'kejser'" in _text(response)


def test_a_person_can_be_called_something_else_and_the_old_name_is_kept(secretary):
    person = a_person("Ib Prøwe")
    form = {"name": "Ib Prøve", "reason": "Skrivefejl"}

    text = _text(secretary.post(f"/person/{person.pk}/navn/", form, follow=True))

    assert "Ib Prøve" in text
    assert "Registreret som Ib Prøwe indtil" in text


def test_the_reason_for_not_renaming_is_shown_on_the_page(secretary):
    person = a_person("Ib Prøve")
    form = {"name": "Ib  Prøve", "reason": "Skrivefejl"}

    assert "Skriv det nye navn." in _text(secretary.post(f"/person/{person.pk}/navn/", form))
    assert not person.former_names.exists()


def test_contact_details_can_be_saved(secretary):
    person = a_person()
    secretary.post(f"/person/{person.pk}/kontakt/", {"email": "a@example.org", "phone": "12"})

    assert Contact.objects.get().email == "a@example.org"


def test_a_wrong_address_is_told_on_the_page_and_not_saved(secretary):
    person = a_person()
    response = secretary.post(f"/person/{person.pk}/kontakt/", {"email": "ikke en adresse"})

    assert response.status_code == 422
    assert not Contact.objects.exists()


def test_a_reader_may_not_save_contact_details(client):
    client.force_login(a_member())
    person = a_person()

    response = client.post(f"/person/{person.pk}/kontakt/", {"email": "a@example.org"})

    assert response.status_code == 403
