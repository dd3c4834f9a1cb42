"""Two people's changes of one text: put together when they do not touch, else nobody's is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge.web.meetings.text_merging import both, merge, merge_value

BASE = "Første afsnit.\n\nAndet afsnit.\n\nTredje afsnit."


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE + " Mere.", BASE, BASE + " Mere."),
        (BASE, BASE + " Mere.", BASE + " Mere."),
        (
            BASE.replace("Første", "Det første"),
            BASE.replace("Tredje", "Det tredje"),
            BASE.replace("Første", "Det første").replace("Tredje", "Det tredje"),
        ),
        (
            BASE.replace("Første", "Det første"),
            BASE.replace("Andet", "Det andet"),
            BASE.replace("Første", "Det første").replace("Andet", "Det andet"),
        ),
        (
            "Indledning.\n\n" + BASE,
            BASE + "\n\nAfslutning.",
            "Indledning.\n\n" + BASE + "\n\nAfslutning.",
        ),
        (BASE.replace("Andet", "Nyt"), BASE.replace("Andet", "Nyt"), BASE.replace("Andet", "Nyt")),
        (
            BASE.replace("\n\nAndet afsnit.", ""),
            BASE + "\n\nFjerde.",
            "Første afsnit.\n\nTredje afsnit.\n\nFjerde.",
        ),
    ],
)
def test_changes_that_do_not_touch_are_put_together(theirs, mine, merged):
    assert merge(BASE, theirs, mine) == merged
    assert merge(BASE, mine, theirs) == merged


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (BASE.replace("Andet", "Dit"), BASE.replace("Andet", "Mit")),
        (BASE + "\n\nMit punkt.", BASE + "\n\nDit punkt."),
        (BASE.replace("\n\nAndet afsnit.", ""), BASE.replace("Andet", "Mit")),
        ("", "Noget helt andet."),
    ],
)
def test_changes_of_the_same_place_are_not(theirs, mine):
    assert merge(BASE, theirs, mine) is None
    assert merge(BASE, mine, theirs) is None


def test_two_who_begin_from_nothing_clash():
    assert merge("", "Hans tekst.", "Hendes tekst.") is None


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("", "agreed", "", "agreed"),
        ("", "", "noted", "noted"),
        ("", "agreed", "agreed", "agreed"),
        ("", "agreed", "noted", None),
        ("agreed", "", "noted", None),
    ],
)
def test_a_value_is_one_thing_or_another(base, theirs, mine, merged):
    assert merge_value(base, theirs, mine) == merged


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8).map("\n".join)


@given(LINES, LINES, LINES)
def test_a_line_that_only_one_added_is_in_what_is_put_together(base, theirs, mine):
    mine += "\nmin egen linje"
    theirs = "deres egen linje\n" + theirs
    merged = merge(base, theirs, mine)

    if merged is not None:
        assert "min egen linje" in merged.split("\n")
        assert "deres egen linje" in merged.split("\n")


@given(LINES, LINES)
def test_the_proposal_of_both_has_every_line_of_each(theirs, mine):
    proposed = both(theirs, mine).split("\n")

    assert set(theirs.split("\n")) | set(mine.split("\n")) <= set(proposed)
    assert len(proposed) <= len(theirs.split("\n")) + len(mine.split("\n"))
