"""What quality.json says of published numbers: a line each, and a warning for each that differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klynge.engine.quality.fates import Words
from klynge.engine.totals.comparing import Compared
from klynge.engine.totals.reasons import Known, reasons
from klynge.structure import place

MOST_WARNINGS = 20

_NOT_COMPARED: Mapping[str, Words] = {
    "hidden": {"da": "vores tal er skjult", "en": "our number is hidden"},
    "not_counted": {"da": "vi har ikke opgjort tallet", "en": "we have not counted it"},
    "not_in_pack": {"da": "tallet er ikke i pakken", "en": "the number is not in the pack"},
    "too_few": {"da": "vores tal er for lille til at fortælle", "en": "ours is too small to tell"},
}


def as_json(compared: Sequence[Compared], known: Known) -> list[dict[str, Any]]:
    """A line a number. What was not compared is not told again: had somebody written a number that
    nobody has published, a hidden one could be it."""
    return [_line(one, compared, known) for one in compared]


def with_totals(quality: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The quality report with the lines of `as_json`, and what differs among its warnings."""
    if not lines:
        return dict(quality)
    told = [*quality.get("warnings", ()), *warnings(lines)]
    return {**quality, "totals": list(lines), "warnings": told}


def warnings(lines: Sequence[Mapping[str, Any]]) -> list[Words]:
    """The first of those that differ, and how many more do."""
    differing = [line for line in lines if line["answer"] == "differs"]
    told = [_warning(line) for line in differing[:MOST_WARNINGS]]
    more = len(differing) - len(told)
    if more > 0:
        told.append(
            {
                "da": f"{more} andre tal afviger fra det, der er offentliggjort; de står i"
                " afstemningen.",
                "en": f"{more} other numbers differ from what is published; the reconciliation has"
                " them.",
            }
        )
    return told


def _line(one: Compared, every: Sequence[Compared], known: Known) -> dict[str, Any]:
    total = one.total
    line: dict[str, Any] = {
        "what": total.what,
        "title": _title(total.what, known),
        "number": total.number,
        "place_kind": total.place_kind,
        "place": total.place,
        "place_name": place(total.place_kind, total.place).name,
        "period": total.period,
        "sex": total.sex,
        "age": total.age,
        "education": total.education,
        "answer": one.answer,
        "tolerance_per_cent": total.tolerance,
        "source": total.source,
        "as_of": total.as_of.isoformat(),
    }
    if one.answer == "not_compared":
        return line | {"why": dict(_NOT_COMPARED[one.why])}
    line["published"], line["ours"] = _whole(total.published), _whole(one.ours)
    if one.difference is not None:
        line["difference_per_cent"] = round(one.difference, 1)
    if likely := reasons(one, every, known):
        line["reasons"] = likely
    return line


def _title(what: str, known: Known) -> Words:
    indicator = known.told.get(what)
    if indicator is None:
        return {"da": f"rækker i {what}", "en": f"rows in {what}"}
    return dict(indicator.title)


def _warning(line: Mapping[str, Any]) -> Words:
    return {language: _sentence(line, language) for language in ("da", "en")}


def _sentence(line: Mapping[str, Any], language: str) -> str:
    against = {"da": "mod", "en": "against"}[language]
    published = {"da": "offentliggjort", "en": "published"}[language]
    per_cent = {"da": "pct.", "en": "per cent"}[language]
    text = f"{line['title'][language]}, {line['place_name']} {line['period']}: "
    text += f"{_said(line['ours'], language)} {against} {_said(line['published'], language)}"
    text += f" {published}"
    if "difference_per_cent" in line:
        text += f" ({_said(line['difference_per_cent'], language, '+')} {per_cent})"
    first = [reason[language] for reason in line.get("reasons", ())][:1]
    return " ".join([f"{text}.", *first])


def _said(number: float, language: str, sign: str = "") -> str:
    text = f"{number:{sign},}"
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text


def _whole(number: float | None) -> float | None:
    """Without decimals where it has none; otherwise as many as three digits of it need."""
    if number is None or number == int(number):
        return number if number is None else int(number)
    return float(f"{number:.6g}")
