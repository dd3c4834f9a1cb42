"""How each chart looks: the Altair side of `charts`, imported only when one is drawn."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import altair as alt

from klynge.web.figures import periods
from klynge.web.figures.charts import (
    COUNTRY,
    FONT,
    LINE,
    MEN,
    OTHER,
    OWN,
    QUIET,
    REGION,
    WOMEN,
    Chart,
)

STEP = 19  # height of one place in a dot plot, in pixels


def trend(chart: Chart) -> Any:
    """A line a place, the own one with intervals; a legend on top."""
    return _lines(chart, legend=True).properties(width=560, height=240)


def small(chart: Chart) -> Any:
    """The same in small, for a row of a theme page, whose legend is on the page."""
    return _lines(chart, legend=False).properties(width=250, height=96)


def bands(chart: Chart) -> Any:
    """Women and men side by side in each age, with intervals."""
    data = _data(chart)
    x = alt.X("at:N", sort=list(chart.stops), title=None, axis=alt.Axis(labelAngle=0))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=list(chart.groups), range=[WOMEN, MEN]),
        legend=alt.Legend(orient="top", title=None, symbolSize=90, columnPadding=24),
    )
    shape = alt.Shape(
        "group:N", scale=alt.Scale(domain=list(chart.groups), range=["circle", "square"])
    )
    offset = alt.XOffset("group:N", sort=list(chart.groups), scale=alt.Scale(padding=1.2))
    base = alt.Chart(data).encode(x=x, xOffset=offset)
    rules = base.mark_rule(strokeWidth=1.6).encode(
        y=alt.Y("lower:Q", title=None), y2="upper:Q", color=colour
    )
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        y=_y(chart, zero=True), color=colour, shape=shape
    )
    width = {"step": 104, "for": "position"}
    return alt.layer(rules, dots).properties(width=width, height=220)


def dots(chart: Chart) -> Any:
    """A place a line, sorted, the chosen one dark; a line down for the region and the country."""
    rows = _data(chart)
    for row in rows.values:
        row["own"] = row["at"] in chart.chosen
    scale = alt.Scale(zero=False, nice=True)
    own = f"indexof({json.dumps(chart.chosen, ensure_ascii=False)}, datum.value) >= 0"
    y = alt.Y(
        "at:N",
        sort=list(chart.stops),
        title=None,
        axis=alt.Axis(
            grid=True,
            gridColor="#efefef",
            labelLimit=320,
            minExtent=_width_of(chart.stops),
            labelFontWeight=alt.ExprRef(f"{own} ? 600 : 400"),
            labelColor=alt.ExprRef(f"{own} ? '{OWN}' : '#1a1a1a'"),
        ),
    )
    places = alt.Chart(rows).transform_filter("datum.group == 'place'")
    colour = alt.condition("datum.own", alt.value(OWN), alt.value(OTHER))
    intervals = places.mark_rule(strokeWidth=1.6).encode(
        y=y,
        x=alt.X("lower:Q", scale=scale, title=chart.unit, axis=_axis(chart, ticks=6)),
        x2="upper:Q",
        color=colour,
    )
    dot = places.mark_point(filled=True, opacity=1).encode(
        y=y,
        x=alt.X("value:Q", scale=scale),
        color=colour,
        size=alt.condition("datum.own", alt.value(110), alt.value(50)),
    )
    layers = [_mark(rows, "land", COUNTRY, [1, 0]), _mark(rows, "region", REGION, [5, 3])]
    return alt.layer(*layers, intervals, dot).properties(width=300, height=alt.Step(STEP))


def _width_of(labels: tuple[str, ...]) -> int:
    """Room for the longest label: a browser's own typeface may be wider than the one measured."""
    return round(6.9 * max(map(len, labels), default=0))


def _mark(rows: Any, group: str, colour: str, dash: list[int]) -> Any:
    """A line down the whole plot at the region's or the country's value."""
    return (
        alt.Chart(rows)
        .transform_filter(f"datum.group == '{group}'")
        .mark_rule(color=colour, strokeDash=dash, strokeWidth=1.4)
        .encode(x=alt.X("value:Q", scale=alt.Scale(zero=False)))
    )


def _lines(chart: Chart, *, legend: bool) -> Any:
    data = _data(chart)
    names = list(chart.groups)
    scale = alt.Scale(domain=names, range=_colours(names))
    dash = alt.Scale(domain=names, range=_dashes(names))
    shown = (
        alt.Legend(
            orient="top",
            title=None,
            symbolType="stroke",
            symbolStrokeWidth=2.5,
            labelLimit=260,
            symbolSize=300,
            columnPadding=28,
        )
        if legend
        else None
    )
    colour = alt.Color("group:N", scale=scale, legend=shown)
    dashed = alt.StrokeDash("group:N", scale=dash, legend=shown)
    x = alt.X(
        "label:N", sort=[periods.short(stop) for stop in chart.stops], title=None, axis=_times()
    )
    base = alt.Chart(data).encode(x=x, color=colour)
    lines = base.mark_line(strokeWidth=1.8, invalid="break-paths-show-path-domains").encode(
        y=_y(chart), strokeDash=dashed
    )
    own = base.transform_filter(alt.datum.group == names[0])
    intervals = own.mark_rule(strokeWidth=1.5).encode(
        y=alt.Y("lower:Q", title=None, scale=alt.Scale(zero=False)), y2="upper:Q"
    )
    points = own.mark_point(filled=True, size=46, opacity=1).encode(y=_y(chart))
    return lines + intervals + points


def _colours(names: list[str]) -> list[str]:
    """Own, region, country: the last is always the country when there is more than one."""
    return [OWN, REGION, COUNTRY] if len(names) == 3 else [OWN, COUNTRY][: len(names)]


def _dashes(names: list[str]) -> list[list[int]]:
    return [[1, 0], [5, 3], [2, 2]] if len(names) == 3 else [[1, 0], [2, 2]][: len(names)]


def _y(chart: Chart, *, zero: bool = False) -> Any:
    return alt.Y("value:Q", scale=alt.Scale(zero=zero, nice=True), title=None, axis=_axis(chart))


def _axis(chart: Chart, ticks: int = 4) -> Any:
    top = max((abs(point.upper or point.value) for point in chart.points), default=1)
    return alt.Axis(tickCount=ticks, format=",.0f" if top >= 20 else ",.1f" if top >= 1 else ",.2f")


def _times() -> Any:
    return alt.Axis(labelAngle=0, labelOverlap="parity", labelSeparation=8, grid=False)


def _data(chart: Chart) -> Any:
    """The points as rows; for lines also the empty places, where a line is to be broken."""
    if chart.shape not in ("trend", "small"):
        return alt.InlineData(
            values=[{**asdict(point), "label": point.at} for point in chart.points]
        )
    found = {(point.group, point.at): asdict(point) for point in chart.points}
    nothing = {"value": None, "lower": None, "upper": None}
    return alt.InlineData(
        values=[
            {
                **nothing,
                "group": group,
                "at": stop,
                **found.get((group, stop), {}),
                "label": periods.short(stop),
            }
            for group in chart.groups
            for stop in chart.stops
        ]
    )


def styled(chart: Any) -> Any:
    """The design system's type and colours, and a white background for pages and paper."""
    words = {"labelFont": FONT, "titleFont": FONT, "labelColor": "#1a1a1a", "titleColor": QUIET}
    return (
        chart.configure(background="#ffffff", font=FONT, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            **words,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight=400,
            gridColor=LINE,
            domainColor="#8e8e8e",
            tickColor="#8e8e8e",
        )
        .configure_axisY(domain=False, ticks=False, labelPadding=6)
        .configure_legend(labelFont=FONT, labelFontSize=13, labelColor="#1a1a1a", padding=0)
    )
