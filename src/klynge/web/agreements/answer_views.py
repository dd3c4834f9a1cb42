"""The pages of the answers of a hearing, and their files, for those who are logged in."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.web.agreements import answer_rules, forms
from klynge.web.agreements.guarding import editor, pressed
from klynge.web.agreements.hearing_views import hearing_form, hearing_or_404, page_of
from klynge.web.agreements.models import Answer, AnswerFile

# Anything else is saved, not shown: it could run in the reader's browser as a page of ours.
SHOWN = ("application/pdf", "image/png", "image/jpeg")


@editor
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer has come."""
    found = hearing_or_404(pk)
    parties = found.parties.filter(answers=None)
    form = forms.AnswerForm(request.POST or None, request.FILES or None, parties=parties)
    return hearing_form(
        request, form, found,
        lambda: answer_rules.receive(by=request.user, hearing=found, **form.cleaned_data),
        done=_("Svaret er gemt."), heading=_("Nyt høringssvar"),
    )  # fmt: skip


@editor
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer has come anew; the one before is kept."""
    answer = _answer(pk)
    files = answer.files.all()
    initial = {
        "text": answer.text,
        "no_remarks": answer.no_remarks,
        "may_be_public": answer.may_be_public,
        "keep": files,
    }
    form = forms.CorrectForm(
        request.POST or None, request.FILES or None, files=files, initial=initial
    )
    return hearing_form(
        request, form, answer.hearing,
        lambda: answer_rules.correct(by=request.user, answer=answer, **form.cleaned_data),
        done=_("Det rettede svar er gemt. Det tidligere kan stadig læses."),
        heading=_("Ret svaret fra {who}").format(who=answer.who),
    )  # fmt: skip


@editor
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """A file with an answer."""
    answer = _answer(pk)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    return hearing_form(
        request, form, answer.hearing,
        lambda: answer_rules.attach(by=request.user, answer=answer, **form.cleaned_data),
        done=_("Bilaget er lagt på."),
        heading=_("Nyt bilag til svaret fra {who}").format(who=answer.who), button=_("Læg på"),
    )  # fmt: skip


@editor
def look_through(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has seen a file through."""
    file = get_object_or_404(AnswerFile.objects.select_related("answer__hearing"), pk=pk)
    return pressed(
        request,
        lambda: answer_rules.look_through(by=request.user, file=file),
        back=page_of(file.answer.hearing),
        done=_("Det er gemt, at bilaget er set igennem."),
    )


@editor
def allow_public(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an answer may be shown to everybody."""
    answer = _answer(pk)
    return pressed(
        request,
        lambda: answer_rules.allow_public(
            by=request.user, answer=answer, may=request.POST.get("may") == "1"
        ),
        back=page_of(answer.hearing),
        done=_("Det er gemt, hvad der må offentliggøres."),
    )


@require_safe
def fetch(_request: HttpRequest, uid: UUID) -> HttpResponse:
    """A file, for those who are logged in."""
    response = send(get_object_or_404(AnswerFile, uid=uid))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def send(file: AnswerFile) -> FileResponse:
    """The bytes of a file under its own name."""
    try:
        content = file.file.open("rb")
    except OSError:
        raise Http404 from None
    shown = file.content_type in SHOWN
    kind = file.content_type if shown else "application/octet-stream"
    response = FileResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(not shown, file.file_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(pk: int) -> Answer:
    rows = Answer.objects.select_related("hearing__process__body", "hearing__text", "party")
    return get_object_or_404(rows, pk=pk)
