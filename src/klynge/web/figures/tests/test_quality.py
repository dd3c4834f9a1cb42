"""A pack's quality document on its page: nothing an engine wrote is left out."""

from __future__ import annotations

from klynge.web.figures import quality


def test_rows_used_and_what_fell_out_are_told_by_source():
    document = {
        "tables": {
            "bef": {
                "rows": 1200,
                "used": 1195,
                "fell_out": [{"reason": "x", "da": "uden kommune", "en": "no", "rows": "<5"}],
            }
        }
    }

    (group,) = quality.of(document).sources

    assert group.title == "Registre"
    assert group.sources[0].rows == "1.200"
    assert group.sources[0].fell_out == (("uden kommune", "<5"),)


def test_warnings_are_said_in_the_readers_language():
    told = quality.of({"warnings": [{"da": "Pas på.", "en": "Beware."}, "Og på."]})

    assert told.warnings == ("Pas på.", "Og på.")


def test_equal_entries_become_a_table():
    (listing,) = quality.of({"linkage": [{"register": "lmdb", "per_cent": 99.9}]}).listings

    assert (listing.title, listing.columns) == ("Kobling", ("Register", "Procent"))
    assert listing.rows == (("lmdb", "99,9"),)


def test_entries_with_words_and_shares_inside_become_columns():
    entry = {
        "sector": "hospital",
        "da": "kontakt på sygehus",
        "en": "hospital contacts",
        "year": 2024,
        "persons": 26725,
        "found_in": {"practice": 93, "medicine": None},
    }
    (listing,) = quality.of({"sectors": [entry]}).listings

    assert listing.columns == (
        "Hvad", "År", "Personer", "i praksissektoren (pct.)", "med receptmedicin (pct.)",
    )  # fmt: skip
    assert listing.rows == (("kontakt på sygehus", "2024", "26.725", "93", ""),)


def test_shares_by_year_get_a_column_a_year():
    entry = {"register": "lmdb", "per_cent": {"2023": 99, "2024": 60}}
    (listing,) = quality.of({"linkage_by_year": [entry]}).listings

    assert listing.columns == ("Register", "2023", "2024")
    assert listing.rows == (("lmdb", "99", "60"),)


def test_what_has_no_known_shape_is_told_line_by_line():
    told = quality.of({"odd": {"deep": {"number": 3, "list": ["a", "b"]}, "none": None}})

    assert told.facts == (
        ("odd, deep, number", "3"),
        ("odd, deep, list", "a; b"),
        ("odd, none", ""),
    )


def test_how_much_is_hidden_is_told_beside_the_usual_rule():
    told = quality.of({"disclosure": {"hidden_per_cent": 12.3, "by_rows_and_columns_per_cent": 15}})

    assert told.facts == (
        ("Beskyttelse, heraf skjult (pct.)", "12,3"),
        ("Beskyttelse, den sædvanlige regel for rækker og søjler ville skjule (pct.)", "15"),
    )
