"""Verifying a pack: every way it can be wrong is found, and said without a traceback."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge import datapack
from klynge.datapack import sealing
from klynge.faults import BadInput
from tests.datapack.builders import a_pack, a_row, a_table, an_indicator, figures

FILES = ("datapackage.json", "figures.parquet", "figures.csv", "indicators.json", "quality.json")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return a_pack(tmp_path_factory.mktemp("whole") / "pack")


@pytest.fixture
def folder(whole, tmp_path):
    """A pack that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "pack"))


def places_named(folder: Path, **options: object) -> list[str]:
    """What verify finds fault with; read must refuse the same."""
    faults = datapack.verify(folder, **options)
    if faults:
        with pytest.raises(BadInput) as error:
            datapack.read(folder, **options)
        assert error.value.faults == faults
    return [fault.where for fault in faults]


def reseal(folder: Path, **changed: object) -> None:
    """Make checksums and seal right again, as a forger or a faulty builder would.

    changed: parts of the descriptor's "klynge" to put in.
    """
    path = folder / "datapackage.json"
    document = json.loads(path.read_text())
    for resource in document["resources"]:
        content = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": sealing.digest(content)}
    document["klynge"] |= {"seal": sealing.UNSEALED, **changed}
    path.write_bytes(sealing.seal(json.dumps(document, ensure_ascii=False).encode()))


def with_figures(folder: Path, table: pa.Table, *, csv: str | None = None) -> None:
    """Put other figures into the pack, rules or no rules, and reseal it."""
    parquet = io.BytesIO()
    pa.parquet.write_table(table, parquet)
    (folder / "figures.parquet").write_bytes(parquet.getvalue())
    if csv is None:
        lines = [",".join(table.column_names)]
        lines += [
            ",".join("" if value is None else str(value) for value in row.values())
            for row in table.to_pylist()
        ]
        csv = "\n".join(lines) + "\n"
    (folder / "figures.csv").write_text(csv)
    reseal(folder)


def test_a_whole_pack_has_no_fault(whole):
    assert datapack.verify(whole) == ()


def test_a_resealed_pack_has_no_fault(folder):
    with_figures(folder, figures())

    assert datapack.verify(folder) == ()


def test_a_folder_that_is_not_there_is_one_fault(tmp_path):
    assert places_named(tmp_path / "none") == [str(tmp_path / "none")]


def test_a_file_in_place_of_the_folder_is_one_fault(tmp_path):
    (tmp_path / "file").write_text("x")

    assert places_named(tmp_path / "file") == [str(tmp_path / "file")]


def test_an_empty_folder_misses_every_file(tmp_path):
    assert sorted(places_named(tmp_path)) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()

    assert places_named(folder) == [name]


def test_an_extra_file_is_named(folder):
    (folder / "rows.csv").write_text("x")

    assert places_named(folder) == ["rows.csv"]


def test_a_folder_or_a_link_with_a_files_name_is_not_followed(folder, tmp_path):
    outside = tmp_path / "secret.json"
    (folder / "quality.json").rename(outside)
    (folder / "quality.json").symlink_to(outside)
    (folder / "figures.csv").unlink()
    (folder / "figures.csv").mkdir()

    assert places_named(folder) == ["figures.csv", "quality.json"]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25)
@given(at=st.floats(min_value=0, max_value=1, exclude_max=True), flip=st.integers(1, 255))
def test_one_byte_changed_anywhere_is_found_and_the_file_named(whole, tmp_path, name, at, flip):
    spoilt = tmp_path / "spoilt"
    if not spoilt.exists():
        shutil.copytree(whole, spoilt)
    content = bytearray((whole / name).read_bytes())
    content[int(at * len(content))] ^= flip
    (spoilt / name).write_bytes(content)

    assert name in places_named(spoilt)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kept", [0, 1, 100, -1])
def test_a_truncated_file_is_named(folder, name, kept):
    (folder / name).write_bytes((folder / name).read_bytes()[:kept])

    assert name in places_named(folder)


def test_a_changed_file_is_told_by_its_checksum(folder):
    text = (folder / "figures.csv").read_text()
    (folder / "figures.csv").write_text(text.replace("2023", "2024", 1))

    (fault,) = datapack.verify(folder)
    assert "sha256" in fault.problem


@pytest.mark.parametrize("name", ["datapackage.json", "indicators.json", "quality.json"])
@pytest.mark.parametrize(
    "content", [b"{", b"", b"\xff\xfe", b"null", b'{"x": NaN}', b"[" * 100_000]
)
def test_bad_json_is_named(folder, name, content):
    (folder / name).write_bytes(content)
    if name != "datapackage.json":
        reseal(folder)

    assert name in places_named(folder)


@pytest.mark.parametrize("content", [b"[]", b"3", b"{}", b'{"klynge": 3}', b'"text"'])
def test_a_descriptor_that_is_no_pack_of_ours_is_named(folder, content):
    (folder / "datapackage.json").write_bytes(content)

    assert places_named(folder) == ["datapackage.json"]


@pytest.mark.parametrize("format", [3, 0, None, "1", [1]])
def test_an_unknown_version_of_the_format_is_refused(folder, format):
    reseal(folder, format=format)

    (fault,) = datapack.verify(folder)
    assert "format" in fault.problem


@pytest.mark.parametrize(
    "changed",
    [{"geography": None}, {"years": None}, {"years": [1999]}, {"registers": 3}, {"note": 3}],
)
def test_a_descriptor_without_a_needed_part_is_refused(folder, changed):
    reseal(folder, **changed)

    assert places_named(folder)


def test_a_descriptor_that_leaves_out_a_file_is_refused(folder):
    path = folder / "datapackage.json"
    document = json.loads(path.read_text())
    del document["resources"][3]
    path.write_text(json.dumps(document))
    reseal(folder)

    assert places_named(folder) == ["datapackage.json"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (a_row(status="hidden", numerator=3), "skjult celle bærer et tal"),
        (a_row(status="not_counted", value=3.0), "bærer et tal"),
        (a_row(sex="kvinde"), "'sex'"),
        (a_row(indicator="other"), "uden definition"),
        (a_row(place="XX"), "geografi"),
        (a_row(lower=25.0), "rummer"),
    ],
)
def test_figures_that_break_a_rule_are_found_though_the_checksums_are_right(folder, row, says):
    with_figures(folder, a_table(row))

    (fault,) = datapack.verify(folder)
    assert fault.where == "figures.parquet"
    assert says in fault.problem


def test_a_cell_given_twice_is_found(folder):
    with_figures(folder, a_table(a_row(), a_row(numerator=21, value=21.0)))

    (fault,) = datapack.verify(folder)
    assert "flere gange" in fault.problem


def test_an_empty_text_where_a_word_must_be_is_found(folder):
    loose = pa.schema([field.with_nullable(True) for field in datapack.FIGURE_SCHEMA])
    with_figures(folder, pa.Table.from_pylist([a_row(sex=None)], schema=loose))

    assert set(places_named(folder)) == {"figures.parquet", "figures.csv"}


def test_a_csv_that_differs_from_the_parquet_is_found(folder):
    csv = (folder / "figures.csv").read_text().replace(",hidden,,,,,", ",shown,1,5,20,10,30")
    (folder / "figures.csv").write_text(csv)
    reseal(folder)

    (fault,) = datapack.verify(folder)
    assert (fault.where, "ikke de samme" in fault.problem) == ("figures.csv", True)


@pytest.mark.parametrize("csv", ["", "a,b\n1,2\n", "\xff", "indicator\n"])
def test_a_csv_that_is_none_is_found(folder, csv):
    with_figures(folder, figures(), csv=csv)

    assert places_named(folder) == ["figures.csv"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\x00" * 100 + b"PAR1"])
def test_a_broken_parquet_with_a_right_checksum_is_said_in_our_words(folder, content):
    (folder / "figures.parquet").write_bytes(content)
    reseal(folder)

    (fault,) = datapack.verify(folder)
    assert (fault.where, "Parquet" in fault.problem) == ("figures.parquet", True)


def test_a_parquet_of_other_columns_is_found(folder):
    with_figures(folder, pa.table({"cpr": ["x"]}))

    assert set(places_named(folder)) == {"figures.parquet", "figures.csv"}


def test_a_definition_that_is_wrong_is_found(folder):
    (folder / "indicators.json").write_text(json.dumps([an_indicator("ventetid", per=7)]))
    reseal(folder)

    assert any(where.startswith("indicators.json, post 1") for where in places_named(folder))


def test_all_faults_are_told_at_once(folder):
    (folder / "quality.json").write_text("{")
    (folder / "extra").write_text("")
    (folder / "indicators.json").unlink()
    (folder / "figures.csv").write_text("")

    named = set(places_named(folder))
    assert named == {"quality.json", "extra", "indicators.json", "figures.csv"}


# Signatures


@pytest.fixture(scope="module")
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture
def signed(key, tmp_path):
    return a_pack(tmp_path / "signed", signing_key=key, figures=a_table(a_row()))


def test_a_signed_pack_verifies_with_its_key(signed, key):
    assert datapack.verify(signed, public_key=key.public_key()) == ()


def test_a_signed_pack_verifies_without_a_key(signed):
    assert datapack.verify(signed) == ()


def test_another_key_is_refused(signed):
    other = Ed25519PrivateKey.generate().public_key()

    assert places_named(signed, public_key=other) == ["SIGNATURE"]


def test_an_unsigned_pack_is_refused_when_a_key_is_given(whole, key):
    assert places_named(whole, public_key=key.public_key()) == ["SIGNATURE"]


def test_a_signature_that_was_taken_away_is_missed(signed, key):
    (signed / "SIGNATURE").unlink()

    assert places_named(signed) == ["SIGNATURE"]
    assert places_named(signed, public_key=key.public_key()) == ["SIGNATURE"]


@pytest.mark.parametrize("at", [0, 64, 127, 128])
def test_one_byte_of_the_signature_changed_is_found_with_and_without_the_key(signed, key, at):
    content = bytearray((signed / "SIGNATURE").read_bytes())
    content[at] ^= 1
    (signed / "SIGNATURE").write_bytes(content)

    assert places_named(signed) == ["SIGNATURE"]
    assert places_named(signed, public_key=key.public_key()) == ["SIGNATURE"]


@pytest.mark.parametrize("content", [b"", b"zz", b"\xff\xfe", b"00" * 64])
def test_a_signature_that_is_none_is_refused(signed, content):
    (signed / "SIGNATURE").write_bytes(content)

    assert places_named(signed) == ["SIGNATURE"]


def test_figures_changed_and_resealed_fail_the_signature(signed, key):
    with_figures(signed, a_table(a_row(numerator=21, value=21.0)))

    assert places_named(signed, public_key=key.public_key()) == ["SIGNATURE"]


def test_a_signature_that_the_descriptor_does_not_tell_of_is_refused(folder):
    (folder / "SIGNATURE").write_text("00" * 64 + "\n")

    assert places_named(folder) == ["SIGNATURE"]


def test_signing_afterwards_keeps_the_contents(folder, key):
    before = {name: (folder / name).read_bytes() for name in FILES[1:]}

    datapack.sign(datapack.read(folder), key)

    assert datapack.verify(folder, public_key=key.public_key()) == ()
    assert {name: (folder / name).read_bytes() for name in FILES[1:]} == before
