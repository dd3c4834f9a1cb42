"""What is asked before papers are made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klynge.web.documents.pdf import Annexes
from klynge.web.meetings.papers.case_formats import CaseFormat, formats
from klynge.web.meetings.papers.parts import Part, available, usual
from klynge.web.meetings.papers.reading import MeetingPaper

PDF, DOCX = "pdf", "docx"
PART_NAMES = {
    Part.INVITATION: _("Indkaldelse"),
    Part.AGENDA: _("Dagsorden med sagsfremstillinger"),
    Part.MINUTES: _("Referat med beslutninger"),
    Part.ATTENDANCE: _("Fremmøde"),
    Part.DECISIONS: _("Beslutningsliste"),
    Part.ANNEXES: _("Bilag"),
}
ANNEX_NAMES = {
    Annexes.ATTACHED: _("Vedhæftet i filen (filen selv er tilgængelig: PDF/UA)"),
    Annexes.AS_PAGES: _("Som sider bagest (til print; bilagenes sider er, som de blev afleveret)"),
    Annexes.LISTED: _("Kun nævnt ved navn"),
}
SHAPES = ((PDF, _("PDF")), (DOCX, _("Word (DOCX)")))


class PapersForm(forms.Form):
    """Which parts of a meeting's papers, as what, and for whom."""

    dele = forms.MultipleChoiceField(
        label=_("Dele"), widget=forms.CheckboxSelectMultiple, required=False
    )
    form = forms.ChoiceField(
        label=_("Form"), choices=SHAPES, widget=forms.RadioSelect, required=False
    )
    bilag = forms.ChoiceField(
        label=_("Bilag i PDF"),
        choices=[(how.value, name) for how, name in ANNEX_NAMES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    offentlig = forms.BooleanField(
        label=_("Den offentlige udgave: uden noget, der er lukket"), required=False
    )

    def __init__(self, *args: Any, paper: MeetingPaper, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["dele"].choices = [  # type: ignore[attr-defined]
            (part.value, PART_NAMES[part]) for part in available(paper)
        ]
        self.initial = {
            "dele": [part.value for part in Part if part in usual(paper)],
            "form": PDF,
            "bilag": Annexes.ATTACHED.value,
        }


class CaseForm(forms.Form):
    """For which authority a case is, and what that authority itself adds."""

    myndighed = forms.ChoiceField(label=_("Opsætning"))
    udvalg = forms.CharField(
        label=_("Udvalg eller råd"),
        max_length=200,
        required=False,
        help_text=_("Fx Sundheds- og Omsorgsudvalget."),
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )
    dato = forms.DateField(
        label=_("Udvalgets mødedato"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-input"}),
    )
    sagsnummer = forms.CharField(
        label=_("Myndighedens sagsnummer"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )
    form = forms.ChoiceField(
        label=_("Form"), choices=SHAPES, widget=forms.RadioSelect, required=False, initial=DOCX
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(one.id, one.name) for one in formats().values()]
        self.fields["myndighed"].choices = choices  # type: ignore[attr-defined]
        self.fields["myndighed"].widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        form: CaseFormat | None = formats().get(given.get("myndighed", ""))
        number = given.get("sagsnummer", "")
        if form and number and not form.fits_number(number):
            self.add_error(
                "sagsnummer",
                _("{name} skriver sagsnumre som {shape}.").format(
                    name=form.name, shape=form.case_number_shape
                ),
            )
        return given


class TemplateForm(forms.Form):
    """An edited template."""

    file = forms.FileField(
        label=_("Den rettede skabelon (.docx)"),
        widget=forms.FileInput(attrs={"class": "form-input", "accept": ".docx"}),
    )
