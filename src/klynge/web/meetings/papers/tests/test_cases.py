"""An item becomes a case in each authority's own format, in PDF and in DOCX."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.documents import word
from klynge.web.documents.tests.reading import Read
from klynge.web.meetings.papers import making
from klynge.web.meetings.papers.case_formats import COMMON, format_of, formats
from klynge.web.meetings.papers.cases import Details
from klynge.web.meetings.papers.template_uses import uses
from klynge.web.meetings.papers.tests.builders import a_figure, an_annex, paper_for
from klynge.web.meetings.tests.builders import a_closed_item, a_meeting, an_item, release
from klynge.web.meetings.tests.minutes_builders import an_approved_meeting

HERNING = Details("Sundheds- og Omsorgsudvalget", date(2024, 11, 5), "29.30.08-P27-1-21")
TEXTS = {
    "sagsresume": "<p>Kort fortalt.</p>",
    "sagsfremstilling": "<p>Hele sagen.</p>",
    "oekonomi": "<p>Ingen udgift.</p>",
    "andet": "<p>Andre ord.</p>",
}


@pytest.fixture
def case(db):
    meeting = a_meeting()
    item = an_item(meeting, "Fælles akuttilbud", blocks=TEXTS, case_number="1-00-3-23")
    a_figure(item)
    an_annex(item)
    paper = paper_for(release(meeting), a_secretary())
    return paper, paper.items[0]


def headings(pdf):
    return [title for depth, title, _page in pdf.bookmarks if depth == 0]


def test_herning_gets_its_own_sections_in_its_own_order(case):
    pdf = Read(making.case_pdf(*case, formats()["herning"], HERNING))

    assert headings(pdf) == [
        "Sagsresume", "Sagsfremstilling", "Økonomi", "Indstilling", "Beslutning", "Bilag",
    ]  # fmt: skip
    assert "Sagsnr.: 29.30.08-P27-1-21" in pdf.text
    assert "Sagsnummer der: 1-00-3-23" in pdf.text
    assert pdf.faults == []


@pytest.mark.parametrize(
    ("form", "heading"),
    [
        ("midtjylland", "Resume"),
        ("syddanmark", "Beslutning i Sundheds- og Omsorgsudvalget den 5. november 2024"),
        ("sjaelland", "Behandling i Sundheds- og Omsorgsudvalget"),
        ("hovedstaden", "POLITISK BEHANDLING"),
        ("faelles", "Sagsfremstilling"),
    ],
)
def test_each_authority_has_its_own_headings(case, form, heading):
    assert heading in headings(Read(making.case_pdf(*case, formats()[form], HERNING)))


@pytest.mark.parametrize("form", formats())
def test_every_format_carries_all_texts_the_indstilling_the_figures_and_the_annex(case, form):
    pdf = Read(making.case_pdf(*case, formats()[form], HERNING))
    document = docx.Document(BytesIO(making.case_docx(*case, formats()[form], HERNING)))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)

    for words in ("Kort fortalt.", "Hele sagen.", "Ingen udgift.", "Andre ord.",
                  "at drøfte tallene", "1.1 Notat"):  # fmt: skip
        assert words in pdf.text
        assert words in told
    assert len(document.inline_shapes) == 1
    assert list(pdf.attachments) == ["bilag-1.1 Notat.pdf"]


@pytest.mark.parametrize("form", formats())
def test_every_format_has_a_source_a_certainty_and_known_fields(form):
    one = formats()[form]
    sample = uses()[f"sag-{form}"].sample()

    assert one.source
    assert one.certainty in {"S", "P", "K"}
    assert {section.field for section in one.sections} <= set(sample)
    assert word.check(uses()[f"sag-{form}"].first_template(), sample)


@pytest.mark.parametrize(
    ("form", "number", "fits"),
    [
        ("herning", "29.30.08-P27-1-21", True),
        ("herning", "1-00-3-23", False),
        ("midtjylland", "1-00-3-23", True),
        ("syddanmark", "15/604", True),
        ("sjaelland", "4246445", True),
        ("hovedstaden", "12345678", True),
        ("hovedstaden", "15/604", False),
        ("faelles", "hvad som helst", True),
    ],
)
def test_case_numbers_have_the_authoritys_shape(form, number, fits):
    assert formats()[form].fits_number(number) is fits


def test_an_authority_nobody_has_seen_gets_the_common_format():
    assert format_of("region", "1082").id == "midtjylland"
    assert format_of("kommune", "730").id == COMMON
    assert format_of("plo", "").id == COMMON


def test_what_the_cluster_decided_goes_along_when_the_minutes_are_out(db):
    paper = paper_for(an_approved_meeting(), a_secretary())
    pdf = Read(making.case_pdf(paper, paper.items[0], formats()["herning"], HERNING))

    assert f"Behandling i {paper.body}" in headings(pdf)
    assert "Indstilling 1: Tiltrådt" in pdf.text


@pytest.mark.parametrize(
    ("form", "mark"),
    [("syddanmark", "LUKKET PUNKT "), ("hovedstaden", "FORTROLIG – "), ("herning", "(lukket)")],
)
def test_a_closed_item_is_marked_as_the_authority_does(db, form, mark):
    meeting = a_meeting()
    a_closed_item(meeting)
    paper = paper_for(release(meeting), a_secretary())
    pdf = Read(making.case_pdf(paper, paper.items[0], formats()[form], Details()))

    assert mark in pdf.reader.metadata.title
