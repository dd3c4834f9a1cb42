"""Keys: what each place gets sums to the frame to the øre, and gaps are told, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge import structure
from klynge.web.accounts.tests.builders import a_member
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.tests.builders import a_body
from klynge.web.figures import weighting
from klynge.web.figures.tests.builders import an_imported_pack, with_hidden
from klynge.web.funds import ledger, rules, sharing, sharing_rules
from klynge.web.funds.models import Key, Pool
from klynge.web.funds.sharing import Asked
from klynge.web.funds.tests.builders import KR, MIO, TODAY, a_pool
from klynge.web.funds.tests.test_pages import _text

KOMMUNER = ("706", "707", "710", "730")
LATER = date(2025, 6, 1)


def _asked(amount: int = 1 * MIO, kind: str = "kommune", places=KOMMUNER, on=TODAY) -> Asked:
    return Asked(amount, kind, tuple(places), on)


def _ore(result) -> dict[str, int]:
    return {row["id"]: row["ore"] for row in result["rows"]}


class TestWithoutFigures:
    @given(
        st.integers(1, 10**12),
        st.lists(st.decimals(0, 10**6, places=3), min_size=1, max_size=12),
    )
    def test_the_shares_of_any_weights_sum_to_the_frame(self, amount, weights):
        names = [f"Part {at}" for at in range(len(weights))]
        asked = _asked(amount, "partner", names)
        figures = dict(zip(names, map(str, weights), strict=True))
        if not all(weights):
            with pytest.raises(NotAllowed, match="Vægten er 0"):
                sharing.compute("own", {"figures": figures, "source": "Brev"}, asked)
            return
        found = _ore(sharing.compute("own", {"figures": figures, "source": "Brev"}, asked))

        assert sum(found.values()) == amount
        total = sum(weights)
        for name, weight in zip(names, weights, strict=True):
            assert abs(found[name] * total - amount * weight) < total

    def test_equal_shares_of_a_hundred_kroner_over_three(self):
        found = sharing.compute("equal", {}, _asked(100 * KR, "partner", ["A", "B", "C"]))

        assert _ore(found) == {"A": 3334, "B": 3333, "C": 3333}

    def test_by_population_is_as_worked_out_by_hand(self):
        people = weighting.population()
        total = sum(people[code] for code in KOMMUNER)
        found = _ore(sharing.compute("population", {}, _asked()))

        assert sum(found.values()) == 1 * MIO
        for code in KOMMUNER:
            assert abs(found[code] - 1 * MIO * people[code] / total) < 1

    def test_a_kommune_in_two_klynger_counts_with_half_in_each(self):
        klynger = [
            row.place for row in structure.places_of("101", on=TODAY) if row.kind == "klynge"
        ]
        assert len(klynger) == 2
        found = sharing.compute("population", {}, _asked(kind="klynge", places=klynger))
        people = weighting.population()
        numbers = {row["id"]: row["numbers"][0] for row in found["rows"]}
        rest = {
            klynge: sum(
                people[code] for code in sharing.kommuner("klynge", klynge, TODAY) if code != "101"
            )
            for klynge in klynger
        }

        assert found["shared"] == ["København"]
        for klynge in klynger:
            assert abs(numbers[klynge] - rest[klynge] - people["101"] / 2) <= 1

    @pytest.mark.parametrize(
        ("figures", "reason"),
        [
            ({"A": "1", "B": "0"}, "Vægten er 0 for B"),
            ({"A": "1"}, "Der mangler et tal for B"),
            ({"A": "1", "B": "-2"}, "Tallet for B er mindre end 0"),
            ({"A": "1", "B": "to"}, "“to” er ikke et tal"),
            ({"A": "1", "B": "nan"}, "“nan” er ikke et tal"),
            ({"A": "1", "B": "1/0"}, "“1/0” er ikke et tal"),
        ],
    )
    def test_a_weight_that_is_none_is_told(self, figures, reason):
        with pytest.raises(NotAllowed, match=reason):
            sharing.compute(
                "own", {"figures": figures, "source": "Brev"}, _asked(1, "partner", ["A", "B"])
            )

    def test_partners_cannot_be_weighed_by_figures_they_do_not_have(self):
        with pytest.raises(NotAllowed, match="lige eller efter egne tal"):
            sharing.compute("population", {}, _asked(1, "partner", ["A"]))


@pytest.mark.django_db
class TestByFigures:
    need = {"indicators": [{"code": "dagophold", "age": "all", "weight": "1"}]}  # noqa: RUF012

    def test_without_a_pack_it_is_refused(self):
        with pytest.raises(NotAllowed, match="ingen datapakke"):
            sharing.compute("need", self.need, _asked())

    def test_by_need_follows_the_numbers_counted_and_names_pack_and_period(self, tmp_path):
        pack = an_imported_pack(tmp_path)
        places = ("706", "710", "730")
        found = sharing.compute("need", self.need, _asked(places=places, on=LATER))
        numbers = {row["id"]: row["numbers"][0] for row in found["rows"]}

        assert sum(_ore(found).values()) == 1 * MIO
        for code in places:
            share = 1 * MIO * numbers[code] / sum(numbers.values())
            assert abs(_ore(found)[code] - share) < 1
        (column,) = found["columns"]
        assert (column["period"], column["pack"]) == ("2024", str(pack))

    def test_two_indicators_are_weighed_together(self, tmp_path):
        an_imported_pack(tmp_path)
        places = ("706", "710", "730")
        chosen = [
            {"code": "folketal", "age": "all", "weight": "3"},
            {"code": "dagophold", "age": "all", "weight": "1,5"},
        ]
        found = sharing.compute("need", {"indicators": chosen}, _asked(places=places, on=LATER))
        by_hand = {}
        sums = [sum(row["numbers"][at] for row in found["rows"]) for at in (0, 1)]
        for row in found["rows"]:
            parts = [row["numbers"][at] / sums[at] for at in (0, 1)]
            by_hand[row["id"]] = 1 * MIO * (3 * parts[0] + 1.5 * parts[1]) / 4.5

        for code in places:
            assert abs(_ore(found)[code] - by_hand[code]) < 1.01

    def test_a_hidden_figure_is_told_as_hidden_and_not_counted_as_nothing(self, tmp_path):
        an_imported_pack(tmp_path, figures=with_hidden(code="dagophold", place="730"))

        with pytest.raises(NotAllowed, match=r"tallet er skjult \(Randers\)"):
            sharing.compute("need", self.need, _asked(places=("706", "730"), on=LATER))

    def test_figures_that_are_not_counted_or_not_there_are_told_apart(self, tmp_path):
        an_imported_pack(tmp_path)
        psyk = {"indicators": [{"code": "psyk", "age": "all", "weight": "1"}]}

        with pytest.raises(NotAllowed, match="tallet er ikke opgjort"):
            sharing.compute("need", psyk, _asked(places=("706", "730"), on=LATER))
        with pytest.raises(NotAllowed, match=r"datapakken har ikke tallet \(København\)"):
            sharing.compute("need", self.need, _asked(places=("101", "706"), on=LATER))

    def test_by_age_weighs_the_people_of_each_age(self, tmp_path):
        an_imported_pack(tmp_path)
        asked = {"code": "folketal", "ages": {"0-64": "1", "65+": "3,5", "80+": ""}}
        found = sharing.compute("age", asked, _asked(places=("710", "730"), on=LATER))
        weights = {row["id"]: row["numbers"][0] + 3.5 * row["numbers"][1] for row in found["rows"]}

        for code in ("710", "730"):
            share = 1 * MIO * weights[code] / sum(weights.values())
            assert abs(_ore(found)[code] - share) < 1.01

    def test_ages_that_overlap_are_refused(self, tmp_path):
        an_imported_pack(tmp_path)
        asked = {"code": "folketal", "ages": {"65+": "1", "80+": "2"}}

        with pytest.raises(NotAllowed, match="overlapper"):
            sharing.compute("age", asked, _asked(on=LATER))

    @pytest.mark.parametrize(
        ("asked", "reason"),
        [
            ({"indicators": []}, "Vælg mindst ét nøgletal"),
            ({"indicators": [{"code": "dagophold", "weight": "0"}]}, "større end 0"),
            ({"indicators": [{"code": "findes-ikke", "weight": "1"}]}, "har ikke nøgletallet"),
        ],
    )
    def test_what_cannot_be_weighed_by_is_told(self, tmp_path, asked, reason):
        an_imported_pack(tmp_path)

        with pytest.raises(NotAllowed, match=reason):
            sharing.compute("need", asked, _asked(on=LATER))


def _begun(pool: Pool, **more):
    values = {
        "name": "Fordeling",
        "amount": 1 * MIO,
        "place_kind": "kommune",
        "places": list(KOMMUNER),
        "on": TODAY,
    }
    return sharing_rules.begin_sharing(by=None, pool=pool, **values | more)


@pytest.mark.django_db
class TestAdopting:
    def test_klynger_get_a_pool_each_under_the_same_terms_and_the_books_balance(self):
        region = a_pool(80 * MIO, body=a_body("ssu", "1082"))
        klynger = [
            place.id for place in structure.places("klynge", TODAY) if place.region == "1082"
        ]
        shared = _begun(region, amount=80 * MIO, place_kind="klynge", places=klynger)
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="population", asked={})
        sharing_rules.adopt_key(by=None, key=key, decision="Møde", decided_on=TODAY, valid_on=TODAY)
        parts = list(region.parts.all())

        assert len(parts) == len(klynger) == 5
        assert sum(ledger.totals(parts)[part.pk]["free"] for part in parts) == 80 * MIO
        assert ledger.totals([region])[region.pk]["free"] == 0
        assert {rules.terms_on(part, TODAY).ground for part in parts} == {
            rules.terms_on(region, TODAY).ground
        }

    def test_kommuner_are_paid_and_it_can_be_reversed(self):
        pool = a_pool(2 * MIO)
        shared = _begun(pool)
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        shared = sharing_rules.adopt_key(
            by=None, key=key, decision="Møde", decided_on=TODAY, valid_on=TODAY
        )
        assert ledger.totals([pool])[pool.pk]["shared"] == 1 * MIO

        rules.reverse_entry(by=None, entry=shared.entry, valid_on=TODAY, reason="Fejl")
        assert ledger.totals([pool])[pool.pk]["free"] == 2 * MIO

    def test_a_sharing_is_adopted_once_and_then_stays(self):
        shared = _begun(a_pool(2 * MIO))
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        adopt = {"decision": "Møde", "decided_on": TODAY, "valid_on": TODAY}
        sharing_rules.adopt_key(by=None, key=key, **adopt)

        with pytest.raises(NotAllowed, match="allerede vedtaget"):
            sharing_rules.adopt_key(by=None, key=key, **adopt)
        shared.refresh_from_db()
        with pytest.raises(NotAllowed, match="er vedtaget"):
            sharing_rules.add_key(by=None, sharing=shared, name="Ny", method="equal", asked={})

    def test_more_than_is_left_by_then_is_refused_and_nothing_moves(self):
        pool = a_pool(1 * MIO)
        key = sharing_rules.add_key(
            by=None, sharing=_begun(pool), name="", method="equal", asked={}
        )
        rules.return_to_source(by=None, pool=pool, amount=1, valid_on=TODAY, text="Retur")

        with pytest.raises(NotAllowed, match="Der mangler 0,01"):
            sharing_rules.adopt_key(
                by=None, key=key, decision="Møde", decided_on=TODAY, valid_on=TODAY
            )
        assert ledger.totals([pool])[pool.pk]["free"] == 1 * MIO - 1

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"amount": 3 * MIO}, "ledige i puljen"),
            ({"places": []}, "mindst ét sted"),
            ({"places": ["999"]}, "Ukendte steder: 999"),
            ({"places": ["730", "730"]}, "to gange"),
        ],
    )
    def test_what_cannot_be_shared_is_told(self, wrong, reason):
        with pytest.raises(NotAllowed, match=reason):
            _begun(a_pool(2 * MIO), **wrong)


@pytest.mark.django_db
class TestPages:
    def test_a_sharing_is_begun_and_keys_are_put_side_by_side(self, secretary, tmp_path):
        an_imported_pack(tmp_path)
        pool = a_pool(2 * MIO)
        form = {"name": "Deling", "amount": "1.000.000", "place_kind": "kommune"}
        secretary.post(f"/midler/pulje/{pool.pk}/fordel/?dato=2025-06-01", form)
        shared = pool.sharings.get()
        page = f"/midler/fordeling/{shared.pk}/"
        assert shared.places == ["710", "707", "730", "706"]
        secretary.post(f"{page}noegle/", {"method": "equal"})
        secretary.post(f"{page}noegle/", {"method": "population"})
        own = {"method": "own", "source": "Brev", **{f"tal-{at}": "5" for at in range(4)}}
        secretary.post(f"{page}noegle/", own | {"name": "Vores"})
        by_age = {"method": "age", "alder-0-64": "1", "alder-65+": "2"}
        secretary.post(f"{page}noegle/", by_age)

        text = _text(secretary.get(page))
        assert shared.keys.count() == 4
        assert text.count("1.000.000,00") >= 4
        assert "Egne tal: Brev." in text
        assert "65 år og derover: vægt 2" in text

    def test_the_reason_for_not_adding_a_key_is_shown_on_the_page(self, secretary, tmp_path):
        an_imported_pack(tmp_path, figures=with_hidden(code="dagophold", place="707"))
        shared = _begun(a_pool(2 * MIO), on=LATER)
        page = f"/midler/fordeling/{shared.pk}/noegle/"
        need = {
            "method": "need",
            "behov-rows": "1",
            "behov-0-figure": "dagophold|all",
            "behov-0-weight": "1",
        }
        response = secretary.post(page, need)

        assert response.status_code == 422
        assert "tallet er skjult (Norddjurs)" in _text(response)
        zero = {"method": "own", "source": "Brev", **{f"tal-{at}": str(at) for at in range(4)}}
        assert "Vægten er 0 for Syddjurs" in _text(secretary.post(page, zero))
        empty = {"method": "own", "source": "Brev", "tal-0": "1"}
        assert "Skriv et tal for hvert sted" in _text(secretary.post(page, empty))
        assert not Key.objects.exists()

    def test_a_key_is_taken_out_again(self, secretary):
        shared = _begun(a_pool(2 * MIO))
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        secretary.post(f"/midler/noegle/{key.pk}/fjern/")

        assert not Key.objects.exists()

    def test_a_reader_may_not_take_a_key_out(self, client):
        shared = _begun(a_pool(2 * MIO))
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        client.force_login(a_member())

        assert client.post(f"/midler/noegle/{key.pk}/fjern/").status_code == 403

    def test_a_key_is_adopted_on_the_page(self, secretary):
        shared = _begun(a_pool(2 * MIO))
        key = sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        form = {"decision": "Møde", "decided_on": "2024-09-15", "valid_on": "2024-09-15"}
        text = _text(secretary.post(f"/midler/noegle/{key.pk}/vedtag/", form, follow=True))

        assert "Vedtaget: Lige meget til hver" in text

    def test_the_chart_is_drawn_and_may_be_kept(self, secretary):
        shared = _begun(a_pool(2 * MIO))
        sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        page = secretary.get(f"/midler/fordeling/{shared.pk}/")
        chart = secretary.get(page.context["picture"])

        assert chart.content.startswith(b"<svg")
        assert "immutable" in chart.headers["Cache-Control"]

    def test_the_keys_come_out_as_csv(self, secretary):
        shared = _begun(a_pool(2 * MIO))
        sharing_rules.add_key(by=None, sharing=shared, name="", method="equal", asked={})
        text = secretary.get(f"/midler/fordeling/{shared.pk}/noegler.csv").content.decode()

        assert "Randers;Lige meget til hver;250000,00;0,250000" in text
