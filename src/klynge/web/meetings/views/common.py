"""What the room's pages share: who may come in, doing something, the page of a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klynge.web.bodies import history
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.forms import Styled
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.standing import Body, body_called
from klynge.web.meetings import access
from klynge.web.meetings.models import Item, Meeting

View = Callable[..., HttpResponse]


def editor(view: View) -> View:
    """Only for the secretariat; GET shows the form and POST sends it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("meetings.edit"):
            raise PermissionDenied(_("Kun sekretariatet kan ændre møder og dagsordener."))
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


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


def body_or_404(kind: str, place: str) -> Body:
    """The body of an address; 404 for what never is."""
    body = body_called(kind, place)
    if body is None:
        raise Http404
    return body


def record_of(body: Body) -> BodyRecord | None:
    """What is recorded of a body; None when nothing is."""
    return history.find(*body.key)


def opened(request: HttpRequest, body: Body) -> BodyRecord:
    """The record of a body, made when it is not there."""
    return record_of(body) or bodies.open_body(by=None, kind=body.kind.id, place=body.place.id)


def no_record(request: HttpRequest, body: Body) -> HttpResponse:
    """Back to the body's meetings, with why there is nothing to lay dates for yet."""
    messages.info(request, _("Registrér organets medlemmer, før årets datoer lægges."))
    return redirect("meetings:body", kind=body.kind.id, place=body.place.id)


def body_of(record: BodyRecord) -> Body:
    """The body that is recorded; 404 when the law no longer knows it."""
    return body_or_404(record.kind, record.place)


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    """A meeting the user may know of."""
    return get_object_or_404(access.visible_meetings(request.user), pk=pk)


def item_or_404(request: HttpRequest, pk: int) -> Item:
    """An item the user may know of; whether it may be read is asked of `access`."""
    rows = Item.objects.select_related("meeting__body", "body", "recommended_by", "created_by")
    item = get_object_or_404(rows, pk=pk)
    if not access.reader_of_item(request.user, item).may_list(item):
        raise Http404
    return item


def form_page(
    request: HttpRequest, form: Styled, heading: str, button: str, cancel: str, **more: Any
) -> HttpResponse:
    """A page with one form; 422 when what was sent is refused."""
    context = {
        "form": form.render_ready(),
        "heading": heading,
        "button": button,
        "cancel": cancel,
        **more,
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form.html", context, status=status)
