"""The accounts of a pool on a day as a document, for its body, its holder and the auditor.

Drawn as PDF, or as DOCX to be signed and filed, by `klynge.web.documents`. Every amount is from the
ledger (`accounts_telling`); what the ledger does not know of the past is said in the notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.bodies import clock
from klynge.web.documents import (
    Block,
    Cell,
    Chart,
    Definitions,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
)
from klynge.web.funds import accounts_drawing, accounts_telling, classes, money, rules, telling
from klynge.web.funds.accounts_telling import OTHER_POOLS, AccountsTold, Flow, Rate, Received
from klynge.web.funds.forms import CERTAINTIES
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Accounts, Pool, PoolTerms

PARTS = (Kind.USED, Kind.PAID, Kind.RESERVED)


def document(pool: Pool, on: date) -> Document:
    """Everything from the frame to the last voucher, up to and with a day."""
    terms = rules.terms_on(pool, on)
    told = accounts_telling.of_pool(pool, on)
    return Document(
        title=_("Regnskab for {name}").format(name=pool.name),
        subtitle=f"{pool.body}. {_('Opgjort den')} {_day(on)}",
        language="en" if get_language() == "en" else "da",
        author=pool.holder,
        subject=str(pool.body),
        header=pool.name,
        made_at=clock.now().astimezone(UTC),
        blocks=(
            _about(pool, terms),
            Heading(1, _("Overblik")),
            *_overview(pool, on, told),
            Heading(1, _("Modtagere")),
            *_recipients(told),
            Heading(1, _("Bevillinger")),
            *_grants(told),
            Heading(1, _("Rater")),
            *_rates(told, on),
            Heading(1, _("Modtagernes regnskaber")),
            *_received(told),
            *_partners(told),
            *_shared(told),
            Heading(1, _("Saldobalance")),
            *_balance(told),
            Heading(1, _("Bevægelser")),
            *_entries(pool, on),
            Heading(1, _("Underskrifter")),
            _signatures(pool),
            *_notes(pool, terms, on),
        ),
    )


def _about(pool: Pool, terms: PoolTerms) -> Definitions:
    pairs = [
        (_("Formål"), terms.purpose),
        (_("Kilde til pengene"), pool.source),
        (_("Forvalter"), pool.holder),
        (_("Periode"), f"{_day(pool.first_day)} – {_day(pool.last_day)}"),
        (_("Det, der er tilovers"), terms.get_carry_over_display()),
    ]
    if terms.refused:
        refused = ", ".join(classes.title(kind).lower() for kind in terms.refused)
        pairs.append((_("Betaler ikke"), f"{refused} ({terms.ground})"))
    if terms.limits:
        pairs.append((_("Andre grænser"), terms.limits))
    return Definitions(tuple(pairs))


def _overview(pool: Pool, on: date, told: AccountsTold) -> Iterator[Block]:
    """From the frame to what is free, and where the money is."""
    words = {
        Flow.FRAME: _("Ramme, modtaget fra kilden"),
        Flow.RECEIVED: _("Overført fra andre puljer"),
        Flow.PASSED_ON: _("Overført til andre puljer"),
        Flow.RETURNED: _("Betalt tilbage til kilden"),
        Flow.GRANTED: _("Bevilget"),
        Flow.RELEASED: _("Bevilget, men bortfaldet"),
        Flow.REPAID: _("Betalt tilbage af modtagerne"),
        Flow.SHARED: _("Fordelt og udbetalt"),
    }
    usual = (Flow.FRAME, Flow.GRANTED)
    rows = [
        (words[flow], _right(amount))
        for flow, amount in told.flows.items()
        if amount or flow in usual
    ]
    left = (_("Ledige midler"), _right(sum(told.flows.values())))
    yield Table(
        (_("Fra ramme til ledige midler"), _head(_("Kroner"))),
        (*rows, left),
        _("Ind er uden fortegn, ud er med minus"),
        row_heads=True,
        widths=(3, 1),
    )
    now = telling.pool(pool, on)
    if not now.parts:
        return
    kinds = [kind for kind, *_rest in now.parts]
    where = Table(
        (_("Hvor pengene er"), _head(_("Kroner"))),
        (
            *((str(Kind(kind).label), _right(amount)) for kind, amount, *_rest in now.parts),
            (_("I alt"), _right(now.frame)),
        ),
        row_heads=True,
        widths=(3, 1),
    )
    yield Chart(
        accounts_drawing.svg([(pool.name, now.sums)], kinds),
        _("Puljens penge efter, hvor de er. Tallene står i tabellen."),
        caption=_("Hvor puljens penge er den {day}").format(day=_day(on)),
        data=where,
    )


def _recipients(told: AccountsTold) -> Iterator[Block]:
    if not told.recipients:
        yield Paragraph(_("Der er ikke bevilget noget endnu."))
        return
    titles = (
        _("Bevilget"),
        _("Ikke udbetalt"),
        _("Afventer regnskab"),
        _("Anvendt"),
        _("Bortfaldet"),
        _("Betalt tilbage"),
    )
    amounts = [
        (each.granted, each.reserved, each.paid, each.used, each.released, each.repaid)
        for each in told.recipients
    ]
    rows = [
        (each.name, *map(_right, row)) for each, row in zip(told.recipients, amounts, strict=True)
    ]
    total = (_("I alt"), *(_right(sum(column)) for column in zip(*amounts, strict=True)))
    yield Table(
        (_("Modtager"), *map(_head, titles)),
        (*rows, total),
        row_heads=True,
        widths=(2, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4),
    )
    bars = [
        (each.name, {Kind.USED: each.used, Kind.PAID: each.paid, Kind.RESERVED: each.reserved})
        for each in told.recipients
    ]
    if any(sum(sums.values()) for _name, sums in bars):
        yield Chart(
            accounts_drawing.svg(bars, PARTS),
            _("Hver modtagers bevillinger efter, hvor pengene er. Tallene står i tabellen."),
            caption=_("Modtagernes bevillinger, efter hvad der er sket med pengene"),
        )


def _grants(told: AccountsTold) -> Iterator[Block]:
    rows = tuple(
        (
            f"{one.grant.title}\n{one.grant.grantee}. {one.grant.decision_text},"
            f" {_day(one.grant.decided_on)}",
            *map(_right, (one.grant.amount, one.reserved, one.paid, one.used, one.given_back)),
        )
        for each in told.recipients
        for one in each.grants
    )
    if not rows:
        yield Paragraph(_("Der er ikke bevilget noget endnu."))
        return
    titles = (
        _("Bevilget"),
        _("Ikke udbetalt"),
        _("Afventer regnskab"),
        _("Anvendt"),
        _("Tilbage i puljen"),
    )
    head = (_("Bevilling"), *map(_head, titles))
    yield Table(head, rows, row_heads=True, widths=(3, 1.4, 1.4, 1.4, 1.4, 1.4))


def _rates(told: AccountsTold, on: date) -> Iterator[Block]:
    if not told.rates:
        yield Paragraph(_("Der er ingen rater."))
        return
    rows = tuple(
        (
            f"{rate.it.grant.title}\n{rate.it.grant.grantee}",
            str(rate.it.number),
            _short(rate.it.due_on),
            _state(rate),
            _right(rate.it.amount),
        )
        for rate in told.rates
    )
    head = (_("Bevilling"), _("Rate"), _("Betales"), _("Tilstand"), _head(_("Kroner")))
    yield Table(head, rows, row_heads=True, widths=(3, 0.6, 1.1, 2, 1.4))
    if on < clock.today():
        yield Note(
            _("Hvornår en rate er bortfaldet, registreres ikke: en rate, der er bortfaldet i dag,"
              " står som bortfaldet, også når der opgøres på en tidligere dato. Beløbene i de andre"
              " tabeller er fra bogføringen og passer på datoen.")
        )  # fmt: skip


def _state(rate: Rate) -> str:
    if rate.paid_on:
        voucher = rate.it.entry.voucher if rate.it.entry else ""
        paid = _("Betalt {day}").format(day=_short(rate.paid_on))
        return _("{paid}, {voucher}").format(paid=paid, voucher=voucher) if voucher else paid
    if rate.it.dropped:
        return _("Bortfaldet")
    if rate.it.condition and not rate.it.condition.met_on:
        return _("Venter på: {condition}").format(condition=rate.it.condition.text)
    return _("Ikke betalt, fristen er gået") if rate.is_late else _("Ikke betalt endnu")


def _received(told: AccountsTold) -> Iterator[Block]:
    if not told.received:
        yield Paragraph(_("Der er ikke modtaget regnskaber endnu."))
        return
    rows = tuple(
        (
            f"{one.it.grant.title}\n{one.it.grant.grantee}",
            f"{_short(one.it.first_day)} – {_short(one.it.last_day)}",
            _answered(one),
            _right(one.it.used),
        )
        for one in told.received
    )
    head = (_("Bevilling"), _("Periode"), _("Tilstand"), _head(_("Brugt")))
    yield Table(head, rows, row_heads=True, widths=(3, 1.8, 1.8, 1.4))


def _answered(one: Received) -> str:
    if one.approved_on:
        return _("Godkendt {day}").format(day=_short(one.approved_on))
    if one.it.status == Accounts.Status.RETURNED:
        return _("Sendt retur")
    return _("Modtaget, ikke godkendt endnu")


def _partners(told: AccountsTold) -> Iterator[Block]:
    """What the partners of the granted projects pay themselves, as they wrote when they applied."""
    if not told.partners:
        return
    yield Heading(1, _("Egenfinansiering"))
    rows = tuple(
        (
            str(each.organisation),
            f"{each.application.grant.title}\n{each.application.grant.grantee}",
            _right(each.own_money),
        )
        for each in told.partners
    )
    total = (_("I alt"), "", _right(sum(each.own_money for each in told.partners)))
    yield Table(
        (_("Part"), _("Projekt"), _head(_("Kroner"))),
        (*rows, total),
        row_heads=True,
        widths=(2, 3, 1.4),
    )
    yield Note(
        _("Parternes egne penge er, som de stod i ansøgningerne. De er ikke en del af puljen og"
          " er ikke bogført i den.")
    )  # fmt: skip


def _shared(told: AccountsTold) -> Iterator[Block]:
    if told.shared:
        yield Heading(1, _("Fordelt og udbetalt"))
        rows = tuple((name, _right(amount)) for name, amount in told.shared)
        total = (_("I alt"), _right(sum(amount for _name, amount in told.shared)))
        yield Table(
            (_("Modtager"), _head(_("Kroner"))), (*rows, total), row_heads=True, widths=(3, 1)
        )


def _balance(told: AccountsTold) -> Iterator[Block]:
    """Every kind of account with both its sides: they agree, or the books are wrong."""
    if not told.balance:
        yield Paragraph(_("Der er ingen bevægelser på denne dato."))
        return
    rows = tuple(
        (
            _("Andre puljer") if line.kind == OTHER_POOLS else str(Kind(line.kind).label),
            *map(_right, (line.debit, line.credit, line.balance)),
        )
        for line in told.balance
    )
    total = (
        _("I alt"),
        _right(sum(line.debit for line in told.balance)),
        _right(sum(line.credit for line in told.balance)),
        _right(sum(line.balance for line in told.balance)),
    )
    head = (_("Konto"), *map(_head, (_("Debet"), _("Kredit"), _("Saldo"))))
    yield Table(head, (*rows, total), row_heads=True, widths=(3, 1.5, 1.5, 1.5))


def _entries(pool: Pool, on: date) -> Iterator[Block]:
    rows = tuple(
        (
            str(line.entry.number),
            _short(line.entry.valid_on),
            f"{line.entry.text} ({line.entry.voucher})" if line.entry.voucher else line.entry.text,
            _right(line.amount),
            _right(line.left),
        )
        for line in telling.statement(pool, on)
    )
    if not rows:
        yield Paragraph(_("Der er ingen bevægelser på denne dato."))
        return
    head = (_("Bilag"), _("Dato"), _("Hvad"), _head(_("Beløb")), _head(_("Ledigt efter")))
    yield Table(head, rows, row_heads=True, widths=(0.7, 1.2, 4, 1.5, 1.5))


def _signatures(pool: Pool) -> Definitions:
    line = _("Dato og underskrift: ") + "_" * 30
    return Definitions(((_("For {holder}").format(holder=pool.holder), line), (_("Revisor"), line)))


def _notes(pool: Pool, terms: PoolTerms, on: date) -> Iterator[Block]:
    facts = _("Oplysninger om puljen: {source} ({certainty}).")
    yield Note(
        facts.format(source=terms.fact_source, certainty=str(dict(CERTAINTIES)[terms.certainty]))
    )
    words = _(
        "Alle bilag til og med {day}, som de var registreret, da regnskabet blev dannet den {made}."
        " Bilag slettes og ændres ikke; en fejl rettes med et modsat bilag."
    )
    yield Note(words.format(day=_day(on), made=_day(timezone.localtime(clock.now()).date())))
    if pool.closed_on and pool.closed_on <= on:
        words = _("Puljen er lukket den {day}: {why}")
        yield Note(words.format(day=_day(pool.closed_on), why=pool.closing_note))


def _head(text: str) -> Cell:
    return Cell(text, right=True)


def _right(ore: int) -> Cell:
    return Cell(money.exact(ore), right=True)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _short(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
