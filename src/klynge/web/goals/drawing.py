"""The control chart of a goal as SVG: the series, its centre and limits, the target, the signs."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from klynge.web.documents import charting
from klynge.web.figures import periods
from klynge.web.figures.charts import LINE, OWN, QUIET
from klynge.web.goals.control import Progress
from klynge.web.goals.models import Goal

SIGN, TARGET = "#b45f06", "#1a1a1a"


def svg(goal: Goal, progress: Progress, language: str, target: str, *, narrow: bool) -> str:
    """Drawn. target: what the target is called. narrow: for a telephone, with as large letters."""
    return charting.as_svg(spec(goal, progress, target, narrow=narrow), language)


def in_words(goal: Goal, progress: Progress) -> str:
    """The chart for those who do not see it; empty when there is none."""
    if progress.chart is None:
        return ""
    return _(
        "{title}: {n} målinger fra {first} til {last}. {says} Tallene står i tabellen."
    ).format(
        title=goal.title,
        n=len(progress.readings.rows),
        first=progress.readings.rows[0].title,
        last=progress.readings.rows[-1].title,
        says=progress.headline,
    )


def spec(goal: Goal, progress: Progress, target: str, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    import altair as alt

    from klynge.web.figures.drawing import styled

    readings, chart = progress.readings, progress.chart
    assert chart is not None
    data = alt.InlineData(values=_rows(progress))
    stops = [periods.short(row.period) for row in readings.rows]
    x = alt.X("label:N", sort=stops, title=None,
              axis=alt.Axis(labelAngle=0, labelOverlap="parity", grid=False))  # fmt: skip
    scale = alt.Scale(zero=False, nice=True)
    base = alt.Chart(data).encode(x=x)

    def step(field: str, dash: list[int]) -> Any:
        return base.mark_line(
            interpolate="step", color=QUIET, strokeDash=dash, strokeWidth=1.2
        ).encode(y=alt.Y(f"{field}:Q", scale=scale, title=readings.unit))

    line = base.mark_line(color=OWN, strokeWidth=1.8).encode(y=alt.Y("value:Q", scale=scale))
    dots = base.mark_point(filled=True, opacity=1).encode(
        y=alt.Y("value:Q", scale=scale),
        color=alt.condition("datum.sign", alt.value(SIGN), alt.value(OWN)),
        shape=alt.condition("datum.sign", alt.value("diamond"), alt.value("circle")),
        size=alt.condition("datum.sign", alt.value(130), alt.value(46)),
    )
    aim = alt.InlineData(values=[{"target": goal.target, "name": target}])
    aimed = (
        alt.Chart(aim)
        .mark_rule(color=TARGET, strokeWidth=1.4)
        .encode(y=alt.Y("target:Q", scale=scale))
    )
    name = (
        alt.Chart(aim)
        .mark_text(align="left", dx=4, dy=-6, color=TARGET, fontSize=12)
        .encode(y=alt.Y("target:Q", scale=scale), text="name:N", x=alt.value(0))
    )
    layers = [step("centre", [1, 0]), line, dots, aimed, name]
    if np.isfinite(chart.lower).any():
        layers = [step("lower", [4, 3]), step("upper", [4, 3]), *layers]
    made = alt.layer(*layers).properties(width=300 if narrow else 620, height=240)
    found: dict[str, Any] = styled(made).configure_axisX(gridColor=LINE).to_dict()
    return found


def _rows(progress: Progress) -> list[dict[str, Any]]:
    chart = progress.chart
    assert chart is not None
    return [
        {
            "label": periods.short(row.period),
            "value": row.value,
            "centre": _number(chart.centre[at]),
            "lower": _number(chart.lower[at]),
            "upper": _number(chart.upper[at]),
            "sign": at in progress.special,
        }
        for at, row in enumerate(progress.readings.rows)
    ]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
