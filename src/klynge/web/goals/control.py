"""How far a goal is: its series on a control chart, and what may be said of it in words.

Never a bare arrow: a series goes up and down by itself. `klynge.methods` works the limits out, and
Anhøj's rules say whether a change is more than chance explains. Where there is too little to tell,
that is what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge import methods
from klynge.methods import Chart
from klynge.web.figures import numbers
from klynge.web.goals.models import Goal
from klynge.web.goals.readings import Reading, Readings

FEWEST_POINTS = 10
"""With fewer useful points the rules of runs are blunt (Anhøj & Olesen 2014)."""
FEWEST_EVENTS = 5
"""Counts smaller than this swing so much by themselves that limits say nothing."""
LARGE = 1000
"""From this many in the denominator the limits must hold the variation between periods too."""


@dataclass(frozen=True)
class Sign:
    """Something that chance does not explain, in words.

    better: whether it is the goal's way. periods: those that make it up.
    """

    words: str
    better: bool | None
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """A goal's series with its limits, and what it says.

    chart: None when there is nothing to draw. kind: which control chart it is, in words.
    too_little: why nothing can be told yet; empty when something can.
    special: positions in the series that are part of a sign.
    """

    readings: Readings
    chart: Chart | None
    kind: str
    signs: tuple[Sign, ...]
    too_little: str
    target: str
    special: frozenset[int] = frozenset()

    @property
    def headline(self) -> str:
        """The one line that a list shows."""
        if self.too_little:
            return self.too_little
        if not self.signs:
            return _("Ingen tegn på andet end tilfældige udsving.")
        return self.signs[0].words


def of(goal: Goal, readings: Readings) -> Progress:
    """The progress of a goal."""
    rows = readings.rows
    if not rows:
        return Progress(readings, None, "", (), _no_rows(readings), "")
    chart, kind = chart_of(readings)
    too_little = _too_little(readings, chart)
    signs = () if too_little else tuple(_signs(goal, readings, chart))
    special = {period for sign in signs for period in sign.periods}
    return Progress(
        readings,
        chart,
        kind,
        signs,
        too_little,
        _against_target(goal, rows[-1]),
        frozenset(at for at, row in enumerate(rows) if row.period in special),
    )


def chart_of(readings: Readings) -> tuple[Chart, str]:
    """The control chart that fits what is measured, and what it is called."""
    rows = readings.rows
    tops = [row.numerator for row in rows]
    bottoms = [row.denominator for row in rows]
    counted = all(top is not None and bottom for top, bottom in zip(tops, bottoms, strict=True))
    if not counted or readings.kind == "number":
        name = _("Kontroldiagram for enkelte målinger (XmR)")
        return methods.xmr([row.value for row in rows]), name
    large = min(bottom or 0 for bottom in bottoms) >= LARGE
    if readings.kind == "share":
        make = methods.p_prime_chart if large else methods.p_chart
        plain, wide = _("Kontroldiagram for andele (p)"), _("Kontroldiagram for andele (p′, Laney)")
    else:
        make = methods.u_prime_chart if large else methods.u_chart
        plain = _("Kontroldiagram for hyppigheder (u)")
        wide = _("Kontroldiagram for hyppigheder (u′, Laney)")
    return make(tops, bottoms, per=readings.per), wide if large else plain


def _no_rows(readings: Readings) -> str:
    if readings.hidden:
        return _("Alle tal er skjult: der er for få personer bag.")
    return _("Der er ingen målinger endnu.")


def _too_little(readings: Readings, chart: Chart) -> str:
    tops = sorted(row.numerator for row in readings.rows if row.numerator is not None)
    if tops and tops[len(tops) // 2] < FEWEST_EVENTS:
        return _("For små tal til at sige noget endnu: under {n} i en almindelig periode.").format(
            n=FEWEST_EVENTS
        )
    if chart.useful < FEWEST_POINTS:
        count = len(readings.rows)
        return ngettext(
            "For få målinger til at sige noget endnu: {n} måling, og der skal {least} til.",
            "For få målinger til at sige noget endnu: {n} målinger, og der skal {least} til.",
            count,
        ).format(n=count, least=FEWEST_POINTS)
    return ""


def _signs(goal: Goal, readings: Readings, chart: Chart) -> list[Sign]:
    """Single periods beyond the limits first; runs and crossings are judged without them, for one
    leap moves the centre line, and all the others would seem to lie on one side of it."""
    rows = readings.rows
    out = {at for s in chart.signals if s.rule == "outside_limits" for at in s.points}
    found = [_outside(goal, rows[at], chart, at) for at in sorted(out)]
    rest = tuple(row for at, row in enumerate(rows) if at not in out)
    if len(rest) < FEWEST_POINTS:
        return found
    rows, chart = rest, chart_of(replace(readings, rows=rest))[0]
    runs = [signal.points for signal in chart.signals if signal.rule == "long_run"]
    if runs:
        found.append(_run(goal, rows, chart, max(runs)))
    elif any(signal.rule == "few_crossings" for signal in chart.signals):
        words = _(
            "Niveauet har flyttet sig: kurven krydser midterlinjen {n} gange, og mindst"
            " {least} var at vente."
        ).format(n=chart.crossings, least=chart.crossings_min)
        found.append(Sign(words, _moved(goal, chart)))
    return found


def _outside(goal: Goal, row: Reading, chart: Chart, at: int) -> Sign:
    above = bool(row.value > chart.centre[at])
    words = (
        _("{period} ligger over det, tilfældet forklarer ({value}).")
        if above
        else _("{period} ligger under det, tilfældet forklarer ({value}).")
    )
    said = words.format(period=_first_up(row.title), value=row.text)
    return Sign(said, _is_better(goal, above), (row.period,))


def _run(goal: Goal, rows: Sequence[Reading], chart: Chart, points: tuple[int, ...]) -> Sign:
    first, last = rows[points[0]], rows[points[-1]]
    above = bool(first.value > chart.centre[points[0]])
    side = _("over") if above else _("under")
    words = _(
        "Niveauet har flyttet sig: {n} målinger i træk fra {first} til {last} ligger {side}"
        " midterlinjen."
    ).format(n=len(points), first=first.title, last=last.title, side=side)
    return Sign(words, _moved(goal, chart), tuple(rows[at].period for at in points))


def _moved(goal: Goal, chart: Chart) -> bool | None:
    """Whether the later half lies the goal's way of the earlier."""
    half = len(chart.values) // 2
    before, after = chart.values[:half].mean(), chart.values[-half:].mean()
    return None if before == after else _is_better(goal, bool(after > before))


def _is_better(goal: Goal, above: bool) -> bool:
    return above == (goal.direction == Goal.Direction.UP)


def _against_target(goal: Goal, newest: Reading) -> str:
    """The newest value against the target, with what its interval lets us say."""
    target = numbers.value(goal.target, newest.decimals)
    up = goal.direction == Goal.Direction.UP
    at_target = newest.value >= goal.target if up else newest.value <= goal.target
    if newest.lower is None or newest.upper is None:
        words = (
            _("{period}: {value}. Måltallet {target} er nået.")
            if at_target
            else _("{period}: {value}. Måltallet {target} er ikke nået.")
        )
    elif newest.lower <= goal.target <= newest.upper:
        words = _(
            "{period}: {value} ({interval}). Om måltallet {target} er nået, kan ikke afgøres:"
            " det ligger inden for intervallet."
        )
    elif at_target:
        words = _("{period}: {value} ({interval}). Måltallet {target} er nået.")
    else:
        words = _("{period}: {value} ({interval}). Måltallet {target} er ikke nået.")
    return words.format(
        period=_first_up(newest.title), value=newest.text, interval=newest.interval, target=target
    )


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
