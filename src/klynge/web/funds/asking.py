"""Parts of this room's forms: amounts, several choices, and rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.bodies.forms import Styled
from klynge.web.funds import money

MOST_ROWS = 60
MORE = "flere"
"""The name of the button that asks for more rows."""


class Asking(Styled):
    """A form of this room, with the classes of several choices too."""

    def render_ready(self) -> Asking:
        super().render_ready()
        for field in self.fields.values():
            if isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-checkbox"
            elif isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "form-radio"
        return self


class MoneyField(forms.CharField):
    """An amount in kroner; gives øre."""

    def __init__(self, *, may_be_negative: bool = False, **more: Any) -> None:
        self.may_be_negative = may_be_negative
        more.setdefault("max_length", 30)
        super().__init__(**more)
        self.widget.attrs["inputmode"] = "decimal"
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = str(super().clean(value)).strip()
        if not text:
            return None
        try:
            ore = money.read(text)
        except money.NotAnAmount as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if ore < 0 and not self.may_be_negative:
            raise forms.ValidationError(_("Beløbet kan ikke være mindre end 0."))
        return ore

    def prepare_value(self, value: Any) -> Any:
        return money.plain(value) if isinstance(value, int) else value


class Row(Asking):
    """One row of a table; a row in which nothing is written is no row."""

    needed: tuple[str, ...] = ()
    begun_by: tuple[str, ...] = ()
    """The fields that make it a row once something is written in them; empty: any of them."""

    @property
    def is_blank(self) -> bool:
        names = self.begun_by or tuple(self.fields)
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.needed:
            if name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, _("Skal udfyldes."))
        return cleaned


class Rows:
    """A table of rows that works without script: a button asks for more of them."""

    def __init__(
        self,
        row: type[Row],
        prefix: str,
        *,
        data: Any = None,
        initial: Sequence[Mapping[str, Any]] = (),
        least: int = 3,
        **more: Any,
    ) -> None:
        self.prefix, self.is_bound = prefix, data is not None
        self.count = self._count(data, len(initial), least)
        self.forms = [
            row(
                data,
                prefix=f"{prefix}-{at}",
                initial=dict(initial[at]) if at < len(initial) else {},
                use_required_attribute=False,
                **more,
            )
            for at in range(self.count)
        ]
        for at, form in enumerate(self.forms, start=1):
            for field in form.fields.values():
                field.required = False
                field.widget.attrs["aria-label"] = _("{field}, række {row}").format(
                    field=field.label, row=at
                )

    def is_valid(self) -> bool:
        """Whether every row that is written in can be used."""
        wrong = [form for form in self.forms if not form.is_blank and not form.is_valid()]
        return not wrong

    @property
    def values(self) -> list[dict[str, Any]]:
        """What the rows say, without the blank ones."""
        return [form.cleaned_data for form in self.forms if not form.is_blank]

    @property
    def titles(self) -> list[str]:
        return [str(field.label) for field in self.forms[0].fields.values()]

    @property
    def ready(self) -> list[Row]:
        """The rows, ready to be drawn; blank ones without faults."""
        for form in self.forms:
            if form.is_bound and form.is_blank:
                form.is_bound = False
            form.render_ready()
        return self.forms

    @property
    def errors(self) -> list[str]:
        """What is wrong, with the number of the row."""
        if not self.is_bound:
            return []
        return [
            _("Række {row}, {field}: {error}").format(
                row=at, field=str(form.fields[name].label).lower(), error=error
            )
            if name in form.fields
            else f"{_('Række {row}').format(row=at)}: {error}"
            for at, form in enumerate(self.forms, start=1)
            if not form.is_blank
            for name, errors in form.errors.items()
            for error in errors
        ]

    def _count(self, data: Any, filled: int, least: int) -> int:
        if data is None:
            return max(least, filled + 1)
        try:
            count = int(data.get(f"{self.prefix}-rows", least))
        except ValueError:
            count = least
        count += 3 if data.get(MORE) == self.prefix else 0
        return max(1, min(count, MOST_ROWS))


def asks_for_more(data: Any) -> bool:
    """Whether the form was sent to get more rows, not to be saved."""
    return bool(data is not None and data.get(MORE))


UNKNOWN = ("", gettext_lazy("Vælg"))
