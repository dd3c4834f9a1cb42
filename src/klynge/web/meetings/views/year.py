"""The year's wheel, the proposal for a year's dates, and a body's rhythm."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klynge import structure
from klynge.web.bodies import asked, kinds
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.standing import Body
from klynge.web.meetings import collisions, days_off, deadlines, forms, rules, wheel, year_plan
from klynge.web.meetings.models import Meeting, Rhythm
from klynge.web.meetings.views.common import (
    body_or_404,
    done,
    editor,
    form_page,
    no_record,
    opened,
    posted,
    record_of,
)
from klynge.web.meetings.views.overview import my_bodies

FIRST_YEAR, LAST_YEAR = 2022, 2040
AUTUMN = 9


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A klynge's or sundhedsråd's year: both levels and the SSU in one view."""
    year = _year(request.GET.get("aar", ""), request.on.year)
    place = _place(request, year)
    bodies = wheel.bodies_around(place, year) if place else []
    records = BodyRecord.objects.filter(
        place__in={body.place.id for body in bodies}, kind__in={body.kind.id for body in bodies}
    )
    context = {
        "year": year,
        "years": [n for n in (year - 1, year + 1) if FIRST_YEAR <= n <= LAST_YEAR],
        "place": place,
        "places": structure.places(_kind(year), date(year, 6, 30)),
        "wheel": wheel.of(bodies, list(records), year, request.user),
        "may_edit": request.user.has_perm("meetings.edit"),
        "weekdays": list(WEEKDAYS.values()),
        "time_to_propose": request.on.month >= AUTUMN and year == request.on.year,
    }
    return render(request, "meetings/wheel.html", context)


@editor
def propose(request: HttpRequest, kind: str, place: str, year: int) -> HttpResponse:
    """The proposal for a body's year: looked through, changed, and laid."""
    body = body_or_404(kind, place)
    year = _year(str(year), request.on.year)
    record = record_of(body)
    if record is None:
        return no_record(request, body)
    Dates = formset_factory(forms.ProposedDateForm, extra=1, max_num=52)
    initial = [_initial(each) for each in year_plan.propose(record, year)]
    dates = Dates(posted(request), initial=[] if request.method == "POST" else initial)
    reasons: tuple[str, ...] = ()
    if request.method == "POST" and dates.is_valid():
        times = [form.times() for form in dates if form.cleaned_data.get("keep")]
        chosen = "chosen_days_off" in request.POST
        try:
            rules.propose_year(by=request.user, body=record, times=times, on_days_off=chosen)
            messages.success(request, _("Datoerne er foreslået."))
            return redirect("meetings:propose", kind=kind, place=place, year=year)
        except NotAllowed as refused:
            reasons = tuple(refused.reasons)
    for form in dates:
        form.render_ready()
    there = list(year_plan.of_year(record, year))
    context = {
        "body": body,
        "year": year,
        "habit": year_plan.habit(record, year),
        "dates": dates,
        "rows": [(form, _remarks(record, form)) for form in dates],
        "there": [(m, collisions.with_others(record, m.begins_at, m.ends_at)) for m in there],
        "proposed": [m for m in there if m.state == Meeting.State.PROPOSED],
        "towards": _towards(record, year),
        "reasons": reasons,
        "next_year": year + 1 if year <= request.on.year else None,
        "ahead": deadlines.days_ahead(record, date(year, 1, 1)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/propose.html", context, status=status)


@require_POST
@editor
def settle(request: HttpRequest, kind: str, place: str, year: int) -> HttpResponse:
    """Every proposed date of the year becomes a meeting."""
    body = body_or_404(kind, place)
    try:
        laid = rules.settle_year(by=request.user, body=opened(request, body), year=year)
        messages.success(request, _("{n} møder er fastsat.").format(n=len(laid)))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("meetings:propose", kind=kind, place=place, year=year)


@editor
def rhythm(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """When a body usually meets."""
    body = body_or_404(kind, place)
    record = record_of(body)
    found = Rhythm.objects.filter(body=record).first() if record else None
    initial = forms.RhythmForm.initial_of(found or Rhythm())
    form = forms.RhythmForm(posted(request), initial=initial)

    def do() -> None:
        rules.save_rhythm(by=request.user, body=opened(request, body), **form.cleaned_data)

    cancel = reverse("meetings:body", kwargs={"kind": kind, "place": place})
    if form.is_valid() and done(form, do):
        messages.success(request, _("Rytmen er gemt."))
        return redirect(cancel)
    explains = _(
        "Bruges, når der foreslås datoer, og når fristerne regnes ud. Det, forretningsordenen"
        " fastsætter, går forud. Tomme frister: fire, to og en uge før mødet."
    )
    return form_page(request, form, _("Organets rytme"), _("Gem"), cancel, body=body,
                     explains=explains)  # fmt: skip


def _kind(year: int) -> str:
    found = kinds.organising(date(year, 12, 31))
    return found if found != kinds.REGION else kinds.KLYNGE


def _place(request: HttpRequest, year: int) -> structure.Place | None:
    """The place asked for, else the first one the reader sits in, else the first there is."""
    there = {place.id: place for place in structure.places(_kind(year), date(year, 6, 30))}
    wanted = request.GET.get("sted", "")
    if wanted:
        if wanted not in there:
            raise Http404
        return there[wanted]
    mine = [body.place for body in my_bodies(request.user) if body.place in there]
    known = mine or BodyRecord.objects.filter(
        place__in=there, meetings__isnull=False
    ).order_by("pk").values_list("place", flat=True)[:1]  # fmt: skip
    first = next(iter(known), None) or next(iter(there), None)
    return there[first] if first else None


def _year(text: str, usual: int) -> int:
    if not text:
        return usual
    year = asked.key(text)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def _initial(each: year_plan.Date) -> dict[str, Any]:
    begins, ends = timezone.localtime(each.begins_at), timezone.localtime(each.ends_at)
    return {"keep": True, "day": begins.date(), "begins": begins.time(), "ends": ends.time()}


def _remarks(record: BodyRecord, form: forms.ProposedDateForm) -> list[str]:
    """What to know of a date in the list: a day off, somebody who is elsewhere."""
    day = form["day"].value()
    if isinstance(day, str) or not day or not form["begins"].value():
        return []
    found = [why] if (why := days_off.why_not(day)) else []
    begins, ends = forms.at(day, form["begins"].value()), forms.at(day, form["ends"].value())
    for each in collisions.with_others(record, begins, ends):
        other = each.other if each.one.pk is None else each.one
        people = ", ".join(person.name for person in each.people)
        found.append(_("Samtidig med {meeting}: {people}").format(meeting=other, people=people))
    return found


def _towards(record: BodyRecord, year: int) -> tuple[Body | None, list[Meeting]]:
    above = year_plan.works_towards(record)
    if above is None:
        return None, []
    return body_or_404(above.kind, above.place), list(year_plan.of_year(above, year))
