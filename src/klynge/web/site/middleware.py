"""Sets `request.on`, the date every page is seen as on, and the language the reader chose.

And looks through what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import formats, translation
from django.utils.translation import gettext as _

from klynge.web.site import dates


class ChosenLanguageMiddleware:
    """Danish, unless the reader has chosen English with the switch.

    Django's own middleware would follow the browser, and many who work in Danish have theirs in
    English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ChosenDateMiddleware:
    """Reads `?dato=`; a date that cannot be shown is said so, and the page keeps the last one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = dates.choose(request)
        if isinstance(chosen, dates.Unreadable):
            request.on = dates.kept(request)
            messages.error(request, _unreadable())
        else:
            request.on = chosen
        return self.get_response(request)


def _unreadable() -> str:
    return _(
        "Datoen kunne ikke bruges. Skriv en dato mellem {first} og {last}, for eksempel 2024-09-15."
    ).format(
        first=formats.date_format(dates.FIRST, "DATE_FORMAT"),
        last=formats.date_format(dates.LAST, "DATE_FORMAT"),
    )


class WrittenTextMiddleware:
    """Takes out of what was sent the signs that nobody sees and that databases and files refuse.

    They come with text pasted from Word and from PDF files. PostgreSQL keeps no null, and neither
    a spreadsheet, a feed nor a paper can hold the others: one such sign in a decision would break
    every export with it for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = without_unseen(request.GET)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the form's token is checked, and before the view looks at what was sent."""
        if request.method == "POST":
            request.POST = without_unseen(request.POST)


_LINES = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n"})
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def without_unseen(sent: QueryDict) -> QueryDict:
    """The same without them; a line break of Word's becomes an ordinary one."""
    if not any(_UNSEEN.search(value) for _name, values in sent.lists() for value in values):
        return sent
    kept = sent.copy()
    for name, values in sent.lists():
        kept.setlist(name, [_UNSEEN.sub("", value.translate(_LINES)) for value in values])
    kept._mutable = False
    return kept
