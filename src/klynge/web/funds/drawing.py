"""The keys of a sharing as a picture: a line a place, a mark a key."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from klynge.web.documents import charting
from klynge.web.funds.comparing import Compared
from klynge.web.funds.models import Sharing

DESIGN = 2
COLOURS = ("#0a5c69", "#b45f06", "#5b3b8c", "#1a1a1a", "#2f7a46", "#a0195b")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")
STEP = 26


def address(sharing: Sharing, compared: Compared, language: str) -> str:
    """Where the picture is; other amounts or another language give another address."""
    asked = urlencode({"sprog": language, "v": hash_of(compared, language)})
    return f"{reverse('funds:sharing_chart', args=[sharing.pk])}?{asked}"


def hash_of(compared: Compared, language: str) -> str:
    """The same for the same drawing."""
    told = json.dumps([DESIGN, language, *_rows(compared)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def svg(compared: Compared, language: str) -> str:
    """The picture drawn. What draws is imported here: it is heavy, and few pages need it."""
    return charting.as_svg(_spec(compared), language)


def _spec(compared: Compared) -> dict[str, Any]:
    import altair as alt

    from klynge.web.figures import drawing as style

    rows = alt.InlineData(values=_rows(compared))
    names = [key.name for key in compared.keys]
    places = [line.name for line in compared.lines]
    legend = alt.Legend(
        orient="top", title=None, symbolSize=110, labelLimit=260, columnPadding=32, columns=3
    )
    y = alt.Y(
        "place:N",
        sort=places,
        title=None,
        axis=alt.Axis(grid=True, gridColor="#efefef", labelLimit=280,
                      minExtent=round(6.9 * max(map(len, places)))),
    )  # fmt: skip
    x = alt.X(
        "kroner:Q",
        title="kr.",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=5, format=",.0f"),
    )
    span = (
        alt.Chart(rows)
        .mark_rule(color="#c4c4c4", strokeWidth=3)
        .encode(y=y, x=alt.X("min(kroner):Q", title="kr."), x2="max(kroner):Q")
    )
    marks = (
        alt.Chart(rows)
        .mark_point(filled=True, size=110, opacity=0.95)
        .encode(
            y=y,
            x=x,
            color=alt.Color(
                "key:N", scale=alt.Scale(domain=names, range=_cycled(COLOURS, names)), legend=legend
            ),
            shape=alt.Shape(
                "key:N", scale=alt.Scale(domain=names, range=_cycled(SHAPES, names)), legend=legend
            ),
        )
    )
    chart = alt.layer(span, marks).properties(width=560, height=alt.Step(STEP))
    spec: dict[str, Any] = style.styled(chart).to_dict()
    return spec


def _rows(compared: Compared) -> list[dict[str, Any]]:
    return [
        {"place": line.name, "key": key.name, "kroner": share.ore / 100}
        for line in compared.lines
        for key, share in zip(compared.keys, line.shares, strict=True)
    ]


def _cycled(from_: tuple[str, ...], names: list[str]) -> list[str]:
    return [from_[at % len(from_)] for at in range(len(names))]
