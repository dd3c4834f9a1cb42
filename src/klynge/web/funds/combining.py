"""Which applications can be met together within an amount, the best first.

There are 2^n combinations, and a body can weigh a handful. Every combination that fits is part of a
full one: one to which no further application can be added. Only full ones are told, and of those
the best, by the sum of points and then by how much of the amount is used. A search that cuts off
what cannot beat the best found so far keeps forty applications quick; when it must stop early, it
says so.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST_STEPS = 200_000


@dataclass(frozen=True)
class Wish:
    """An application as it is weighed: its key, what it asks in øre, and its points."""

    id: int
    amount: int
    points: int


@dataclass(frozen=True)
class Combination:
    """Applications that fit together; `ids` in the order of the wishes."""

    ids: tuple[int, ...]
    amount: int
    points: int


@dataclass(frozen=True)
class Found:
    """The best combinations, the best first.

    complete: whether these are all the full ones. proven: whether no better one was left out.
    """

    combinations: tuple[Combination, ...]
    complete: bool
    proven: bool
    too_large: tuple[int, ...]


def best(wishes: Sequence[Wish], amount: int, most: int = 12) -> Found:
    """At most `most` full combinations within `amount`."""
    fitting = [wish for wish in wishes if 0 < wish.amount <= amount]
    too_large = tuple(wish.id for wish in wishes if wish.amount > amount)
    search = _Search(fitting, amount, most)
    search.run()
    order = {wish.id: at for at, wish in enumerate(wishes)}
    found = tuple(
        Combination(tuple(sorted(ids, key=order.__getitem__)), used, points)
        for points, used, _at, ids in sorted(search.kept, key=_best_first)
        if ids
    )
    return Found(found, search.full_ones == len(found), search.steps < MOST_STEPS, too_large)


def _best_first(kept: tuple[int, int, int, tuple[int, ...]]) -> tuple[int, int, tuple[int, ...]]:
    points, used, _at, ids = kept
    return -points, -used, ids


class _Search:
    """Depth first, the most points for the money first, each wish taken or left."""

    def __init__(self, wishes: Sequence[Wish], amount: int, most: int) -> None:
        self.wishes = sorted(wishes, key=lambda wish: (-wish.points / wish.amount, wish.amount))
        self.amount, self.most = amount, most
        self.kept: list[tuple[int, int, int, tuple[int, ...]]] = []
        self.steps = self.full_ones = 0
        self.cut = False

    def run(self) -> None:
        self._from(0, 0, 0, (), ())
        if self.cut:
            self.full_ones = -1

    def _from(
        self, at: int, used: int, points: int, taken: tuple[int, ...], left: tuple[int, ...]
    ) -> None:
        """left: the amounts of those passed over; the smallest tells whether this can be full."""
        self.steps += 1
        if self.steps >= MOST_STEPS:
            self.cut = True
            return
        if at == len(self.wishes):
            if all(used + amount > self.amount for amount in left):
                self._keep(points, used, taken)
            return
        if self._cannot_be_full(at, used, left) or self._cannot_win(at, used, points):
            return
        wish = self.wishes[at]
        if used + wish.amount <= self.amount:
            self._from(at + 1, used + wish.amount, points + wish.points, (*taken, wish.id), left)
        self._from(at + 1, used, points, taken, (*left, wish.amount))

    def _cannot_be_full(self, at: int, used: int, left: tuple[int, ...]) -> bool:
        """Even with everything to come, something passed over would still fit."""
        return bool(left) and used + self._rest(at) + min(left) <= self.amount

    @lru_cache(256)  # noqa: B019 - the search lives for one call
    def _rest(self, at: int) -> int:
        return sum(wish.amount for wish in self.wishes[at:])

    def _cannot_win(self, at: int, used: int, points: int) -> bool:
        """Not even a part of the next wish would bring it above the worst that is kept."""
        if len(self.kept) < self.most:
            return False
        room, bound = self.amount - used, float(points)
        for wish in self.wishes[at:]:
            if wish.amount > room:
                bound += wish.points * room / wish.amount
                break
            room, bound = room - wish.amount, bound + wish.points
        if bound + 1e-9 < self.kept[0][0]:
            self.cut = True
            return True
        return False

    def _keep(self, points: int, used: int, taken: tuple[int, ...]) -> None:
        self.full_ones += 1
        one = (points, used, -self.full_ones, taken)
        if len(self.kept) < self.most:
            heapq.heappush(self.kept, one)
        else:
            heapq.heappushpop(self.kept, one)
