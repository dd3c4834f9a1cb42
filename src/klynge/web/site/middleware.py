"""Sets `request.on`, the date every page is seen as on, and the language the reader chose."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
