"""Pages and addresses of calendars: one's own feed, and the invitations to a meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar
from klynge.web.meetings.models import Meeting
from klynge.web.publishing import calendar_rules
from klynge.web.publishing.models import CalendarAddress
from klynge.web.publishing.views import must_publish


@login_not_required
@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own meetings. The address is the key, so it is kept out of caches and searches."""
    person = calendar_rules.person_behind(token)
    if person is None:
        raise Http404
    entries = calendar_rules.entries_for(person, lambda meeting: _page_of(request, meeting))
    name = _("Møder for {name}").format(name=person.name)
    response = HttpResponse(calendar.feed(entries, name), content_type=calendar.TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Make, renew or close the secret address of one's own calendar."""
    person = Person.objects.filter(user=request.user).first()
    context = {"person": person, "secret": "", "refused": None}
    if request.method == "POST":
        try:
            if "revoke" in request.POST:
                calendar_rules.revoke_address(by=request.user)
                messages.success(request, _("Adressen er lukket."))
                return redirect("publishing:my_calendar")
            token = calendar_rules.make_address(by=request.user)
            path = reverse("publishing:personal_calendar", kwargs={"token": token})
            context["secret"] = request.build_absolute_uri(path)
        except NotAllowed as reason:
            context["refused"] = reason
    context["in_use"] = CalendarAddress.objects.filter(person=person, revoked_at=None).first()
    response = render(request, "publishing/my_calendar.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who has which invitation, and a button that sends what is missing."""
    must_publish(request)
    meeting = get_object_or_404(Meeting.objects.select_related("body"), uid=uid)
    refused = None
    if request.method == "POST":
        try:
            sent = calendar_rules.send(
                by=request.user, meeting=meeting, address=_page_of(request, meeting)
            )
            told = ngettext("{n} besked er sendt.", "{n} beskeder er sendt.", sent)
            messages.success(request, told.format(n=sent))
            return redirect("publishing:invite", uid=uid)
        except NotAllowed as reason:
            refused = reason
    lines = calendar_rules.lines(meeting)
    return render(
        request,
        "publishing/invite.html",
        {
            "meeting": meeting,
            "lines": lines,
            "waiting": sum(1 for line in lines if line.wants and line.email),
            "unreachable": [line for line in lines if line.wants and not line.email],
            "refused": refused,
        },
    )


def _page_of(request: HttpRequest, meeting: Meeting) -> str:
    """The address of the meeting's own page, for those who may log in."""
    for name, values in (("meetings:meeting", {"uid": meeting.uid}), ("meetings:home", {})):
        try:
            return request.build_absolute_uri(reverse(name, kwargs=values))
        except NoReverseMatch:
            continue
    return request.build_absolute_uri("/")
