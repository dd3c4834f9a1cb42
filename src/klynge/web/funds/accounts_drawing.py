"""The charts of a pool's accounts: where its money is, and the same for each who was granted some.

Length carries the amount, and each bar's parts are told apart by lightness as well as by hue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.documents import charting
from klynge.web.funds.ledger import Kind

COLOURS = {
    Kind.USED: "#0a5c69",
    Kind.PAID: "#4f9aa6",
    Kind.RESERVED: "#a7d0d6",
    Kind.SHARED: "#8a7bb0",
    Kind.FREE: "#d8d8d8",
}
"""As on the pages: see f-fill-* in the style sheet."""
Bar = tuple[str, dict[str, int]]
STEP = 30


def svg(bars: Sequence[Bar], kinds: Sequence[str]) -> str:
    """Bars of amounts in øre, by kind of account, in the language of the reader."""
    return charting.as_svg(_spec(bars, kinds), get_language() or "da")


def _spec(bars: Sequence[Bar], kinds: Sequence[str]) -> dict[str, Any]:
    import altair as alt

    from klynge.web.figures.drawing import styled

    titles = {kind: str(Kind(kind).label) for kind in kinds}
    rows = [
        {"name": name, "title": titles[kind], "order": at, "kroner": sums[kind] / 100}
        for name, sums in bars
        for at, kind in enumerate(kinds)
        if sums[kind]
    ]
    colour = alt.Color(
        "title:N",
        scale=alt.Scale(domain=list(titles.values()), range=[COLOURS[Kind(k)] for k in kinds]),
        legend=alt.Legend(orient="top", title=None, labelLimit=300, columns=2, columnPadding=24),
    )
    made = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(stroke="#ffffff", strokeWidth=1)
        .encode(
            y=alt.Y("name:N", sort=[name for name, _sums in bars], title=None,
                    axis=alt.Axis(labelLimit=240)),
            x=alt.X("kroner:Q", title=_("Kroner"), axis=alt.Axis(tickCount=5, format=",.0f")),
            color=colour,
            order=alt.Order("order:Q"),
        )
        .properties(width=460, height=alt.Step(STEP))
    )  # fmt: skip
    spec: dict[str, Any] = styled(made).to_dict()
    return spec
