"""The page of where a place's citizens go from month to month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.web.figures import choices, flows, membership
from klynge.web.figures.reading import Desk
from klynge.web.figures.views.common import (
    NotThere,
    found_place,
    no_pack_page,
    places_address,
    unknown_page,
)
from klynge.web.figures.vocabulary import THEMES, age_title


@require_safe
def ways(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """The table of one year and age, with a bar for each origin."""
    desk = Desk.of(request.on)
    try:
        at = found_place(request, desk, kind, place)
    except NotThere as gone:
        return gone.page
    if desk is None:
        return no_pack_page(request)
    table = flows.table_of(desk.pack)
    years = flows.periods_of(table, desk.on) if table else []
    found = None
    age = period = ""
    if table and years:
        ages = list(table.entry["ages"])
        age = choices.choose(request, "alder", ages, ages[0])
        period = choices.choose(request, "periode", years, years[-1])
        found = flows.read(table, at, period=period, age=age)
    if table is None or found is None:
        return unknown_page(
            request,
            heading=_("Ingen veje at vise"),
            text=_(
                "Datapakken har ingen tabel over borgernes veje for dette sted på den valgte dato."
            ),
            links=[(places_address(at), at.name)],
        )
    context = {
        "desk": desk,
        "place": at,
        "table": found,
        "period": period,
        "ages": choices.options({one: _age(one) for one in table.entry["ages"]}, age),
        "age_title": _age(age),
        "years": choices.options({year: year for year in years}, period),
        "membership": membership.notes(desk.places, at, {"begge"}, desk.on),
        "all_themes": THEMES,
        "width": flows.WIDTH,
    }
    return render(request, "figures/flows.html", context)


def _age(age: str) -> str:
    return _("18 år og derover") if age == "all" else age_title(age)
