"""The pages of approval: minutes are sent, answered by click, approved, and corrected later."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klynge.web.bodies import asked, clock
from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import access, approval_rules, house_rules
from klynge.web.meetings.attendance_views import did, for_writers, meeting_or_404
from klynge.web.meetings.minutes_forms import AnswerForm, CorrectionForm, SendForm
from klynge.web.meetings.models import Meeting, MinutesReview


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def send(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Send the minutes to the members for approval."""
    today = clock.today()
    days = house_rules.remark_days(meeting.body, today)
    initial = {"due_on": approval_rules.working_days_after(today, days)}
    form = SendForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            review = approval_rules.send(
                by=request.user, meeting=meeting, due_on=form.cleaned_data["due_on"]
            )
        except NotAllowed as reason:
            for each in reason.reasons:
                form.add_error(None, each)
        else:
            messages.success(
                request, _("Udgave {n} er sendt til godkendelse.").format(n=review.number)
            )
            return redirect("meetings:minutes", meeting.uid)
    rule, why = house_rules.approval(meeting.body, meeting.day)
    context = {
        "meeting": meeting,
        "form": form.render_ready(),
        "rule": MinutesReview.Rule(rule).label,
        "why": why,
        "missing": approval_rules.missing(meeting),
        "again": meeting.state == Meeting.State.MINUTES_REVIEW,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/minutes_send.html", context, status=status)


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody approves the minutes, or says what is wrong with them."""
    meeting = meeting_or_404(request, uid)
    writes = request.user.has_perm("meetings.write_minutes", meeting)
    if not writes and not request.user.has_perm("meetings.answer_minutes", meeting):
        raise PermissionDenied(_("Kun organets medlemmer godkender referatet."))
    if request.POST.get("person"):
        person = get_object_or_404(Person, pk=asked.key(request.POST["person"]))
    else:
        person = getattr(request.user, "person", None)
    form = AnswerForm(request.POST)
    if person is None:
        messages.error(request, _("Vælg, hvem svaret er fra."))
    elif not form.is_valid():
        messages.error(request, _("Siden er for gammel. Åbn den igen."))
    elif did(
        request,
        approval_rules.answer,
        meeting=meeting,
        person=person,
        approved="object" not in request.POST,
        comment=form.cleaned_data["comment"],
        number=form.cleaned_data["number"],
    ):
        meeting.refresh_from_db()
        done = meeting.state == Meeting.State.APPROVED
        messages.success(
            request, _("Referatet er nu godkendt.") if done else _("Svaret er registreret.")
        )
    return redirect("meetings:minutes", meeting.uid)


@require_POST
@for_writers
def settle(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Finish the approval, when the rule is met."""
    if did(request, approval_rules.settle, meeting=meeting):
        messages.success(request, _("Referatet er nu godkendt."))
    return redirect("meetings:minutes", meeting.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def correct(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A correction of approved minutes, with its own date."""
    items = [item for item in access.visible_items(meeting, request.user) if item.number]
    titles = {item.pk: access.title_for(item, request.user) for item in items}
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, items=items, titles=titles
    )
    if form.is_valid():
        chosen = form.cleaned_data["item"]
        item = next((each for each in items if str(each.pk) == chosen), None)
        try:
            approval_rules.correct(
                by=request.user, meeting=meeting, item=item, text=form.cleaned_data["text"]
            )
        except NotAllowed as reason:
            for each in reason.reasons:
                form.add_error(None, each)
        else:
            messages.success(request, _("Rettelsen er tilføjet med dagens dato."))
            return redirect("meetings:minutes", meeting.uid)
    context = {"meeting": meeting, "form": form.render_ready()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/minutes_correct.html", context, status=status)
