"""Earlier editions of the pack: read before the build, and asked for when they are not given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klynge import datapack
from klynge.faults import BadInput, Fault, WrongUse
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.datapack import Pack

_DESCRIPTOR = "datapackage.json"
_MOST_NEIGHBOURS = 200


def read_previous(paths: Sequence[Path], out: Path) -> tuple[Pack, ...]:
    """The packs at `paths`, whole and in order of their making.

    BadInput with every fault: of a pack, one that the new pack would take the place of, and one
    that was itself made beside an edition that is not given here.
    """
    faults: list[Fault] = []
    packs: list[Pack] = []
    for path in dict.fromkeys(Path(path) for path in paths):
        if path.resolve() == Path(out).resolve():
            faults.append(_would_be_replaced(path))
            continue
        try:
            pack = datapack.read(path)
        except BadInput as wrong:
            faults += [_within(path, fault) for fault in wrong.faults]
            continue
        if pack.rounded_from is not None:
            faults.append(_is_rounded(pack))
        else:
            packs.append(pack)
    given = {pack.edition for pack in packs}
    for pack in packs:
        faults += [_also_needed(pack, one) for one in pack.earlier if one["edition"] not in given]
    if faults:
        raise BadInput(_("De tidligere udgaver kan ikke bruges."), faults)
    return tuple(sorted(packs, key=lambda pack: (pack.created, pack.edition)))


def check_two(out: Path, rounded: Path, previous: Sequence[Path]) -> None:
    """WrongUse when the rounded edition would take the place of the exact one or of an earlier."""
    taken = {Path(path).resolve() for path in (out, *previous)}
    if rounded.resolve() in taken:
        raise WrongUse(
            _("--rounded skal være en anden mappe end --out og --previous: ingen af dem må mistes.")
        )


def described(packs: Iterable[Pack]) -> list[dict[str, Any]]:
    """What the new pack says of the editions it was made beside."""
    return [
        {
            "edition": pack.edition,
            "created": pack.created.isoformat(timespec="seconds"),
            "years": list(pack.years),
        }
        for pack in packs
    ]


def not_given(out: Path, years: Sequence[int], given: Sequence[Pack]) -> list[str]:
    """A line for each pack of the same years that lies at `out` or beside it and was not given."""
    known = {pack.edition for pack in given}
    lines = []
    for folder in _neighbours(Path(out).resolve()):
        try:
            document = json.loads((folder / _DESCRIPTOR).read_bytes())
            own, created = document["klynge"], datetime.fromisoformat(document["created"])
            same = bool(set(own["years"]) & set(years))
            edition = _exact_edition(document)
        except (OSError, ValueError, TypeError, KeyError):
            continue
        if same and edition not in known:
            words = _(
                "I {folder} ligger en datapakke for de samme år, dannet {date}. Er den givet"
                " videre, så byg igen med --previous; ellers kan de to tilsammen røbe skjulte tal."
            )
            lines.append(words.format(folder=folder.name, date=f"{created:%d.%m.%Y}"))
    return lines


def _exact_edition(document: dict[str, Any]) -> str:
    """The edition of a pack; of a rounded one that of the exact pack, which is to be given."""
    rounding = document["klynge"].get("rounding")
    return datapack.edition_of(document) if rounding is None else str(rounding["edition"])


def _neighbours(out: Path) -> list[Path]:
    try:
        beside = sorted(path for path in out.parent.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return [path for path in beside[:_MOST_NEIGHBOURS] if (path / _DESCRIPTOR).is_file()]


def _is_rounded(pack: Pack) -> Fault:
    edition = str(pack.rounded_from).removeprefix("sha256:")[:12]
    return Fault(
        str(pack.folder),
        _("Den er en afrundet udgave. Hvad den og den nye siger tilsammen, kan ikke prøves."),
        _("pakken med de nøjagtige antal, som den er afrundet fra (udgave {edition})").format(
            edition=edition
        ),
        _("Giv den nøjagtige pakke med --previous; den dækker også de afrundede."),
    )


def _would_be_replaced(path: Path) -> Fault:
    return Fault(
        str(path),
        _("Den tidligere udgave ligger dér, hvor den nye skal skrives."),
        _("to forskellige mapper i --previous og --out"),
        _("Skriv den nye et andet sted. Den tidligere skal bruges igen ved næste udgave."),
    )


def _within(path: Path, fault: Fault) -> Fault:
    return Fault(f"{path}: {fault.where}", fault.problem, fault.expected, fault.remedy)


def _also_needed(pack: Pack, one: dict[str, Any]) -> Fault:
    return Fault(
        str(pack.folder),
        _("Den blev selv bygget ved siden af en udgave fra {date}, som ikke er givet.").format(
            date=str(one.get("created", ""))[:10]
        ),
        _("alle udgaver, der er givet videre"),
        _("Giv også den med --previous."),
    )
