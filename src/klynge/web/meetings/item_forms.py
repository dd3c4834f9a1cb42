"""What we ask of an item: its head, its text, its indstilling, its annexes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.bodies import file_kinds, history
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.forms import DayField, Styled
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.meetings import case_numbers, item_content
from klynge.web.meetings.models import Block, Item, ItemKind
from klynge.web.meetings.rich_text import RichTextField

TEXTS = (
    Block.Kind.RESUME,
    Block.Kind.FREMSTILLING,
    Block.Kind.OEKONOMI,
    Block.Kind.LIGHED,
    Block.Kind.PROCES,
)
ALONE = "agenda"  # the topic of the rule that lets the authorities take an item alone


class ItemForm(Styled):
    """An item as it is written. `other`: the free blocks, and one empty one."""

    kind = forms.ChoiceField(label=_("Slags"), choices=ItemKind.choices)
    title = forms.CharField(
        label=_("Titel"), max_length=300, widget=forms.TextInput(attrs={"class": "m-wide"})
    )
    case_number = forms.CharField(
        label=_("Sagsnummer"),
        max_length=60,
        required=False,
        help_text=_("KLE som 29.30.08-P27-1-21, eller som parten selv skriver det: 1-00-3-23."),
    )
    recommended_by = forms.ChoiceField(label=_("Indstillende part"), required=False)
    presenter = forms.CharField(label=_("Fremlægges af"), max_length=200, required=False)
    minutes_planned = forms.IntegerField(
        label=_("Minutter"), required=False, min_value=0, max_value=1440
    )
    not_before = DayField(
        label=_("Tages op tidligst"), required=False, help_text=_("For punkter, der skal vente.")
    )
    closed = forms.BooleanField(label=_("Lukket punkt"), required=False)
    closed_because = forms.CharField(
        label=_("Lukket, fordi"), max_length=300, required=False,
        help_text=_("Vises kun for medlemmerne."),
    )  # fmt: skip
    public_title = forms.CharField(
        label=_("Offentlig titel"),
        max_length=300,
        required=False,
        help_text=_("Alt, hvad andre ser af et lukket punkt. Den må ikke røbe, hvad det er om."),
    )
    telling_title_confirmed = forms.BooleanField(
        label=_("Den offentlige titel røber ikke for meget"), required=False
    )
    authorities_only = forms.BooleanField(
        label=_("Kun for region og kommuner, uden almen praksis"), required=False
    )
    clauses = forms.CharField(
        label=_("Indstilling: det indstilles, at"),
        required=False,
        max_length=20000,
        help_text=_("En linje for hvert “at”. Ordet at skal ikke skrives."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, body: BodyRecord, on: date, proposing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties(body, on)
        self.fields["recommended_by"].choices = [
            ("", _("Ingen valgt")),
            *((key, party.name) for key, party in self.parties.items()),
        ]
        self.law_alone = [rule for rule in structure.rules(body.kind, on) if rule.topic == ALONE]
        if not self.law_alone and not self.initial.get("authorities_only"):
            del self.fields["authorities_only"]
        if proposing:
            for name in ("telling_title_confirmed", "minutes_planned"):
                del self.fields[name]
        self._add_texts()

    @property
    def texts(self) -> list[tuple[Any, Any, Any]]:
        """For each block: its caption (or None), its text, and whether it is closed."""
        names = [name.removeprefix("text_") for name in self.fields if name.startswith("text_")]
        return [
            (
                self[f"caption_{name}"] if f"caption_{name}" in self.fields else None,
                self[f"text_{name}"],
                self[f"closed_{name}"],
            )
            for name in names
        ]

    @property
    def head(self) -> list[Any]:
        """The fields that are no text, in order."""
        names = ("title", "kind", "case_number", "recommended_by", "presenter", "minutes_planned",
                 "not_before")  # fmt: skip
        return [self[name] for name in names if name in self.fields]

    @property
    def closing(self) -> list[Any]:
        """The fields about who may read it."""
        names = ("closed", "closed_because", "public_title", "telling_title_confirmed",
                 "authorities_only")  # fmt: skip
        # Asked only of somebody whose public title was too close to the real one.
        asked = self.is_bound and self.data.get("public_title")
        skipped = () if asked else ("telling_title_confirmed",)
        return [self[name] for name in names if name in self.fields and name not in skipped]

    def clean_case_number(self) -> str:
        return case_numbers.tidy(self.cleaned_data["case_number"])

    def values(self) -> dict[str, Any]:
        """What the rules take."""
        given = self.cleaned_data
        names = ("title", "kind", "case_number", "presenter", "minutes_planned", "not_before",
                 "closed", "closed_because", "public_title", "authorities_only")  # fmt: skip
        found = {name: given[name] for name in names if name in self.fields}
        found["recommended_by"] = self._party(given["recommended_by"])
        found["clauses"] = given["clauses"].splitlines()
        found["blocks"] = {
            key: {
                "html": given[f"text_{key}"],
                "closed": given[f"closed_{key}"],
                "caption": given.get(f"caption_{key}", ""),
            }
            for key in self.keys
        }
        return found

    @staticmethod
    def initial_of(content: Mapping[str, Any], version: int | None) -> dict[str, Any]:
        """The form as it is when an item (as `item_content.content_of` gives it) is changed."""
        found: dict[str, Any] = {n: content.get(n) for n in item_content.FIELDS}
        party = Organisation.objects.filter(pk=content.get("recommended_by")).first()
        found["recommended_by"] = key_of(party) if party else ""
        found["clauses"] = "\n".join(content.get(item_content.CLAUSES, ()))
        found["version"] = version
        found[item_content.BLOCKS] = content.get(item_content.BLOCKS, {})
        return found

    def _add_texts(self) -> None:
        there: Mapping[str, Any] = self.initial.get(item_content.BLOCKS) or {}
        others = [key for key in there if key.split(":")[0] == item_content.OTHER]
        if self.is_bound:
            sent = [name.removeprefix("text_") for name in self.data if name.startswith("text_")]
            others += [
                key.removesuffix("__html")
                for key in sent
                if key.split(":")[0] == item_content.OTHER
            ]
            others = list(dict.fromkeys(others))
        elif len(others) == 0:
            others = [item_content.OTHER]
        else:
            others.append(f"{item_content.OTHER}:{len(others) + 1}")
        self.keys = [*(kind.value for kind in TEXTS), *item_content.in_order(others)]
        for key in self.keys:
            now = there.get(key, {})
            kind = Block.Kind(key.split(":")[0])
            if kind == Block.Kind.ANDET:
                self.fields[f"caption_{key}"] = forms.CharField(
                    label=_("Overskrift"), required=False, max_length=200,
                    initial=now.get("caption", ""),
                )  # fmt: skip
            label = _("Andet afsnit") if kind == Block.Kind.ANDET else kind.label
            self.fields[f"text_{key}"] = RichTextField(
                label=label, required=False, initial=now.get("html", ""), max_length=200_000
            )
            self.fields[f"closed_{key}"] = forms.BooleanField(
                label=_("Kun for medlemmerne"), required=False, initial=now.get("closed", False)
            )

    def _party(self, key: str) -> Organisation | None:
        party = self.parties.get(key)
        if party is None or party.pk:
            return party
        return bodies.organisation(
            kind=party.kind, name=party.name, place_kind=party.place_kind, place=party.place
        )


class AnnexForm(Styled):
    """A file for an item."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Højst 100 MB: PDF, Word, Excel, PowerPoint, OpenDocument, billede, tekst."),
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{ending}" for ending in file_kinds.KINDS)}
        ),
    )
    name = forms.CharField(
        label=_("Navn på papiret"),
        max_length=200,
        required=False,
        help_text=_("Tomt: som filen hedder."),
    )
    closed = forms.BooleanField(label=_("Lukket bilag: kun for medlemmerne"), required=False)


class AnnexNameForm(Styled):
    """What a file is called, and who may read it."""

    name = forms.CharField(label=_("Navn på papiret"), max_length=200)
    closed = forms.BooleanField(label=_("Lukket bilag: kun for medlemmerne"), required=False)


class CloseForm(Styled):
    """To close an item, also one that has gone out."""

    because = forms.CharField(label=_("Lukket, fordi"), max_length=300)
    public_title = forms.CharField(label=_("Offentlig titel"), max_length=300)
    confirmed = forms.BooleanField(
        label=_("Den offentlige titel røber ikke for meget"), required=False
    )


class ForwardForm(Styled):
    """Where an item goes, and why."""

    to = forms.ChoiceField(label=_("Til"))
    why = forms.CharField(
        label=_("Hvorfor"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices


def parties(body: BodyRecord, on: date) -> dict[str, Organisation]:
    """Who may recommend an item: the region, the kommuner, the hospitals, and whom members sit for.

    Those that are not recorded yet are made when they are chosen.
    """
    found = {
        key_of(row.represents): row.represents
        for row in history.as_of(body, on)
        if row.represents is not None
    }
    place = structure.place(body.place_kind, body.place)
    kinds = Organisation.Kind
    region = place if place.kind == "region" else None
    if region is None and place.region:
        region = structure.place("region", place.region)
    named = [(kinds.REGION, region.name, region.kind, region.id)] if region else []
    if place.kind != "region":
        for row in structure.members(place.kind, place.id, on=on):
            kommune = structure.place("kommune", row.kommune)
            named.append((kinds.KOMMUNE, f"{kommune.name} Kommune", kommune.kind, kommune.id))
    named += [(kinds.HOSPITAL, hospital.name, "", "") for hospital in place.hospitals]
    named.append((kinds.SEKRETARIAT, str(_("Sekretariatet")), "", ""))
    for kind, name, place_kind, place_id in named:
        known = Organisation.objects.filter(kind=kind, name=name).first()
        party = known or Organisation(kind=kind, name=name, place_kind=place_kind, place=place_id)
        found.setdefault(key_of(party), party)
    return dict(sorted(found.items(), key=lambda pair: danish_order(pair[1].name)))


def key_of(party: Organisation) -> str:
    """What a party is called in the form's choices."""
    return f"{party.kind}|{party.name}"


def initial_of_item(item: Item) -> dict[str, Any]:
    """The form of an item as it stands."""
    return ItemForm.initial_of(item_content.content_of(item), item.version)
