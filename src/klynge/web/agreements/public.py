"""The hearing portal: what anybody may read, without a log-in. Nothing else of a hearing is here.

Contact details, answers that may not be public and everything of a hearing that is not published
never reach the templates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from klynge.web.agreements import answer_views, comparing
from klynge.web.agreements.models import Answer, AnswerFile, Hearing
from klynge.web.bodies import clock

LANGUAGES = ("da", "en")
NOBODY_ELSES = ("Cache-Control", "public, no-cache")


@dataclass(frozen=True)
class PublicAnswer:
    """The newest edition of an answer as everybody may read it. text: empty when they have no
    remarks.

    received_on, is_late: of the first edition. corrected_on, correction: of the newest; None when
    it was never corrected. files: the key and name of each.
    """

    who: str
    text: str
    received_on: date
    is_late: bool
    corrected_on: date | None
    correction: str
    files: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class PublicPoint:
    """A point of the synopsis. said_by: only those whose answers are public, by name."""

    number: int
    topic: str
    said: str
    said_by: tuple[str, ...]
    others: int
    reply: str
    changed: bool


@dataclass(frozen=True)
class PublicHearing:
    """A hearing as everybody may read it."""

    uid: UUID
    title: str
    agreement: str
    note: str
    intro: str
    opens_on: date
    deadline: date
    is_open: bool
    published_on: date
    changed_at: datetime
    parties: tuple[str, ...]
    parts: tuple[comparing.Part, ...]
    has_results: bool
    answers: tuple[PublicAnswer, ...]
    not_shown: int
    points: tuple[PublicPoint, ...]


def _page(view: Callable[..., tuple[str, dict[str, Any]]]) -> Callable[..., HttpResponse]:
    """A page that depends on its address alone, in the language the address asks for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("sprog", "")
        language = wanted if wanted in LANGUAGES else "da"
        with translation.override(language):
            try:
                (template, context), status = view(request, *args, **kwargs), 200
            except Http404:
                template, context, status = "agreements/public_missing.html", {}, 404
            values = {
                "language": language,
                "path": request.path,
                "other_language": "en" if language == "da" else "da",
                "suffix": "" if language == "da" else "?sprog=en",
                **context,
            }
            response = HttpResponse(render_to_string(template, values), status=status)
        response.headers["Content-Language"] = language
        response.headers[NOBODY_ELSES[0]] = NOBODY_ELSES[1]
        return response

    return login_not_required(require_safe(guarded))


@_page
def portal(_request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The published hearings: those that can be answered first."""
    rows = published()
    open_ones = sorted((row for row in rows if row.is_open), key=lambda row: row.deadline)
    over = sorted((r for r in rows if not r.is_open), key=lambda r: r.deadline, reverse=True)
    return "agreements/portal.html", {"open_ones": open_ones, "over": over}


@_page
def hearing(_request: HttpRequest, uid: UUID) -> tuple[str, dict[str, Any]]:
    """One published hearing."""
    found = _published().filter(uid=uid).first()
    if found is None:
        raise Http404
    return "agreements/public_hearing.html", {"hearing": shown(found)}


@login_not_required
@require_safe
def file(_request: HttpRequest, uid: UUID) -> HttpResponse:
    """A file of an answer that everybody may read."""
    public = AnswerFile.objects.filter(
        answer__may_be_public=True,
        answer__replaced_by=None,
        answer__hearing__published_at__isnull=False,
        answer__hearing__results_published_at__isnull=False,
    )
    response = answer_views.send(get_object_or_404(public, uid=uid))
    response.headers[NOBODY_ELSES[0]] = NOBODY_ELSES[1]
    response.headers["X-Robots-Tag"] = "noarchive"
    return response


def published() -> list[PublicHearing]:
    """Every hearing that anybody may read, also for rooms above that lead to them."""
    return [shown(row) for row in _published()]


def shown(row: Hearing) -> PublicHearing:
    """What is public of a published hearing."""
    published_at = row.published_at
    if published_at is None:
        raise Http404
    results = row.results_published_at is not None
    newest = _newest(row)
    answers = [answer for answer in newest.values() if answer.may_be_public]
    answers = sorted(dict.fromkeys(answers), key=lambda each: (each.received_on, each.pk))
    return PublicHearing(
        uid=row.uid,
        title=row.title,
        agreement=row.process.title,
        note=row.process.note,
        intro=row.intro,
        opens_on=row.opens_on,
        deadline=row.deadline,
        is_open=row.deadline >= clock.today(),
        published_on=timezone.localtime(published_at).date(),
        changed_at=_changed_at(row, answers),
        parties=tuple(party.name for party in row.parties.all()),
        parts=tuple(comparing.parts(row.text.text)),
        has_results=results,
        answers=tuple(_answer(answer) for answer in answers) if results else (),
        not_shown=len(set(newest.values())) - len(answers) if results else 0,
        points=_points(row) if results else (),
    )


def _changed_at(row: Hearing, answers: list[Answer]) -> datetime:
    """When anything everybody can read was changed last."""
    moments = [row.published_at, row.results_published_at]
    if row.results_published_at:
        moments += [answer.at for answer in answers]
        moments += [file.at for answer in answers for file in answer.files.all()]
        moments += [point.at for point in row.points.all()]
    return max(moment for moment in moments if moment)


def _published() -> Any:
    rows = Hearing.objects.filter(published_at__isnull=False)
    return rows.select_related("process", "text").prefetch_related(
        "parties", "answers__files", "points__answers"
    )


def _newest(row: Hearing) -> dict[int, Answer]:
    """For the key of every edition of an answer the newest one of it."""
    editions = {answer.pk: answer for answer in row.answers.all()}
    later = {answer.replaces_id: answer for answer in editions.values() if answer.replaces_id}
    found = {}
    for key, answer in editions.items():
        while answer.pk in later:
            answer = later[answer.pk]
        found[key] = answer
    return found


def _answer(answer: Answer) -> PublicAnswer:
    first = answer.editions[-1]
    corrected = answer.replaces_id is not None
    return PublicAnswer(
        who=answer.who,
        text=answer.text,
        received_on=first.received_on,
        is_late=first.is_late,
        corrected_on=answer.received_on if corrected else None,
        correction=answer.correction,
        files=tuple((file.uid, file.name) for file in answer.files.all()),
    )


def _points(row: Hearing) -> tuple[PublicPoint, ...]:
    found, newest = [], _newest(row)
    for point in row.points.all():
        of = list(dict.fromkeys(newest[answer.pk] for answer in point.answers.all()))
        by = [answer.who for answer in of if answer.may_be_public]
        others = len(of) - len(by)
        found.append(PublicPoint(point.number, point.topic, point.said, tuple(by), others,
                                 point.reply, point.changed))  # fmt: skip
    return tuple(found)
