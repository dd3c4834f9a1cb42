"""Two editors on one minute: 200 random interleavings, and no text is lost.

Each editor reads, writes a sentence with a word that stands nowhere else, and saves; the steps of
the two are mixed at random. When told of a clash they choose: both texts, their own, or the
other's. A word that was typed must stand in a kept text, and in the minutes themselves unless
somebody chose it away with both texts before them.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import connection, connections

from klynge.web.meetings import light_markup, minutes_rules
from klynge.web.meetings.minutes_rules import Clash, Written
from klynge.web.meetings.models import Item, Minute, MinuteRevision
from klynge.web.meetings.tests.minutes_builders import a_meeting_under_way, items_of

INTERLEAVINGS, ROUNDS = 200, 2
BEGINNING = "Indledning.\n\nDrøftelse.\n\n- et punkt\n- et andet punkt\n\nAfslutning."
_words = count(1)


@dataclass
class Editor:
    """Somebody who writes: each call of `step` is one thing they do, and others may come between.

    typed: every word they have typed. chosen_away: words somebody gave up, both texts before them.
    """

    item: Item
    chance: random.Random
    rounds: int = ROUNDS
    typed: set[str] = field(default_factory=set)
    chosen_away: set[str] = field(default_factory=set)
    clashes: int = 0
    merges: int = 0

    def __post_init__(self) -> None:
        self._doing = iter(self._work())
        self.is_done = False

    def step(self) -> None:
        self.is_done = next(self._doing, None) is None

    def _work(self):
        for _round in range(self.rounds):
            written, base = minutes_rules.read(self.item)
            yield "read"
            mine = Written(self._edited(written.text), {})
            yield "written"
            saved = minutes_rules.save(by=None, item=self.item, written=mine, base=base)
            while isinstance(saved, Clash):
                self.clashes += 1
                yield "clash"
                chosen = self._choose(saved)
                saved = minutes_rules.save(
                    by=None, item=self.item, written=chosen, base=saved.version, chosen=True
                )
            self.merges += saved.merged
            yield "saved"

    def _edited(self, text: str) -> str:
        word = f"ord{next(_words)}"
        self.typed.add(word)
        lines = text.split("\n")
        at = self.chance.randrange(len(lines))
        if self.chance.random() < 0.5 and lines[at]:
            lines[at] += f" {word}."
        else:
            lines[at:at] = [f"Ny linje {word}.", ""]
        return "\n".join(lines)

    def _choose(self, clash: Clash) -> Written:
        chosen = self.chance.choice((clash.both, clash.both, clash.mine, clash.theirs))
        before = words(clash.mine.text) | words(clash.theirs.text)
        self.chosen_away |= before - words(chosen.text)
        return chosen


def words(text: str) -> set[str]:
    return {word.strip(".- ") for word in text.split() if word.startswith("ord")}


def start_again(item: Item) -> None:
    MinuteRevision.objects.all().delete()
    Minute.objects.all().delete()
    minutes_rules.save(by=None, item=item, written=Written(BEGINNING, {}), base=0)


@pytest.mark.django_db
def test_no_text_is_lost_in_two_hundred_random_interleavings():
    (item,) = items_of(a_meeting_under_way("Et punkt"))
    clashes = merges = 0
    for seed in range(INTERLEAVINGS):
        chance = random.Random(seed)
        start_again(item)
        editors = [Editor(item, chance), Editor(item, chance)]
        while waiting := [each for each in editors if not each.is_done]:
            chance.choice(waiting).step()

        typed = editors[0].typed | editors[1].typed
        away = editors[0].chosen_away | editors[1].chosen_away
        kept = words(
            " ".join(light_markup.from_html(row.html) for row in MinuteRevision.objects.all())
        )
        stands = words(light_markup.from_html(Minute.objects.get().html))
        assert typed <= kept, f"seed {seed}"
        assert typed - away <= stands, f"seed {seed}"
        clashes += sum(each.clashes for each in editors)
        merges += sum(each.merges for each in editors)

    # It is no test if nobody ever met the other.
    assert clashes > INTERLEAVINGS // 10
    assert merges > INTERLEAVINGS // 10


def write_at_once(item: Item, editors: list[Editor]) -> list[Exception]:
    """Run every editor to the end in a thread of its own; what went wrong."""
    wrong: list[Exception] = []

    def run(editor: Editor) -> None:
        try:
            while not editor.is_done:
                editor.step()
        except Exception as error:  # told in the thread that asked
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(editor,)) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def at_once() -> None:
    """Three real threads on one minute; raises when anything is lost."""
    (item,) = items_of(a_meeting_under_way("Et punkt"))
    editors = [Editor(item, random.Random(seed), rounds=8) for seed in range(3)]
    wrong = write_at_once(item, editors)

    assert wrong == []
    typed = set().union(*(editor.typed for editor in editors))
    away = set().union(*(editor.chosen_away for editor in editors))
    kept = words(" ".join(light_markup.from_html(row.html) for row in MinuteRevision.objects.all()))
    assert len(typed) == 24
    assert typed <= kept
    assert typed - away <= words(light_markup.from_html(Minute.objects.get().html))
    numbers = list(MinuteRevision.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db(transaction=True)
def test_no_text_is_lost_when_three_write_at_the_same_time():
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite is in memory; see the test on a file")
    at_once()


@pytest.mark.slow
def test_no_text_is_lost_when_three_write_at_the_same_time_in_a_sqlite_file(tmp_path):
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from klynge.web.meetings.tests.test_writing_at_once import at_once\n"
        "at_once()\n"
    )
    environment = {
        "KLYNGE_HOME": str(tmp_path),
        "KLYNGE_DATABASE_URL": f"sqlite:///{tmp_path / 'klynge.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "klynge.web.settings.demo",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
