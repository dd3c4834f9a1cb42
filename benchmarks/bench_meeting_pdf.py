"""A whole meeting as one PDF: 25 items, 10 charts. The bar: under 2 seconds on two cores.

    python benchmarks/bench_meeting_pdf.py

Prints what each step takes, from the database to the finished file, and sets it beside the naive
way: drawing every chart anew each time somebody fetches the papers. (Klynge freezes the drawn chart
with the item.) Everything runs in one process, on a database in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klynge.web.settings.test")

ITEMS, CHARTS, ANNEXES, TIMES, BAR = 25, 10, 5, 5, 2.0
TEXT = (
    "<p>Antallet af akutte indlæggelser i klyngen er steget i tre år, og det er steget mest blandt"
    " borgere på 65 år og derover. Arbejdsgruppen har set på, hvad der sker mellem almen praksis,"
    " kommunernes akutfunktioner og hospitalet, og peger på tre steder, hvor forløbet kan blive"
    " bedre.</p>"
)


def main() -> int:
    """Run it; returns 1 when the bar is missed."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import override_settings

    connection.creation.create_test_db(verbosity=0)
    with override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    ):
        return _run()


def _run() -> int:
    from klynge.web.accounts.tests.builders import a_secretary
    from klynge.web.documents import pdf
    from klynge.web.meetings.papers import composing, making, reading
    from klynge.web.meetings.papers.composing import Wanted
    from klynge.web.meetings.papers.parts import Part

    meeting, user, wanted = _a_meeting(), a_secretary(), Wanted(frozenset(Part), {})

    def whole() -> bytes:
        paper = reading.read(meeting, user)
        assert paper is not None
        return making.meeting_pdf(paper, wanted)

    first = _took(whole)
    paper = reading.read(meeting, user)
    assert paper is not None
    document = composing.document(paper, wanted)
    made = whole()
    steps = {
        "read from the database": _best(lambda: reading.read(meeting, user)),
        "compose the blocks": _best(lambda: composing.document(paper, wanted)),
        "set, tag and attach": _best(lambda: pdf.render(document)),
        "the whole": _best(whole),
        "the whole, as Word": _best(lambda: making.meeting_docx(paper, wanted)),
    }
    ours, charts = steps["the whole"], _best(_draw_charts)
    naive = Took(ours.wall + charts.wall, ours.cpu + charts.cpu)
    pages, size = _pages(made), len(made) / 1000
    print(f"{ITEMS} items, {CHARTS} charts, {ANNEXES} annexes: {pages} pages, {size:.0f} kB")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':<30} {'wall':>8} {'cpu':>8}")
    print(first.line("the first time, fonts read"))
    for name, took in steps.items():
        print(took.line(name))
    print(naive.line("naive: charts drawn anew") + f"  {naive.cpu / ours.cpu:.1f} x")
    return _verdict(ours)


def _verdict(took: Took) -> int:
    """By the clock where the machine is free; by the work done where others keep it busy."""
    is_busy = os.getloadavg()[0] > (os.cpu_count() or 1) + 1
    seconds, by = (took.cpu, "work, the machine is busy") if is_busy else (took.wall, "the clock")
    print(f"bar {BAR:.1f} s: {'met' if seconds < BAR else 'MISSED'} at {seconds:.2f} s by {by}")
    return 0 if seconds < BAR else 1


def _a_meeting() -> Any:
    """A meeting with its agenda, figures, annexes, attendance and minutes."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from klynge.web.meetings import rules
    from klynge.web.meetings.papers.tests.builders import a_figure, a_pdf_file
    from klynge.web.meetings.tests.minutes_builders import (
        a_meeting_under_way,
        everybody_came,
        write,
    )

    titles = [f"Akutområdet, del {number}" for number in range(1, ITEMS + 1)]
    meeting = everybody_came(a_meeting_under_way(*titles))
    svgs = _draw_charts()
    for at, item in enumerate(meeting.items.all()):
        item.blocks.update(html=TEXT * 4 + "<ul><li>En vej ind</li><li>Fælles overblik</li></ul>")
        if at < CHARTS:
            a_figure(item, svg=svgs[at])
        if at < ANNEXES:
            file = SimpleUploadedFile("notat.pdf", a_pdf_file(TEXT * 20))
            rules.add_annex(by=None, item=item, file=file, name="Notat")
        write(item, f"Drøftet: {item.number}.", c1="agreed", c2="agreed")
    meeting.refresh_from_db()
    return meeting


def _draw_charts() -> list[str]:
    """Ten trends of ten years, drawn as the figures room draws them."""
    from klynge.web.figures import charts

    years = tuple(str(year) for year in range(2015, 2025))
    places = ("Randersklyngen", "Region Midtjylland", "Danmark")
    drawn = []
    for number in range(CHARTS):
        points = tuple(
            charts.Point(place, year, 10 + number + at / 3, 9.0 + number, 12.0 + number)
            for place in places
            for at, year in enumerate(years)
        )
        chart = charts.Chart("trend", "pr. 1.000", places, years, points)
        drawn.append(charts.svg(chart))
    return drawn


def _pages(pdf: bytes) -> int:
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


@dataclass(frozen=True)
class Took:
    """Seconds by the clock on the wall, and seconds of work on all cores."""

    wall: float
    cpu: float

    def line(self, name: str) -> str:
        return f"{name:<30} {self.wall:6.2f} s {self.cpu:6.2f} s"


def _best(run: Callable[[], object]) -> Took:
    """The best of some runs: the least disturbed by what else the machine does."""
    every = [_took(run) for _time in range(TIMES)]
    return Took(min(one.wall for one in every), min(one.cpu for one in every))


def _took(run: Callable[[], object]) -> Took:
    wall, cpu = perf_counter(), process_time()
    run()
    return Took(perf_counter() - wall, process_time() - cpu)


if __name__ == "__main__":
    sys.exit(main())
