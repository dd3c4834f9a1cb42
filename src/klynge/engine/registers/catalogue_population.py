"""The population, its deaths, migrations and education, and who got another number (Statistics
Denmark: BEF, DOD, VNDS, UDDA)."""

from __future__ import annotations

from klynge.engine.registers.describe import Column, Rule, Table, start_before_end

BEF = Table(
    name="bef",
    da="Befolkningen: en række for hver person og hvert referencetidspunkt",
    en="The population: one row for each person and reference date",
    synonyms=("befolkning", "befolkningen"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "koen",
            "integer",
            "Køn: 1 mand, 2 kvinde",
            "Sex: 1 man, 2 woman",
            synonyms=("køn",),
            codes=("1", "2"),
        ),
        Column(
            "foed_dag",
            "date",
            "Fødselsdato",
            "Date of birth",
            synonyms=("foeddag", "fød_dag", "foedselsdato", "fødselsdato"),
        ),
        Column(
            "kom",
            "kommune",
            "Bopælskommune på referencetidspunktet",
            "Municipality of residence on the reference date",
            synonyms=("kommune", "komkode", "bopkom", "bopkom_kode", "kommunekode"),
            expected_da="en af de 98 kommunekoder med tre cifre, fx 101; 411 (Christiansø) og"
            " 9xx (uden for de 98) tæller ikke med, men er i orden",
            expected_en="one of the 98 municipality codes of three digits, e.g. 101; 411"
            " (Christiansø) and 9xx (outside the 98) are not counted, but are in order",
        ),
        Column(
            "referencetid",
            "date",
            "Referencetidspunkt: 31.12. i år Y er befolkningen 1. januar i år Y+1, og 1.1. det"
            " samme; kvartaler (31.3., 30.6., 30.9.) må gerne være med",
            "Reference date: 31 December of year Y is the population on 1 January of Y+1, as is"
            " 1 January; quarters (31 March, 30 June, 30 September) may be there too",
            synonyms=("reference_tid", "refdato", "referencedato"),
        ),
        Column(
            "reg",
            "text",
            "Region",
            "Region",
            synonyms=("region",),
            required=False,
            nullable=True,
        ),
        Column(
            "alder",
            "integer",
            "Alder på referencetidspunktet; regnes ellers ud af fødselsdatoen",
            "Age on the reference date; otherwise computed from the date of birth",
            required=False,
            nullable=True,
        ),
    ),
    primary_key=("pnr", "referencetid"),
    rules=(start_before_end("foed_dag", "referencetid"),),
    sources=("DST", "darter"),
)

DOD = Table(
    name="dod",
    da="Døde: en række for hver død",
    en="Deaths: one row for each death",
    synonyms=("doede", "døde", "dodsfald"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "doddato",
            "date",
            "Dødsdato",
            "Date of death",
            synonyms=("dod_dato", "doedsdato", "dødsdato", "d_dodsdto"),
        ),
    ),
    primary_key=("pnr",),
    sources=("DST", "darter"),
)

VNDS = Table(
    name="vnds",
    da="Vandringer: en række for hver ind- eller udvandring",
    en="Migrations: one row for each move into or out of the country",
    synonyms=("vandringer", "vnds_hist"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "indud_kode",
            "code",
            "I: indvandret til Danmark; U: udvandret",
            "I: moved to Denmark; U: moved out",
            synonyms=("indud",),
            codes=("I", "U"),
        ),
        Column(
            "haend_dato",
            "date",
            "Dagen for ind- eller udvandringen",
            "The day of the move",
            synonyms=("haenddato", "hændelsesdato", "haendelsesdato"),
        ),
        Column(
            "indud_land",
            "code",
            "Landet, personen kom fra eller rejste til; bruges ikke",
            "The country the person came from or went to; not used",
            required=False,
            nullable=True,
        ),
    ),
    primary_key=("pnr", "haend_dato", "indud_kode"),
    optional=True,
    certainty="P",
    certainty_note_da="Kolonnerne er Danmarks Statistiks. Siden februar 2026 leveres ind- og"
    " udvandringer hver for sig (VNDS_ind, VNDS_ud): læg dem i mappen vnds, hver med sin"
    " indud_kode.",
    certainty_note_en="The columns are Statistics Denmark's. Since February 2026 moves in and out"
    " come apart (VNDS_ind, VNDS_ud): put both in the folder vnds, each with its indud_kode.",
    sources=("darter", "registers-guide"),
)

PERSONNUMRE = Table(
    name="personnumre",
    da="Skift af personnummer: en række for hvert skift, fra det gamle til det nye nummer",
    en="Changes of number: one row for each change, from the old number to the new one",
    synonyms=("cprskift", "nummerskift"),
    columns=(
        Column(
            "gammelt",
            "pnr",
            "Det nummer, personen havde; også et erstatningsnummer",
            "The number the person had; also a replacement number",
            synonyms=("gammelt_pnr", "gammelt_cpr", "pnr_gammelt", "cpr_gammelt"),
        ),
        Column(
            "nyt",
            "pnr",
            "Det nummer, personen fik i stedet",
            "The number the person got in its place",
            synonyms=("nyt_pnr", "nyt_cpr", "pnr_nyt", "cpr_nyt"),
        ),
        Column(
            "dato",
            "date",
            "Dagen for skiftet",
            "The day of the change",
            required=False,
            nullable=True,
        ),
    ),
    primary_key=("gammelt", "nyt"),
    rules=(
        Rule(
            ("gammelt", "nyt"),
            "gammelt = nyt",
            "samme nummer som gammelt og nyt",
            "the same number as the old and the new",
        ),
    ),
    optional=True,
    certainty="K",
    certainty_note_da="Vores egen flade udgave; CPR-systemet kender skiftene, men leverer dem i"
    " andre former.",
    certainty_note_en="Our own flat layout; the CPR system knows the changes but delivers them in"
    " other forms.",
    sources=("dk-core",),
)

UDDA = Table(
    name="udda",
    da="Højeste fuldførte uddannelse: en række for hver person og uddannelse, eller en hvert år",
    en="Highest completed education: one row for each person and education, or one each year",
    synonyms=("uddf", "uddannelse", "uddannelser"),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "v_pnr")),
        Column(
            "hfaudd",
            "code",
            "Højeste fuldførte uddannelse: uddannelseskoden, eller hovedgruppen i to cifre",
            "Highest completed education: the code of it, or its main group in two digits",
            synonyms=("hf_audd",),
            unless="hovedgruppe",
            nullable=True,
        ),
        Column(
            "hovedgruppe",
            "code",
            "DISCED-15's hovedgruppe i to cifre (10, 15, 20, 30, 35, 40 ... 90), slået op efter"
            " hfaudd i Danmarks Statistiks format; går forud for hfaudd",
            "The main group of DISCED-15 in two digits (10, 15, 20, 30, 35, 40 ... 90), looked up"
            " by hfaudd in Statistics Denmark's format; goes before hfaudd",
            synonyms=("hfaudd_hoved", "hoveduddannelse", "audd_hoved"),
            required=False,
            nullable=True,
        ),
        Column(
            "hf_vfra",
            "date",
            "Dagen, uddannelsen blev fuldført",
            "The day the education was completed",
            required=False,
            nullable=True,
        ),
        Column(
            "udd",
            "code",
            "Igangværende uddannelse; bruges ikke",
            "Education under way; not used",
            required=False,
            nullable=True,
        ),
    ),
    optional=True,
    certainty="P",
    certainty_note_da="Kolonnerne er Danmarks Statistiks. Hvordan en kode bliver til en"
    " hovedgruppe, står i et format, som ikke følger med Klynge.",
    certainty_note_en="The columns are Statistics Denmark's. How a code becomes a main group stands"
    " in a format that does not come with Klynge.",
    sources=("DST", "darter"),
)

TABLES = (BEF, DOD, VNDS, UDDA, PERSONNUMRE)
