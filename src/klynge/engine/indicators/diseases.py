"""A chronic disease from its codelist; its columns are told in `klynge.engine.spine.chronic`."""

from __future__ import annotations

from klynge.engine.indicators.codelists import Code, Codelist
from klynge.engine.indicators.words import refuse
from klynge.engine.spine.chronic import REGISTERS, ROLES, ChronicCode, ChronicRule
from klynge.texts import _


def chronic_disease(
    name: str, codes: Codelist, *, from_age: int = 0, dispensings_within: int | None = None
) -> ChronicRule:
    """The rule for the disease `name`: one diagnosis, or two dispensings on different days.

    from_age: what happened at a younger age does not count.
    dispensings_within: at most so many days between the two; None for any number.
    """
    wrong = [line.code for line in codes.codes if not _is_right(line)]
    if wrong:
        raise refuse(
            _(
                "Kodelisten {name} siger ikke, hvad disse koder betyder for sygdommen: {codes}."
            ).format(name=codes.name, codes=", ".join(wrong)),
            _("register: {registers}; role: {roles}; not_women_under: tom eller en alder").format(
                registers=" / ".join(REGISTERS), roles=" / ".join(ROLES)
            ),
            _("Ret kodelisten."),
        )
    return ChronicRule(
        name, tuple(map(_code, codes.codes)), from_age, dispensings_within, codes.sources
    )


def _is_right(line: Code) -> bool:
    limit = line.get("not_women_under")
    return (
        line.get("register") in REGISTERS
        and line.get("role") in ROLES
        and (not limit or limit.isdecimal())
    )


def _code(line: Code) -> ChronicCode:
    limit = line.get("not_women_under")
    return ChronicCode(
        line.get("register"),
        line.get("role"),
        line.code,
        line.match == "prefix",
        int(limit) if limit else None,
    )
