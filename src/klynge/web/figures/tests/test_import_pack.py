"""Bringing in a data pack: verified first, whole or not at all."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from klynge.cli import main
from klynge.faults import BadInput, WrongUse
from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.audit.models import Event
from klynge.web.figures import rules
from klynge.web.figures.models import Figure, Indicator, Pack
from klynge.web.figures.tests.builders import an_imported_pack
from tests.datapack.builders import CREATED, a_pack, figures

pytestmark = pytest.mark.django_db


def test_saves_every_row_as_it_stands(tmp_path):
    pack = an_imported_pack(tmp_path)

    rows = {
        (f.indicator.code, f.place_kind, f.place, f.period, f.sex, f.age, f.measure): (
            f.status, f.numerator, f.denominator, f.value, f.lower, f.upper
        )
        for f in Figure.objects.filter(indicator__pack=pack).select_related("indicator")
    }  # fmt: skip
    key = ("indicator", "place_kind", "place", "period", "sex", "age", "measure")
    cell = ("status", "numerator", "denominator", "value", "lower", "upper")
    wanted = {
        tuple(row[name] for name in key): tuple(row[name] for name in cell)
        for row in figures().to_pylist()
    }
    assert rows == wanted


def test_keeps_definitions_quality_and_who_brought_it_in(tmp_path):
    secretary = a_secretary()

    pack = rules.import_pack(a_pack(tmp_path / "pack"), by=secretary).pack

    assert pack.is_current
    assert pack.imported_by == secretary
    assert pack.quality["tables"]["bef"]["rows_in"] == 1000
    assert [one.code for one in pack.indicators.all()][:2] == ["folketal", "dagophold"]
    event = Event.objects.about(pack).get()
    assert (event.what, event.by_text) == ("data pack imported", str(secretary))


def test_refuses_a_pack_with_one_byte_changed_and_saves_nothing(tmp_path):
    folder = a_pack(tmp_path / "pack")
    file = folder / "figures.csv"
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(bytes(content))

    with pytest.raises(BadInput) as caught:
        rules.import_pack(folder, by=None)

    assert [fault.where for fault in caught.value.faults] == ["figures.csv"]
    assert not Pack.objects.exists()
    assert not Indicator.objects.exists()
    assert not Event.objects.exists()


def test_tells_every_fault_of_a_pack(tmp_path):
    folder = a_pack(tmp_path / "pack")
    (folder / "quality.json").unlink()
    (folder / "indicators.json").write_text("[]", encoding="utf-8")

    with pytest.raises(BadInput) as caught:
        rules.import_pack(folder, by=None)

    assert {"quality.json", "indicators.json"} <= {fault.where for fault in caught.value.faults}


def test_the_same_pack_twice_changes_nothing_and_is_said(tmp_path):
    first = an_imported_pack(tmp_path)

    again = rules.import_pack(tmp_path / "pack", by=None)

    assert (again.pack, again.is_new) == (first, False)
    assert Pack.objects.count() == 1
    assert Event.objects.count() == 1


def test_the_newest_pack_is_shown_whatever_the_order(tmp_path):
    newer = rules.import_pack(
        a_pack(tmp_path / "newer", created=CREATED.replace(year=2026)), by=None
    ).pack

    older = rules.import_pack(a_pack(tmp_path / "older"), by=None).pack

    assert Pack.objects.current() == newer
    assert not older.is_current


def test_a_newer_pack_takes_over_and_the_older_is_kept(tmp_path):
    older = rules.import_pack(a_pack(tmp_path / "older"), by=None).pack

    newer = rules.import_pack(
        a_pack(tmp_path / "newer", created=CREATED.replace(year=2026)), by=None
    ).pack

    older.refresh_from_db()
    assert Pack.objects.current() == newer
    assert not older.is_current
    assert older.indicators.first().figures.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "hidden", "numerator": 3},
        {"status": "hidden", "value": 3.0},
        {"status": "not_counted", "lower": 3.0},
        {"status": "shown", "numerator": None},
        {"status": "secret"},
    ],
)
def test_the_database_refuses_a_cell_that_may_not_be(tmp_path, broken):
    indicator = an_imported_pack(tmp_path).indicators.first()
    cell = {
        "place_kind": "land", "place": "DK", "period": "1999", "sex": "all", "age": "all",
        "education": "all", "measure": "crude", "status": "hidden", **broken,
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(indicator=indicator, **cell)


def test_the_database_refuses_the_same_cell_twice(tmp_path):
    figure = Figure.objects.filter(indicator__pack=an_imported_pack(tmp_path)).first()

    figure.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


def test_the_command_says_what_it_did(tmp_path, capsys):
    a_pack(tmp_path / "pack")

    call_command("import_pack", str(tmp_path / "pack"))
    call_command("import_pack", str(tmp_path / "pack"))

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Indlæste Nøgletal for sundhedsklynger: ")
    assert "allerede indlæst" in second


def test_the_command_names_a_user_that_is_not_there(tmp_path):
    a_pack(tmp_path / "pack")

    with pytest.raises(WrongUse, match="ingen bruger, der hedder x"):
        call_command("import_pack", str(tmp_path / "pack"), by="x")


def test_the_command_line_ends_with_10_for_a_broken_pack(tmp_path, capsys):
    folder = a_pack(tmp_path / "pack")
    (folder / "figures.parquet").write_bytes(b"PAR1")

    assert main(["web", "import", str(folder)]) == 10

    assert "figures.parquet" in capsys.readouterr().err
    assert not Pack.objects.exists()
