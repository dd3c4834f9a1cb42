"""General and specialist practice (SSSY) and dispensed medicines (LMDB)."""

from __future__ import annotations

from klynge.engine.registers.describe import Column, Derived, Table

SSSY = Table(
    name="sssy",
    da="Sygesikringsregisteret: en række for hver afregnet ydelse og uge",
    en="The health insurance register: one row for each claimed service and week",
    synonyms=("sygesikring",),
    columns=(
        Column("pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "pnr12")),
        Column(
            "speciale",
            "code",
            "Speciale og ydelse: seks cifre, de to første er specialet (80 almen læge)",
            "Specialty and service: six digits, the first two the specialty (80 general practice)",
            synonyms=("spec6",),
            width=6,
            pattern=r"[0-9]{6}",
            expected_da="seks cifre, fx 800101",
            expected_en="six digits, e.g. 800101",
        ),
        Column(
            "honuge",
            "code",
            "Honoraruge: år og uge med to cifre hver (yyww); ugen kravet blev sendt",
            "Week of the claim: two digits each of year and week (yyww); not the day of the visit",
            synonyms=("hon_uge",),
            width=4,
            pattern=r"[0-9]{2}(0[1-9]|[1-4][0-9]|5[0-3])",
            expected_da="fire cifre yyww, fx 2407 for uge 7 i 2024",
            expected_en="four digits yyww, e.g. 2407 for week 7 of 2024",
        ),
        Column(
            "kontakt",
            "integer",
            "Antal kontakter",
            "Number of contacts",
            synonyms=("kontakter", "antal_kontakter"),
        ),
        Column(
            "bruhon",
            "number",
            "Bruttohonorar i kroner",
            "Gross fee in kroner",
            required=False,
            nullable=True,
        ),
        Column(
            "barnmak",
            "integer",
            "Barnemarkering: 1, når kravet gælder et barn, men står på forælderens nummer",
            "Child mark: 1 when the claim is for a child but stands on the parent's number",
            required=False,
            nullable=True,
        ),
        Column(
            "ydernr",
            "text",
            "Ydernummer (praksis)",
            "Provider number (practice)",
            synonyms=("yder_nr", "ydernummer"),
            required=False,
            nullable=True,
        ),
    ),
    alike=("pnr", "claim_year", "claim_week", "specialty"),
    derived=(
        Derived(
            "claim_year",
            "INTEGER",
            "CASE WHEN honuge >= '9' THEN 1900 ELSE 2000 END"
            " + TRY_CAST(substring(honuge, 1, 2) AS INTEGER)",
            "Afregningsugens år",
            "Year of the week of the claim",
        ),
        Derived(
            "claim_week",
            "INTEGER",
            "TRY_CAST(substring(honuge, 3, 2) AS INTEGER)",
            "Afregningsugens nummer",
            "Number of the week of the claim",
        ),
        Derived(
            "specialty",
            "VARCHAR",
            "substring(speciale, 1, 2)",
            "Specialet uden ydelse: de to første cifre",
            "The specialty without the service: the first two digits",
        ),
    ),
    sources=("DST", "darter", "osdc"),
)

LMDB = Table(
    name="lmdb",
    da="Lægemiddeldatabasen: en række for hver indløst recept",
    en="The medicines database: one row for each dispensed prescription",
    synonyms=("lms", "lms_epikur", "laegemiddeldatabasen", "lægemiddeldatabasen"),
    columns=(
        Column("pnr12", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "cpr", "v_cpr")),
        Column("eksd", "date", "Ekspeditionsdato", "Date dispensed", synonyms=("eksp_dato",)),
        Column(
            "atc",
            "code",
            "ATC-kode; tom for varer uden",
            "ATC code; empty for goods without one",
            synonyms=("atc_kode", "atckode"),
            nullable=True,
            pattern=r"[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?",
            fold="upper",
            expected_da="en ATC-kode på et til syv tegn, fx R03AC02",
            expected_en="an ATC code of one to seven characters, e.g. R03AC02",
        ),
        Column(
            "apk",
            "number",
            "Antal pakninger",
            "Number of packages",
            required=False,
            nullable=True,
        ),
        Column(
            "volume",
            "number",
            "Mængde i definerede døgndoser (DDD)",
            "Amount in defined daily doses (DDD)",
            required=False,
            nullable=True,
        ),
        Column(
            "doso",
            "text",
            "Dosisdispensering",
            "Dose dispensing",
            required=False,
            nullable=True,
        ),
        Column(
            "indo",
            "text",
            "Indikationskode; mangler i 12-18 % af rækkerne",
            "Indication code; missing in 12-18 % of rows",
            required=False,
            nullable=True,
        ),
    ),
    sources=("DST", "darter", "osdc"),
)

LAB_DM_FORSKER = Table(
    name="lab_dm_forsker",
    da="Laboratoriedatabasen: en række for hvert prøvesvar",
    en="Laboratory results: one row for each result",
    synonyms=("lab_forsker", "laboratorieproevesvar"),
    columns=(
        Column("patient_cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "cpr", "v_cpr")),
        Column("samplingdate", "date", "Dato for prøven", "Date of the sample"),
        Column(
            "analysiscode",
            "code",
            "Analysekode (NPU): NPU27300 og NPU03835 er langtidsblodsukker (HbA1c)",
            "Code of the analysis (NPU): NPU27300 and NPU03835 are HbA1c",
            fold="upper",
            pattern=r"[A-Z]{3}[0-9]{5}",
            expected_da="tre bogstaver og fem cifre, fx NPU27300",
            expected_en="three letters and five digits, e.g. NPU27300",
        ),
        Column(
            "value",
            "text",
            "Svaret i tal eller tekst; komma eller punktum",
            "The result as a number or text; comma or point",
            nullable=True,
        ),
    ),
    derived=(
        Derived(
            "number",
            "DOUBLE",
            "TRY_CAST(replace(value, ',', '.') AS DOUBLE)",
            "Svaret som tal; tomt, når det ikke er et",
            "The result as a number; empty when it is none",
        ),
    ),
    sources=("DST", "osdc"),
)

TABLES = (SSSY, LMDB, LAB_DM_FORSKER)
