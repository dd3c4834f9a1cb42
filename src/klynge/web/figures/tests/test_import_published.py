"""Bringing in published figures: looked at first, saved whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from klynge.faults import BadInput
from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.audit.models import Event
from klynge.web.figures import rules
from klynge.web.figures.models import Draft, PublishedFigure, PublishedSource
from klynge.web.figures.rules import SourceFacts
from klynge.web.figures.tests.builders import csv_file, published

pytestmark = pytest.mark.django_db
AARHUS, SAMSO = "x;kommune;751;2025;10;Kilde", "x;kommune;741;2025;40;Kilde"


def test_saves_what_was_published_and_what_was_computed_apart():
    published(AARHUS, SAMSO)

    figures = {(f.place_kind, f.place): f.computed for f in PublishedFigure.objects.all()}
    assert figures == {
        ("kommune", "751"): False,
        ("kommune", "741"): False,
        ("klynge", "rm-aarhus"): True,
        ("sundhedsraad", "aarhus"): True,
    }


def test_computes_nothing_when_asked_not_to():
    published(AARHUS, SAMSO, compute=False)

    assert not PublishedFigure.objects.filter(computed=True).exists()


def test_keeps_what_is_said_of_the_source_and_who_brought_it_in():
    secretary = a_secretary()
    facts = SourceFacts(publisher="Udgiver", url="https://example.org/", retrieved=date(2026, 3, 1))

    (source,) = rules.import_published("tal.csv", csv_file(AARHUS), by=secretary, source=facts)

    assert (source.title, source.publisher, source.terms) == ("Kilde", "Udgiver", "unverified")
    assert (source.retrieved, source.imported_by) == (date(2026, 3, 1), secretary)
    assert Event.objects.about(source).get().what == "published figures imported"


def test_a_file_with_a_fault_saves_nothing():
    with pytest.raises(BadInput, match="Atlantis"):
        published(AARHUS, "x;kommune;Atlantis;2025;1;Kilde")

    assert not PublishedSource.objects.exists()
    assert not Event.objects.exists()


def test_a_file_may_have_several_sources():
    published("x;kommune;751;2025;10;En", "x;kommune;751;2025;20;To")

    assert [source.title for source in PublishedSource.objects.all()] == ["En", "To"]


def test_newer_figures_of_a_source_replace_the_older_which_are_kept():
    (old,) = published(AARHUS)

    (new,) = published(AARHUS.replace(";10;", ";11;"))

    old.refresh_from_db()
    assert old.replaced_at is not None
    assert new.replaced_at is None
    assert PublishedFigure.objects.filter(indicator__source=old).exists()
    assert [event.what for event in Event.objects.about(old)] == [
        "published figures replaced",
        "published figures imported",
    ]


def test_the_same_file_twice_is_said_and_changes_nothing():
    published(AARHUS)

    with pytest.raises(BadInput, match="allerede indlæst"):
        published(AARHUS)

    assert PublishedSource.objects.count() == 1


def test_a_plan_saves_nothing():
    plan = rules.plan_published("tal.csv", csv_file(AARHUS, SAMSO))

    assert (len(plan.content.rows), len(plan.computed)) == (2, 2)
    assert not PublishedSource.objects.exists()


def test_a_draft_is_brought_in_with_what_was_said_of_it():
    secretary = a_secretary()
    facts = {"title": "", "publisher": "P", "retrieved": "2026-03-01", "compute": False}
    draft = rules.keep_draft("tal.csv", csv_file(AARHUS), facts=facts, by=secretary)

    (source,) = rules.import_draft(draft, by=secretary)

    assert (source.publisher, source.retrieved) == ("P", date(2026, 3, 1))
    assert PublishedFigure.objects.count() == 1
    assert not Draft.objects.exists()


def test_old_drafts_go_away_when_a_new_one_is_kept():
    secretary = a_secretary()
    old = rules.keep_draft("old.csv", b"x", facts={}, by=secretary)
    Draft.objects.filter(pk=old.pk).update(made_at=old.made_at - timedelta(days=2))

    rules.keep_draft("new.csv", b"x", facts={}, by=secretary)

    assert [draft.file_name for draft in Draft.objects.all()] == ["new.csv"]


@pytest.mark.parametrize(
    "broken",
    [
        {"place_kind": "by"},
        {"lower": 2.0, "upper": 1.0},
        {"computed": True},
        {"place": "751"},
    ],
)
def test_the_database_refuses_a_published_figure_that_may_not_be(broken):
    indicator = published(AARHUS)[0].indicators.get()
    figure = {"place_kind": "kommune", "place": "730", "period": "2025", "value": 1.0, **broken}

    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedFigure.objects.create(indicator=indicator, **figure)


def test_the_command_brings_in_a_file(tmp_path, capsys):
    (tmp_path / "tal.csv").write_bytes(csv_file(AARHUS, SAMSO))

    call_command("import_published", str(tmp_path / "tal.csv"), "--publisher", "P")

    assert capsys.readouterr().out == "Indlæste tal.csv: 2 tal, og 2 beregnede.\n"
    assert PublishedSource.objects.get().publisher == "P"


def test_the_command_can_look_without_saving(tmp_path, capsys):
    (tmp_path / "tal.csv").write_bytes(csv_file(AARHUS, SAMSO))

    call_command("import_published", str(tmp_path / "tal.csv"), "--dry-run")

    assert "er i orden: 2 tal, og 2 kan beregnes" in capsys.readouterr().out
    assert not PublishedSource.objects.exists()


def test_the_command_says_that_the_file_is_not_there(tmp_path):
    with pytest.raises(BadInput, match="kan ikke læses"):
        call_command("import_published", str(tmp_path / "no.csv"))


def _tidy(tmp_path, *columns: str) -> None:
    (tmp_path / "wide.csv").write_text(
        "kommune_kode,ryger_pct,ensom_pct\n751,10.5,7\n741,40,\n", encoding="utf-8"
    )
    call_command(
        "tidy_published", str(tmp_path / "wide.csv"), "--period", "2025", "--source", "Kilde",
        "--unit", "pct.", "--out", str(tmp_path / "tidy.csv"), "--columns", *columns,
    )  # fmt: skip


def test_a_wide_table_is_made_tidy_and_can_be_brought_in(tmp_path):
    _tidy(tmp_path, "ryger_pct=Ryger dagligt", "ensom_pct")

    call_command("import_published", str(tmp_path / "tidy.csv"))

    source = PublishedSource.objects.get()
    assert [(i.code, i.title_da, i.unit) for i in source.indicators.all()] == [
        ("ryger_pct", "Ryger dagligt", "pct."),
        ("ensom_pct", "ensom_pct", "pct."),
    ]
    assert source.indicators.get(code="ensom_pct").figures.filter(computed=False).count() == 1


def test_a_column_that_is_not_there_is_said_and_nothing_is_written(tmp_path):
    with pytest.raises(BadInput, match="ryger"):
        _tidy(tmp_path, "ryger")

    assert not (tmp_path / "tidy.csv").exists()
