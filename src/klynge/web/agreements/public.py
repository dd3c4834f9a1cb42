"""The hearing portal: what anybody may read, without a log-in. Nothing else of a hearing is here.

Contact details, answers that may not be public and everything of a hearing that is not published
never reach the templates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from klynge.web.agreements import comparing
from klynge.web.agreements.models import Answer, Hearing
from klynge.web.bodies import clock

LANGUAGES = ("da", "en")
NOBODY_ELSES = ("Cache-Control", "public, no-cache")


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as everybody may read it. text: empty when they have no remarks."""

    who: str
    text: str
    received_on: date
    is_late: bool


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
    rows = [shown(row) for row in _published()]
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


def shown(row: Hearing) -> PublicHearing:
    """What is public of a published hearing."""
    published_at = row.published_at
    if published_at is None:
        raise Http404
    results = row.results_published_at is not None
    answers = [answer for answer in row.answers.all() if answer.may_be_public]
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
        parties=tuple(party.name for party in row.parties.all()),
        parts=tuple(comparing.parts(row.text.text)),
        has_results=results,
        answers=tuple(_answer(answer) for answer in answers) if results else (),
        not_shown=row.answers.count() - len(answers) if results else 0,
        points=_points(row) if results else (),
    )


def _published() -> Any:
    rows = Hearing.objects.filter(published_at__isnull=False)
    return rows.select_related("process", "text").prefetch_related(
        "parties", "answers", "points__answers"
    )


def _answer(answer: Answer) -> PublicAnswer:
    return PublicAnswer(answer.who, answer.text, answer.received_on, answer.is_late)


def _points(row: Hearing) -> tuple[PublicPoint, ...]:
    found = []
    for point in row.points.all():
        by = [answer.who for answer in point.answers.all() if answer.may_be_public]
        others = len(point.answers.all()) - len(by)
        found.append(PublicPoint(point.number, point.topic, point.said, tuple(by), others,
                                 point.reply, point.changed))  # fmt: skip
    return tuple(found)
