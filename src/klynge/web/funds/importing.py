"""A pool's history from a file: every fault told, then all of it posted or none.

A row is one entry, in the order it happened:

    dato;type;tekst;beløb;modtager[;bilag]

`ramme` and `retur` are about the pool; `tilsagn` gives `modtager` a grant called by `tekst`;
`udbetaling`, `regnskab`, `tilbagebetaling` and `bortfald` belong to the grant of that `modtager`
and `tekst`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.faults import BadInput, Fault
from klynge.web.accounts.models import User
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures import tables
from klynge.web.funds import accounts_rules, granting_rules, ledger, money, rules
from klynge.web.funds.models import Grant, Pool

FRAME, RETURN, GRANT, PAYMENT = "ramme", "retur", "tilsagn", "udbetaling"
ACCOUNTS, REPAYMENT, RELEASE = "regnskab", "tilbagebetaling", "bortfald"
COLUMNS = ("dato", "type", "tekst", "beløb", "modtager", "bilag")
WORDS = (
    (FRAME, gettext_lazy("penge fra kilden")),
    (RETURN, gettext_lazy("penge tilbage til kilden")),
    (GRANT, gettext_lazy("en bevilling til modtageren; teksten er dens navn")),
    (PAYMENT, gettext_lazy("en rate er betalt")),
    (ACCOUNTS, gettext_lazy("et godkendt regnskab")),
    (REPAYMENT, gettext_lazy("modtageren har betalt tilbage")),
    (RELEASE, gettext_lazy("resten af bevillingen bortfalder")),
)
OF_A_GRANT = (GRANT, PAYMENT, ACCOUNTS, REPAYMENT, RELEASE)
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


@dataclass(frozen=True)
class Row:
    """One entry of the file; `number` is its line."""

    number: int
    on: date
    kind: str
    text: str
    amount: int
    grantee: str
    voucher: str


def read(name: str, content: bytes, pool: Pool) -> list[Row]:
    """The entries of a file; BadInput with every fault, also those the books would refuse."""
    table = tables.read(name, content)
    missing = [column for column in COLUMNS[:5] if column not in table.columns]
    if missing:
        raise _refused(
            name,
            [
                Fault(
                    _("overskriftsrækken"),
                    _("Kolonner mangler: {names}.").format(names=", ".join(missing)),
                    ", ".join(COLUMNS),
                    _("Skriv kolonnernes navne i filens første række."),
                )
            ],
        )
    faults: list[Fault] = []
    rows = [row for number, cells in table.rows if (row := _row(number, cells, faults))]
    if not faults:
        faults += _tried(pool, rows)
    if faults:
        raise _refused(name, faults)
    return rows


def to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as they travel between looking through and posting."""
    return [asdict(row) | {"on": row.on.isoformat()} for row in rows]


def from_json(rows: Sequence[dict[str, Any]]) -> list[Row]:
    """The rows as they were looked through."""
    return [Row(**(row | {"on": date.fromisoformat(row["on"])})) for row in rows]


@transaction.atomic
def carry_out(*, by: User | None, pool: Pool, rows: Sequence[Row], file: str) -> int:
    """Post every row; BadInput and nothing posted when one of them may not be."""
    faults = _post(by, pool, rows)
    if faults:
        transaction.set_rollback(True)
        raise _refused(file, faults)
    return len(rows)


def _tried(pool: Pool, rows: Sequence[Row]) -> list[Fault]:
    """What the books would refuse: everything is posted, and taken back again."""
    with transaction.atomic():
        faults = _post(None, pool, rows)
        transaction.set_rollback(True)
    return faults


def _post(by: User | None, pool: Pool, rows: Sequence[Row]) -> list[Fault]:
    faults, given = [], _grants_of(pool)
    for row in rows:
        try:
            with transaction.atomic():
                _one(by, pool, row, given)
        except NotAllowed as refused:
            faults += [
                Fault(_("række {row}").format(row=row.number), reason, "", _("Ret rækken."))
                for reason in refused.reasons
            ]
    return faults


def _grants_of(pool: Pool) -> dict[tuple[str, str], Grant]:
    return {_name(each.grantee, each.title): each for each in pool.grants.all()}


def _one(by: User | None, pool: Pool, row: Row, given: dict[tuple[str, str], Grant]) -> None:
    name = _name(row.grantee, row.text)
    if row.kind == FRAME:
        rules.change_frame(
            by=by, pool=pool, amount=row.amount, valid_on=row.on, text=row.text, voucher=row.voucher
        )
    elif row.kind == RETURN:
        rules.return_to_source(by=by, pool=pool, amount=row.amount, valid_on=row.on, text=row.text)
    elif row.kind == GRANT:
        if name in given:
            raise NotAllowed(_("Modtageren har allerede en bevilling med det navn."))
        given[name] = granting_rules.grant(
            by=by,
            pool=pool,
            amount=row.amount,
            title=row.text,
            grantee=row.grantee,
            decision_text=row.voucher or _("Fra en indlæst fil"),
            decided_on=row.on,
            decided_by_body=str(pool.body),
            instalments=[{"amount": row.amount, "due_on": row.on}],
        )
    elif name not in given:
        raise NotAllowed(_("Der er ingen bevilling med den modtager og tekst før denne række."))
    else:
        _of_a_grant(by, given[name], row)


def _of_a_grant(by: User | None, grant: Grant, row: Row) -> None:
    if row.kind == PAYMENT:
        granting_rules.pay_part(
            by=by, grant=grant, amount=row.amount, valid_on=row.on, voucher=row.voucher
        )
    elif row.kind == ACCOUNTS:
        accounts_rules.account_for(by=by, grant=grant, amount=row.amount, valid_on=row.on)
    elif row.kind == REPAYMENT:
        granting_rules.repay(by=by, grant=grant, amount=row.amount, valid_on=row.on, text="")
    else:
        left = ledger.of_grant(grant)[ledger.Kind.RESERVED]
        if row.amount != left:
            raise NotAllowed(
                _("Der er {left} tilbage af bevillingen, og {amount} bortfalder.").format(
                    left=money.kroner(left), amount=money.kroner(row.amount)
                )
            )
        granting_rules.release(by=by, grant=grant, valid_on=row.on, reason=_("Fra en indlæst fil"))


def _row(number: int, cells: dict[str, str], faults: list[Fault]) -> Row | None:
    """One row, None when any of it is wrong. Every cell is looked at, so that all is told."""
    before = len(faults)
    on = _day(number, cells["dato"], faults)
    kind = cells["type"].casefold()
    if kind not in dict(WORDS):
        known = ", ".join(word for word, _about in WORDS)
        _fault(faults, number, "type", _("“{text}” er ikke en type.").format(text=kind), known)
    amount = _amount(number, cells["beløb"], faults)
    if not cells["tekst"]:
        _fault(faults, number, "tekst", _("Cellen er tom."), _("hvad det er"))
    if kind in OF_A_GRANT and not cells["modtager"]:
        _fault(faults, number, "modtager", _("Cellen er tom."), _("hvem der får pengene"))
    if len(faults) > before or on is None:
        return None
    voucher = cells.get("bilag", "")
    return Row(number, on, kind, cells["tekst"], amount, cells["modtager"], voucher)


def _day(number: int, text: str, faults: list[Fault]) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    problem = _("“{text}” er ikke en dato.").format(text=text) if text else _("Cellen er tom.")
    _fault(faults, number, "dato", problem, "2024-06-12")
    return None


def _amount(number: int, text: str, faults: list[Fault]) -> int:
    try:
        amount = money.read(text)
    except money.NotAnAmount:
        problem = _("“{text}” er ikke et beløb.").format(text=text[:40]) if text else ""
        _fault(faults, number, "beløb", problem or _("Cellen er tom."), "1.250.000,50")
        return 0
    if amount <= 0:
        _fault(faults, number, "beløb", _("Beløbet er ikke større end 0."), _("et beløb over 0"))
    return amount


def _fault(faults: list[Fault], row: int, column: str, problem: str, expected: str) -> None:
    where = _("række {row}, kolonne {column}").format(row=row, column=column)
    faults.append(Fault(where, problem, expected, _("Ret cellen, og indlæs filen igen.")))


def _name(grantee: str, title: str) -> tuple[str, str]:
    return " ".join(grantee.split()).casefold(), " ".join(title.split()).casefold()


def _refused(name: str, faults: Sequence[Fault]) -> BadInput:
    return BadInput(_("{name} kan ikke indlæses.").format(name=name), faults)
