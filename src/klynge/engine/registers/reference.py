"""The reference page of the registers, made from the catalogue.

`python -m klynge.engine.registers.reference > docs/reference/registers.md`; a test fails when the
page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from klynge.engine.registers.catalogue import FORMS, SOURCES, TABLES, into
from klynge.engine.registers.convert import ACCEPTED, DATE_FORMS, MOMENT_FORMS
from klynge.engine.registers.describe import Column, Table

CERTAINTY = {
    "S": "S: en kilde beskriver det / a source describes it",
    "P": "P: sandsynligt / probable",
    "K": "K: vores eget / our own",
}

INTRODUCTION = """\
# Registre / Registers

Dannet af `klynge.engine.registers.catalogue`; ret dér, og kør `make docs`.
*Generated from the catalogue; change it there, and run `make docs`.*

## Filer / Files

Et register er `DIR/<navn>.parquet`, `.csv`, `.sas7bdat` eller `.xpt`, eller en mappe `DIR/<navn>/`
med sådanne filer, også i mapper som `year=2024/`.
Navne på filer og kolonner læses uden hensyn til store og små bogstaver.
Kolonner, der ikke står her, må gerne være der; de læses ikke.
CSV er i UTF-8 (med eller uden BOM) med kolonnenavne i første linje; skilletegnet (`;` `,` `|` eller
tabulator) findes af sig selv, og tal må have dansk komma.
SAS-filer (SAS7BDAT og XPORT) læses i den tegnkodning, de selv nævner; hvad der er datoer, fortæller
kolonnernes formater. En bygning lægger en Parquet-kopi af dem i sin arbejdsmappe.

*A register is one file, or a folder of files: Parquet, CSV or SAS (in the encoding it names, dates
told by the columns' formats; a build keeps a Parquet copy in its work folder); names match without
regard to case; columns that are not listed may be there and are not read; CSV is UTF-8 with a line
of names.*

## Typer / Types
"""

PNR = """\
Personnøglen (`pnr`) er tekst: et personnummer på ti tegn eller et pseudonym, ens i alle registre.
Den afvises aldrig på modulus 11; numre fra efter 2007 kan bryde den.
*The person key is text: a CPR number of ten characters or any pseudonym, the same in every
register; never rejected on modulus 11.*
"""

FAULTS = """\
## Hvad der er en fejl / What is a fault

Kun det, der ville gøre tal forkerte:
et register eller en påkrævet kolonne mangler; en type kan ikke bruges; en fil er beskadiget eller
ikke i UTF-8; nul rækker; en tom, ulæselig eller ukendt værdi; datoer i flere former i én kolonne;
en primærnøgle to gange; en slutning før en start; nøgler, der ikke kan kobles mellem registre.

Ikke fejl: kolonner, der ikke kendes; personer med kontakter, men uden bopæl; valgfri kolonner, der
mangler. De tælles med i pakkens `quality.json`, når de betyder noget for tallene.

*Faults are only what would make figures wrong. Unknown columns, people with contacts but no
residence and missing optional columns are not; what matters is counted in quality.json.*
"""


FORMS_TOLD = """\
## Andre formater / Other forms

Registrene herunder er andre formater af et register ovenfor. De må leveres i stedet for det eller
sammen med det, også for de samme år: en kontakt, der står i to formater (samme person, begyndt i
samme time), tælles fra det nyeste og nævnes i `quality.json`.

LPR2 sluttede 2. februar 2019. Den, der lå på sygehus den dag, løber i LPR2 til midnat og videre i
LPR3, så opholdet er ét. Er en kontakt begyndt mere end et år før og aldrig lukket, regnes den for
glemt. LPR2 kender timen alene: en ukendt start er dagens begyndelse, en ukendt slut dagens
afslutning, og en kendt slut timens sidste minut. Ambulante forløb er ikke kontakter, men deres
diagnoser tæller.

*These are other forms of a register above, delivered in its place or beside it, also of the same
years: a contact in two forms (same person, begun in the same hour) is counted from the newest.
LPR2 ended on 2 February 2019; who was in hospital runs to that midnight and on in LPR3, as one
stay. A contact opened more than a year before and never closed is taken as forgotten. LPR2 tells
the hour only: an unknown start is the day's beginning, an unknown end the day's end, a known end
the hour's last minute. Outpatient courses are no contacts, but their diagnoses count.*
"""


def page() -> str:
    """docs/reference/registers.md."""
    tables = [*map(_table, TABLES.values()), FORMS_TOLD, *map(_table, FORMS.values())]
    parts = [INTRODUCTION, _types(), PNR, FAULTS, *tables, _sources()]
    return "\n".join(part.strip() + "\n" for part in parts)


def _types() -> str:
    lines = ["| type | i motoren / in the engine | læses af / read from |", "|---|---|---|"]
    seen = {
        column.type: column.duckdb_type
        for table in (*TABLES.values(), *FORMS.values())
        for column in table.columns
    }
    for name, duckdb_type in seen.items():
        lines.append(f"| {name} | {duckdb_type} | {', '.join(ACCEPTED[name])} |")
    forms = ", ".join(f"`{form}`" for form in (*DATE_FORMS, *MOMENT_FORMS))
    return "\n".join(
        [
            *lines,
            "",
            f"Datoer som tekst / dates as text: {forms}. En kolonne holder sig til én form.",
            "*One column keeps to one form.*",
            "Tidspunkter / times of day: `hh:mm`, `hh:mm:ss` eller sekunder / or seconds.",
        ]
    )


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.da}.",
        f"*{table.en}.*",
        "",
        f"- Sikkerhed / certainty: {CERTAINTY[table.certainty]}.",
    ]
    if table.certainty_note_da:
        lines.append(f"  {table.certainty_note_da} *{table.certainty_note_en}*")
    lines.append(f"- Kilder / sources: {', '.join(table.sources)}.")
    if table.becomes:
        lines.append(f"- Et andet format af / another form of: `{into(table).name}`.")
    if table.optional:
        lines.append("- Valgfri: intet mangler, når den ikke er der. / Optional.")
    if table.primary_key:
        lines.append(f"- Primærnøgle / primary key: {_code(table.primary_key)}.")
    if table.synonyms:
        lines.append(f"- Andre navne / other names: {_code(table.synonyms)}.")
    lines += [f"- Regel / rule: aldrig {rule.da} / never {rule.en}." for rule in table.rules]
    lines += [
        "",
        "| kolonne / column | type | tom? / empty? | hvad / what | form | synonymer / synonyms |",
        "|---|---|---|---|---|---|",
        *map(_row, table.columns),
    ]
    if table.derived:
        lines += ["", "Læseren tilføjer / the reader adds:", ""]
        lines += [
            f"- `{made.name}` ({made.duckdb_type}): {made.da}. *{made.en}.*"
            for made in table.derived
        ]
    return "\n".join(lines)


def _row(column: Column) -> str:
    empty = "ja / yes" if column.nullable else "nej / no"
    if not column.required:
        empty = "valgfri / optional"
    cells = [
        f"`{column.name}`",
        column.type,
        empty,
        f"{column.da}<br>*{column.en}*",
        _form(column),
        _code(column.synonyms),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _form(column: Column) -> str:
    if column.expected_da:
        return f"{column.expected_da}<br>*{column.expected_en}*"
    return _code(column.codes)


def _sources() -> str:
    lines = [f"- {name}: {where}" for name, where in SOURCES.items()]
    return "\n".join(["## Kilder / Sources", "", *lines])


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.write(page())
