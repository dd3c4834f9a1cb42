"""Secret calendar addresses, and invitations that are sent when there is something new."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import vobject
from django.core import mail
from django.core.mail import EmailMessage

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import clock, duties
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.models import Membership
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.tests.builders import a_person
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.tests.builders import a_level, a_meeting, a_user_who_sits
from klynge.web.publishing import calendar_rules, elsewhere
from klynge.web.publishing.models import CalendarAddress, Invitation

pytestmark = pytest.mark.django_db
PAGE = "https://klynge.example.org/moeder/1/"


@pytest.fixture
def member():
    user = a_user_who_sits()
    bodies.save_contact(by=None, person=user.person, email="ane@example.org")
    return user


def _send(meeting: Meeting) -> int:
    return calendar_rules.send(by=a_secretary(), meeting=meeting, address=PAGE)


def _calendar(message):
    (part,) = [p for p in message.message().walk() if p.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True).decode()
    assert part.get_param("method") == vobject.readOne(content).method.value
    return vobject.readOne(content)


def test_everybody_who_can_be_reached_is_invited_once(member):
    meeting = a_meeting(place="Rådhuset")
    assert _send(meeting) == 1
    assert _send(meeting) == 0

    (message,) = mail.outbox
    event = _calendar(message).vevent
    assert message.to == ["ane@example.org"]
    assert event.dtstart.value == meeting.begins_at
    assert event.location.value == "Rådhuset"
    assert event.uid.value == f"{meeting.uid}@klynge"


def test_whom_the_mail_server_refuses_still_waits_and_nobody_gets_it_twice(member, monkeypatch):
    other = a_user_who_sits(person=a_person("Åge Ø"), party="plo", office="anden")
    bodies.save_contact(by=None, person=other.person, email="forkert@example.org")
    meeting = a_meeting()
    real = EmailMessage.send

    def send(self, *args, **kwargs):
        if self.to == ["forkert@example.org"]:
            raise SMTPRecipientsRefused({})
        return real(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    assert _send(meeting) == 1
    with pytest.raises(NotAllowed, match="Mailserveren"):
        _send(meeting)
    monkeypatch.undo()
    assert _send(meeting) == 1

    assert [message.to for message in mail.outbox] == [["ane@example.org"], ["forkert@example.org"]]


def test_a_new_title_sends_nothing_and_a_new_place_sends_a_higher_number(member):
    meeting = a_meeting()
    _send(meeting)
    meetings.change_meeting(by=None, meeting=meeting, title="Et nyt navn")
    assert _send(meeting) == 0

    meetings.change_meeting(by=None, meeting=Meeting.objects.get(pk=meeting.pk), place="Sal 2")
    assert _send(meeting) == 1
    numbers = [int(_calendar(each).vevent.sequence.value) for each in mail.outbox]
    assert numbers == [0, 1]


def test_a_cancelled_meeting_is_cancelled_under_the_same_uid(member):
    meeting = a_meeting()
    _send(meeting)
    meetings.cancel_meeting(by=None, meeting=meeting, because="Sygdom")

    assert _send(meeting) == 1
    first, last = (_calendar(each) for each in mail.outbox)
    assert last.method.value == "CANCEL"
    assert last.vevent.uid.value == first.vevent.uid.value
    assert int(last.vevent.sequence.value) > int(first.vevent.sequence.value)
    assert "Sygdom" not in mail.outbox[-1].message().as_string()
    assert _send(meeting) == 0


def test_who_has_left_the_body_gets_a_cancellation_and_can_be_invited_again(member):
    meeting = a_meeting()
    _send(meeting)
    seat = Membership.objects.get(person=member.person, recorded_to=None)
    bodies.resign(by=None, key=seat.key, last_day=meeting.day - timedelta(days=1), reason="Flyttet")

    assert _send(meeting) == 1
    assert _calendar(mail.outbox[-1]).method.value == "CANCEL"


def test_who_was_never_invited_gets_no_cancellation(member):
    meeting = a_meeting()
    meetings.cancel_meeting(by=None, meeting=meeting, because="Sygdom")

    assert _send(meeting) == 0
    assert mail.outbox == []


def test_nobody_with_an_address_is_told_as_such():
    with pytest.raises(calendar_rules.NotAllowed, match="e-mailadresse"):
        _send(a_meeting())


def test_only_the_secretariat_sends(member):
    with pytest.raises(calendar_rules.NotAllowed, match="Kun sekretariatet"):
        calendar_rules.send(by=a_member(), meeting=a_meeting(), address=PAGE)
    assert not Invitation.objects.exists()


def test_a_moved_meeting_is_a_duty_until_it_is_sent(member):
    meeting, secretary = a_meeting(), a_secretary()
    today = clock.now().date()
    _send(meeting)
    assert elsewhere.duties(secretary, today) == []

    meetings.change_meeting(by=None, meeting=Meeting.objects.get(pk=meeting.pk), place="Sal 2")
    (duty,) = elsewhere.duties(secretary, today)
    assert "kalenderindkaldelser" in duty.what
    assert elsewhere.duties(member, today) == []
    assert duty in duties.of_secretariat(secretary, today)


def test_a_secret_address_shows_ones_own_meetings_and_can_be_closed(client, member):
    meeting = a_meeting(online_address="https://video.example.org/rum")
    token = calendar_rules.make_address(by=member)
    address = f"/kalender/{token}.ics"

    answer = client.get(address)
    assert str(meeting.uid) in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert token not in str(CalendarAddress.objects.values())

    calendar_rules.revoke_address(by=member)
    assert client.get(address).status_code == 404


def test_a_new_address_closes_the_old_one(client, member):
    first, second = (calendar_rules.make_address(by=member) for _ in range(2))

    assert client.get(f"/kalender/{first}.ics").status_code == 404
    assert client.get(f"/kalender/{second}.ics").status_code == 200


def test_who_may_no_longer_log_in_may_no_longer_follow(client, member):
    token = calendar_rules.make_address(by=member)
    member.is_active = False
    member.save()

    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_whose_log_in_is_no_longer_the_persons_may_no_longer_follow(member):
    token = calendar_rules.make_address(by=member)
    assert calendar_rules.person_behind(token) == member.person

    bodies.link_user(by=None, person=member.person, user=None)

    assert calendar_rules.person_behind(token) is None


def test_the_calendar_holds_the_meetings_of_the_days_one_sits(client, member):
    before = a_meeting()
    seat = Membership.objects.get(person=member.person, recorded_to=None)
    bodies.resign(by=None, key=seat.key, last_day=before.day, reason="Flyttet")
    after = a_meeting(begins_at=before.begins_at + timedelta(days=30))

    assert calendar_rules.meetings_of(member.person) == [before]
    assert after.body == a_level()


def test_the_page_shows_the_address_once(client, member):
    client.force_login(member)
    page = client.post("/min-kalender/").content.decode()
    assert "/kalender/" in page
    assert "/kalender/" not in client.get("/min-kalender/").content.decode()


def test_a_user_without_a_person_is_told(client):
    client.force_login(a_member())

    assert "ikke knyttet til en person" in client.get("/min-kalender/").content.decode()
    assert "ikke knyttet til en person" in client.post("/min-kalender/").content.decode()
