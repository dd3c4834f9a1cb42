"""The law as a table: a composition, and what the check says about it with which paragraph."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klynge import structure
from klynge.structure import Body, Deviation, Finding, Member, check, is_lawful
from tests.structure.cases import CASES
from tests.structure.cases.paragraphs import FAGLIG, PIU, POLITISK, RAAD, SSU
from tests.structure.lawful import (
    KLYNGE,
    SUNDHEDSRAAD,
    bodies,
    changed,
    faglig,
    municipal,
    politisk,
    raad,
    regional,
    ssu,
    without,
)


def found_in(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.rule.id, finding.how, finding.paragraph) for finding in findings]


@pytest.mark.parametrize("name", CASES)
def test_the_law_says(name: str) -> None:
    body, on, members, expected = CASES[name]

    assert found_in(check(body, members, on)) == expected


def test_the_table_has_at_least_60_cases_of_every_kind_of_body() -> None:
    assert len(CASES) >= 60
    assert {case[0].kind for case in CASES.values()} == {b.id for b in structure.body_kinds()}


def test_every_rule_with_a_test_is_broken_in_some_case() -> None:
    broken = {rule for case in CASES.values() for rule, _how, _paragraph in case[3]}
    other = {"meetings", "quorum", "votes"}  # not about who sits
    testable = {r.id for r in structure.rules() if r.test and other.isdisjoint(r.test)}

    # The preparatory councils share the tests of the final ones; two of theirs stand for all.
    assert testable - broken == {
        "F01-region",
        "F01-anden-kommune",
        "F01-parter",
        "F01-region-embede",
    }


@pytest.mark.parametrize("body", bodies(), ids=lambda body: f"{body[0].kind}-{body[0].place}")
def test_a_lawfully_filled_body_has_no_finding(body: tuple[Body, date, list[Member]]) -> None:
    assert check(body[0], body[2], body[1]) == ()


def one(body: Body, members: list[Member], on: date = KLYNGE, **more: object) -> Finding:
    (finding,) = check(body, members, on, **more)  # type: ignore[arg-type]
    return finding


def test_a_finding_counts_what_is_missing() -> None:
    assert one(FAGLIG, without(faglig(), "Læge 1", "Læge 2")).count == 2


def test_a_finding_counts_what_is_too_much() -> None:
    members = [*faglig(), regional("D"), regional("E"), regional("F")]

    assert one(FAGLIG, members).count == 3


def test_a_person_in_two_rows_fills_one_seat() -> None:
    twice = changed(politisk(), "Læge 2", person="Læge 1")

    assert one(POLITISK, twice).rule.id == "K04-plo"


def test_a_finding_names_the_municipality_and_how_to_mend_it() -> None:
    finding = one(POLITISK, without(politisk(), "Borgmester 710"))

    assert (finding.subject, str(finding.what)) == (
        "710",
        "Favrskov (710) mangler: borgmesteren har plads.",
    )
    assert "Favrskov (710)" in finding.mend


def test_a_finding_is_said_in_english_too() -> None:
    finding = one(POLITISK, without(politisk(), "Borgmester 710"))

    assert finding.what.en == "Favrskov (710) is missing: the mayor has a seat."


def test_a_finding_names_the_people() -> None:
    finding = one(POLITISK, changed(politisk(), "Læge 1", role="formand"))

    assert finding.people == ("Læge 1",)
    assert "Læge 1" in finding.what


def test_a_finding_says_since_when_the_rule_holds() -> None:
    assert one(POLITISK, without(politisk(), "Læge 1")).rule.valid_from == date(2022, 9, 8)


def test_a_finding_is_no_surer_than_the_membership_behind_it() -> None:
    body = Body("klynge-faglig", "rsj-holbaek")
    finding = one(body, without(faglig("rsj-holbaek"), "Direktør 350"))

    assert (finding.certainty, "tvivlsomme" in finding.certainty_note) == ("low", True)


def test_a_finding_on_the_seats_of_a_sundhedsraad_is_marked_medium() -> None:
    assert one(RAAD, without(raad(), "Medlem 730-1"), SUNDHEDSRAAD).certainty == "medium"


def dated(members: list[Member], first: date) -> list[Member]:
    return [replace(member, valid_from=first) for member in members]


def test_since_is_the_day_after_somebody_left() -> None:
    members = changed(
        dated(politisk(), date(2022, 9, 13)), "Borgmester 710", valid_to=date(2023, 2, 28)
    )

    assert one(POLITISK, members).since == date(2023, 3, 1)


def test_since_does_not_count_a_gap_that_was_filled() -> None:
    start = date(2022, 9, 13)
    members = [
        *without(dated(politisk(), start), "Borgmester 710"),
        municipal("710", "Første", valid_from=start, valid_to=date(2022, 12, 31)),
        municipal("710", "Anden", valid_from=date(2023, 2, 1), valid_to=date(2023, 3, 31)),
    ]

    assert one(POLITISK, members).since == date(2023, 4, 1)


def test_since_is_the_first_day_of_the_rule_when_it_was_never_kept() -> None:
    members = dated(without(politisk(), "Læge 1"), date(2022, 7, 1))

    assert one(POLITISK, members).since == date(2022, 9, 8)


def test_since_is_unknown_when_the_list_has_no_dates() -> None:
    assert one(POLITISK, without(politisk(), "Læge 1")).since is None


def test_since_does_not_look_past_the_day_asked_about() -> None:
    members = [
        *without(dated(politisk(), date(2022, 9, 13)), "Borgmester 710"),
        municipal("710", "Senere", valid_from=date(2024, 1, 1)),
    ]

    assert one(POLITISK, members).since == date(2022, 7, 1)


FOUR = Deviation("S01-region", "SSU, 25.10.2022, punkt 3", agreed=4)


def test_an_agreed_number_is_lawful() -> None:
    finding = one(SSU, [*ssu(), regional("Fjerde")], deviations=[FOUR])

    assert (finding.covered, finding.deviation) == (True, FOUR)
    assert is_lawful([finding])


def test_an_agreed_number_must_be_kept() -> None:
    finding = one(SSU, ssu(), deviations=[FOUR])

    assert (finding.how, finding.count, finding.covered) == ("missing", 1, False)


def test_an_agreement_does_not_cover_another_number() -> None:
    finding = one(SSU, [*ssu(), regional("Fjerde"), regional("Femte")], deviations=[FOUR])

    assert (finding.how, finding.count, finding.covered) == ("too_many", 1, False)


def test_an_agreement_without_a_number_covers_the_rule() -> None:
    deviation = Deviation("K14-parter", "Beslutning 1")
    finding = one(FAGLIG, [*faglig(), Member("Forsker", "anden")], deviations=[deviation])

    assert finding.covered


def test_an_agreement_about_one_municipality_does_not_cover_another() -> None:
    deviation = Deviation("K14-kommune", "Beslutning 1", subject="730", agreed=2)
    members = [*faglig(), municipal("730", "B"), municipal("710", "C")]
    findings = check(FAGLIG, members, KLYNGE, deviations=[deviation])

    assert {finding.subject: finding.covered for finding in findings} == {
        "710": False,
        "730": True,
    }


def test_an_agreement_holds_only_in_its_period() -> None:
    ended = replace(FOUR, valid_to=date(2023, 4, 30))

    assert not one(SSU, [*ssu(), regional("Fjerde")], deviations=[ended]).covered


def test_a_rule_that_cannot_be_agreed_away_is_not_covered() -> None:
    deviation = Deviation("K06-kommune", "Beslutning 1")
    members = changed(politisk(), "Borgmester 706", role="medlem")
    finding = one(POLITISK, members, deviations=[deviation])

    assert (finding.rule.deviation, finding.covered) == (False, False)


def test_a_sundhedsraad_cannot_agree_on_other_seats() -> None:
    deviation = Deviation("R01-region", "Beslutning 1", agreed=7)
    finding = one(RAAD, [*raad(), regional("Syvende")], SUNDHEDSRAAD, deviations=[deviation])

    assert not finding.covered


def test_an_agreement_about_a_rule_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="K99"):
        check(POLITISK, politisk(), KLYNGE, deviations=[Deviation("K99", "Beslutning 1")])


def test_a_body_that_does_not_exist_on_the_day_is_refused() -> None:
    with pytest.raises(structure.NoSuchBody, match="klynge-politisk"):
        check(POLITISK, politisk(), date(2026, 1, 1))


def test_a_body_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(structure.NoSuchBody, match="sundhedsstyregruppe"):
        check(Body("sundhedsstyregruppe", "1082"), [], KLYNGE)


def test_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(structure.UnknownPlace):
        check(Body("klynge-politisk", "kronjylland"), [], KLYNGE)


def test_a_region_that_has_no_klynger_any_more_has_no_ssu() -> None:
    with pytest.raises(structure.NoSuchBody):
        check(Body("ssu", "oestdanmark"), [], KLYNGE)


@pytest.mark.parametrize(
    ("body", "least"),
    [
        (POLITISK, 2),
        (FAGLIG, 4),
        (SSU, 4),
        (PIU, 1),
    ],
)
def test_the_least_number_of_meetings(body: Body, least: int) -> None:
    held = [date(2023, month, 1) for month in range(1, least + 1)]

    assert structure.check_meetings(body, held, 2023) == ()
    (finding,) = structure.check_meetings(body, held[1:], 2023)
    assert (finding.how, finding.count) == ("missing", 1)


def test_meetings_of_another_year_do_not_count() -> None:
    held = [date(2022, 11, 1), date(2023, 5, 1)]

    assert len(structure.check_meetings(POLITISK, held, 2023)) == 1


def test_two_meetings_on_one_day_are_one() -> None:
    assert len(structure.check_meetings(POLITISK, [date(2023, 5, 1)] * 2, 2023)) == 1


def test_the_half_year_of_2022_is_not_judged_by_a_rule_for_a_year() -> None:
    assert structure.check_meetings(POLITISK, [], 2022) == ()


def test_the_law_gives_a_sundhedsraad_no_least_number_of_meetings() -> None:
    assert structure.check_meetings(RAAD, [], 2027) == ()
