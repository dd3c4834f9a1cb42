"""What we ask when a goal is set, and when figures are typed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from klynge.web.agreements.models import AgreementGoal
from klynge.web.bodies import people
from klynge.web.bodies.forms import DayField, Styled
from klynge.web.bodies.models import Person
from klynge.web.goals.models import Goal, OwnIndicator
from klynge.web.goals.rules import Entry

_SPLIT = re.compile(r"[;\t]|\s{2,}| (?=\S)")


class PersonField(forms.CharField):
    """A person by name, among those who are known."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=200,
            widget=forms.TextInput(attrs={"list": "personer", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value: Any) -> Person | None:
        written = super().clean(value)
        if not written:
            return None
        found = people.called(written)
        if isinstance(found, people.Several):
            raise forms.ValidationError(str(found))
        if found is None:
            raise forms.ValidationError(now("Ingen med det navn er registreret."))
        return found


class WordsForm(Styled):
    """A goal's words, owner, target and date."""

    title = forms.CharField(
        label=_("Mål"),
        max_length=200,
        help_text=_("Kort, som det siges på et møde: »Færre genindlæggelser af ældre«."),
    )
    why = forms.CharField(label=_("Hvorfor"), widget=forms.Textarea(attrs={"rows": 4}))
    target = forms.FloatField(
        label=_("Måltal"), localize=True, help_text=_("I samme enhed som nøgletallet.")
    )
    target_on = DayField(label=_("Skal være nået"))
    group = forms.CharField(
        label=_("Befolkningsgruppe"),
        required=False,
        max_length=200,
        help_text=_("For eksempel ældre medicinske patienter."),
    )
    agreement_goal = forms.ModelChoiceField(
        label=_("Hører under aftalens mål"),
        queryset=AgreementGoal.objects.none(),
        required=False,
        empty_label=_("Intet af dem"),
    )
    agreement = forms.CharField(
        label=_("Sundhedsaftalens mål, når det ikke står på listen"),
        required=False,
        max_length=300,
    )
    owner = PersonField(label=_("Ansvarlig"), required=False)

    def __init__(
        self, *args: Any, agreement_goals: Sequence[AgreementGoal] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [each.pk for each in agreement_goals]
        if not keys:
            del self.fields["agreement_goal"]
            self.fields["agreement"].label = _("Hører under sundhedsaftalens mål")
            return
        field = self.fields["agreement_goal"]
        field.queryset = AgreementGoal.objects.filter(pk__in=keys).select_related("process")
        field.label_from_instance = lambda goal: f"{goal.process.title}: {goal}"


class GoalForm(WordsForm):
    """A new goal. periods: those of the series that it can set out from."""

    baseline_period = forms.ChoiceField(label=_("Går ud fra"))

    field_order = ("title", "why", "baseline_period", "target", "target_on")

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["baseline_period"].choices = periods


class ChooseForm(Styled):
    """Which figure a goal is about: the first step of setting it."""

    figure = forms.ChoiceField(label=_("Nøgletal"))
    place = forms.ChoiceField(label=_("Sted"))

    def __init__(
        self, *args: Any, figures: list[Any], places: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = figures
        self.fields["place"].choices = places


class AssessForm(Styled):
    """How far a goal is."""

    text = forms.CharField(label=_("Hvordan går det?"), widget=forms.Textarea(attrs={"rows": 4}))
    state = forms.ChoiceField(
        label=_("Målet"),
        choices=[one for one in Goal.State.choices if one[0] != Goal.State.CARRIED],
    )


class OwnIndicatorForm(Styled):
    """A figure the body measures itself."""

    title = forms.CharField(label=_("Navn"), max_length=200)
    definition = forms.CharField(
        label=_("Definition"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvem og hvad tælles, hvornår, og hvad tælles ikke?"),
    )
    kind = forms.ChoiceField(label=_("Slags"), choices=OwnIndicator.Kind.choices)
    per = forms.IntegerField(
        label=_("Pr."),
        min_value=1,
        initial=100,
        help_text=_("100 for en andel i procent, 1000 for en hyppighed pr. 1.000."),
    )
    unit = forms.CharField(label=_("Enhed"), max_length=100, help_text=_("For eksempel pct."))
    source = forms.CharField(label=_("Hvor kommer tallene fra?"), max_length=300)


class MeasurementsForm(Styled):
    """Measurements, one a line: period and value, or period, numerator and denominator."""

    lines = forms.CharField(label=_("Målinger"), widget=forms.Textarea(attrs={"rows": 12}))

    def __init__(self, *args: Any, indicator: OwnIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        number = indicator.kind == OwnIndicator.Kind.NUMBER
        self.fields["lines"].help_text = (
            now("En linje for hver periode: 2024-11; 12,5") if number else
            now("En linje for hver periode med tæller og nævner: 2024-11; 42; 310")
        )  # fmt: skip

    def clean_lines(self) -> list[Entry]:
        """The lines as entries; every line that cannot be read is told."""
        faults, entries = [], []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                entries.append(self._entry(number, line))
            except ValueError:
                faults.append(
                    now("Linje {n} kan ikke læses. Skriv {form}.").format(
                        n=number, form=self.fields["lines"].help_text.split(": ")[-1]
                    )
                )
        if faults:
            raise forms.ValidationError(faults)
        return entries

    def _entry(self, number: int, line: str) -> Entry:
        parts = [part.strip() for part in _SPLIT.split(line.strip()) if part.strip()]
        if self.indicator.kind == OwnIndicator.Kind.NUMBER:
            period, value = parts
            return Entry(number, period.upper(), value=_decimal(value))
        period, top, bottom = parts
        return Entry(number, period.upper(), numerator=_whole(top), denominator=_whole(bottom))


def _decimal(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".") if "," in text else text)


def _whole(text: str) -> int:
    return int(text.replace(".", ""))
