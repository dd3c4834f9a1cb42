"""The ledger: always balanced, never below zero, never changed, the same on any past date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from klynge.web.bodies import clock
from klynge.web.funds import accounts_rules, granting_rules, ledger, rules
from klynge.web.funds.ledger import Kind
from klynge.web.funds.ledger_models import NeverChanged
from klynge.web.funds.models import Account, Entry, Instalment, Movement, Pool
from klynge.web.funds.tests.builders import DECIDED, KR, MIO, OPENED, TODAY, a_grant, a_pool


def _free(pool: Pool, **when) -> int:
    return ledger.totals([pool], **when)[pool.pk][Kind.FREE]


@pytest.mark.django_db
class TestPosting:
    def test_a_new_pool_holds_its_frame(self):
        pool = a_pool(2 * MIO)

        sums = ledger.totals([pool])[pool.pk]

        assert (sums["frame"], sums[Kind.FREE]) == (2 * MIO, 2 * MIO)

    def test_a_grant_reserves_pays_and_uses(self):
        pool = a_pool(1 * MIO)
        grant = a_grant(pool, 300_000 * KR, rates=2)
        granting_rules.pay(
            by=None, instalment=grant.instalments.get(number=1), valid_on=date(2024, 7, 1)
        )
        sent = accounts_rules.send_accounts(
            by=None,
            grant=grant,
            first_day=date(2024, 7, 1),
            last_day=date(2024, 8, 31),
            used=100_000 * KR,
            lines=[{"text": "Løn", "kind": "project", "amount": 100_000 * KR}],
        )
        accounts_rules.approve_accounts(by=None, accounts=sent, valid_on=TODAY)

        assert ledger.of_grant(grant) == {
            Kind.RESERVED: 150_000 * KR,
            Kind.PAID: 50_000 * KR,
            Kind.USED: 100_000 * KR,
        }
        assert _free(pool) == 700_000 * KR

    def test_past_balances_are_told_by_day_and_by_what_was_known(self):
        with clock.at(clock.noon_of(date(2024, 2, 1))):
            pool = a_pool(1 * MIO)
        with clock.at(clock.noon_of(date(2024, 7, 1))):
            rules.change_frame(
                by=None, pool=pool, amount=5 * KR, valid_on=date(2024, 3, 1), text="Mere"
            )

        assert _free(pool, on=date(2024, 2, 15)) == 1 * MIO
        assert _free(pool, on=date(2024, 3, 1)) == 1 * MIO + 5 * KR
        known_in_june = clock.end_of(date(2024, 6, 30))
        assert _free(pool, on=date(2024, 3, 1), known_at=known_in_june) == 1 * MIO
        assert _free(pool, on=date(2024, 1, 14)) == 0

    def test_more_than_what_is_left_is_refused_with_what_is_missing(self):
        pool = a_pool(100_000 * KR)

        with pytest.raises(rules.NotAllowed, match=r"Der mangler 50\.000"):
            a_grant(pool, 150_000 * KR)

        assert not pool.grants.exists()
        assert Entry.objects.filter(pool=pool).count() == 1

    def test_money_cannot_be_spent_before_it_came(self):
        pool = a_pool(100_000 * KR)

        with pytest.raises(rules.NotAllowed, match="Vælg en senere dato"):
            a_grant(pool, 50_000 * KR, valid_on=OPENED - timedelta(days=1))

    def test_money_spent_later_cannot_be_spent_before_that(self):
        pool = a_pool(100_000 * KR)
        a_grant(pool, 80_000 * KR, valid_on=date(2024, 8, 1))

        with pytest.raises(rules.NotAllowed, match="Der mangler"):
            a_grant(pool, 80_000 * KR, valid_on=date(2024, 7, 1))

    def test_a_frame_that_is_used_cannot_be_taken_back_on_a_day_before(self):
        pool = a_pool(100_000 * KR)
        a_grant(pool, 80_000 * KR)
        rules.change_frame(by=None, pool=pool, amount=80_000 * KR, valid_on=TODAY, text="Mere")

        with pytest.raises(rules.NotAllowed, match=r"var der kun 20\.000"):
            rules.change_frame(
                by=None, pool=pool, amount=-90_000 * KR, valid_on=date(2024, 7, 1), text="Tilbage"
            )

    def test_a_day_to_come_is_refused(self):
        with pytest.raises(rules.NotAllowed, match="ikke kommet"):
            a_pool(frame_on=date(2025, 1, 1))

    def test_a_wrong_entry_is_reversed_and_both_stay(self):
        pool = a_pool(1 * MIO)
        wrong = rules.change_frame(by=None, pool=pool, amount=7 * KR, valid_on=TODAY, text="Fejl")

        rules.reverse_entry(by=None, entry=wrong, valid_on=TODAY, reason="Tastefejl")

        assert _free(pool) == 1 * MIO
        assert [each.number for each in ledger.entries(pool)] == [1, 2, 3]
        with pytest.raises(rules.NotAllowed, match="allerede modposteret"):
            rules.reverse_entry(by=None, entry=wrong, valid_on=TODAY, reason="Igen")

    def test_the_entry_of_a_grant_is_not_reversed_behind_its_back(self):
        grant = a_grant()
        entry = Entry.objects.get(pool=grant.pool, kind=Entry.Kind.GRANT)

        with pytest.raises(rules.NotAllowed, match="bevillingens side"):
            rules.reverse_entry(by=None, entry=entry, valid_on=TODAY, reason="Fejl")

    def test_a_clock_that_goes_back_hides_nothing(self):
        with clock.at(clock.noon_of(date(2024, 9, 1))):
            pool = a_pool(1 * MIO)
        with clock.at(clock.noon_of(date(2024, 8, 1))):
            entry = rules.change_frame(
                by=None, pool=pool, amount=5 * KR, valid_on=date(2024, 8, 1), text="Mere"
            )

        assert entry.recorded_at > clock.noon_of(date(2024, 9, 1))

    def test_a_closed_pool_takes_no_entries(self):
        pool = a_pool(1 * KR)
        rules.return_to_source(by=None, pool=pool, amount=1 * KR, valid_on=TODAY, text="")
        rules.close_pool(by=None, pool=pool, on=TODAY, text="Regnskabet er godkendt")

        with pytest.raises(rules.NotAllowed, match="lukket"):
            rules.change_frame(by=None, pool=pool, amount=1, valid_on=TODAY, text="Mere")


@pytest.mark.django_db
class TestTheDatabaseItself:
    def test_the_models_refuse_to_change_or_remove(self):
        entry = Entry.objects.filter(pool=a_pool()).get()

        for attempt in (
            entry.save,
            entry.delete,
            Entry.objects.all().delete,
            lambda: Movement.objects.update(amount=1),
        ):
            with pytest.raises(NeverChanged):
                attempt()

    @pytest.mark.parametrize("table", ["funds_entry", "funds_movement", "funds_account"])
    @pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_the_database_refuses_to_change_or_remove(self, table, what):
        a_pool()
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(what.format(table))

    def test_the_database_refuses_an_account_below_zero(self):
        pool = a_pool(5 * KR)
        free, source = ledger.account(pool, Kind.FREE), ledger.account(pool, Kind.SOURCE)
        entry = Entry.objects.get(pool=pool)

        with pytest.raises(DatabaseError, match="below zero"), transaction.atomic():
            Movement.objects.create(entry=entry, credit=free, debit=source, amount=5 * KR + 1)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_the_database_refuses_an_amount_that_is_none(self, amount):
        pool = a_pool()
        free, source = ledger.account(pool, Kind.FREE), ledger.account(pool, Kind.SOURCE)

        with pytest.raises(DatabaseError), transaction.atomic():
            Movement.objects.create(
                entry=Entry.objects.get(pool=pool), credit=source, debit=free, amount=amount
            )


days = st.integers(0, 240).map(lambda n: OPENED + timedelta(days=n))
amounts = st.integers(-50, 150_000 * KR)
operations = st.lists(
    st.tuples(
        st.sampled_from(
            ["frame", "grant", "pay", "account", "repay", "release", "carry", "return",
             "reverse", "undo", "close"]
        ),
        amounts,
        days,
        st.integers(0, 5),
    ),
    max_size=14,
)  # fmt: skip


class Purses:
    """The slow, obvious second implementation: purses of coins, and every deed in a list."""

    def __init__(self) -> None:
        self.deeds: list[tuple[date, dict[tuple, int]]] = []

    def add(self, entry: Entry) -> None:
        change: dict[tuple, int] = {}
        for row in entry.movements.select_related("debit", "credit"):
            for account, amount in ((row.debit, row.amount), (row.credit, -row.amount)):
                change[account.pk] = change.get(account.pk, 0) + amount
        self.deeds.append((entry.valid_on, change))

    def on(self, day: date, known: int) -> dict:
        found: dict = {}
        for valid_on, change in self.deeds[:known]:
            if valid_on <= day:
                for key, amount in change.items():
                    found[key] = found.get(key, 0) + amount
        return {key: amount for key, amount in found.items() if amount}


class TestAnySequence(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operations)
    def test_the_books_balance_and_can_be_told_as_on_any_day(self, steps):
        one, other = a_pool(1 * MIO), a_pool(0 + 1 * KR)
        purses, moments = Purses(), []
        for entry in Entry.objects.order_by("pk"):
            purses.add(entry)
            moments.append(entry.recorded_at)
        for step in steps:
            before = Entry.objects.count()
            try:
                with transaction.atomic():
                    _do(step, one, other)
            except rules.NotAllowed:
                assert Entry.objects.count() == before
            for entry in Entry.objects.order_by("pk")[before:]:
                purses.add(entry)
                moments.append(entry.recorded_at)
            _invariants()
        assert moments == sorted(set(moments))
        for known in {1, len(moments) // 2 or 1, len(moments)}:
            for day in (OPENED, DECIDED, TODAY):
                _same(purses, day, known, moments[known - 1])


def _invariants() -> None:
    came = Movement.objects.values_list("debit").annotate(Sum("amount")).order_by()
    went = Movement.objects.values_list("credit").annotate(Sum("amount")).order_by()
    assert sum(amount for _key, amount in came) == sum(amount for _key, amount in went)
    accounts = {each.pk: each for each in Account.objects.all()}
    on_each = ledger.amounts(accounts.values())
    assert all(amount >= 0 for key, amount in on_each.items() if accounts[key].kind != "source")
    assert sum(on_each.values()) == 0


def _same(purses: Purses, day: date, known: int, moment) -> None:
    told = ledger.amounts(Account.objects.all(), on=day, known_at=moment)
    kinds = dict(Account.objects.values_list("pk", "kind"))
    expected = purses.on(day, known)
    assert {key: amount for key, amount in told.items() if amount} == expected
    assert all(amount >= 0 for key, amount in expected.items() if kinds[key] != "source")


def _do(step, one: Pool, other: Pool) -> None:
    what, amount, day, number = step
    pool = (one, other)[number % 2]
    grants = list(pool.grants.order_by("pk"))
    grant = grants[number % len(grants)] if grants else None
    entries = list(Entry.objects.filter(pool=pool).order_by("pk"))
    if what == "frame":
        rules.change_frame(by=None, pool=pool, amount=amount, valid_on=day, text="Ramme")
    elif what == "grant":
        a_grant(pool, amount, rates=1 + number % 3, valid_on=day, decided_on=day)
    elif what == "carry":
        to = other if pool == one else one
        rules.carry_over(by=None, pool=pool, to=to, amount=amount, valid_on=day, decision="Møde")
    elif what == "return":
        rules.return_to_source(by=None, pool=pool, amount=amount, valid_on=day, text="Retur")
    elif what == "reverse":
        rules.reverse_entry(
            by=None, entry=entries[number % len(entries)], valid_on=day, reason="Fejl"
        )
    elif what == "close":
        rules.close_pool(by=None, pool=pool, on=day, text="Regnskab")
    elif grant is not None:
        _do_with(what, grant, amount, day, number)


def _do_with(what: str, grant, amount: int, day: date, number: int) -> None:
    paid = Instalment.objects.filter(grant=grant).exclude(entry=None).first()
    if what == "pay":
        due = grant.instalments.filter(entry=None).first() or grant.instalments.first()
        granting_rules.pay(by=None, instalment=due, valid_on=day)
    elif what == "account":
        sent = accounts_rules.send_accounts(
            by=None,
            grant=grant,
            first_day=day,
            last_day=day,
            used=amount,
            lines=[{"text": "Løn", "kind": "project", "amount": amount}],
        )
        if number % 3:
            accounts_rules.approve_accounts(by=None, accounts=sent, valid_on=day)
        else:
            accounts_rules.return_accounts(by=None, accounts=sent, answer="Mangler bilag")
    elif what == "repay":
        granting_rules.repay(by=None, grant=grant, amount=amount, valid_on=day, text="")
    elif what == "release":
        granting_rules.release(by=None, grant=grant, valid_on=day, reason="Aflyst")
    elif what == "undo" and paid is not None:
        granting_rules.undo_payment(by=None, instalment=paid, valid_on=day, reason="Forkert")
    elif what == "close":
        granting_rules.close_grant(by=None, grant=grant, on=day, text="Slut")
