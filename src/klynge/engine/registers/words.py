"""The words of register faults: what, where, what was expected, what to do; never a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from klynge.engine.registers.describe import Column, Rule, Table
from klynge.engine.registers.spot import Spot, Tally, number
from klynge.faults import Fault
from klynge.texts import _, language, ngettext

REFERENCE = "docs/reference/registers.md"


def said(da: str, en: str) -> str:
    """A description of the catalogue in the language spoken."""
    return da if language() == "da" else en


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names with commas between, at most `most` of them."""
    names = list(names)
    more = [_("og {n} til").format(n=number(len(names) - most))] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def and_more(first: str, more: int) -> str:
    """The first file, and how many others."""
    return ngettext("{first} og {n} fil til", "{first} og {n} filer til", more).format(
        first=first, n=number(more)
    )


def no_columns_known(table: Table, files: str) -> Fault:
    return Fault(
        where=files,
        problem=_("ingen af kolonnerne kendes. Mangler linjen med kolonnenavne?"),
        expected=_("kolonnerne {names}.").format(names=listed(_needed(table), most=20)),
        remedy=_("skriv udtrækket med kolonnenavne; se {page}.").format(page=_page(table)),
    )


def missing_column(table: Table, column: Column, files: str, near: Sequence[str]) -> Fault:
    problem = _("kolonnen {column} mangler.").format(column=column.name)
    if near:
        problem += " " + _("Det nærmeste i filen er: {names}.").format(names=listed(near))
    return Fault(
        where=files,
        problem=problem,
        expected=_("{column}: {meaning}. Kan også hedde: {synonyms}.").format(
            column=column.name,
            meaning=said(column.da, column.en),
            synonyms=listed(column.synonyms) or "-",
        ),
        remedy=_("omdøb kolonnen, eller bestil den hos den, der leverer udtrækket."),
    )


def double_column(column: Column, files: str) -> Fault:
    return Fault(
        where=_place(files, column),
        problem=_("to kolonner har dette navn, når store og små bogstaver regnes ens."),
        expected=_("én kolonne af hvert navn."),
        remedy=_("slet eller omdøb den kolonne, der ikke skal bruges."),
    )


def wrong_type(table: Table, column: Column, files: str, type_: str) -> Fault:
    return Fault(
        where=_place(files, column),
        problem=_("kolonnen har typen {type}, som ikke kan bruges her.").format(type=type_),
        expected=expected(column) + ".",
        remedy=_("skriv kolonnen i en af de typer; se {page}.").format(page=_page(table)),
    )


def ragged(table: Table, found: Tally) -> Fault:
    problem = ngettext(
        "{n} linje har ikke lige så mange felter som linjen med kolonnenavne",
        "{n} linjer har ikke lige så mange felter som linjen med kolonnenavne",
        found.count,
    )
    return Fault(
        where=table.name,
        problem=_first(problem, found.count, found.spot),
        expected=_('lige mange felter i alle linjer; skilletegn og linjeskift i et felt i "".'),
        remedy=_("skriv filen igen med anførselstegn om teksten, eller levér Parquet."),
    )


def no_rows(table: Table, files: str) -> Fault:
    return Fault(
        where=files,
        problem=_("registeret har nul rækker."),
        expected=_("mindst én række; et tomt register ville give nul i alle tal."),
        remedy=_("hent udtrækket igen, eller lad registeret og dets indikatorer ude."),
    )


def empty(table: Table, column: Column, count: int, spot: Spot) -> Fault:
    problem = ngettext("{n} række er uden værdi", "{n} rækker er uden værdi", count)
    return _rows(table, column, problem, count, spot, _("en værdi i hver række."))


def not_convertible(table: Table, column: Column, count: int, spot: Spot) -> Fault:
    problem = ngettext(
        "{n} værdi kan ikke læses som {type}", "{n} værdier kan ikke læses som {type}", count
    ).replace("{type}", _type_name(column))
    return _rows(table, column, problem, count, spot, expected(column) + ".")


def unknown_code(table: Table, column: Column, count: int, spot: Spot) -> Fault:
    problem = ngettext("{n} værdi er ikke en kendt kode", "{n} værdier er ikke kendte koder", count)
    return _rows(table, column, problem, count, spot, expected(column) + ".")


def broken_rule(table: Table, rule: Rule, count: int, spot: Spot) -> Fault:
    problem = ngettext("{n} række har {what}", "{n} rækker har {what}", count)
    return Fault(
        where=f"{table.name}, {', '.join(rule.columns)}",
        problem=_first(problem.replace("{what}", said(rule.da, rule.en)), count, spot),
        expected=_("at kolonnerne passer sammen i hver række."),
        remedy=_compare(table),
    )


def mixed_dates(
    table: Table, column: Column, forms: Mapping[str, int], spots: Mapping[str, Spot]
) -> Fault:
    each = "; ".join(
        ngettext(
            "{form} i {n} række (første: {spot})", "{form} i {n} rækker (første: {spot})", count
        ).format(form=form, n=number(count), spot=spots[form])
        for form, count in forms.items()
    )
    return Fault(
        where=_place(table.name, column),
        problem=_("datoerne er skrevet i {n} former: {each}.").format(n=len(forms), each=each),
        expected=_("samme form i hele kolonnen, helst yyyy-mm-dd."),
        remedy=_("skriv kolonnen igen i én form; ellers kan dag og måned blive byttet om."),
    )


def lost_zeros(table: Table, column: Column, count: int, spot: Spot) -> Fault:
    problem = ngettext(
        "{n} personnummer har ni cifre og har vist mistet sit foranstillede nul",
        "{n} personnumre har ni cifre og har vist mistet deres foranstillede nul",
        count,
    )
    return Fault(
        where=_place(table.name, column),
        problem=_first(problem, count, spot),
        expected=_("ti tegn i hver række: nøglen er tekst, ikke et tal."),
        remedy=_("skriv kolonnen som tekst; ellers kan rækkerne ikke kobles til andre registre."),
    )


def clock_as_number(table: Table, column: Column, spot: Spot) -> Fault:
    return Fault(
        where=_place(table.name, column),
        problem=_(
            "tidspunktet er et tal og aldrig over 2359: det ligner timer og minutter (hhmm),"
            " ikke sekunder. Det første er i {spot}."
        ).format(spot=spot),
        expected=_("hh:mm eller hh:mm:ss, en tid i Parquet eller sekunder siden midnat."),
        remedy=_("skriv tidspunkterne med kolon, fx 08:30."),
    )


def duplicates(table: Table, found: Tally) -> Fault:
    problem = ngettext(
        "{n} nøgle står i mere end én række, i alt {rows} rækker",
        "{n} nøgler står i mere end én række, i alt {rows} rækker",
        found.count,
    ).format(n=number(found.count), rows=number(found.rows))
    return Fault(
        where=f"{table.name}, {', '.join(table.primary_key)}",
        problem=_("{problem}; den første gentagelse er i {spot}.").format(
            problem=problem, spot=found.spot
        ),
        expected=_("hver nøgle én gang: den er registerets primærnøgle."),
        remedy=_("se efter, om samme måned er leveret to gange; behold den nyeste udgave."),
    )


def repeated(file: str, other: str) -> Fault:
    return Fault(
        where=file,
        problem=_("filen har de samme rækker som {file}, måske i en anden rækkefølge.").format(
            file=other
        ),
        expected=_("hver række én gang; en levering, der gentages, tæller alt dobbelt."),
        remedy=_("fjern den ene af de to filer."),
    )


def keys_do_not_match(column: str, numbers: Sequence[str], texts: Sequence[str]) -> Fault:
    return Fault(
        where=column,
        problem=_(
            "nøglen er tal i {numbers}, men tekst med foranstillede nuller i {texts}: rækkerne kan"
            " ikke kobles."
        ).format(numbers=listed(numbers), texts=listed(texts)),
        expected=_("samme type i alle registre, helst tekst."),
        remedy=_("skriv nøglen som tekst med foranstillede nuller i alle registre."),
    )


def merged_kommuner(table: Table, column: Column, count: int, old: Mapping[str, str]) -> Fault:
    problem = ngettext(
        "{n} række har en kommunekode fra før sammenlægningerne i 2007.",
        "{n} rækker har en kommunekode fra før sammenlægningerne i 2007.",
        count,
    ).format(n=number(count))
    return Fault(
        where=_place(table.name, column),
        problem=problem,
        expected=_("de 98 kommunekoder, der har gjaldt siden 1. januar 2007."),
        remedy=_("skift til den nye kode: {codes}.").format(
            codes=listed((f"{code} → {new}" for code, new in old.items()), most=12)
        ),
    )


def outside_the_98(
    table: Table, column: Column, *, island: int, abroad: int, old: int
) -> list[str]:
    """Notes of rows that are in order and count nowhere, by what their code is."""
    kinds = (
        (island, _("bor på Christiansø (411), som ikke er en kommune")),
        (abroad, _("har en kode på 9xx: udlandet, Grønland eller ingen kendt adresse")),
        (old, _("har en kode fra før kommunerne blev lagt sammen i 2007")),
    )
    return [
        ngettext(
            "{table}.{column}: {n} række {what}; den tæller ikke med.",
            "{table}.{column}: {n} rækker {what}; de tæller ikke med.",
            count,
        ).format(table=table.name, column=column.name, n=number(count), what=what)
        for count, what in kinds
        if count
    ]


def short_history(table: Table, first: int, last: int, years: int) -> str:
    """A note that a register goes less far back than chronic disease is looked for."""
    return _(
        "{table}: udtrækket går fra {first} til {last}. Indikatorer om kroniske sygdomme leder op"
        " til {years} år tilbage; de første år bliver for lave, og gamle tilfælde ligner nye."
    ).format(table=table.name, first=first, last=last, years=years)


def same_population(table: Table, day: date, count: int) -> Fault:
    return Fault(
        where=_place(table.name, table.column("referencetid")),
        problem=_(
            "befolkningen {day} er leveret to gange: med dagen før og med dagen selv, i alt {n}"
            " rækker."
        ).format(day=_day(day), n=number(count)),
        expected=_("ét øjebliksbillede: 31.12. og 1.1. er den samme befolkning."),
        remedy=_("behold det ene; ellers tælles hver borger to gange."),
    )


def missing_quarters(table: Table, days: Sequence[date]) -> str:
    """A note of quarters that are not there, though those before and after are."""
    return _(
        "{table}: befolkningen {days} mangler mellem kvartaler, der er der; flytninger ses først i"
        " det næste øjebliksbillede."
    ).format(table=table.name, days=listed(map(_day, days), most=12))


def no_quarter(table: Table, day: date, count: int) -> str:
    """A note of a snapshot of a day that is neither the last nor the first of a quarter."""
    return _(
        "{table}: øjebliksbilledet {day} ({n} rækker) er ikke fra et kvartals sidste eller første"
        " dag; det tæller ikke med i noget års befolkning."
    ).format(table=table.name, day=_day(day), n=number(count))


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def two_successors(table: Table, count: int) -> Fault:
    return Fault(
        where=f"{table.name}, gammelt",
        problem=ngettext(
            "{n} nummer har to forskellige efterfølgere.",
            "{n} numre har to forskellige efterfølgere.",
            count,
        ).format(n=number(count)),
        expected=_("højst ét nyt nummer for hvert gammelt; flere skift er flere led i en kæde."),
        remedy=_("behold det skift, der gælder; ellers blandes to personer sammen."),
    )


def ring_of_numbers(table: Table, count: int) -> Fault:
    return Fault(
        where=f"{table.name}, gammelt, nyt",
        problem=ngettext(
            "{n} kæde af skift ender, hvor den begyndte: et nummer er sin egen efterfølger.",
            "{n} kæder af skift ender, hvor de begyndte: et nummer er sin egen efterfølger.",
            count,
        ).format(n=number(count)),
        expected=_("kæder fra det ældste til det nyeste nummer."),
        remedy=_("fjern det skift, der blev taget tilbage."),
    )


def expected(column: Column) -> str:
    """What a value of the column should look like, in words."""
    if column.expected_da:
        return said(column.expected_da, column.expected_en)
    if column.codes:
        return _("en af {codes}").format(codes=listed(column.codes, most=20))
    return {
        "pnr": _("tekst: et personnummer på ti tegn eller et pseudonym"),
        "date": _("en dato: yyyy-mm-dd, yyyymmdd, dd-mm-yyyy eller en datotype uden tidszone"),
        "time": _("hh:mm eller hh:mm:ss, en tid i Parquet eller sekunder siden midnat"),
        "moment": _("dag og klokkeslæt: yyyy-mm-dd hh:mm:ss eller en tidstype uden tidszone"),
        "integer": _("et helt tal"),
        "number": _("et tal, med punktum eller komma"),
    }.get(column.type, _("tekst"))


def _type_name(column: Column) -> str:
    return {
        "date": _("en dato"),
        "time": _("et tidspunkt"),
        "moment": _("dag og klokkeslæt"),
        "integer": _("et helt tal"),
        "number": _("et tal"),
    }.get(column.type, _("tekst"))


def _rows(
    table: Table, column: Column, problem: str, count: int, spot: Spot, expected: str
) -> Fault:
    return Fault(
        where=_place(table.name, column),
        problem=_first(problem, count, spot),
        expected=expected,
        remedy=_compare(table),
    )


def _first(problem: str, count: int, spot: Spot) -> str:
    told = problem.format(n=number(count))
    return (
        _("{problem}; den første er i {spot}.").format(problem=told, spot=spot)
        if count > 1
        else _("{problem}, i {spot}.").format(problem=told, spot=spot)
    )


def _compare(table: Table) -> str:
    return _("sammenhold udtrækket med {page}, og kør 'klynge registers check' igen.").format(
        page=_page(table)
    )


def _place(where: str, column: Column) -> str:
    return _("{where}, kolonnen {column}").format(where=where, column=column.name)


def _page(table: Table) -> str:
    return f"{REFERENCE}#{table.name}"


def _needed(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]
