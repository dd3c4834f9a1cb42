"""What we ask about calls, applications, scoring and grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.forms import DayField
from klynge.web.decisions.models import Decision
from klynge.web.funds.applying_models import MOST_POINTS
from klynge.web.funds.asking import UNKNOWN, Asking, MoneyField, Row
from klynge.web.funds.classes import CLASSES
from klynge.web.funds.forms import DECISION_HINT, places_inside
from klynge.web.funds.models import Application, Call, Criterion, Pool
from klynge.web.initiatives.models import Initiative


class CallForm(Asking):
    """A round of applications."""

    title = forms.CharField(label=_("Rundens titel"), max_length=200)
    text = forms.CharField(
        label=_("Hvad der kan søges til"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    amount = MoneyField(label=_("Beløb til rådighed i kroner"))
    most = MoneyField(label=_("Højst pr. ansøgning i kroner"), required=False)
    own_share = forms.IntegerField(
        label=_("Egenfinansiering, mindst procent"), min_value=0, max_value=99, initial=0
    )
    opens_on = DayField(label=_("Åbner"))
    deadline = DayField(label=_("Ansøgningsfrist"))
    scored_by = DayField(label=_("Vurderes senest"), required=False)
    decided_on = DayField(label=_("Behandles på mødet den"), required=False)


class CriterionRow(Row):
    """What applications are scored by."""

    begun_by = ("name",)
    needed = ("name",)
    name = forms.CharField(label=_("Kriterium"), max_length=200)
    asks = forms.CharField(label=_("Spørgsmål"), max_length=300)
    weight = forms.IntegerField(label=_("Vægt"), min_value=1, max_value=100, initial=1)


class TitleForm(Asking):
    """The beginning of an application."""

    title = forms.CharField(label=_("Projektets titel"), max_length=200)


class WhatForm(Asking):
    """Step 1: who asks, for whom, where and when."""

    title = forms.CharField(label=_("Projektets titel"), max_length=200)
    applicant = forms.CharField(
        label=_("Ansøger"),
        required=False,
        max_length=200,
        help_text=_("Den organisation, der får pengene. Kendte navne kan vælges på listen."),
        widget=forms.TextInput(attrs={"list": "organisationer", "autocomplete": "off"}),
    )
    initiative = forms.ModelChoiceField(
        label=_("Initiativ"),
        queryset=Initiative.objects.none(),
        required=False,
        help_text=_("Det initiativ i klyngen, pengene skal bruges til."),
    )
    target_group = forms.ChoiceField(label=_("Målgruppe"), required=False)
    place = forms.ChoiceField(label=_("Hvor"), required=False)
    first_day = DayField(label=_("Begynder"), required=False)
    last_day = DayField(label=_("Slutter"), required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = call.pool.body
        self.fields["initiative"].queryset = Initiative.objects.filter(body=body)
        inside = places_inside(body, call.opens_on)
        own = (f"{body.place_kind}:{body.place}", _("Hele området"))
        self.fields["place"].choices = [
            own,
            *((f"{kind}:{id}", name) for kind, rows in inside.items() for id, name in rows),
        ]
        self.fields["target_group"].choices = [UNKNOWN, *Application.TargetGroup.choices]


class WhyForm(Asking):
    """Step 2: the need, the work, the effect, and what happens afterwards."""

    need = forms.CharField(
        label=_("Behov"),
        required=False,
        help_text=_("Hvad er galt i dag, for hvem, og hvilke tal viser det?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=6000,
    )
    work = forms.CharField(
        label=_("Hvad der skal ske"),
        required=False,
        help_text=_("Hvem gør hvad, og hvilken overgang mellem hospital, kommune og egen læge"
                    " bliver bedre?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=6000,
    )  # fmt: skip
    effect = forms.CharField(
        label=_("Forventet virkning"),
        required=False,
        help_text=_("Hvad vil være anderledes, hvornår, og hvordan kan det måles?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=6000,
    )
    afterwards = forms.CharField(
        label=_("Efter projektet"),
        required=False,
        help_text=_("Hvem betaler for det, der skal fortsætte?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=6000,
    )


class PartnerRow(Row):
    """A partner and what it pays itself."""

    begun_by = ("organisation",)
    needed = ("organisation",)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "organisationer", "autocomplete": "off"}),
    )
    role = forms.CharField(label=_("Rolle i projektet"), max_length=200)
    own_money = MoneyField(label=_("Egenfinansiering i kroner"))


class RequestedForm(Asking):
    """Step 4: what is applied for in all."""

    requested = MoneyField(label=_("Ansøgt i alt, i kroner"), required=False)


class BudgetRow(Row):
    """A line of the budget."""

    begun_by = ("text", "cost", "applied")
    needed = ("text", "kind", "cost", "applied")
    text = forms.CharField(label=_("Udgift"), max_length=200)
    kind = forms.ChoiceField(label=_("Slags udgift"), choices=[UNKNOWN, *CLASSES])
    cost = MoneyField(label=_("Koster i kroner"))
    applied = MoneyField(label=_("Heraf ansøgt"))


class TeamForm(Asking):
    """Somebody else who works on the application."""

    username = forms.CharField(label=_("Brugernavn"), max_length=150)


class ReasonForm(Asking):
    """Why."""

    reason = forms.CharField(label=_("Begrundelse"), max_length=300)


class ScoreForm(Asking):
    """Points on every criterion."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [(str(number), str(number)) for number in range(MOST_POINTS + 1)]
        for one in criteria:
            self.fields[f"point-{one.pk}"] = forms.ChoiceField(
                label=one.name, help_text=one.asks, choices=points, widget=forms.RadioSelect
            )
            self.fields[f"note-{one.pk}"] = forms.CharField(
                label=f"{one.name}: {_('bemærkning')}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.criteria = criteria

    def points(self) -> dict[Criterion, int]:
        return {one: int(self.cleaned_data[f"point-{one.pk}"]) for one in self.criteria}

    def comments(self) -> dict[Criterion, str]:
        return {one: self.cleaned_data[f"note-{one.pk}"] for one in self.criteria}


class RecommendForm(Asking):
    """What the secretariat recommends."""

    amount = MoneyField(
        label=_("Indstillet beløb i kroner"),
        help_text=_("0, når det indstilles, at der gives afslag."),
    )
    text = forms.CharField(
        label=_("Begrundelse"), widget=forms.Textarea(attrs={"rows": 3}), max_length=3000
    )


class StanceForm(Asking):
    """A member's stance."""

    agrees = forms.ChoiceField(
        label=_("Din stilling"),
        choices=[("ja", _("Enig")), ("nej", _("Uenig"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label=_("Bemærkning"), required=False, max_length=500)


class RefuseForm(Asking):
    """A refusal."""

    decision = forms.CharField(
        label=_("Besluttet hvor og hvornår"), max_length=300, help_text=DECISION_HINT
    )
    decided_on = DayField(label=_("Besluttet den"))
    reason = forms.CharField(label=_("Begrundelse"), max_length=300)


class GrantForm(Asking):
    """A grant."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    grantee = forms.CharField(label=_("Modtager"), max_length=200)
    amount = MoneyField(label=_("Bevilget beløb i kroner"))
    decided_by_body = forms.CharField(label=_("Besluttet af"), max_length=200)
    decided_on = DayField(label=_("Besluttet den"))
    decision_text = forms.CharField(label=_("Beslutning"), max_length=500, help_text=DECISION_HINT)
    decision = forms.ModelChoiceField(
        label=_("Beslutning på et møde i Klynge"), queryset=Decision.objects.none(), required=False
    )
    accounts_due = DayField(label=_("Regnskab senest"), required=False)

    def __init__(
        self, *args: Any, pool: Pool, application: Application | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if application is not None:
            del self.fields["title"], self.fields["grantee"]
        decisions = Decision.objects.filter(body=pool.body)
        if decisions.exists():
            self.fields["decision"].queryset = decisions
        else:
            del self.fields["decision"]


class ConditionRow(Row):
    """A condition."""

    begun_by = ("text",)
    needed = ("text",)
    text = forms.CharField(label=_("Vilkår"), max_length=300)
    due_on = DayField(label=_("Senest"))


class InstalmentRow(Row):
    """An instalment; `condition`: the number of the one it waits for."""

    begun_by = ("amount", "due_on")
    needed = ("amount", "due_on")
    amount = MoneyField(label=_("Rate i kroner"))
    due_on = DayField(label=_("Betales"))
    condition = forms.IntegerField(label=_("Venter på vilkår nr."), min_value=1)


class PayForm(Asking):
    """An instalment is paid."""

    valid_on = DayField(label=_("Betalt den"))
    voucher = forms.CharField(
        label=_("Bilag"),
        required=False,
        max_length=100,
        help_text=_("Nummeret i jeres økonomisystem."),
    )


class MeetForm(Asking):
    """A condition is met."""

    met_on = DayField(label=_("Opfyldt den"))
    met_note = forms.CharField(label=_("Hvad der viser det"), max_length=300)


class AccountsForm(Asking):
    """The grantee's accounts."""

    first_day = DayField(label=_("Fra"))
    last_day = DayField(label=_("Til og med"))
    used = MoneyField(label=_("Brugt af bevillingen i kroner"))
    text = forms.CharField(
        label=_("Bemærkninger"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
    )


class AccountsRow(Row):
    """A line of the accounts."""

    begun_by = ("text", "amount")
    needed = ("text", "kind", "amount")
    text = forms.CharField(label=_("Udgift"), max_length=200)
    kind = forms.ChoiceField(label=_("Slags udgift"), choices=[UNKNOWN, *CLASSES])
    amount = MoneyField(label=_("Beløb i kroner"))


class ApproveForm(Asking):
    """Accounts are approved."""

    valid_on = DayField(label=_("Godkendt den"))
    answer = forms.CharField(label=_("Bemærkning til modtageren"), required=False, max_length=300)


class AnswerForm(Asking):
    """Accounts are sent back."""

    answer = forms.CharField(label=_("Hvad der skal rettes"), max_length=300)


class RepayForm(Asking):
    """The grantee pays back."""

    amount = MoneyField(label=_("Beløb i kroner"))
    valid_on = DayField(label=_("Modtaget den"))
    text = forms.CharField(label=_("Hvad det er"), required=False, max_length=300)
    voucher = forms.CharField(label=_("Bilag"), required=False, max_length=100)
