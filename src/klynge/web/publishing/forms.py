"""What the secretariat is asked when something is to become public."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar_times


def _day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "form-input"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


def _hour(label: str, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "class": "form-input"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, **more)


class PublishForm(forms.Form):
    """From when and until when. Both empty: now, and until somebody takes it back."""

    from_day = _day(_("Offentlig fra dato"), help_text=_("Tom: med det samme"))
    from_hour = _hour(_("Klokken"), help_text=_("Tom: fra dagens begyndelse"))
    to_day = _day(_("Offentlig til dato"), help_text=_("Tom: uden udløb. Dagen er ikke med."))
    looked_through = forms.BooleanField(
        label=_("Jeg har selv set de steder igennem, som maskinen er i tvivl om"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("from_hour") and not values.get("from_day"):
            self.add_error("from_day", _("Skriv også datoen."))
        values["visible_from"] = self._moment("from_day", values.get("from_hour"))
        values["visible_to"] = self._moment("to_day", None)
        return values

    def _moment(self, name: str, hour: time | None) -> datetime | None:
        day = self.cleaned_data.get(name)
        if day is None:
            return None
        if name == "from_day" and hour is None and day == calendar_times.day_of(clock.now()):
            return None  # today, as soon as it can be
        try:
            return calendar_times.moment(day, hour or time(0))
        except NotAllowed as reason:
            self.add_error(name, str(reason))
            return None


class WithdrawForm(forms.Form):
    """Why it is taken back. It is not shown to the public."""

    because = forms.CharField(
        label=_("Hvorfor trækkes det tilbage?"),
        max_length=300,
        help_text=_("Vises kun for sekretariatet. Skriv ikke det, der skulle skjules."),
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )


class OverruleForm(forms.Form):
    """Why what was found is no CPR number."""

    because = forms.CharField(
        label=_("Hvad er det, og hvorfor er det ikke et CPR-nummer?"),
        max_length=300,
        help_text=_("For eksempel: et journalnummer i regionens system. Skriv ikke tallet selv."),
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )


class BodyForm(forms.Form):
    """What of a body is on the public pages."""

    members = forms.BooleanField(
        label=_("Vis, hvem der sidder i organet"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )
    dates = forms.BooleanField(
        label=_("Vis, hvornår og hvor organet mødes"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )
