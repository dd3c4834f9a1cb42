"""Which ages a condition about residents lets in."""

from __future__ import annotations

from collections.abc import Callable

from klynge.engine.indicators.relations import Have
from klynge.engine.indicators.tree import (
    And,
    Column,
    Compare,
    Condition,
    Constant,
    Everything,
    Flag,
    IsMissing,
    IsOneOf,
    Not,
    Or,
)

EVERY_AGE = range(0, 131)


def ages_admitted(condition: Condition) -> set[int] | None:
    """The ages (0 to 130) that a condition about residents lets in; None if it is not about age
    alone."""
    tests: list[int] = []
    try:
        tests = [age for age in EVERY_AGE if _holds(condition, age)]
    except _NotAboutAge:
        return None
    return set(tests)


def ages_let_in(condition: Condition) -> set[int] | None:
    """The ages that the parts about age alone let in; None when a part mixes age with more."""
    if isinstance(condition, And):
        sides = [ages_let_in(condition.left), ages_let_in(condition.right)]
        return None if None in sides else set(EVERY_AGE).intersection(*sides)  # type: ignore[arg-type]
    if isinstance(condition, Have) or (
        isinstance(condition, Not) and isinstance(condition.inner, Have)
    ):
        return set(EVERY_AGE)
    return ages_admitted(condition)


class _NotAboutAge(Exception):
    pass


_SIGNS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _holds(condition: Condition, age: int) -> bool:
    match condition:
        case Everything():
            return True
        case And():
            return _holds(condition.left, age) & _holds(condition.right, age)
        case Or():
            return _holds(condition.left, age) | _holds(condition.right, age)
        case Not():
            return not _holds(condition.inner, age)
        case Compare(left=Column(name="age"), right=Constant(value=int(limit))):
            return _SIGNS[condition.operator](age, limit)
        case Compare() | Flag() | IsMissing() | IsOneOf():
            raise _NotAboutAge
    raise _NotAboutAge
