"""The accounts of a pool on a day as a document, drawn as PDF by `klynge.web.documents`."""

from __future__ import annotations

from datetime import UTC, date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.bodies import clock
from klynge.web.documents import (
    Block,
    Cell,
    Definitions,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
)
from klynge.web.funds import money, rules, telling
from klynge.web.funds.forms import CERTAINTIES
from klynge.web.funds.models import Account, Pool


def document(pool: Pool, on: date) -> Document:
    """Overview, grants and every entry up to a day, with where the pool's facts are from."""
    terms = rules.terms_on(pool, on)
    sure = str(dict(CERTAINTIES)[terms.certainty])
    facts = _("Oplysninger om puljen: {source} ({certainty}).")
    return Document(
        title=_("Regnskab for {name}").format(name=pool.name),
        subtitle=f"{pool.body}. {_('Opgjort den')} {_day(on)}",
        language="en" if get_language() == "en" else "da",
        author=pool.holder,
        subject=str(pool.body),
        header=pool.name,
        made_at=clock.now().astimezone(UTC),
        blocks=(
            Definitions(
                (
                    (_("Formål"), terms.purpose),
                    (_("Kilde til pengene"), pool.source),
                    (_("Forvalter"), pool.holder),
                    (_("Periode"), f"{_day(pool.first_day)} – {_day(pool.last_day)}"),
                )
            ),
            Heading(1, _("Overblik")),
            _overview(pool, on),
            Heading(1, _("Bevillinger")),
            *_grants(pool, on),
            Heading(1, _("Bevægelser")),
            *_entries(pool, on),
            Note(facts.format(source=terms.fact_source, certainty=sure)),
        ),
    )


def _overview(pool: Pool, on: date) -> Table:
    told = telling.pool(pool, on)
    first = (_("Modtaget fra kilden og andre puljer, netto"), _right(told.frame))
    parts = (
        (str(Account.Kind(kind).label), _right(amount)) for kind, amount, _at, _width in told.parts
    )
    return Table((_("Konto"), _head(_("Kroner"))), (first, *parts), row_heads=True, widths=(3, 1))


def _grants(pool: Pool, on: date) -> tuple[Block, ...]:
    rows = tuple(
        (
            f"{one.grant.title}\n{one.grant.grantee}. {one.grant.decision_text}",
            *map(_right, (one.grant.amount, one.reserved, one.paid, one.used, one.given_back)),
        )
        for one in telling.grants(pool, on)
    )
    if not rows:
        return (Paragraph(_("Der er ikke bevilget noget endnu.")),)
    titles = (
        _("Bevilget"),
        _("Ikke udbetalt"),
        _("Afventer regnskab"),
        _("Anvendt"),
        _("Tilbage i puljen"),
    )
    head = (_("Bevilling"), *map(_head, titles))
    return (Table(head, rows, row_heads=True, widths=(3, 1.4, 1.4, 1.4, 1.4, 1.4)),)


def _entries(pool: Pool, on: date) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(line.entry.number),
            f"{line.entry.valid_on.day}.{line.entry.valid_on.month}.{line.entry.valid_on.year}",
            line.entry.text,
            _right(line.amount),
            _right(line.left),
        )
        for line in telling.statement(pool, on)
    )
    if not rows:
        return (Paragraph(_("Der er ingen bevægelser på denne dato.")),)
    head = (_("Bilag"), _("Dato"), _("Hvad"), _head(_("Beløb")), _head(_("Ledigt efter")))
    return (Table(head, rows, row_heads=True, widths=(0.7, 1.2, 4, 1.5, 1.5)),)


def _head(text: str) -> Cell:
    return Cell(text, right=True)


def _right(ore: int) -> Cell:
    return Cell(money.exact(ore), right=True)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
