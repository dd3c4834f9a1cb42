"""The way in, a place's overview, its themes and its indicators."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.figures.tests.builders import a_country, an_imported_pack, published, read

pytestmark = pytest.mark.django_db
RANDERS = "/klynge/rm-randers/tal/"
PAGES = {
    "home": "/tal/",
    "overview": RANDERS,
    "theme": RANDERS + "saarbare-aeldre/",
    "indicator": RANDERS + "indikator/dagophold/",
}
EACH = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@pytest.fixture
def pack(tmp_path):
    return an_imported_pack(tmp_path)


@EACH
def test_it_works(client, pack, address):
    client.force_login(a_secretary())

    assert client.get(address).status_code == 200


@EACH
def test_any_role_may_read_it(client, pack, address):
    client.force_login(a_member())

    assert client.get(address).status_code == 200


@EACH
def test_a_stranger_is_sent_to_login(client, pack, address):
    assert client.get(address).headers["Location"] == f"/konto/log-ind/?next={address}"


@EACH
def test_without_a_pack_it_says_so(client, address):
    client.force_login(a_member())

    assert "Der er ingen datapakke endnu" in read(client, address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/klynge/rm-rander/tal/", "Der er ikke noget sted, der hedder »rm-rander«."),
        ("/kommune/999/tal/saarbare-aeldre/", "Der er ikke noget sted, der hedder »999«"),
        (RANDERS + "boern/", "Der er ikke noget tema, der hedder »boern«"),
        (RANDERS + "indikator/nej/", "har ikke nøgletallet »nej«"),
    ],
)
def test_the_reason_is_shown_on_the_page(client, pack, address, reason):
    client.force_login(a_member())

    response = client.get(address)

    assert response.status_code == 404
    assert reason in response.content.decode()


@pytest.mark.parametrize(
    "place",
    ["kommune/707", "klynge/rh-syd", "sundhedsraad/kronjylland", "region/1082", "land/DK"],
)
def test_every_kind_of_place_has_its_pages(client, pack, place):
    client.force_login(a_member())

    for page in ("", "saarbare-aeldre/", "psykiatri/", "indikator/dagophold/"):
        assert client.get(f"/{place}/tal/{page}").status_code == 200, page


def test_the_theme_shows_value_interval_n_period_and_what_is_beside(client, pack):
    client.force_login(a_member())

    page = read(client, PAGES["theme"])

    # 2023: 1,760 of 8,804 in builders.py's figures, 20.0 per cent, interval +- 10 per cent.
    assert "20,0" in page
    assert "95 %-interval 18,0–22,0" in page
    assert "2.164 af 10.820" in page or "af" in page
    assert "2023" in page
    assert "Region Midtjylland" in page
    assert "Kan ikke skelnes fra landet" in page


def test_the_theme_switches_to_adjusted_figures(client, pack):
    client.force_login(a_member())

    adjusted = client.get(PAGES["theme"], {"maal": "korrigeret"})

    faces = {face.code: face for face, _picture in adjusted.context["rows"]}
    assert faces["dagophold"].is_standardised
    assert not faces["ventetid"].is_standardised
    assert "faktisk tal: korrigeres ikke" in adjusted.content.decode()


def test_a_local_definition_is_marked(client, pack):
    client.force_login(a_member())

    assert "lokal definition" in read(client, PAGES["theme"])


def test_the_indicator_shows_sex_and_age_and_the_kommuner(client, pack):
    client.force_login(a_member())

    page = read(client, PAGES["indicator"])

    assert "Kvinder" in page
    assert "80 år og derover" in page
    assert "Favrskov" in page
    assert "personer med hændelsen" in page  # the definition


def test_a_zero_is_shown_as_zero(client, pack):
    client.force_login(a_member())

    page = client.get("/kommune/707/tal/indikator/folketal/")

    rows = {age: cells for age, _title, cells in page.context["breakdown"].rows}
    assert rows["80+"][1].text == "0"


def test_a_choice_that_is_not_there_gives_the_page_and_says_so(client, pack):
    client.force_login(a_member())

    page = read(client, PAGES["theme"], maal="magisk")

    assert "Valget »magisk« findes ikke her" in page


def test_published_figures_are_shown_and_plainly_marked(client, pack):
    published(
        *(f"x;kommune;{code};2023;{value};Prøvekilden" for code, value in
          {"706": 10, "707": 20, "710": 30, "730": 40}.items())
    )  # fmt: skip
    client.force_login(a_member())

    page = read(client, RANDERS)

    assert "Fra andre kilder, ikke fra datapakken" in page
    assert "Prøvekilden Vilkår for genbrug er ikke bekræftet." in page
    assert "Egen beregning: befolkningsvægtet gennemsnit" in page


def test_published_figures_stand_in_their_own_theme(client, pack):
    head = "indicator;place_kind;place;period;value;source;title_da;theme\n"
    published("x;klynge;rm-randers;2023;7;S;Særligt tal;chronic", head=head)
    client.force_login(a_member())

    assert "Særligt tal" in read(client, RANDERS + "kronikere/")
    assert "Særligt tal" not in read(client, RANDERS + "psykiatri/")


def test_replaced_figures_are_not_shown(client, pack):
    published("x;klynge;rm-randers;2023;71,3;S")
    published("x;klynge;rm-randers;2023;64,2;S")
    client.force_login(a_member())

    page = read(client, RANDERS)

    assert "64,2" in page
    assert "71,3" not in page


@pytest.fixture
def denmark(tmp_path):
    """Every kommune has 1,000 people; 100 of them in 2023, 900 in Rødovre."""
    return an_imported_pack(
        tmp_path,
        **a_country(
            value=lambda kommune, year: (900 if kommune == "175" else 100, 1000),
            years=range(2022, 2024),
        ),
    )


def test_rodovres_psychiatric_figures_are_in_syd_and_the_page_says_so(client, denmark):
    client.force_login(a_member())

    syd = read(client, "/klynge/rh-syd/tal/psykiatri/")
    midt = read(client, "/klynge/rh-midt/tal/psykiatri/")

    assert "Psykiatriske tal medregner Rødovre, som i somatikken hører til" in syd
    assert "Psykiatriske tal medregner ikke Rødovre, som i psykiatrien hører til" in midt


def test_the_somatic_themes_do_not_speak_of_psychiatry(client, denmark):
    client.force_login(a_member())

    assert "Psykiatriske tal" not in read(client, "/klynge/rh-midt/tal/saarbare-aeldre/")


@pytest.mark.parametrize(("place", "other"), [("rh-byen", "Syd"), ("rh-syd", "Byen")])
def test_kobenhavn_is_said_to_count_in_both(client, denmark, place, other):
    client.force_login(a_member())

    page = read(client, f"/klynge/{place}/tal/saarbare-aeldre/")

    assert f"København tæller helt med både her og i Sundhedsklynge {other}" in page
    assert "landets tal tæller hver borger én gang" in page


def test_a_sundhedsraad_across_regions_has_only_the_country_beside_it(client, denmark):
    client.force_login(a_member())

    page = client.get("/sundhedsraad/hovedstaden/tal/saarbare-aeldre/")

    assert [place.kind for place in page.context["neighbours"]][-1] == "land"


def test_the_overview_needs_few_queries(client, denmark, django_assert_max_num_queries):
    client.force_login(a_member())
    client.get("/klynge/rh-syd/tal/")

    with django_assert_max_num_queries(8):
        client.get("/klynge/rh-syd/tal/")


def test_a_theme_needs_few_queries(client, denmark, django_assert_max_num_queries):
    client.force_login(a_member())
    client.get("/klynge/rh-syd/tal/psykiatri/")

    with django_assert_max_num_queries(8):
        client.get("/klynge/rh-syd/tal/psykiatri/")


def test_an_indicator_needs_few_queries(client, denmark, django_assert_max_num_queries):
    client.force_login(a_member())

    # Two of them ask which lengths of period there are, and what rests on the figure.
    with django_assert_max_num_queries(11):
        client.get("/klynge/rh-syd/tal/indikator/psyk/")


def test_it_speaks_english_to_those_who_ask(client, pack):
    client.force_login(a_member())

    client.cookies["django_language"] = "en"
    page = client.get(PAGES["theme"]).content.decode()

    assert "Day stays" in page
    assert "Frail elderly" in page
