"""The rules of law about bodies, and the words a list of members may use: dated data, read once.

A rule with a `test` can be checked against a list of members; the others are there to be read:
tasks, procedure, and where the law is silent. Nothing of the law is in code, only the few ways
of testing (`TESTS`); docs/reference/structure.md describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from klynge.faults import DefinitionError
from klynge.structure.facts import facts, read_sources
from klynge.structure.model import Source, Text, holds
from klynge.structure.reading import (
    Reading,
    Row,
    WrongRow,
    certainty_with_note,
    period,
    text,
)
from klynge.texts import _

# What a test may say, and the texts that a rule with it must carry.
TESTS = {
    "count": ("mend",),
    "all": ("wrong", "mend"),
    "term": ("wrong", "mend"),
    "meetings": ("missing", "mend"),
    "quorum": ("missing", "mend"),
    "votes": (),
}
FILTERS = (
    "party",
    "office",
    "role",
    "area",
    "organisation",
    "appointer",
    "kommune",
    "klynge",
    "kommune_of_place",
    "post",
)
NO_RULES = "uden-regler"
_SAID = ("missing", "too_many", "wrong", "mend", "mend_too_many")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law about one or more kinds of body.

    `deviation`: it holds unless otherwise agreed. `silent`: the law says nothing, and the local
    forretningsorden decides. `test` is None for rules that cannot be checked from a list.
    """

    id: str
    bodies: tuple[str, ...]
    topic: str
    text: Text
    paragraph: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]
    deviation: bool
    silent: bool
    test: Mapping[str, Any] | None = field(default=None, hash=False)
    said: Mapping[str, Text] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a list of members: a party, role, office, area, post, organisation ...

    `counts`: the role fills a seat. `one_per`: one person at a time holds the office in a
    "region" or "kommune"; empty when many may.
    """

    kind: str
    id: str
    name: Text
    spellings: tuple[str, ...]
    counts: bool
    one_per: str


@dataclass(frozen=True, slots=True)
class Law:
    """All rules and words."""

    rules: tuple[Rule, ...]
    words: tuple[Word, ...]


def rules(body: str | None = None, on: date | None = None) -> tuple[Rule, ...]:
    """The rules about a kind of body that hold on a day; None is any body, any day."""
    return tuple(
        rule
        for rule in law().rules
        if rule.id != NO_RULES
        and (body is None or body in rule.bodies)
        and (on is None or holds(rule.valid_from, rule.valid_to, on))
    )


def rule(id: str) -> Rule:
    """One rule. Raises KeyError."""
    for each in law().rules:
        if each.id == id:
            return each
    raise KeyError(f"no rule has the id {id!r}")


def words(kind: str) -> tuple[Word, ...]:
    """The words of a kind ("party", "role", "office" ...)."""
    return tuple(word for word in law().words if word.kind == kind)


def word(kind: str, written: str) -> Word | None:
    """The word that is written so, by id, name or another spelling; None when there is none."""
    return _spellings()[kind].get(" ".join(written.split()).casefold())


@cache
def law() -> Law:
    """The rules and words of the package."""
    return load(files("klynge.structure") / "data")


def load(folder: Traversable) -> Law:
    """Read and check `rules.json` and `words.json`. Raises DefinitionError with every fault."""
    reading = Reading(folder)
    read_sources(reading)
    found = Law(
        rules=reading.all_of("rules.json", lambda row: _rule(reading, row)),
        words=reading.all_of("words.json", _word),
    )
    _check(found, reading)
    if reading.faults:
        heading = _("Reglerne kan ikke bruges ({n} fejl).").format(n=len(reading.faults))
        raise DefinitionError(heading, reading.faults)
    return found


@cache
def _spellings() -> dict[str, dict[str, Word]]:
    found: dict[str, dict[str, Word]] = {}
    for each in law().words:
        for spelling in (each.id, each.name, each.name.en, *each.spellings):
            found.setdefault(each.kind, {}).setdefault(spelling.casefold(), each)
    return found


def _rule(reading: Reading, row: Row) -> Rule:
    first, last = period(row)
    sure, note = certainty_with_note(row)
    found = Rule(
        id=row["id"],
        bodies=tuple(row["bodies"]),
        topic=row["topic"],
        text=text(row, "text"),
        paragraph=row["paragraph"],
        valid_from=first,
        valid_to=last,
        certainty=sure,
        certainty_note=note,
        sources=reading.cited(row),
        deviation=row.get("deviation", False),
        silent=row.get("silent", False),
        test=row.get("test"),
        said={name: text(row, name) for name in _SAID if name in row},
    )
    _says_what_it_must(found)
    return found


def _says_what_it_must(rule: Rule) -> None:
    if rule.test is None:
        return
    kinds = [kind for kind in TESTS if kind in rule.test]
    if len(kinds) != 1:
        raise WrongRow(_("test skal være én af: {kinds}.").format(kinds=", ".join(TESTS)))
    needed = [*TESTS[kinds[0]]]
    if kinds[0] == "count":
        bounds = {"missing": ("min", "seats"), "too_many": ("max", "seats")}
        needed += [n for n, keys in bounds.items() if any(key in rule.test for key in keys)]
    for name in needed:
        if name not in rule.said:
            raise WrongRow(_("teksten {name} mangler.").format(name=name))


def _word(row: Row) -> Word:
    return Word(
        kind=row["kind"],
        id=row["id"],
        name=text(row, "name"),
        spellings=tuple(row["spellings"]),
        counts=row.get("counts", True),
        one_per=row.get("one_per", ""),
    )


def _check(found: Law, reading: Reading) -> None:
    bodies = {body.id for body in facts().bodies}
    known = {(word.kind, word.id) for word in found.words}
    seen: set[str] = set()
    for rule in found.rules:
        where = f"rules.json, {rule.id}"
        if rule.id in seen:
            reading.wrong(where, _("id findes to gange."))
        seen.add(rule.id)
        for body in set(rule.bodies) - bodies:
            reading.wrong(where, _("ukendt organ {body}.").format(body=body))
        for problem in _problems_of_filters(rule, known):
            reading.wrong(where, problem)


def _problems_of_filters(rule: Rule, known: set[tuple[str, str]]) -> Iterable[str]:
    for one in filters_of(rule.test or {}):
        for name, wanted in one.items():
            if name not in FILTERS:
                yield _("ukendt filter {name}.").format(name=name)
            elif isinstance(wanted, list):
                for each in wanted:
                    if each and (name, each) not in known:
                        yield _("ukendt ord {word} i {name}.").format(word=each, name=name)


def filters_of(test: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every filter of a test: whom it is about and what they must or must not be."""
    names = ("count", "all", "be", "be_not")
    found = [test[name] for name in names if name in test]
    return [*found, *test.get("be_one_of", ())]
