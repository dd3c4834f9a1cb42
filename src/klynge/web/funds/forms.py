"""What we ask about pools, their money, and the ways to share it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from klynge import structure
from klynge.web.bodies import history
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.forms import DayField
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.notes import WORDS
from klynge.web.figures.vocabulary import age_title
from klynge.web.funds import needs
from klynge.web.funds.asking import UNKNOWN, Asking, MoneyField, Row
from klynge.web.funds.classes import CLASSES
from klynge.web.funds.models import Key, Pool, PoolTerms, Sharing
from klynge.web.funds.sharing import kommuner

CERTAINTIES = (
    ("certain", gettext_lazy("Sikker")),
    ("high", gettext_lazy("Ret sikker")),
    *((key, word) for key, word in WORDS.items()),
)
DECISION_HINT = gettext_lazy("For eksempel: Klyngens møde 12.6.2024, punkt 4.")
# The kinds of body that decide on money.
DECIDES = ("klynge-politisk", "klynge-faglig", "ssu", "sundhedsraad", "forberedende-sundhedsraad")


class TermsForm(Asking):
    """What a pool may be used for."""

    valid_from = DayField(label=gettext_lazy("Gælder fra"))
    purpose = forms.CharField(
        label=gettext_lazy("Formål"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    refused = forms.MultipleChoiceField(
        label=gettext_lazy("Puljen betaler ikke"),
        choices=CLASSES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ground = forms.CharField(
        label=gettext_lazy("Hjemmel"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Paragraffen eller aftalen, der siger det. Den vises ved et afslag."
        ),
    )
    limits = forms.CharField(
        label=gettext_lazy("Andre grænser"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    carry_over = forms.ChoiceField(
        label=gettext_lazy("Det, der er tilovers"), choices=PoolTerms.CarryOver.choices
    )
    fact_source = forms.CharField(
        label=gettext_lazy("Hvor oplysningerne kommer fra"), max_length=500
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Hvor sikre oplysningerne er"), choices=CERTAINTIES
    )
    decision = forms.CharField(
        label=gettext_lazy("Besluttet hvor og hvornår"),
        required=False,
        max_length=300,
        help_text=DECISION_HINT,
    )


class PoolForm(TermsForm):
    """A new pool."""

    field_order = (
        "name", "body", "source", "holder", "frame", "frame_on", "first_day", "last_day",
    )  # fmt: skip

    name = forms.CharField(label=gettext_lazy("Puljens navn"), max_length=200)
    body = forms.ChoiceField(label=gettext_lazy("Organ, der beslutter"))
    source = forms.CharField(
        label=gettext_lazy("Hvem pengene kommer fra"),
        max_length=300,
        help_text=gettext_lazy("For eksempel: staten og kommunerne, halvt af hver."),
    )
    holder = forms.CharField(
        label=gettext_lazy("Forvalter"),
        max_length=200,
        help_text=gettext_lazy("Den, der har pengene på sin konto."),
    )
    frame = MoneyField(label=gettext_lazy("Ramme i kroner"))
    frame_on = DayField(
        label=gettext_lazy("Rammen er modtaget"),
        help_text=gettext_lazy("Pengene kan bruges fra den dag."),
    )
    first_day = DayField(label=gettext_lazy("Puljens første dag"))
    last_day = DayField(label=gettext_lazy("Puljens sidste dag"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_from"]
        self.fields["body"].choices = [UNKNOWN, *_bodies(on)]

    def terms(self) -> dict[str, Any]:
        """The fields of the terms, as the rules take them."""
        names = [name for name in TermsForm.base_fields if name != "valid_from"]
        return {name: self.cleaned_data[name] for name in names}

    def facts(self) -> dict[str, Any]:
        """The pool's own fields, without its body."""
        names = ("name", "source", "holder", "frame", "frame_on", "first_day", "last_day")
        return {name: self.cleaned_data[name] for name in names}


class FrameForm(Asking):
    """More or less money from the source."""

    amount = MoneyField(
        label=gettext_lazy("Beløb i kroner"),
        may_be_negative=True,
        help_text=gettext_lazy("Med minus, når kilden tager penge tilbage."),
    )
    valid_on = DayField(label=gettext_lazy("Dato"))
    text = forms.CharField(label=gettext_lazy("Hvad det er"), max_length=300)
    voucher = forms.CharField(
        label=gettext_lazy("Bilag"), required=False, max_length=100,
        help_text=gettext_lazy("Nummeret i jeres økonomisystem."),
    )  # fmt: skip


class CarryForm(Asking):
    """Free money into another pool."""

    to = forms.ChoiceField(label=gettext_lazy("Til puljen"))
    amount = MoneyField(label=gettext_lazy("Beløb i kroner"))
    valid_on = DayField(label=gettext_lazy("Dato"))
    decision = forms.CharField(
        label=gettext_lazy("Besluttet hvor og hvornår"),
        max_length=200,
        required=False,
        help_text=DECISION_HINT,
    )

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Pool.objects.filter(closed_on=None).exclude(pk=pool.pk).select_related("body")
        self.fields["to"].choices = [
            UNKNOWN,
            *((str(each.pk), f"{each.name} ({each.body})") for each in others),
        ]


class ReturnForm(Asking):
    """Free money back to the source."""

    amount = MoneyField(label=gettext_lazy("Beløb i kroner"))
    valid_on = DayField(label=gettext_lazy("Dato"))
    text = forms.CharField(label=gettext_lazy("Hvad det er"), max_length=300, required=False)


class ReverseForm(Asking):
    """Undo an entry by its opposite."""

    valid_on = DayField(label=gettext_lazy("Dato"))
    reason = forms.CharField(label=gettext_lazy("Begrundelse"), max_length=200)


class CloseForm(Asking):
    """Close a pool or a grant."""

    on = DayField(label=gettext_lazy("Dato"))
    text = forms.CharField(
        label=gettext_lazy("Hvad det bygger på"),
        max_length=300,
        help_text=gettext_lazy(
            "For eksempel det godkendte regnskab og mødet, der tog det til sig."
        ),
    )


class FileForm(Asking):
    """A pool's history."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("CSV eller XLSX."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class SharingForm(Asking):
    """What is to be shared, and over what."""

    name = forms.CharField(label=gettext_lazy("Fordelingens navn"), max_length=200)
    amount = MoneyField(label=gettext_lazy("Beløb i kroner"))
    place_kind = forms.ChoiceField(label=gettext_lazy("Fordeles på"), choices=Sharing.Kind.choices)
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Steder"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Uden kryds er det alle af den slags i puljens område."),
    )
    partners = forms.CharField(
        label=gettext_lazy("Parter"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Én på hver linje; kun når der fordeles på parter."),
    )

    def __init__(self, *args: Any, pool: Pool, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inside = places_inside(pool.body, on)
        self.fields["places"].choices = [
            (f"{kind}:{id}", name) for kind, rows in self.inside.items() for id, name in rows
        ]

    def chosen(self) -> list[str]:
        """The places to share over, by id; a partner's id is its name."""
        kind = self.cleaned_data["place_kind"]
        if kind == Sharing.Kind.PARTNER:
            lines = self.cleaned_data["partners"].splitlines()
            return [name for line in lines if (name := " ".join(line.split()))]
        ticked = [place.partition(":")[2] for place in self.cleaned_data["places"]
                  if place.startswith(f"{kind}:")]  # fmt: skip
        return ticked or [id for id, _name in self.inside.get(kind, ())]


class KeyForm(Asking):
    """A key: how, and by which figures. Only what the method asks for is read."""

    method = forms.ChoiceField(
        label=gettext_lazy("Metode"), choices=Key.Method.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Nøglens navn"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Uden et navn hedder den som metoden."),
    )

    def __init__(self, *args: Any, shared: Sharing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shared.place_kind == Sharing.Kind.PARTNER:
            self.fields["method"].choices = [
                choice for choice in Key.Method.choices if choice[0] in ("equal", "own")
            ]


class NeedRow(Row):
    """An indicator and how much it counts."""

    begun_by = ("figure",)
    needed = ("figure", "weight")
    figure = forms.ChoiceField(label=gettext_lazy("Nøgletal"))
    weight = forms.CharField(label=gettext_lazy("Vægt"), max_length=12, initial="1")

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = [UNKNOWN, *figures]


class AgesForm(Asking):
    """A weight for each age."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, bands = next(iter(ages_to_weigh(on)), ("", []))
        for band in bands:
            self.fields[f"alder-{band}"] = forms.CharField(
                label=age_title(band), required=False, max_length=12
            )

    def weights(self) -> dict[str, str]:
        return {
            name.removeprefix("alder-"): value.strip()
            for name, value in self.cleaned_data.items()
            if value.strip()
        }


class OwnForm(Asking):
    """A number for each place, and where they come from."""

    source = forms.CharField(label=gettext_lazy("Hvor tallene kommer fra"), max_length=300)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for at, (_id, name) in enumerate(places):
            self.fields[f"tal-{at}"] = forms.CharField(label=name, max_length=20)
        self.places = places

    def figures(self) -> dict[str, str]:
        return {
            id: self.cleaned_data[f"tal-{at}"].strip() for at, (id, _name) in enumerate(self.places)
        }


class AdoptForm(Asking):
    """The body chose a key."""

    decision = forms.CharField(
        label=gettext_lazy("Besluttet hvor og hvornår"), max_length=300, help_text=DECISION_HINT
    )
    decided_on = DayField(label=gettext_lazy("Besluttet den"))
    valid_on = DayField(label=gettext_lazy("Pengene flyttes den"))


def ages_to_weigh(on: date) -> list[tuple[str, list[str]]]:
    """Where people can be told by age; one about everybody first."""
    found = needs.ages(on)
    return sorted(found, key=lambda one: not any(band.startswith("0-") for band in one[1]))


def places_inside(body: BodyRecord, on: date) -> dict[str, list[tuple[str, str]]]:
    """The places a pool's money can be shared over, by kind: those inside the body's own place."""
    codes = set(kommuner(body.place_kind, body.place, on))
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in ("klynge", "sundhedsraad", "kommune"):
        rows = [
            (place.id, place.name)
            for place in structure.places(kind, on)
            if codes.intersection(kommuner(kind, place.id, on))
            and (kind == "kommune" or body.place_kind == "region")
        ]
        if rows:
            found[kind] = sorted(rows, key=lambda row: danish_order(row[1]))
    return found


def _bodies(on: date) -> list[tuple[str, str]]:
    """Bodies that can decide on money, as "kind:place"."""
    recorded = {(row.kind, row.place): row.name for row in BodyRecord.objects.all()}
    found = {
        f"{kind.id}:{place.id}": recorded.get((kind.id, place.id), f"{kind.name}, {place.name}")
        for kind in structure.body_kinds(on)
        if kind.id in DECIDES
        for place in structure.places(kind.place_kind, on)
    }
    return sorted(found.items(), key=lambda one: danish_order(one[1]))


def body_called(key: str) -> tuple[str, str, BodyRecord | None]:
    """What a choice of body means: kind, place, and its record if there is one."""
    kind, _colon, place = key.partition(":")
    return kind, place, history.find(kind, place)
