"""What we ask about a secretariat."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.bodies import people, rules
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.forms import DayField, Styled
from klynge.web.bodies.models import BodyRecord, Organisation, SecretariatAgreement
from klynge.web.bodies.secretariat_rules import Part

ROWS = 14  # the region and the kommuner of the largest, with some to spare
Choices = list[tuple[str, str]]


class NameForm(Styled):
    """A new secretariat."""

    name = forms.CharField(label=_("Navn"), max_length=200)


class AgreementForm(Styled):
    """How the partners share the secretariat."""

    decision = forms.CharField(
        label=_("Besluttet hvor og hvornår"),
        max_length=300,
        help_text=_("For eksempel: Klyngens møde 13.9.2022, punkt 2."),
    )
    valid_from = DayField(label=_("Gælder fra"))
    cost = forms.DecimalField(
        label=_("Årlig udgift i kroner"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields}
        choices = [("", _("Ingen")), *_partners()]
        for number in range(1, ROWS + 1):
            self.base_fields |= {
                f"partner_{number}": forms.ChoiceField(
                    label=_("Partner {n}").format(n=number), required=False, choices=choices
                ),
                f"share_{number}": forms.DecimalField(
                    label=_("Andel {n} i procent").format(n=number),
                    required=False,
                    min_value=0,
                    max_value=100,
                    decimal_places=2,
                    localize=True,
                ),
                f"brings_{number}": forms.CharField(
                    label=_("Partner {n} bidrager med").format(n=number),
                    required=False,
                    max_length=200,
                ),
            }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, ROWS + 1):
            partner, share = cleaned.get(f"partner_{number}"), cleaned.get(f"share_{number}")
            if partner and share is None and f"share_{number}" not in self.errors:
                self.add_error(f"share_{number}", _("Skriv partnerens andel."))
            if share and not partner and f"partner_{number}" not in self.errors:
                self.add_error(f"partner_{number}", _("Vælg partneren."))
        return cleaned

    def parts(self) -> list[Part]:
        """The partners that were written. Call where organisations may be made."""
        found = []
        for number in range(1, ROWS + 1):
            if self.cleaned_data[f"partner_{number}"]:
                partner = _partner(self.cleaned_data[f"partner_{number}"])
                share = int(self.cleaned_data[f"share_{number}"] * 100)
                found.append(Part(partner, share, self.cleaned_data[f"brings_{number}"]))
        return found

    @property
    def yearly_cost(self) -> int | None:
        """The cost in øre."""
        cost = self.cleaned_data["cost"]
        return None if cost is None else int(cost * 100)

    @staticmethod
    def initial_of(last: SecretariatAgreement | None) -> dict[str, Any]:
        """The form as it is when a new version begins from the last one."""
        if last is None:
            return {}
        found: dict[str, Any] = {}
        if last.yearly_cost is not None:
            found["cost"] = Decimal(last.yearly_cost) / 100
        for number, share in enumerate(last.shares.select_related("partner"), start=1):
            found[f"partner_{number}"] = _written(share.partner)
            found[f"share_{number}"] = Decimal(share.share) / 100
            found[f"brings_{number}"] = share.brings
        return found


class ServiceForm(Styled):
    """What is done for a body, and by whom."""

    body = forms.ChoiceField(label=_("Organ"))
    task = forms.CharField(
        label=_("Opgave"),
        max_length=200,
        help_text=_("For eksempel: dagsorden, referat og opfølgning."),
    )
    person = forms.CharField(
        label=_("Hvem"),
        required=False,
        max_length=200,
        help_text=_("Tom, når det er hele sekretariatet."),
        widget=forms.TextInput(attrs={"list": "personer", "autocomplete": "off"}),
    )
    valid_from = DayField(label=_("Første dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(BodyRecord.objects.all(), key=lambda row: danish_order(row.name))
        self.fields["body"].choices = [(str(row.pk), row.name) for row in rows]
        self.known_people = people.known()

    def clean_person(self) -> Any:
        written = self.cleaned_data["person"]
        found = people.called(written) if written else None
        if isinstance(found, people.Several):
            raise forms.ValidationError(str(found))
        if written and found is None:
            raise forms.ValidationError(_("Vælg en, der kendes i forvejen."))
        return found


class LastDayForm(Styled):
    """The last day of a task."""

    last_day = DayField(label=_("Sidste dag"))


def _partners() -> Choices:
    return [*_places("region"), *_places("kommune"), ("plo", "PLO"), *_others()]


def _places(kind: str) -> Iterator[tuple[str, str]]:
    for place in sorted(structure.places(kind), key=lambda place: danish_order(place.name)):
        name = f"{place.name} Kommune" if kind == "kommune" else place.name
        yield f"{kind}:{place.id}", name


def _others() -> Iterator[tuple[str, str]]:
    Kind = Organisation.Kind
    known = (Kind.HOSPITAL, Kind.PSYKIATRI, Kind.SEKRETARIAT, Kind.KKR, Kind.KL)
    for row in Organisation.objects.filter(kind__in=known):
        yield f"org:{row.pk}", row.name


def _partner(written: str) -> Organisation:
    kind, _colon, id = written.partition(":")
    if kind == "org":
        return Organisation.objects.get(pk=id)
    name = dict(_partners())[written]
    where = {"place_kind": kind, "place": id} if id else {}
    made = rules.organisation(kind=kind, name=name, **where)
    assert made is not None
    return made


def _written(partner: Organisation) -> str:
    if partner.kind in ("region", "kommune"):
        return f"{partner.kind}:{partner.place}"
    return "plo" if partner.kind == "plo" else f"org:{partner.pk}"
