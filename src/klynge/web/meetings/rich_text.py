"""A field for text with a little form: an editor, or light markup where no script runs."""

from __future__ import annotations

from typing import Any

from django import forms

from klynge.web.meetings import html, light_markup

SENT_BY_EDITOR = "__html"


class RichTextWidget(forms.Textarea):
    """A textarea that `static/meetings/editor.js` makes an editor of.

    The editor sends its HTML in a field of its own; without it what was written is light markup.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, "data-editor": "", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if f"{name}{SENT_BY_EDITOR}" in data:
            return html.clean(data[f"{name}{SENT_BY_EDITOR}"])
        return light_markup.to_html(data.get(name, ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}{SENT_BY_EDITOR}" not in data

    def format_value(self, value: Any) -> str:
        return light_markup.from_html(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-html"] = value or ""
        return context


class RichTextField(forms.CharField):
    """Gives sanitised HTML; empty when there is nothing to read in it."""

    widget = RichTextWidget

    def to_python(self, value: Any) -> str:
        cleaned = html.clean(value or "")
        return "" if html.is_empty(cleaned) else cleaned
