"""The closing report of a hand-over: as text for a terminal, as a file, and for the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.bodies.handover import CARRY, CLOSE, COUNT, HOME, OERE
from klynge.web.bodies.standing import Body, body_called

Report = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True)
class Line:
    """One thing counted, of one kind: open before, what was done, open after."""

    title: str
    unit: str
    old_before: str
    carried: str
    closed: str
    home: str
    old_after: str
    new_before: str
    new_after: str


@dataclass(frozen=True)
class Handed:
    """One matter and where it went."""

    title: str
    detail: str
    goes: str
    address: str
    body: Body | None


def lines(report: Report) -> list[Line]:
    """The counts, one line a kind and unit."""
    return [_line(count, unit) for count in report.get("counts", ()) for unit in _units(count)]


def matters(report: Report, *, drafts: bool) -> list[tuple[str, list[Handed]]]:
    """What was handed over, by kind. drafts: for somebody who may read what was not out yet."""
    titles = {count["kind"]: count["title"] for count in report.get("counts", ())}
    found: dict[str, list[Handed]] = {}
    for row in report.get("matters", ()):
        body = body_called(*row["body"])
        if row.get("draft") and not drafts:
            handed = Handed(_("Ikke sendt ud"), "", row["goes"], "", body)
        else:
            handed = Handed(row["title"], row["detail"], row["goes"], row["address"], body)
        found.setdefault(titles.get(row["kind"], row["kind"]), []).append(handed)
    return list(found.items())


def bodies(report: Report) -> list[tuple[Body | None, Body | None]]:
    """Which body was followed by which."""
    return [
        (body_called(*pair["old"]), body_called(*pair["new"])) for pair in report.get("bodies", ())
    ]


def as_text(report: Report | None, *, dry_run: bool = False) -> str:
    """What was done, for a terminal."""
    if report is None:
        return _("Der er ikke mere at overdrage. Intet er ændret.")
    told = [_("{old} -> {new}").format(old=a, new=b) for a, b in _names(report)]
    for line in lines(report):
        told.append(
            _(
                "{title} ({unit}): {before} åbne, {carried} går over, {closed} afsluttes,"
                " {home} går hjem, {left} tilbage."
            ).format(
                title=line.title,
                unit=line.unit,
                before=line.old_before,
                carried=line.carried,
                closed=line.closed,
                home=line.home,
                left=line.old_after,
            )
        )
    told.append(_("Optællingen før og efter stemmer."))
    told.append(_("Prøve: intet er ændret.") if dry_run else _("Overdragelsen er gennemført."))
    return "\n".join(told)


def as_csv(report: Report, *, drafts: bool) -> str:
    """Every matter and where it went, with ; between the cells. drafts: as for `matters`."""
    text = io.StringIO()
    text.write("\ufeff")  # tells spreadsheets that it is UTF-8
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("slags"), _("organ"), _("sag"), _("oplysninger"), _("hvad skete")])
    for title, handed in matters(report, drafts=drafts):
        for one in handed:
            body = one.body.name if one.body else ""
            writer.writerow(
                [_safe(cell) for cell in (title, body, one.title, one.detail, one.goes)]
            )
    return text.getvalue()


def _names(report: Report) -> list[tuple[str, str]]:
    return [(pair["names"][0], pair["names"][1]) for pair in report.get("bodies", ())]


def _units(count: Mapping[str, Any]) -> list[str]:
    return sorted({COUNT, *count["old_before"], *count["new_after"]})


def _line(count: Mapping[str, Any], unit: str) -> Line:
    def said(amounts: Mapping[str, int]) -> str:
        return _said(amounts.get(unit, 0), unit)

    done = count["done"]
    return Line(
        title=count["title"],
        unit={COUNT: _("antal"), OERE: _("kr.")}.get(unit, unit),
        old_before=said(count["old_before"]),
        carried=said(done.get(CARRY, {})),
        closed=said(done.get(CLOSE, {})),
        home=said(done.get(HOME, {})),
        old_after=said(count["old_after"]),
        new_before=said(count["new_before"]),
        new_after=said(count["new_after"]),
    )


def _said(number: int, unit: str) -> str:
    """Øre as kroner, as in 12.500,75; anything else as a whole number."""
    if unit != OERE:
        return f"{number:,}".replace(",", ".")
    kroner, oere = divmod(abs(number), 100)
    sign = "-" if number < 0 else ""
    return f"{sign}{kroner:,}".replace(",", ".") + f",{oere:02}"


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
