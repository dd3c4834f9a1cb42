"""Everything that is wrong with bundles is told at once: file, line, entry, expected, no value."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from klynge.cli import main
from klynge.engine.registers.check import examine
from klynge.engine.registers.gateway import codes
from tests.engine.gateway.bundles import ANNA, BENT, ndjson, plan, report, request

MARK = "9912319999"


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["registers", "gateway", str(folder), "--out", str(folder / "out")]) == 10
    printed = capsys.readouterr()
    assert not list((folder / "out").glob("*"))
    return printed.err


BAD = {
    "cut off": ('{"resourceType": "Bundle", "x": "' + MARK, "linje 2", "gyldig JSON"),
    "no bundle": ({"resourceType": "Patient", "id": MARK}, "linje 2", '"resourceType": "Bundle"'),
    "a number": (MARK, "linje 2", "FHIR-pakke"),
    "no timestamp": (report(plan(), timestamp=None), "linje 2", "timestamp"),
    "no time zone": (report(plan(), timestamp="2024-01-01T10:00:00"), "linje 2", "tidszone"),
    "no citizen": ({**report(), "entry": [{"resource": plan()}]}, "linje 2", "præcis én Patient"),
    "no number": (report(plan(), person=" "), "linje 2, post 1", "1.2.208.176.1.2"),
    "an empty entry": (report({}), "linje 2, post 2", "resourceType"),
    "no id": (report(plan(id="")), "linje 2, post 2", "et id, fx en uuid"),
    "another citizen": (
        report(plan(subject={"reference": f"Patient/{MARK}"})),
        "linje 2, post 2",
        "pakkens Patient",
    ),
    "no update": (report(plan(updated=MARK)), "linje 2, post 2", "meta.lastUpdated"),
    "no status": (report(plan(status=None)), "linje 2, post 2", "status efter FHIR"),
    "no start": (report(plan(start=None)), "linje 2, post 2", "period.start"),
    "half a date": (report(plan(start="2024-02")), "linje 2, post 2", "en hel dato"),
    "no such day": (report(plan(start="2023-02-29")), "linje 2, post 2", "en hel dato"),
    "backwards": (report(plan(end="2024-01-01")), "linje 2, post 2", "period.end efter"),
    "no code": (report(plan(activity=[])), "linje 2, post 2", "en FSIII-kode"),
    "unknown code": (report(plan(MARK)), "linje 2, post 2", "gammel (H1.1) eller ny (uuid)"),
    "no level": (report(request("2024-02-10", MARK)), "linje 2, post 2", "specialiseret"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_told_with_its_place_and_without_the_value(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, place, expected = BAD[name]
    text = told(ndjson(tmp_path, report(plan()), bundle), capsys)

    assert f"kl_gateway_care/0.ndjson, {place}" in text
    assert expected in text
    assert MARK not in text
    assert ANNA not in text
    assert "2024-02" not in text.replace("2024-02-14", "")


def test_all_faults_are_told_at_once_each_kind_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [bundle for bundle, _place, _expected in BAD.values()]
    text = told(ndjson(tmp_path, *bad, *bad), capsys)

    assert text.count("Problem:") == 16
    assert "Det står 4 steder; her er det første." in text


def test_an_id_of_two_citizens_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(ndjson(tmp_path, report(plan(id="x")), report(plan(id="x"), person=BENT)), capsys)

    assert "Ét id står hos flere borgere" in text


def test_json_that_is_cut_off_in_a_stream_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kl_gateway_care").mkdir()
    file = tmp_path / "kl_gateway_care/all.json"
    file.write_text(json.dumps([report(plan()), report(plan(MARK))])[:-30], encoding="utf-8")

    text = told(tmp_path, capsys)

    assert "kl_gateway_care/all.json, pakke 2" in text
    assert MARK not in text


@pytest.mark.parametrize("outside", ['{"entry": %s}', "[%s]", "%s\n"])
def test_brackets_without_end_are_told_before_memory_is_full(
    outside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kl_gateway_care").mkdir()
    name = "all.ndjson" if outside.endswith("\n") else "all.json"
    deep = outside % ("[" * 20_000 + "]" * 20_000)
    (tmp_path / "kl_gateway_care" / name).write_text(deep, encoding="utf-8")

    tracemalloc.start()
    text = told(tmp_path, capsys)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "gyldig JSON" in text
    assert used < 100_000_000


def test_a_folder_without_bundles_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registers", "gateway", str(tmp_path / "nowhere")]) == 10
    assert "ingen pakker fra KL Gateway" in capsys.readouterr().err


def test_the_check_of_registers_says_that_bundles_are_not_read_in(tmp_path: Path) -> None:
    ndjson(tmp_path, report(plan()))

    report_of = examine(tmp_path, ["aefv"])[0]

    assert "KL Gateway" in report_of.faults[0].problem
    assert "klynge registers gateway" in report_of.faults[0].remedy


def test_every_code_has_a_paragraph_a_certainty_and_a_source() -> None:
    assert len(codes.meanings()) > 250
    for meaning in codes.meanings().values():
        assert meaning.paragraph
        assert meaning.certainty in ("S", "P", "K")
        assert meaning.source.startswith("kl-gateway")
        assert meaning.register in ("", "aefv", "aehjsp", "aetr", "aerehab", "forebyggelsestilbud")
