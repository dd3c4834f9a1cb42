"""The small things that tell of a closed matter: a few words in a row, a case number, a name.

They may stand in the open by chance, so they never stop a publication: somebody looks at the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from klynge import structure
from klynge.web.meetings import access
from klynge.web.meetings.models import Meeting

WORDS = 4
# Said in every second paper; a row of words from one of them tells nothing.
STOCK = (
    "det indstilles at klyngen tager orienteringen til efterretning",
    "indstillingen blev godkendt og orienteringen blev taget til efterretning",
    "orienteringen tages til efterretning og sagen drøftes på det næste møde",
    "sundhedsklyngens politiske niveau og sundhedsklyngens fagligt strategiske niveau",
    "det faglige niveau vender tilbage med en plan til det næste møde",
    "punktet er lukket og er kun for medlemmerne",
    "der er ikke bemærkninger til dagsordenen og der var ikke bemærkninger til punktet",
    "region og kommuner og almen praksis og regionen og kommunerne og almen praksis",
)
_STOCK = {
    tuple(words[at : at + WORDS])
    for words in (phrase.split() for phrase in STOCK)
    for at in range(len(words) - WORDS + 1)
}
# KLE with facet, and the numbers of the regions' own systems.
_CASE = re.compile(
    r"\b\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d+-\d{2,4}\b|\b\d{1,2}(?:-\d{1,6}){3,4}\b"
)
_GIVEN = r"[A-ZÆØÅÉ][a-zæøåéüöä]+(?:-[A-ZÆØÅ][a-zæøåéüöä]+)?"
_NAME = re.compile(rf"\b{_GIVEN}(?: (?:{_GIVEN}|[A-ZÆØÅ]\.|von|van|de|af))* {_GIVEN}\b")

# What is written with a capital letter and is nobody's name.
_OFFICES = {
    *("region", "kommune", "hospital", "hospitalet", "regionshospitalet", "sundhedsklyngen"),
    *("psykiatrien", "social", "rådhus", "regionshuset", "midtjylland", "syddanmark", "sjælland"),
    *("hovedstaden", "nordjylland", "danmark", "plo", "kl", "sundhedsstyrelsen"),
}


def small_things(text: str) -> Iterator[str]:
    """The case numbers and the names of people in a closed text."""
    yield from (match.group() for match in _CASE.finditer(text))
    for match in _NAME.finditer(text):
        if not _OFFICES & set(match.group().casefold().split()):
            yield match.group()


def is_stock(row: tuple[str, ...]) -> bool:
    """Whether a row of words stands in papers of every kind: a set phrase, or only who it is."""
    return row in _STOCK or not any(len(word) > 4 and word not in _parties() for word in row)


@cache
def _parties() -> set[str]:
    """The words of what regions, kommuner and klynger are called."""
    kinds = ("kommune", "klynge", "region")
    names = " ".join(each.name for kind in kinds for each in structure.places(kind)).casefold()
    return _OFFICES | set(re.findall(r"\w+", names))


def known(meeting: Meeting) -> set[str]:
    """Names and numbers that the meeting shows of itself: its people, its open items' cases."""
    people = meeting.attendance.values_list("person__name", flat=True)
    sitting = meeting.body.memberships.values_list("person__name", flat=True)
    cases = [item.case_number for item in access.items_of(meeting) if access.may_see(item, None)]
    told = [*people, *sitting, *cases, meeting.body.name, meeting.place]
    return {" ".join(re.findall(r"\w+", each.casefold())) for each in told}
