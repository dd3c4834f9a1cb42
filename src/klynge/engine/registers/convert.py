"""SQL that turns a file's value into the canonical type: NULL where it cannot, never an error.

Every function takes `x`, the SQL of the raw value, and answers SQL. What cannot be converted is
counted by check.py; the reader only makes sure that it never stops a query, because a stopped
query would quote the value.
"""

from __future__ import annotations

from collections.abc import Mapping

from klynge.engine.backends.duckdb import literal
from klynge.engine.registers.describe import Column, ColumnType
from klynge.engine.registers.files import Family

ACCEPTED: Mapping[ColumnType, tuple[Family, ...]] = {
    "pnr": ("text", "integer", "float"),
    "text": ("text", "integer", "float"),
    "code": ("text", "integer", "float"),
    "kommune": ("text", "integer", "float"),
    "date": ("text", "integer", "float", "date", "timestamp"),
    "time": ("text", "integer", "float", "time"),
    "moment": ("text", "timestamp"),
    "integer": ("text", "integer", "float"),
    "number": ("text", "integer", "float"),
}
"""Which types of a file each canonical type can be made from ("null" always can)."""

DATE_FORMS: Mapping[str, tuple[str, str]] = {
    # name as shown: (regular expression, format for strptime)
    "yyyy-mm-dd": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00(:00(\.0+)?)?)?", "%Y-%m-%d"),
    "yyyymmdd": (r"[0-9]{8}", "%Y%m%d"),
    "dd-mm-yyyy": (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", "%d-%m-%Y"),
    "dd.mm.yyyy": (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", "%d.%m.%Y"),
    "dd/mm/yyyy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", "%d/%m/%Y"),
    "ddMONyyyy": (r"[0-9]{2}[A-Z]{3}[0-9]{4}", "%d%b%Y"),
}
"""The forms a date may have as text. One column keeps to one of them."""

_CLOCK_FORM = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"
MOMENT_FORMS: Mapping[str, tuple[str, str]] = {
    "yyyy-mm-dd hh:mm:ss": (rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{_CLOCK_FORM}", "%Y-%m-%d"),
    "dd-mm-yyyy hh:mm:ss": (rf"[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{4}} {_CLOCK_FORM}", "%d-%m-%Y"),
    "ddMONyyyy:hh:mm:ss": (rf"[0-9]{{2}}[A-Z]{{3}}[0-9]{{4}}:{_CLOCK_FORM}", "%d%b%Y"),
}
"""The forms of a day and a time of day as text, with the format of the day."""

_NUMBER = r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?"
_THOUSANDS = r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"
_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"
_SECONDS = r"0|[1-9][0-9]{0,4}"


_DAY_AND_MONTH = (
    "((0[1-9]|[12][0-9]|3[01])(01|03|05|07|08|10|12)|(0[1-9]|[12][0-9]|30)(04|06|09|11)"
    "|(0[1-9]|[12][0-9])02)"
)
REPLACEMENT = rf"{_DAY_AND_MONTH}[0-9]{{2}}[01567][A-Z]{{2}}[0-9]"
"""The form of a replacement number (erstatningsnummer), national (1, 7) or regional (0, 5, 6): two
letters and a digit stand where a CPR number has its last four."""

_WITHOUT_A_DOT = ("date", "time", "moment", "integer", "number")


def given(x: str, family: Family, column: Column) -> str:
    """Whether there is a value at all. SAS writes a missing number or date as a dot."""
    if family == "null":
        return "false"
    if family == "float":
        return f"({x} IS NOT NULL AND NOT isnan(CAST({x} AS DOUBLE)))"
    if family != "text":
        return f"({x} IS NOT NULL)"
    missing = "('', '.')" if column.type in _WITHOUT_A_DOT else "('')"
    return f"coalesce(trim({x}) NOT IN {missing}, false)"


def converted(x: str, family: Family, column: Column) -> str:
    """The value in the column's DuckDB type (a time of day as TIME), NULL where it is none."""
    if family == "null" or family not in ACCEPTED[column.type]:
        return f"CAST(NULL AS {_inner_type(column)})"
    match column.type:
        case "date":
            return _date(x, family)
        case "time":
            return _time(x, family)
        case "moment":
            return _moment(x, family)
        case "integer":
            return _integer(x, family)
        case "number":
            return _number(x, family)
        case "kommune":
            return _kommune(_text(x, family))
    return _folded(_text(x, family), column)


def is_replacement(key: str) -> str:
    """SQL: whether a key as text is a replacement number."""
    return f"coalesce(regexp_full_match({key}, {literal(REPLACEMENT)}), false)"


def forms_of(column: Column) -> Mapping[str, tuple[str, str]]:
    """The forms that text in a column of days or moments may have."""
    return {"date": DATE_FORMS, "moment": MOMENT_FORMS}.get(column.type, {})


def day_form(x: str, family: Family, column: Column) -> str:
    """The name of the form a day or moment is written in, NULL for typed ones and for none."""
    if family not in ("text", "integer", "float"):
        return "CAST(NULL AS VARCHAR)"
    text = _month_names(_text(x, family))
    cases = " ".join(
        f"WHEN regexp_full_match({text}, {literal(pattern)}) THEN {literal(form)}"
        for form, (pattern, _format) in forms_of(column).items()
    )
    return f"CASE {cases} END"


def _inner_type(column: Column) -> str:
    return "TIME" if column.type == "time" else column.duckdb_type


def _text(x: str, family: Family) -> str:
    if family == "integer":
        return f"CAST({x} AS VARCHAR)"
    if family == "float":
        return f"CAST({_integer(x, family)} AS VARCHAR)"
    return f"nullif(trim({x}), '')"


def _folded(text: str, column: Column) -> str:
    if column.fold:
        text = f"{column.fold}({text})"
    elif column.codes:
        cases = " ".join(
            f"WHEN {literal(code.upper())} THEN {literal(code)}" for code in column.codes
        )
        text = f"CASE upper({text}) {cases} ELSE {text} END"
    if column.width:
        text = (
            f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,{column.width}}}')"
            f" THEN lpad({text}, {column.width}, '0') ELSE {text} END"
        )
    return text


def _kommune(text: str) -> str:
    """Three digits; the four of the CPR system (0101) lose their zero."""
    return (
        f"CASE WHEN regexp_full_match({text}, '0[0-9]{{3}}') THEN right({text}, 3) ELSE {text} END"
    )


def _date(x: str, family: Family) -> str:
    if family == "date":
        return x
    if family == "timestamp":
        return f"CAST({x} AS DATE)"
    text = _month_names(_text(x, family))
    cases = []
    for form, (pattern, strptime) in DATE_FORMS.items():
        value = f"left({text}, 10)" if form == "yyyy-mm-dd" else text
        cases.append(
            f"WHEN regexp_full_match({text}, {literal(pattern)})"
            f" THEN CAST(try_strptime({value}, {literal(strptime)}) AS DATE)"
        )
    return f"CASE {' '.join(cases)} END"


def _moment(x: str, family: Family) -> str:
    if family == "timestamp":
        return f"CAST({x} AS TIMESTAMP)"
    text = _month_names(_text(x, family))
    clock = f"TRY_CAST(regexp_extract({text}, {literal(_CLOCK_FORM + '$')}) AS TIME)"
    cases = []
    for pattern, strptime in MOMENT_FORMS.values():
        day = f"regexp_replace({text}, {literal('[ T:]' + _CLOCK_FORM + '$')}, '')"
        cases.append(
            f"WHEN regexp_full_match({text}, {literal(pattern)})"
            f" THEN CAST(try_strptime({day}, {literal(strptime)}) AS DATE) + {clock}"
        )
    return f"CASE {' '.join(cases)} END"


def _month_names(text: str) -> str:
    """01MAJ2024 and 01OKT2024 of a Danish SAS as 01MAY2024 and 01OCT2024."""
    return f"replace(replace(upper({text}), 'MAJ', 'MAY'), 'OKT', 'OCT')"


def _time(x: str, family: Family) -> str:
    if family == "time":
        return f"CAST({x} AS TIME)"
    if family == "text":
        return (
            f"CASE WHEN regexp_full_match(trim({x}), {literal(_CLOCK)})"
            f" THEN TRY_CAST(trim({x}) AS TIME)"
            f" WHEN regexp_full_match(trim({x}), {literal(_SECONDS)})"
            f" THEN {_from_seconds(f'TRY_CAST(trim({x}) AS BIGINT)')} END"
        )
    return _from_seconds(_integer(x, family))


def _from_seconds(seconds: str) -> str:
    """Seconds since midnight, as SAS keeps a time of day."""
    return (
        f"CASE WHEN {seconds} BETWEEN 0 AND 86399"
        f" THEN TIME '00:00:00' + to_seconds(CAST({seconds} AS BIGINT)) END"
    )


def _integer(x: str, family: Family) -> str:
    if family == "integer":
        return f"TRY_CAST({x} AS BIGINT)"
    if family == "float":
        number = f"TRY_CAST({x} AS DOUBLE)"
        return f"CASE WHEN {number} = floor({number}) THEN TRY_CAST({number} AS BIGINT) END"
    digits = f"regexp_full_match(trim({x}), '[+-]?[0-9]+')"
    return f"CASE WHEN {digits} THEN TRY_CAST(trim({x}) AS BIGINT) END"


def _number(x: str, family: Family) -> str:
    if family != "text":
        return f"TRY_CAST({x} AS DOUBLE)"
    return (
        f"CASE WHEN regexp_full_match(trim({x}), {literal(_THOUSANDS)})"
        f" THEN TRY_CAST(replace(replace(trim({x}), '.', ''), ',', '.') AS DOUBLE)"
        f" WHEN regexp_full_match(trim({x}), {literal(_NUMBER)})"
        f" THEN TRY_CAST(replace(trim({x}), ',', '.') AS DOUBLE) END"
    )
