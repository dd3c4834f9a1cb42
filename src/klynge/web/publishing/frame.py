"""How every public page and answer goes out: without a log-in, the same for everybody.

The page depends on its address alone, so it may be kept by anybody; it is asked for anew every time
(`no-cache`) with a digest of what was sent, so that nothing is seen after it was withdrawn. What
was public and is no more answers 410 with the day, and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from klynge.web.publishing.public import Gone

LANGUAGE = "sprog"
LANGUAGES = ("da", "en")
View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """A public page for people."""
    return _public(view, _gone_page, _missing_page)


def answer(view: View) -> View:
    """A public answer for programs; other sites' pages may read it too."""
    return _public(view, _gone_answer, _missing_answer)


def draw(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200):
    """A page of the public frame: nothing of the reader, nothing of a session."""
    values = {
        "language": get_language(),
        "path": request.path,
        "other_language": "en" if get_language() == "da" else "da",
        "suffix": "" if get_language() == "da" else f"?{LANGUAGE}=en",
        "kept": [(name, value) for name, value in request.GET.items() if name != LANGUAGE],
        **context,
    }
    return HttpResponse(render_to_string(template, values), status=status)


def _public(view: View, gone: Callable[..., HttpResponse], missing: Callable[..., HttpResponse]):
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get(LANGUAGE, "")
        language = wanted if wanted in LANGUAGES else "da"
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except Gone as reason:
                response = gone(request, reason)
            except Http404:
                response = missing(request)
        response.headers["Content-Language"] = language
        return _kept_by_digest(request, response)

    return login_not_required(require_safe(guarded))


def _kept_by_digest(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "public, no-cache"
    if response.status_code != 200 or response.streaming:
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
        response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = tag
    return response


def _gone_page(request: HttpRequest, reason: Gone) -> HttpResponse:
    return draw(request, "publishing/gone.html", {"since": reason.since}, status=410)


def _missing_page(request: HttpRequest) -> HttpResponse:
    return draw(request, "publishing/missing.html", {}, status=404)


def _gone_answer(_request: HttpRequest, reason: Gone) -> HttpResponse:
    since = timezone.localtime(reason.since).date().isoformat()
    return as_json({"deleted": True, "since": since}, status=410)


def _missing_answer(_request: HttpRequest) -> HttpResponse:
    return as_json({"error": "not found"}, status=404)


def as_json(value: Any, status: int = 200) -> HttpResponse:
    """JSON that a page of another site may read."""
    response = JsonResponse(
        value, safe=False, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
