"""Bring saved answers of FirstAgenda in: choose the files, look them through, save."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from klynge.faults import BadInput, Fault
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.exchange import bringing_in
from klynge.web.publishing.views import must_publish

SALT = "klynge.publishing.bring_in"
LARGEST = 20 * 1024 * 1024  # all the answers together; annexes come through the command
AN_HOUR = 60 * 60


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """Several files in one field, each as one file is."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(_Files, self).clean(each, initial) for each in given or [None]]


class BringInForm(forms.Form):
    """The answers as files, and whose they are when their names do not tell."""

    body = forms.ModelChoiceField(
        label=gettext_lazy("Hvilket organ?"),
        queryset=BodyRecord.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("Find det efter udvalgets navn"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    files = _Files(
        label=gettext_lazy("Gemte svar (JSON)"),
        widget=_Several(attrs={"class": "form-input", "accept": ".json"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """One page in three steps; nothing is saved before the last."""
    must_publish(request)
    if "confirmed" in request.POST:
        return _save(request)
    form = BringInForm(request.POST or None, request.FILES or None)
    context: dict = {"form": form, "lines": None, "refused": None}
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        try:
            documents = _uploaded(request)
            context["lines"] = bringing_in.plan(documents, body=body)
            context["packed"] = _packed(documents, body)
        except BadInput as refused:
            context["refused"] = refused
    return render(request, "publishing/bring_in.html", context)


def _save(request: HttpRequest) -> HttpResponse:
    try:
        documents, body = _unpacked(request.POST["confirmed"])
        lines = bringing_in.plan(documents, body=body)
        saved = bringing_in.bring_in(by=request.user, lines=lines)
    except signing.BadSignature:
        messages.error(request, _("Siden var for gammel. Vælg filerne igen."))
        return redirect("publishing:bring_in")
    except (BadInput, NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect("publishing:bring_in")
    told = ngettext("{n} møde er indlæst.", "{n} møder er indlæst.", len(saved))
    messages.success(request, told.format(n=len(saved)))
    return redirect("publishing:overview")


def _uploaded(request: HttpRequest) -> list[tuple[str, bytes]]:
    uploads = request.FILES.getlist("files")
    if sum(each.size for each in uploads) > LARGEST:
        raise BadInput(
            _("Filerne er for store til siden."),
            [
                Fault(
                    _("de valgte filer"),
                    _("De fylder mere end 20 MB tilsammen."),
                    _("Højst 20 MB ad gangen."),
                    _(
                        "Tag færre ad gangen, eller bed den, der driver siden, om at indlæse dem"
                        " samlet."
                    ),
                )
            ],
        )
    return [(each.name, each.read()) for each in uploads]


def _packed(documents: list[tuple[str, bytes]], body: BodyRecord | None) -> str:
    """What was looked through, signed: what is saved is what was shown."""
    texts = [[name, content.decode("utf-8-sig")] for name, content in documents]
    told = json.dumps([texts, body.pk if body else None])
    return signing.dumps(base64.b64encode(zlib.compress(told.encode(), 9)).decode(), salt=SALT)


def _unpacked(packed: str) -> tuple[list[tuple[str, bytes]], BodyRecord | None]:
    told = signing.loads(packed, salt=SALT, max_age=AN_HOUR)
    texts, key = json.loads(zlib.decompress(base64.b64decode(told)))
    body = BodyRecord.objects.filter(pk=key).first() if key else None
    return [(name, text.encode()) for name, text in texts], body
