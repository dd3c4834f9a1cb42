"""Reads members and agreed deviations from CSV files, and finds what cannot be true of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from klynge.faults import Fault
from klynge.structure.law import rules, word, words
from klynge.structure.seats import Deviation, Member
from klynge.structure.setting import fills_a_seat
from klynge.structure.spreadsheet import read_sheet
from klynge.structure.table import Cells, Table, column, location, place_called
from klynge.texts import _

VACANT = ("vakant", "(vakant)", "ledig", "(ledig)", "ubesat", "vacant", "(vacant)")


@dataclass(frozen=True, slots=True)
class MembersFile:
    """What a file of members held: the members, its encoding, and the columns not used."""

    members: tuple[Member, ...]
    encoding: str
    unused: tuple[str, ...]


def read_members(path: Path) -> MembersFile:
    """Read a list of members. Raises BadInput with every fault, by line and column.

    The form of the file is in docs/reference/structure.md.
    """
    sheet = read_sheet(path)
    table = Table(path, sheet, "column")
    table.must_have("person", "party")
    members = tuple(table.each(_member))
    table.faults += faults_of(members, file=path.name)
    table.raise_faults()
    return MembersFile(members, sheet.encoding, table.unused)


def read_deviations(path: Path) -> tuple[Deviation, ...]:
    """Read agreed deviations. Raises BadInput with every fault, by line and column."""
    table = Table(path, read_sheet(path), "deviation-column")
    table.must_have("rule", "decision")
    found = tuple(table.each(_deviation))
    table.raise_faults()
    return found


def faults_of(members: Sequence[Member], *, file: str = "") -> tuple[Fault, ...]:
    """What cannot be true of a list of members, whatever the law says.

    A term that ends before it starts, a person twice in one seat, two at once in an office
    that only one can hold (two born chairs).
    """
    seated = [member for member in members if member.person and fills_a_seat(member)]
    return (
        *_terms_that_end_too_early(members, file),
        *_twice_in_one_seat(seated, file),
        *_two_in_one_office(seated, file),
    )


def _member(cells: Cells) -> Member:
    person = cells.text("person")
    party = cells.word("party", "party")
    if not party and not cells.text("party"):
        cells.wrong("party", _("cellen er tom."), _("hvem medlemmet repræsenterer"))
    kommune = cells.place("kommune", "kommune")
    if party == "kommune" and not kommune and not cells.text("kommune"):
        cells.wrong("kommune", _("en kommunal plads uden kommune."), _("kode eller navn"))
    return Member(
        person="" if person.casefold() in VACANT else person,
        party=party,
        kommune=kommune,
        office=cells.word("office", "office", default="anden"),
        role=cells.word("role", "role", default="medlem"),
        area=cells.word("area", "area", default="anden"),
        organisation=cells.word("organisation", "organisation"),
        klynge=cells.place("klynge", "klynge"),
        appointer=cells.word("appointer", "appointer"),
        posts=tuple(_posts(cells)),
        valid_from=cells.day("valid_from"),
        valid_to=cells.day("valid_to"),
        row=cells.line,
    )


def _posts(cells: Cells) -> Iterator[tuple[str, str]]:
    """Posts elsewhere, as in "klyngeformand rn-nord, udvalgsformand Aalborg"."""
    for written in re.split(r"[,;/]", cells.text("posts")):
        if not written.strip():
            continue
        post, _space, at = written.strip().partition(" ")
        known, where = word("post", post), place_called(at, "klynge", "sundhedsraad", "kommune")
        if known is None or not where:
            expected = _("post og sted, for eksempel: klyngeformand rn-nord")
            problem = _("'{written}' kan ikke læses.").format(written=written.strip())
            cells.wrong("posts", problem, expected)
        else:
            yield known.id, where


def _deviation(cells: Cells) -> Deviation:
    wanted = cells.text("rule", needed=True)
    known = [rule.id for rule in rules()]
    if wanted and wanted not in known:
        problem = _("ukendt regel '{wanted}'.").format(wanted=wanted)
        cells.wrong("rule", problem, _("en regels id, for eksempel K04-plo"))
    return Deviation(
        rule=wanted,
        decision=cells.text("decision", needed=True),
        subject=cells.place("subject", "kommune", "klynge"),
        agreed=cells.number("agreed"),
        valid_from=cells.day("valid_from"),
        valid_to=cells.day("valid_to"),
    )


def _terms_that_end_too_early(members: Sequence[Member], file: str) -> Iterator[Fault]:
    for member in members:
        if member.valid_from and member.valid_to and member.valid_to < member.valid_from:
            first, last = member.valid_from, member.valid_to
            yield Fault(
                location(file, member.row, column("valid_to")),
                _("perioden slutter {last}, før den begynder {first}.").format(
                    last=last, first=first
                ),
                _("en slutdato på eller efter {first}").format(first=first),
                _("Ret den ene af datoerne."),
            )


def _twice_in_one_seat(seated: Sequence[Member], file: str) -> Iterator[Fault]:
    for one, other in combinations(seated, 2):
        if _seat(one) == _seat(other) and _together(one, other):
            yield Fault(
                location(file, other.row, column("person")),
                _("{person} har allerede pladsen (linje {row}) i samme tid.").format(
                    person=other.person, row=one.row
                ),
                _("én række pr. person og plads"),
                _("Slet den ene række, eller ret perioderne, så de ikke overlapper."),
            )


def _two_in_one_office(seated: Sequence[Member], file: str) -> Iterator[Fault]:
    per = {office.id: office.one_per for office in words("office") if office.one_per}
    names = {office.id: str(office.name).lower() for office in words("office")}
    for one, other in combinations([m for m in seated if m.office in per], 2):
        same_place = per[one.office] == "region" or one.kommune == other.kommune
        if one.office == other.office and same_place and _clash(one, other):
            yield Fault(
                location(file, other.row, column("office")),
                _("{one} (linje {row}) og {other} er begge {office} i samme tid.").format(
                    one=one.person, row=one.row, other=other.person, office=names[one.office]
                ),
                _("én ad gangen i embedet"),
                _("Giv den afgående en slutdato, eller ret embedet."),
            )


def _clash(one: Member, other: Member) -> bool:
    return _name(one) != _name(other) and _together(one, other)


def _seat(member: Member) -> tuple[str, ...]:
    return _name(member), member.party, member.kommune, member.klynge, member.organisation


def _name(member: Member) -> str:
    return " ".join(member.person.split()).casefold()


def _together(one: Member, other: Member) -> bool:
    """Do their times overlap? An open or unknown end is taken to reach on."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last
