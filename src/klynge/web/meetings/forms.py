"""What we ask when meetings are planned and agendas reviewed; items are in item_forms.py."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies import history
from klynge.web.bodies.forms import DayField, Styled
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings.models import ItemKind, Meeting, Rhythm
from klynge.web.meetings.rich_text import RichTextField

Choices = list[tuple[str, Any]]


class TimeField(forms.TimeField):
    """A time of day, chosen in the browser's own way."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            error_messages={
                "invalid": _("Skriv et klokkeslæt, for eksempel 09:30."),
                "required": _("Skriv et klokkeslæt."),
            },
            **more,
        )


class MeetingForm(Styled):
    """When and where a body meets."""

    day = DayField(label=_("Dag"))
    begins = TimeField(label=_("Begynder"))
    ends = TimeField(label=_("Slutter"))
    last_day = DayField(
        label=_("Sidste dag"), required=False, help_text=_("Kun for et møde over flere dage.")
    )
    place = forms.CharField(label=_("Sted"), max_length=200, required=False)
    online_address = forms.URLField(
        label=_("Adresse til onlinemøde"), required=False, assume_scheme="https"
    )
    title = forms.CharField(
        label=_("Titel"),
        max_length=200,
        required=False,
        help_text=_("Kun når mødet er noget særligt, for eksempel et seminar."),
    )
    chair = forms.ChoiceField(label=_("Mødeleder"), required=False)
    minute_taker = forms.CharField(label=_("Referent"), max_length=200, required=False)
    call_on = DayField(label=_("Punkter efterlyses"), required=False)
    items_due_on = DayField(label=_("Frist for punkter"), required=False)
    agenda_due_on = DayField(
        label=_("Dagsorden udsendes"),
        required=False,
        help_text=_("Tomme frister regnes ud efter organets rytme."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: BodyRecord | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = {row.person_id: row for row in history.as_of(body, on)}
        self.people = {str(pk): row.person for pk, row in seated.items()}
        self.fields["chair"].choices = [
            ("", _("Ikke valgt")),
            *((pk, person.name) for pk, person in self.people.items()),
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("day") and found.get("begins") and found.get("ends"):
            found["begins_at"] = at(found["day"], found["begins"])
            found["ends_at"] = at(found.get("last_day") or found["day"], found["ends"])
            if found["ends_at"] <= found["begins_at"]:
                self.add_error("ends", _("Mødet skal slutte, efter at det er begyndt."))
        return found

    def values(self) -> dict[str, Any]:
        """What the rules take."""
        given = self.cleaned_data
        names = ("begins_at", "ends_at", "place", "online_address", "title", "minute_taker",
                 "call_on", "items_due_on", "agenda_due_on")  # fmt: skip
        chair = self.people.get(given.get("chair", ""))
        return {name: given[name] for name in names} | {"chair": chair}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """The form as it is when a meeting is to be changed."""
        begins, ends = timezone.localtime(meeting.begins_at), timezone.localtime(meeting.ends_at)
        names = ("place", "online_address", "title", "minute_taker", "call_on", "items_due_on",
                 "agenda_due_on", "version")  # fmt: skip
        return {name: getattr(meeting, name) for name in names} | {
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "last_day": ends.date() if ends.date() != begins.date() else None,
            "chair": str(meeting.chair_id or ""),
        }


class BecauseForm(Styled):
    """Why something is done."""

    because = forms.CharField(label=_("Begrundelse"), max_length=300)


class RhythmForm(Styled):
    """When a body usually meets."""

    weekday = forms.TypedChoiceField(
        label=_("Ugedag"), required=False, coerce=int, empty_value=None
    )
    begins = TimeField(label=_("Begynder"))
    minutes = forms.IntegerField(label=_("Varer, minutter"), min_value=1, max_value=3 * 24 * 60)
    place = forms.CharField(label=_("Sted"), max_length=200, required=False)
    meetings_a_year = forms.IntegerField(
        label=_("Møder om året"), required=False, min_value=1, max_value=52
    )
    call_days = forms.IntegerField(
        label=_("Punkter efterlyses, dage før"), required=False, min_value=0, max_value=365
    )
    items_days = forms.IntegerField(
        label=_("Frist for punkter, dage før"), required=False, min_value=0, max_value=365
    )
    agenda_days = forms.IntegerField(
        label=_("Dagsorden udsendes, dage før"), required=False, min_value=0, max_value=365
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = [("", _("Varierer")), *WEEKDAYS.items()]

    @staticmethod
    def initial_of(rhythm: Rhythm) -> dict[str, Any]:
        """The form as it is when there is a rhythm already."""
        names = ("weekday", "begins", "minutes", "place", "meetings_a_year", "call_days",
                 "items_days", "agenda_days")  # fmt: skip
        return {name: getattr(rhythm, name) for name in names}


class ProposedDateForm(Styled):
    """One proposed date of a year; taken out by its tick."""

    keep = forms.BooleanField(label=_("Med"), required=False)
    day = DayField(label=_("Dag"), required=False)
    begins = TimeField(label=_("Begynder"), required=False)
    ends = TimeField(label=_("Slutter"), required=False)
    place = forms.CharField(label=_("Sted"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("keep"):
            return found
        for name in ("day", "begins", "ends"):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("Skal udfyldes, eller tag krydset væk."))
        if found.get("begins") and found.get("ends") and found["ends"] <= found["begins"]:
            self.add_error("ends", _("Mødet skal slutte, efter at det er begyndt."))
        return found

    def times(self) -> tuple[datetime, datetime, str]:
        """Begins, ends, where."""
        given = self.cleaned_data
        return at(given["day"], given["begins"]), at(given["day"], given["ends"]), given["place"]


class CommentForm(Styled):
    """A comment on a version of the agenda."""

    text = forms.CharField(
        label=_("Bemærkning"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ApprovalForm(Styled):
    """What a chair says of a version."""

    answer = forms.ChoiceField(
        label=_("Svar"),
        choices=[("yes", _("Godkender dagsordenen")), ("no", _("Har indvendinger"))],
    )
    comment = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        max_length=2000,
        help_text=_("Skal udfyldes ved indvendinger, og når sekretariatet svarer for formanden."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TemplateForm(Styled):
    """A ready-made item."""

    name = forms.CharField(label=_("Skabelonens navn"), max_length=200)
    title = forms.CharField(label=_("Punktets titel"), max_length=300)
    kind = forms.ChoiceField(label=_("Slags"), choices=ItemKind.choices)
    minutes_planned = forms.IntegerField(
        label=_("Minutter"), required=False, min_value=0, max_value=1440
    )
    standing = forms.BooleanField(
        label=_("Fast punkt: kommer selv på hver ny dagsorden"), required=False
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Kun på årets første møde i disse måneder"),
        required=False,
        coerce=int,
        help_text=_("Intet valgt: på hvert møde. Hold Ctrl nede for at vælge flere."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    last = forms.BooleanField(label=_("Står sidst på dagsordenen"), required=False)
    everybody = forms.BooleanField(label=_("Kan bruges af alle organer"), required=False)
    clauses = forms.CharField(
        label=_("Indstilling"),
        required=False,
        help_text=_("En linje for hvert “at”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fremstilling = RichTextField(label=_("Sagsfremstilling"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [(n, name.capitalize()) for n, name in MONTHS.items()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("standing") and found.get("everybody"):
            self.add_error("everybody", _("Et fast punkt hører til ét organ."))
        return found


def at(day: date, hour: time) -> datetime:
    """A moment of a day in Denmark."""
    return timezone.make_aware(datetime.combine(day, hour))


def later(hour: time, minutes: int) -> time:
    """The time some minutes later on the same day."""
    moment = datetime.combine(date(2000, 1, 1), hour) + timedelta(minutes=minutes)
    return moment.time() if moment.date() == date(2000, 1, 1) else time(23, 59)
