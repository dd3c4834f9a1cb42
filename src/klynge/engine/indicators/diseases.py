"""A chronic disease from its codelist; its columns are told in `klynge.engine.spine.chronic`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from klynge.engine.indicators.codelists import Code, Codelist
from klynge.engine.indicators.words import nearest, refuse
from klynge.engine.spine.chronic import REGISTERS, ROLES, ChronicCode, ChronicRule
from klynge.texts import _


def chronic_disease(name: str, codes: Codelist, **rule: Any) -> ChronicRule:
    """The rule for the disease `name`: by default one diagnosis, or two dispensings on different
    days. `rule` holds what else there is to say, by the names of `ChronicRule`."""
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
    known = [field.name for field in fields(ChronicRule)[2:]]
    unknown = [word for word in rule if word not in known]
    if unknown:
        raise refuse(
            _("Reglen for {name} har noget, der hedder '{word}'.").format(
                name=name, word=unknown[0]
            ),
            _("en af: {words}").format(words=", ".join(known)),
            nearest(unknown[0], known),
        )
    return ChronicRule(name, tuple(map(_code, codes.codes)), sources=codes.sources, **rule)


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
