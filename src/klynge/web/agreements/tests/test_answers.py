"""Corrected answers and files with answers: nothing is overwritten, nothing private gets out."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary, an_analyst
from klynge.web.agreements import answer_rules, hearing_rules
from klynge.web.agreements.models import Answer, AnswerFile, Hearing
from klynge.web.agreements.tests.builders import a_file, a_hearing
from klynge.web.bodies.reasons import NotAllowed

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2023, 8, 15), date(2023, 8, 20)
CPR = "010190-1234"
SCAN = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def answer() -> Answer:
    hearing = a_hearing()
    return answer_rules.receive(
        by=None, hearing=hearing, party=hearing.parties.first(), text="Mål 1 er uklart.",
        received_on=FIRST, may_be_public=True, file=a_file(),
    )  # fmt: skip


def corrected(answer: Answer, **more) -> Answer:
    values = {
        "text": "Mål 2 er uklart.",
        "correction": "Det var mål 2",
        "received_on": LATER,
        "may_be_public": True,
    }
    return answer_rules.correct(by=None, answer=answer, **{**values, **more})


def made_public(answer: Answer) -> Hearing:
    hearing_rules.publish(by=None, hearing=answer.hearing)
    return hearing_rules.publish_results(by=None, hearing=answer.hearing)


def public_page(client, hearing: Hearing) -> str:
    return client.get(reverse("agreements:public_hearing", args=[hearing.uid])).content.decode()


def test_a_corrected_answer_is_a_new_edition_and_the_old_one_stands(answer):
    new = corrected(answer)

    answer.refresh_from_db()
    assert (answer.text, answer.received_on) == ("Mål 1 er uklart.", FIRST)
    assert new.editions == [new, answer]
    assert (new.party, new.who, new.is_late) == (answer.party, answer.who, True)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"correction": " "}, "hvad der er rettet"),
        ({"received_on": date(2023, 8, 14)}, "ikke være kommet før det"),
        ({"received_on": date(2099, 1, 1)}, "er ikke kommet endnu"),
        ({"text": ""}, "sæt kryds ved"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(answer, given, says):
    with pytest.raises(NotAllowed, match=says):
        corrected(answer, **given)
    assert Answer.objects.count() == 1


def test_only_the_newest_edition_can_be_corrected_given_files_or_let_out(answer):
    corrected(answer)
    for change in (
        lambda: corrected(answer),
        lambda: answer_rules.attach(by=None, answer=answer, file=a_file()),
        lambda: answer_rules.allow_public(by=None, answer=answer, may=False),
    ):
        with pytest.raises(NotAllowed, match="nyeste version"):
            change()


def test_the_database_itself_lets_a_party_answer_once(answer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            hearing=answer.hearing, party=answer.party, who="To gange", text="Igen",
            received_on=FIRST, at=answer.at,
        )  # fmt: skip


def test_files_go_along_unless_they_are_left_out(answer):
    kept = corrected(answer, file=a_file("Nyt", "nyt.txt"))
    left_out = corrected(kept, keep=[], received_on=LATER)

    assert [file.name for file in kept.files.all()] == ["svar", "nyt"]
    assert [*left_out.files.all()] == []
    assert answer.files.get().file.name == kept.files.first().file.name


def test_the_public_page_shows_the_newest_and_says_it_was_corrected(client, answer):
    new = corrected(answer)
    hearing = made_public(new)
    text = public_page(client, hearing)

    assert "Mål 2 er uklart." in text
    assert "Mål 1 er uklart." not in text
    assert "Svaret er rettet:" in text
    assert "Det var mål 2" in text
    assert "20. august 2023" in text


def test_an_answer_whose_newest_edition_is_private_is_not_shown_at_all(client, answer):
    new = corrected(answer, may_be_public=False, text="Hemmeligt")
    text = public_page(client, made_public(new))

    assert "Hemmeligt" not in text
    assert "Mål 1 er uklart." not in text
    assert "1 svar vises ikke" in text


def test_a_point_names_who_said_it_once_whichever_edition_it_was(client, answer):
    new = corrected(answer)
    hearing_rules.sum_up(
        by=None, hearing=answer.hearing, topic="Mål", said="Uklart", answers=[answer, new],
        reply="Rettet", changed=True,
    )  # fmt: skip
    assert public_page(client, made_public(new)).count("Randers Kommune") == 3


def test_files_are_public_with_their_answer_and_not_before(client, answer):
    address = reverse("agreements:public_file", args=[answer.files.get().uid])
    assert client.get(address).status_code == 404
    made_public(answer)
    response = client.get(address)
    assert b"".join(response.streaming_content) == "Målene er gode.".encode()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"

    corrected(answer, keep=[])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (a_file(f"Journal {CPR}"), "CPR-nummer i bilaget"),
        (a_file("Godt", f"{CPR}.txt"), "CPR-nummer i navnet på bilaget"),
        (a_file("Skriv til borger@example.dk"), "mailadresse i bilaget"),
        (ContentFile(SCAN, "scannet.png"), "En maskine kan ikke læse bilaget"),
    ],
)
def test_a_file_that_may_hold_something_private_stops_the_publication(answer, file, says):
    file.seek(0)
    answer_rules.attach(by=None, answer=answer, file=file)
    with pytest.raises(NotAllowed, match=says) as refused:
        made_public(answer)
    assert CPR not in str(refused.value)


def test_what_somebody_has_looked_through_is_let_out_but_never_a_cpr_number(answer):
    scan = answer_rules.attach(by=None, answer=answer, file=ContentFile(SCAN, "scannet.png"))
    answer_rules.look_through(by=None, file=scan)
    made_public(answer)
    with pytest.raises(NotAllowed, match="CPR-nummer"):
        answer_rules.attach(by=None, answer=answer, file=a_file(CPR), looked_through=True)
    assert answer.files.count() == 2


@pytest.mark.parametrize("name", ["svar.exe", "svar.pdf", "tom.txt"])
def test_a_file_that_is_not_what_it_says_is_refused(answer, name):
    file = ContentFile(b"" if name == "tom.txt" else b"MZ...", name)
    with pytest.raises(NotAllowed, match=name):
        answer_rules.attach(by=None, answer=answer, file=file)
    assert AnswerFile.objects.count() == 1


def pages(answer: Answer) -> list[str]:
    return [
        reverse(f"agreements:{name}", args=[answer.pk]) for name in ("correct_answer", "attach")
    ]


def test_it_works(client, answer):
    client.force_login(a_secretary())
    correct = pages(answer)[0]
    sent = {"received_on": "2023-08-20", "correction": "Det var mål 2", "text": "Mål 2 er uklart.",
            "keep": [answer.files.get().pk]}  # fmt: skip
    assert "Bilag, der stadig hører til" in client.get(correct).content.decode()
    page = client.post(correct, sent, follow=True).content.decode()
    assert "Det tidligere kan stadig læses." in page
    assert "Tidligere versioner" in page

    new = Answer.objects.get(replaces=answer)
    page = client.post(pages(new)[1], {"file": a_file("Mere", "mere.txt")}, follow=True)
    assert "Bilaget er lagt på." in page.content.decode()
    mere = new.files.get(name="mere")
    client.post(reverse("agreements:look_through", args=[mere.pk]))
    mere.refresh_from_db()
    assert mere.looked_through
    file = client.get(reverse("agreements:answer_file", args=[mere.uid]))
    assert b"".join(file.streaming_content) == b"Mere"


def test_a_file_can_come_with_the_answer_itself(client):
    hearing = a_hearing()
    client.force_login(a_secretary())
    sent = {"party": hearing.parties.first().pk, "received_on": "2023-08-15",
            "text": "Se bilaget", "file": a_file()}  # fmt: skip
    client.post(reverse("agreements:receive", args=[hearing.pk]), sent)
    assert hearing.answers.get().files.get().file_name == "svar.txt"


def test_the_reason_is_shown_on_the_page(client, answer):
    client.force_login(a_secretary())
    page = client.post(pages(answer)[1], {"file": ContentFile(b"MZ", "svar.exe")})
    assert "svar.exe kan ikke være et bilag" in page.content.decode()


def test_a_reader_may_not(client, answer):
    client.force_login(a_member())
    for address in [*pages(answer), reverse("agreements:look_through", args=[1])]:
        assert client.post(address, {}).status_code == 403
    page = client.get(reverse("agreements:hearing", args=[answer.hearing_id])).content.decode()
    assert "Ret svaret" not in page
    assert "Jeg har set det igennem" not in page
    client.force_login(an_analyst())
    file = client.get(reverse("agreements:answer_file", args=[answer.files.get().uid]))
    page = client.get(reverse("agreements:hearing", args=[answer.hearing_id]))
    file.close()
    assert file.status_code == page.status_code


def test_a_stranger_is_sent_to_login(client, answer):
    file = reverse("agreements:answer_file", args=[answer.files.get().uid])
    for address in [*pages(answer), file]:
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/")
