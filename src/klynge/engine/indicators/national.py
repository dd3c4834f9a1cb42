"""The indicators that klynger are given or ask for nationally, and which of ours answers each.

Sixty were gathered from the data packs of KL and Sundhedsstyrelsen, eSundhed, Danmarks Statistik
and the published analyses. `ASKED` names each, with the codes of our definitions, or why there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass

_SURVEY = (
    "Den Nationale Sundhedsprofil er en spørgeskemaundersøgelse, ikke et register; tallene hentes"
    " ind som offentliggjorte tal.",
    "The national health profile is a survey, not a register; its figures are brought in as"
    " published ones.",
)


@dataclass(frozen=True)
class Asked:
    """One indicator that is asked for. codes: ours; without any, why_da and why_en say why."""

    id: str
    da: str
    codes: tuple[str, ...] = ()
    why_da: str = ""
    why_en: str = ""


def _given(id: str, da: str, *codes: str) -> Asked:
    return Asked(id, da, codes or (id,))


def _not_given(id: str, da: str, why: tuple[str, str]) -> Asked:
    return Asked(id, da, (), *why)


_DISEASES = ("kol", "astma", "t1d", "t2d", "demens", "leddegigt", "osteoporose", "hjertesvigt")
ASKED: tuple[Asked, ...] = (
    _given("pop_folketal", "Folketal efter køn og alder"),
    _given("pop_aldersandel", "Andel borgere 65+ og 80+"),
    _not_given(
        "pop_middellevetid",
        "Middellevetid",
        (
            "En levetid er hverken antal, andel eller rate; pakken har ingen plads til den endnu,"
            " og dens beskyttelse er ikke afgjort. Dødsfald pr. 1.000 er doedsfald_1000.",
            "A life expectancy is neither count, share nor rate; the pack has no place for it yet,"
            " and its protection is not settled. Deaths per 1,000 are doedsfald_1000.",
        ),
    ),
    _given("sgh_patienter", "Unikke patienter med sygehusophold"),
    _given("sgh_ophold_1000", "Sygehusophold pr. 1.000 borgere"),
    _given("sgh_ophold_pr_patient", "Sygehusophold pr. patient"),
    _given("indl_1000", "Indlæggelser pr. 1.000 borgere"),
    _given("akut_indl_1000", "Akutte somatiske indlæggelser pr. 1.000 borgere"),
    _given("prim_kontakter", "Kontakter pr. borger, almen praksis"),
    _given("prim_andel", "Andel borgere med kontakt til almen praksis"),
    _given(
        "genind_som_30",
        "Akutte somatiske genindlæggelser inden for 30 dage",
        "genind_som_u67",
        "genind_67",
    ),
    _given("korttid_med", "Akutte medicinske korttidsindlæggelser"),
    _not_given(
        "kmf",
        "Kommunal medfinansiering pr. borger",
        (
            "Kræver takster og DRG-gruppering, som udtrækkene ikke har.",
            "Needs tariffs and DRG groups, which the extracts do not have.",
        ),
    ),
    _not_given("profil_rygning", "Daglig rygning", _SURVEY),
    _not_given("profil_alkohol", "Alkohol over anbefalingen", _SURVEY),
    _not_given("profil_mental", "Dårlig mental sundhed", _SURVEY),
    _not_given("profil_overvaegt", "Svær overvægt", _SURVEY),
    _not_given("profil_aktivitet", "Under WHO's minimum for fysisk aktivitet", _SURVEY),
    _given("belaegningsgrad", "Belægningsgrad"),
    _given("overbelaegning_dage", "Dage med overbelægning"),
    _given("forebyg_65", "Forebyggelige akutte sygehusophold blandt ældre"),
    _given("genind_67", "Genindlæggelser, 67+"),
    _given("med_sengedage_65", "Sengedage på medicinske afdelinger"),
    _given("faerdigbeh_som", "Færdigbehandlingsdage, somatik"),
    _given("hjemmehjaelp_mod", "Modtagere af hjemmehjælp"),
    _given("hjemmehjaelp_timer", "Visiteret hjemmehjælp pr. modtager"),
    _given("sygepleje_mod", "Modtagere af kommunal sygepleje"),
    _given(
        "aeldre_tvaers",
        "Ældre med sygepleje, der har kontakt til praksis og sygehus",
        "aeldre_tvaers_praksis",
        "aeldre_tvaers_sygehus",
    ),
    _given(
        "kontakt_foer_akut",
        "Kontakt op til og efter akut medicinsk indlæggelse",
        "kontakt_foer_praksis",
        "kontakt_foer_sygepleje",
        "kontakt_efter_praksis",
        "kontakt_efter_sygepleje",
    ),
    _given("plejehjem", "Plejehjemsbeboere"),
    _given("plejehjem_indl", "Akutte indlæggelser blandt plejehjemsbeboere"),
    _given("genop_planer", "Genoptræningsplaner"),
    _given("genop_vent", "Ventetid til almen genoptræning", "genop_vent", "genop_vent_gns"),
    _given("forebyg_besoeg", "Forebyggende hjemmebesøg"),
    _given("rehab_83a", "Rehabilitering § 83 a"),
    _given("traening_86", "Træning § 86"),
    _given("dosispak", "Dosispakket medicin"),
    _given("polyfarmaci", "Polyfarmaci"),
    _given("fald_hofte", "Hoftebrud"),
    _given("antipsyk_demens", "Antipsykotika ved demens"),
    _given(
        "ruks_praev",
        "Forekomst af kroniske sygdomme",
        *(f"ruks_praev_{name}" for name in _DISEASES),
        "ruks_skizo",
    ),
    _given(
        "ruks_inc",
        "Nye tilfælde af kroniske sygdomme",
        *(f"ruks_inc_{name}" for name in _DISEASES),
        "ruks_inc_skizo",
    ),
    _given("ruks_multi", "Flere kroniske sygdomme", "ruks_kronisk", "ruks_multi"),
    _given("akut_kol", "Akutte indlæggelser, KOL"),
    _given("akut_t2d", "Akutte indlæggelser, type 2-diabetes"),
    _given(
        "kron_forbrug",
        "Forbrug blandt borgere med kronisk sygdom",
        "kron_forbrug_praksis",
        "kron_forbrug_sygehus",
        "kron_forbrug_sygepleje",
    ),
    _given("genind_kol", "Genindlæggelse inden for 30 dage, KOL"),
    _given("kron_119", "Kommunale forløbsprogrammer (§ 119)"),
    _given("ak_af", "Antikoagulation ved atrieflimren"),
    _given("psyk_patienter", "Borgere med kontakt til psykiatrien"),
    _given("psyk_indl", "Psykiatriske indlæggelser"),
    _given("genind_psyk_30", "Psykiatriske genindlæggelser"),
    _given("korttid_psyk", "Akutte psykiatriske korttidsindlæggelser"),
    _given("faerdigbeh_psyk", "Færdigbehandlingsdage, psykiatri"),
    _given("ruks_skizo", "Skizofreni"),
    _given("psykofarmaka", "Psykofarmaka"),
    _not_given(
        "tvang",
        "Tvang i psykiatrien",
        (
            "Registret over tvang leveres ikke til de forskermaskiner, som udtrækkene kommer fra,"
            " og dets variable er ikke beskrevet.",
            "The register of coercion is not delivered to the research machines that the extracts"
            " come from, and its variables are not described.",
        ),
    ),
    _given("psyk_vent", "Udredningsret i psykiatrien", "psyk_vent", "psyk_vent_gns"),
    _given(
        "psyk_opfoelg", "Opfølgning efter psykiatrisk udskrivning", "psyk_opfoelg_7",
        "psyk_opfoelg_30",
    ),
    _given("psyk_somatik", "Somatisk indlæggelse ved svær psykisk lidelse"),
)  # fmt: skip
