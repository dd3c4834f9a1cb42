"""`klynge web manage handover` from the command line: what it says, and its exit codes."""

from __future__ import annotations

import json

import pytest
from django.db import connections

from klynge.cli import main
from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import handover_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.models import Handover
from klynge.web.bodies.tests.handing_over import ON, a_klynge, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_grants")]


@pytest.fixture(autouse=True)
def stay_connected(monkeypatch):
    """A command closes its connections when it ends; the test goes on with its own."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


def _run(*words: str) -> int:
    return main(["web", "manage", "handover", *words])


def test_a_dry_run_shows_everything_and_changes_nothing(capsys):
    a_klynge("rm-randers")
    before = everything()

    code = _run("--from", "rm-randers", "--to", "kronjylland", "--on", "2027-01-01", "--dry-run")

    told = capsys.readouterr().out
    assert code == 0
    assert "-> Sundhedsråd Kronjylland" in told
    assert "Ubrugte midler (kr.): 12.500,75 åbne, 12.500,75 går over" in told
    assert "intet er ændret" in told
    assert everything() == before


def test_it_carries_out_and_twice_changes_nothing(capsys):
    for number, place in enumerate(("rn-midt", "rn-syd", "rn-vest")):
        a_klynge(place, number=number)
    words = ("--from", "rn-midt,rn-syd,rn-vest", "--to", "limfjorden", "--on", "2027-01-01")

    assert _run(*words) == 0
    assert "Overdragelsen er gennemført." in capsys.readouterr().out
    before = everything()

    assert _run(*words) == 0
    assert "ikke mere at overdrage" in capsys.readouterr().out
    assert everything() == before


def test_all_of_denmark_as_json(capsys):
    a_klynge("rm-randers")
    a_klynge("rh-syd", number=1)

    assert _run("--all", "--on", "2027-01-01", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["changed"] is True
    counts = {row["kind"]: row for row in told["counts"]}
    assert counts["grants"]["old_before"]["count"] == counts["grants"]["new_after"]["count"] == 2
    assert counts["grants"]["old_after"] == {}


def test_it_uses_the_choices_of_the_plan(capsys):
    a_klynge("rm-randers")
    around = closing(["rm-randers"], [], ON)
    held = handover_rules.draft(by=None, closing=around)
    from klynge.web.bodies.handover_plan import plan

    (grant,) = [item for item in plan(around).items if item.matter.kind == "grants"]
    values = {("grants", grant.matter.key): "close"}
    handover_rules.choose(by=None, handover=held, values=values)

    _run("--from", "rm-randers", "--on", "2027-01-01", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [row["goes"] for row in told["matters"] if row["kind"] == "grants"] == ["afsluttes"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--from", "rn-mitd", "--on", "2027-01-01"), 10, "rn-midt"),
        (("--from", "rh-syd", "--to", "aarhus", "--on", "2027-01-01"), 10, "tager ikke over"),
        (("--from", "rn-midt", "--on", "1.1.2027"), 2, "2027-01-01"),
        (("--on", "2027-01-01"), 2, "--from eller --all"),
        (("--from", "rn-midt", "--all", "--on", "2027-01-01"), 2, "--from eller --all"),
        (("--from", "rn-midt", "--on", "2027-01-01", "--by", "ingen"), 2, "ingen bruger"),
    ],
)
def test_what_cannot_be_is_refused_plainly(capsys, words, code, says):
    assert _run(*words) == code

    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told


def test_one_who_may_not_is_refused(capsys):
    a_klynge("rm-randers")
    before = everything()
    reader = a_member()

    code = _run("--from", "rm-randers", "--on", "2027-01-01", "--by", reader.username)

    assert code == 10
    assert "Kun sekretariatet" in capsys.readouterr().err
    assert everything()["bodies.Membership"] == before["bodies.Membership"]
    assert not Handover.objects.exists()


def test_who_did_it_is_noted(capsys):
    a_klynge("rm-randers")
    secretary = a_secretary()

    _run("--from", "rm-randers", "--on", "2027-01-01", "--by", secretary.username)

    assert Event.objects.filter(what="hand-over carried out", by_id=str(secretary.pk)).exists()
