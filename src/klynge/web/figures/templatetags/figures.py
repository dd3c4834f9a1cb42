"""Tags for figures: `{% load figures %}`."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klynge.structure import UnknownPlace
from klynge.web.figures import numbers, periods, published, reading
from klynge.web.figures.cells import Cell
from klynge.web.figures.comparing import Comparison, Side
from klynge.web.figures.models import Indicator, PublishedSource
from klynge.web.figures.places import Place
from klynge.web.figures.reading import Desk
from klynge.web.figures.vocabulary import (
    CERTAINTY_ABOUT,
    CERTAINTY_TITLES,
    SEX_TITLES,
    Theme,
    notice,
)

register = template.Library()
register.filter("notice", notice)

SIGNS = {Side.ABOVE: "▲", Side.BELOW: "▼", Side.SAME: "≈"}
HEADLINES = ("pop_folketal", "pop_aldersandel", "forebyg_65", "genind_67", "psyk_patienter")


@register.simple_tag
def figure(cell: Cell | None, how: str = "") -> SafeString:
    """A figure's value; or "skjult" and the like, in full with `how="long"`."""
    if cell is None:
        return format_html('<span class="f-none">{}</span>', "–")
    if cell.has_value:
        return format_html("{}", cell.text)
    if how == "long" and cell.is_hidden:
        return format_html('<span class="f-none">{}</span>', _("skjult (små tal)"))
    return format_html('<span class="f-none" title="{}">{}</span>', cell.why, cell.text)


@register.simple_tag
def sign(comparison: Comparison | None) -> SafeString:
    """One sign for a comparison, its words for screen readers and as a tool tip."""
    if comparison is None or comparison.side is Side.UNKNOWN:
        return SafeString('<span class="f-sign"></span>')
    return format_html(
        '<span class="f-sign" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="k-visually-hidden"> {}</span></span>',
        comparison.words,
        SIGNS[comparison.side],
        comparison.words,
    )


@register.simple_tag
def certainty(indicator: Indicator, how: str = "") -> SafeString:
    """How near a definition is to an official one; nothing for one that follows its source."""
    mark = indicator.certainty
    if mark == "S":
        return SafeString("")
    return format_html(
        '<a class="f-certainty" href="{}#sikkerhed" title="{}">{}</a>',
        reverse("figures:definition", kwargs={"code": indicator.code}),
        CERTAINTY_ABOUT[mark],
        CERTAINTY_TITLES[mark] if how == "long" or mark == "K" else _("delvis"),
    )


@register.filter
def whole(number: int | None) -> str:
    """A count with its thousands apart."""
    return numbers.whole(number)


@register.filter
def share(number: float) -> str:
    """A share between 0 and 1 as per cent."""
    return numbers.share(number)


@register.filter
def sex_title(sex: str) -> str:
    """all, female or male in words."""
    return str(SEX_TITLES[sex])


@register.filter
def period_title(period: str) -> str:
    """A period in words."""
    return periods.title(period)


@register.filter
def place_address(place: Place) -> str:
    """Where a place's figures are."""
    return reverse("figures:place", kwargs={"kind": place.kind, "place": place.id})


@register.simple_tag(takes_context=True)
def theme_address(context: template.Context, place: Place, theme: Theme) -> str:
    """Where a theme of a place is, seen the way this page is seen."""
    address = reverse(
        "figures:theme", kwargs={"kind": place.kind, "place": place.id, "theme": theme.slug}
    )
    return address + _kept(context["request"])


@register.simple_tag(takes_context=True)
def indicator_address(
    context: template.Context, place: Place, indicator: Indicator, age: str = "all"
) -> str:
    """Where an indicator of a place is, seen the way this page is seen."""
    address = reverse(
        "figures:indicator",
        kwargs={"kind": place.kind, "place": place.id, "code": indicator.code},
    )
    parts = [_kept(context["request"]), f"alder={age.replace('+', '%2B')}" if age != "all" else ""]
    asked = "&".join(part.lstrip("?") for part in parts if part)
    return f"{address}?{asked}" if asked else address


@register.simple_tag(takes_context=True)
def compare_address(
    context: template.Context, place: Place, indicator: Indicator, age: str = "all"
) -> str:
    """Where a place is beside the others of its kind."""
    kind = place.kind if place.kind != "land" else "region"
    address = reverse("figures:compare", kwargs={"code": indicator.code})
    asked = f"?type={kind}&sted={place.kind}:{place.id}"
    asked += f"&alder={age.replace('+', '%2B')}" if age != "all" else ""
    kept = _kept(context["request"]).replace("?", "&")
    return address + asked + kept


def _kept(request: HttpRequest) -> str:
    """The reader's choice of measure follows along."""
    return "?maal=korrigeret" if request.GET.get("maal") == "korrigeret" else ""


@register.inclusion_tag("figures/_place_summary.html")
def place_figures_summary(kind: str, place: str, on: date) -> dict[str, Any]:
    """A few headline figures of a place and the way to the rest, for its own page.

    Nothing when there is no pack, or the pack does not know the place. Four queries at most.
    """
    desk = Desk.of(on)
    if desk is None:
        return {"desk": None}
    try:
        at = desk.places.place(kind, place)
    except UnknownPlace:
        return {"desk": None}
    wanted = [one for one in desk.indicators if one.code in HEADLINES] or desk.indicators[:4]
    wanted.sort(key=lambda one: HEADLINES.index(one.code) if one.code in HEADLINES else 99)
    lines = published.lines(at, desk.neighbours(at), on)[:3]
    return {
        "desk": desk,
        "place": at,
        "faces": [face for face in reading.faces(desk, at, wanted) if face.has_figures],
        "published": lines,
        "computed": any(line.own.figure.computed for line in lines),
    }


@register.simple_tag
def place_indicator_address(face: reading.Face) -> str:
    """Where one indicator of a place is, from a page that is not about figures."""
    address = reverse(
        "figures:indicator",
        kwargs={"kind": face.place.kind, "place": face.place.id, "code": face.code},
    )
    return address if face.age == "all" else f"{address}?{urlencode({'alder': face.age})}"


@register.inclusion_tag("figures/_published.html")
def published_table(place: Place, lines: list[published.PublishedLine]) -> dict[str, Any]:
    """Published figures of a place by source, with the terms of each and what Klynge computed."""
    told = [told for line in lines for told in (line.own, line.region, line.land) if told]
    groups: dict[PublishedSource, list[published.PublishedLine]] = {}
    for line in lines:
        groups.setdefault(line.source, []).append(line)
    return {
        "place": place,
        "groups": list(groups.items()),
        "with_region": place.kind not in ("region", "land"),
        "computed": any(one.figure.computed for one in told),
        "any_later": any(line.is_later for line in lines),
    }


@register.simple_tag
def own_mark(told: published.Told) -> SafeString:
    """The star of a figure Klynge computed, with how as a tool tip; nothing for another."""
    if not told.figure.computed:
        return SafeString("")
    return format_html(
        '<abbr class="f-own" title="{}">*<span class="k-visually-hidden"> {}</span></abbr>',
        told.method,
        _("egen beregning"),
    )


@register.simple_tag
def method_in_general() -> str:
    """How Klynge computes published figures for larger places."""
    return published.method_in_general()


@register.filter
def certainty_title(mark: str) -> str:
    """S, P or K in words."""
    return str(CERTAINTY_TITLES[mark])
