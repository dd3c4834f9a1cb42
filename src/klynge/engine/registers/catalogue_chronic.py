"""The register of selected chronic diseases and severe mental disorders (RUKS)."""

from __future__ import annotations

from klynge.engine.registers.describe import Column, Table, start_before_end

KRONIKERE = Table(
    name="kronikere",
    da="RUKS: en række for hver borger og kronisk sygdom, efter registrets egne algoritmer",
    en="RUKS: one row for each citizen and chronic disease, by the register's own algorithms",
    synonyms=("ruks",),
    columns=(
        Column("cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "v_cpr")),
        Column("sygdom", "text", "Sygdommens navn", "Name of the disease"),
        Column("debut", "date", "Dagen, sygdommen begyndte", "The day the disease began"),
        Column(
            "uddato",
            "date",
            "Dagen, borgeren gik ud af registret; tom for dem, der stadig er i det",
            "The day the citizen left the register; empty for those still in it",
            nullable=True,
        ),
        Column(
            "aarsag_tekst",
            "text",
            "Årsag til, at borgeren kom ind eller gik ud",
            "Why the citizen came in or left",
            required=False,
            nullable=True,
        ),
        Column(
            "status",
            "text",
            "Statuskode fra CPR-registeret",
            "Status code from the CPR register",
            required=False,
            nullable=True,
        ),
        Column(
            "opdateringsdato",
            "date",
            "Dagen, rækken er opdateret",
            "The day the row was updated",
            required=False,
            nullable=True,
        ),
    ),
    rules=(start_before_end("debut", "uddato"),),
    optional=True,
    sources=("DST", "RUKS"),
)

TABLES = (KRONIKERE,)
