"""The papers as files: what a page, a mail or a journal asks for, for one reader."""

from __future__ import annotations

from django.utils.text import slugify

from klynge.web.documents import pdf, word
from klynge.web.documents.pdf import Annexes
from klynge.web.meetings.papers import cases, composing, rules, template_uses, word_fields
from klynge.web.meetings.papers.case_formats import CaseFormat
from klynge.web.meetings.papers.cases import Details
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.parts import kind_of, title_of
from klynge.web.meetings.papers.reading import ItemPaper, MeetingPaper

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def meeting_pdf(
    paper: MeetingPaper, wanted: Wanted, *, annexes: Annexes = Annexes.ATTACHED
) -> bytes:
    """The chosen parts as one PDF. Raises merging.UnreadableAnnex when pages were asked for."""
    return pdf.render(composing.document(paper, wanted), annexes=annexes)


def meeting_docx(paper: MeetingPaper, wanted: Wanted) -> bytes:
    """The chosen parts in the secretary's template."""
    return word.fill(
        rules.in_force(template_uses.uses()[template_uses.MEETING]),
        word_fields.fields_of(paper, wanted),
        title=title_of(paper, wanted.within(paper).parts),
        made_at=paper.changed_at,
        author=paper.body,
    )


def case_pdf(paper: MeetingPaper, item: ItemPaper, form: CaseFormat, details: Details) -> bytes:
    """The item as a case for an authority."""
    return pdf.render(cases.document(paper, item, form, details))


def case_docx(paper: MeetingPaper, item: ItemPaper, form: CaseFormat, details: Details) -> bytes:
    """The item as a case, in the template of the authority's format."""
    fields = cases.fields_of(paper, item, form, details)
    return word.fill(
        rules.in_force(template_uses.uses()[f"{template_uses.CASE}{form.id}"]),
        fields,
        title=fields["titel"],
        made_at=paper.changed_at,
        author=paper.body,
    )


def file_name(paper: MeetingPaper, wanted: Wanted, suffix: str) -> str:
    """«2024-10-22-referat-randersklyngen.pdf»: never with an item's title in it."""
    public = "-offentlig" if paper.is_public else ""
    return f"{_named(paper, kind_of(wanted.within(paper).parts))}{public}.{suffix}"


def case_file_name(paper: MeetingPaper, item: ItemPaper, form: CaseFormat, suffix: str) -> str:
    return f"{_named(paper, f'punkt {item.number} til {form.name}')}.{suffix}"


def journal_file_name(paper: MeetingPaper) -> str:
    return f"{_named(paper, 'journalpakke')}{'-offentlig' if paper.is_public else ''}.zip"


def _named(paper: MeetingPaper, what: str) -> str:
    words = f"{what} {paper.body}".lower().translate(_LETTERS)
    return f"{paper.day.isoformat()}-{slugify(words)[:100]}"
