"""A place's year as papers: the status to its own bodies, what the SSU asks for in its yearly
review, and the orientation to each kommune's committee in the format of that authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.bodies import clock
from klynge.web.decisions.models import Decision
from klynge.web.documents import (
    Block,
    Cell,
    Chart,
    Definitions,
    Document,
    Heading,
    Listed,
    Note,
    Paragraph,
    Table,
    word,
)
from klynge.web.funds import money
from klynge.web.funds.yearly import GoalTold, InitiativeTold, PoolTold, Status
from klynge.web.goals import drawing
from klynge.web.goals.models import Goal
from klynge.web.initiatives.models import Initiative
from klynge.web.meetings.papers import rules as templates
from klynge.web.meetings.papers import template_uses
from klynge.web.meetings.papers.case_formats import CaseFormat


def status(told: Status) -> Document:
    """The status of the year, to the place's own bodies."""
    blocks = (
        Heading(1, _("Mål")),
        *_goals(told.goals),
        Heading(1, _("Initiativer")),
        *_initiatives(told.initiatives),
        Heading(1, _("Penge")),
        *_money(told.pools),
        Heading(1, _("Beslutninger")),
        *_decisions(told),
        Heading(1, _("Møder")),
        *_meetings(told),
        *_notes(told),
    )
    title = _("Årsstatus {year} for {place}").format(year=told.year, place=told.place.name)
    return _document(told, title, blocks)


def for_review(told: Status) -> Document:
    """What the place adds to the SSU's yearly review: goals under the agreement, work and money."""
    blocks: list[Block] = []
    for agreement, rows in groupby(told.goals, key=lambda row: row.it.agreement):
        blocks += [
            Heading(1, agreement or _("Egne mål")),
            *_goals(tuple(rows)),
        ]
    blocks += [
        Heading(1, _("Initiativer")),
        *_initiatives(told.initiatives),
        Heading(1, _("Penge")),
        *_money(told.pools),
        *_notes(told),
    ]
    words = _("Bidrag fra {place} til sundhedssamarbejdsudvalgets årlige opfølgning {year}")
    return _document(told, words.format(place=told.place.name, year=told.year), tuple(blocks))


def orientation(told: Status, form: CaseFormat, committee: str) -> Document:
    """The year as a case for a committee, under the headings its authority uses."""
    fields = _fields(told, form, committee)
    blocks: list[Block] = list(fields["oplysninger"])
    for section in form.sections:
        inside = fields.get(section.field, ())
        if inside or section.keep_empty:
            heading = section.heading.format(
                udvalg=fields["udvalg"], dato="…", organ=told.place.name
            )
            blocks += [Heading(1, heading), *inside]
    made = _document(told, fields["titel"], tuple(blocks))
    return Document(
        title=made.title,
        subtitle=fields["undertitel"],
        blocks=made.blocks,
        made_at=made.made_at,
        author=made.author,
        header=fields["undertitel"],
    )


def orientation_docx(told: Status, form: CaseFormat, committee: str) -> bytes:
    """The same in the secretary's own template for that authority."""
    fields = _fields(told, form, committee)
    use = template_uses.uses()[f"{template_uses.CASE}{form.id}"]
    return word.fill(
        templates.in_force(use),
        fields,
        title=fields["titel"],
        made_at=clock.now().astimezone(UTC),
        author=told.place.name,
    )


def _fields(told: Status, form: CaseFormat, committee: str) -> dict[str, Any]:
    """Every field a case may ask for; those that only the authority can fill in are empty."""
    name = told.place.name
    return {
        "titel": f"Orientering: Årsstatus {told.year} for {name}",
        "undertitel": committee,
        "myndighed": committee,
        "udvalg": "udvalget",
        "dato": "",
        "sagsnummer": "",
        "organ": name,
        "moededato": _day(told.on),
        "oplysninger": (
            Definitions(
                ((form.case_number_label, "(udfyldes)"), ("Kommer fra", f"{name}, {_day(told.on)}"))
            ),
        ),
        "sagsresume": (Paragraph(_summary(told)),),
        "sagsfremstilling": (
            Heading(2, "Mål"),
            *_goals(told.goals, level=3),
            Heading(2, "Initiativer"),
            *_initiatives(told.initiatives, level=3),
        ),
        "oekonomi": tuple(_money(told.pools)),
        "lighed": tuple(
            Paragraph(f"{one.it.title}: {one.it.equality}")
            for one in told.initiatives
            if one.it.equality
        ),
        "videre_proces": (),
        "behandling": tuple(_decisions(told)),
        "indstilling": (
            Paragraph(form.recommends or "Administrationen indstiller,"),
            Listed(((Paragraph("at orienteringen tages til efterretning"),),), ordered=True),
        ),
        "beslutning": (),
        "bilag": (),
        "tal": (),
    }


def _summary(told: Status) -> str:
    counts = {
        "goals": len(told.goals),
        "signs": sum(bool(one.progress.signs) for one in told.goals),
        "works": len(told.initiatives),
        "running": sum(one.state == Initiative.State.RUNNING for one in told.initiatives),
        "granted": money.kroner(sum(one.told.committed for one in told.pools)),
    }
    return (
        "{place} har {goals} mål, og {signs} af dem viser tegn på en ændring. Der er {works}"
        " initiativer, og {running} af dem er i gang. Bevilget i alt: {granted}"
    ).format(place=told.place.name, **counts)


def _document(told: Status, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        subtitle=_("Opgjort den {day}").format(day=_day(told.on)),
        blocks=blocks,
        made_at=clock.now().astimezone(UTC),
        language="en" if get_language() == "en" else "da",
        author=told.place.name,
        header=told.place.name,
    )


def _goals(rows: Iterable[GoalTold], level: int = 2) -> Iterator[Block]:
    rows = tuple(rows)
    if not rows:
        yield Paragraph(_("Der er ingen mål."))
    for one in rows:
        goal, progress = one.it, one.progress
        yield Heading(level, goal.title)
        words = _("Fra {baseline} til {target} {unit} senest {day}. {state}.")
        yield Paragraph(
            words.format(
                baseline=_number(goal.baseline),
                target=_number(goal.target),
                unit=progress.readings.unit,
                day=_day(goal.target_on),
                state=Goal.State(one.state).label,
            )
        )
        said = [sign.words for sign in progress.signs] or [progress.headline]
        yield Listed(tuple((Paragraph(text),) for text in (*said, progress.target) if text))
        if progress.chart is not None:
            language = "en" if get_language() == "en" else "da"
            svg = drawing.svg(goal, progress, language, _("Måltal"), narrow=False)
            yield Chart(svg, drawing.in_words(goal, progress), caption=progress.kind)
        yield Note(_source(one))


def _source(one: GoalTold) -> str:
    goal, progress = one.it, one.progress
    if goal.own_indicator is not None:
        words = _("{title}: {definition} Kilde: {source}.")
        own = goal.own_indicator
        return words.format(title=own.title, definition=own.definition, source=own.source)
    return _("Kilde: {pack}.").format(pack=progress.readings.pack or goal.baseline_pack)


def _initiatives(rows: Iterable[InitiativeTold], level: int = 2) -> Iterator[Block]:
    rows = tuple(rows)
    if not rows:
        yield Paragraph(_("Der er ingen initiativer."))
    states = dict(Initiative.State.choices)
    for one in rows:
        yield Heading(level, one.it.title)
        facts = [(_("Tilstand"), str(states[one.state])), (_("Organ"), str(one.it.body))]
        if one.began:
            facts.append((_("Begyndte med tallet"), one.began))
        if one.it.starts_on:
            facts.append((_("Begyndte"), _day(one.it.starts_on)))
        if one.it.leader:
            facts.append((_("Projektleder"), str(one.it.leader)))
        yield Definitions(tuple(facts))
        yield Paragraph(one.it.purpose or one.it.need)
        if one.report:
            words = _("Status {day}: {going}. {text}")
            yield Paragraph(
                words.format(
                    day=_day(one.report.at.date()),
                    going=one.report.get_going_display(),
                    text=one.report.text,
                )
            )
        if one.effect:
            yield Paragraph(_("Hjalp det?"))
            yield Listed(tuple((Paragraph(text),) for text in one.effect))
        if one.measured:
            yield Note(one.measured)


def _money(pools: Iterable[PoolTold]) -> Iterator[Block]:
    pools = tuple(pools)
    if not pools:
        yield Paragraph(_("Der er ingen puljer."))
        return
    head = (_("Pulje"), *map(_right, (_("Ramme"), _("Bevilget"), _("Anvendt"), _("Ledigt"))))
    rows = tuple(
        (
            one.told.pool.name,
            *(
                _right(money.exact(ore))
                for ore in (one.told.frame, one.told.committed, one.told.used, one.told.free)
            ),
        )
        for one in pools
    )
    yield Table(head, rows, _("Puljer i kroner"), row_heads=True, widths=(3, 1.5, 1.5, 1.5, 1.5))
    given = tuple(
        (
            f"{each.grant.title}\n{each.grant.grantee}. {each.grant.decision_text}",
            _right(money.exact(each.grant.amount)),
            _right(money.exact(each.used)),
        )
        for one in pools
        for each in one.grants
    )
    if given:
        head = (_("Bevilling"), _right(_("Bevilget")), _right(_("Anvendt")))
        yield Table(head, given, _("Bevillinger i kroner"), row_heads=True, widths=(4, 1.5, 1.5))


def _decisions(told: Status) -> Iterator[Block]:
    found = told.decided
    words = _("Truffet i {year}: {n}. Åbne: {open}, heraf over fristen: {late}.")
    yield Paragraph(
        words.format(
            n=len(found.of_year) + found.closed,
            year=told.year,
            open=len(found.open) + len(found.late),
            late=len(found.late),
        )
    )
    for title, rows in ((_("Over fristen"), found.late), (_("Åbne"), found.open)):
        if rows:
            head = (_("Beslutning"), _("Ansvarlig"), _("Frist"))
            yield Table(
                head, tuple(map(_decision, rows)), title, row_heads=True, widths=(4, 2, 1.3)
            )
    if found.closed:
        yield Note(_("Lukkede beslutninger, der er talt med og ikke gengivet: {n}.").format(
            n=found.closed))  # fmt: skip


def _decision(one: Decision) -> tuple[str, str, str]:
    return (
        f"{one.text}\n{_day(one.decided_on)}, {one.body}",
        str(one.responsible or one.organisation or "–"),
        _day(one.deadline) if one.deadline else "–",
    )


def _meetings(told: Status) -> Iterator[Block]:
    rows = tuple(
        (body.kind_name, found.in_words or _("Loven siger ikke, hvor mange der skal holdes."),
         found.paragraph or "–")
        for body, found in told.meetings
    )  # fmt: skip
    if rows:
        head = (_("Organ"), _("Møder i året"), _("Hjemmel"))
        yield Table(head, rows, _("Møder mod det mindste antal"), row_heads=True)


def _notes(told: Status) -> Iterator[Block]:
    said = _("Mål læses på kontroldiagrammer: en ændring nævnes først, når tilfældet ikke er nok"
             " til at forklare den. En effekt måles kun på datapakkens tal.")  # fmt: skip
    if not told.is_whole:
        said = f"{said} {_('Året er ikke gået endnu.')}"
    yield Note(said)
    if told.looks_back:
        yield from _not_of_the_past(told)


def _not_of_the_past(told: Status) -> Iterator[Block]:
    """What the rooms keep only as it is now, so that nobody takes it for what it was then."""
    yield Heading(1, _("Hvad der er opgjort på dagen, og hvad der er, som det er nu"))
    words = _(
        "Puljer, bevillinger, mødernes antal og tilstanden for mål, initiativer og beslutninger er,"
        " som de stod den {day}."
    )
    yield Paragraph(words.format(day=_day(told.on)))
    kept = (
        _("Tal er fra den datapakke, der er i brug nu. Perioder, der ikke var kendt på dagen, er"
          " ikke med, men en periode kan være opgjort på ny siden."),
        _("Målinger, som organet selv har indtastet, er fra dem, der står der nu. En måling kan"
          " være indtastet eller rettet efter dagen."),
        _("Titler, formål, projektleder, måltal og datoer for mål og initiativer er, som de er"
          " skrevet nu."),
        _("Hvem der er ansvarlig for en beslutning, og hvad fristen er, er, som det er nu."),
        _("Bilag er regnet med efter deres dato, også når de er bogført efter dagen."),
    )  # fmt: skip
    yield Listed(tuple((Paragraph(text),) for text in kept))


def _right(text: str) -> Cell:
    return Cell(text, right=True)


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if get_language() == "en" else text.replace(".", ",")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
