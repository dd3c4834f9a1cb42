"""What we ask when an agreement is begun, moved on, written and heard."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.structure import ProcessKind
from klynge.web.agreements.course import Council
from klynge.web.agreements.models import Adoption, Answer, AnswerFile, HearingParty
from klynge.web.bodies import file_kinds
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.forms import DayField, Styled


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Boxes(forms.CheckboxSelectMultiple):
    """Several can be chosen; drawn as a list of boxes."""

    template_name = "agreements/_boxes.html"
    boxes = True


def _file(label: Any, **more: Any) -> forms.FileField:
    accepted = ",".join(f".{ending}" for ending in file_kinds.KINDS)
    return forms.FileField(
        label=label,
        help_text=_("Højst 100 MB: PDF, Word, Excel, PowerPoint, OpenDocument, billede, tekst."),
        widget=forms.FileInput(attrs={"accept": accepted}),
        **more,
    )


class BeginForm(Styled):
    """A new agreement or plan of a kind."""

    place = forms.ChoiceField(label=_("Hvor"))
    term = forms.ChoiceField(label=_("Valgperiode"))
    title = forms.CharField(label=_("Navn"), max_length=200)
    holds_from = DayField(label=_("Gælder fra"))
    holds_to = DayField(label=_("Gælder til"))
    kommuner = forms.MultipleChoiceField(
        label=_("Kommuner"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Uden valg er alle stedets kommuner med."),
    )
    note = forms.CharField(label=_("Bemærkning"), required=False, max_length=300)

    def __init__(self, *args: Any, rule: ProcessKind, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [
            (place.id, place.name) for place in _places_in_time(rule, on)
        ]
        if rule.terms:
            self.fields["term"].choices = [
                (each.first.isoformat(), f"{each.first.year}-{each.last.year}")
                for each in rule.terms
            ]
        else:
            del self.fields["term"]
        if "kommuner" in rule.adopted_by and not rule.one_a_term:
            self.fields["kommuner"].choices = [
                (place.id, place.name)
                for place in sorted(
                    structure.places("kommune", on), key=lambda each: danish_order(each.name)
                )
            ]
        else:
            del self.fields["kommuner"]

    def clean_term(self) -> date:
        return date.fromisoformat(self.cleaned_data["term"])

    def clean_kommuner(self) -> list[str] | None:
        return self.cleaned_data["kommuner"] or None


class StepForm(Styled):
    """When a step was done. because: asked for when something else should come first."""

    done_on = DayField(label=_("Gjort"))
    note = forms.CharField(
        label=_("Bemærkning"), required=False, max_length=500, widget=_long(3),
        help_text=_("For eksempel sagsnummer, eller hvad styrelsen svarede."),
    )  # fmt: skip
    because = forms.CharField(
        label=_("Begrundelse, når et tidligere skridt ikke er gjort"),
        required=False,
        max_length=300,
    )


class MoveForm(Styled):
    """A step's own deadline."""

    to = DayField(
        label=_("Ny frist"), required=False, help_text=_("Tom: fristen følger reglerne igen.")
    )
    because = forms.CharField(
        label=_("Hvorfor, og hvem har bestemt det"), required=False, max_length=300
    )


class WhyForm(Styled):
    """Why something ends or is left out."""

    because = forms.CharField(label=_("Hvorfor"), max_length=300, widget=_long(3))


class TextForm(Styled):
    """A new version of the text."""

    change = forms.CharField(
        label=_("Hvad er nyt i versionen"), max_length=300,
        help_text=_("For eksempel: rettet efter høringen."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Tekst"), widget=_long(24),
        help_text=_("En linje, der begynder med # og et mellemrum, bliver en overskrift."),
    )  # fmt: skip


class GoalForm(Styled):
    """A goal of the agreement."""

    title = forms.CharField(label=_("Mål"), max_length=200)
    text = forms.CharField(label=_("Hvad det går ud på"), required=False, widget=_long())
    group = forms.CharField(label=_("Befolkningsgruppe"), required=False, max_length=200)
    valid_from = DayField(label=_("Gælder fra"))


class LastDayForm(Styled):
    """The last day something holds."""

    last_day = DayField(label=_("Sidste dag, det gælder"))


class AdoptForm(Styled):
    """What a council decided."""

    council = forms.ChoiceField(label=_("Råd"))
    outcome = forms.ChoiceField(label=_("Udfald"), choices=Adoption.Outcome.choices)
    decided_on = DayField(label=_("Besluttet"))
    note = forms.CharField(
        label=_("Rådets bemærkninger"), required=False, max_length=500, widget=_long(3)
    )

    def __init__(self, *args: Any, councils: list[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["council"].choices = [(f"{c.kind}:{c.id}", c.name) for c in councils]

    def clean_council(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["council"].split(":", 1))


class HearingForm(Styled):
    """A hearing: what is asked, whom, and until when."""

    title = forms.CharField(label=_("Overskrift"), max_length=200)
    intro = forms.CharField(label=_("Hvad der spørges om"), widget=_long(6))
    opens_on = DayField(label=_("Begynder"))
    deadline = DayField(label=_("Sidste dag for svar"))
    parties = forms.CharField(
        label=_("Høringsparter"), widget=_long(8),
        help_text=_("En på hver linje: navn; mailadresse. Adressen vises aldrig offentligt."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Svar sendes til"), required=False, max_length=200,
        help_text=_("Vises ikke offentligt."),
    )  # fmt: skip

    def clean_parties(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["parties"].splitlines()]
        cut = [line.partition(";") for line in lines if line]
        return [(name.strip(), where.strip()) for name, _sign, where in cut]


class AnswerForm(Styled):
    """An answer that has come."""

    party = forms.ModelChoiceField(
        label=_("Høringspart"), queryset=HearingParty.objects.none(), required=False,
        empty_label=_("En anden"),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Fra, når det er en anden"), required=False, max_length=200,
        help_text=_("En organisation. Skriv »En borger« for en privatperson."),
    )  # fmt: skip
    received_on = DayField(label=_("Modtaget"))
    no_remarks = forms.BooleanField(label=_("Ingen bemærkninger"), required=False)
    text = forms.CharField(
        label=_("Svar"), required=False, widget=_long(12),
        help_text=_("Står hele svaret i en fil, så skriv »Se bilaget«."),
    )  # fmt: skip
    file = _file(_("Bilag"), required=False)
    may_be_public = forms.BooleanField(label=_("Svaret må offentliggøres"), required=False)

    def __init__(self, *args: Any, parties: QuerySet[HearingParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties


class CorrectForm(Styled):
    """An answer that has come anew. keep: the files of the one before that go along."""

    received_on = DayField(label=_("Det rettede svar er modtaget"))
    correction = forms.CharField(
        label=_("Hvad er rettet"), max_length=300,
        help_text=_("For eksempel: rettet tal i afsnit 2. Vises sammen med svaret."),
    )  # fmt: skip
    no_remarks = forms.BooleanField(label=_("Ingen bemærkninger"), required=False)
    text = forms.CharField(label=_("Svar"), required=False, widget=_long(12))
    keep = forms.ModelMultipleChoiceField(
        label=_("Bilag, der stadig hører til"), queryset=AnswerFile.objects.none(), required=False,
        widget=Boxes,
    )  # fmt: skip
    file = _file(_("Nyt bilag"), required=False)
    may_be_public = forms.BooleanField(label=_("Svaret må offentliggøres"), required=False)

    def __init__(self, *args: Any, files: QuerySet[AnswerFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if files:
            self.fields["keep"].queryset = files
        else:
            del self.fields["keep"]


class FileForm(Styled):
    """A file with an answer."""

    file = _file(_("Fil"))
    name = forms.CharField(
        label=_("Navn"), max_length=200, required=False, help_text=_("Tomt: som filen hedder.")
    )
    looked_through = forms.BooleanField(
        label=_("Jeg har set filen igennem, og der står ikke noget, der ikke må offentliggøres"),
        required=False,
    )


class ExtendForm(Styled):
    """A later deadline."""

    deadline = DayField(label=_("Ny sidste dag for svar"))


class PointForm(Styled):
    """A point of the synopsis."""

    topic = forms.CharField(label=_("Emne"), max_length=200)
    said = forms.CharField(label=_("Hvad der blev sagt"), widget=_long())
    answers = forms.ModelMultipleChoiceField(
        label=_("Sagt af"), queryset=Answer.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    changed = forms.BooleanField(label=_("Teksten er ændret"), required=False)
    reply = forms.CharField(label=_("Hvad der er ændret, eller hvorfor ikke"), widget=_long())

    def __init__(self, *args: Any, answers: QuerySet[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].queryset = answers


def _places_in_time(rule: ProcessKind, on: date) -> list[structure.Place]:
    """The places of a kind while its rules hold, on the day asked about or the nearest."""
    day = max(on, rule.valid_from)
    day = min(day, rule.valid_to) if rule.valid_to else day
    return sorted(structure.places(rule.place_kind, day), key=lambda each: danish_order(each.name))
