"""Hearings: parties, answers, late ones, the synopsis, and what may become public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klynge.web.agreements import answer_rules, hearing_rules
from klynge.web.agreements.hearing_rules import NotAllowed
from klynge.web.agreements.models import Answer, Hearing
from klynge.web.agreements.tests.builders import a_hearing, a_version, an_agreement
from klynge.web.bodies import clock

pytestmark = pytest.mark.django_db
IN_TIME, LATE = date(2023, 8, 15), date(2023, 8, 16)


def an_answer(hearing, **more):
    values = {"party": hearing.parties.first(), "text": "Målene er gode.", "received_on": IN_TIME}
    return answer_rules.receive(by=None, hearing=hearing, **{**values, **more})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"deadline": date(2023, 6, 1)}, "efter den dag, høringen begynder"),
        ({"parties": []}, "hvem der høres"),
        ({"parties": [("A", ""), (" A ", "")]}, "A står to gange"),
        ({"intro": " "}, "hvad der spørges om"),
    ],
)
def test_a_hearing_that_makes_no_sense_is_refused(given, says):
    process = an_agreement()
    a_version(process)
    with pytest.raises(NotAllowed, match=says):
        a_hearing(process, **given)
    assert not Hearing.objects.exists()


def test_an_answer_after_the_deadline_is_kept_and_marked():
    hearing = a_hearing()
    assert not an_answer(hearing).is_late
    assert an_answer(hearing, party=hearing.parties.last(), received_on=LATE).is_late


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "sæt kryds ved"),
        ({"no_remarks": True}, "sæt kryds ved"),
        ({"party": None}, "hvem svaret er fra"),
        ({"received_on": date(2023, 5, 31)}, "før høringen begyndte"),
        ({"received_on": date(2099, 1, 1)}, "er ikke kommet endnu"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(given, says):
    with pytest.raises(NotAllowed, match=says):
        an_answer(a_hearing(), **given)
    assert not Answer.objects.exists()


def test_a_party_answers_once_and_others_may_answer_too():
    hearing = a_hearing()
    an_answer(hearing)
    with pytest.raises(NotAllowed, match="Randers Kommune har allerede svaret"):
        an_answer(hearing)
    assert an_answer(hearing, party=None, who="En borgergruppe").party is None


def test_a_hearing_is_made_longer_never_shorter():
    hearing = a_hearing()
    with pytest.raises(NotAllowed, match="kun forlænges"):
        hearing_rules.extend(by=None, hearing=hearing, deadline=date(2023, 8, 1))
    assert hearing_rules.extend(by=None, hearing=hearing, deadline=LATE).deadline == LATE


def test_a_point_tells_who_said_it_and_what_came_of_it():
    hearing = a_hearing()
    answer = an_answer(hearing)
    values = {"topic": "Mål 1", "said": "Uklart", "reply": "Skrevet om", "changed": True}
    with pytest.raises(NotAllowed, match="hvem der sagde det"):
        hearing_rules.sum_up(by=None, hearing=hearing, answers=[], **values)
    point = hearing_rules.sum_up(by=None, hearing=hearing, answers=[answer], **values)
    assert (point.number, list(point.answers.all())) == (1, [answer])


@pytest.mark.parametrize("text", ["Kontakt ole@example.dk", "Min nabo 311299-9999 faldt"])
def test_nothing_with_a_person_in_it_becomes_public(text):
    hearing = a_hearing(intro=text)
    with pytest.raises(NotAllowed, match="i teksten om, hvad der spørges om") as refused:
        hearing_rules.publish(by=None, hearing=hearing)
    assert "9999" not in str(refused.value)
    assert "ole" not in str(refused.value)


def test_results_wait_for_the_deadline_and_for_the_hearing_itself():
    with clock.at(clock.noon_of(IN_TIME)):
        hearing = a_hearing()
        with pytest.raises(NotAllowed) as refused:
            hearing_rules.publish_results(by=None, hearing=hearing)
        assert len(refused.value.reasons) == 2
    with clock.at(clock.noon_of(IN_TIME + timedelta(days=1))):
        hearing_rules.publish(by=None, hearing=hearing)
        assert hearing_rules.publish_results(by=None, hearing=hearing).results_published_at


def test_an_answer_with_a_person_in_it_stops_the_results_until_it_is_left_out():
    hearing = a_hearing()
    answer = an_answer(hearing, text="Skriv til ole@example.dk", may_be_public=True)
    hearing_rules.publish(by=None, hearing=hearing)
    with pytest.raises(NotAllowed, match="i svaret fra Randers Kommune"):
        hearing_rules.publish_results(by=None, hearing=hearing)
    answer_rules.allow_public(by=None, answer=answer, may=False)
    hearing_rules.publish_results(by=None, hearing=hearing)
    with pytest.raises(NotAllowed, match="i svaret fra Randers Kommune"):
        answer_rules.allow_public(by=None, answer=answer, may=True)
    assert not Answer.objects.get().may_be_public


def test_a_withdrawn_hearing_is_public_no_more():
    hearing = a_hearing()
    hearing_rules.publish(by=None, hearing=hearing)
    assert hearing_rules.withdraw(by=None, hearing=hearing).published_at is None
