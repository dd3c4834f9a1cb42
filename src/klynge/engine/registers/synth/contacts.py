"""Hospital contacts as columns, and how a stay becomes one contact or a chain of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth.causes import CODES, SPECIALTIES, VAGUE_CODES, pick, pick_code
from klynge.engine.registers.synth.days import DAY, Ints
from klynge.engine.registers.synth.people import People, Span

PRIORITIES = ("ATA1", "ATA11", "ATA12", "ATA3")
PLANNED = 3
TYPES = ("ALCA00", "ALCA01", "ALCA03", "ALCA10", "ALCA20")
PRESENT, OUTREACH, VIRTUAL, DEAD_ON_ARRIVAL, REPORT_ONLY = range(5)
REASONS = ("ALCC01", "ALCC02", "ALCC03", "ALCC04", "ALCC05")
ILLNESS, ACCIDENT, VIOLENCE, SUICIDE_ATTEMPT, SELF_HARM = range(5)

_INJURY = np.array([code.startswith("DS") for code in CODES])
_POISONING = np.array([code.startswith("DT") for code in CODES])
_ACUTE_CARE = SPECIALTIES.index("akutmedicin")
# How many contacts a stay is made of, by whether it is acute (shares of 1, 2, 3 and 4).
_CHAIN = {True: np.array([0.46, 0.36, 0.14, 0.04]), False: np.array([0.90, 0.08, 0.02, 0.0])}


@dataclass
class Contacts:
    """One row a contact. Times in minutes; diag, priority ... are indexes into their lists."""

    person: Ints
    start: Ints
    end: Ints
    diag: NDArray[np.int16]
    priority: NDArray[np.int8]
    reason: NDArray[np.int8]
    kind: NDArray[np.int8]
    specialty: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.person)

    def rows(self, keep: NDArray[np.generic]) -> Contacts:
        """The contacts at these rows (indexes or a mask)."""
        return Contacts(**{field.name: getattr(self, field.name)[keep] for field in fields(self)})

    @staticmethod
    def together(parts: list[Contacts]) -> Contacts:
        """All parts in one, sorted by person and time."""
        whole = Contacts(
            **{
                field.name: np.concatenate([getattr(part, field.name) for part in parts])
                for field in fields(Contacts)
            }
        )
        return whole.rows(np.lexsort((whole.end, whole.start, whole.person)))


@dataclass
class Stays:
    """Uninterrupted time in hospital, before it is split into contacts."""

    person: Ints
    start: Ints
    end: Ints
    diag: NDArray[np.int16]
    specialty: NDArray[np.int8]
    acute: NDArray[np.bool_]
    back: NDArray[np.float64]
    rehab: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.person)

    def rows(self, keep: NDArray[np.generic]) -> Stays:
        """The stays at these rows (indexes or a mask)."""
        return Stays(**{field.name: getattr(self, field.name)[keep] for field in fields(self)})

    @staticmethod
    def together(parts: list[Stays]) -> Stays:
        """All parts in one, sorted by person and time."""
        whole = Stays(
            **{
                field.name: np.concatenate([getattr(part, field.name) for part in parts])
                for field in fields(Stays)
            }
        )
        return whole.rows(np.lexsort((whole.end, whole.start, whole.person)))

    def lived(self, people: People, span: Span) -> Stays:
        """Those that can have happened, ended by death where it came first."""
        able = people.can_have(self.person, self.start) & (self.start < span.end * DAY)
        kept = self.rows(able)
        kept.end = np.minimum(kept.end, people.death_minute[kept.person])
        return kept

    def apart(self, minutes: int = 300) -> Stays:
        """Those that begin at least `minutes` after everything earlier of the same person ended."""
        ordered = self.rows(np.lexsort((self.end, self.start, self.person)))
        if not len(ordered):
            return ordered
        step = int(ordered.end.max() - ordered.start.min()) + 10 * DAY
        latest = np.maximum.accumulate(ordered.end + ordered.person * step)
        start = ordered.start + ordered.person * step
        free = np.append(True, start[1:] >= latest[:-1] + minutes)
        return ordered.rows(free)


def chained(rng: np.random.Generator, stays: Stays, *, through_emergency: float = 1.0) -> Contacts:
    """Each stay as one to four contacts: emergency department, ward, transfers.

    Between two contacts of a stay there is no gap, a short overlap, or up to four hours (four
    hours exactly now and then), because that is where stays are told apart. `through_emergency`
    is the share of the acute stays of several contacts that begin in an emergency department.
    """
    n = len(stays)
    count = np.ones(n, dtype=np.int64)
    for acute in (True, False):
        rows = np.flatnonzero(stays.acute == acute)
        count[rows] = 1 + pick(rng, _CHAIN[acute], len(rows))
    length = stays.end - stays.start
    count[length < 240] = 1
    stay = np.repeat(np.arange(n), count)
    place = np.arange(len(stay)) - np.repeat(np.cumsum(count) - count, count)
    cut = np.sort(rng.random((n, 3)), axis=1)
    # Those with fewer than four contacts use their first cuts; the first is a few hours in.
    cut[:, 0] = np.minimum(cut[:, 0], rng.uniform(120, 960, n) / np.maximum(length, 240))
    edges = np.concatenate([np.zeros((n, 1)), cut, np.ones((n, 1))], axis=1)
    begin = stays.start[stay] + np.floor(edges[stay, place] * length[stay]).astype(np.int64)
    last = place == count[stay] - 1
    following = stays.start[stay] + np.floor(edges[stay, place + 1] * length[stay]).astype(np.int64)
    end = np.where(last, stays.end[stay], following)
    gap = np.where(last, 0, _gaps(rng, len(stay)))
    room = end - begin - 15
    end = np.where(last, end, end - np.minimum(gap, np.maximum(room, 0)))
    end = np.maximum(np.minimum(end, stays.end[stay]), begin + 1)
    arrived = (rng.random(n) < through_emergency)[stay]
    return _described(rng, stays, stay, place, arrived & (count[stay] > 1), begin, end)


def reasons(rng: np.random.Generator, diag: NDArray[np.int16]) -> NDArray[np.int8]:
    """The reason for contact that goes with a diagnosis."""
    u = rng.random(len(diag))
    out = np.full(len(diag), ILLNESS, dtype=np.int8)
    injured = _INJURY[diag]
    out[injured] = np.where(u[injured] < 0.95, ACCIDENT, VIOLENCE)
    poisoned = _POISONING[diag]
    out[poisoned] = pick(rng, np.array([0.3, 0.2, 0, 0.3, 0.2]), int(poisoned.sum()))
    return out


def acute_priorities(rng: np.random.Generator, n: int) -> NDArray[np.int8]:
    """Acute, without or with a subtype."""
    return pick(rng, np.array([0.6, 0.25, 0.15]), n).astype(np.int8)


def _gaps(rng: np.random.Generator, n: int) -> Ints:
    kind = pick(rng, np.array([0.42, 0.2, 0.35, 0.03]), n)
    short = rng.integers(1, 60, n)
    long = rng.integers(1, 240, n)
    return np.choose(kind, [np.zeros(n, dtype=np.int64), -short, long, np.full(n, 240)])


def _described(
    rng: np.random.Generator, stays: Stays, stay: Ints, place: Ints,
    through_emergency: NDArray[np.bool_], begin: Ints, end: Ints,
) -> Contacts:  # fmt: skip
    n = len(stay)
    acute = stays.acute[stay]
    priority = np.where(acute, acute_priorities(rng, n), PLANNED)
    priority[acute & (place > 0) & (rng.random(n) < 0.35)] = PLANNED
    emergency = (place == 0) & through_emergency & acute
    vague = emergency & (rng.random(n) < 0.3)
    diag = stays.diag[stay]
    diag[vague] = pick_code(rng, VAGUE_CODES, int(vague.sum()))
    return Contacts(
        person=stays.person[stay],
        start=begin,
        end=end,
        diag=diag,
        priority=priority.astype(np.int8),
        reason=reasons(rng, diag),
        kind=np.zeros(n, dtype=np.int8),
        specialty=np.where(emergency, _ACUTE_CARE, stays.specialty[stay]).astype(np.int8),
    )
