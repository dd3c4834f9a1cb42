"""`klynge structure`: look at who belongs where, and when."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from klynge.faults import BadInput, Fault, WrongUse
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.cli import Groups
    from klynge.structure.seats import Body

WIDEST = 100
Made = TypeVar("Made")


def add_commands(groups: Groups) -> None:
    """Add `structure show` and `structure check`."""
    group = groups.group("structure", _("Hvem hører hvor, efter hvilken lov, hvornår."))
    show = group.add_parser(
        "show",
        help=_("Vis regime, regioner, klynger eller sundhedsråd på en dato."),
        description=_("Vis regime, regioner, klynger eller sundhedsråd på en dato."),
    )
    show.add_argument("--on", metavar=_("DATO"), help=_("dato, ÅÅÅÅ-MM-DD (ellers i dag)"))
    show.add_argument("--region", metavar=_("REGION"), help=_("kun én region: kode eller navn"))
    show.add_argument("--json", action="store_true", help=_("skriv JSON"))
    show.set_defaults(run=_show)
    check = group.add_parser(
        "check",
        help=_("Er et organs sammensætning lovlig, og efter hvilken paragraf?"),
        description=_("Er et organs sammensætning lovlig, og efter hvilken paragraf?"),
    )
    check.add_argument("members", metavar="MEMBERS.csv", type=Path, help=_("liste over medlemmer"))
    check.add_argument("--body", metavar=_("ORGAN"), required=True, help=_("slags organ"))
    check.add_argument("--place", metavar="ID", required=True, help=_("klynge, region eller råd"))
    check.add_argument("--on", metavar=_("DATO"), help=_("dato, ÅÅÅÅ-MM-DD (ellers i dag)"))
    check.add_argument(
        "--deviations", metavar=_("AFTALER.csv"), type=Path, help=_("aftaler om at fravige")
    )
    check.add_argument("--json", action="store_true", help=_("skriv JSON"))
    check.set_defaults(run=_check)


def _show(options: argparse.Namespace) -> int:
    from klynge.structure.overview import overview
    from klynge.structure.show import as_text

    on = date.today() if options.on is None else _day(options.on)
    _in_a_regime(on)
    found = overview(on, region=None if options.region is None else _region(options.region, on))
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        print(as_text(found, width=_width()))
    return 0


def _check(options: argparse.Namespace) -> int:
    """Exit code 0 when lawful, 1 with findings; bad input is told before anything is checked."""
    from klynge.structure.checking import check
    from klynge.structure.members_file import read_deviations, read_members
    from klynge.structure.seats import Body
    from klynge.structure.verdict import Verdict

    on = date.today() if options.on is None else _day(options.on)
    _in_a_regime(on)
    body = Body(options.body, options.place)
    faults = _faults_of_body(body, on)
    file = _or_faults(read_members, options.members, faults)
    deviations = _or_faults(read_deviations, options.deviations, faults)
    if faults or file is None:
        raise BadInput(_("Kan ikke kontrollere {file}.").format(file=options.members.name), faults)
    findings = check(body, file.members, on, deviations=deviations or ())
    verdict = Verdict(body, on, file.members, findings, file.encoding, file.unused)
    if options.json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        print(verdict.as_text(width=_width()))
    return 0 if verdict.lawful else 1


def _or_faults(read: Callable[[Path], Made], path: Path | None, faults: list[Fault]) -> Made | None:
    """What was read; or None, with the faults added to those found so far."""
    if path is None:
        return None
    try:
        return read(path)
    except BadInput as bad:
        faults += bad.faults
        return None


def _faults_of_body(body: Body, on: date) -> list[Fault]:
    """A kind of body or a place that does not exist on the day; unknown ones are wrong use."""
    from klynge.structure.places import body_kinds, place

    kinds = {kind.id: kind for kind in body_kinds()}
    there = ", ".join(kind.id for kind in body_kinds(on))
    if body.kind not in kinds:
        close = ", ".join(get_close_matches(body.kind, kinds))
        meant = _(" Mente du {close}?").format(close=close) if close else ""
        raise WrongUse(
            _("Ukendt organ '{kind}'.{meant} Den {on} findes: {there}.").format(
                kind=body.kind, meant=meant, on=on, there=there
            )
        )
    kind = kinds[body.kind]
    try:
        where = place(kind.place_kind, body.place)
    except KeyError as unknown:
        nearest = ", ".join(getattr(unknown, "nearest", ()))
        meant = _(" Mente du {close}?").format(close=nearest) if nearest else ""
        raise WrongUse(
            _("Ukendt {kind} '{id}'.{meant}").format(
                kind=kind.place_kind, id=body.place, meant=meant
            )
        ) from None
    faults = []
    if body.kind not in {each.id for each in body_kinds(on)}:
        faults.append(_not_there("--body", body.kind, kind.valid_from, kind.valid_to, on, there))
    elif not where.exists(on):
        faults.append(_not_there("--place", where.id, where.valid_from, where.valid_to, on, ""))
    return faults


def _not_there(
    option: str, what: str, first: date, last: date | None, on: date, there: str
) -> Fault:
    period = (
        _("{first} - {last}").format(first=first, last=last)
        if last
        else _("fra {first}").format(first=first)
    )
    problem = _("{what} findes ikke den {on}, kun {period}.").format(
        what=what, on=on, period=period
    )
    expected = _("et organ, der findes: {there}").format(there=there) if there else period
    return Fault(option, problem, expected, _("Ret organet eller datoen (--on)."))


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WrongUse(
            _("'{written}' er ikke en dato. Skriv ÅÅÅÅ-MM-DD, for eksempel 2023-05-01.").format(
                written=written
            )
        ) from None


def _in_a_regime(on: date) -> None:
    from klynge.structure.places import regimes

    first = regimes()[0]
    if on < first.valid_from:
        raise WrongUse(
            _(
                "Der kendes intet regime den {on}. Det første, {id}, begynder {first};"
                " vælg den dato eller en senere."
            ).format(on=on, id=first.id, first=first.valid_from)
        )


def _region(written: str, on: date) -> str:
    """The id of the region that was asked for, if it exists on that day."""
    from klynge.structure.overview import region_called, regions_like
    from klynge.structure.places import places

    found = region_called(written)
    there = ", ".join(f"{place.id} {place.name}" for place in places("region", on))
    if found is None:
        close = ", ".join(f"{place.id} {place.name}" for place in regions_like(written))
        meant = _(" Mente du {close}?").format(close=close) if close else ""
        raise WrongUse(
            _("Ukendt region '{written}'.{meant} Den {on} findes: {there}.").format(
                written=written, meant=meant, on=on, there=there
            )
        )
    if not found.exists(on):
        raise WrongUse(
            _("{name} findes ikke den {on}. Da findes: {there}.").format(
                name=found.name, on=on, there=there
            )
        )
    return found.id
