"""Annexes and figures of an item: put on, taken off, fetched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.web.bodies import file_kinds, uploads
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures.models import Indicator
from klynge.web.figures.reading import Desk, faces
from klynge.web.figures.vocabulary import THEMES
from klynge.web.meetings import access, item_forms, rules
from klynge.web.meetings.models import Annex, FrozenFigure, Item
from klynge.web.meetings.views.common import (
    body_of,
    done,
    editor,
    form_page,
    item_or_404,
    posted,
)
from klynge.web.meetings.views.items import may_write, page

INLINE = ("application/pdf",)


@require_safe
def fetch(request: HttpRequest, uid: Any) -> HttpResponse:
    """An annex; for those who may not have it, it is not there."""
    annex = get_object_or_404(Annex.objects.select_related("item__meeting", "item__body"), uid=uid)
    if not access.may_fetch(annex, request.user):
        raise Http404
    try:
        content = annex.file.open("rb")
    except OSError:  # it is gone from the disk
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=annex.content_type not in INLINE,
        filename=annex.file_name,
        content_type=annex.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file on an item."""
    item = _writable(request, pk)
    form = item_forms.AnnexForm(posted(request), request.FILES or None)
    back = reverse("meetings:item", args=[pk])
    if too_large := uploads.refused(request):
        form.errors.clear()
        form.add_error("file", file_kinds.too_large(*too_large))
    elif form.is_valid() and done(
        form, lambda: rules.add_annex(by=request.user, item=item, **form.cleaned_data)
    ):
        messages.success(request, _("Bilaget er lagt på."))
        return redirect(back)
    return form_page(request, form, _("Nyt bilag"), _("Læg på"), back, body=body_of(item.body))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: Any) -> HttpResponse:
    """Call an annex something else, close it, replace its file, or take it off."""
    annex = get_object_or_404(Annex, uid=uid, replaced_at=None)
    item = _writable(request, annex.item_id)
    back = reverse("meetings:item", args=[item.pk])
    initial = {"name": annex.name, "closed": annex.closed}
    form = item_forms.AnnexNameForm(
        posted(request) if "name" in request.POST else None, initial=initial
    )
    if form.is_valid() and done(
        form, lambda: rules.name_annex(by=request.user, annex=annex, **form.cleaned_data)
    ):
        messages.success(request, _("Bilaget er rettet."))
        return redirect(back)
    return form_page(
        request, form, _("Ret bilaget"), _("Gem"), back, body=body_of(item.body), annex=annex
    )


@require_POST
def act(request: HttpRequest, uid: Any, what: str) -> HttpResponse:
    """Move an annex up or down, replace its file, or take it off."""
    annex = get_object_or_404(Annex, uid=uid, replaced_at=None)
    item = _writable(request, annex.item_id)
    by: Any = request.user
    try:
        if what == "fjern":
            rules.remove_annex(by=by, annex=annex)
        elif what in ("op", "ned"):
            rules.move_annex(by=by, annex=annex, steps=-1 if what == "op" else 1)
        elif what == "erstat":
            _replace(request, annex)
        else:
            raise Http404
    except NotAllowed as refused:
        return page(request, item, refused=refused.reasons)
    messages.success(request, _("Bilagene er ændret."))
    return redirect("meetings:item", item.pk)


@editor
def add_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a figure of the data pack and put it on the item as it is."""
    item = item_or_404(request, pk)
    desk = Desk.of(request.on)
    reasons: Any = ()
    if request.method == "POST":
        kind, _bar, place = request.POST.get("place", "").partition(":")
        try:
            made = rules.add_figure(
                by=request.user,
                item=item,
                indicator=request.POST.get("indicator", ""),
                place_kind=kind,
                place=place,
                period=request.POST.get("period", ""),
                standardised=request.POST.get("maal") == "korrigeret",
                on=request.on,
            )
            messages.success(
                request, _("{n} tal er sat på punktet, som de er nu.").format(n=len(made))
            )
            return redirect("meetings:item", pk)
        except NotAllowed as refused:
            reasons = refused.reasons
    context = {
        "item": item,
        "body": body_of(item.body),
        "desk": desk,
        "reasons": reasons,
        **(_choices(request, desk, item) if desk else {}),
    }
    return render(request, "meetings/add_figure.html", context, status=422 if reasons else 200)


@require_POST
@editor
def remove_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure off an item."""
    figure = get_object_or_404(FrozenFigure.objects.select_related("item"), pk=pk)
    item = figure.item
    try:
        rules.remove_figure(by=request.user, figure=figure)
    except NotAllowed as refused:
        return page(request, item, refused=refused.reasons)
    messages.success(request, _("Tallet er taget af punktet."))
    return redirect("meetings:item", item.pk)


@require_safe
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing of a frozen figure; for those who may not see the item, it is not there."""
    figure = get_object_or_404(FrozenFigure.objects.select_related("item__meeting"), pk=pk)
    if not figure.svg or not access.may_see(figure.item, request.user):
        raise Http404
    response = HttpResponse(figure.svg, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _writable(request: HttpRequest, pk: int) -> Item:
    item = item_or_404(request, pk)
    if not may_write(request, item):
        raise PermissionDenied(_("Kun sekretariatet kan ændre punktet nu."))
    return item


def _replace(request: HttpRequest, annex: Annex) -> None:
    if too_large := uploads.refused(request):
        raise NotAllowed(file_kinds.too_large(*too_large))
    file = request.FILES.get("file")
    if file is None:
        raise NotAllowed(_("Vælg den nye fil."))
    rules.replace_annex(by=request.user, annex=annex, file=file)


def _choices(request: HttpRequest, desk: Desk, item: Item) -> dict[str, Any]:
    """Indicators by theme, the places near the body, and a look at what is chosen."""
    asked = request.POST or request.GET
    places = _places(desk, item)
    chosen = asked.get("place") or places[0][0]
    code = asked.get("indicator", "")
    face = None
    if code:
        kind, _bar, id = chosen.partition(":")
        try:
            at = desk.places.place(kind, id)
            standardised = asked.get("maal") == "korrigeret"
            face = faces(desk, at, [desk.indicator(code)], standardised=standardised)[0]
        except (Indicator.DoesNotExist, LookupError):
            face = None
    return {
        "themes": [(t, [i for i in desk.indicators if i.theme == t.code]) for t in THEMES],
        "places": places,
        "chosen_place": chosen,
        "chosen_indicator": code,
        "chosen_period": asked.get("period", ""),
        "standardised": asked.get("maal") == "korrigeret",
        "face": face,
    }


def _places(desk: Desk, item: Item) -> list[tuple[str, str]]:
    """The body's own place, its kommuner, its region and the country."""
    record = item.body
    kommuner = desk.places.kommuner((record.place_kind, record.place), "somatik")
    keys = [(record.place_kind, record.place), *(("kommune", code) for code in kommuner)]
    own = desk.places.place(*keys[0])
    keys += [place.key for place in desk.neighbours(own)]
    return [(f"{kind}:{id}", desk.places.place(kind, id).name) for kind, id in dict.fromkeys(keys)]
