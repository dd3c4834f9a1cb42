"""What is asked for when minutes are written, sent, answered and corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.forms import DayField, Styled
from klynge.web.meetings import light_markup
from klynge.web.meetings.minutes_rules import Came, Written
from klynge.web.meetings.models import Clause, Item
from klynge.web.meetings.rich_text import RichTextWidget

OUTCOMES = (("", _("Vælg udfald")), *Clause.Outcome.choices)


class MinutesForm(forms.Form):
    """The minutes of one item: its text, and what each clause came to."""

    base = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Referat af punktet"),
        required=False,
        widget=RichTextWidget({"rows": 12, "class": "form-input"}),
    )

    def __init__(self, data: QueryDict | None, *, item: Item, written: Written, base: int) -> None:
        self.item_clauses = list(item.clauses.all())
        initial: dict[str, Any] = {"base": base, "text": light_markup.to_html(written.text)}
        for clause in self.item_clauses:
            came = written.clauses.get(clause.pk, Came())
            initial[f"outcome-{clause.pk}"] = came.outcome
            initial[f"decision-{clause.pk}"] = came.decision
        super().__init__(data, initial=initial)
        for clause in self.item_clauses:
            self.fields[f"outcome-{clause.pk}"] = forms.ChoiceField(
                label=_("Udfald"),
                required=False,
                choices=OUTCOMES,
                widget=forms.Select({"class": "form-select"}),
            )
            self.fields[f"decision-{clause.pk}"] = forms.CharField(
                label=_("Beslutning"),
                required=False,
                widget=forms.Textarea({"rows": 2, "class": "form-input"}),
            )

    @property
    def clause_fields(self) -> list[tuple[Clause, forms.BoundField, forms.BoundField]]:
        """Each clause with its two fields."""
        return [
            (clause, self[f"outcome-{clause.pk}"], self[f"decision-{clause.pk}"])
            for clause in self.item_clauses
        ]

    @property
    def written(self) -> Written:
        """What was typed, when the form is valid."""
        data = self.cleaned_data
        return Written(
            light_markup.from_html(data["text"]),
            {
                clause.pk: Came(data[f"outcome-{clause.pk}"], data[f"decision-{clause.pk}"])
                for clause in self.item_clauses
            },
        )


class SendForm(Styled):
    """Until when the members may remark on the minutes."""

    due_on = DayField(label=_("Frist for bemærkninger"))


class AnswerForm(Styled):
    """What somebody says to the minutes that were sent."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Skal skrives, når referatet ikke kan godkendes."),
    )


class CorrectionForm(Styled):
    """A correction of approved minutes."""

    item = forms.ChoiceField(label=_("Punkt"), required=False)
    text = forms.CharField(label=_("Rettelse"), widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, items: list[Item], titles: dict[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["item"].choices = [
            ("", _("Hele mødet")),
            *((str(item.pk), f"{item.number}. {titles[item.pk]}") for item in items),
        ]
