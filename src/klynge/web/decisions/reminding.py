"""What is overdue, told to those who see to it: on paper, and by mail.

A mail is outside the house: it tells the text of a decision that all may read, and of others only
that there is one, with the page where it can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies.models import Contact, Person
from klynge.web.decisions import register
from klynge.web.decisions.models import Decision
from klynge.web.decisions.rules import OPEN

Address = Callable[[Decision], str]


@dataclass(frozen=True)
class Reminder:
    """What one person is late with. email: empty when nobody has written it down."""

    person: Person
    email: str
    decisions: tuple[Decision, ...]


def overdue(on: date) -> list[Decision]:
    """Every open decision past its deadline, the oldest deadline first."""
    rows = register.every().filter(state__in=OPEN, deadline__lt=on)
    return list(rows.order_by("deadline", "pk"))


def line(decision: Decision) -> str:
    """One overdue decision as it may be told anywhere."""
    who = decision.responsible or decision.organisation or _("ingen")
    day = date_format(decision.deadline, "SHORT_DATE_FORMAT")
    return f"{day}  {_said(decision)}  ({who})"


def reminders(decisions: Sequence[Decision]) -> list[Reminder]:
    """One for each person who sees to something; what an organisation sees to is nobody's mail."""
    mine: dict[Person, list[Decision]] = {}
    for each in decisions:
        if each.responsible is not None:
            mine.setdefault(each.responsible, []).append(each)
    emails = dict(
        Contact.objects.filter(person__in=mine).exclude(email="").values_list("person", "email")
    )
    return [
        Reminder(person, emails.get(person.pk, ""), tuple(rows))
        for person, rows in sorted(mine.items(), key=lambda pair: pair[0].sort_key)
    ]


def send(*, by: User | None, reminders: Sequence[Reminder], address: Address) -> int:
    """Mail everybody who can be reached; returns how many were."""
    sent = 0
    for each in reminders:
        if each.email and _is_taken(_mail(each, address)):
            sent += 1
            for decision in each.decisions:
                note("reminder of overdue decision sent", about=decision, by=by)
    return sent


def _is_taken(mail: EmailMessage) -> bool:
    """Whether the mail server took it: one wrong address must not stop the mail to the others."""
    try:
        mail.send()
    except OSError:
        return False
    return True


def _mail(reminder: Reminder, address: Address) -> EmailMessage:
    number = len(reminder.decisions)
    subject = ngettext(
        "{n} beslutning har overskredet sin frist",
        "{n} beslutninger har overskredet deres frist",
        number,
    ).format(n=number)
    told = [f"{line(each)}\n{address(each)}" for each in reminder.decisions]
    begins = _("Du står som ansvarlig for dette, og fristen er overskredet:")
    ends = _("Skriv på beslutningens side, hvor langt den er, eller sæt en ny frist.")
    return EmailMessage(
        subject=subject, body="\n\n".join([begins, *told, ends]) + "\n", to=[reminder.email]
    )


def _said(decision: Decision) -> str:
    if decision.is_out and not decision.is_restricted:
        return " ".join(decision.text.split())
    return _("En beslutning i {body}, der ikke kan gengives her").format(body=decision.body)
