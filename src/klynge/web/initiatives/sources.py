"""Where an initiative's figures come from: in words, and where they can be looked at."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from klynge import structure
from klynge.structure import UnknownPlace
from klynge.web.figures.models import Indicator, Pack
from klynge.web.initiatives.models import Initiative


def place_name(kind: str, place: str) -> str:
    """What a place is called; its id when nobody knows it."""
    try:
        return structure.place(kind, place).name
    except UnknownPlace:
        return place


def indicator_title(code: str) -> str:
    """What an indicator is called in the pack that is shown; its code when that has it not."""
    pack = Pack.objects.current()
    found = Indicator.objects.filter(pack=pack, code=code).first() if pack and code else None
    return found.title if found else code


def figure_of(one: Initiative) -> dict[str, str] | None:
    """The figure that began it, and where it can be looked at."""
    if not one.need_indicator:
        return None
    address = reverse(
        "figures:indicator",
        kwargs={
            "kind": one.need_place_kind,
            "place": one.need_place,
            "code": one.need_indicator,
        },
    )
    pack = Pack.objects.filter(seal=one.need_pack).first()
    return {
        "title": indicator_title(one.need_indicator),
        "place": place_name(one.need_place_kind, one.need_place),
        "period": one.need_period,
        "address": f"{address}?{urlencode({'periode': one.need_period, 'alder': one.need_age})}",
        "definition": reverse("figures:definition", kwargs={"code": one.need_indicator}),
        "pack": str(pack) if pack else one.need_pack[:12],
        "pack_address": reverse("figures:pack", args=[pack.pk]) if pack else "",
    }
