"""Tags for the meeting itself and its minutes: `{% load minutes %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from klynge.web.meetings import html as sanitising
from klynge.web.meetings.models import Item
from klynge.web.meetings.readers import Reader

register = template.Library()


@register.filter
def titled(item: Item, reader: Reader) -> str:
    """The title of an item that may be said to this reader."""
    return reader.title(item)


@register.filter
def kept(html: str) -> SafeString:
    """Stored text as it is shown; cleaned once more, whatever it was stored by."""
    return mark_safe(sanitising.clean(html))  # noqa: S308 (clean lets in nothing that runs)
