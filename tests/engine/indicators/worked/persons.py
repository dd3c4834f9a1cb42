"""The persons that the hand-worked examples begin with."""

from __future__ import annotations

from tests.engine.people import Person

Line = tuple[Person, tuple[int, int], str]
"""A person, what the person adds (counted, out of), and why."""

OLD = Person(born="1950-06-01")  # 73 on 1 January 2024
ADULT = Person(born="1984-06-01")  # 39
CHILD = Person(born="2014-06-01")  # 9
COPD = OLD.with_diagnosis("DJ441", "2023-05-01")
DEMENTIA = OLD.with_diagnosis("DG309", "2023-05-01")
SCHIZOPHRENIA = ADULT.with_diagnosis("DF200", "2023-05-01")
WARD = "kardiologi"
FIBRILLATION = OLD.with_diagnosis("DI489", "2024-05-01")


def bought(*codes: str, who: Person = OLD, indication: str | None = None) -> Person:
    """Medicine handed over in 2023, a month between."""
    for month, code in enumerate(codes, start=1):
        who = who.with_medicine(code, f"2023-{2 * month - 1:02}-29", indication=indication)
    return who


MAN = Person(born="1984-06-01", woman=False)
TYPE_1 = (
    OLD.with_medicine("A10AB05", "2023-01-29")
    .with_medicine("A10AE04", "2023-03-01")
    .with_diagnosis("DE109")
)


def seen(on: str, *, referred: str, acute: bool = False, kind: str = "ALCA00") -> Person:
    """A visit to psychiatry."""
    return ADULT.with_stay(on, hours=1, acute=acute, psychiatric=True, kind=kind, referred=referred)
