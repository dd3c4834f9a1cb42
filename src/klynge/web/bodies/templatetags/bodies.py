"""Tags for places: `{% load bodies %}`."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.structure import Place, Text
from klynge.web.bodies import kinds
from klynge.web.bodies.notes import Mark

register = template.Library()


@register.filter
def said(text: str) -> str:
    """A text of `klynge.structure` in the page's language."""
    return text.said_in(get_language() or "da") if isinstance(text, Text) else str(text)


@register.filter
def address(place: Place) -> str:
    """Where the page of a place is."""
    return reverse("bodies:place", kwargs={"kind": place.kind, "place": place.id})


@register.filter
def kind_name(place: Place) -> str:
    """The kind of a place in words."""
    return str(kinds.ONE[place.kind])


@register.filter
def period(it: Place) -> str:
    """From when to when a place, a regime or a membership holds."""
    first = date_format(it.valid_from, "DATE_FORMAT")
    if it.valid_to is None:
        return _("fra {first}").format(first=first)
    return f"{first} – {date_format(it.valid_to, 'DATE_FORMAT')}"


@register.simple_tag
def mark(of: Mark | None, where: str = "") -> SafeString | str:
    """The number of a note, and "Usikkert" where the fact is not sure; nothing for None.

    In a table (`where="table"`) the word is left to the colour, the tool tip and screen readers.
    """
    if of is None:
        return ""
    aloud = _("se note {number}").format(number=of.number)
    shown = format_html("{} ", of.word) if of.word and not where else ""
    hidden = f"{of.word}, {aloud}" if of.word and where else aloud
    return format_html(
        ' <a class="k-mark{}" href="#note-{}" title="{}">{}<sup>{}</sup>'
        '<span class="k-visually-hidden"> {}</span></a>',
        " k-mark-doubt" if of.word else "",
        of.number,
        f"{of.word}: {said(of.text)}" if of.word else said(of.text),
        shown,
        of.number,
        hidden,
    )


@register.filter
def of(table: dict[str, str], key: str) -> str:
    """The value of `key` in a table; empty when it is not there."""
    return table.get(key, "")
