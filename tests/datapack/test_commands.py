"""`klynge datapack verify | show | keygen | sign`, as a user meets them."""

from __future__ import annotations

import json

import pytest

from klynge.cli import main
from klynge.datapack.showing import number
from tests.datapack.builders import a_pack, a_row, a_table


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(a_pack(tmp_path_factory.mktemp("packs") / "pack"))


@pytest.fixture(autouse=True)
def danish(monkeypatch):
    monkeypatch.delenv("KLYNGE_LANGUAGE", raising=False)
    monkeypatch.setattr("klynge.texts._chosen", ["da"])


def said(capsys, *words):
    """Exit code and everything printed."""
    code = main(["datapack", *map(str, words)])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def lines_about(text, *words):
    return [line for line in text.splitlines() if all(word in line for word in words)]


def test_verify_tells_what_the_pack_is(capsys, folder):
    code, text = said(capsys, "verify", folder)

    assert code == 0
    for fact in (
        "hel og i orden",
        "Opdigtede personer.",
        "2023, 2024",
        "5 kommune, 3 klynge, 1 sundhedsraad, 2 region, 1 land",
        "1.272: 17 skjult (1,5 % af de opgjorte), 120 ikke opgjort",
        "dagophold  Dagophold",
    ):
        assert fact in text


def test_verify_gives_json(capsys, folder):
    code, text = said(capsys, "verify", folder, "--json")

    answer = json.loads(text)
    assert (code, answer["ok"], answer["faults"]) == (0, True, [])
    assert answer["pack"]["cells"] == 1272
    assert answer["pack"]["hidden_share"] == pytest.approx(100 * 17 / 1152, abs=0.01)


def test_verify_of_a_spoilt_pack_is_bad_input(capsys, tmp_path):
    folder = a_pack(tmp_path / "pack", figures=a_table())
    (folder / "quality.json").write_text("{}")

    code, text = said(capsys, "verify", folder)

    assert code == 10
    assert "quality.json" in text
    assert "Gør sådan:" in text


def test_verify_gives_faults_as_json(capsys, tmp_path):
    code, text = said(capsys, "verify", tmp_path / "none", "--json")

    answer = json.loads(text)
    assert (code, answer["ok"]) == (10, False)
    assert [set(fault) for fault in answer["faults"]] == [
        {"where", "problem", "expected", "remedy"}
    ]


def test_show_prints_hidden_zero_and_not_counted_as_what_they_are(capsys, tmp_path):
    rows = [
        a_row(numerator=0, value=0.0, lower=0.0, upper=3.7),
        a_row(sex="female", status="hidden"),
        a_row(sex="male", status="not_counted"),
    ]
    folder = a_pack(tmp_path / "pack", figures=a_table(*rows))

    code, text = said(capsys, "show", folder, "--indicator", "dagophold", "--place", "land:DK")

    assert code == 0
    assert lines_about(text, "alle", " 0  ", "0,0 – 3,7", "100")
    assert lines_about(text, "kvinder", "skjult")
    assert lines_about(text, "mænd", "ikke opgjort")


def test_show_tells_title_unit_certainty_and_note(capsys, folder):
    _code, text = said(capsys, "show", folder, "--indicator", "laege")

    for fact in ("Kontakter til almen praksis", "pr. 1.000 borgere", "P: delvis", "Opdigtede"):
        assert fact in text


def test_show_gives_every_place_but_one_row_each_when_no_place_is_asked_for(capsys, folder):
    _code, text = said(capsys, "show", folder, "--indicator", "folketal", "--period", "2024")

    assert len(lines_about(text, "2024", "alle")) == 12
    assert lines_about(text, "kommune:730 Randers")


def test_show_of_a_place_gives_sex_and_age(capsys, folder):
    _code, text = said(capsys, "show", folder, "--indicator", "folketal", "--place", "kommune:707")

    assert lines_about(text, "2024", "kvinder", "80+", " 0")


def test_show_gives_all_rows_as_json(capsys, folder):
    _code, text = said(capsys, "show", folder, "--indicator", "folketal", "--json")

    answer = json.loads(text)
    assert answer["indicator"]["title"]["da"] == "Folketal"
    assert len(answer["figures"]) == 2 * 12 * 3 * 4


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--indicator", "dagopold"], "Mente du: dagophold (Dagophold)"),
        (["--indicator", "Dagophold"], "Mente du: dagophold"),
        (["--indicator", "zzzz"], "Den har for eksempel"),
        (["--indicator", "psyk", "--place", "klynge:randers"], "klynge:rm-randers"),
        (["--indicator", "psyk", "--place", "Randersklyngen"], "klynge:rm-randers"),
        (["--indicator", "psyk", "--place", "730"], "kommune:730"),
        (["--indicator", "psyk", "--period", "2022"], "2023, 2024"),
    ],
)
def test_show_of_what_is_not_there_names_the_nearest(capsys, folder, words, hint):
    code, text = said(capsys, "show", folder, *words)

    assert code == 2
    assert hint in text


def test_show_of_a_spoilt_pack_is_bad_input(capsys, tmp_path):
    code, text = said(capsys, "show", tmp_path, "--indicator", "x")

    assert code == 10
    assert "Filen mangler" in text


def test_a_pack_is_signed_and_verified_with_new_keys(capsys, tmp_path):
    folder = a_pack(tmp_path / "pack", figures=a_table(a_row()))
    assert said(capsys, "keygen", "--out", tmp_path / "randers")[0] == 0
    assert said(capsys, "sign", folder, "--key", tmp_path / "randers.private.pem")[0] == 0

    key = tmp_path / "randers.public.pem"
    code, text = said(capsys, "verify", folder, "--public-key", key)

    assert code == 0
    assert "ja, med den angivne nøgle" in text


def test_the_private_key_is_for_its_owner_alone(capsys, tmp_path):
    said(capsys, "keygen", "--out", tmp_path / "k")

    assert (tmp_path / "k.private.pem").stat().st_mode & 0o077 == 0


def test_a_key_is_never_written_over(capsys, tmp_path):
    said(capsys, "keygen", "--out", tmp_path / "k")
    before = (tmp_path / "k.private.pem").read_bytes()

    assert said(capsys, "keygen", "--out", tmp_path / "k")[0] == 10
    assert (tmp_path / "k.private.pem").read_bytes() == before


@pytest.mark.parametrize("content", [None, "", "-----BEGIN NONSENSE-----"])
def test_a_file_that_is_no_key_is_told(capsys, folder, tmp_path, content):
    key = tmp_path / "key.pem"
    if content is not None:
        key.write_text(content)

    assert said(capsys, "verify", folder, "--public-key", key)[0] == 10
    assert said(capsys, "sign", folder, "--key", key)[0] == 10


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (0, "0", "0"),
        (0.0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        (12.345, "12,3", "12.3"),
        (1.2345, "1,23", "1.23"),
        (None, "", ""),
    ],
)
def test_numbers_are_written_in_the_readers_language(monkeypatch, value, danish, english):
    assert number(value) == danish
    monkeypatch.setattr("klynge.texts._chosen", ["en"])
    assert number(value) == english
