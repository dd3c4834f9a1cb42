"""Adds the slow implementation's tallies up to places, both sexes and published ages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import klynge.structure

if TYPE_CHECKING:
    from tests.engine.reference.slow import Tally

Cell = tuple[str, int, str, int]  # kommune, year, sex, age in whole years

_LIFE = ["all", "0-17", "18-44", "45-64", "65-79", "80+"]
_ADULT = ["all", "18-44", "45-64", "65-79", "80+"]
_FROM_40 = ["all", "40-64", "65-79", "80+"]
_OLD = ["all", "65-79", "80+"]
_COPD = ["all", "30-44", "45-64", "65-79", "80+"]
_REHABILITATION = ["all", "0-17", "18-64", "65-79", "80+"]
_BY_AGES = (
    (_LIFE, "pop_folketal prim_andel prim_kontakter sgh_patienter sgh_ophold_1000 indl_1000"
     " akut_indl_1000 korttid_med ruks_praev_astma ruks_praev_t1d ruks_inc_astma ruks_inc_t1d"
     " ruks_kronisk ruks_multi kron_forbrug_praksis kron_forbrug_sygehus kron_forbrug_sygepleje"
     " psyk_patienter psyk_indl psyk_amb_1000 korttid_psyk psyk_opfoelg_7 psyk_opfoelg_30"
     " psyk_dobbelt psyk_vent psykofarmaka kron_119 ruks_skizo ruks_inc_skizo psyk_somatik"
     " osdc_praev_t1d osdc_praev_t2d osdc_inc_t1d osdc_inc_t2d tabt_persontid"
     " psyk_ventedage"),
    (_ADULT, "ruks_praev_t2d ruks_praev_hjertesvigt ruks_praev_leddegigt ruks_inc_t2d"
     " ruks_inc_hjertesvigt ruks_inc_leddegigt akut_t2d genind_psyk_30"),
    (_FROM_40, "ruks_praev_demens ruks_praev_osteoporose ruks_inc_demens ruks_inc_osteoporose"
     " antipsyk_demens"),
    (_OLD, "forebyg_65 plejehjem fald_hofte med_sengedage_65 hjemmehjaelp_mod hjemmehjaelp_timer"
     " sygepleje_mod aeldre_tvaers_praksis aeldre_tvaers_sygehus kontakt_foer_praksis"
     " kontakt_foer_sygepleje kontakt_efter_praksis kontakt_efter_sygepleje plejehjem_efter_akut"
     " doed_efter_akut plejehjem_indl rehab_83a traening_86 charlson_3_65 nmi_10_65"),
    (["all", "18-64", "65-74", "75+"], "ak_af"),
    (_COPD, "ruks_praev_kol ruks_inc_kol akut_kol"),
    (_REHABILITATION, "genop_planer genop_vent genop_ventedage"),
    (["65+", "80+"], "pop_aldersandel"),
    (["all", "67-79", "80+"], "genind_67"),
    (["all", "0-17", "18-44", "45-66"], "genind_som_u67"),
    (["all", "30-64", "65-79", "80+"], "genind_kol"),
    (["all", "0-44", "45-64", "65-79", "80+"], "doedsfald_1000"),
    (["all", "0-64", "65-74", "75+"], "dosispak"),
    (["all", "65-74", "75+"], "polyfarmaci"),
    (["all", "18-64", "65-79", "80+"], "faerdigbeh_som faerdigbeh_psyk"),
    (["all", "75-79", "80+"], "forebyg_besoeg"),
)  # fmt: skip
AGES = {code: ages for ages, codes in _BY_AGES for code in codes.split()}
YOUNGEST = {code: int(AGES[code][1].split("-")[0]) for code in AGES if code != "pop_aldersandel"}
PSYCHIATRIC_INDICATORS = (
    "psyk_patienter", "psyk_indl", "genind_psyk_30", "psyk_amb_1000", "korttid_psyk",
    "psyk_opfoelg_7", "psyk_opfoelg_30", "psyk_dobbelt", "psykofarmaka", "ruks_skizo",
    "ruks_inc_skizo", "psyk_somatik", "faerdigbeh_psyk", "psyk_vent",
    "psyk_ventedage",
)  # fmt: skip


Published = dict[tuple[str, str, str, int, str, str], tuple[int, int, int, int, int]]


def published(tallies: Mapping[str, Tally]) -> Published:
    """(indicator, kind of place, place, year, sex, age) -> counted, out of, and the people behind
    them: counted, out of, rest."""
    found: Published = {}
    for code, tally in tallies.items():
        domain = "psykiatri" if code in PSYCHIATRIC_INDICATORS else "somatik"
        above, below = code, "everyone" if code == "pop_aldersandel" else code
        sums = [
            _added_up(tally.above, domain, above),
            _added_up(tally.below, domain, below),
            _added_up(tally.above_people, domain, above),
            _added_up(tally.below_people, domain, below),
            _added_up(tally.rest_people, domain, above),
        ]
        for key in set().union(*sums):
            found[(code, *key)] = tuple(each.get(key, 0) for each in sums)  # type: ignore[assignment]
    return found


def _added_up(
    cells: dict[Cell, int], domain: str, code: str
) -> dict[tuple[str, str, int, str, str], int]:
    """Cells added up to places, both sexes, and published ages."""
    youngest = YOUNGEST.get(code, 0)
    by_age: dict[tuple[str, int, str, str], int] = defaultdict(int)
    for (kommune, year, sex, age), number in cells.items():
        bands = AGES["pop_aldersandel"] if code == "everyone" else AGES[code]
        for band in bands:
            if code == "everyone" or (age >= youngest and _is_in_band(age, band)):
                by_age[kommune, year, sex, band] += number
    total: dict[tuple[str, str, int, str, str], int] = defaultdict(int)
    places = {kommune: places_of(kommune, domain) for kommune in {cell[0] for cell in by_age}}
    for (kommune, year, sex, band), number in by_age.items():
        for kind, place in places[kommune]:
            total[kind, place, year, sex, band] += number
            total[kind, place, year, "all", band] += number
    return total


def places_of(kommune: str, domain: str) -> list[tuple[str, str]]:
    """The places a kommune's people count in: klynger and regions as in 2024, sundhedsråd 2027."""
    found = [("land", "DK"), ("kommune", kommune)]
    for row in structure("memberships")["rows"]:
        on = "2027-01-01" if row["kind"] == "sundhedsraad" else "2024-01-01"
        holds = row["from"] <= on and (row["to"] is None or on <= row["to"])
        if row["kommune"] == kommune and holds and row["domain"] in ("begge", domain):
            found.append((row["kind"], row["place"]))
    return found


def _is_in_band(age: int, band: str) -> bool:
    if band == "all":
        return True
    if band.endswith("+"):
        return age >= int(band[:-1])
    low, high = band.split("-")
    return int(low) <= age <= int(high)


_READ: dict[str, Any] = {}


def structure(name: str) -> Any:
    """A data file of the structure, as it stands."""
    if name not in _READ:
        path = Path(klynge.structure.__file__).parent / "data" / f"{name}.json"
        _READ[name] = json.loads(path.read_text(encoding="utf-8"))
    return _READ[name]
