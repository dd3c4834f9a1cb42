"""Two people at once, in threads: on PostgreSQL, and on a SQLite file set as in production."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klynge.web.funds import granting_rules, ledger, rules
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Account, Grant, Pool
from klynge.web.funds.tests.builders import KR, TODAY, a_grant, a_pool
from klynge.web.funds.tests.test_ledger import _invariants
from klynge.web.settings import environment

pytestmark = pytest.mark.django_db(transaction=True)
Crowd = Callable[..., list[object]]


@pytest.fixture
def crowd(tmp_path) -> Crowd:
    """Runs functions at once, each in a thread with a connection of its own; gives what came of it.

    The tests' own SQLite lies in memory, where writers cannot wait for each other, so there it is
    copied to a file that is opened the way an installation opens it.
    """
    opened = _of_a_file(tmp_path / "crowd.sqlite3") if connection.vendor == "sqlite" else None

    def run(*works: Callable[[], object]) -> list[object]:
        came: list[object] = [None] * len(works)
        start = threading.Barrier(len(works))

        def work(at: int) -> None:
            if opened is not None:
                connections["default"] = opened()
            start.wait(10)
            try:
                came[at] = works[at]()
            except Exception as reason:
                came[at] = reason
            finally:
                connections["default"].close()

        threads = [threading.Thread(target=work, args=(at,)) for at in range(len(works))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        return came

    return run


def _of_a_file(file) -> Callable[[], DatabaseWrapper]:
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    described = {**connection.settings_dict, **environment._sqlite(str(file))}
    return lambda: DatabaseWrapper(described, alias="default")


def test_the_second_who_grants_the_last_krone_is_refused(crowd):
    (pool,) = crowd(lambda: a_pool(100 * KR))

    came = crowd(*(lambda: a_grant(_again(pool), 100 * KR, rates=1) for _each in range(2)))

    assert sorted(type(each).__name__ for each in came) == ["Grant", "NotAllowed"]
    (refused,) = [each for each in came if isinstance(each, rules.NotAllowed)]
    assert "Der mangler" in str(refused)
    (left,) = crowd(lambda: ledger.totals([_again(pool)])[pool.pk])
    assert (left[Kind.FREE], left[Kind.RESERVED]) == (0, 100 * KR)
    crowd_checks(crowd)


def test_of_twenty_who_grant_at_once_only_as_many_as_there_is_money_for_are_met(crowd):
    (pool,) = crowd(lambda: a_pool(7 * KR))

    came = crowd(*(lambda: a_grant(_again(pool), 1 * KR, rates=1) for _each in range(20)))

    assert sum(isinstance(each, Grant) for each in came) == 7
    assert sum(isinstance(each, rules.NotAllowed) for each in came) == 13
    crowd_checks(crowd)


def test_an_instalment_is_paid_once_however_many_pay_it(crowd):
    (grant,) = crowd(lambda: a_grant(a_pool(100 * KR), 100 * KR, rates=1))

    def pay() -> object:
        due = Grant.objects.get(pk=grant.pk).instalments.get()
        return granting_rules.pay(by=None, instalment=due, valid_on=TODAY)

    came = crowd(*(pay for _each in range(6)))

    assert sum(not isinstance(each, Exception) for each in came) == 1
    assert all(isinstance(each, rules.NotAllowed) for each in came if isinstance(each, Exception))
    crowd_checks(crowd)


def test_two_pools_that_carry_over_to_each_other_do_not_wait_for_ever(crowd):
    one, other = crowd(lambda: a_pool(100 * KR), lambda: a_pool(100 * KR))

    def carry(source: Pool, target: Pool) -> object:
        return rules.carry_over(
            by=None,
            pool=_again(source),
            to=_again(target),
            amount=1 * KR,
            valid_on=TODAY,
            decision="Møde",
        )

    came = crowd(
        *(lambda: carry(one, other) for _each in range(5)),
        *(lambda: carry(other, one) for _each in range(5)),
    )

    assert not [each for each in came if isinstance(each, Exception)]
    crowd_checks(crowd)


deeds = st.lists(
    st.tuples(st.sampled_from(["frame", "grant", "return", "carry"]), st.integers(1, 60)),
    min_size=2,
    max_size=6,
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(deeds)
def test_any_deeds_at_once_leave_the_books_balanced_and_no_pool_below_zero(crowd, steps):
    one, other = crowd(lambda: a_pool(100 * KR), lambda: a_pool(20 * KR))

    came = crowd(*(lambda step=step: _deed(step, one, other) for step in steps))

    assert all(
        isinstance(each, rules.NotAllowed) for each in came if isinstance(each, Exception)
    ), came
    crowd_checks(crowd)


def _deed(step: tuple[str, int], one: Pool, other: Pool) -> object:
    what, kroner = step
    pool, to = _again(one), _again(other)
    if what == "frame":
        return rules.change_frame(
            by=None, pool=pool, amount=-kroner * KR, valid_on=TODAY, text="Mindre"
        )
    if what == "grant":
        return a_grant(pool, kroner * KR, rates=1)
    if what == "return":
        return rules.return_to_source(
            by=None, pool=pool, amount=kroner * KR, valid_on=TODAY, text="Retur"
        )
    return rules.carry_over(
        by=None, pool=pool, to=to, amount=kroner * KR, valid_on=TODAY, decision="Møde"
    )


def crowd_checks(crowd: Crowd) -> None:
    (came,) = crowd(_invariants)
    assert came is None, came
    (past,) = crowd(lambda: _never_below(date(2024, 1, 1), TODAY))
    assert past is True, past


def _never_below(first: date, last: date) -> bool:
    every = list(Account.objects.exclude(kind="source"))
    return all(
        amount >= 0 for day in (first, last) for amount in ledger.amounts(every, on=day).values()
    )


def _again(pool: Pool) -> Pool:
    return Pool.objects.get(pk=pool.pk)
