"""Tags of the frame, built into every template."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/dkfds/img/all-svg-icons.svg"


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """An icon of Det Fælles Designsystem, hidden from screen readers: text says the same."""
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        more,
        static(SPRITE),
        name,
    )


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: str) -> str:
    """This page's address with some parameters changed; an empty value is kept as empty."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters[name] = value
    return f"{request.path}?{parameters.urlencode()}"
