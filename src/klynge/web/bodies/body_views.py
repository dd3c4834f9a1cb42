"""The pages that show bodies and people: one body, one person, Denmark, and what can be fetched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge import structure
from klynge.structure import handbook
from klynge.web.bodies import (
    cadence,
    clock,
    deciding,
    duties,
    exporting,
    following,
    handover_reading,
    history,
    overview,
    panels,
    papers,
    secretariat_rules,
)
from klynge.web.bodies.forms import ContactForm, Styled, UserForm
from klynge.web.bodies.models import FILLS_NO_SEAT, BodyDocument, Person
from klynge.web.bodies.pages import nearest_day
from klynge.web.bodies.standing import Body, body_called, standing_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def body_or_404(kind: str, place: str) -> Body:
    """The body of an address; 404 for what never is."""
    body = body_called(kind, place)
    if body is None:
        raise Http404
    return body


@require_safe
def body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A body: who sits, for whom, what the law says of it, and what has happened."""
    found = body_or_404(kind, place)
    seen, known_on = found.nearest_day(request.on), _known_on(request)
    moment = clock.end_of(known_on) if known_on else None
    record = history.find(kind, place)
    rows = history.known(record, moment)
    seated = [row for row in rows if row.holds_on(seen)]
    names = {row.key: row.person.name for row in rows}
    context = {
        "body": found,
        "seen": seen,
        "exists": found.exists(request.on),
        "known_on": known_on,
        "standing": standing_of(found, seen, record, moment),
        "members": [row for row in seated if row.role not in FILLS_NO_SEAT],
        "others": [row for row in seated if row.role in FILLS_NO_SEAT],
        "coming": [row for row in rows if row.valid_from > seen],
        "names": names,
        "agreements": [row for row in history.deviations(record, moment) if row.holds_on(seen)],
        "timeline": () if known_on else history.timeline(record, seen),
        "documents": history.documents(record, seen, moment),
        "document_kinds": BodyDocument.Kind.choices,
        "topics": deciding.topics(kind, seen),
        "meetings": deciding.meetings(kind, seen),
        "cadence": cadence.of_body(found, seen),
        "before": following.before(found),
        "after": following.after(found),
        "services": secretariat_rules.serving(record, seen),
        "handed_over": handover_reading.of_body(record),
        "panels": () if known_on else panels.of_body(found, request.on, request.user),
        "may_edit": not known_on and request.user.has_perm("bodies.edit_members"),
    }
    return render(request, "bodies/body.html", context)


@require_safe
def handbook_page(request: HttpRequest) -> HttpResponse:
    """The handbook for a new member."""
    return render(request, "bodies/handbook.html", {"sections": handbook.sections()})


@require_safe
def every_body(request: HttpRequest) -> HttpResponse:
    """Denmark: how every body's composition stands on the chosen date, by region."""
    found = overview.denmark(request.on)
    return render(request, "bodies/overview.html", {"overview": found})


@require_safe
def region(request: HttpRequest, place: str) -> HttpResponse:
    """A region: every klynge or sundhedsråd under its SSU, with state, vacancies, meetings."""
    try:
        where = structure.place("region", place)
    except structure.UnknownPlace:
        raise Http404 from None
    seen = nearest_day(where, request.on)
    context = {
        "overview": overview.of_region(where, seen),
        "region": where,
        "seen": seen,
        "meetings_known": cadence.is_known(),
    }
    return render(request, "bodies/region.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: every seat, now, before and later. Contact details only for the secretariat."""
    return person_page(request, get_object_or_404(Person, pk=pk))


def person_page(
    request: HttpRequest, found: Person, *, status: int = 200, **forms: Styled
) -> HttpResponse:
    """The page of a person; `forms`: those that were refused, in place of fresh ones."""
    may_edit = request.user.has_perm("bodies.edit_members")
    context: dict[str, Any] = {
        "person": found,
        "seats": overview.seats(history.seats_of([found.pk]), request.on),
        "duties": duties.of_person(found, request.user, request.on),
        "panels": panels.of_person(found, request.on, request.user),
        "may_edit": may_edit,
    }
    if may_edit:
        fresh = UserForm(person=found, initial={"user": found.user_id})
        context["user_form"] = fresh.render_ready()
    if request.user.has_perm("bodies.see_contacts"):
        contact = getattr(found, "contact", None)
        context["contact_form"] = ContactForm(
            initial={name: getattr(contact, name, "") for name in ("email", "phone", "note")}
        ).render_ready()
    return render(request, "bodies/person.html", context | forms, status=status)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a kommissorium or forretningsorden, with what the law says beside it."""
    found = get_object_or_404(BodyDocument.objects.select_related("body", "recorded_by"), pk=pk)
    where = body_or_404(found.body.kind, found.body.place)
    on = where.nearest_day(max(request.on, found.valid_from))
    context = {
        "document": found,
        "body": where,
        "parts": [
            {
                "field": field,
                "text": found.texts.get(field.id, ""),
                "numbers": papers.said(found, field),
                "law": papers.law_about(field, where.kind.id, on),
            }
            for field in papers.fields(found.kind)
        ],
        "versions": BodyDocument.objects.filter(body=found.body, kind=found.kind),
    }
    return render(request, "bodies/document.html", context)


@require_safe
def export(request: HttpRequest, kind: str, place: str, form: str) -> HttpResponse:
    """The members on the chosen date, as CSV, XLSX or Popolo JSON."""
    found = body_or_404(kind, place)
    rows = history.as_of(history.find(kind, place), found.nearest_day(request.on))
    name = f"{slugify(found.kind.id)}-{found.place.id}-{found.nearest_day(request.on)}.{form}"
    if form == "json":
        response: HttpResponse = JsonResponse(
            exporting.as_popolo(found, rows), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    elif form == "xlsx":
        response = HttpResponse(exporting.as_xlsx(rows, _("Medlemmer")), content_type=XLSX)
    else:
        response = HttpResponse(exporting.as_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _known_on(request: HttpRequest) -> date | None:
    """The day as it was known on, when one was asked for; what is no day is left out."""
    try:
        return datetime.strptime(request.GET.get("kendt", ""), "%Y-%m-%d").date()
    except ValueError:
        return None
