"""From an effect to the definition and the pack of the figure that began it, and back, by links.

Only links inside the page's own content are followed: the menu leads everywhere and proves nothing.
"""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.decisions import rules as decisions
from klynge.web.figures.models import Pack
from klynge.web.figures.tests.builders import a_country, an_imported_pack, read
from klynge.web.funds import granting_rules
from klynge.web.funds.tests.builders import TODAY, a_call, a_pool, a_sent
from klynge.web.initiatives.rules import FigureOnTheTable
from klynge.web.initiatives.tests.builders import running

pytestmark = pytest.mark.django_db
MOST_CLICKS = 5
FIGURE = FigureOnTheTable("psyk", "klynge", "rm-randers", "2024")
DAY = {"dato": "2026-02-01"}


class InMain(HTMLParser):
    """Gathers the links inside <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.links = False, []

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "main"
        address = dict(attributes).get("href", "")
        if self.inside and tag == "a" and address:
            self.links.append(address)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "main"


def clicks(client, start: str, target: str) -> int | None:
    """The fewest clicks from one page to another; None when it takes more than MOST_CLICKS."""
    seen, here = {start}, [start]
    for count in range(MOST_CLICKS + 1):
        if target in here:
            return count
        following = []
        for address in here:
            for link in _links(client, address):
                if link not in seen:
                    seen.add(link)
                    following.append(link)
        here = following if count + 1 < MOST_CLICKS or target in following else []
    return None


def _links(client, address: str) -> list[str]:
    response = client.get(address, DAY, follow=True)
    if not response.headers["Content-Type"].startswith("text/html"):
        return []
    page = InMain()
    page.feed(response.content.decode())
    paths = [urlsplit(urljoin(address, link)) for link in page.links]
    return list(dict.fromkeys(one.path for one in paths if not one.netloc and one.path))


@pytest.fixture
def one(client, tmp_path):
    client.force_login(a_secretary())
    an_imported_pack(
        tmp_path, **a_country(value=lambda k, y: (60 + int(k) % 9, 500), years=range(2019, 2026))
    )
    return running(origin="figure", figure=FIGURE, effect_indicator="psyk")


def test_from_an_effect_to_the_definition_and_the_pack_and_back(client, one):
    effect = reverse("initiatives:initiative", args=[one.pk])
    definition = reverse("figures:definition", kwargs={"code": one.need_indicator})
    pack = reverse("figures:pack", args=[Pack.objects.get(seal=one.need_pack).pk])
    figure = reverse("figures:indicator", args=["klynge", "rm-randers", "psyk"])

    ways = {
        name: clicks(client, start, end)
        for name, start, end in (
            ("to the figure", effect, figure),
            ("to its definition", effect, definition),
            ("to its pack", effect, pack),
            ("back from the figure", figure, effect),
            ("back from the definition", definition, effect),
            ("back from the pack", pack, effect),
        )
    }
    assert ways == {
        "to the figure": 1,
        "to its definition": 1,
        "to its pack": 1,
        "back from the figure": 1,
        "back from the definition": 1,
        "back from the pack": 2,
    }


def test_from_a_grant_to_the_decision_and_the_initiative_and_back(client, one):
    pool = a_pool(body=one.body)
    application = a_sent(a_call(pool), initiative=one)
    decision = decisions.bring_in(
        by=None, body=one.body, text="Projektet får penge.", decided_on=TODAY, origin="Møde"
    )
    given = granting_rules.grant(
        by=None,
        pool=pool,
        application=application,
        title=application.title,
        grantee=str(application.applicant),
        amount=application.requested,
        decision_text="Møde, punkt 4",
        decided_on=TODAY,
        decided_by_body=str(pool.body),
        decision=decision,
        instalments=[{"amount": application.requested, "due_on": date(2024, 11, 1)}],
    )
    grant = reverse("funds:grant", args=[given.pk])
    initiative = reverse("initiatives:initiative", args=[one.pk])
    decided = reverse("decisions:decision", args=[decision.uid])

    assert clicks(client, grant, decided) == 1
    assert clicks(client, decided, grant) == 1
    assert clicks(client, grant, initiative) == 1
    assert clicks(client, initiative, grant) == 1


def test_a_need_and_a_goal_are_begun_from_the_figure_on_the_page(client, one):
    address = reverse("figures:indicator", args=["kommune", "730", "psyk"])
    page = client.get(address, {"dato": "2024-09-15", "periode": "2023"})
    ((_body, ways), *others) = page.context["ways"]

    assert len(others) == 1  # the political and the professional level
    assert [way.title for way in ways] == ["Sæt et mål", "Skriv et behov fra dette tal"]
    goal = client.get(ways[0].address)
    assert "Måltal" in goal.content.decode()
    assert "Begynder med tallet »Nøgletal psyk« for 2023." in read(client, ways[1].address)
    client.post(ways[1].address, {"title": "Nyt", "need": "For mange.", "origin": "figure"})
    made = type(one).objects.get(title="Nyt")
    assert (made.need_indicator, made.need_place, made.need_period) == ("psyk", "730", "2023")


def test_those_who_may_not_write_are_offered_nothing(client, one):
    client.force_login(a_member())
    page = client.get(reverse("figures:indicator", args=["klynge", "rm-randers", "psyk"]), DAY)
    assert page.context["ways"] == []
    assert "Bruges i" in page.content.decode()
