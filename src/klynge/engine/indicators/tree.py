"""The expressions a definition is made of: a small tree of frozen parts, checked as it is built.

A `Value` is something each row has (a column, the first day of the period); a `Condition` is
something that is true of a row or not. The usual signs make conditions out of values, `&`, `|` and
`~` combine them. Nothing here knows SQL: `rendering.py` walks the tree.

What is missing is equal to nothing: a condition about a missing value is false, and `~` of it true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NoReturn

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.words import refuse
from klynge.engine.spine.tables import Kind
from klynge.texts import _

OPERATORS = ("=", "<>", "<", "<=", ">", ">=")


class Part:
    """Anything in the tree. `table`: the spine table it is about; "" when about none."""

    table: str

    def parts(self) -> Iterator[Part]:
        """The parts it is made of, itself first."""
        yield self

    def __bool__(self) -> NoReturn:
        raise refuse(
            _("Et udtryk bliver brugt, som om det allerede var sandt eller falsk."),
            _("udtryk, der sættes sammen med &, | og ~"),
            _(
                "Skriv & for 'and', | for 'or' og ~ for 'not';"
                " del a < b < c op i (a < b) & (b < c)."
            ),
        )


class Condition(Part):
    """Something that is true of a row, or not."""

    def __and__(self, other: object) -> Condition:
        return _joined(And, "&", self, other)

    def __or__(self, other: object) -> Condition:
        return _joined(Or, "|", self, other)

    def __rand__(self, other: object) -> Condition:
        return _joined(And, "&", self, other)

    def __ror__(self, other: object) -> Condition:
        return _joined(Or, "|", self, other)

    def __invert__(self) -> Condition:
        return Not(self)


class Value(Part):
    """Something each row has. Subclasses have `kind`."""

    kind: Kind

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]
        return _compared(self, "=", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override]
        return _compared(self, "<>", other)

    def __lt__(self, other: object) -> Condition:
        return _compared(self, "<", other)

    def __le__(self, other: object) -> Condition:
        return _compared(self, "<=", other)

    def __gt__(self, other: object) -> Condition:
        return _compared(self, ">", other)

    def __ge__(self, other: object) -> Condition:
        return _compared(self, ">=", other)

    def __and__(self, other: object) -> NoReturn:
        raise _missing_parentheses("&")

    def __or__(self, other: object) -> NoReturn:
        raise _missing_parentheses("|")

    def __invert__(self) -> NoReturn:
        raise refuse(
            _("~ står foran en værdi, der ikke er ja eller nej."),
            _("~ foran en betingelse"),
            _("Sæt parentes om betingelsen: ~(tabel.kolonne == værdi)."),
        )

    __rand__ = __and__
    __ror__ = __or__
    __hash__ = object.__hash__


@dataclass(frozen=True, eq=False)
class Constant(Value):
    """A value written in the definition."""

    value: str | int | date
    kind: Kind
    table: ClassVar[str] = ""  # type: ignore[misc]


@dataclass(frozen=True, eq=False)
class PeriodDay(Value):
    """A day of the period that is counted: its first, or the first one after it."""

    name: str
    kind: ClassVar[Kind] = Kind.DAY  # type: ignore[misc]
    table: ClassVar[str] = ""  # type: ignore[misc]


@dataclass(frozen=True, eq=False)
class Column(Value):
    """A column of a spine table."""

    table: str
    name: str
    kind: Kind
    may_be_missing: bool = False

    def is_missing(self) -> Condition:
        """The row has no value here."""
        return IsMissing(self)


class TextColumn(Column):
    """A column of text."""

    def is_in(self, codes: Codelist) -> Condition:
        """The code is on the codelist."""
        if not isinstance(codes, Codelist):
            raise refuse(
                _("is_in(...) fik noget, der ikke er en kodeliste."),
                _('en kodeliste: codelist("navn")'),
                _('Hent kodelisten med codelist(...), eller brug is_one_of("a", "b").'),
            )
        return IsIn(self, codes)

    def is_one_of(self, *texts: str) -> Condition:
        """The text is one of those given."""
        if not texts or not all(isinstance(text, str) for text in texts):
            raise refuse(
                _("is_one_of(...) fik noget, der ikke er tekster."),
                _("en eller flere tekster"),
                _('Skriv is_one_of("a", "b").'),
            )
        return IsOneOf(self, texts)


@dataclass(frozen=True, eq=False)
class Flag(Condition):
    """A column of yes or no: a condition in itself."""

    table: str
    name: str

    def is_true(self) -> Condition:
        """The row has yes here."""
        return self

    def is_false(self) -> Condition:
        """The row has no here."""
        return Not(self)


@dataclass(frozen=True, eq=False)
class Everything(Condition):
    """True of every row of a table."""

    table: str


@dataclass(frozen=True, eq=False)
class Compare(Condition):
    """One value set against another of the same kind."""

    table: str
    operator: str
    left: Value
    right: Value

    def parts(self) -> Iterator[Part]:
        yield self
        yield from self.left.parts()
        yield from self.right.parts()


@dataclass(frozen=True, eq=False)
class IsMissing(Condition):
    """The column has no value."""

    column: Column

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.column.table


@dataclass(frozen=True, eq=False)
class IsIn(Condition):
    """The code is on a codelist."""

    column: Column
    codes: Codelist

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.column.table


@dataclass(frozen=True, eq=False)
class IsOneOf(Condition):
    """The text is one of some."""

    column: Column
    texts: tuple[str, ...]

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.column.table


@dataclass(frozen=True, eq=False)
class Not(Condition):
    """The opposite."""

    inner: Condition

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.inner.table

    def parts(self) -> Iterator[Part]:
        yield self
        yield from self.inner.parts()


@dataclass(frozen=True, eq=False)
class _Pair(Condition):
    left: Condition
    right: Condition

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.left.table or self.right.table

    def parts(self) -> Iterator[Part]:
        yield self
        yield from self.left.parts()
        yield from self.right.parts()


class And(_Pair):
    """Both."""


class Or(_Pair):
    """One, or both."""


def _joined(kind: type[_Pair], sign: str, left: Condition, right: object) -> Condition:
    if not isinstance(right, Condition):
        raise _missing_parentheses(sign)
    tables = {side.table for side in (left, right)} - {""}
    if len(tables) > 1:
        raise refuse(
            _("{sign} sætter betingelser om to tabeller sammen: {tables}.").format(
                sign=sign, tables=", ".join(sorted(tables))
            ),
            _("betingelser om den samme tabel"),
            _("Skriv betingelser om personer i people= og om hændelser i events=."),
        )
    return kind(left, right)


def _missing_parentheses(sign: str) -> Exception:
    return refuse(
        _("{sign} står mellem noget, der ikke er betingelser.").format(sign=sign),
        _("(betingelse) {sign} (betingelse)").format(sign=sign),
        _("Mangler der parenteser? {sign} binder stærkere end ==, <, > og de andre.").format(
            sign=sign
        ),
    )


def _compared(left: Value, operator: str, other: object) -> Condition:
    right = other if isinstance(other, Value) else _constant(left, other)
    if right.kind is not left.kind:
        raise _different_kinds(left, right.kind)
    if left.kind is Kind.TEXT and operator not in ("=", "<>"):
        raise refuse(
            _("Tekst kan ikke være større eller mindre."),
            _("== eller != mellem tekster"),
            _("Brug ==, is_one_of(...) eller is_in(kodeliste)."),
        )
    tables = {side.table for side in (left, right)} - {""}
    if len(tables) > 1:
        raise refuse(
            _("Kolonner fra to tabeller sammenlignes: {tables}.").format(
                tables=", ".join(sorted(tables))
            ),
            _("kolonner i den samme tabel"),
            _("Brug followed_within(...) til at se en hændelse efter en anden."),
        )
    return Compare("".join(tables), operator, left, right)


def _constant(left: Value, value: object) -> Constant:
    kinds: tuple[tuple[type, Kind], ...] = (
        (bool, Kind.YES_NO),
        (str, Kind.TEXT),
        (int, Kind.NUMBER),
        (datetime, Kind.MOMENT),
        (date, Kind.DAY),
    )
    for python, kind in kinds:
        if isinstance(value, python):
            if kind is not left.kind:
                raise _different_kinds(left, kind)
            return Constant(value, kind)  # type: ignore[arg-type]
    if isinstance(value, Condition):
        raise _missing_parentheses("&")
    raise refuse(
        _("{column} sammenlignes med noget, sproget ikke kender ({kind}).").format(
            column=_name(left), kind=type(value).__name__
        ),
        _("tekst, helt tal eller dato"),
        _("Tal er hele tal; datoer skrives date(2024, 1, 31)."),
    )


def _different_kinds(left: Value, kind: Kind) -> Exception:
    return refuse(
        _("{column} er {left} og kan ikke sammenlignes med {right}.").format(
            column=_name(left), left=_in_words(left.kind), right=_in_words(kind)
        ),
        _("{left} på begge sider").format(left=_in_words(left.kind)),
        _("Tekst står i anførselstegn, tal gør ikke; datoer skrives date(2024, 1, 31)."),
    )


def _name(value: Value) -> str:
    return f"{value.table}.{value.name}" if isinstance(value, Column) else _("Værdien")


def _in_words(kind: Kind) -> str:
    return {
        Kind.TEXT: _("tekst"),
        Kind.NUMBER: _("et helt tal"),
        Kind.DAY: _("en dato"),
        Kind.MOMENT: _("et tidspunkt"),
        Kind.YES_NO: _("ja eller nej"),
    }[kind]
