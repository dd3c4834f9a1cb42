"""What we ask when members, agreements and documents are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.bodies import history, papers, people
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.models import BodyDocument, BodyRecord, Membership, Organisation, Person
from klynge.web.bodies.standing import Body

Choices = list[tuple[str, str]]
NUMBER = "tal_"


class Styled(forms.Form):
    """A form with the design system's classes, whose hints and errors are read aloud."""

    def render_ready(self) -> Styled:
        """The form with its classes and what its errors tell; call when the fields are final."""
        for name, field in self.fields.items():
            field.widget.attrs["class"] = _class_of(field.widget)
            described = [f"id_{name}-hint"] if field.help_text else []
            if self.is_bound and name in self.errors:
                described.append(f"id_{name}-error")
                field.widget.attrs["aria-invalid"] = "true"
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)
        return self


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-checkbox"
    return "form-select" if isinstance(widget, forms.Select) else "form-input"


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"],
            error_messages={
                "invalid": _("Skriv en dato, for eksempel 2024-09-15."),
                "required": _("Skriv en dato."),
            },
            **more,
        )


class SeatForm(Styled):
    """A person's seat: who, for whom, as what, from when to when."""

    person = forms.CharField(
        label=_("Navn"),
        max_length=200,
        help_text=_("En, der kendes i forvejen, kan vælges på listen."),
        widget=forms.TextInput(attrs={"list": "personer", "autocomplete": "off"}),
    )
    someone_else = forms.BooleanField(
        label=_("Det er en anden end den, der allerede har det navn"), required=False
    )
    party = forms.ChoiceField(label=_("Repræsenterer"))
    kommune = forms.ChoiceField(label=_("Kommune"), required=False)
    klynge = forms.ChoiceField(
        label=_("Klynge"), required=False, help_text=_("Den klynge, pladsen hører til.")
    )
    represents = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=200,
        help_text=_("For eksempel hospitalet. Uden den bruges kommunen, regionen eller PLO."),
    )
    organisation = forms.ChoiceField(label=_("Udpegende organisation"), required=False)
    role = forms.ChoiceField(label=_("Rolle"))
    deputy_for = forms.ChoiceField(
        label=_("Stedfortræder for"), required=False, help_text=_("Kun for en stedfortræder.")
    )
    office = forms.ChoiceField(label=_("Embede"))
    area = forms.ChoiceField(label=_("Område"))
    appointer = forms.ChoiceField(label=_("Udpeget af"), required=False)
    valid_from = DayField(label=_("Første dag"))
    valid_to = DayField(
        label=_("Sidste dag"), required=False, help_text=_("Tom, når den ikke kendes endnu.")
    )
    reason = forms.CharField(label=_("Begrundelse"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        body: Body,
        record: BodyRecord | None,
        on: date,
        is_correction: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("party", "role", "office", "area"):
            self.fields[name].choices = _words(name)
        for name in ("organisation", "appointer"):
            self.fields[name].choices = [("", _("Ikke angivet")), *_words(name)]
        self.fields["kommune"].choices = [("", _("Ingen")), *_kommuner(body, on)]
        self.fields["klynge"].choices = [("", _("Ingen")), *_klynger(body, on)]
        seated = history.as_of(record, on)
        self.fields["deputy_for"].choices = [
            ("", _("Ingen")),
            *((str(row.key), row.person.name) for row in seated if row.role != "stedfortraeder"),
        ]
        if body.kind.id != "ssu":
            del self.fields["klynge"]
        if body.kind.id != "patientinddragelsesudvalg":
            del self.fields["organisation"]
        self.fields["reason"].required = is_correction
        self.known_people = people.known()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = people.called(cleaned.get("person", ""), cleaned.get("someone_else", False))
        if isinstance(found, people.Several):
            self.add_error("person", str(found))
        cleaned["found_person"] = found
        return cleaned

    def seat(self) -> dict[str, Any]:
        """The fields of the seat itself, as the rules take them."""
        names = ("party", "kommune", "klynge", "organisation", "role", "office", "area")
        kept = {name: self.cleaned_data.get(name, "") for name in (*names, "appointer")}
        kept["deputy_for"] = self.cleaned_data.get("deputy_for") or None
        return kept

    @staticmethod
    def initial_of(row: Membership) -> dict[str, Any]:
        """The form as it is when a membership is to be corrected."""
        names = ("party", "kommune", "klynge", "organisation", "role", "office", "area")
        found = {name: getattr(row, name) for name in (*names, "appointer")}
        return found | {
            "person": people.label(row.person),
            "represents": _written_by_hand(row),
            "deputy_for": str(row.deputy_for or ""),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        }


class EndForm(Styled):
    """The last day of a membership or an agreement."""

    last_day = DayField(label=_("Sidste dag"))
    reason = forms.CharField(
        label=_("Begrundelse"),
        required=False,
        max_length=300,
        help_text=_("Skriv ikke noget om helbred eller andet privat."),
    )


class ReasonForm(Styled):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Hvorfor er det en fejl?"),
        max_length=300,
        error_messages={"required": _("Skriv, hvorfor der rettes.")},
    )


class DeviationForm(Styled):
    """An agreement to deviate from a rule, and the decision that made it."""

    rule = forms.ChoiceField(
        label=_("Regel"), help_text=_("Kun regler, der gælder, hvor ikke andet aftales.")
    )
    subject = forms.ChoiceField(
        label=_("Kun for"), required=False, help_text=_("Tom, når aftalen gælder hele organet.")
    )
    agreed = forms.IntegerField(
        label=_("Aftalt antal pladser"),
        required=False,
        min_value=0,
        max_value=99,
        help_text=_("Tom, når aftalen ikke er om et antal."),
    )
    decision = forms.CharField(
        label=_("Besluttet hvor og hvornår"),
        max_length=300,
        help_text=_("For eksempel: Klyngens møde 13.9.2022, punkt 2."),
    )
    valid_from = DayField(label=_("Gælder fra"))
    valid_to = DayField(label=_("Gælder til"), required=False)

    def __init__(self, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [rule for rule in structure.rules(body.kind.id, on) if rule.deviation]
        self.fields["rule"].choices = [
            (rule.id, f"{_said(rule.text)} ({rule.paragraph})") for rule in rules
        ]
        self.fields["subject"].choices = [("", _("Hele organet")), *_subjects(body, on)]


class DocumentForm(Styled):
    """A new version of a kommissorium or forretningsorden."""

    decision = forms.CharField(
        label=_("Besluttet hvor og hvornår"),
        max_length=300,
        help_text=_("For eksempel: Klyngens møde 13.9.2022, punkt 2."),
    )
    valid_from = DayField(label=_("Gælder fra"))
    review_on = DayField(label=_("Skal ses igennem"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields}
        for field in papers.fields(kind):
            self.base_fields[field.id] = forms.CharField(
                label=field.label,
                help_text=field.asks,
                required=False,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            for number in papers.numbers(kind):
                if number.field == field.id:
                    self.base_fields[f"{NUMBER}{number.id}"] = _number_field(number)
        super().__init__(*args, **kwargs)
        self.kind = kind

    def texts(self) -> dict[str, str]:
        """What was written, by field."""
        return {field.id: self.cleaned_data[field.id] for field in papers.fields(self.kind)}

    def numbers(self) -> dict[str, int | str | None]:
        """What was settled in numbers."""
        known = papers.numbers(self.kind)
        return {number.id: self.cleaned_data[f"{NUMBER}{number.id}"] for number in known}

    @staticmethod
    def initial_of(last: BodyDocument | None) -> dict[str, Any]:
        """The form as it is when a new version begins from the last one."""
        if last is None:
            return {}
        return {**last.texts, **{f"{NUMBER}{id}": value for id, value in last.numbers.items()}}


class FileForm(Styled):
    """A list of members."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller XLSX, højst 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class NameForm(Styled):
    """What a person is called now."""

    name = forms.CharField(label=_("Nyt navn"), max_length=200)
    reason = forms.CharField(
        label=_("Begrundelse"), max_length=300, help_text=_("For eksempel: skrivefejl.")
    )


class UserForm(Styled):
    """Which log-in is a person's own."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Log-in"),
        required=False,
        empty_label=_("Intet log-in"),
        help_text=_("Den, der logger ind, ser så sine egne pladser og opgaver."),
        error_messages={"invalid_choice": _("Brugeren hører allerede til en anden person.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Q(person=None) | Q(person=person)
        self.fields["user"].queryset = User.objects.filter(free, is_active=True)
        self.fields["user"].label_from_instance = _as_log_in


class HandoverDayForm(Styled):
    """The day on which bodies hand over."""

    dag = DayField(label=_("Overdrages den"))


class ContactForm(Styled):
    """How to reach a person."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=40)
    note = forms.CharField(label=_("Bemærkning"), required=False, max_length=300)


def _as_log_in(user: User) -> str:
    told = [user.organisation, user.username]
    return f"{user} ({', '.join(word for word in told if word)})"


def _number_field(number: papers.Number) -> forms.Field:
    if number.choices:
        return forms.ChoiceField(
            label=number.label,
            help_text=number.hint,
            required=False,
            choices=[("", _("Ikke fastsat")), *number.choices],
        )
    return forms.IntegerField(
        label=number.label,
        help_text=number.hint,
        required=False,
        min_value=number.least,
        max_value=number.most,
    )


def _written_by_hand(row: Membership) -> str:
    """The organisation, unless it follows from the seat itself."""
    Kind = Organisation.Kind
    by_hand = (Kind.HOSPITAL, Kind.PSYKIATRI, Kind.ANDET)
    return row.represents.name if row.represents and row.represents.kind in by_hand else ""


def _words(kind: str) -> Choices:
    return [(word.id, _said(word.name)) for word in structure.words(kind)]


def _kommuner(body: Body, on: date) -> Choices:
    """The body's own kommuner first, then the others: a fixed observer may be from elsewhere."""
    own = {
        row.kommune
        for domain in structure.DOMAINS
        for row in structure.members(body.place.kind, body.place.id, domain=domain, on=on)
    }
    every = [(place.id, place.name) for place in structure.places("kommune")]
    return _sorted(one for one in every if one[0] in own) + _sorted(
        one for one in every if one[0] not in own
    )


def _klynger(body: Body, on: date) -> Choices:
    return _sorted(
        (place.id, place.name)
        for place in structure.places("klynge", on)
        if place.region == body.place.id
    )


def _subjects(body: Body, on: date) -> Choices:
    if body.place.kind == "region":
        return _klynger(body, on)
    codes = [row.kommune for row in structure.members(body.place.kind, body.place.id, on=on)]
    return _sorted((code, structure.place("kommune", code).name) for code in codes)


def _sorted(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: danish_order(choice[1]))


def _said(text: structure.Text) -> str:
    return text.said_in(get_language() or "da")
