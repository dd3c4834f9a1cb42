"""What exists on a day, who belongs where, what follows after what."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from klynge import structure
from klynge.structure import UnknownPlace, members, place, places, places_of
from tests.structure.test_facts import CHANGES

AT_WORK = date(2024, 1, 1)
FINAL = date(2027, 1, 1)


def ids(found: tuple[structure.Place, ...]) -> set[str]:
    return {each.id for each in found}


def kommuner(kind: str, id: str, on: date, domain: str = "somatik") -> set[str]:
    return {row.kommune for row in members(kind, id, domain=domain, on=on)}


@pytest.mark.parametrize(
    ("on", "regime"),
    [
        (date(2007, 1, 1), "foer-2022"),
        (date(2022, 6, 30), "foer-2022"),
        (date(2022, 7, 1), "klynge-2022"),
        (date(2025, 12, 31), "klynge-2022"),
        (date(2026, 1, 1), "forberedende-2026"),
        (date(2026, 12, 31), "forberedende-2026"),
        (date(2027, 1, 1), "sundhedsraad-2027"),
        (date(2035, 1, 1), "sundhedsraad-2027"),
    ],
)
def test_the_regime_changes_on_its_day(on: date, regime: str) -> None:
    assert structure.regime_on(on).id == regime


def test_no_regime_before_the_first() -> None:
    with pytest.raises(structure.NoRegime, match="2007-01-01"):
        structure.regime_on(date(2006, 12, 31))


def test_the_end_of_the_klynge_regime_is_not_shown_as_fact() -> None:
    assert structure.regime_on(AT_WORK).to_certainty == "medium"


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2022, 6, 30), {"kommune": 98, "klynge": 0, "sundhedsraad": 0, "region": 5}),
        (date(2022, 7, 1), {"kommune": 98, "klynge": 22, "sundhedsraad": 0, "region": 5}),
        (date(2025, 12, 31), {"kommune": 98, "klynge": 22, "sundhedsraad": 0, "region": 5}),
        (date(2026, 1, 1), {"kommune": 98, "klynge": 0, "sundhedsraad": 17, "region": 5}),
        (date(2026, 12, 31), {"kommune": 98, "klynge": 0, "sundhedsraad": 17, "region": 5}),
        (date(2027, 1, 1), {"kommune": 98, "klynge": 0, "sundhedsraad": 17, "region": 4}),
    ],
)
def test_the_places_of_the_day(on: date, counts: dict[str, int]) -> None:
    assert {kind: len(places(kind, on)) for kind in counts} == counts


def test_without_a_day_every_place_there_ever_is() -> None:
    assert [len(places(kind)) for kind in structure.KINDS] == [98, 22, 17, 6, 1]


@pytest.mark.parametrize("on", CHANGES)
def test_every_kommune_is_in_exactly_one_region(on: date) -> None:
    rows = [row for region in places("region", on) for row in members("region", region.id, on=on)]

    assert sorted(row.kommune for row in rows) == sorted(ids(places("kommune")))


@pytest.mark.parametrize(
    ("region", "count"), [("1081", 11), ("1082", 19), ("1083", 22), ("1084", 29), ("1085", 17)]
)
def test_the_size_of_a_region(region: str, count: int) -> None:
    assert len(members("region", region, on=AT_WORK)) == count


@pytest.mark.parametrize(
    ("region", "count"), [("1081", 4), ("1082", 5), ("1083", 4), ("1084", 5), ("1085", 4)]
)
def test_the_klynger_of_a_region(region: str, count: int) -> None:
    assert sum(each.region == region for each in places("klynge")) == count


def test_oestdanmark_takes_both_regions_and_no_other() -> None:
    before = kommuner("region", "1084", AT_WORK) | kommuner("region", "1085", AT_WORK)

    assert kommuner("region", "oestdanmark", FINAL) == before


def test_a_region_that_has_ended_has_no_kommuner() -> None:
    assert members("region", "1085", on=FINAL) == ()


@pytest.mark.parametrize("domain", structure.DOMAINS)
def test_the_klynger_together_hold_every_kommune(domain: str) -> None:
    found = [kommuner("klynge", each.id, AT_WORK, domain) for each in places("klynge")]

    assert set().union(*found) == ids(places("kommune"))


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)])
def test_the_sundhedsraad_partition_the_kommuner(on: date) -> None:
    rows = [r for each in places("sundhedsraad") for r in members("sundhedsraad", each.id, on=on)]

    assert sorted(row.kommune for row in rows) == sorted(ids(places("kommune")))


def test_a_klynge_lies_in_the_region_of_its_kommuner() -> None:
    for klynge in places("klynge"):
        assert klynge.region is not None
        assert kommuner("klynge", klynge.id, AT_WORK) <= kommuner("region", klynge.region, AT_WORK)


def test_a_sundhedsraad_lies_in_the_region_of_its_kommuner() -> None:
    for raad in places("sundhedsraad"):
        assert raad.region is not None
        assert kommuner("sundhedsraad", raad.id, FINAL) <= kommuner("region", raad.region, FINAL)


@pytest.mark.parametrize(("domain", "klynge"), [("somatik", "rh-midt"), ("psykiatri", "rh-syd")])
def test_roedovre_is_in_one_klynge_for_each_domain(domain: str, klynge: str) -> None:
    found = [row for row in places_of("175", domain=domain, on=AT_WORK) if row.kind == "klynge"]

    assert [row.place for row in found] == [klynge]


def test_roedovre_is_shared_in_neither_domain() -> None:
    rows = [row for d in structure.DOMAINS for row in places_of("175", domain=d, on=AT_WORK)]

    assert not any(row.shared for row in rows)


def test_roedovre_is_not_a_somatic_member_of_syd() -> None:
    assert "175" not in kommuner("klynge", "rh-syd", AT_WORK)


@pytest.mark.parametrize("domain", structure.DOMAINS)
def test_koebenhavn_is_in_two_klynger_and_shared(domain: str) -> None:
    found = [row for row in places_of("101", domain=domain, on=AT_WORK) if row.kind == "klynge"]

    assert [(row.place, row.shared) for row in found] == [("rh-byen", True), ("rh-syd", True)]


def test_only_koebenhavn_is_shared() -> None:
    rows = [row for each in places("klynge") for row in members("klynge", each.id, on=AT_WORK)]

    assert {row.kommune for row in rows if row.shared} == {"101"}


def test_koebenhavn_is_in_one_sundhedsraad_and_not_shared() -> None:
    found = [row for row in places_of("101", on=FINAL) if row.kind == "sundhedsraad"]

    assert [(row.place, row.shared) for row in found] == [("hovedstaden", False)]


def test_both_domains_is_read_as_the_somatic_membership() -> None:
    assert members("klynge", "rh-midt", domain="begge", on=AT_WORK) == members(
        "klynge", "rh-midt", domain="somatik", on=AT_WORK
    )


def test_a_kommune_belongs_to_four_places_while_the_klynger_work() -> None:
    assert [row.place for row in places_of("730", on=AT_WORK)] == ["rm-randers", "1082", "DK"]


def test_the_land_holds_every_kommune_once() -> None:
    assert [row.kommune for row in members("land", "DK", on=AT_WORK)] == sorted(
        ids(places("kommune"))
    )


def test_a_kommune_holds_itself() -> None:
    assert kommuner("kommune", "461", AT_WORK) == {"461"}


def test_a_klynge_has_no_members_before_it_exists() -> None:
    assert members("klynge", "rm-randers", on=date(2022, 6, 30)) == ()


def test_psychiatric_membership_does_not_borrow_the_somatic_certainty() -> None:
    (row,) = [r for r in places_of("730", domain="psykiatri", on=AT_WORK) if r.kind == "klynge"]

    assert (row.certainty, "Rødovre" in row.certainty_note) == ("medium", True)


def test_psychiatric_membership_is_never_surer_than_the_somatic() -> None:
    (row,) = [r for r in places_of("350", domain="psykiatri", on=AT_WORK) if r.kind == "klynge"]

    assert row.certainty == "low"


def test_the_psychiatric_membership_of_roedovre_keeps_its_own_certainty() -> None:
    (row,) = [r for r in places_of("175", domain="psykiatri", on=AT_WORK) if r.kind == "klynge"]

    assert row.certainty == "high"


def test_regions_are_as_sure_in_psychiatry_as_in_somatic_care() -> None:
    assert {r.certainty for r in members("region", "1081", domain="psykiatri", on=AT_WORK)} == {
        "certain"
    }


@pytest.mark.parametrize(
    ("id", "followed_by"),
    [
        ("rh-syd", {"hovedstaden", "amager-vestegnen"}),
        ("rn-midt", {"limfjorden"}),
        ("rm-randers", {"kronjylland"}),
    ],
)
def test_what_takes_over_from_a_klynge(id: str, followed_by: set[str]) -> None:
    assert ids(structure.successors("klynge", id)) == followed_by


def test_limfjorden_follows_three_klynger() -> None:
    found = structure.predecessors("sundhedsraad", "limfjorden")

    assert ids(found) == {"rn-midt", "rn-syd", "rn-vest"}


def test_oestdanmark_follows_two_regions() -> None:
    assert ids(structure.predecessors("region", "oestdanmark")) == {"1084", "1085"}


def test_a_region_that_goes_on_has_no_successor() -> None:
    assert structure.successors("region", "1081") == ()


def test_every_klynge_has_a_successor() -> None:
    assert all(structure.successors("klynge", each.id) for each in places("klynge"))


def test_every_sundhedsraad_has_a_predecessor() -> None:
    assert all(structure.predecessors("sundhedsraad", each.id) for each in places("sundhedsraad"))


def test_successors_share_kommuner_with_what_they_follow() -> None:
    for klynge in places("klynge"):
        before = kommuner("klynge", klynge.id, AT_WORK)
        for raad in structure.successors("klynge", klynge.id):
            assert before & kommuner("sundhedsraad", raad.id, FINAL), (klynge.id, raad.id)


def test_successors_together_hold_every_kommune_of_what_they_follow() -> None:
    for klynge in places("klynge"):
        after = [
            kommuner("sundhedsraad", raad.id, FINAL)
            for raad in structure.successors("klynge", klynge.id)
        ]
        assert kommuner("klynge", klynge.id, AT_WORK) <= set().union(*after), klynge.id


def test_a_sundhedsraad_is_preparatory_through_2026() -> None:
    raad = place("sundhedsraad", "fyn")

    assert [raad.name_on(date(2026, 12, 31)), raad.name_on(FINAL)] == [
        "Forberedende Sundhedsråd Fyn",
        "Sundhedsråd Fyn",
    ]


def test_the_phases_of_a_sundhedsraad_name_their_bodies() -> None:
    assert [phase.body for phase in place("sundhedsraad", "fyn").phases] == [
        "forberedende-sundhedsraad",
        "sundhedsraad",
    ]


def test_every_klynge_has_an_acute_hospital() -> None:
    assert all(each.hospitals for each in places("klynge"))


def test_a_hospital_has_a_certainty_of_its_own() -> None:
    klynge = place("klynge", "rn-vest")

    assert (klynge.certainty, klynge.hospitals[0].certainty) == ("high", "medium")


def test_the_seats_of_a_sundhedsraad_are_one_for_each_of_its_kommuner_or_more() -> None:
    for raad in places("sundhedsraad"):
        assert set(raad.details["municipal_seats"]) == kommuner("sundhedsraad", raad.id, FINAL)


def test_koebenhavn_observes_in_amager_og_vestegnen() -> None:
    assert place("sundhedsraad", "amager-vestegnen").details["fixed_observer"]["kommune"] == "101"


@pytest.mark.parametrize(
    ("kind", "wrong", "meant"),
    [
        ("klynge", "rm-rander", "rm-randers"),
        ("klynge", "Randersklyngen", "rm-randers"),
        ("sundhedsraad", "limfjord", "limfjorden"),
        ("kommune", "Rødovr", "175"),
        ("region", "Østdanmark", "oestdanmark"),
    ],
)
def test_an_unknown_place_names_the_nearest(kind: str, wrong: str, meant: str) -> None:
    with pytest.raises(UnknownPlace, match=meant):
        place(kind, wrong)


def test_an_unknown_place_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        place("kommune", "999")


def test_a_kommune_code_as_a_number_with_a_zero_is_not_taken() -> None:
    with pytest.raises(UnknownPlace):
        place("kommune", "0101")


@pytest.mark.parametrize("ask", [members, structure.successors, structure.predecessors])
def test_every_question_refuses_an_unknown_place(ask: object) -> None:
    more = {"on": AT_WORK} if ask is members else {}
    with pytest.raises(UnknownPlace):
        ask("klynge", "nowhere", **more)  # type: ignore[operator]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="parish"):
        places("parish")


def test_an_unknown_domain_is_refused() -> None:
    with pytest.raises(ValueError, match="dental"):
        members("klynge", "rm-randers", domain="dental", on=AT_WORK)


def test_why_some_say_21_is_told_with_the_klynger() -> None:
    said = [note.text for note in structure.notes("klynge", AT_WORK)]

    assert any("21" in text and "22" in text for text in said)


def test_a_note_is_told_only_in_its_period() -> None:
    told = {on: {note.id for note in structure.notes("sundhedsraad", on)} for on in CHANGES}

    assert "klyngernes-ophoer" in told[date(2026, 1, 1)]
    assert "klyngernes-ophoer" not in told[date(2027, 1, 1)]


def test_body_kinds_of_the_day_are_those_of_the_regime() -> None:
    for on in CHANGES:
        found = {body.id for body in structure.body_kinds(on)}
        assert found == set(structure.regime_on(on).bodies)


def test_a_text_keeps_its_english_when_copied() -> None:
    text = structure.Text("ja", "yes")

    assert [copy.deepcopy(text).en, pickle.loads(pickle.dumps(text)).en] == ["yes", "yes"]
