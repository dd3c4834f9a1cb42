"""The pages where papers are chosen and fetched. What a reader may not see is not there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.web.documents.merging import UnreadableAnnex
from klynge.web.documents.pdf import Annexes
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.papers import case_formats, follow_up, journal, making, parts, reading
from klynge.web.meetings.papers.cases import Details
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.forms import DOCX, PDF, CaseForm, PapersForm
from klynge.web.meetings.papers.reading import AnnexGone, ItemPaper, MeetingPaper
from klynge.web.meetings.readers import STRANGER

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What there is of papers for a meeting, and the choice of parts."""
    paper = _paper(request, uid)
    return _choice_page(request, paper, PapersForm(paper=paper))


@require_safe
def meeting_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The papers that were chosen."""
    paper = _paper(request, uid)
    form = PapersForm(request.GET, paper=paper)
    if not form.is_valid():
        return _choice_page(request, paper, form, status=422)
    asked = form.cleaned_data
    if asked["offentlig"]:
        paper = _public(paper.meeting)
    wanted = Wanted(parts.chosen(asked["dele"], paper), _followed(request, paper))
    suffix = asked["form"] or PDF
    how = Annexes(asked["bilag"] or Annexes.ATTACHED)
    try:
        if suffix == DOCX:
            made = making.meeting_docx(paper, wanted)
        else:
            made = making.meeting_pdf(paper, wanted, annexes=how)
    except (UnreadableAnnex, AnnexGone) as error:
        form.add_error(None, _why_not(error))
        return _choice_page(request, paper, form, status=422)
    return _file(made, making.file_name(paper, wanted, suffix))


@require_safe
def journal_package(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The journal package of a meeting."""
    paper = _paper(request, uid)
    if request.GET.get("offentlig"):
        paper = _public(paper.meeting)
    try:
        made = journal.package(paper, _followed(request, paper))
    except AnnexGone as error:
        form = PapersForm({}, paper=paper)
        form.add_error(None, _why_not(error))
        return _choice_page(request, paper, form, status=422)
    return _file(made, making.journal_file_name(paper))


@require_safe
def choose_case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For which authority an item is to be a case."""
    paper, item = _item(request, uid)
    return _case_page(request, paper, item, CaseForm(initial=_usual(request, paper, item)))


@require_safe
def case_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The item as a case of an authority."""
    paper, item = _item(request, uid)
    form = CaseForm(request.GET)
    if not form.is_valid():
        return _case_page(request, paper, item, form, status=422)
    asked = form.cleaned_data
    case = case_formats.formats()[asked["myndighed"]]
    details = Details(asked["udvalg"], asked["dato"], asked["sagsnummer"])
    suffix = asked["form"] or DOCX
    make = making.case_docx if suffix == DOCX else making.case_pdf
    try:
        made = make(paper, item, case, details)
    except AnnexGone as error:
        form.add_error(None, _why_not(error))
        return _case_page(request, paper, item, form, status=422)
    return _file(made, making.case_file_name(paper, item, case, suffix))


def _why_not(error: UnreadableAnnex | AnnexGone) -> str:
    """Why a file could not be made, with what to do about it."""
    if isinstance(error, AnnexGone):
        return _(
            "Filen til bilaget “{annex}” er ikke i lageret. Læg bilaget på igen, eller hent den fra"
            " sikkerhedskopien."
        ).format(annex=error.annex.name)
    return _(
        "{annex} kan ikke sættes ind som sider: filen er låst eller i stykker. Vælg “Vedhæftet i"
        " filen”, eller udskift bilaget."
    ).format(annex=error.annex.title)


def _paper(request: HttpRequest, uid: UUID) -> MeetingPaper:
    """The meeting as this user may see it; 404 when they may not know of it."""
    meeting = get_object_or_404(Meeting.objects.select_related("body", "chair"), uid=uid)
    paper = reading.read(meeting, request.user)
    if paper is None:
        raise Http404
    return paper


def _public(meeting: Meeting) -> MeetingPaper:
    paper = reading.read_public(meeting)
    if paper is None:
        raise Http404
    return paper


def _item(request: HttpRequest, uid: UUID) -> tuple[MeetingPaper, ItemPaper]:
    """An item that this user may read; 404 when they may not, as when there is none."""
    row = get_object_or_404(Item.objects.exclude(meeting=None), uid=uid)
    paper = _paper(request, row.meeting.uid)  # type: ignore[union-attr]
    for item in paper.items:
        if item.view.pk == row.pk and item.view.readable:
            return paper, item
    raise Http404


def _usual(request: HttpRequest, paper: MeetingPaper, item: ItemPaper) -> dict[str, str]:
    """The format to begin with: that of the authority that recommends the item."""
    row = Item.objects.select_related("recommended_by").get(pk=item.view.pk)
    who = row.recommended_by
    found = (
        case_formats.format_of(who.place_kind, who.place) if who else case_formats.format_of("", "")
    )
    number = item.view.case_number
    fits = bool(number) and found.fits_number(number)
    return {"myndighed": found.id, "sagsnummer": number if fits else "", "form": DOCX}


def _followed(
    request: HttpRequest, paper: MeetingPaper
) -> dict[str, tuple[follow_up.Followed, ...]]:
    user = STRANGER if paper.is_public else request.user
    return follow_up.of_meeting(paper.meeting, user)


def _choice_page(
    request: HttpRequest, paper: MeetingPaper, form: PapersForm, status: int = 200
) -> HttpResponse:
    context = {
        "paper": paper,
        "meeting": paper.meeting,
        "form": form,
        "items": [item for item in paper.items if item.view.readable],
    }
    return render(request, "papers/meeting.html", context, status=status)


def _case_page(
    request: HttpRequest, paper: MeetingPaper, item: ItemPaper, form: CaseForm, status: int = 200
) -> HttpResponse:
    context = {
        "paper": paper,
        "meeting": paper.meeting,
        "item": item,
        "form": form,
        "formats": case_formats.formats().values(),
    }
    return render(request, "papers/case.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    """A file to keep. It is for one reader, so no cache may hold it."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
