"""What several pages of this room do the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds.asking import Asking, Rows, asks_for_more

View = Callable[..., HttpResponse]
Crumb = tuple[str, str]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def only(permission: str) -> Callable[[View], View]:
    """Only for those with the permission; GET shows and POST sends."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            must(request, permission)
            return view(request, *args, **kwargs)

        return require_http_methods(["GET", "HEAD", "POST"])(guarded)

    return guard


def must(request: HttpRequest, permission: str, about: Any = None) -> None:
    """Raises PermissionDenied with words the reader understands."""
    if not request.user.has_perm(permission, about):
        raise PermissionDenied(_("Du har ikke adgang til denne del af midlerne."))


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it is empty; None when the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do it; or show on the page why it may not be done."""
    try:
        with transaction.atomic():
            do()
    except NotAllowed as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def ask(
    request: HttpRequest,
    form: Asking,
    do: Callable[[], object],
    *,
    heading: str,
    button: str,
    back: str,
    said: str,
    crumbs: Sequence[Crumb] = (),
    explains: str = "",
    tables: Sequence[tuple[str, Rows]] = (),
    **more: Any,
) -> HttpResponse:
    """A page with one form: shown, refused with the reasons, or done and back to where it was.

    do: what the rules are asked when everything can be read. `said`: what is told afterwards.
    tables: rows below the form, each with its heading.
    """
    data = posted(request)
    if data is not None and not asks_for_more(data):
        usable = all([form.is_valid(), *(rows.is_valid() for _title, rows in tables)])
        for title, rows in tables:
            for error in rows.errors:
                form.add_error(None, f"{title}: {error}")
        if usable and done(form, do):
            messages.success(request, said)
            return redirect(back)
    return form_page(
        request,
        form,
        heading=heading,
        button=button,
        back=back,
        crumbs=crumbs,
        explains=explains,
        tables=tables,
        **more,
    )


def form_page(
    request: HttpRequest,
    form: Asking,
    *,
    heading: str,
    button: str,
    back: str,
    crumbs: Sequence[Crumb] = (),
    explains: str = "",
    tables: Sequence[tuple[str, Rows]] = (),
    template: str = "funds/form.html",
    long: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page of a form; 422 when it was sent and refused."""
    more_rows = asks_for_more(request.POST) if request.method == "POST" else False
    refused = form.is_bound and not more_rows
    if more_rows:
        form.full_clean()
        form._errors = type(form.errors)()
    context = {
        "form": form.render_ready(),
        "tables": [(title, rows, rows.ready) for title, rows in tables],
        "heading": heading,
        "button": button,
        "back": back,
        "crumbs": crumbs,
        "explains": explains,
        "refused": refused,
        "long": long,
        **more,
    }
    return render(request, template, context, status=422 if refused else 200)
