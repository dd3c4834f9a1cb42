"""Steps with deadlines from the law, texts, goals, adoption: what is refused, and nothing saved."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.agreements import course, reading, rules, text_rules
from klynge.web.agreements.models import Adoption, AgreementText, Process
from klynge.web.agreements.tests.builders import (
    DONE,
    REGION,
    a_contract,
    a_hearing,
    a_step,
    a_version,
    adopted,
    an_agreement,
)
from klynge.web.audit.models import Event
from klynge.web.bodies.tests.builders import a_body

pytestmark = pytest.mark.django_db
ON = date(2023, 12, 1)


def deadlines(process, on=ON):
    return {step.row.key: step.deadline for step in course.steps(process, on)}


def test_a_health_agreement_has_the_deadline_the_authority_moved():
    process = an_agreement()

    found = deadlines(process)
    assert found["indsendt", 0] == date(2024, 1, 1)
    assert found["svar", 0] == date(2024, 2, 26)
    assert found["midtvejs", 0] == date(2026, 1, 1)
    assert [found["aarlig", year] for year in range(2024, 2028)] == [
        date(year, 12, 31) for year in range(2024, 2028)
    ]
    assert found["udkast", 0] is None
    assert process.kommuner == sorted(process.kommuner)
    assert len(process.kommuner) == 19
    assert Event.objects.filter(what="agreement begun").count() == 1


def test_what_follows_is_counted_from_the_day_the_step_was_done():
    process = an_agreement()
    rules.do_step(
        by=None, step=a_step(process, "indsendt"), done_on=date(2023, 12, 20), because="Prøve"
    )
    assert deadlines(process)["svar", 0] == date(2024, 2, 14)


def test_a_deadline_can_be_moved_for_one_process_with_a_reason_and_back():
    process = an_agreement()
    step = a_step(process, "indsendt")
    with pytest.raises(rules.NotAllowed, match="hvorfor fristen flyttes"):
        rules.move_deadline(by=None, step=step, to=date(2024, 3, 1), because=" ")

    rules.move_deadline(by=None, step=step, to=date(2024, 3, 1), because="Aftalt med styrelsen")
    assert deadlines(process)["indsendt", 0] == date(2024, 3, 1)
    assert deadlines(process)["svar", 0] == date(2024, 4, 26)
    rules.move_deadline(by=None, step=step, to=None, because="")
    assert deadlines(process)["indsendt", 0] == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"term": None}, "Vælg en valgperiode"),
        ({"title": " "}, "hvad den hedder"),
        ({"place": "9999"}, "Stedet er ukendt"),
        ({"holds_to": date(2023, 1, 1)}, "til en dag efter"),
        ({"kommuner": []}, "mindst én kommune"),
        ({"kommuner": ["101"]}, "hører ikke til stedet"),
    ],
)
def test_one_that_makes_no_sense_is_refused(given, says):
    with pytest.raises(rules.NotAllowed, match=says):
        an_agreement(**given)
    assert not Process.objects.exists()


def test_there_is_one_a_term():
    an_agreement()
    with pytest.raises(rules.NotAllowed, match="allerede en i den valgperiode"):
        an_agreement()
    row = Process.objects.get()
    row.pk, row.uid, row._state.adding = None, "8d3b9c9e-0000-4000-8000-000000000001", True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("begins", "ends", "says"),
    [
        (date(2027, 3, 1), date(2029, 12, 31), "Den kan begynde 1. januar 2027 eller fra 1. juli"),
        (date(2027, 7, 1), date(2028, 1, 1), "mindst 9 måneder"),
    ],
)
def test_a_contract_begins_and_lasts_as_the_law_says(begins, ends, says):
    with pytest.raises(rules.NotAllowed, match=says):
        a_contract(holds_from=begins, holds_to=ends)


def test_a_contract_must_be_concluded_nine_months_before_it_begins():
    found = deadlines(a_contract())
    assert found["vedtaget", 0] == date(2026, 4, 1)
    assert found["opsigelse", 0] == date(2029, 3, 31)


def test_a_step_out_of_order_is_told_and_allowed_with_a_reason():
    process = an_agreement()
    step = a_step(process, "udkast")
    with pytest.raises(rules.NotAllowed, match="Før det kommer: Møde med patientinddragelses"):
        rules.do_step(by=None, step=step, done_on=date(2023, 5, 1))
    assert a_step(process, "udkast").done_on is None

    rules.do_step(by=None, step=step, done_on=date(2023, 5, 1), because="Mødet blev udsat")
    assert a_step(process, "udkast").early_because == "Mødet blev udsat"


def test_a_step_done_before_the_day_of_what_comes_first_is_out_of_order_too():
    process = an_agreement()
    rules.do_step(by=None, step=a_step(process, "patienter-foer"), done_on=date(2023, 6, 1))
    rules.do_step(by=None, step=a_step(process, "input"), done_on=date(2023, 3, 1))
    with pytest.raises(rules.NotAllowed, match="Før det kommer"):
        rules.do_step(by=None, step=a_step(process, "udkast"), done_on=date(2023, 5, 1))


def test_steps_in_order_need_no_reason_and_a_dropped_one_holds_nothing_up():
    process = an_agreement()
    for step in ("patienter-foer", "input", "udkast", "hoering"):
        rules.do_step(by=None, step=a_step(process, step), done_on=DONE[step])
    rules.drop_step(by=None, step=a_step(process, "vedtaget"), note="Ministeren fastsatte den")
    sent = rules.do_step(by=None, step=a_step(process, "indsendt"), done_on=date(2023, 12, 20))
    assert sent.early_because == ""


def test_a_step_in_the_future_or_twice_is_refused():
    step = a_step(an_agreement(), "patienter-foer")
    with pytest.raises(rules.NotAllowed, match="er ikke kommet endnu"):
        rules.do_step(by=None, step=step, done_on=date(2099, 1, 1))
    rules.do_step(by=None, step=step, done_on=DONE["patienter-foer"])
    with pytest.raises(rules.NotAllowed, match="allerede afsluttet"):
        rules.do_step(by=None, step=step, done_on=DONE["patienter-foer"])
    assert rules.reopen_step(by=None, step=step).done_on is None


def test_a_version_that_changes_nothing_is_refused():
    process = an_agreement()
    a_version(process, "Vi vil mødes.\nOm borgeren.")
    with pytest.raises(rules.NotAllowed, match="den samme som i version 1"):
        a_version(process, "  Vi vil mødes.  \r\nOm borgeren.\n")
    a_version(process, "Vi vil mødes om borgeren.")
    assert list(AgreementText.objects.values_list("number", flat=True)) == [2, 1]


def test_adoption_waits_for_the_hearing():
    process = an_agreement()
    a_hearing(process)
    council = ("kommune", "730")
    with pytest.raises(rules.NotAllowed, match=r"slutter 15\. august 2023"):
        text_rules.record_adoption(
            by=None, process=process, council=council, outcome="adopted",
            decided_on=date(2023, 8, 15),
        )  # fmt: skip
    assert not Adoption.objects.exists()
    text_rules.record_adoption(
        by=None, process=process, council=council, outcome="adopted", decided_on=date(2023, 8, 16)
    )
    assert Adoption.objects.count() == 1


def test_a_corrected_decision_is_kept():
    process = an_agreement()
    a_version(process)
    for outcome, words in (("refused", "For dyrt"), ("adopted", "")):
        text_rules.record_adoption(
            by=None, process=process, council=("region", REGION), outcome=outcome,
            decided_on=date(2023, 9, 1), note=words,
        )  # fmt: skip
    assert [row.replaced_at is None for row in Adoption.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"council": ("kommune", "101")}, "skal ikke vedtage"),
        ({"outcome": "refused"}, "hvorfor det ikke vedtog"),
        ({"decided_on": date(2099, 1, 1)}, "er ikke kommet endnu"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(given, says):
    process = an_agreement()
    a_version(process)
    values = {"council": ("region", REGION), "outcome": "adopted", "decided_on": ON}
    with pytest.raises(rules.NotAllowed, match=says):
        text_rules.record_adoption(by=None, process=process, **{**values, **given})


def test_it_holds_only_when_every_council_has_adopted_the_newest_text():
    process = an_agreement()
    a_version(process)
    with pytest.raises(rules.NotAllowed, match="ikke vedtaget af: Region Midtjylland, "):
        rules.set_state(by=None, process=process, state="holds")
    adopted(process)
    assert rules.set_state(by=None, process=process, state="holds").state == "holds"

    a_version(process, "Et tillæg.")
    assert {council.adoption for council in course.councils(process)} == {None}


def test_the_goals_that_hold_are_read_by_region_and_day():
    process = an_agreement()
    first = text_rules.set_goal(
        by=None, process=process, title="Færre genindlæggelser", valid_from=date(2024, 1, 1)
    )
    a_version(process)
    assert reading.goals_of(REGION, date(2024, 6, 1)) == []
    rules.set_state(by=None, process=adopted(process), state="holds")
    second = text_rules.set_goal(
        by=None, process=process, title="Endnu færre genindlæggelser", replaces=first,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip

    assert reading.goals_of(REGION, date(2024, 6, 1)) == [first]
    assert reading.goals_of(REGION, date(2025, 6, 1)) == [second]
    assert reading.goals_of("1083", date(2025, 6, 1)) == []
    assert (second.number, first.number) == (1, 1)


def test_a_goal_outside_the_agreements_time_or_unchanged_is_refused():
    process = an_agreement()
    with pytest.raises(rules.NotAllowed, match="inden for aftalens tid"):
        text_rules.set_goal(by=None, process=process, title="x", valid_from=date(2023, 1, 1))
    goal = text_rules.set_goal(by=None, process=process, title="x", valid_from=date(2024, 1, 1))
    with pytest.raises(rules.NotAllowed, match="ikke ændret noget"):
        text_rules.set_goal(
            by=None, process=process, title="x", valid_from=date(2025, 1, 1), replaces=goal
        )


def test_the_second_of_two_who_end_it_is_told():
    process = an_agreement()
    rules.do_step(by=None, step=a_step(process, "patienter-foer"), done_on=date(2023, 2, 1))
    with pytest.raises(rules.ChangedMeanwhile):
        rules.set_state(by=None, process=process, state="ended", because="x", version=1)


def test_a_member_may_not_and_the_secretariat_may():
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        an_agreement_by(a_member())
    assert an_agreement_by(a_secretary()).pk


def an_agreement_by(user):
    a_body("ssu", REGION)
    return rules.begin(
        by=user, kind="sundhedsaftale", place=REGION, title="Aftale", term=date(2022, 1, 1),
        holds_from=date(2024, 1, 1), holds_to=date(2027, 12, 31),
    )  # fmt: skip


def test_one_carried_over_goes_on_as_it_stood_and_points_back():
    process = an_agreement()
    a_version(process)
    text_rules.set_goal(by=None, process=process, title="Et mål", valid_from=date(2024, 1, 1))
    rules.set_state(by=None, process=adopted(process), state="holds")
    new = rules.carry(
        by=None, process=process, to=a_body("sundhedsraad", "kronjylland"), reason="SSU ophører"
    )

    process.refresh_from_db()
    assert (process.state, new.state, new.continues) == ("carried", "holds", process)
    assert new.steps.count() == process.steps.count()
    assert [goal.title for goal in reading.goals_of(REGION, date(2025, 1, 1))] == ["Et mål"]
    with pytest.raises(rules.NotAllowed, match="afsluttet"):
        a_version(process, "For sent")
