"""Every register table and column, described once: what it is called, holds, and may hold.

Readers, checks, the made-up registers and the reference page all stand on `TABLES`. Names are
those of the Danish research machines in lower case; synonyms are names other deliveries use for
the same content in the same type. Order of columns is the order in which they are written.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from klynge.engine.registers import (
    catalogue_beds,
    catalogue_chronic,
    catalogue_forms,
    catalogue_hospital,
    catalogue_municipal,
    catalogue_population,
    catalogue_practice,
)
from klynge.engine.registers.describe import Column, ColumnType, Derived, Rule, Table

__all__ = [
    "FORMS",
    "SOURCES",
    "TABLES",
    "Column",
    "ColumnType",
    "Derived",
    "Rule",
    "Table",
    "table",
]

TABLES: Mapping[str, Table] = {
    described.name: described
    for part in (
        catalogue_population,
        catalogue_hospital,
        catalogue_practice,
        catalogue_chronic,
        catalogue_municipal,
        catalogue_beds,
    )
    for described in part.TABLES
}
"""Every table by its canonical name, in the order they are told about."""

FORMS: Mapping[str, Table] = {described.name: described for described in catalogue_forms.FORMS}
"""Other forms of some tables, by their names; a table's own form comes before them."""

SOURCES: Mapping[str, str] = {
    "DST": "https://www.dst.dk/extranet/ForskningVariabellister/",
    "darter": "https://github.com/steno-aarhus/darter-project",
    "registers-guide": "https://github.com/steno-aarhus/registers-guide",
    "RUKS": "https://www.esundhed.dk/Dokumentation/DocumentationExtended?id=29",
    "osdc": "https://github.com/steno-aarhus/osdc",
    "ehdsi": "https://github.com/Sundhedsdatastyrelsen/ehdsi",
    "dk-core": "https://github.com/hl7dk/dk-core",
    "SOB": "http://esundhed.dk/sundhedsaktivitet/SOB/Sider/SOB01.aspx",
    "LPR3": "Sundhedsdatastyrelsen: vejledning til LPR3_F",
    "kl-gateway": "https://github.com/hl7dk/kl-gateway",
    "kl-gateway-rehab": "https://github.com/hl7dk/kl-gateway-rehab",
    "kl-gateway-prevention": "https://github.com/hl7dk/kl-gateway-prevention",
}
"""Where the descriptions come from: the short names used in `Table.sources`."""


def table(name: str) -> Table:
    """The table called `name` or by a synonym of it; KeyError names the nearest."""
    wanted = name.lower()
    for found in (*TABLES.values(), *FORMS.values()):
        if wanted in (found.name, *found.synonyms):
            return found
    near = difflib.get_close_matches(wanted, [*TABLES, *FORMS], n=3)
    raise KeyError(f"no register table {name!r}; nearest: {near or sorted(TABLES)}")


def forms_of(described: Table) -> tuple[Table, ...]:
    """Every form a table is delivered in, the one that is believed first first."""
    others = (
        form for form in FORMS.values() if form.becomes and form.becomes.table == described.name
    )
    return (described, *others)


def into(form: Table) -> Table:
    """The table whose rows those of `form` become: itself, for a table's own form."""
    return TABLES[form.becomes.table] if form.becomes else form
