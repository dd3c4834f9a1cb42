"""`klynge structure check`: the verdict to read, as JSON, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klynge import texts
from klynge.cli import main

LAWFUL = """navn;repræsenterer;kommune;embede;rolle;udpeget af;fra
Ada;region;;regionsrådsformand;formand;;13.9.2022
Bo;region;;regionsrådsmedlem;;;13.9.2022
Eva;kommune;Bornholm;borgmester;medformand;;13.9.2022
Ib;PLO;;læge;;PLO;13.9.2022
Åse;PLO;;læge;;PLO;13.9.2022
"""
BORNHOLM = ("--body", "klynge-politisk", "--place", "rh-bornholm", "--on", "2023-05-01")


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "medlemmer.csv"
    path.write_text(LAWFUL, encoding="utf-8")
    return path


def without_ib(members: Path) -> Path:
    members.write_text(LAWFUL.replace("Ib;PLO;;læge;;PLO;13.9.2022\n", ""), encoding="utf-8")
    return members


def run(*words: str) -> int:
    return main(["structure", "check", *words])


def test_a_lawful_body_exits_0(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(members), *BORNHOLM) == 0
    assert "Lovlig: intet at bemærke" in capsys.readouterr().out


def test_a_finding_exits_1_and_tells_all_about_it(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(without_ib(members)), *BORNHOLM) == 1
    shown = " ".join(capsys.readouterr().out.split())

    assert "Der er 1 praktiserende læger; 2 har plads." in shown
    assert "BEK nr. 1248/2022 § 3, stk. 1 (gælder fra 8.9.2022)" in shown
    assert "Siden 8.9.2022" in shown
    assert "Bed PLO udpege." in shown
    assert "kan fraviges ved aftale; ingen er registreret" in shown


def test_no_line_passes_80_columns(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(without_ib(members)), *BORNHOLM)

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_an_agreement_makes_it_lawful(
    members: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = tmp_path / "aftaler.csv"
    agreed.write_text("regel;beslutning;antal\nK04-plo;Møde 13.9.2022;1\n", encoding="utf-8")

    assert run(str(without_ib(members)), *BORNHOLM, "--deviations", str(agreed)) == 0
    assert "dækket af: Møde 13.9.2022" in capsys.readouterr().out


def test_an_agreement_that_cannot_be_made_is_told(
    members: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = tmp_path / "aftaler.csv"
    agreed.write_text("regel;beslutning\nK06-kommune;Møde 13.9.2022\n", encoding="utf-8")
    members.write_text(LAWFUL.replace("medformand", "medlem"), encoding="utf-8")

    assert run(str(members), *BORNHOLM, "--deviations", str(agreed)) == 1
    assert "kan ikke fraviges" in " ".join(capsys.readouterr().out.split())


def test_a_doubtful_finding_is_marked(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(members), "--body", "klynge-politisk", "--place", "rsj-suh", "--on", "2023-05-01")

    assert "! Sikkerhed lav: UDLEDT" in capsys.readouterr().out


def test_columns_that_are_not_used_are_named(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members.write_text(LAWFUL.replace(";fra", ";startdato"), encoding="utf-8")
    run(str(members), *BORNHOLM)

    assert "Ikke brugt    startdato" in capsys.readouterr().out


def test_the_json_has_its_documented_keys(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(without_ib(members)), *BORNHOLM, "--json") == 1
    found = json.loads(capsys.readouterr().out)

    assert set(found) == {
        "body",
        "place",
        "on",
        "lawful",
        "serving",
        "encoding",
        "unused_columns",
        "not_checked",
        "findings",
    }
    assert (found["lawful"], found["serving"]) == (False, 4)
    assert set(found["findings"][0]) == {
        "rule",
        "text",
        "paragraph",
        "sources",
        "in_force_from",
        "how",
        "count",
        "subject",
        "people",
        "what",
        "mend",
        "since",
        "certainty",
        "certainty_note",
        "deviation_possible",
        "deviation",
        "covered",
    }


def test_it_speaks_english(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "structure", "check", str(without_ib(members)), *BORNHOLM])
    texts.use_language("da")

    assert "There are 1 general practitioners; 2 have a seat." in capsys.readouterr().out


def test_a_body_that_does_not_exist_on_the_day_exits_10_with_the_faults_of_the_file(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members.write_text(LAWFUL.replace("Bornholm", "Bornholmm"), encoding="utf-8")

    assert run(str(members), *BORNHOLM[:-1], "2026-05-01") == 10
    told = capsys.readouterr().err
    assert "klynge-politisk findes ikke den 2026-05-01, kun 2022-07-01 - 2025-12-31" in told
    assert "patientinddragelsesudvalg, forberedende-sundhedsraad" in told
    assert "linje 4, kolonne kommune" in told


def test_a_place_that_does_not_exist_on_the_day_exits_10(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--body", "patientinddragelsesudvalg", "--place", "oestdanmark", "--on", "2026-05-01")

    assert run(str(members), *words) == 10
    assert "oestdanmark findes ikke den 2026-05-01, kun fra 2027-01-01" in capsys.readouterr().err


def test_nothing_is_printed_as_a_verdict_on_bad_input(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members.write_bytes(b"\x00")
    run(str(members), *BORNHOLM)

    assert capsys.readouterr().out == ""


def test_an_unknown_kind_of_body_exits_2_with_the_nearest(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--body", "klynge-politis", "--place", "rh-bornholm", "--on", "2023-05-01")

    assert run(str(members), *words) == 2
    assert "Mente du klynge-politisk" in capsys.readouterr().err


def test_an_unknown_place_exits_2_with_the_nearest(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--body", "klynge-politisk", "--place", "bornholm", "--on", "2023-05-01")

    assert run(str(members), *words) == 2
    assert "rh-bornholm" in capsys.readouterr().err


def test_a_body_whose_rules_are_not_known_is_not_called_lawful(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--body", "praksisplanudvalg", "--place", "1082", "--on", "2021-05-01")

    assert run(str(members), *words) == 1
    assert "kan ikke sige, om sammensætningen er lovlig" in " ".join(
        capsys.readouterr().out.split()
    )


def test_a_rule_that_was_not_read_is_named_as_not_checked(
    members: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(str(members), "--body", "sundhedsraad", "--place", "fyn", "--on", "2027-05-01")

    assert "! Ikke kontrolleret: Regionsloven § 14 e, stk. 4." in capsys.readouterr().out
