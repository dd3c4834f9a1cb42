"""The keys of a sharing beside each other: what each place gets, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.figures import numbers
from klynge.web.figures.vocabulary import CERTAINTY_TITLES
from klynge.web.funds import money, needs
from klynge.web.funds.models import Key, Sharing


@dataclass(frozen=True)
class Share:
    """What one place gets by one key. against: how much more than by the first key, in øre."""

    ore: int
    share: float
    against: int
    basis: str


@dataclass(frozen=True)
class Line:
    """One place, with what it gets by each key."""

    id: str
    name: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Compared:
    """Every key of a sharing; `lines` in the order of the places, `about` one list a key."""

    sharing: Sharing
    keys: tuple[Key, ...]
    lines: tuple[Line, ...]
    about: tuple[tuple[str, ...], ...]

    @property
    def totals(self) -> list[int]:
        return [sum(line.shares[at].ore for line in self.lines) for at in range(len(self.keys))]

    @property
    def told(self) -> list[tuple[Key, tuple[str, ...], int]]:
        """Each key with what must be known of it, and its sum."""
        return list(zip(self.keys, self.about, self.totals, strict=True))


def compare(sharing: Sharing) -> Compared:
    """The keys of a sharing beside each other."""
    keys = tuple(sharing.keys.all())
    rows = [{row["id"]: row for row in key.result["rows"]} for key in keys]
    names = {row["id"]: row["name"] for key in keys for row in key.result["rows"]}
    lines = tuple(
        Line(place, names.get(place, place), tuple(_shares(place, keys, rows)))
        for place in sharing.places
        if names
    )
    return Compared(sharing, keys, lines, tuple(about(key) for key in keys))


def about(key: Key) -> tuple[str, ...]:
    """What a reader must know of a key: figures, pack, period, and what is rough about it."""
    result = key.result
    said = [text for column in result["columns"] for text in _column(key, column)]
    if result["shared"]:
        said.append(_shared(key, ", ".join(result["shared"])))
    return tuple(said)


def in_words(compared: Compared) -> str:
    """The message of the chart, for those who do not see it."""
    words = [
        _("{key}: fra {least} ({poorest}) til {most} ({richest}).").format(
            key=key.name,
            least=money.kroner(low.shares[at].ore),
            poorest=low.name,
            most=money.kroner(high.shares[at].ore),
            richest=high.name,
        )
        for at, key in enumerate(compared.keys)
        for low in [min(compared.lines, key=lambda line, at=at: line.shares[at].ore)]
        for high in [max(compared.lines, key=lambda line, at=at: line.shares[at].ore)]
    ]
    return " ".join([*words, _("Tallene står i tabellen.")])


def _shares(place: str, keys: Sequence[Key], rows: Sequence[dict[str, Any]]) -> list[Share]:
    first = rows[0][place]["ore"] if rows else 0
    return [
        Share(
            ore=by_place[place]["ore"],
            share=by_place[place]["share"],
            against=by_place[place]["ore"] - first,
            basis=_basis(key, by_place[place]["numbers"]),
        )
        for key, by_place in zip(keys, rows, strict=True)
    ]


def _basis(key: Key, found: Sequence[Any]) -> str:
    """The numbers a share rests on."""
    if key.method == Key.Method.OWN:
        return str(found[0])
    told = [numbers.whole(int(number)) for number in found]
    if key.method == Key.Method.POPULATION:
        return _("{n} borgere").format(n=told[0])
    return " · ".join(told)


def _column(key: Key, column: dict[str, Any]) -> list[str]:
    if column["kind"] == "own":
        return [_("Egne tal: {source}.").format(source=column["source"])]
    if column["kind"] == "population":
        return [_("Folketal: {source}.").format(source=column["source"])]
    words = {
        "title": needs.title_of(column),
        "period": needs.period_of(column),
        "pack": column["pack"],
        "weight": column["weight"],
    }
    if column["people"]:
        return [_("{title}: vægt {weight}, {period}, {pack}.").format(**words)]
    said = [_("{title}: vægt {weight}, {period}, {pack}. Antal talt.").format(**words)]
    if column["certainty"] != "S":
        said.append(f"{words['title']}: {CERTAINTY_TITLES[column['certainty']]}.")
    return said


def _shared(key: Key, names: str) -> str:
    if key.method == Key.Method.POPULATION:
        return _("{places} er i flere og tæller med en lige del i hver.").format(places=names)
    return _(
        "{places} er i flere, og datapakken tæller dem helt med i hver: deres borgere tæller"
        " altså mere end én gang i nøglen."
    ).format(places=names)
