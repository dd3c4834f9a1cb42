"""The best combinations are those a slow search through all of them finds."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge.web.funds import combining
from klynge.web.funds.combining import Wish

wishes = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 50)), max_size=9).map(
    lambda rows: [Wish(at, amount, points) for at, (amount, points) in enumerate(rows)]
)


def _slow(asked: list[Wish], amount: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Every combination that fits and that nothing more can be added to, the best first."""
    found = []
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            used = sum(wish.amount for wish in some)
            rest = [wish for wish in asked if wish not in some]
            if used <= amount and all(used + wish.amount > amount for wish in rest):
                points = sum(wish.points for wish in some)
                found.append((points, used, tuple(wish.id for wish in some)))
    return sorted(found, key=lambda one: (-one[0], -one[1], one[2]))


@given(wishes, st.integers(0, 150), st.integers(1, 12))
def test_they_are_the_best_full_ones(asked, amount, most):
    found = combining.best(asked, amount, most)
    slow = _slow(asked, amount)

    told = [(one.points, one.amount) for one in found.combinations]
    assert told == [one[:2] for one in slow[:most]]
    assert {one.ids for one in found.combinations} <= {ids for *_sums, ids in slow}
    assert found.proven
    assert not found.complete or len(slow) == len(found.combinations)


def test_what_is_larger_than_the_amount_is_told_apart():
    found = combining.best([Wish(1, 50, 9), Wish(2, 500, 9)], 100)

    assert [one.ids for one in found.combinations] == [(1,)]
    assert found.too_large == (2,)
    assert found.complete


@pytest.mark.parametrize("points", [lambda n: 10 + n % 17, lambda n: 0])
def test_forty_applications_do_not_take_for_ever(points):
    asked = [Wish(n, 100_000 + 7919 * (n * n % 31), points(n)) for n in range(40)]

    found = combining.best(asked, 1_000_000)

    assert len(found.combinations) == 12
    assert not found.complete
    assert all(one.amount <= 1_000_000 for one in found.combinations)
