"""What is overdue is told to those who see to it, and nothing closed is told in a mail."""

from __future__ import annotations

from datetime import date
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import duties
from klynge.web.bodies.models import Contact
from klynge.web.bodies.tests.builders import a_person
from klynge.web.decisions.tests.builders import a_decision, a_responsible
from klynge.web.meetings.tests.builders import MARKER

pytestmark = pytest.mark.django_db
LATE, TODAY, SOON = date(2024, 9, 1), date(2024, 9, 15), date(2024, 12, 1)


def told(*options: str) -> str:
    out = StringIO()
    call_command("overdue_decisions", *options, stdout=out)
    return out.getvalue()


def test_what_is_late_is_printed_with_who_sees_to_it_and_nothing_else():
    person = a_responsible()
    a_decision("Fælles retningslinjer", responsible=person, deadline=LATE)
    a_decision("Har tid endnu", responsible=person, deadline=SOON)
    a_decision("Uden frist")

    text = told()

    assert text.startswith("1 beslutning har overskredet sin frist.")
    assert "Fælles retningslinjer  (Lone Læge)" in text
    assert "Har tid" not in text
    assert "Uden frist" not in text
    assert mail.outbox == []


def test_each_who_is_late_gets_one_mail_with_the_pages():
    person = a_responsible()
    Contact.objects.create(person=person, email="lone@example.org")
    one = a_decision("Fælles retningslinjer", responsible=person, deadline=LATE)
    a_decision("En til", responsible=person, deadline=LATE)

    text = told("--mail", "--address", "https://klynge.example/")

    [sent] = mail.outbox
    assert sent.to == ["lone@example.org"]
    assert sent.subject == "2 beslutninger har overskredet deres frist"
    assert f"https://klynge.example/beslutninger/{one.uid}/" in sent.body
    assert "Mail er sendt til 1 af 1 ansvarlige." in text
    assert Event.objects.filter(what="reminder of overdue decision sent").count() == 2


def test_who_has_no_address_is_named():
    a_decision(responsible=a_responsible(), deadline=LATE)

    text = told("--mail", "--address", "https://klynge.example")

    assert "Mail er sendt til 0 af 1" in text
    assert "Ingen e-mailadresse: Lone Læge" in text


@pytest.mark.parametrize("how", [{"closed": True}, {"authorities_only": True}])
def test_the_text_of_a_closed_decision_is_not_told(how):
    person = a_responsible()
    Contact.objects.create(person=person, email="lone@example.org")
    decision = a_decision(MARKER, responsible=person, deadline=LATE)
    type(decision).objects.filter(pk=decision.pk).update(**how)

    text = told("--mail", "--address", "https://klynge.example")

    assert "der ikke kan gengives her" in text
    assert MARKER not in text + mail.outbox[0].subject + mail.outbox[0].body


def test_the_secretariat_sees_among_its_duties_what_others_are_late_with():
    a_decision("Fælles retningslinjer", responsible=a_responsible(), deadline=LATE)
    a_decision("Har tid endnu", responsible=a_responsible(), deadline=SOON)

    [duty] = duties.of_secretariat(a_secretary(), TODAY)

    assert duty.what == "1 beslutning har overskredet sin frist"
    assert (duty.address, duty.due) == ("/beslutninger/?tilstand=overskredet", LATE)
    assert duties.of_secretariat(a_member(), TODAY) == []


def test_a_mail_needs_the_address_of_the_workspace():
    with pytest.raises(CommandError, match="--address"):
        told("--mail")


def test_one_address_that_the_mail_server_refuses_does_not_stop_the_others(monkeypatch):
    wrong, right = a_person("Anna Adresseløs"), a_responsible()
    for person, email in ((wrong, "forkert@example.org"), (right, "lone@example.org")):
        Contact.objects.create(person=person, email=email)
        a_decision(responsible=person, deadline=LATE)
    real = EmailMessage.send

    def send(self, *args, **kwargs):
        if self.to == ["forkert@example.org"]:
            raise SMTPRecipientsRefused({})
        return real(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)

    text = told("--mail", "--address", "https://klynge.example")

    assert "Mail er sendt til 1 af 2" in text
    assert [message.to for message in mail.outbox] == [["lone@example.org"]]
    assert Event.objects.filter(what="reminder of overdue decision sent").count() == 1
