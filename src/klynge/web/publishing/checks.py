"""What is looked for before anything is published: CPR numbers, and closed text that goes along.

A finding says where it stands, never what it says: it may itself be shown, printed and logged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from klynge.web.documents import reading_files
from klynge.web.documents.reading_files import Passage, Unreadable
from klynge.web.meetings import access
from klynge.web.meetings import html as markup
from klynge.web.meetings.models import Annex, Item, Meeting
from klynge.web.publishing import snapshot, telltale
from klynge.web.publishing.models import FalseHit
from klynge.web.publishing.snapshot import Content

# So many words in a row are not the same by chance; stock phrases ("tager orienteringen til
# efterretning") are shorter.
WORDS_IN_A_ROW = 8
# Where a file's own words are; its other parts are alike in every file of the same program.
OWN_WORDS = ("side ", "bemærkning", "word/document", "ppt/slides/", "xl/shared", "content.xml")
SHORTEST_TITLE = 6  # letters: shorter ones would be found everywhere
# Six digits that may be a date, then four: written together, or with one of the strokes in use.
_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s{0,2}[-‐‑‒–—−]?\s{0,2}(\d{4})(?!\d)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Finding:
    """One thing that stops a publication (`stops`), or that somebody must look at themselves.

    key: of what may be overruled with a reason (see FalseHit), and of nothing else.
    """

    where: str
    problem: str
    remedy: str
    stops: bool = True
    key: str = ""


@dataclass(frozen=True)
class Secret:
    """A closed text, and what it is in words that do not tell it.

    prose: a sentence, and not a title, number or name. in_file: it stands in an annex; files share
    letterheads and set phrases, so what they have in common is for somebody to see.
    """

    what: str
    text: str
    prose: bool = False
    in_file: bool = False


def of(meeting: Meeting, content: Content) -> list[Finding]:
    """Everything found in what would be published, files included; each place once."""
    annexes = snapshot.open_annexes(meeting)
    read, findings = _read(annexes)
    places = [*_places_of(content), *read]
    overruled = set(FalseHit.objects.filter(meeting=meeting).values_list("key", flat=True))
    findings += [each for each in _cpr(places) if each.key not in overruled]
    findings += _closed(meeting, places)
    return list(dict.fromkeys(findings))


def holds_cpr(text: str) -> bool:
    """Whether something in the text may be a CPR number: ten digits that begin with a date.

    The check digit is not asked for: numbers given since 2007 need not keep it.
    """
    return any(_may_be(*match.groups()[:3]) for match in _CPR.finditer(text))


def _may_be(day: str, month: str, year: str) -> bool:
    # 60 is added to the day of numbers given to people without one of their own.
    number = int(day) - 60 if int(day) > 60 else int(day)
    try:
        # 2000 and 1900 differ only in 29 February; 2000 had one.
        date(2000 + int(year), int(month), number)
    except ValueError:
        return False
    return True


def _places_of(content: Content) -> list[Passage]:
    found = []
    for item, text in snapshot.texts_of(content):
        where = _("punktet “{title}”").format(title=item) if item else _("mødets oplysninger")
        found.append(Passage(where, text))
    return found


def _read(annexes: Iterable[Annex]) -> tuple[list[Passage], list[Finding]]:
    found: list[Passage] = []
    findings: list[Finding] = []
    for annex in annexes:
        where = _("bilaget “{name}”").format(name=annex.name)
        found.append(Passage(_("{file}, navnet").format(file=where), f"{annex.name}\n"))
        found.append(Passage(_("{file}, filnavnet").format(file=where), f"{annex.file_name}\n"))
        try:
            with annex.file.open("rb") as file:
                content = file.read()
            found += [
                Passage(f"{where}, {part.where}" if part.where else where, part.text)
                for part in reading_files.passages(content, annex.content_type)
            ]
        except (Unreadable, OSError):
            findings.append(
                Finding(
                    where,
                    _("Filen kan ikke læses af en maskine, så den er ikke undersøgt."),
                    _("Åbn filen, og se selv, at der ikke står noget, som ikke må offentliggøres."),
                    stops=False,
                )
            )
    return found, findings


def _cpr(places: Iterable[Passage]) -> Iterator[Finding]:
    for place in places:
        if holds_cpr(place.text):
            yield Finding(
                place.where,
                _("Her står noget, der ligner et CPR-nummer."),
                _("Fjern det, eller gør punktet eller bilaget lukket."),
                key=_key(place),
            )


def _key(place: Passage) -> str:
    """Of these numbers at this place: another number there is another find.

    Keyed with the site's own secret, so that the numbers cannot be tried out from it.
    """
    numbers = sorted({"".join(match.groups()) for match in _CPR.finditer(place.text)})
    return salted_hmac("publishing.cpr", "|".join([place.where, *numbers])).hexdigest()


def _closed(meeting: Meeting, places: list[Passage]) -> Iterator[Finding]:
    known = telltale.known(meeting)
    secrets = list(_secrets(meeting))
    short, rows = _to_look_for(secrets)
    small, few = _to_doubt(secrets, known)
    for place in places:
        words = _words(place.text)
        joined = f" {' '.join(words)} "
        stops = {what for whole, what in short.items() if f" {whole} " in joined}
        stops |= {
            each.what
            for row in _rows(words, WORDS_IN_A_ROW) & rows.keys()
            if not (each := rows[row]).in_file
        }
        doubts = {
            rows[row].what
            for row in _rows(words, WORDS_IN_A_ROW) & rows.keys()
            if rows[row].in_file
        }
        doubts |= {what for whole, what in small.items() if f" {whole} " in joined}
        doubts |= {few[row] for row in _rows(words, telltale.WORDS) & few.keys()}
        yield from (_same(place, what, True) for what in sorted(stops))
        yield from (_same(place, what, False) for what in sorted(doubts - stops))


def _same(place: Passage, what: str, stops: bool) -> Finding:
    told = _("Her står det samme som i {what}.") if stops else _("Her står noget fra {what}.")
    return Finding(
        place.where,
        told.format(what=what),
        _("Skriv det om, eller gør også dette lukket.")
        if stops
        else _("Se selv efter, om det røber noget. Er det tilfældigt, så sæt kryds og gå videre."),
        stops=stops,
    )


def _to_look_for(
    secrets: Iterable[Secret],
) -> tuple[dict[str, str], dict[tuple[str, ...], Secret]]:
    """Short texts that would stand whole, and the rows of words of longer ones; each with what."""
    short: dict[str, str] = {}
    rows: dict[tuple[str, ...], Secret] = {}
    for secret in secrets:
        said = _words(secret.text)
        whole = " ".join(said)
        if len(said) >= WORDS_IN_A_ROW:
            for row in _rows(said, WORDS_IN_A_ROW):
                if row not in rows or rows[row].in_file:
                    rows[row] = secret
        elif len(whole) >= SHORTEST_TITLE and not secret.prose:
            short[whole] = secret.what
    return short, rows


def _to_doubt(
    secrets: Iterable[Secret], known: set[str]
) -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """What is too short to be sure of: a few words in a row, case numbers and names in prose."""
    small: dict[str, str] = {}
    rows: dict[tuple[str, ...], str] = {}
    for secret in secrets:
        if not secret.prose or secret.in_file:
            continue
        for text in telltale.small_things(secret.text):
            whole = " ".join(_words(text))
            if whole not in known:
                small[whole] = secret.what
        for row in _rows(_words(secret.text), telltale.WORDS):
            if not telltale.is_stock(row):
                rows[row] = secret.what
    return small, rows


def _secrets(meeting: Meeting) -> Iterator[Secret]:
    """Every closed text of the meeting."""
    for item in access.items_of(meeting):
        number = item.number or item.position
        if not access.may_see(item, None):
            yield from _of_closed_item(item, _("det lukkede punkt {n}").format(n=number))
            continue
        opened = {block.pk for block in access.visible_blocks(item, None)}
        for block in item.blocks.all():
            if block.pk not in opened:
                what = _("et lukket afsnit i punkt {n}").format(n=number)
                yield from _sentences(what, markup.to_text(block.html))
        for annex in item.annexes.all():
            if annex.closed:
                what = _("et lukket bilag til punkt {n}").format(n=number)
                yield from _of_annex(annex, what)


def _of_closed_item(item: Item, what: str) -> Iterator[Secret]:
    if _words(item.title) != _words(access.title_for(item, None)):
        yield Secret(what, item.title)
    yield Secret(what, item.case_number)
    for block in item.blocks.all():
        yield from _sentences(what, markup.to_text(block.html))
    for clause in item.clauses.all():
        yield from _sentences(what, clause.text)
        yield from _sentences(what, clause.decision)
    minute = getattr(item, "minute", None)
    if minute:
        yield from _sentences(what, markup.to_text(minute.html))
    for decision in item.decisions.all():
        yield from _sentences(what, decision.text)
    for annex in item.annexes.all():
        yield from _of_annex(annex, what)


def _of_annex(annex: Annex, what: str) -> Iterator[Secret]:
    yield Secret(what, annex.name)
    yield Secret(what, re.sub(r"\.\w{1,5}$", "", annex.file_name))
    try:
        with annex.file.open("rb") as file:
            parts = reading_files.passages(file.read(), annex.content_type)
    except (Unreadable, OSError):
        return
    for part in parts:
        if part.where == "" or part.where.startswith(OWN_WORDS):
            yield from _sentences(what, part.text, in_file=True)


def _sentences(what: str, text: str, *, in_file: bool = False) -> Iterator[Secret]:
    for sentence in re.split(r"(?<=[.!?:;])\s+|\n+", text):
        yield Secret(what, sentence, prose=True, in_file=in_file)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _rows(words: list[str], number: int) -> set[tuple[str, ...]]:
    last = len(words) - number + 1
    return {tuple(words[at : at + number]) for at in range(max(last, 0))}
