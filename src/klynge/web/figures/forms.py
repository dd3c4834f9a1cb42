"""What we ask when figures are brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge.web.figures import inbox
from klynge.web.figures.models import PublishedSource


class PackForm(forms.Form):
    """A pack as a ZIP file, or one that lies in the server's folder for packs."""

    file = forms.FileField(
        label=_("ZIP-fil med datapakken"),
        required=False,
        help_text=_("Mappen, som »klynge datapack build« lavede, pakket som ZIP."),
    )
    folder = forms.ChoiceField(
        label=_("Datapakke på serveren"),
        required=False,
        help_text=_("Mapper, som er lagt i »packs« i Klynges datamappe."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folders = inbox.folders()
        self.fields["folder"].choices = [("", _("Vælg"))] + [(name, name) for name in folders]
        if not folders:
            del self.fields["folder"]
        _styled(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("folder")):
            raise forms.ValidationError(
                _("Vælg enten en ZIP-fil eller en datapakke på serveren.")
                if self.fields.get("folder")
                else _("Vælg en ZIP-fil.")
            )
        return cleaned


class PublishedForm(forms.Form):
    """A file of published figures, and what is known of where they come from."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV i UTF-8 eller XLSX, højst 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    title = forms.CharField(
        label=_("Kilde"),
        max_length=300,
        required=False,
        help_text=_("Bruges, hvor filen ikke selv har kolonnen source."),
    )
    publisher = forms.CharField(label=_("Udgiver"), max_length=200, required=False)
    url = forms.URLField(label=_("Adresse"), max_length=500, required=False, assume_scheme="https")
    retrieved = forms.DateField(
        label=_("Hentet den"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv en dato, for eksempel 2025-03-01.")},
    )
    terms = forms.ChoiceField(
        label=_("Vilkår for genbrug"),
        choices=PublishedSource.Terms.choices,
        initial=PublishedSource.Terms.UNVERIFIED,
    )
    note = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Det, en læser skal vide, for eksempel hvem der er spurgt."),
    )
    compute = forms.BooleanField(
        label=_("Beregn også tal for klynger, sundhedsråd, regioner og landet"),
        required=False,
        initial=True,
        help_text=_(
            "Gennemsnit af kommunernes tal, vægtet med folketal. Kun for andele og rater, ikke for"
            " antal, kroner og gennemsnitlige år."
        ),
    )
    own_computation = forms.BooleanField(
        label=_("Tallene i filen er vores egen beregning, ikke udgiverens tal"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _styled(self)

    @property
    def facts(self) -> dict[str, Any]:
        """What was said of the source, as it can be kept in JSON with a draft."""
        kept = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        if kept["retrieved"]:
            kept["retrieved"] = kept["retrieved"].isoformat()
        return kept


def _styled(form: forms.Form) -> None:
    """The design system's classes, and the errors told to those who cannot see them."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-checkbox"
        elif isinstance(widget, forms.Select):
            widget.attrs["class"] = "form-select"
        else:
            widget.attrs["class"] = "form-input"
        described = [f"id_{name}-hint"] if field.help_text else []
        if form.is_bound and name in form.errors:
            described.append(f"id_{name}-error")
        if described:
            widget.attrs["aria-describedby"] = " ".join(described)
