"""What is done to an item by one press: moved, taken off, put on, sent on, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klynge.web.bodies import asked
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import access, item_forms, rules, wheel, year_plan
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.views import items
from klynge.web.meetings.views import meeting as meetings
from klynge.web.meetings.views.common import (
    body_of,
    done,
    editor,
    form_page,
    item_or_404,
    meeting_or_404,
    posted,
)

SIMPLE: dict[str, tuple[Callable[..., Any], str]] = {
    "tag-af": (rules.withdraw_item, _("Punktet er taget af dagsordenen.")),
    "vent": (rules.back_to_backlog, _("Punktet er lagt tilbage på emnelisten.")),
    "klar": (lambda **k: rules.mark(**k, ready=True), _("Punktet er meldt klar.")),
    "ikke-klar": (lambda **k: rules.mark(**k, ready=False), _("Punktet er ikke længere klar.")),
    "igen": (rules.take_up_again, _("Sagen ligger på emnelisten til et senere møde.")),
}


@require_POST
@editor
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the things that need no form."""
    item = item_or_404(request, pk)
    if what not in SIMPLE:
        raise Http404
    do, told = SIMPLE[what]
    try:
        do(by=request.user, item=item)
    except NotAllowed as refused:
        return items.page(request, item, refused=refused.reasons)
    messages.success(request, _(told))
    return _back(request, item)


@require_POST
@editor
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda of a meeting."""
    item = item_or_404(request, pk)
    meeting = get_object_or_404(Meeting, pk=asked.key(request.POST.get("meeting")))
    try:
        if item.is_released:
            rules.take_up_again(by=request.user, item=item, meeting=meeting)
        else:
            rules.put_on_agenda(by=request.user, item=item, meeting=meeting)
    except NotAllowed as refused:
        return items.page(request, item, refused=refused.reasons)
    messages.success(request, _("Punktet er sat på dagsordenen."))
    return redirect("meetings:meeting", meeting.pk)


@require_POST
@editor
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item up or down: `up` or `down` holds its key. Without script, too."""
    meeting = meeting_or_404(request, pk)
    way = "up" if "up" in request.POST else "down"
    item = get_object_or_404(Item, pk=asked.key(request.POST.get(way)), meeting=meeting)
    try:
        rules.move_item(by=request.user, item=item, steps=-1 if way == "up" else 1)
    except NotAllowed as refused:
        return meetings.page(request, meeting, refused=refused.reasons)
    return redirect(reverse("meetings:meeting", args=[pk]) + f"#punkt-{item.pk}")


@require_POST
@editor
def reorder(request: HttpRequest, pk: int) -> HttpResponse:
    """The order after a drag: `order` is the keys, with commas. Answers with what to read aloud."""
    meeting = meeting_or_404(request, pk)
    written = map(asked.key, request.POST.get("order", "").split(","))
    order = [key for key in written if key is not None]
    try:
        rules.reorder(by=request.user, meeting=meeting, order=order)
    except NotAllowed as refused:
        return JsonResponse({"told": str(refused)}, status=422)
    return JsonResponse({"told": _("Rækkefølgen er gemt.")})


@editor
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an item, also one that has gone out."""
    item = item_or_404(request, pk)
    initial = {"because": item.closed_because, "public_title": item.public_title}
    form = item_forms.CloseForm(posted(request), initial=initial)
    back = reverse("meetings:item", args=[pk])
    if form.is_valid() and done(
        form, lambda: rules.close_item(by=request.user, item=item, **form.cleaned_data)
    ):
        messages.success(request, _("Punktet er lukket."))
        return redirect(back)
    explains = _(
        "Punktet lukkes med det samme, også hvis det er sendt ud. Andre end medlemmerne ser kun den"
        " offentlige titel."
    )
    return form_page(
        request,
        form,
        _("Luk punktet"),
        _("Luk punktet"),
        back,
        body=body_of(item.body),
        explains=explains,
    )


@editor
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an item to another body."""
    item = item_or_404(request, pk)
    form = item_forms.ForwardForm(posted(request), choices=_receivers(item))
    back = reverse("meetings:item", args=[pk])

    def do() -> None:
        kind, _bar, place = form.cleaned_data["to"].partition("|")
        to = bodies.open_body(by=None, kind=kind, place=place)
        rules.forward_item(by=request.user, item=item, to=to, why=form.cleaned_data["why"])

    if form.is_valid() and done(form, do):
        messages.success(request, _("Punktet er sendt videre og ligger på modtagerens emneliste."))
        return redirect(back)
    explains = _(
        "Tekst, bilag og tal følger med, som de er. Det, der er lukket, bliver ved med det."
    )
    return form_page(
        request,
        form,
        _("Send punktet videre"),
        _("Send videre"),
        back,
        body=body_of(item.body),
        explains=explains,
    )


def _receivers(item: Item) -> list[tuple[str, str]]:
    """The bodies around, the one this body works towards first; then those around it in turn."""
    body = body_of(item.body)
    year = (item.meeting.day if item.meeting else access.today()).year
    around = wheel.bodies_around(body.place, year)
    if body.place.kind == "region":
        from klynge import structure

        around += [
            each
            for kind in ("klynge", "sundhedsraad")
            for place in structure.places(kind, access.today())
            if place.region == body.place.id
            for each in wheel.bodies_around(place, year)
        ]
    found = {each.key: each.name for each in around if each.key != body.key}
    towards = year_plan.works_towards(item.body)
    first = (towards.kind, towards.place) if towards else None
    keys = sorted(found, key=lambda key: key != first)
    return [(f"{kind}|{place}", found[kind, place]) for kind, place in keys]


def _back(request: HttpRequest, item: Item) -> HttpResponse:
    if request.POST.get("from") == "meeting" and item.meeting_id:
        return redirect("meetings:meeting", item.meeting_id)
    return redirect("meetings:item", item.pk)
