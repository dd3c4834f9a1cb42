"""Writes docs/reference/indicators.md from the definitions themselves. `make docs` renews it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.indicator import Indicator, Words
from klynge.engine.spine.chronic import ChronicRule

_THEMES = {
    "population": "Populationsoverblik / Population overview",
    "frail": "Sårbare ældre / Frail older people",
    "chronic": "Kroniske sygdomme / Chronic disease",
    "psychiatry": "Psykiatri / Psychiatry",
}
_CERTAINTIES: dict[str, Words] = {
    "S": {"da": "S: kilderne siger det", "en": "S: the sources say so"},
    "P": {"da": "P: delvist fra kilderne", "en": "P: in part from the sources"},
    "K": {"da": "K: lokal definition", "en": "K: local definition, our own reconstruction"},
}
_KINDS: dict[str, Words] = {
    "count": {"da": "antal", "en": "a count"},
    "proportion": {
        "da": "andel med Wilsons 95 %-interval",
        "en": "a share with Wilson's 95 % interval",
    },
    "rate": {
        "da": "rate med Byars 95 %-interval (eksakt under 10 hændelser)",
        "en": "a rate with Byar's 95 % interval (exact under 10 events)",
    },
}
_NOTHING: Words = {"da": "intet; det er et antal", "en": "nothing; it is a count"}

_HEAD = """\
# Indikatorer / Indicators

Dannet af definitionerne i `src/klynge/engine/indicators`; ret dér, og kør `make docs`.
*Generated from the definitions; change them there, and run `make docs`.*

Bopæl og alder er dem fra 1. januar i året, både over og under brøkstregen.
Det, der ikke kan placeres, gøres op i pakkens `quality.json`.
En standardiseret værdi har Danmarks køns- og alderssammensætning 1. januar 2025 og opgøres ikke på
færre end 10 hændelser.
`DJ44*` er DJ44 og alle koder, der begynder med den.

*Place and age are those of 1 January of the year, above the line as below it; what cannot be placed
is accounted for in quality.json; a standardised value has Denmark's sex and age composition on
1 January 2025 and needs 10 events; `DJ44*` is DJ44 and every code that begins with it.*

| kode | | sikkerhed |
|---|---|---|"""


def page(indicators: Sequence[Indicator] | None = None) -> str:
    """The reference page of `indicators`; of the package's own when None."""
    from klynge.engine.indicators.catalogue import every

    shown = every() if indicators is None else tuple(indicators)
    lines = [_HEAD]
    lines += [
        f"| [`{each.code}`](#{each.code}) | {_both(each.title)} | {each.certainty} |"
        for each in shown
    ]
    for theme, name in _THEMES.items():
        of_theme = [indicator for indicator in shown if indicator.theme == theme]
        if of_theme:
            lines += ["", f"## {name}"]
        for indicator in of_theme:
            lines += ["", *_section(indicator)]
    return "\n".join(lines) + "\n"


def _section(indicator: Indicator) -> Iterator[str]:
    yield from (f"### {indicator.code}", "", _both(indicator.title) + ".", "", "| | |", "|---|---|")
    yield f"| tæller / counts | {_both(indicator.numerator)} |"
    yield f"| ud af / out of | {_both(indicator.denominator or _NOTHING)} |"
    yield f"| opgjort som / told as | {_both(_KINDS[indicator.kind])}; {_both(indicator.unit)} |"
    yield f"| hvornår / when | {_both(indicator.window.words)} |"
    yield f"| domæne / domain | {indicator.domain} |"
    yield f"| aldersgrupper / ages | {', '.join(indicator.ages)} |"
    places = ", ".join(indicator.standardised_at) or "–"
    yield f"| standardiseret for / standardised for | {places} |"
    yield f"| udelader / leaves out | {_both(indicator.leaves_out)} |"
    yield f"| svagheder / weak points | {_both(indicator.weak_points)} |"
    certainty = f"{_both(_CERTAINTIES[indicator.certainty])}. {_both(indicator.certainty_note)}"
    yield f"| sikkerhed / certainty | {certainty} |"
    yield f"| ejer / owner | {indicator.owner} |"
    yield f"| ses efter senest / review by | {indicator.review_by.isoformat()} |"
    yield f"| kilder / sources | {', '.join(f'<{source}>' for source in indicator.sources)} |"
    for codes in indicator.codelists:
        yield from ("", _codelist(codes))
    for rule in indicator.chronic:
        yield from ("", *_chronic(rule))


def _both(words: Words) -> str:
    return f"{words['da']} / *{words['en']}*"


def _codelist(codes: Codelist) -> str:
    told = "; ".join(
        f"{line.code}{'*' if line.match == 'prefix' else ''} {line.label}" for line in codes.codes
    )
    return f"Kodeliste / codelist `{codes.name}`: {told}."


def _chronic(rule: ChronicRule) -> Iterator[str]:
    yield "| register | kode / code | tæller / counts | ikke kvinder under / not women under |"
    yield "|---|---|---|---|"
    for code in rule.codes:
        star = "*" if code.by_prefix else ""
        limit = code.not_women_under or ""
        yield f"| {code.register} | {code.code}{star} | {code.role} | {limit} |"
