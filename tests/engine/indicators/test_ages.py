"""Age bands and atoms."""

from __future__ import annotations

from itertools import pairwise

import pytest

from klynge.engine.indicators.ages import atoms, has_holes, span, whole


def test_atoms_are_five_year_bands_cut_where_a_published_band_begins_or_ends() -> None:
    found = atoms(("all", "0-17", "18-44", "45-64", "65-79", "80+"))

    assert found[3:6] == ((15, 17), (18, 19), (20, 24))
    assert found[-1] == (90, None)


def test_atoms_begin_at_the_youngest_published_age() -> None:
    assert atoms(("all", "67-79", "80+"))[:2] == ((67, 69), (70, 74))


def test_atoms_end_where_the_published_ages_do() -> None:
    assert atoms(("18-44",))[-1] == (40, 44)


def test_atoms_of_everyone_cover_every_age_once() -> None:
    found = atoms(("65+", "80+"), everyone=True)

    assert found[0][0] == 0
    assert all(a[1] is not None and a[1] + 1 == b[0] for a, b in pairwise(found))


def test_only_all_is_everyone() -> None:
    assert whole(("all",)) == (0, None)


def test_holes_are_seen_and_overlaps_are_not_holes() -> None:
    assert has_holes(("0-17", "19+"))
    assert not has_holes(("65+", "80+"))


@pytest.mark.parametrize("band", ["18", "18-", "44-18", "80 +", "-5", "old"])
def test_what_is_no_band_is_refused(band: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        span(band)
