"""What is asked for about decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.forms import DayField, Styled
from klynge.web.bodies.models import BodyRecord, Organisation, Person
from klynge.web.decisions.models import Decision, TreatedAtHome
from klynge.web.decisions.register import LATE, STILL_OPEN
from klynge.web.decisions.rules import New
from klynge.web.meetings.models import Clause, Item, Meeting

STATES = (
    ("", _("Alle")),
    (STILL_OPEN, _("Åbne og i gang")),
    (LATE, _("Over fristen")),
    *Decision.State.choices,
)
GOES = (
    *((state, state.label) for state in (Decision.State.OPEN, Decision.State.RUNNING)),
    (Decision.State.DONE, Decision.State.DONE.label),
    (Decision.State.DROPPED, Decision.State.DROPPED.label),
)
TEXT = {"rows": 4}


def people_of(body: BodyRecord | None) -> Any:
    """Who can be responsible: the people of the body, and whoever is responsible already."""
    if body is None:
        return Person.objects.all()
    mine = Q(memberships__body=body) | Q(decisions__body=body)
    return Person.objects.filter(mine).distinct()


class SearchForm(Styled):
    """What to look for in the register."""

    tekst = forms.CharField(label=_("Ord i beslutningen"), required=False)
    organ = forms.ModelChoiceField(
        label=_("Organ"), required=False, queryset=BodyRecord.objects.none(), empty_label=_("Alle")
    )
    tilstand = forms.ChoiceField(label=_("Tilstand"), required=False, choices=STATES)
    ansvarlig = forms.ModelChoiceField(
        label=_("Ansvarlig"), required=False, queryset=Person.objects.none(), empty_label=_("Alle")
    )

    def __init__(self, data: QueryDict, *, bodies: Any) -> None:
        super().__init__(data)
        self.fields["organ"].queryset = bodies
        responsible = Person.objects.filter(decisions__isnull=False)
        self.fields["ansvarlig"].queryset = responsible.distinct()


class WhoForm(Styled):
    """Who sees to a decision, and until when."""

    responsible = forms.ModelChoiceField(
        label=_("Ansvarlig person"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("ingen"),
    )
    organisation = forms.ModelChoiceField(
        label=_("Ansvarlig organisation"),
        required=False,
        queryset=Organisation.objects.all(),
        empty_label=_("ingen"),
    )
    deadline = DayField(label=_("Frist"), required=False)

    def __init__(self, *args: Any, body: BodyRecord, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["responsible"].queryset = people_of(body)


class BringInForm(WhoForm):
    """A decision that was made elsewhere than at a meeting that is kept here."""

    text = forms.CharField(label=_("Beslutning"), widget=forms.Textarea(TEXT))
    decided_on = DayField(label=_("Besluttet"))
    origin = forms.CharField(
        label=_("Besluttet hvor"),
        max_length=300,
        help_text=_("For eksempel: Møde 14.6.2023, punkt 4."),
    )
    closed = forms.BooleanField(label=_("Lukket: kun for organets medlemmer"), required=False)
    public_text = forms.CharField(
        label=_("Offentlig tekst"),
        required=False,
        help_text=_("Det eneste, andre ser af en lukket beslutning. Tom: de ser den slet ikke."),
    )
    field_order = ("text", "decided_on", "origin", "responsible", "organisation", "deadline")


class FollowUpForm(Styled):
    """How it goes with a decision."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Hvordan går det?"), widget=forms.Textarea({"rows": 3}))
    state = forms.ChoiceField(label=_("Tilstand"), choices=GOES)
    result = forms.CharField(
        label=_("Hvad kom der ud af det?"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Skal skrives, når beslutningen er gennemført."),
    )


class ReplaceForm(Styled):
    """Which decision takes this one's place."""

    with_ = forms.ModelChoiceField(
        label=_("Afløst af"), queryset=Decision.objects.none(), empty_label=_("Vælg en beslutning")
    )
    text = forms.CharField(label=_("Bemærkning"), required=False)

    def __init__(self, *args: Any, possible: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["with_"].queryset = possible


class HomeForm(Styled):
    """What an authority's own committee or council has said."""

    state = forms.ChoiceField(label=_("Tilstand"), choices=TreatedAtHome.State.choices)
    committee = forms.CharField(label=_("Udvalg eller råd"), required=False, max_length=200)
    treated_on = DayField(label=_("Behandlet"), required=False)
    case_number = forms.CharField(label=_("Sagsnummer"), required=False, max_length=60)
    outcome = forms.CharField(
        label=_("Hvad de besluttede"), required=False, widget=forms.Textarea({"rows": 3})
    )


class TakeForm(Styled):
    """One decision of the minutes: whether it is taken, its text, and who sees to it."""

    take = forms.BooleanField(label=_("Tag med"), required=False)
    text = forms.CharField(
        label=_("Beslutning"), required=False, widget=forms.Textarea({"rows": 2})
    )
    responsible = forms.ModelChoiceField(
        label=_("Ansvarlig person"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("ingen"),
    )
    organisation = forms.ModelChoiceField(
        label=_("Ansvarlig organisation"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("ingen"),
    )
    deadline = DayField(label=_("Frist"), required=False)

    def __init__(
        self, data: Any, *, item: Item, clause: Clause | None, people: Any, organisations: Any
    ) -> None:
        self.item, self.clause = item, clause
        key = f"c{clause.pk}" if clause else f"i{item.pk}"
        super().__init__(data, prefix=key, initial=_proposal(item, clause))
        self.fields["responsible"].queryset = people
        self.fields["organisation"].queryset = organisations

    @property
    def new(self) -> New:
        """The decision, when the form is valid and it is taken."""
        data = self.cleaned_data
        return New(
            item=self.item,
            clause=self.clause,
            text=data["text"],
            responsible=data["responsible"],
            organisation=data["organisation"],
            deadline=data["deadline"],
        )


def take_forms(data: Any, meeting: Meeting) -> list[TakeForm]:
    """One form for each clause that came to something and is not in the register yet, and one for
    each item of decision without clauses."""
    people, organisations = people_of(meeting.body), Organisation.objects.all()
    items = meeting.items.filter(state=Item.State.TREATED).select_related("minute")
    found = []
    for item in items.prefetch_related("clauses__decisions", "decisions"):
        clauses = [c for c in item.clauses.all() if c.outcome and not c.decisions.all()]
        more = {"item": item, "people": people, "organisations": organisations}
        found += [TakeForm(data, clause=clause, **more) for clause in clauses]
        if not item.clauses.all() and not item.decisions.all():
            found.append(TakeForm(data, clause=None, **more))
    return [form.render_ready() for form in found]


def _proposal(item: Item, clause: Clause | None) -> dict[str, Any]:
    """What is likely to be taken, and in which words."""
    if clause is None:
        return {"take": False, "text": ""}
    taken = clause.outcome in (Clause.Outcome.AGREED, Clause.Outcome.CHANGED)
    return {
        "take": taken and item.kind in ("beslutning", "godkendelse", "temadroeftelse"),
        "text": clause.decision
        or _("{outcome}: at {text}").format(outcome=clause.get_outcome_display(), text=clause.text),
    }
