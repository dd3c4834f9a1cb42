"""What the chairs say of an agenda: comments, answers to them, approvals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import forms, rules
from klynge.web.meetings.models import AgendaVersion, Comment
from klynge.web.meetings.views.common import meeting_or_404
from klynge.web.meetings.views.meeting import page


@require_POST
def comment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A comment on a version, or on one item of it."""
    meeting = meeting_or_404(request, pk)
    version = get_object_or_404(AgendaVersion, meeting=meeting, number=number)
    form = forms.CommentForm(request.POST, auto_id="bem_%s")
    item = meeting.items.filter(pk=request.POST.get("item") or 0).first()
    try:
        if form.is_valid():
            text = form.cleaned_data["text"]
            rules.comment(by=request.user, version=version, text=text, item=item)
            messages.success(request, _("Bemærkningen er gemt."))
            return redirect(reverse("meetings:meeting", args=[pk]) + "#bemaerkninger")
    except NotAllowed as refused:
        return page(request, meeting, refused=refused.reasons)
    return page(request, meeting, comment_form=form.render_ready())


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment has been dealt with."""
    found = get_object_or_404(Comment.objects.select_related("agenda__meeting"), pk=pk)
    meeting = meeting_or_404(request, found.agenda.meeting_id)
    answer = request.POST.get("answer", "")[:2000]
    try:
        rules.settle_comment(by=request.user, comment=found, answer=answer)
    except NotAllowed as refused:
        return page(request, meeting, refused=refused.reasons)
    messages.success(request, _("Bemærkningen er afklaret."))
    return redirect(reverse("meetings:meeting", args=[meeting.pk]) + "#bemaerkninger")


@require_POST
def approve(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A chair's answer, or the secretariat's note of one."""
    meeting = meeting_or_404(request, pk)
    version = get_object_or_404(AgendaVersion, meeting=meeting, number=number)
    person = None
    if request.POST.get("person"):
        person = get_object_or_404(Person, pk=request.POST["person"])
    form = forms.ApprovalForm(request.POST, auto_id="godk_%s")
    try:
        if form.is_valid():
            given = form.cleaned_data
            rules.approve_agenda(
                by=request.user,
                version=version,
                person=person,
                approved=given["answer"] == "yes",
                comment=given["comment"],
            )
            messages.success(request, _("Svaret er gemt."))
            return redirect("meetings:meeting", pk)
    except NotAllowed as refused:
        return page(request, meeting, refused=refused.reasons, approval_form=form.render_ready())
    return page(request, meeting, approval_form=form.render_ready())
