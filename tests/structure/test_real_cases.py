"""Compositions of real bodies, as their own pages told them in 2022-2025. Persons are left out.

Each case names where it was seen. What a page did not tell is filled in with the default.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klynge import structure
from klynge.structure import Body, Deviation, Member, check, check_meetings, is_lawful
from tests.structure.lawful import (
    changed,
    faglig,
    gp,
    klyngeformand,
    municipal,
    patient,
    politisk,
    regional,
    ssu,
)


def rules_of(body: Body, members: list[Member], on: date) -> set[tuple[str, str, str]]:
    return {(f.rule.id, f.how, f.subject) for f in check(body, members, on)}


def officials(party: str, kommune: str, count: int) -> list[Member]:
    return [
        Member(f"{party} {kommune} {number}", party, kommune, office="chef")
        for number in range(count)
    ]


# A1 Randersklyngen, klyngestyregruppe, 27.1.2023: Randers 3, Norddjurs 2, Favrskov 3, Syddjurs 2,
# general practice 2, hospital 3, psychiatry 2, patients 2.
RANDERS = Body("klynge-faglig", "rm-randers")


def randers_2023() -> list[Member]:
    municipal_seats = {"730": 3, "707": 2, "710": 3, "706": 2}
    members = [m for code, n in municipal_seats.items() for m in officials("kommune", code, n)]
    members += [*officials("region", "", 3), gp("Læge 1"), gp("Læge 2")]
    members += [regional(f"Psykiatri {n}", area="psykiatri", office="chef") for n in (1, 2)]
    members += [patient("Patient 1"), patient("Patient 2")]
    members = changed(members, "kommune 730 0", role="formand")
    return changed(members, "region  0", role="formand")


def test_a1_randers_has_19_members_and_more_than_the_default() -> None:
    members = randers_2023()

    assert len(members) == 19
    assert rules_of(RANDERS, members, date(2023, 1, 27)) == {
        ("K14-region", "too_many", ""),
        ("K14-kommune", "too_many", "706"),
        ("K14-kommune", "too_many", "707"),
        ("K14-kommune", "too_many", "710"),
        ("K14-kommune", "too_many", "730"),
    }


def test_a1_randers_is_lawful_once_the_agreement_is_recorded() -> None:
    agreed = [
        Deviation("K14-region", "Forretningsorden", agreed=5),
        Deviation("K14-kommune", "Forretningsorden", subject="706", agreed=2),
        Deviation("K14-kommune", "Forretningsorden", subject="707", agreed=2),
        Deviation("K14-kommune", "Forretningsorden", subject="710", agreed=3),
        Deviation("K14-kommune", "Forretningsorden", subject="730", agreed=3),
    ]
    findings = check(RANDERS, randers_2023(), date(2023, 1, 27), deviations=agreed)

    assert len(findings) == 5
    assert is_lawful(findings)


def test_a2_randers_2024_lacks_a_patient_but_keeps_psychiatry() -> None:
    vacant = changed(randers_2023(), "Patient 2", person="")
    vacant = changed(vacant, "Psykiatri 2", person="")
    found = rules_of(RANDERS, vacant, date(2024, 10, 31))

    assert ("K14-patienter", "missing", "") in found
    assert not any(rule == "K14-psykiatri" for rule, _how, _subject in found)


def test_a2_randers_lacks_psychiatry_when_both_seats_are_vacant() -> None:
    vacant = changed(randers_2023(), "Psykiatri 1", person="")
    vacant = changed(vacant, "Psykiatri 2", person="")

    assert ("K14-psykiatri", "missing", "") in rules_of(RANDERS, vacant, date(2024, 10, 31))


@pytest.mark.parametrize("on", [date(2023, 11, 22), date(2024, 4, 24)])
def test_a3_and_a4_who_is_absent_from_a_meeting_still_has_the_seat(on: date) -> None:
    # Gødstrup, 7 and 10 of 16 present: the composition is of members, not of those who came.
    assert check(Body("klynge-faglig", "rm-goedstrup"), faglig("rm-goedstrup"), on) == ()


def test_a4_new_members_follow_the_old_ones_in_the_same_seats() -> None:
    turnover = date(2024, 4, 24)
    members = changed(faglig("rm-goedstrup"), "Patient 1", valid_to=date(2024, 4, 23))
    members = changed(members, "Patient 2", valid_to=date(2024, 4, 23))
    members += [patient(f"Ny patient {n}", valid_from=turnover) for n in (1, 2)]

    assert check(Body("klynge-faglig", "rm-goedstrup"), members, turnover) == ()


def test_a5_a_region_wide_steering_group_is_no_body_of_the_law() -> None:
    with pytest.raises(structure.NoSuchBody):
        check(Body("sundhedsstyregruppe", "1082"), [], date(2025, 9, 12))


@pytest.mark.parametrize(
    "klynge", ["rm-aarhus", "rm-horsens", "rm-randers", "rm-midt", "rm-goedstrup"]
)
def test_a6_four_regional_seats_in_midt_are_more_than_the_least_and_lawful(klynge: str) -> None:
    members = [*politisk(klynge), regional("Tredje"), regional("Fjerde")]

    assert check(Body("klynge-politisk", klynge), members, date(2022, 12, 12)) == ()


def test_a6_one_practitioner_in_two_klynger_is_lawful_in_both() -> None:
    for klynge in ("rm-randers", "rm-midt"):
        members = changed(politisk(klynge), "Læge 1", person="Læge i to klynger")
        assert check(Body("klynge-politisk", klynge), members, date(2022, 12, 12)) == ()


SOENDERJYLLAND = "rsd-soenderjylland"


def test_a7_the_political_level_of_soenderjylland_is_lawful() -> None:
    members = [*politisk(SOENDERJYLLAND), regional("Tredje"), regional("Fjerde")]

    assert sum(m.party == "region" for m in members) == 4
    assert check(Body("klynge-politisk", SOENDERJYLLAND), members, date(2022, 10, 25)) == ()


def test_a7_the_professional_level_of_soenderjylland_is_exactly_the_default() -> None:
    members = faglig(SOENDERJYLLAND)

    assert [sum(m.party == p for m in members) for p in ("region", "kommune", "plo")] == [3, 4, 2]
    assert check(Body("klynge-faglig", SOENDERJYLLAND), members, date(2022, 9, 26)) == ()


def test_a7_one_practitioner_on_both_levels_is_lawful() -> None:
    for kind, members in (
        ("klynge-politisk", politisk(SOENDERJYLLAND)),
        ("klynge-faglig", faglig(SOENDERJYLLAND)),
    ):
        both = changed(members, "Læge 1", person="Læge på begge niveauer")
        assert check(Body(kind, SOENDERJYLLAND), both, date(2022, 10, 25)) == ()


def test_a8_three_political_meetings_in_2023_are_enough() -> None:
    held = [date(2023, 1, 16), date(2023, 6, 26), date(2023, 11, 1)]

    assert check_meetings(Body("klynge-politisk", SOENDERJYLLAND), held, 2023) == ()


def test_a9_on_bornholm_the_only_mayor_shares_the_chair() -> None:
    members = [
        regional("Regionsformand", office="regionsraadsformand", role="formand"),
        municipal("400", role="formand"),
        regional("Regionsmedlem 1"),
        regional("Regionsmedlem 2"),
        gp("Læge 1"),
        gp("Læge 2"),
        Member("Bisidder 1", "kommune", "400", role="bisidder"),
        Member("Bisidder 2", "region", role="bisidder"),
    ]

    assert check(Body("klynge-politisk", "rh-bornholm"), members, date(2022, 9, 13)) == ()


def test_a10_two_political_meetings_a_year_on_bornholm_are_enough() -> None:
    held = [date(2023, 3, 1), date(2023, 9, 1)]

    assert check_meetings(Body("klynge-politisk", "rh-bornholm"), held, 2023) == ()


def test_a10_region_h_has_five_klynger_with_bornholm() -> None:
    found = [k.id for k in structure.places("klynge", date(2023, 1, 1)) if k.region == "1084"]

    assert len(found) == 5
    assert "rh-bornholm" in found


def test_a11_syd_has_ten_municipalities_and_guests_from_more_hospitals() -> None:
    members = [
        *faglig("rh-syd"),
        regional("1813", office="chef"),
        regional("Rigshospitalet Glostrup", office="chef"),
    ]

    assert sum(m.party == "kommune" for m in members) == 10
    assert rules_of(Body("klynge-faglig", "rh-syd"), members, date(2023, 5, 1)) == {
        ("K14-region", "too_many", "")
    }


def test_a12_byen_is_koebenhavn_and_frederiksberg() -> None:
    members = faglig("rh-byen")

    assert {m.kommune for m in members if m.kommune} == {"101", "147"}
    assert check(Body("klynge-faglig", "rh-byen"), members, date(2023, 5, 1)) == ()


@pytest.mark.parametrize("klynge", ["rn-nord", "rn-midt", "rn-syd", "rn-vest"])
def test_a13_the_four_klynger_of_nordjylland_have_both_levels(klynge: str) -> None:
    on = date(2023, 5, 1)

    assert check(Body("klynge-politisk", klynge), politisk(klynge), on) == ()
    assert check(Body("klynge-faglig", klynge), faglig(klynge), on) == ()


SSU_NORD = Body("ssu", "1081")


def ssu_nord() -> list[Member]:
    """4 regional, 4 municipal incl. one rådmand (Aalborg), 2 practitioners."""
    members = [m for m in ssu("1081") if m.klynge != "rn-midt"]
    aalborg = replace(klyngeformand("rn-midt"), kommune="851", office="raadmand")
    return [*members, aalborg, regional("Fjerde")]


def test_a14_four_regional_seats_in_the_ssu_of_nordjylland_need_an_agreement() -> None:
    assert rules_of(SSU_NORD, ssu_nord(), date(2022, 11, 1)) == {("S01-region", "too_many", "")}


def test_a14_with_the_agreement_recorded_it_is_lawful() -> None:
    agreed = [Deviation("S01-region", "SSU's første møde, efteråret 2022", agreed=4)]

    assert is_lawful(check(SSU_NORD, ssu_nord(), date(2022, 11, 1), deviations=agreed))


def test_a14_a_raadmand_may_sit_for_aalborg() -> None:
    found = rules_of(SSU_NORD, ssu_nord(), date(2022, 11, 1))

    assert not any(rule == "S01-embede" for rule, _how, _subject in found)


SSU_SYD = Body("ssu", "1083")


def test_a15_the_calendar_of_ssu_syddanmark_2024_is_enough() -> None:
    held = [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 5, 31),
        date(2024, 9, 11),
        date(2024, 11, 27),
    ]

    assert check_meetings(SSU_SYD, held, 2024) == ()


def test_a15_the_repealed_order_of_2018_is_no_basis_of_any_rule() -> None:
    assert not any("679" in rule.paragraph for rule in structure.rules("ssu"))


def test_a15_four_municipal_seats_are_one_for_each_klynge() -> None:
    members = ssu("1083")

    assert sum(m.party == "kommune" for m in members) == 4
    assert check(SSU_SYD, members, date(2024, 2, 28)) == ()
