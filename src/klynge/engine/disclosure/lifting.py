"""Where numbers by education may be told without saying anything of what the years' tables hide.

The years' tables come with proofs that they are safe: *worlds* that agree with every row shown, and
that differ from how things are in what is hidden. Numbers by education are told of a place only as
long as each hidden number still differs in a world that can be carried over: where there are people
by education that agree with that world in every kommune, and with every number told. Then the
proofs hold as before, whatever else is told or not told by education.

What lies between a world and how things are agrees with everything, too. So a world that is too
far off to be carried over is gone only half the way to, or a quarter: one person is enough.

Kommuner in the same told places are a *block*. A world is carried over block by block, with what
each level has in the block as it is; that agrees with every place, for places are made of blocks.
The unknown are nobody's row and take up what they can; what is then too many in one kommune and too
few in another moves within the levels, or over others. It is a recipe rather than a search: where
it fails, the place is not told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, permutations

import numpy as np

_TOLERANCE = 1e-9
_NEAR = 1e-6
_WAYS = (1.0, 0.5, 0.25, 0.125, 0.0625)
_LARGE, _FEW = 10, 0.02
"""For places of so many kommuner, which readers look for first, this share of the proofs may be
lost. What they proved is left to the joint attack, which then takes longer."""
_TURNS = 4
_PARTS = (0.4, 0.6, 1.0, 1.0)
"""How much of what could move within a level does so in each turn: the first ones leave some for
the other levels, where there may be no other way."""
KINDS = ("land", "region", "sundhedsraad", "klynge", "kommune")
"""The places a reader would miss most, first: what is told of one may keep another back."""

Areas = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Worlds:
    """Other worlds (n) as far as they matter. more (n x areas x bands): of how many there are more
    in each than there are, all levels together. moves (n x hidden numbers): how much more each
    hidden number is. doubt (hidden numbers): how many other whole numbers must remain possible.
    """

    more: np.ndarray
    moves: np.ndarray
    doubt: np.ndarray

    def prove(self, ways: np.ndarray) -> np.ndarray:
        """The hidden numbers that are safe when each world is gone so much of the way to."""
        moved = self.moves * ways[:, None]
        up = np.floor(moved.max(axis=0, initial=0.0) + _NEAR)
        down = np.ceil(moved.min(axis=0, initial=0.0) - _NEAR)
        safe: np.ndarray = up - down >= self.doubt
        return safe


@dataclass(frozen=True, eq=False)
class Room:
    """What is counted by education (areas x levels x bands), and between what each count must stay
    in other worlds. The last level is never told."""

    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def among(self, areas: np.ndarray, band: int) -> Room:
        numbers = (self.truth, self.low, self.high)
        return Room(*(number[areas][:, :, band] for number in numbers))


@dataclass(frozen=True, eq=False)
class Carried:
    """told: sets of areas that may be told. ways (n): how much of the way each world is gone to.
    levels (n x areas x levels x bands): the people by education in each. turned (m x areas x
    levels x bands): as many in every area as there are, but with other levels.
    """

    told: frozenset[Areas]
    ways: np.ndarray
    levels: np.ndarray
    turned: np.ndarray


def carry(places: Iterable[tuple[str, Areas]], room: Room, worlds: Worlds) -> Carried:
    """places: (kind, areas) of every place."""
    choice = _Choice(room, worlds)
    for _kind, areas in sorted(set(places), key=lambda each: (KINDS.index(each[0]), each[1])):
        choice.consider(areas)
    return Carried(frozenset(choice.told), choice.ways, choice.levels(), choice.turned())


@dataclass(eq=False)
class _Choice:
    """Places told until now, the blocks they cut the country into (0: in no place told), and how
    much of the way each world is gone to."""

    room: Room
    worlds: Worlds
    told: list[Areas] = field(default_factory=list)

    def __post_init__(self) -> None:
        more = self.worlds.more
        more[np.abs(more) < _TOLERANCE] = 0.0
        self.moving = np.any(more != 0, axis=(0, 2))
        self.block = np.zeros(len(self.room.truth), int)
        self.ways = np.ones(len(more))
        self.wanted = self.worlds.prove(self.ways)
        self._tried: dict[Areas, np.ndarray] = {(): self.ways}

    def consider(self, areas: Areas) -> None:
        """Tell of a place when all that is proven now is so with the blocks it makes."""
        inside = np.zeros(len(self.block), bool)
        inside[list(areas)] = True
        inside &= self.moving
        if not inside.any():
            # It is in every world as it is.
            self.told.append(areas)
            return
        if len(areas) == 1 and not self._unknown_take(areas[0]):
            return
        cut = [self.block == number for number in np.unique(self.block[inside])]
        parts = [whole & inside for whole in cut]
        rests = [whole & ~inside for whole in cut if self.block[whole][0] != 0]
        ways = self.ways
        for block in (*parts, *rests):
            ways = np.minimum(ways, self._way(block))
            if not self._enough(len(areas), ways):
                return
        self.told.append(areas)
        self.ways = ways
        self.wanted = self.wanted & self.worlds.prove(ways)
        for part in parts:
            self.block[part] = self.block.max() + 1

    def _enough(self, size: int, ways: np.ndarray) -> bool:
        lost = np.count_nonzero(self.wanted & ~self.worlds.prove(ways))
        allowed = _FEW * np.count_nonzero(self.wanted) if size >= _LARGE else 0
        return lost <= allowed

    def _unknown_take(self, area: int) -> bool:
        """Whether the unknown of one kommune take all that there is more or fewer of it, which is
        the only way where it is told itself."""
        more = self.worlds.more[:, area] * self.ways[:, None]
        truth, low, high = (
            number[area, -1] for number in (self.room.truth, self.room.low, self.room.high)
        )
        return bool(np.all((truth + more >= low) & (truth + more <= high)))

    def levels(self) -> np.ndarray:
        """Every world by level, as far as it is gone to."""
        truth, more = self.room.truth.astype(float), self.worlds.more * self.ways[:, None, None]
        made = np.repeat(truth[None], len(more), axis=0)
        for number in np.unique(self.block):
            among = np.flatnonzero((self.block == number) & self.moving)
            for band in range(more.shape[2]):
                room, part = self.room.among(among, band), more[:, among, band]
                found = carried(room, part)[0] if number else _anyhow(room, part)
                made[..., band][:, among] = found
        return made

    def turned(self) -> np.ndarray:
        """One person of each of many areas has another level, as many the other way in the same
        block: simple proofs of what is hidden by education alone."""
        chance = np.random.default_rng(1)
        levels, bands = self.room.truth.shape[1:]
        free = self.moving & (self.block == 0)
        made = []
        for one, other in combinations(range(levels), 2):
            for _turn in range(_TURNS):
                ahead = chance.random(len(free)) < 0.5
                world = self.room.truth.astype(float)
                for band in range(bands):
                    up = self._able(one, other, band) & ahead
                    down = self._able(other, one, band) & ~ahead
                    for number in np.unique(self.block[self.moving & ~free]):
                        _even(up, down, self.block == number)
                    world[up, one, band] -= 1
                    world[up, other, band] += 1
                    world[down, one, band] += 1
                    world[down, other, band] -= 1
                made.append(world)
        return np.array(made)

    def _able(self, one: int, other: int, band: int) -> np.ndarray:
        """The areas where one person could have another level."""
        room = self.room
        spare = room.truth[:, one, band] - room.low[:, one, band] >= 1
        able: np.ndarray = spare & (room.high[:, other, band] - room.truth[:, other, band] >= 1)
        return able & self.moving

    def _way(self, block: np.ndarray) -> np.ndarray:
        """How much of the way to each world this block can be carried over."""
        among = tuple(np.flatnonzero(block & self.moving).tolist())
        if among not in self._tried:
            ways = np.ones(len(self.ways))
            for band in range(self.worlds.more.shape[2]):
                room = self.room.among(np.array(among), band)
                ways = np.minimum(ways, _way(room, self.worlds.more[:, among, band]))
            self._tried[among] = ways
        return self._tried[among]


def carried(room: Room, more: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts by level (n x areas x levels) with `more` (n x areas) than there are in every area,
    and just as many of each told level in all areas together; and in which of the worlds the
    recipe leads to that."""
    taken, holds = _of_unknown(room, more)
    made = np.repeat(room.truth[None].astype(float), len(more), axis=0)
    made[:, :, -1] += taken
    moving = _Moving(room, made, np.maximum(more - taken, 0.0), np.maximum(taken - more, 0.0))
    levels = range(made.shape[2] - 1)
    for part in _PARTS:
        for level in levels:
            moving.within(level, part)
    size = _TOLERANCE * (1.0 + np.abs(more).sum(axis=1))
    left = np.flatnonzero(holds & (moving.left() > size))
    if len(left):
        rest = _Moving(room, made[left], moving.few[left], moving.many[left])
        for out, into in permutations(levels, 2):
            rest.between(out, into)
        made[left] = rest.made
        moving.few[left], moving.many[left] = rest.few, rest.many
    return made, holds & (moving.left() <= size)


@dataclass(eq=False)
class _Moving:
    """Counts being made (worlds x areas x levels), and how many are still too few and too many in
    each area (worlds x areas)."""

    room: Room
    made: np.ndarray
    few: np.ndarray
    many: np.ndarray

    def left(self) -> np.ndarray:
        whole: np.ndarray = self.few.sum(axis=1) + self.many.sum(axis=1)
        return whole

    def within(self, level: int, part: float) -> None:
        """Move what can be from where there are too many to where there are too few."""
        out, into = self._out(level), self._into(level)
        able = out.sum(axis=1), into.sum(axis=1)
        moved = part * np.minimum(*able)
        self._move(level, out * _per(moved, able[0]), level, into * _per(moved, able[1]))

    def between(self, one: int, other: int) -> None:
        """The same where those have one level and these take another: somewhere between the two
        the levels change places."""
        out, into = self._out(one), self._into(other)
        settled = (self.few <= _TOLERANCE) & (self.many <= _TOLERANCE)
        up, down = self.room.high - self.made, self.made - self.room.low
        swap = np.where(settled, np.minimum(up[:, :, one], down[:, :, other]), 0.0)
        swap = np.minimum(swap, out.sum(axis=1, keepdims=True))
        able = out.sum(axis=1), into.sum(axis=1), swap.sum(axis=1)
        moved = np.minimum(np.minimum(*able[:2]), able[2])
        swap = swap * _per(moved, able[2])
        self.made[:, :, one] += swap
        self.made[:, :, other] -= swap
        self._move(one, out * _per(moved, able[0]), other, into * _per(moved, able[1]))

    def _out(self, level: int) -> np.ndarray:
        return np.minimum(self.many, self.made[:, :, level] - self.room.low[:, level])

    def _into(self, level: int) -> np.ndarray:
        return np.minimum(self.few, self.room.high[:, level] - self.made[:, :, level])

    def _move(self, one: int, out: np.ndarray, other: int, into: np.ndarray) -> None:
        self.made[:, :, one] -= out
        self.made[:, :, other] += into
        self.many -= out
        self.few -= into


def _way(room: Room, more: np.ndarray) -> np.ndarray:
    ways = np.zeros(len(more))
    ways[~more.any(axis=1)] = 1.0
    for way in _WAYS:
        at = np.flatnonzero(ways == 0)
        if not len(at):
            break
        ways[at[carried(room, way * more[at])[1]]] = way
    return ways


def _of_unknown(room: Room, more: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the unknown take of it (n x areas), so that the rest adds up to nothing; and in which
    worlds they can."""
    least, most = room.low[:, -1] - room.truth[:, -1], room.high[:, -1] - room.truth[:, -1]
    taken = np.clip(more, least, most)
    over = (more - taken).sum(axis=1)
    size = np.abs(over)[:, None]
    able = np.where(
        over[:, None] > 0, np.minimum(most - taken, size), np.minimum(taken - least, size)
    )
    whole = able.sum(axis=1)
    return taken + able * _per(over, whole), whole >= np.abs(over) - _TOLERANCE


def _even(up: np.ndarray, down: np.ndarray, block: np.ndarray) -> None:
    """Leave out as many of the one or the other as makes them equally many in a block."""
    count = min(np.count_nonzero(up & block), np.count_nonzero(down & block))
    for which in (up, down):
        which[np.flatnonzero(which & block)[count:]] = False


def _per(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    result: np.ndarray = (part / np.where(whole > 0, whole, 1.0))[:, None]
    return result


def _anyhow(room: Room, more: np.ndarray) -> np.ndarray:
    """Counts by level that only add up, where nothing is told."""
    size = np.abs(more)[:, :, None]
    up, down = np.minimum(room.high - room.truth, size), np.minimum(room.truth + 0.0, size)
    parts = np.where(more[:, :, None] < 0, down, up)
    whole = parts.sum(axis=2, keepdims=True)
    result: np.ndarray = room.truth + more[:, :, None] * parts / np.where(whole > 0, whole, 1.0)
    return result
