"""The page where the meeting's opening and closing are put right."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from klynge.web.bodies.forms import Styled
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import times_rules
from klynge.web.meetings.attendance_views import for_writers
from klynge.web.meetings.models import Meeting


class TimesForm(Styled):
    """When the meeting was opened and closed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.TimeField(
        label=gettext_lazy("Åbnet kl."),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    closed = forms.TimeField(
        label=gettext_lazy("Hævet kl."),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def times(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Correct when the meeting was opened and closed."""
    if meeting.opened_at is None:
        messages.error(request, _("Mødet er ikke åbnet endnu."))
        return redirect("meetings:attendance", meeting.uid)
    closed = meeting.closed_at
    form = TimesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "version": meeting.version,
            "opened": timezone.localtime(meeting.opened_at).time(),
            "closed": timezone.localtime(closed).time() if closed else None,
        },
    )
    if closed is None:
        del form.fields["closed"]
    refused: list[str] = []
    if form.is_valid():
        values = {"closed": None, **form.cleaned_data}
        try:
            times_rules.correct(by=request.user, meeting=meeting, **values)
        except NotAllowed as reason:
            refused = list(reason.reasons)
        else:
            messages.success(request, _("Mødets tider er rettet."))
            return redirect("meetings:attendance", meeting.uid)
    context = {
        "meeting": meeting,
        "form": form.render_ready(),
        "refused": refused,
        "in_review": meeting.state == Meeting.State.MINUTES_REVIEW,
        "frozen": not meeting.minutes_are_open,
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "meetings/times.html", context, status=status)
