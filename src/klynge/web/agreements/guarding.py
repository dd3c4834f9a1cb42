"""What every page of the room that changes something has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from klynge.web.agreements import rights
from klynge.web.bodies import file_kinds, uploads
from klynge.web.bodies.forms import Styled
from klynge.web.bodies.reasons import NotAllowed

View = Callable[..., HttpResponse]


def editor(view: View) -> View:
    """Only for those who may change agreements; GET shows the form and POST sends it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("agreements.edit"):
            raise PermissionDenied(rights.refusal())
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


def form_page(
    request: HttpRequest,
    form: Styled,
    change: Callable[[], Any],
    *,
    back: str,
    done: str,
    heading: str,
    **more: Any,
) -> HttpResponse:
    """Show a form, or do what it asks and go `back`; what the rules refuse is shown on it."""
    form.render_ready()
    if too_large := uploads.refused(request):
        form.errors.clear()
        form.add_error("file", file_kinds.too_large(*too_large))
    elif form.is_valid():
        try:
            change()
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "heading": heading, "back": back, **more}
    return render(request, "agreements/form.html", context)


def pressed(request: HttpRequest, change: Callable[[], Any], *, back: str, done: str):
    """Do what a button without a form asks; the reasons against it are shown where it leads."""
    if request.method == "POST":
        try:
            change()
        except NotAllowed as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
        else:
            messages.success(request, done)
    return redirect(back)
