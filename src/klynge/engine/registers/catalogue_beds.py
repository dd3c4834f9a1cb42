"""Beds at 23:00 (Sundhedsdatastyrelsen: Sengepladser), and which klynge each hospital is for."""

from __future__ import annotations

from klynge.engine.registers.describe import Column, Rule, Table
from klynge.structure.geography import KLYNGE_ON
from klynge.structure.places import places

SENGE = Table(
    name="senge",
    da="Sengepladser: en række for hver afdeling og dag, opgjort kl. 23; sengetyper lagt sammen",
    en="Beds: one row for each ward and day, counted at 23:00; types of bed added together",
    synonyms=("sengepladser", "sengepladsindberetning", "beds"),
    columns=(
        Column("dato", "date", "Dagen", "The day"),
        Column(
            "afdeling",
            "code",
            "Afdelingens kode i SHAK eller SOR",
            "The ward's code in SHAK or SOR",
            synonyms=("afdeling_shak", "shak", "afdelingskode", "sorenhed"),
            fold="upper",
        ),
        Column(
            "sygehus",
            "code",
            "Sygehusets kode; uden den de første fire tegn af afdelingens (SHAK)",
            "The hospital's code; without it the first four characters of the ward's (SHAK)",
            synonyms=("sygehus_shak", "sygehuskode", "hospital"),
            required=False,
            nullable=True,
            fold="upper",
        ),
        Column(
            "normerede",
            "integer",
            "Normerede senge",
            "Beds that are budgeted for",
            synonyms=("normerede_senge", "norm_senge"),
            required=False,
            nullable=True,
        ),
        Column(
            "disponible",
            "integer",
            "Disponible senge kl. 23",
            "Beds that can be used at 23:00",
            synonyms=("disponible_senge", "disp_senge"),
        ),
        Column(
            "indlagte",
            "integer",
            "Indlagte patienter kl. 23",
            "Patients in the ward at 23:00",
            synonyms=("indlagte_kl_23", "indlagte_23", "patienter"),
        ),
    ),
    primary_key=("dato", "afdeling"),
    rules=(
        Rule(
            ("disponible",), "disponible < 0", "færre end nul senge", "fewer than no beds",
        ),
        Rule(
            ("indlagte",), "indlagte < 0", "færre end nul patienter", "fewer than no patients",
        ),
    ),
    optional=True,
    certainty="P",
    certainty_note_da="Hvad der indberettes, er kendt fra kilden; kolonnernes navne er vores.",
    certainty_note_en="What is reported is in the source; the names of the columns are ours.",
    sources=("SOB",),
)  # fmt: skip

SYGEHUSE = Table(
    name="sygehuse",
    da="Sygehuse: hvilken klynge et sygehus er akutsygehus for",
    en="Hospitals: the klynge that a hospital is the acute hospital of",
    synonyms=("sygehuse_klynger", "hospitaler"),
    columns=(
        Column(
            "sygehus",
            "code",
            "Sygehusets kode, som i senge",
            "The hospital's code, as in senge",
            synonyms=("sygehus_shak", "sygehuskode", "hospital"),
            fold="upper",
        ),
        Column(
            "klynge",
            "text",
            "Klyngens id; se docs/reference/structure.md",
            "The id of the klynge; see docs/reference/structure.md",
            codes=tuple(sorted(place.id for place in places("klynge", KLYNGE_ON))),
            fold="lower",
        ),
    ),
    primary_key=("sygehus",),
    optional=True,
    certainty="K",
    certainty_note_da="Vores egen lille tabel, som analytikeren skriver: de officielle registre"
    " kender ikke klyngerne.",
    certainty_note_en="Our own small table, written by the analyst: the official registers do not"
    " know the klynger.",
    sources=("SOB",),
)

TABLES = (SENGE, SYGEHUSE)
