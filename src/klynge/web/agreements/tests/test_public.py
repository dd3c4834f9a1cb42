"""The hearing portal: nothing before it is published, never a contact, no answer that may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.agreements import answer_rules, hearing_rules
from klynge.web.agreements.tests.builders import a_hearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing():
    """With one answer that may be public, one that may not, and a point of both."""
    made = a_hearing()
    first, second = made.parties.all()
    answers = [
        answer_rules.receive(
            by=None, hearing=made, party=party, text=text, may_be_public=may,
            received_on=date(2023, 8, 20),
        )
        for party, text, may in ((first, "Åbent svar", True), (second, "Lukket svar", False))
    ]  # fmt: skip
    hearing_rules.sum_up(
        by=None, hearing=made, topic="Målene", said="De er uklare", answers=answers,
        reply="De er skrevet om", changed=True,
    )  # fmt: skip
    return made


def read(client, hearing, status=200, **more):
    response = client.get(reverse("agreements:public_hearing", args=[hearing.uid]), more)
    assert response.status_code == status
    return response.content.decode()


def test_nothing_is_public_until_somebody_publishes_it(hearing, client):
    text = read(client, hearing, status=404)
    portal = client.get(reverse("agreements:portal"))
    assert portal.status_code == 200
    assert hearing.title not in text + portal.content.decode()


def test_the_hearing_is_public_without_answers_or_contacts(hearing, client):
    hearing_rules.publish(by=None, hearing=hearing)
    text = read(client, hearing)
    assert "Vi beder om bemærkninger" in text
    assert "Randers Kommune" in text
    assert hearing.title in client.get(reverse("agreements:portal")).content.decode()
    for closed in ("Åbent svar", "Lukket svar", "De er uklare", ".example", "@"):
        assert closed not in text


def test_the_results_show_what_may_be_shown_and_how_much_is_not(hearing, client):
    hearing_rules.publish(by=None, hearing=hearing)
    hearing_rules.publish_results(by=None, hearing=hearing)
    text = read(client, hearing)
    assert "Åbent svar" in text
    assert "efter fristen" in text
    assert "De er skrevet om" in text
    assert "1 svar vises ikke" in text
    assert "Lukket svar" not in text
    assert "Randers Kommune og 1, hvis svar ikke vises" in " ".join(text.split())
    assert ".example" not in text


def test_what_is_withdrawn_is_gone_and_the_page_is_asked_for_anew(hearing, client):
    hearing_rules.publish(by=None, hearing=hearing)
    response = client.get(reverse("agreements:public_hearing", args=[hearing.uid]))
    assert response.headers["Cache-Control"] == "public, no-cache"
    hearing_rules.withdraw(by=None, hearing=hearing)
    read(client, hearing, status=404)


def test_the_portal_speaks_english(hearing, client):
    hearing_rules.publish(by=None, hearing=hearing)
    assert "Last day for answers" in read(client, hearing, sprog="en")
