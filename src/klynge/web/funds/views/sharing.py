"""Sharing out a frame: the keys beside each other, and the one that is adopted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import comparing, drawing, exporting_keys, forms, ledger, needs, sharing_rules
from klynge.web.funds.asking import Rows, asks_for_more
from klynge.web.funds.models import Key, Sharing
from klynge.web.funds.views.common import ask, form_page, must, only, posted
from klynge.web.funds.views.pools import crumbs_of, pool_or_404

DRAWN = 24 * 60 * 60


@only("funds.administer")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin weighing keys about an amount of a pool."""
    pool = pool_or_404(pk)
    left = ledger.totals([pool])[pool.pk]["free"]
    kind = "klynge" if pool.body.place_kind == "region" else "kommune"
    initial = {
        "amount": left,
        "place_kind": kind,
        "name": _("Fordeling af {pool}").format(pool=pool),
    }
    form = forms.SharingForm(posted(request), pool=pool, on=request.on, initial=initial)
    made: list[Sharing] = []

    def do() -> None:
        made[:] = [
            sharing_rules.begin_sharing(
                by=request.user,
                pool=pool,
                name=form.cleaned_data["name"],
                amount=form.cleaned_data["amount"],
                place_kind=form.cleaned_data["place_kind"],
                places=form.chosen(),
                on=request.on,
            )
        ]

    page = ask(
        request,
        form,
        do,
        heading=_("Ny fordeling"),
        button=_("Sammenlign nøgler"),
        back=reverse("funds:pool", args=[pool.pk]),
        said=_("Fordelingen er begyndt. Læg nøgler ved siden af hinanden."),
        crumbs=crumbs_of(pool),
        kind=pool.name,
        explains=_("Der flyttes ingen penge, før en nøgle er vedtaget."),
    )
    return redirect("funds:sharing", pk=made[0].pk) if made else page


@require_safe
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """What each place would get by each key."""
    must(request, "funds.see")
    found = _sharing_or_404(pk)
    compared = comparing.compare(found)
    language = "en" if translation.get_language() == "en" else "da"
    context = {
        "sharing": found,
        "pool": found.pool,
        "compared": compared,
        "picture": drawing.address(found, compared, language) if compared.keys else "",
        "picture_words": comparing.in_words(compared),
        "may_administer": request.user.has_perm("funds.administer"),
        "crumbs": crumbs_of(found.pool),
    }
    return render(request, "funds/sharing.html", context)


@require_safe
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys drawn beside each other."""
    must(request, "funds.see")
    found = _sharing_or_404(pk)
    language = "en" if request.GET.get("sprog") == "en" else "da"
    with translation.override(language):
        compared = comparing.compare(found)
        if not compared.keys:
            raise Http404
        name = drawing.hash_of(compared, language)
        drawn = cache.get_or_set(
            f"funds-keys-{name}", lambda: drawing.svg(compared, language), DRAWN
        )
    response = HttpResponse(drawn, content_type="image/svg+xml")
    right = request.GET.get("v") == name
    response["Cache-Control"] = "private, max-age=31536000, immutable" if right else "no-cache"
    return response


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys beside each other as CSV."""
    must(request, "funds.see")
    found = _sharing_or_404(pk)
    response = HttpResponse(
        exporting_keys.as_csv(comparing.compare(found)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="fordeling-{found.pk}.csv"'
    return response


@only("funds.administer")
def add_key(request: HttpRequest, pk: int) -> HttpResponse:
    """A further key."""
    found = _sharing_or_404(pk)
    data = posted(request)
    asked = sharing_rules.asked_of(found)
    form = forms.KeyForm(data, shared=found, initial={"method": "equal"})
    chooses = found.place_kind != Sharing.Kind.PARTNER
    need = Rows(
        forms.NeedRow, "behov", data=data, figures=needs.choices(found.on) if chooses else []
    )
    ages = forms.AgesForm(data, on=found.on)
    names = [(place, asked.name(place)) for place in found.places]
    # Bound only when it is asked for, so that a key of another kind shows no faults in it.
    uses_own = data is not None and data.get("method") == Key.Method.OWN
    own = forms.OwnForm(data if uses_own else None, places=names)
    if data is not None and not asks_for_more(data) and form.is_valid():
        method = form.cleaned_data["method"]
        if _parameters_are_usable(form, method, need, ages, own):
            try:
                with transaction.atomic():
                    sharing_rules.add_key(
                        by=request.user,
                        sharing=found,
                        name=form.cleaned_data["name"],
                        method=method,
                        asked=_asked(method, need, ages, own),
                    )
                messages.success(request, _("Nøglen er lagt ved siden af de andre."))
                return redirect("funds:sharing", pk=found.pk)
            except NotAllowed as refused:
                for reason in refused.reasons:
                    form.add_error(None, reason)
    return form_page(
        request,
        form,
        heading=_("Ny nøgle"),
        button=_("Beregn nøglen"),
        back=reverse("funds:sharing", args=[found.pk]),
        crumbs=(*crumbs_of(found.pool), (found.name, reverse("funds:sharing", args=[found.pk]))),
        kind=found.name,
        explains=_("Ingen nøgle er officiel. Vælg en, og se, hvad hver ville få."),
        template="funds/key_form.html",
        need=need,
        need_rows=need.ready,
        ages=ages.render_ready(),
        own=own.render_ready(),
        chooses=chooses,
    )


@require_POST
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a key out of the comparison."""
    must(request, "funds.administer")
    key = get_object_or_404(Key.objects.select_related("sharing"), pk=pk)
    try:
        sharing_rules.remove_key(by=request.user, key=key)
        messages.success(request, _("Nøglen er taget ud."))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("funds:sharing", pk=key.sharing_id)


@only("funds.administer")
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """The body chose a key: the money moves."""
    key = get_object_or_404(Key.objects.select_related("sharing__pool__body"), pk=pk)
    found = key.sharing
    today = ledger.today()
    form = forms.AdoptForm(posted(request), initial={"decided_on": today, "valid_on": today})
    pools = found.place_kind in sharing_rules.BODY_OF
    explains = (
        _("Hvert sted får sin egen pulje med de samme vilkår, og pengene flyttes derhen.")
        if pools
        else _("Hver part får sin andel udbetalt fra puljen.")
    )
    return ask(
        request,
        form,
        lambda: sharing_rules.adopt_key(by=request.user, key=key, **form.cleaned_data),
        heading=_("Vedtag nøglen “{key}”").format(key=key.name),
        button=_("Fordel pengene"),
        back=reverse("funds:sharing", args=[found.pk]),
        said=_("Fordelingen er vedtaget og bogført."),
        crumbs=(*crumbs_of(found.pool), (found.name, reverse("funds:sharing", args=[found.pk]))),
        kind=found.name,
        explains=explains,
    )


def _parameters_are_usable(
    form: forms.KeyForm, method: str, need: Rows, ages: forms.AgesForm, own: forms.OwnForm
) -> bool:
    """Whether the part of the form that the method asks for can be read."""
    if method == Key.Method.NEED:
        usable = need.is_valid()
        for error in need.errors:
            form.add_error(None, error)
        return usable
    if method == Key.Method.AGE:
        return ages.is_valid()
    if method == Key.Method.OWN and not own.is_valid():
        form.add_error(None, _("Skriv et tal for hvert sted, og hvor tallene kommer fra."))
        return False
    return True


def _asked(method: str, need: Rows, ages: forms.AgesForm, own: forms.OwnForm) -> dict[str, Any]:
    if method == Key.Method.NEED:
        chosen = [
            {
                "code": row["figure"].partition("|")[0],
                "age": row["figure"].partition("|")[2],
                "weight": row["weight"].strip(),
            }
            for row in need.values
        ]
        return {"indicators": chosen}
    if method == Key.Method.AGE:
        return {"code": ages.code, "ages": ages.weights()}
    if method == Key.Method.OWN:
        return {"figures": own.figures(), "source": own.cleaned_data["source"]}
    return {}


def _sharing_or_404(pk: int) -> Sharing:
    found: Sharing = get_object_or_404(
        Sharing.objects.select_related("pool__body", "adopted", "entry"), pk=pk
    )
    return found
