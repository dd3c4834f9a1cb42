"""The journal package is whole, checks itself, and is equal until something changes."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.documents.tests.reading import Read
from klynge.web.meetings.papers import journal
from klynge.web.meetings.papers.tests.builders import a_pdf_file, an_annex, paper_for
from klynge.web.meetings.tests.builders import a_meeting, an_item, release

pytestmark = pytest.mark.django_db
SPACE = {"j": journal.XML_NAMESPACE}


def packed(**annex):
    meeting = a_meeting()
    an_annex(an_item(meeting, "Økonomi <&> & mere", case_number="1-00-3-23"), **annex)
    made = journal.package(paper_for(release(meeting), a_secretary()), {})
    with ZipFile(BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_holds_the_papers_the_annexes_the_metadata_and_the_checksums():
    files = packed(content=a_pdf_file("Tal"))

    assert list(files) == [
        "bilag/1.1 Notat.pdf", "checksums.sha256", "metadata.json", "metadata.xml", "moede.pdf",
    ]  # fmt: skip
    assert "<pdfaid:part>3<" in Read(files["moede.pdf"]).claims
    assert files["bilag/1.1 Notat.pdf"] == a_pdf_file("Tal")


def test_every_file_but_the_list_has_its_checksum():
    files = packed()
    told = dict(
        reversed(line.split("  ", 1))
        for line in files.pop("checksums.sha256").decode().splitlines()
    )

    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_json_and_xml_say_the_same():
    files = packed()
    told = json.loads(files["metadata.json"])
    root = ET.fromstring(files["metadata.xml"])

    [item] = told["items"]
    entry = root.find("j:items/j:entry", SPACE)
    assert item["title"] == entry.find("j:title", SPACE).text == "Økonomi <&> & mere"
    assert item["case_number"] == entry.find("j:case_number", SPACE).text
    assert item["recommendation"] == [
        one.text for one in entry.findall("j:recommendation/j:entry", SPACE)
    ]
    [annex] = item["annexes"]
    assert annex["sha256"] == entry.find("j:annexes/j:entry/j:sha256", SPACE).text
    assert annex["sha256"] == hashlib.sha256(files[annex["file"]]).hexdigest()
    assert told["begins_at"] == "2024-10-22T09:00:00+02:00"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../x.pdf", "-..-x.pdf"), ("a:b?.pdf", "a-b-.pdf"), ("...", "bilag"), ("C:\\x", "C--x")],
)
def test_a_file_name_is_never_a_path(name, kept):
    assert journal.file_name(name) == kept
