"""Headless Chromium on a live server, with axe in every page.

No browser is downloaded: Chromium is looked for. Without one the tests are skipped, but in CI
(`CI` in the environment) that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from klynge.web.accounts.models import User
from klynge.web.accounts.tests.builders import PASSWORD, a_user

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
STYLE = ROOT / "src/klynge/web/site/static/vendor/dkfds/css/dkfds.min.css"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
EVERY_ROLE = ("secretariat", "member", "analyst", "case_officer", "administrator")

LOOKED_AT: set[str] = set()
"""The names of the addresses axe has been on; test_every_address asks for all of them."""
COLLECTED = pytest.StashKey[int]()
"""How many tests this folder has, before any was chosen away."""

# Playwright's own event loop runs in this thread, and Django would refuse the database to it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is here, and keep it on one worker: a browser a worker is too much. Last comes
    the test that asks what the others have looked at."""
    items.sort(key=lambda item: item.path.name == "test_every_address.py")
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    config.stash[COLLECTED] = len(here)
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        item.add_marker(pytest.mark.django_db(transaction=True))


@dataclass
class Watched:
    """A page and everything it complained of."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)

    def goto(self, address: str, *, status: int = 200) -> Page:
        response = self.page.goto(self.server + address)
        assert response is not None
        assert response.status == status, address
        return self.page

    def violations(self) -> list[str]:
        """What axe finds wrong on the page as it is now: rule, help and the elements."""
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        LOOKED_AT.add(_name(self.page.url))
        return [
            f"{rule['id']}: {rule['help']}: {[node['html'][:120] for node in rule['nodes'][:5]]}"
            for rule in found["violations"]
        ]

    def faults(self) -> list[str]:
        """What is wrong with the page as it is now, wide and narrow: axe's findings, and what is
        wider than the screen."""
        found = []
        for size in (WIDE, NARROW):
            self.page.set_viewport_size(size)
            found += [f"{size['width']} px: {rule}" for rule in self.violations()]
            if self.page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{size['width']} px: is wider than the screen")
        return found

    def faults_of(self, addresses: Iterable[str]) -> list[str]:
        """The same for every address, and what the browser complained of on the way."""
        found = []
        for address in addresses:
            self.goto(address)
            found += [f"{address}: {fault}" for fault in self.faults()]
        return found + self.complaints


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, or the reason why there is none."""
    path = os.environ.get("KLYNGE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        _cannot("no Chromium was found; install it (apt-get install chromium)")
    for file in (AXE, STYLE):
        if not file.exists():
            _cannot(f"{file.relative_to(ROOT)} is not there; run: make install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def _cannot(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"browser tests must run in CI, but {why}")
    pytest.skip(f"browser tests skipped: {why}")


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts with axe in every page, and closes them."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(locale="da-DK", **options)
        context.add_init_script(path=AXE)
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def stranger(contexts, live_server) -> Callable[..., Watched]:
    """Opens a page as somebody who is not logged in."""

    def open_page(**options: object) -> Watched:
        page = contexts(**options).new_page()
        watched = Watched(page, live_server.url)
        page.on("console", lambda said: _note(watched, said))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        return watched

    return open_page


def _note(watched: Watched, said) -> None:
    if said.type in ("error", "warning"):
        watched.complaints.append(said.text)


@pytest.fixture
def reader(stranger) -> Callable[..., Watched]:
    """Opens a page as somebody who is logged in with every role."""

    def open_page(**options: object) -> Watched:
        user = a_user(*EVERY_ROLE)
        return log_in(stranger(**options), user)

    return open_page


def log_in(watched: Watched, user: User) -> Watched:
    """Log in as somebody who is there already."""
    page = watched.goto("/konto/log-ind/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("h1:has-text('Danmark')")
    return watched
