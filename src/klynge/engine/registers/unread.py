"""The words of files that are not there or cannot be read; never a value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klynge.engine.registers.describe import Table
from klynge.engine.registers.encoding import Unreadable
from klynge.engine.registers.spot import number
from klynge.engine.registers.words import listed
from klynge.faults import Fault
from klynge.texts import _


def no_folder(folder: Path) -> Fault:
    return Fault(
        where=folder.as_posix(),
        problem=_("mappen findes ikke, eller den er ikke en mappe."),
        expected=_("en mappe med en fil eller mappe for hvert register, fx bef.parquet."),
        remedy=_("se efter, om stien er rigtig, og om du har adgang til den."),
    )


def missing_table(
    table: Table, others: Sequence[str], near: Sequence[str], *, bundled: bool = False
) -> Fault:
    """bundled: the folder holds bundles of KL Gateway, which may give the table."""
    problem = _("registeret er ikke i mappen.")
    if bundled:
        problem += " " + _("Der ligger pakker fra KL Gateway i mappen, som ikke er læst ind.")
    elif others:
        problem += " " + _("{files} har navnet, men et format, der ikke læses.").format(
            files=listed(others)
        )
    elif near:
        problem += " " + _("Det nærmeste er: {names}.").format(names=listed(near))
    return Fault(
        where=table.name,
        problem=problem,
        expected=_(
            "{table}.parquet, .csv, .sas7bdat eller .xpt, eller mappen {table}/ med sådanne filer."
        ).format(table=table.name),
        remedy=_("kør klynge registers gateway MAPPE --out MAPPE.")
        if bundled
        else _(
            "læg registeret i mappen, eller tjek kun dem, du har, med --table (én gang for hvert)."
        ),
    )


def two_sources(table: Table, roots: Sequence[str]) -> Fault:
    return Fault(
        where=table.name,
        problem=_(
            "registeret er i mappen {n} gange: {names}. Rækkerne ville tælle dobbelt."
        ).format(n=len(roots), names=listed(roots)),
        expected=_("én fil eller én mappe for hvert register."),
        remedy=_("flyt det, der ikke skal bruges, ud af mappen."),
    )


def unreadable(file: str, reason: Unreadable) -> Fault:
    if reason.reason in ("latin-1", "utf-16"):
        return _encoding(file, reason)
    if reason.reason == "access":
        return _no_access(file)
    if reason.reason == "gone":
        return _gone(file)
    problems = {
        "parquet": _("filen er afkortet, beskadiget eller ikke en Parquet-fil."),
        "empty": _("filen er tom: den har ikke engang en linje med kolonnenavne."),
        "csv": _("filen er beskadiget eller ikke en tekstfil med kommaer eller semikoloner."),
        "sas": _("filen er afkortet, beskadiget, krypteret eller ikke en SAS-fil."),
    }
    return Fault(
        where=file,
        problem=problems[reason.reason],
        expected=_(
            "en hel fil: Parquet, SAS (.sas7bdat, .xpt), eller CSV i UTF-8 med kolonnenavne i"
            " første linje."
        ),
        remedy=_("hent eller skriv filen igen, og sammenlign dens størrelse med den oprindelige."),
    )


def _no_access(file: str) -> Fault:
    return Fault(
        where=file,
        problem=_("du har ikke lov til at læse filen."),
        expected=_("en fil, din brugerkonto må læse."),
        remedy=_("bed den, der ejer filen, om adgang."),
    )


def _gone(file: str) -> Fault:
    return Fault(
        where=file,
        problem=_("der er intet at læse: et link, der peger på ingenting, eller ikke en fil."),
        expected=_("en almindelig fil, eller et link til en."),
        remedy=_(
            "genskab forbindelsen til det drev, filen ligger på, eller læg selve filen i mappen."
        ),
    )


def _encoding(file: str, reason: Unreadable) -> Fault:
    code = "WINDOWS-1252" if reason.reason == "latin-1" else "UTF-16"
    known = _("filen er ikke i UTF-8, men ser ud til at være i {code}").format(
        code="Latin-1/Windows-1252" if reason.reason == "latin-1" else "UTF-16"
    )
    first = (
        _("; det første tegn, der røber det, er i linje {line}.").format(line=number(reason.line))
        if reason.line
        else "."
    )
    return Fault(
        where=file,
        problem=known + first,
        expected=_("en CSV i UTF-8, med eller uden BOM."),
        remedy=_(
            "omsæt den: iconv -f {code} -t UTF-8 {file} > ny.csv, eller gem som 'CSV UTF-8'."
        ).format(code=code, file=file),
    )
