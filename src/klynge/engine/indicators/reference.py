"""Writes docs/reference/indicators.md from the definitions themselves. `make docs` renews it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.described import Described, PersonTime, Told
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.national import ASKED
from klynge.engine.indicators.person_time import person_time
from klynge.engine.indicators.ratios import RATIOS
from klynge.engine.indicators.relations import Words
from klynge.engine.indicators.wards import WARDS
from klynge.engine.spine import scores
from klynge.engine.spine.chronic import ChronicRule
from klynge.engine.spine.models import needed_for, registers_of

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
    beside: tuple[Described, ...] = person_time(shown)
    beside = (*RATIOS, *beside, *WARDS) if indicators is None else beside
    lines = [_HEAD]
    lines += [
        f"| [`{each.code}`](#{each.code}) | {_both(each.title)} | {each.certainty} |"
        for each in (*shown, *beside)
    ]
    lines += ["", *_asked()] if indicators is None else []
    for theme, name in _THEMES.items():
        of_theme = [indicator for indicator in shown if indicator.theme == theme]
        if of_theme:
            lines += ["", f"## {name}"]
        for indicator in of_theme:
            lines += ["", *_section(indicator)]
        for told in (told for told in beside if told.theme == theme):
            lines += ["", *_beside(told)]
    rules = dict.fromkeys(rule for indicator in shown for rule in indicator.chronic)
    if rules:
        lines += ["", "## Kroniske sygdomme: reglerne / Chronic diseases: the rules"]
    for rule in rules:
        lines += ["", *_chronic(rule)]
    if any(scores.TABLES & indicator.tables for indicator in shown):
        lines += ["", "## Point: tegn og koder / Scores: signs and codes"]
        lines += [line for name in scores.FILES for line in ("", *_score(name))]
    return "\n".join(lines) + "\n"


def _asked() -> Iterator[str]:
    """What is asked for nationally, and what of it is not given."""
    missing = [asked for asked in ASKED if not asked.codes]
    yield "## Det, der efterspørges / What is asked for"
    yield ""
    yield (
        f"{len(ASKED)} indikatorer er samlet fra de datapakker, klynger får eller har fået, og fra"
        f" offentliggjorte analyser. {len(ASKED) - len(missing)} af dem opgøres her;"
        f" {len(missing)} gør ikke:"
    )
    yield (
        f"*{len(ASKED)} indicators were gathered from the data packs that klynger are given and"
        f" from published analyses; {len(ASKED) - len(missing)} are given here, {len(missing)} are"
        " not.*"
    )
    yield from ("", "| | | hvorfor ikke / why not |", "|---|---|---|")
    for asked in missing:
        yield f"| `{asked.id}` | {asked.da} | {asked.why_da} / *{asked.why_en}* |"
    families = [asked for asked in ASKED if asked.codes and asked.codes != (asked.id,)]
    yield from ("", "| opgøres som / given as | |", "|---|---|")
    for asked in families:
        links = ", ".join(f"[`{code}`](#{code})" for code in asked.codes)
        yield f"| `{asked.id}` {asked.da} | {links} |"


def _beside(told: Described) -> Iterator[str]:
    """A figure that is not counted person by person."""
    yield from _counted(told)
    kind = {"da": "brøk uden interval", "en": "a fraction without an interval"}
    if isinstance(told, PersonTime):
        kind = _KINDS["rate"]
    yield f"| opgjort som / told as | {_both(kind if told.denominator else _KINDS['count'])};" + (
        f" {_both(told.unit)} |"
    )
    yield f"| hvornår / when | {_both(told.window.words)} |"
    yield f"| dannet af / made of | {_both(told.given_by)} |"
    yield f"| steder / places | {_both(told.places)} |"
    yield f"| aldersgrupper / ages | {', '.join(told.ages)} |"
    yield from _known(told)


def _counted(indicator: Told) -> Iterator[str]:
    yield from (f"### {indicator.code}", "", _both(indicator.title) + ".", "", "| | |", "|---|---|")
    yield f"| tæller / counts | {_both(indicator.numerator)} |"
    yield f"| ud af / out of | {_both(indicator.denominator or _NOTHING)} |"


def _section(indicator: Indicator) -> Iterator[str]:
    yield from _counted(indicator)
    yield f"| opgjort som / told as | {_both(_KINDS[indicator.kind])}; {_both(indicator.unit)} |"
    yield f"| hvornår / when | {_both(indicator.window.words)} |"
    if indicator.at_least > 1:
        kind = ("", "") if indicator.different is None else (" forskellige", " different")
        number = indicator.at_least
        told = {"da": f"mindst {number}{kind[0]}", "en": f"at least {number}{kind[1]}"}
        yield f"| tæller, når der er / counts with | {_both(told)} |"
    if indicator.follow_up_days:
        yield f"| følges i / followed for | {indicator.follow_up_days} dage / *days* |"
    registers = ", ".join(f"`{name}`" for name in registers_of(needed_for(indicator.tables)))
    yield f"| registre / registers | {registers} |"
    if indicator.when_supplied:
        words, certainty = (indicator.when_supplied[each] for each in ("numerator", "certainty"))
        told = f"{_both(words)}; {_both(_CERTAINTIES[certainty])}"
        yield f"| når `kronikere` er leveret / when `kronikere` is delivered | {told} |"
    yield f"| domæne / domain | {indicator.domain} |"
    yield f"| aldersgrupper / ages | {', '.join(indicator.ages)} |"
    places = ", ".join(indicator.standardised_at) or "–"
    yield f"| standardiseret for / standardised for | {places} |"
    yield from _known(indicator)
    for codes in indicator.codelists:
        yield from ("", _codelist(codes))
    if indicator.chronic:
        names = ", ".join(
            f"[{rule.disease}](#sygdom-{_anchor(rule)})" for rule in indicator.chronic
        )
        yield from ("", f"Sygdomme / diseases: {names}.")


def _known(indicator: Told) -> Iterator[str]:
    """What a reader must know of it."""
    yield f"| udelader / leaves out | {_both(indicator.leaves_out)} |"
    yield f"| svagheder / weak points | {_both(indicator.weak_points)} |"
    certainty = f"{_both(_CERTAINTIES[indicator.certainty])}. {_both(indicator.certainty_note)}"
    yield f"| sikkerhed / certainty | {certainty} |"
    yield f"| ejer / owner | {indicator.owner} |"
    yield f"| ses efter senest / review by | {indicator.review_by.isoformat()} |"
    yield f"| kilder / sources | {', '.join(f'<{source}>' for source in indicator.sources)} |"


def _both(words: Words) -> str:
    return f"{words['da']} / *{words['en']}*"


def _codelist(codes: Codelist) -> str:
    told = "; ".join(
        f"{line.code}{'*' if line.match == 'prefix' else ''} {line.label}" for line in codes.codes
    )
    return f"Kodeliste / codelist `{codes.name}`: {told}."


def _chronic(rule: ChronicRule) -> Iterator[str]:
    yield f"### Sygdom {rule.disease}"
    yield ""
    yield f"{_both(_told(rule))}."
    yield ""
    yield "| register | kode / code | tæller / counts | ikke kvinder under / not women under |"
    yield "|---|---|---|---|"
    for code in rule.codes:
        star = "*" if code.by_prefix else ""
        limit = code.not_women_under or ""
        yield f"| {code.register} | {code.code}{star} | {code.role} | {limit} |"


def _score(name: str) -> Iterator[str]:
    """A file of scores: where it comes from, and the points and codes of each sign."""
    yield f"### {name.removesuffix('.csv')}"
    yield ""
    yield " ".join(scores.source(name))
    yield ""
    yield "| point / score | tegn / sign | | register | dage / days | koder / codes |"
    yield "|---|---|--:|---|---|---|"
    for sign in scores.signs(name):
        days = f"{sign.days}-{sign.nearest}"
        codes = ", ".join(sign.codes)
        yield f"| {sign.score} | {sign.name} | {sign.points} | {sign.register} | {days} | {codes} |"


def _anchor(rule: ChronicRule) -> str:
    return rule.disease.lower()


def _told(rule: ChronicRule) -> Words:
    """The rule in words."""
    da, en = [], []
    if rule.diagnoses:
        kind = "A" if rule.main_only else "A/B"
        da.append(f"{rule.diagnoses} dag(e) med {kind}-diagnose")
        en.append(f"{rule.diagnoses} day(s) with an {kind} diagnosis")
        if rule.diagnoses > 1:
            da.append(f"mindst {rule.diagnoses_apart} dage imellem")
            en.append(f"at least {rule.diagnoses_apart} days apart")
    if rule.dispensings:
        da.append(f"eller {rule.dispensings} dag(e) med medicin")
        en.append(f"or {rule.dispensings} day(s) with medicine")
        if rule.dispensings_within:
            da.append(f"to inden for {rule.dispensings_within} dage")
            en.append(f"two within {rule.dispensings_within} days")
        if rule.dispensings_from_age:
            da.append(f"medicinen fra {rule.dispensings_from_age} år")
            en.append(f"the medicine from age {rule.dispensings_from_age}")
    if any(code.role == "with" for code in rule.codes):
        da.append("eller én diagnose og én udlevering af det, der tæller sammen med den (with)")
        en.append("or one diagnosis and one dispensing of what counts with it")
    if rule.from_age:
        da.append(f"fra {rule.from_age} år")
        en.append(f"from age {rule.from_age}")
    if rule.majority:
        da.append("flere dage med diagnose for (for) end imod (against)")
        en.append("more days with a diagnosis for it than against it")
    if rule.unless:
        da.append(f"ikke efter {rule.unless.disease}, og forbi, når den kommer")
        en.append(f"not after {rule.unless.disease}, and over when that comes")
    if rule.gone_after:
        da.append(f"forbi {rule.gone_after} dage efter det sidste")
        en.append(f"over {rule.gone_after} days after the last")
    return {"da": ", ".join(da).removeprefix("eller "), "en": ", ".join(en).removeprefix("or ")}
