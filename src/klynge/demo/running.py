"""The steps of the demo: each tells what it does, and is skipped when its result is there already.

Everything lies in one folder for each number of persons: the invented registers, the data pack, the
database. Registers and pack appear whole or not at all, so what is there can be used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from pathlib import Path

from klynge.texts import _, ngettext

YEARS = range(2021, 2026)
SEED = 1
STEPS = 4
# Some from every theme and every kind: all of them would take a demo ten minutes.
INDICATORS = (
    "pop_folketal", "pop_aldersandel", "prim_andel",
    "forebyg_65", "genind_67", "plejehjem",
    "ruks_praev_kol", "ruks_praev_t2d", "ruks_praev_hjertesvigt",
    "psyk_patienter", "psyk_indl", "genind_psyk_30",
)  # fmt: skip
PUBLISHED = "sundhedsprofil_2025_klynger.csv"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the demo of so many persons keeps its things."""

    home: Path

    @property
    def registers(self) -> Path:
        return self.home / "registre"

    @property
    def pack(self) -> Path:
        return self.home / "datapakke"


def prepare(folder: Path, *, persons: int, fresh: bool, say: Say) -> Places:
    """Make registers, pack and workspace ready in `folder`.

    fresh: throw away what an earlier run left for the same number of persons.
    say: told one line at a time what is going on.
    """
    places = Places(folder / f"{persons}-personer")
    if fresh:
        shutil.rmtree(places.home, ignore_errors=True)
    places.home.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    count = f"{persons:,}".replace(",", ".")
    with _step(1, _("Opdigter registre for {n} personer").format(n=count), say):
        _make_registers(places, persons, say)
    with _step(2, _("Regner tallene og beskytter dem"), say):
        _build_pack(places, say)
    with _step(3, _("Klargør arbejdsrummet"), say):
        _manage(places, "migrate", verbosity=0)
        _manage(places, "create_demo_users", stdout=StringIO())  # serve() tells the log-ins
        _manage(places, "demo_bodies")
        _manage(places, "demo_agreements", verbosity=0)
    with _step(4, _("Indlæser datapakken og offentliggjorte tal"), say):
        _manage(places, "import_pack", str(places.pack))
        _import_published()
        _manage(places, "create_demo_users", stdout=StringIO())  # told when it is served
        _manage(places, "demo_meetings")
        _manage(places, "demo_decisions", verbosity=0)
        _manage(places, "demo_goals", verbosity=0)
        _manage(places, "demo_initiatives", verbosity=0)
        _manage(places, "demo_funds", verbosity=0)  # an initiative applies for money
        _manage(places, "demo_publishing", verbosity=0)  # last: it shows what the others made
    seconds = round(time.monotonic() - began)
    say(_("Klar på {time}.").format(time=_duration(seconds)))
    return places


def serve(places: Places, *, port: int, say: Say) -> int:
    """Show the workspace until interrupted; returns the exit code."""
    say("")
    say(
        _("Log ind på http://localhost:{port}/ som en af disse (brugernavn, adgangskode):").format(
            port=port
        )
    )
    _manage(places, "create_demo_users")
    say(_("Stop med Ctrl-C."))
    # As another program: this one has drawn charts, and what draws them (V8) does not outlive the
    # fork that makes the server's workers. They would hang at the first chart.
    command = [sys.executable, "-m", "klynge", "web", "serve", "--port", str(port)]
    if os.name == "posix":
        # In place of this process, so that whoever stops it stops the server.
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606
    with suppress(KeyboardInterrupt):
        return subprocess.call(command)  # noqa: S603
    return 0


@contextmanager
def _step(number: int, what: str, say: Say) -> Iterator[None]:
    say(f"[{number}/{STEPS}] {what} ...")
    began = time.monotonic()
    yield
    say(_("      færdig på {time}").format(time=_duration(round(time.monotonic() - began))))


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    text = ngettext("{n} sekund", "{n} sekunder", rest).format(n=rest)
    if not minutes:
        return text
    return ngettext("{n} minut og ", "{n} minutter og ", minutes).format(n=minutes) + text


def _make_registers(places: Places, persons: int, say: Say) -> None:
    if places.registers.exists() or places.pack.exists():
        say(_("      findes fra sidst"))
        return
    from klynge.engine.registers import synth

    synth.write(places.registers, persons=persons, years=YEARS, seed=SEED, progress=_steps(say))


def _steps(say: Say) -> Callable[[str, float], None]:
    """Tell each thing once, when it begins; shares of it only as they pass a quarter."""
    told: set[tuple[str, int]] = set()

    def tell(what: str, share: float) -> None:
        quarter = int(share * 4)
        if (what, quarter) not in told:
            told.add((what, quarter))
            say(f"      {what} ({share:.0%})")

    return tell


def _build_pack(places: Places, say: Say) -> None:
    if places.pack.exists():
        say(_("      findes fra sidst"))
        return
    from klynge.engine.build import build

    build(
        places.registers,
        places.pack,
        years=YEARS,
        indicators=INDICATORS,
        progress=lambda line: say(f"      {line}"),
    )


def _manage(places: Places, command: str, *arguments: str, **options: object) -> None:
    """Run one of the workspace's own commands on the demo's database."""
    os.environ["KLYNGE_HOME"] = str(places.home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "klynge.web.settings.demo"
    import django
    from django.core.management import call_command

    django.setup()
    call_command(command, *arguments, **options)


def _import_published() -> None:
    """Bring in the few real figures that show how published ones stand beside a pack's."""
    from klynge.web.figures import rules
    from klynge.web.figures.models import PublishedSource

    file = files("klynge.demo") / "data" / PUBLISHED
    if PublishedSource.objects.filter(file_name=PUBLISHED, replaced_at=None).exists():
        return
    source = rules.SourceFacts(
        publisher="Sundhedsstyrelsen og regionerne",
        url="https://www.danskernessundhed.dk/",
        note=_("Tre af undersøgelsens tal, lagt sammen fra kommuner til klynger."),
        own_computation=True,
    )
    rules.import_published(PUBLISHED, file.read_bytes(), by=None, source=source)
