"""What we ask of an initiative."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.forms import DayField, Styled
from klynge.web.goals.forms import PersonField
from klynge.web.initiatives.models import (
    Crossing,
    Initiative,
    Risk,
    StatusReport,
    TargetGroup,
)


def _long(label: Any, *, rows: int = 4, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


NEED_HINT = _("Hvad er galt, for hvem, og hvordan ved vi det?")


class Boxes(forms.CheckboxSelectMultiple):
    """Several can be chosen; drawn as a list of boxes."""

    template_name = "initiatives/_boxes.html"


class InitiativeForm(Styled):
    """What is written of an initiative. figures: the pack's, for the effect."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    need = _long(
        _("Behov"), required=True, hint=_("Hvad er galt, for hvem, og hvordan ved vi det?")
    )
    purpose = _long(_("Formål"))
    pathway = _long(_("Forløb"), hint=_("Hvad skal være anderledes for borgeren?"))
    groups = forms.MultipleChoiceField(
        label=_("Målgruppe"), choices=TargetGroup.choices, required=False, widget=Boxes
    )
    crossings = forms.MultipleChoiceField(
        label=_("Overgange, der rettes op på"),
        choices=Crossing.choices,
        required=False,
        widget=Boxes,
    )
    equality = _long(
        _("Lighed i sundhed"), hint=_("Hvem får mest ud af det, og hvem risikerer at blive glemt?")
    )
    decided_by = forms.CharField(label=_("Hvem beslutter"), required=False, max_length=200)
    leader = PersonField(label=_("Projektleder"), required=False)
    group_task = _long(_("Arbejdsgruppens kommissorium"))
    starts_on = DayField(
        label=_("Begynder"),
        required=False,
        help_text=_("Den dag, det ændrer noget for borgerne. Effekten måles fra den."),
    )
    ends_on = DayField(label=_("Slutter"), required=False)
    economy = _long(_("Økonomi"))
    effect_indicator = forms.ChoiceField(label=_("Effekten måles på"), required=False)
    report_every = forms.IntegerField(
        label=_("Dage mellem statusser"), min_value=7, max_value=366, initial=90
    )

    def __init__(self, *args: Any, figures: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effect_indicator"].choices = [("", _("Ikke valgt endnu")), *figures]

    def clean(self) -> dict[str, Any]:
        """The figure and its age are one choice on the page and two fields of the initiative."""
        cleaned = super().clean() or self.cleaned_data
        code, _colon, age = (cleaned.get("effect_indicator") or "").partition(":")
        return {**cleaned, "effect_indicator": code, "effect_age": age or "all"}


class NeedForm(Styled):
    """The first thing that is written: a need."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    origin = forms.ChoiceField(
        label=_("Hvad begyndte det med?"),
        choices=[one for one in Initiative.Origin.choices if one[0] != Initiative.Origin.MODEL],
    )
    need = _long(
        _("Behov"), required=True, hint=_("Hvad er galt, for hvem, og hvordan ved vi det?")
    )
    groups = forms.MultipleChoiceField(
        label=_("Målgruppe"), choices=TargetGroup.choices, required=False, widget=Boxes
    )


class MoveForm(Styled):
    """To the next state, and why. steps: where it may go; decisions: those of the body."""

    to = forms.ChoiceField(label=_("Initiativet bliver"))
    decision = forms.ChoiceField(label=_("Beslutning"), required=False)
    why = _long(_("Hvorfor"))

    def __init__(
        self, *args: Any, steps: list[Any], decisions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = steps
        self.fields["decision"].choices = [("", _("Ingen")), *decisions]


class ReportForm(Styled):
    """How it is going."""

    going = forms.ChoiceField(label=_("Hvordan går det?"), choices=StatusReport.Going.choices)
    text = _long(_("Status"), required=True, rows=6)


class PartnerForm(Styled):
    """Who takes part, as what. organisations: those that are known."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    role = forms.CharField(label=_("Bidrager med"), max_length=200)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations


class GroupForm(Styled):
    """Somebody in the working group."""

    person = PersonField(label=_("Navn"))
    role = forms.CharField(label=_("Rolle"), max_length=200, required=False)


class MilestoneForm(Styled):
    """Something to be done by a day."""

    title = forms.CharField(label=_("Milepæl"), max_length=200)
    due_on = DayField(label=_("Senest"))


class RiskForm(Styled):
    """What may go wrong."""

    text = forms.CharField(label=_("Risiko"), max_length=300)
    likely = forms.TypedChoiceField(label=_("Sandsynlighed"), choices=Risk.Size.choices, coerce=int)
    bad = forms.TypedChoiceField(label=_("Konsekvens"), choices=Risk.Size.choices, coerce=int)
    answer = forms.CharField(label=_("Hvad gøres der?"), max_length=300, required=False)


class GoalLinkForm(Styled):
    """Which of the body's goals it is to move."""

    goal = forms.ChoiceField(label=_("Mål"))

    def __init__(self, *args: Any, goals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = goals


class ModelForm(Styled):
    """The model that others may follow."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    what = _long(_("Hvad er modellen?"), required=True, rows=6)
    who = _long(_("Hvem gør hvad?"), required=True, rows=6)
    needs = _long(_("Hvad kræver den?"))
    learnt = _long(_("Hvad er lært?"))


class AdoptForm(Styled):
    """Which body follows the model."""

    body = forms.ChoiceField(label=_("Organ"))

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies
