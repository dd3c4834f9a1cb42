"""Numbers that can never be anyone's."""

from __future__ import annotations

import numpy as np
import pytest

from klynge.engine.registers.synth.days import day_number
from klynge.engine.registers.synth.numbering import digits, pnr_digits


def numbers(born: np.ndarray, sex: np.ndarray) -> list[str]:
    return [row.tobytes().decode() for row in pnr_digits(born, sex.astype(np.int8))]


def test_a_thousand_men_born_on_one_day_have_a_thousand_numbers() -> None:
    found = numbers(np.full(1000, day_number(1980, 2, 29)), np.zeros(1000))

    assert len(set(found)) == 1000
    assert all(number.startswith("890280") and int(number[9]) % 2 == 1 for number in found)
    assert all(number[6] in "0123" for number in found)


def test_women_have_even_numbers_and_the_new_century_its_own_digits() -> None:
    found = numbers(np.full(1000, day_number(2004, 12, 31)), np.ones(1000))

    assert len(set(found)) == 1000
    assert all(number.startswith("911204") and int(number[9]) % 2 == 0 for number in found)
    assert all(number[6] in "456789" for number in found)


def test_more_people_than_numbers_is_an_error() -> None:
    with pytest.raises(ValueError, match="too many persons"):
        numbers(np.full(2001, day_number(1980)), np.zeros(2001))


def test_digits_keep_their_leading_zeros() -> None:
    assert digits(np.array([7, 1234]), 5).tobytes() == b"0000701234"
