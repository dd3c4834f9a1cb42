"""`klynge structure show`: readable, honest about doubt, stable as JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from klynge import texts
from klynge.cli import main
from tests.structure.test_facts import CHANGES


def show(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["structure", "show", *words]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["structure", "show", *words]) == 2
    return capsys.readouterr().err


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("on", CHANGES)
def test_no_line_passes_80_columns(capsys: pytest.CaptureFixture[str], on: date) -> None:
    assert max(map(len, show(capsys, "--on", on.isoformat()).splitlines())) <= 80


def test_a_narrow_terminal_is_no_trouble(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "10")

    assert "Klynge Vest (rn-vest)" in show(capsys, "--on", "2023-05-01")


def test_a_klynge_is_shown_with_hospital_and_kommuner(capsys: pytest.CaptureFixture[str]) -> None:
    shown = show(capsys, "--on", "2023-05-01", "--region", "1082")

    assert "Randersklyngen (rm-randers)" in shown
    assert "Akuthospital  Regionshospitalet Randers" in shown
    assert "Kommuner      Syddjurs 706, Norddjurs 707, Favrskov 710, Randers 730" in shown


def test_every_klynge_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(capsys, "--on", "2023-05-01").count("Akuthospital  ") == 22


def test_why_some_say_21_is_shown_with_the_klynger(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nationale tekster siger 21 klynger" in show(capsys, "--on", "2023-05-01")


def test_the_doubtful_end_of_the_regime_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    shown = show(capsys, "--on", "2025-12-31")

    assert "! Slutningen: sikkerhed middel. Slutdatoen er sandsynlig, ikke bevist." in shown


def test_the_doubt_is_repeated_the_day_after(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Klyngerne regnes for ophørt 31.12.2025" in show(capsys, "--on", "2026-01-01")


def test_a_doubtful_membership_is_marked_with_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    shown = show(capsys, "--on", "2023-05-01", "--region", "1083")

    assert "Middelfart 410 (?)" in shown
    assert "! Middelfart, sikkerhed lav: Den tvivlsomme" in shown


def test_a_sure_klynge_is_not_marked(capsys: pytest.CaptureFixture[str]) -> None:
    shown = show(capsys, "--on", "2023-05-01", "--region", "1081")

    assert "(?)" not in shown.partition("Sådan læses oversigten")[0]


def test_a_doubtful_hospital_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    shown = show(capsys, "--on", "2023-05-01", "--region", "1081")

    assert shown.count("! Akuthospitalet, sikkerhed middel") == 2


def test_shared_and_domain_specific_memberships_are_marked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = " ".join(show(capsys, "--on", "2023-05-01", "--region", "1084").split())

    assert shown.count("København 101 (delt)") == 2
    assert "Rødovre 175 (kun psykiatri)" in shown
    assert "Rødovre 175 (kun somatik)" in shown


def test_the_preparatory_phase_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Forberedende Sundhedsråd Fyn (fyn)" in show(capsys, "--on", "2026-06-01")


def test_a_region_of_today_shows_the_sundhedsraad_of_the_region_to_come(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = show(capsys, "--on", "2026-06-01", "--region", "1085")

    assert "Region Østdanmark (fra 1.1.2027)" in shown
    assert "oestsjaelland-oeerne" in shown
    assert "nordsjaelland" not in shown


def test_the_missing_code_of_oestdanmark_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "officielle kode er ikke fundet" in show(capsys, "--on", "2027-01-01")


def test_before_the_klynger_the_kommuner_of_the_regions_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Aalborg 851" in show(capsys, "--on", "2022-06-30")


@pytest.mark.parametrize("written", ["1082", "midtjylland", "Region Midtjylland"])
def test_a_region_may_be_written_by_code_or_name(
    capsys: pytest.CaptureFixture[str], written: str
) -> None:
    shown = show(capsys, "--on", "2023-05-01", "--region", written)

    assert shown.count("Akuthospital  ") == 5


def test_without_a_date_it_is_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(show(capsys, "--json"))["on"] == date.today().isoformat()


@pytest.mark.parametrize("written", ["2023-13-01", "1.5.2023", "igår", ""])
def test_a_bad_date_is_told_what_was_expected(
    capsys: pytest.CaptureFixture[str], written: str
) -> None:
    assert "ÅÅÅÅ-MM-DD" in refused(capsys, "--on", written)


def test_a_date_before_the_regimes_is_told_where_they_begin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "2007-01-01" in refused(capsys, "--on", "2006-12-31")


def test_an_unknown_region_is_told_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "--on", "2023-05-01", "--region", "Midtjyland")

    assert "Mente du" in said
    assert "1082 Region Midtjylland" in said


def test_a_region_that_has_ended_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "--on", "2027-01-01", "--region", "1085")

    assert "Region Sjælland findes ikke den 2027-01-01" in said
    assert "oestdanmark" in said


def test_the_json_has_its_documented_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(show(capsys, "--on", "2023-05-01", "--json"))

    assert list(found) == ["on", "region", "regime", "bodies", "regions", "places", "notes"]
    assert set(found["places"][0]) == {
        "kind",
        "id",
        "name",
        "valid_from",
        "valid_to",
        "certainty",
        "certainty_note",
        "sources",
        "region",
        "details",
        "members",
        "predecessors",
        "successors",
    }
    assert set(found["places"][0]["members"]["somatik"][0]) == {
        "kommune",
        "kind",
        "place",
        "domain",
        "shared",
        "valid_from",
        "valid_to",
        "certainty",
        "certainty_note",
        "sources",
    }


def test_the_json_is_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    danish = show(capsys, "--on", "2023-05-01", "--json")
    assert main(["--language", "en", "structure", "show", "--on", "2023-05-01", "--json"]) == 0
    texts.use_language("da")

    assert capsys.readouterr().out == danish


def test_doubts_are_told_in_english_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "structure", "show", "--on", "2023-05-01"]) == 0
    texts.use_language("da")

    assert "National texts say 21 clusters" in capsys.readouterr().out
