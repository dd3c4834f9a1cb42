"""What happened is added to and never changed."""

from __future__ import annotations

import pytest
from django.db import transaction

from klynge.web.accounts.tests.builders import a_secretary, a_user
from klynge.web.audit.models import Event, NeverChanged
from klynge.web.audit.rules import SYSTEM, note

pytestmark = pytest.mark.django_db


def test_a_note_says_what_about_whom_and_by_whom():
    secretary, somebody = a_secretary(), a_user(name="Anders Andet")

    event = note("role given", about=somebody, by=secretary)

    assert (event.what, event.about_kind, event.about_text, event.by_text) == (
        "role given",
        "accounts.user",
        "Anders Andet",
        str(secretary),
    )


def test_the_system_is_named_when_nobody_did_it():
    assert note("pack imported", about="pakke-1", by=None).by_text == SYSTEM


def test_an_event_outlives_what_it_is_about():
    somebody = a_user(name="Bente Borte")
    note("seen", about=somebody, by=None)

    somebody.delete()

    assert Event.objects.filter(what="seen", about_text="Bente Borte").exists()


def test_the_events_about_a_thing_are_found():
    somebody, another = a_user(), a_user()
    note("seen", about=somebody, by=None)
    note("seen", about=another, by=None)

    assert Event.objects.about(somebody).filter(what="seen").count() == 1


def test_the_newest_event_is_first():
    first, second = note("first", about="", by=None), note("second", about="", by=None)

    assert list(Event.objects.all()[:2]) == [second, first]


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.update(what="other"),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.bulk_update([event], ["what"]),
    ],
    ids=["save", "delete", "update", "delete all", "bulk update"],
)
def test_an_event_can_be_neither_changed_nor_removed(change):
    event = note("done", about="", by=None)

    with pytest.raises(NeverChanged):
        change(event)

    assert Event.objects.get(pk=event.pk).what == "done"


def test_the_note_goes_when_the_deed_is_undone():
    @transaction.atomic
    def do_half():
        note("half done", about="", by=None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do_half()

    assert not Event.objects.filter(what="half done").exists()
