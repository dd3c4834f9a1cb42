"""The papers of a place's year: what is in them, what never is, and who gets them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document as Docx
from pypdf import PdfReader

from klynge import structure
from klynge.web.accounts.tests.builders import a_case_officer, a_member, a_secretary
from klynge.web.bodies import clock
from klynge.web.decisions import rules as decisions
from klynge.web.decisions.models import Decision
from klynge.web.documents.tests.matterhorn import faults
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.funds import papers, yearly, yearly_papers
from klynge.web.funds.tests.builders import MIO, a_grant, a_pool
from klynge.web.goals.models import Goal
from klynge.web.goals.rules import close
from klynge.web.goals.tests.builders import a_goal, an_own_indicator, measured
from klynge.web.initiatives import rules
from klynge.web.initiatives.tests.builders import an_initiative, running

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 1)
AT = "/midler/aaret/klynge/rm-randers/2026/"
DAY = {"dato": "2026-02-01"}
STEPS = [80] * 12 + [110] * 12


@pytest.fixture
def body(tmp_path):
    with clock.at(clock.noon_of(date(2026, 1, 20))):
        return filled(tmp_path)


def filled(tmp_path):
    an_imported_pack(
        tmp_path, **a_country(value=lambda k, y: (60 + int(k) % 9, 500), years=range(2019, 2026))
    )
    goal = a_goal(measured(an_own_indicator(), STEPS), agreement="Mere sammenhæng")
    one = running(goal.body, effect_indicator="psyk", need="For mange kommer igen.")
    rules.report(by=None, initiative=one, going="well", text="Alle afsnit er med.")
    an_initiative(goal.body, title="Et ønske")
    a_grant(a_pool(4 * MIO, body=goal.body))
    decisions.bring_in(
        by=None, body=goal.body, text="Alle får en plan.", decided_on=date(2026, 1, 10), origin="M"
    )
    hidden = decisions.bring_in(
        by=None, body=goal.body, text="Hemmeligt.", decided_on=date(2026, 1, 11), origin="M"
    )
    Decision.objects.filter(pk=hidden.pk).update(closed=True)
    return goal.body


def told(year: int = 2026, on: date = ON) -> yearly.Status:
    place = structure.place("klynge", "rm-randers")
    return yearly.of_place(place, year, on, a_secretary())


def in_pdf(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def in_docx(content: bytes) -> str:
    docx = Docx(BytesIO(content))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in docx.paragraphs), *cells])


def test_the_status_tells_goals_work_effect_money_decisions_and_meetings(client, body):
    client.force_login(a_secretary())
    for form, read in (("pdf", in_pdf), ("docx", in_docx)):
        response = client.get(f"{AT}status.{form}", DAY)
        assert response.status_code == 200
        assert (
            f'filename="aarsstatus-2026-randersklyngen.{form}"'
            in (response.headers["Content-Disposition"])
        )
        text = read(response.content)
        for words in (
            "Årsstatus 2026 for Randersklyngen",
            "Flere med en plan",
            "Fælles udskrivning",
            "Alle afsnit er med.",
            "Hjalp det?",
            "Målt på Nøgletal psyk.",
            "4.000.000,00",
            "300.000,00",
            "Alle får en plan.",
            "ikke gengivet: 1.",
            "Året er ikke gået endnu",
        ):
            assert words in text, (form, words)
        assert "Hemmeligt" not in text
        if form == "pdf":
            assert faults(response.content) == []


def test_a_goal_brings_its_chart_and_what_may_be_said_of_it(body):
    [one] = told().goals
    assert one.progress.signs
    document = yearly_papers.status(told())
    charts = [block for block in document.blocks if type(block).__name__ == "Chart"]
    assert len(charts) == 1
    assert "24 målinger" in charts[0].alt
    assert len(Docx(BytesIO(papers.as_docx(document))).inline_shapes) == 1


def test_the_contribution_is_ordered_by_the_agreements_goals_and_has_no_meetings(body):
    text = in_docx(papers.as_docx(yearly_papers.for_review(told())))
    assert "Mere sammenhæng" in text
    assert "sundhedssamarbejdsudvalgets årlige opfølgning 2026" in text
    assert "Møder i året" not in text


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_each_committee_is_told_under_its_own_headings(client, body, form):
    client.force_login(a_secretary())
    response = client.get(f"{AT}730.{form}", DAY)
    text = (in_pdf if form == "pdf" else in_docx)(response.content)
    assert response.status_code == 200
    assert "Orientering: Årsstatus 2026 for Randersklyngen" in text
    assert "Randers Kommune" in text
    assert "at orienteringen tages til efterretning" in text
    assert "Hemmeligt" not in text


def test_a_year_that_is_over_is_told_as_it_ended(body):
    with clock.at(clock.noon_of(date(2025, 3, 1))):
        one = an_initiative(body, title="Stoppet i år")
    with clock.at(clock.noon_of(ON)):
        rules.stop(by=None, initiative=one, why="Ingen tid.")

    before = {row.it.title: row.state for row in told(2025).initiatives}
    after = {row.it.title: row.state for row in told(2026).initiatives}
    assert before["Stoppet i år"] == "need"
    assert after["Stoppet i år"] == "stopped"
    assert told(2025).is_whole


def test_what_there_is_nothing_of_is_said(client):
    client.force_login(a_secretary())
    text = in_pdf(client.get("/midler/aaret/klynge/rm-horsens/2024/status.pdf",
                             {"dato": "2024-09-15"}).content)  # fmt: skip
    for words in ("Der er ingen mål.", "Der er ingen initiativer.", "Der er ingen puljer."):
        assert words in text


def test_it_works(client, body):
    client.force_login(a_member())
    page = client.get("/midler/aaret/klynge/rm-randers/2024/", {"dato": "2024-09-15"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "707.pdf" in text
    assert "Årets papirer 2024" in text
    assert "2.024" not in text
    assert "Sundhedsklyngens politiske niveau" in text
    assert AT.replace("2026", "2024") in client.get(
        "/organ/klynge-politisk/rm-randers/", {"dato": "2024-09-15"}
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("file", ["", "status.pdf", "ssu.docx", "730.pdf"])
def test_a_reader_may_not(client, file):
    client.force_login(a_case_officer())
    assert client.get(AT + file, DAY).status_code == 403


@pytest.mark.parametrize("file", ["", "status.pdf", "ssu.docx", "730.pdf"])
def test_a_stranger_is_sent_to_login(client, file):
    assert client.get(AT + file, DAY).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "klynge/rm-randers/2021/",
        "klynge/rm-randers/2027/",
        "klynge/ukendt/2026/",
        "kommune/730/2026/",
        "klynge/rm-randers/2026/101.pdf",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    client.force_login(a_secretary())
    assert client.get(f"/midler/aaret/{address}", DAY).status_code == 404


def test_a_past_day_is_told_as_it_was(body):
    """A goal closed, a decision done and a status written later change nothing of the day."""
    [goal] = [one.it for one in told().goals]
    [decision] = Decision.objects.filter(text="Alle får en plan.")
    with clock.at(clock.noon_of(date(2026, 3, 1))):
        close(by=None, goal=goal, state=Goal.State.REACHED, text="Nået.")
        decisions.follow_up(
            by=None, decision=decision, text="Gjort.", state=Decision.State.DONE, result="Planer"
        )
        before, after = told(on=ON), told(on=date(2026, 3, 1))

    assert [one.state for one in before.goals] == [Goal.State.ACTIVE]
    assert [one.state for one in after.goals] == [Goal.State.REACHED]
    assert [one.text for one in before.decided.open] == ["Alle får en plan."]
    assert after.decided.open == ()


def test_a_goal_that_was_closed_before_the_year_is_not_of_the_year(body):
    with clock.at(clock.noon_of(date(2026, 3, 1))):
        close(by=None, goal=told().goals[0].it, state=Goal.State.REACHED, text="Nået.")
    with clock.at(clock.noon_of(date(2027, 2, 1))):
        assert told(2027, date(2027, 2, 1)).goals == ()


def test_what_cannot_be_told_of_a_past_day_is_said_in_words(body):
    with clock.at(clock.noon_of(date(2026, 3, 1))):
        past = in_docx(papers.as_docx(yearly_papers.status(told())))
        now = in_docx(papers.as_docx(yearly_papers.status(told(on=date(2026, 3, 1)))))

    assert "som de stod den 1. februar 2026" in past
    assert "kan være opgjort på ny siden" in past
    assert "som de stod den" not in now
