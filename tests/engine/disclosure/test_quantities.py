"""Distinct sums, and the equations that bind them."""

from __future__ import annotations

import numpy as np

from klynge.engine.disclosure.quantities import Catalogue, Key

ALL_AGES = ((0, 2),)


def a_catalogue() -> Catalogue:
    """Three areas of two atoms; area 0 is in both klynger."""
    catalogue = Catalogue(areas=3, atoms=2)
    sets = [
        *(catalogue.area_set([area], "kommune") for area in range(3)),
        catalogue.area_set([0, 1], "klynge"),
        catalogue.area_set([0, 2], "klynge"),
        catalogue.area_set([0, 1, 2], "land"),
    ]
    for areas in sets:
        catalogue.number(Key(areas, 0, ALL_AGES))
    return catalogue


def test_the_same_areas_sex_and_ages_are_one_quantity() -> None:
    catalogue = a_catalogue()
    again = catalogue.area_set([1, 0], "sundhedsraad")

    assert catalogue.number(Key(again, 0, ALL_AGES)) == 3


def test_a_quantity_sums_its_leaves() -> None:
    catalogue = Catalogue(areas=2, atoms=3)
    catalogue.number(Key(catalogue.area_set([1]), 2, ((1, 3),)))

    # Leaves: area, then sex (female, male), then atom.
    assert catalogue.matrix().toarray().tolist() == [[0] * 6 + [0, 0, 0, 0, 1, 1]]


def test_every_relation_is_an_equation_between_its_members() -> None:
    catalogue = a_catalogue()
    for sex in (1, 2):
        for ages in (ALL_AGES, ((0, 1),), ((1, 2),)):
            catalogue.number(Key(0, sex, ages))
    sums = catalogue.matrix().toarray()

    for members in catalogue.relations():
        rank = np.linalg.matrix_rank(sums[members])
        assert rank < len(members)
        for left_out in range(len(members)):
            rest = np.delete(members, left_out)
            assert np.linalg.matrix_rank(sums[rest]) == rank


def test_an_area_in_two_klynger_is_in_the_equation_of_the_land() -> None:
    """land = klynge + klynge - the area that is in both."""
    relations = {tuple(members.tolist()) for members in a_catalogue().relations()}

    assert (0, 3, 4, 5) in relations


def test_nested_ages_give_an_equation() -> None:
    catalogue = Catalogue(areas=1, atoms=3)
    areas = catalogue.area_set([0])
    for span in ((0, 3), (0, 1), (1, 3)):
        catalogue.number(Key(areas, 0, (span,)))

    assert [members.tolist() for members in catalogue.relations()] == [[0, 1, 2]]
