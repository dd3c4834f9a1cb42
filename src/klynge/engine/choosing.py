"""Which indicators a build counts: those asked for, or all that the registers at hand can give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klynge.engine import ruks
from klynge.engine.beds import counting as beds
from klynge.engine.indicators import ratios
from klynge.engine.indicators.catalogue import choose, every, load, together
from klynge.engine.indicators.described import Ratio, Wards
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.person_time import person_time
from klynge.engine.indicators.supplied import as_supplied
from klynge.engine.indicators.wards import WARDS
from klynge.engine.registers import catalogue
from klynge.engine.registers.files import find_register, is_delivered
from klynge.engine.registers.gateway import delivery
from klynge.engine.spine.models import needed_for, registers_of
from klynge.faults import BadInput, Fault
from klynge.texts import _

_POPULATION = "pop_folketal"


@dataclass(frozen=True, slots=True)
class Chosen:
    """indicators: to be counted. left_out: the codes that are not, with the registers they lack.

    ratios: those made of two of the indicators. wards: those of hospitals' wards.
    """

    indicators: tuple[Indicator, ...]
    left_out: Mapping[str, tuple[str, ...]]
    ratios: tuple[Ratio, ...] = ()
    wards: tuple[Wards, ...] = ()


def chosen(registers: Path, codes: Sequence[str] | None, definitions: Path | None = None) -> Chosen:
    """What to count of the package's indicators, and of those in the folder `definitions`.

    codes: those asked for, whose registers must all be there; when None, every one whose registers
    are. Raises `BadInput` for an unknown code or a folder that is none, `DefinitionError` with
    every fault of the definitions. A ratio that is asked for brings both its sides;
    what is about wards alone brings the population, which says which years there are.
    """
    known = every() if definitions is None else together(every(), _own(definitions))
    known = as_supplied(known, ruks.diseases_in(registers))
    if codes:
        every_ratio = (*ratios.RATIOS, *person_time(known))
        made = tuple(ratio for ratio in every_ratio if ratio.code in codes)
        wards = tuple(each for each in WARDS if each.code in codes)
        beside = {each.code for each in (*made, *wards)}
        sides = [side for ratio in made for side in (ratio.above, ratio.below)]
        asked = [code for code in codes if code not in beside]
        choose(asked, [each for each in known if each.shown])
        wanted = asked + sides
        return Chosen(choose(wanted or [_POPULATION], known), {}, made, wards)
    delivered = _delivered(registers)
    lacking = {each.code: tuple(_lacking(registers, each, delivered)) for each in known}
    left_out = {code: names for code, names in lacking.items() if names}
    if len(left_out) == len(known):
        # Nothing can be counted: let the check tell everything that is missing.
        return Chosen(known, {})
    counted = tuple(each for each in known if each.code not in left_out)
    no_beds = tuple(name for name in beds.TABLES if name not in delivered)
    left_out |= {each.code: no_beds for each in WARDS if no_beds}
    made = ratios.possible([each.code for each in counted], person_time(counted))
    return Chosen(counted, left_out, made, () if no_beds else WARDS)


def warnings(chosen: Chosen, registers: Path | None = None) -> list[dict[str, str]]:
    """What quality.json says of the indicators that were left out, a line a register; and of
    bundles in the folder `registers` that nobody has unpacked."""
    told = [_UNREAD] if registers and chosen.left_out and _unread(registers, chosen) else []
    return told + _left_out(chosen) + _told_by_ruks(chosen)


_UNREAD = {
    "da": "Der ligger pakker fra KL Gateway i mappen, som ikke er læst ind: kør klynge registers"
    " gateway MAPPE --out MAPPE.",
    "en": "There are KL Gateway bundles in the folder that have not been read in: run klynge"
    " registers gateway FOLDER --out FOLDER.",
}


def _unread(registers: Path, chosen: Chosen) -> bool:
    lacking = {name for names in chosen.left_out.values() for name in names}
    return bool(lacking & set(delivery.TABLES)) and delivery.is_delivered(registers)


def _left_out(chosen: Chosen) -> list[dict[str, str]]:
    by_register: dict[str, list[str]] = {}
    for code, names in chosen.left_out.items():
        for name in names:
            by_register.setdefault(name, []).append(code)
    return [
        {
            "da": f"{name} er ikke i udtrækket, så disse er ikke opgjort: {', '.join(codes)}.",
            "en": f"{name} is not in the extract, so these were not counted: {', '.join(codes)}.",
        }
        for name, codes in sorted(by_register.items())
    ]


def _told_by_ruks(chosen: Chosen) -> list[dict[str, str]]:
    """What the register of chronic diseases tells, and what it does not."""
    told = {name for each in chosen.indicators for name in each.from_ruks}
    asked = {rule.disease for each in chosen.indicators for rule in each.diseases}
    if not told:
        return []
    by_rule = ", ".join(sorted(asked - told))
    names = ", ".join(sorted(told))
    da = f"{names} er efter registeret RUKS (kronikere)"
    en = f"{names} are by the register RUKS (kronikere)"
    if by_rule:
        da += f"; {by_rule} er ikke i registret og er efter vores egen definition"
        en += f"; {by_rule} are not in the register and are by our own definition"
    return [{"da": f"{da}.", "en": f"{en}."}]


def _own(folder: Path) -> tuple[Indicator, ...]:
    if not folder.is_dir() or not any(folder.glob("*.py")):
        raise BadInput(
            _("Datapakken blev ikke bygget."),
            [
                Fault(
                    "--definitions",
                    _("Mappen findes ikke, eller der er ingen definitioner i den."),
                    _("en mappe med mindst én fil, der ender på .py"),
                    _("Se docs/tutorials/first-indicator.md."),
                )
            ],
        )
    return load([folder])


def _delivered(registers: Path) -> frozenset[str]:
    """The registers that are there, by their canonical names."""
    if not registers.is_dir():
        return frozenset()
    folder = registers.resolve()
    return frozenset(name for name, t in catalogue.TABLES.items() if is_delivered(folder, t))


def _lacking(registers: Path, indicator: Indicator, delivered: frozenset[str]) -> Iterator[str]:
    if not registers.is_dir():
        return
    for name in registers_of(needed_for(indicator.tables, indicator.basis)):
        if name not in delivered:
            yield name
    yield from _lacking_numbers(registers.resolve(), indicator)


_NUMBERS = {("home_help", "minutes"): ("aefv", ("perpl_vis", "prahj_vis"))}
"""Numbers of the spine that some deliveries of a register do not have."""


def _lacking_numbers(registers: Path, indicator: Indicator) -> Iterator[str]:
    """A register that is there without the column the indicator adds up."""
    if indicator.adds is None or (indicator.adds.table, indicator.adds.name) not in _NUMBERS:
        return
    name, columns = _NUMBERS[indicator.adds.table, indicator.adds.name]
    table = catalogue.table(name)
    parts = find_register(registers, table).parts
    if parts and not any(p.layout.find(table.column(c)) for p in parts for c in columns):
        yield f"{name}.{columns[0]}"
