"""What the pages of a person show of their attendance."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.bodies.models import Person
from klynge.web.bodies.panels import Panel
from klynge.web.meetings.attendance_views import person_context


def of_person(person: Person, on: date, user: User) -> Panel | None:
    """How often somebody came, for the secretariat and for themselves."""
    if not is_secretariat(user) and person.user_id != user.pk:
        return None
    context = person_context(person)
    if not context["rows"]:
        return None
    template = "meetings/_panel_attendance.html"
    return Panel("fremmoede", _("Fremmøde"), template, context, order=60)
