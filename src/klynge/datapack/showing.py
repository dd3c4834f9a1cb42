"""A pack's figures as a person or a program reads them: chosen, named and written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from klynge.datapack import schema
from klynge.datapack.pack import Pack
from klynge.faults import WrongUse
from klynge.texts import _, language


@dataclass(frozen=True, slots=True)
class Summary:
    """What a pack is, in numbers."""

    title: str
    created: str
    version: str
    engine: str
    note: str
    rounded_to: int | None
    signed_by: str | None
    years: tuple[int, ...]
    indicators: Mapping[str, str]
    places: Mapping[str, int]
    cells: int
    shown: int
    hidden: int
    not_counted: int

    @property
    def hidden_share(self) -> float:
        """Hidden cells among those that were counted, in per cent."""
        counted = self.shown + self.hidden
        return 100 * self.hidden / counted if counted else 0.0


def summary(pack: Pack) -> Summary:
    """What `pack` is: indicators, years, places with figures, cells and how many are hidden."""
    figures = pack.figures
    pairs = figures.select(["place_kind", "place"]).group_by(["place_kind", "place"]).aggregate([])
    kinds = pairs["place_kind"].to_pylist()
    status = {
        name: pc.sum(pc.equal(figures["status"], name)).as_py() or 0 for name in schema.STATUSES
    }
    own = pack.descriptor["klynge"]
    return Summary(
        title=pack.title,
        created=pack.descriptor["created"],
        version=str(own.get("version", "")),
        engine=str(own.get("engine", "")),
        note=pack.note,
        rounded_to=pack.rounded_to,
        signed_by=pack.signed_by,
        years=pack.years,
        indicators={entry["code"]: in_language(entry["title"]) for entry in pack.indicators},
        places={kind: kinds.count(kind) for kind in schema.PLACE_KINDS if kind in kinds},
        cells=figures.num_rows,
        **status,
    )


def definition(pack: Pack, code: str) -> Mapping[str, Any]:
    """The definition of an indicator; WrongUse naming the nearest codes when there is none."""
    titles = {entry["code"]: in_language(entry["title"]) for entry in pack.indicators}
    if code in titles:
        return pack.indicator(code)
    raise WrongUse(
        _("Datapakken har ingen indikator '{code}'. {hint}").format(
            code=code, hint=_nearest(code, titles)
        )
    )


def choose(
    pack: Pack, *, indicator: str, place: str | None = None, period: str | None = None
) -> pa.Table:
    """The rows of one indicator, perhaps of one place ("klynge:rm-randers") or one period.

    WrongUse, naming the nearest words, when the pack knows no such indicator, place or period.
    """
    definition(pack, indicator)
    rows = pack.figures.filter(pc.equal(pack.figures["indicator"], indicator))
    if place is not None:
        kind, id = _known_place(pack, place)
        rows = rows.filter(pc.and_(pc.equal(rows["place_kind"], kind), pc.equal(rows["place"], id)))
    if period is not None:
        periods = sorted(pc.unique(rows["period"]).to_pylist())
        if period not in periods:
            raise WrongUse(
                _("Der er ingen tal for perioden '{period}'. Der er: {periods}.").format(
                    period=period, periods=", ".join(periods) or _("ingen")
                )
            )
        rows = rows.filter(pc.equal(rows["period"], period))
    return rows


def overview(rows: pa.Table) -> pa.Table:
    """Only rows of both sexes and every education, and of all ages together where there are any."""
    both = pc.and_(pc.equal(rows["sex"], "all"), pc.equal(rows["education"], "all"))
    both_rows = rows.filter(both)
    whole_rows = both_rows.filter(pc.equal(both_rows["age"], "all"))
    return next((some for some in (whole_rows, both_rows) if some.num_rows), rows)


def place_names(pack: Pack) -> dict[tuple[str, str], str]:
    """(kind, id) -> name, as far as the pack's geography names its places."""
    return {
        (str(place["kind"]), str(place["id"])): str(place.get("name") or place["id"])
        for place in pack.geography["places"]
    }


def table(pack: Pack, rows: pa.Table) -> list[str]:
    """The rows as lines of text: hidden cells are said to be hidden, zero is 0."""
    names = place_names(pack)
    head = [_("Sted"), _("Periode"), _("Køn"), _("Alder"), _("Uddannelse"), _("Mål")]
    head += [_("Tal"), _("95 %-interval"), _("Tæller"), _("Nævner")]
    ordered = sorted(_line(row, names) for row in rows.to_pylist())
    body = [line for _order, line in ordered]
    if all(line[4] == _("alle") for line in body):
        head, body = head[:4] + head[5:], [line[:4] + line[5:] for line in body]
    return _aligned(head, body, numbers_from=len(head) - 4)


def in_language(text: Mapping[str, str] | None) -> str:
    """A bilingual text in the language spoken now."""
    return str(text.get(language()) or text.get("da") or "") if text else ""


def number(value: float | int | None, *, decimals: int | None = None) -> str:
    """A number as it is written in the language spoken now; decimals by size unless given."""
    if value is None:
        return ""
    if decimals is None:
        decimals = 0 if value == int(value) else 1 if abs(value) >= 10 else 2
    english = f"{value:,.{decimals}f}"
    return english if language() == "en" else english.translate(str.maketrans(",.", ".,"))


def _line(
    row: Mapping[str, Any], names: Mapping[tuple[str, str], str]
) -> tuple[tuple[Any, ...], list[str]]:
    kind, id = row["place_kind"], row["place"]
    name = names.get((kind, id), id)
    order = (
        -schema.PLACE_KINDS.index(kind),
        name,
        row["period"],
        schema.MEASURES.index(row["measure"]),
        schema.SEXES.index(row["sex"]),
        row["age"] != "all",
        int(row["age"].split("-")[0].rstrip("+")) if row["age"] != "all" else -1,
        row["education"],
    )
    words = [f"{kind}:{id} {name}", row["period"], _sex(row["sex"]), _whole(row["age"])]
    words += [_education(row["education"]), _measure(row["measure"])]
    return order, words + _numbers(row)


def _numbers(row: Mapping[str, Any]) -> list[str]:
    if row["status"] == "hidden":
        return [_("skjult"), "", "", ""]
    if row["status"] == "not_counted":
        return [_("ikke opgjort"), "", "", ""]
    whole = row["measure"] in ("count", "sum")
    decimals = 0 if whole or row["value"] in (None, 0) else 1 if row["value"] >= 10 else 2
    low, high = (number(row[end], decimals=max(decimals, 1)) for end in ("lower", "upper"))
    return [
        number(row["value"], decimals=decimals) if row["value"] is not None else _("nævneren er 0"),
        f"{low} – {high}" if low else "",
        number(row["numerator"]),
        number(row["denominator"]),
    ]


def _known_place(pack: Pack, text: str) -> tuple[str, str]:
    kind, _colon, id = text.partition(":")
    names = place_names(pack)
    if (kind, id) in names:
        return kind, id
    known = {f"{kind}:{id}": name for (kind, id), name in names.items()}
    raise WrongUse(
        _("Datapakken kender ikke stedet '{place}'. {hint}").format(
            place=text, hint=_nearest(text, known)
        )
    )


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """ "Mente du ...": the known codes nearest to a word, by code or by name."""
    by_lower = {code.lower(): code for code in known}
    by_lower |= {name.lower(): code for code, name in known.items()}
    by_lower |= {code.lower().partition(":")[2] or code.lower(): code for code in known}
    near = get_close_matches(word.lower(), by_lower, n=5, cutoff=0.5)
    codes = list(dict.fromkeys(by_lower[match] for match in near))[:3]
    if not codes:
        codes = sorted(known)[:5]
        return _("Den har for eksempel: {codes}.").format(codes=_named(codes, known))
    return _("Mente du: {codes}?").format(codes=_named(codes, known))


def _named(codes: Iterable[str], known: Mapping[str, str]) -> str:
    return ", ".join(f"{code} ({known[code]})" for code in codes)


def _aligned(head: Sequence[str], body: Sequence[Sequence[str]], *, numbers_from: int) -> list[str]:
    widths = [max(len(line[i]) for line in (head, *body)) for i in range(len(head))]
    lines = [head, ["-" * width for width in widths], *body]
    return [
        "  ".join(
            text.rjust(width) if i >= numbers_from else text.ljust(width)
            for i, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _sex(word: str) -> str:
    return {"all": _("alle"), "female": _("kvinder"), "male": _("mænd")}[word]


def _whole(word: str) -> str:
    return _("alle") if word == "all" else word


def _education(word: str) -> str:
    return {"all": _("alle"), "low": _("kort"), "middle": _("mellem"), "high": _("lang")}[word]


def _measure(word: str) -> str:
    return {
        "count": _("antal"),
        "crude": _("rå"),
        "standardised": _("standardiseret"),
        "median": _("median"),
        "sum": _("sum"),
    }[word]
