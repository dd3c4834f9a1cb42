"""Municipal care: home help, home nursing, care homes, rehabilitation plans, prevention."""

from __future__ import annotations

from klynge.engine.registers.describe import Column, Table, start_before_end

AEFV = Table(
    name="aefv",
    da="Visiteret hjemmehjælp: en række for hver person og måned",
    en="Granted home help: one row for each person and month",
    synonyms=("hjemmehjaelp", "hjemmehjælp"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "haend_mdr",
            "code",
            "Hændelsesmåned (yyyymm)",
            "Month (yyyymm)",
            synonyms=("hænd_mdr", "haendmdr"),
            pattern=r"(19|20)[0-9]{2}(0[1-9]|1[0-2])",
            expected_da="år og måned med seks cifre, fx 202401",
            expected_en="year and month in six digits, e.g. 202401",
        ),
        Column(
            "perpl_vis",
            "number",
            "Visiteret personlig pleje, minutter om ugen",
            "Granted personal care, minutes a week",
            unless="visiteret",
            nullable=True,
        ),
        Column(
            "prahj_vis",
            "number",
            "Visiteret praktisk hjælp, minutter om ugen",
            "Granted practical help, minutes a week",
            unless="visiteret",
            nullable=True,
        ),
        Column(
            "visiteret",
            "code",
            "ja, når hjælpen er visiteret og minutterne ikke kendes (KL Gateway)",
            "ja when help is granted and the minutes are not known (KL Gateway)",
            required=False,
            nullable=True,
            codes=("ja",),
        ),
    ),
    certainty_note_da="Enheden (minutter om ugen) er sandsynlig.",
    certainty_note_en="The unit (minutes a week) is probable.",
    sources=("DST", "darter"),
)

AEHJSP = Table(
    name="aehjsp",
    da="Hjemmesygepleje: en række for hver person og dato",
    en="Home nursing: one row for each person and date",
    synonyms=("hjemmesygepleje",),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "hjemsygep_dato",
            "date",
            "Dato for hjemmesygepleje",
            "Date of home nursing",
            synonyms=("hjemsygepdato",),
        ),
    ),
    sources=("DST", "darter"),
)

PLEJEHJEM = Table(
    name="plejehjem",
    da="Ophold på plejehjemsadresse: en række for hvert ophold",
    en="Stays at a care home's address: one row for each stay",
    synonyms=("ophold_plejehjem", "plh"),
    columns=(
        Column("v_pnr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "cpr", "v_cpr")),
        Column(
            "d_tilflyt_dato",
            "date",
            "Dato for tilflytning",
            "Date moved in",
            synonyms=("tilflyt_dato", "d_tilflytdato"),
        ),
        Column(
            "d_fraflyt_dato",
            "date",
            "Dato for fraflytning; tom, når personen bor der endnu",
            "Date moved out; empty when still living there",
            synonyms=("fraflyt_dato", "d_fraflytdato"),
            nullable=True,
        ),
        Column(
            "plejehjemsnavn",
            "text",
            "Plejehjemmets navn",
            "Name of the care home",
            synonyms=("plejehjem_navn",),
            required=False,
            nullable=True,
        ),
    ),
    rules=(start_before_end("d_tilflyt_dato", "d_fraflyt_dato"),),
    sources=("darter",),
)

GENOPTRAENINGSPLANER = Table(
    name="genoptraeningsplaner",
    da="Genoptræningsplaner (§ 140): en række for hver plan",
    en="Rehabilitation plans (section 140): one row for each plan",
    synonyms=("genoptræningsplaner", "ggop"),
    columns=(
        Column("cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "v_cpr", "v_pnr")),
        Column("plan_dato", "date", "Planens dato", "Date of the plan", synonyms=("gtrp_dato",)),
        Column(
            "plan_type",
            "code",
            "Planens art: AWG1 specialiseret, AWG2 almen (A basal, B avanceret),"
            " AWG5 rehabilitering",
            "Kind of plan: AWG1 specialised, AWG2 general (A basic, B advanced),"
            " AWG5 rehabilitation",
            codes=("AWG1", "AWG2", "AWG2A", "AWG2B", "AWG5"),
            fold="upper",
        ),
        Column(
            "udskrivningsdato",
            "date",
            "Dato for udskrivning",
            "Date of discharge",
            synonyms=("udskriv_dato",),
            nullable=True,
        ),
        Column(
            "foerste_tilbud_dato",
            "date",
            "Kommunens første tilbud; tom, når der intet er",
            "The municipality's first offer; empty when there is none",
            synonyms=("første_tilbud_dato",),
            nullable=True,
        ),
        Column(
            "aarsag",
            "code",
            "Hvorfor intet skete inden for de syv dage",
            "Why nothing happened within the seven days",
            synonyms=("årsag",),
            required=False,
            nullable=True,
            codes=("anden kommune", "udskudt", "frit valg", "frit valg afslået", "fejl"),
            fold="lower",
        ),
    ),
    rules=(start_before_end("plan_dato", "foerste_tilbud_dato"),),
    certainty="K",
    certainty_note_da="Vores egen flade udgave af det, KL Gateway § 140 sender.",
    certainty_note_en="Our own flat layout of what KL Gateway section 140 carries.",
    sources=("kl-gateway-rehab",),
)

AETR = Table(
    name="aetr",
    da="Træning (§ 86): en række for hver person og måned",
    en="Training (section 86): one row for each person and month",
    synonyms=("traening", "træning"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "haend_mdr",
            "code",
            "Hændelsesmåned (yyyymm)",
            "Month (yyyymm)",
            synonyms=("hænd_mdr", "haendmdr"),
            pattern=r"(19|20)[0-9]{2}(0[1-9]|1[0-2])",
            expected_da="år og måned med seks cifre, fx 202401",
            expected_en="year and month in six digits, e.g. 202401",
        ),
        Column(
            "trean_art",
            "text",
            "Træningens art: genoptræning eller vedligeholdelsestræning",
            "Kind of training: to regain or to keep",
            synonyms=("traen_art",),
            required=False,
            nullable=True,
        ),
    ),
    sources=("DST", "darter"),
)

AEREHAB = Table(
    name="aerehab",
    da="Rehabilitering (§ 83 a): en række for hver person og år",
    en="Reablement (section 83 a): one row for each person and year",
    synonyms=("rehabilitering",),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column("aar", "integer", "År", "Year", synonyms=("år",)),
        Column(
            "ael_komkod",
            "kommune",
            "Kommunen, der gav forløbet",
            "The kommune that gave it",
            required=False,
            nullable=True,
        ),
    ),
    certainty_note_da="Én række for hvert forløb eller hvert år er ikke afgjort i kilden.",
    certainty_note_en="Whether a row is a course or a year is not settled in the source.",
    sources=("DST", "darter"),
)

AEFB = Table(
    name="aefb",
    da="Forebyggende hjemmebesøg: en række for hvert besøg",
    en="Preventive home visits: one row for each visit",
    synonyms=("forebyggende_hjemmebesoeg", "forebyggende_hjemmebesøg"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "besoeg_dato", "date", "Dato for besøget", "Date of the visit", synonyms=("besøg_dato",)
        ),
    ),
    certainty="K",
    certainty_note_da="Vores egen flade udgave; variablene i AEFB er ikke offentliggjort.",
    certainty_note_en="Our own flat layout; the variables of AEFB are not published.",
    sources=("DST",),
)

FOREBYGGELSESTILBUD = Table(
    name="forebyggelsestilbud",
    da="Kommunale forebyggelsestilbud (SUL § 119): en række for hvert tilbud",
    en="Municipal prevention (section 119): one row for each course or intervention",
    synonyms=("forebyggelse_119", "kl_119"),
    columns=(
        Column("cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "v_cpr", "v_pnr")),
        Column("start_dato", "date", "Tilbuddets start", "Date it began", synonyms=("startdato",)),
        Column(
            "slut_dato",
            "date",
            "Tilbuddets slutning; tom, når det stadig går på",
            "Date it ended; empty while it goes on",
            synonyms=("slutdato",),
            nullable=True,
        ),
    ),
    rules=(start_before_end("start_dato", "slut_dato"),),
    certainty="K",
    certainty_note_da="Vores egen flade udgave af det, KL Gateway § 119 sender.",
    certainty_note_en="Our own flat layout of what KL Gateway section 119 carries.",
    sources=("kl-gateway-prevention",),
)

TABLES = (AEFV, AEHJSP, PLEJEHJEM, GENOPTRAENINGSPLANER, AETR, AEREHAB, AEFB, FOREBYGGELSESTILBUD)
