"""Bundles become registers: the last version holds, what was an error is gone, dates are Danish."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

from klynge.cli import main
from klynge.engine.registers import gateway, synth
from klynge.engine.registers.check import check
from klynge.engine.registers.gateway import codes
from klynge.engine.registers.gateway.bundles import reports
from klynge.faults import BadInput
from tests.engine.gateway import slow
from tests.engine.gateway.bundles import (
    ALMEN,
    ANNA,
    BENT,
    IN_ERROR,
    POSTPONED,
    done,
    ndjson,
    plan,
    report,
    request,
    visit,
)


def unpacked(
    folder: Path, *bundles: object, name: str = "kl_gateway_care/0.ndjson"
) -> dict[str, Any]:
    """The rows of every register the bundles give."""
    out = folder / "out"
    gateway.unpack(ndjson(folder / "in", *bundles, name=name), out)
    return {
        file.stem: [tuple(row.values()) for row in pq.read_table(file).to_pylist()]
        for file in sorted(out.glob("*.parquet"))
    }


def test_a_plan_gives_each_month_it_touches(tmp_path: Path) -> None:
    rows = unpacked(tmp_path, report(plan("H1.1", "2024-01-31", "2024-03-01")))

    assert rows == {
        "aefv": [(ANNA, "202401", "ja"), (ANNA, "202402", "ja"), (ANNA, "202403", "ja")]
    }


def test_what_goes_on_goes_on_to_the_last_day_told_of(tmp_path: Path) -> None:
    rows = unpacked(tmp_path, report(plan("H1.1", "2024-01-31"), timestamp="2024-02-03T10:00:00Z"))

    assert [month for _person, month, _ja in rows["aefv"]] == ["202401", "202402"]


@pytest.mark.parametrize(
    ("code", "register"),
    [
        ("H1.1", "aefv"),
        ("17312894-b23f-43d9-9723-b725ac25d872", "aefv"),
        ("Personlig_hjaelp_og_pleje", "aefv"),
        ("G1.39", "aehjsp"),
        ("76878386-B3D2-4320-828A-A700E8A66234", "aehjsp"),
        ("H2.5", "aerehab"),
        ("H5.1", "aetr"),
        ("c7d79b23-a53d-4ad5-a536-24d7c7fe8e18", "aetr"),
        ("ee5606ac-1bed-487e-aa3c-72dcc30ec037", "forebyggelsestilbud"),
    ],
)
def test_old_and_new_codes_stand_side_by_side(tmp_path: Path, code: str, register: str) -> None:
    assert list(unpacked(tmp_path, report(plan(code)))) == [register]


def test_meals_and_coordination_give_no_rows(tmp_path: Path) -> None:
    made = report(plan("H1.11"), plan("H7.1"), plan("G2.1"), plan("H4.1"))

    assert unpacked(tmp_path, made) == {}


def test_the_same_id_is_an_update_wherever_it_stands(tmp_path: Path) -> None:
    first = plan("H1.1", "2024-01-01", "2024-01-31", id="x", updated="2024-01-01T08:00:00Z")
    later = plan("H1.1", "2024-02-01", "2024-02-29", id="x", updated="2024-02-01T08:00:00+01:00")

    rows = unpacked(tmp_path, report(later), report(first))

    assert rows["aefv"] == [(ANNA, "202402", "ja")]


def test_of_two_updated_at_one_moment_the_one_reported_last_holds(tmp_path: Path) -> None:
    same = "2024-02-01T08:00:00Z"
    one = report(plan("H1.1", "2024-01-01", "2024-01-31", id="x", updated=same))
    two = report(
        plan("H1.1", "2024-03-01", "2024-03-31", id="x", updated=same),
        timestamp="2024-12-30T22:00:00Z",
    )

    assert unpacked(tmp_path, one, two)["aefv"] == [(ANNA, "202401", "ja")]


def test_entered_in_error_takes_back_every_earlier_version(tmp_path: Path) -> None:
    told = plan("H1.1", id="x", updated="2024-02-01T08:00:00Z")
    gone = plan("H1.1", None, id="x", status="entered-in-error", updated="2024-02-02T08:00:00Z")

    assert unpacked(tmp_path, report(told), report(gone), report(plan("H2.1"))) == {
        "aerehab": [(ANNA, 2024)]
    }


def test_what_is_reported_again_after_an_error_stands(tmp_path: Path) -> None:
    gone = plan(id="x", status="entered-in-error", updated="2024-02-02T08:00:00Z")
    again = plan(id="x", end="2024-02-20", updated="2024-02-03T08:00:00Z")

    assert unpacked(tmp_path, report(again), report(gone))["aefv"] == [(ANNA, "202402", "ja")]


def test_a_moment_late_in_the_evening_is_the_next_danish_day(tmp_path: Path) -> None:
    rows = unpacked(
        tmp_path,
        report(done(on="2024-06-30T22:30:00Z"), done(on="2024-01-31T22:59:00Z")),
    )

    assert rows["aehjsp"] == [(ANNA, date(2024, 1, 31)), (ANNA, date(2024, 7, 1))]


def test_nursing_is_its_visits_its_first_day_and_each_new_year_it_goes_on(tmp_path: Path) -> None:
    nursed = plan("G1.39", "2023-11-05", "2024-02-01", id="n")
    other = plan("H1.1", "2024-01-02", "2024-01-02", id="h")

    rows = unpacked(
        tmp_path,
        report(nursed, other, visit("n", "2023-12-24"), visit("h", "2024-01-02")),
        report(visit("n", "2024-01-20"), person=BENT),
    )

    days = [date(2023, 11, 5), date(2023, 12, 24), date(2024, 1, 1)]
    assert rows["aehjsp"] == [(ANNA, day) for day in days]


def test_a_completed_plan_without_an_end_ended_when_it_was_told_so(tmp_path: Path) -> None:
    over = plan("H1.1", "2024-01-10", status="completed", updated="2024-03-05T08:00:00Z")

    assert [row[1] for row in unpacked(tmp_path, report(over))["aefv"]] == [
        "202401", "202402", "202403"
    ]  # fmt: skip


def test_a_plan_taken_back_before_it_began_gave_nothing(tmp_path: Path) -> None:
    never = plan("H1.1", "2024-05-10", status="revoked", updated="2024-03-05T08:00:00Z")
    given = plan("H1.1", "2024-01-10", "2024-01-20", id="g")

    assert unpacked(tmp_path, report(never, given))["aefv"] == [(ANNA, "202401", "ja")]


def test_nursing_that_is_planned_to_begin_after_the_delivery_is_no_day_yet(tmp_path: Path) -> None:
    later = plan("G1.39", "2031-01-01")

    assert "aehjsp" not in unpacked(tmp_path, report(later, plan("H1.1", "2024-01-10")))


def test_the_last_moment_there_is_may_stand_for_no_end(tmp_path: Path) -> None:
    going_on = plan("H1.1", "2024-01-10", "9999-12-31T23:59:59Z", id="h")
    ended = plan("H1.1", "2024-01-10", "2024-02-20", id="e")

    rows = unpacked(tmp_path, report(going_on, ended, timestamp="2024-03-01T02:00:00Z"))
    assert [row[1] for row in rows["aefv"]] == ["202401", "202402", "202403"]


def test_a_rehabilitation_plan_has_its_level_discharge_offer_and_reason(tmp_path: Path) -> None:
    rows = unpacked(
        tmp_path,
        report(
            request("2024-02-10", offered="2024-02-14", discharged="2024-02-09"),
            request("2024-03-10", ALMEN, reason=POSTPONED),
            request("2024-04-10", reason=IN_ERROR),
            request("2024-05-10", status="revoked"),
        ),
        name="kl_gateway_140/0.ndjson",
    )

    assert rows["genoptraeningsplaner"] == [
        (ANNA, date(2024, 2, 10), "AWG2A", date(2024, 2, 9), date(2024, 2, 14), None),
        (ANNA, date(2024, 3, 10), "AWG2", None, None, "udskudt"),
    ]


def test_a_bundle_alone_a_list_and_a_bundle_of_bundles_say_the_same(tmp_path: Path) -> None:
    one, two = report(plan(id="a")), report(plan("G1.39", id="b"), person=BENT)
    forms: dict[str, Any] = {
        "list": [one, two],
        "nested": {
            "entry": [{"resource": one}, {"resource": two}],
            "timestamp": "2024-12-31T23:00:00Z",
            "resourceType": "Bundle",
        },
    }
    lines = unpacked(tmp_path / "lines", one, two)

    for name, content in forms.items():
        folder = tmp_path / name
        (folder / "in/kl_gateway_care").mkdir(parents=True)
        file = folder / "in/kl_gateway_care/all.json"
        file.write_text("\ufeff" + json.dumps(content, indent=1), encoding="utf-8")
        gateway.unpack(folder / "in", folder / "out")
        for table, rows in lines.items():
            read = pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()
            assert [tuple(row.values()) for row in read] == rows


def test_a_file_is_read_as_a_stream(tmp_path: Path) -> None:
    folder = tmp_path / "in/kl_gateway_care"
    folder.mkdir(parents=True)
    one = json.dumps({"resource": report(*(plan() for _at in range(20)))})
    with (folder / "all.json").open("w") as file:
        file.write('{"resourceType":"Bundle","timestamp":"2024-12-31T23:00:00Z","entry":[')
        file.write(",".join([one] * 1500) + "]}")
    size = (folder / "all.json").stat().st_size

    tracemalloc.start()
    read = sum(1 for _one in reports(folder / "all.json", "all.json"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert read == 1500
    assert peak < size / 3


def test_a_register_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/aefv.csv").write_text("pnr;haend_mdr\n")

    with pytest.raises(BadInput, match="aefv"):
        unpacked(tmp_path, report(plan(), plan("G1.39")))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["aefv.csv"]


def test_invented_registers_survive_being_bundled_and_unpacked(tmp_path: Path) -> None:
    span = range(2022, 2024)
    synth.write(tmp_path / "plain", persons=1_500, years=span, seed=5)
    synth.write(tmp_path / "bundled", persons=1_500, years=span, seed=5, gateway=True)

    found = gateway.unpack(tmp_path / "bundled", tmp_path / "bundled")

    assert found.updates > 20
    assert found.erased > 3
    for name in ("aehjsp", "aetr", "aerehab", "genoptraeningsplaner", "forebyggelsestilbud"):
        assert rows_of(tmp_path / "bundled", name) == rows_of(tmp_path / "plain", name), name
    months = {row[:2] for row in rows_of(tmp_path / "plain", "aefv")}
    assert {row[:2] for row in rows_of(tmp_path / "bundled", "aefv")} == months
    assert check(tmp_path / "bundled") == []


def rows_of(folder: Path, name: str) -> set[tuple[Any, ...]]:
    """The rows of a register, of the columns an invented one has but the kommune."""
    path = folder / name if (folder / name).is_dir() else folder / f"{name}.parquet"
    table = pq.read_table(path)
    names = {"aetr": {"1": "genoptræning", "2": "vedligeholdelsestræning"}}.get(name, {})
    kept = [column for column in table.column_names if column not in ("ael_komkod", "aarsag")]
    rows = table.select(kept).to_pylist()
    return {tuple(names.get(v, v) if isinstance(v, str) else v for v in r.values()) for r in rows}


def test_a_thousand_nasty_resources_agree_with_the_slow_implementation(tmp_path: Path) -> None:
    bundles = list(nasty(Random(11), 1000))
    register_of = {code: (m.register, m.detail) for code, m in codes.meanings().items()}

    rows = unpacked(tmp_path, *bundles)

    expected = slow.registers(bundles, register_of)
    assert set(rows) == {name for name, found in expected.items() if name and found}
    for name, found in rows.items():
        assert len(found) == len(set(found))
        assert set(found) == expected[name], name


def nasty(chance: Random, number: int) -> Any:
    """Few ids, so that they meet; days around new year, summer time and midnight."""
    days = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-03-31", "2024-10-27", "2024-12-31"]
    clocks = ["", "T22:59:59Z", "T23:00:00Z", "T01:30:00+02:00", "T00:00:00.5+01:00"]
    usable = ["H1.1", "H1.11", "G1.39", "H2.5", "H5.1", "H6.1", "G2.1", "H4.1",
              "17312894-b23f-43d9-9723-b725ac25d872",
              "ee5606ac-1bed-487e-aa3c-72dcc30ec037"]  # fmt: skip
    for _at in range(number // 4):
        person = chance.choice([ANNA, BENT])
        made = []
        for _one in range(4):
            start, end = sorted(chance.sample(days, 2))
            id = f"{person}-{chance.randrange(60)}"
            more: dict[str, Any] = {"id": id}
            if chance.random() < 0.8:
                more["updated"] = chance.choice(days) + chance.choice(clocks[1:])
            more["status"] = chance.choice(["active", "completed", "revoked", "entered-in-error"])
            told = chance.choice([end, ""]), chance.choice(clocks)
            match chance.randrange(3):
                case 0:
                    made.append(plan(chance.choice(usable), start + told[1], told[0], **more))
                case 1:
                    made.append(done(chance.choice(usable), end + told[1], **more))
                case _:
                    more["status"] = chance.choice(["finished", "entered-in-error"])
                    made.append(visit(id, start + told[1], **more))
        stamp = chance.choice(days) + chance.choice(clocks[1:])
        yield report(*made, person=person, timestamp=stamp)


def test_the_command_says_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ndjson(tmp_path, report(plan(id="x")), report(plan(id="x")))

    assert main(["registers", "gateway", str(tmp_path)]) == 0

    printed = capsys.readouterr().out
    assert "2 pakker i 1 filer: 2 oplysninger, hvoraf 1 er afløst" in printed
    assert "Intet er skrevet" in printed
    assert not list(tmp_path.glob("*.parquet"))
