"""No page without axe: every named address has been looked at by the tests of this folder.

A room that gets a new address must look at it in its own browser test, or say here why there is
nothing to look at. What only takes a form being sent (405 for a look) is found by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.browser.conftest import COLLECTED, LOOKED_AT

LEADS_ON = {
    "agreements:hold": "a button; a look leads back",
    "agreements:publish": "a button; a look leads back",
    "agreements:reopen": "a button; a look leads back",
    "agreements:allow_public": "a button; a look leads back",
    "agreements:look_through": "a button; a look leads back",
    "initiatives:reach": "a button; a look leads back",
    "publishing:agenda_link": "leads to the public page of the meeting",
    "site:language": "changes the language and leads back",
}
FILES = {
    "agreements:answer_file",
    "agreements:public_file",
    "bodies:export",
    "bodies:handover_report",
    "figures:chart",
    "figures:compare-chart",
    "funds:export_pool",
    "funds:export_sharing",
    "funds:sharing_chart",
    "funds:yearly_paper",
    "goals:chart",
    "meetings:annex",
    "meetings:drawing",
    "papers:case_file",
    "papers:fetch_template",
    "papers:journal",
    "papers:meeting_file",
    "publishing:agenda_annex",
    "publishing:agenda_pdf",
    "publishing:annex",
    "publishing:body_calendar",
    "publishing:figure",
    "publishing:part_pdf",
    "publishing:personal_calendar",
}
FOR_PROGRAMS = {
    "publishing:agenda_committees",
    "publishing:agenda_meeting",
    "publishing:agenda_search",
    "publishing:atom",
    "publishing:oparl_bodies",
    "publishing:oparl_list",
    "publishing:oparl_meetings_of",
    "publishing:oparl_system",
    "publishing:oparl_thing",
    "publishing:popolo",
    "publishing:robots",
    "publishing:sitemap",
}
NOT_PAGES = LEADS_ON.keys() | FILES | FOR_PROGRAMS


def test_every_page_has_been_looked_at(request: pytest.FixtureRequest):
    if not _all_are_run(request.session):
        pytest.skip("says something only when every browser test is run with it")

    assert not _pages() - NOT_PAGES - LOOKED_AT


def test_no_exception_is_out_of_date():
    assert not NOT_PAGES - _pages()
    assert not NOT_PAGES & LOOKED_AT


def _all_are_run(session: pytest.Session) -> bool:
    here = Path(__file__).parent
    run = [item for item in session.items if here in item.path.parents]
    files = {path.name for path in here.glob("test_*.py")}
    return {item.path.name for item in run} == files and len(run) == session.config.stash[COLLECTED]


def _pages() -> set[str]:
    """The names that give something to somebody who only looks."""
    return {name for name, pattern in _named(get_resolver()) if not _must_be_sent(pattern)}


def _named(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inside = f"{before}{each.namespace}:" if each.namespace else before
            yield from _named(each, inside)
        elif each.name:
            yield before + each.name, each


def _must_be_sent(pattern: URLPattern) -> bool:
    """Whether a look is refused before anything else is asked about."""
    try:
        return pattern.callback(RequestFactory().get("/"), **_asked(pattern)).status_code == 405
    except Exception:  # it went on to look for a user or a row: so it can be looked at
        return False


def _asked(pattern: URLPattern) -> dict[str, Any]:
    values = {"IntConverter": 1, "UUIDConverter": UUID(int=0)}
    return {
        **dict.fromkeys(pattern.pattern.regex.groupindex, "x"),
        **{
            name: values.get(type(each).__name__, "x")
            for name, each in pattern.pattern.converters.items()
        },
    }
