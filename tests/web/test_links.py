"""Every link and form of every page leads somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve

from klynge import structure
from klynge.web.accounts.tests.builders import a_user
from klynge.web.figures.rules import import_pack
from tests.datapack.builders import a_pack

pytestmark = pytest.mark.django_db
START = ("/", "/?dato=2027-01-01", "/?dato=2020-01-01", "/soeg/?q=e", "/tilgaengelighed/")
EVERY_ROLE = ("secretariat", "member", "analyst", "case_officer", "administrator")


class Links(HTMLParser):
    """Gathers what a page refers to, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.add(values["id"])
        for name in ("href", "src", "data-address", "hx-get"):
            if values.get(name):
                self.addresses.add(values[name])
        if tag == "form" and values.get("method") == "get":
            self.addresses.add(values.get("action", ""))


def _read(client: Client, address: str) -> Links | None:
    """The links of a page; None for what is not a page. Fails when it is not there."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    if "text/html" not in response.headers["Content-Type"]:
        return None
    links = Links()
    links.feed(response.content.decode())
    return links


def _broken(client: Client, start: tuple[str, ...], follow=lambda address: True) -> tuple:
    """Links that lead nowhere, and the pages seen, from `start` on; `follow` limits the walk."""
    queue, seen, broken = [*start], set(start), []
    while queue:
        address = queue.pop()
        page = _read(client, address)
        if page is None:
            continue
        for link in page.addresses:
            target = urljoin(address, link)
            parts = urlsplit(target)
            if parts.netloc or parts.scheme == "data":  # an image in itself
                continue
            if parts.fragment and parts.path == urlsplit(address).path:
                broken += [] if parts.fragment in page.ids else [f"{address} -> {link}"]
            elif parts.path.startswith("/static/"):
                broken += [] if finders.find(parts.path.removeprefix("/static/")) else [link]
            elif (plain := parts._replace(fragment="", query="").geturl()) not in seen:
                seen.add(plain)
                if follow(plain):
                    queue.append(plain)
                else:
                    resolve(plain)
    return broken, seen


MOST = 8
"""So many pages of one view are walked through; the rest are alike and only have to resolve."""


def _some_of_each() -> Callable[[str], bool]:
    """Follows the first pages of each view, and every page of one klynge's."""
    walked: Counter[str] = Counter()

    def follow(address: str) -> bool:
        name = resolve(address).view_name
        walked[name] += 1
        return walked[name] <= MOST

    return follow


@pytest.fixture
def client_of_all_trades(client) -> Client:
    client.force_login(a_user(*EVERY_ROLE))
    return client


def test_every_link_on_every_page_leads_somewhere(client_of_all_trades):
    broken, seen = _broken(client_of_all_trades, START, _some_of_each())

    assert broken == []
    assert len(seen) > len(structure.places("kommune")) + len(structure.places("klynge"))


def test_every_link_of_one_klynges_figures_leads_somewhere(client_of_all_trades, tmp_path):
    import_pack(a_pack(tmp_path / "pack"), by=None)
    near = ("/klynge/rm-randers/", "/tal/", "/datapakker/", "/publicerede-tal/")

    broken, seen = _broken(client_of_all_trades, near, lambda address: address.startswith(near))

    assert broken == []
    assert "/klynge/rm-randers/tal/indikator/dagophold/" in seen
