"""Finds the definitions, runs them, and checks them together.

A definition is a Python file that makes `indicator`, or `indicators` for a close family. Those of
the package lie in one folder a theme beside this file; `load` reads any other folder the same way.
"""

from __future__ import annotations

import runpy
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.populations import shared_faults
from klynge.engine.indicators.words import heading, nearest, short
from klynge.faults import BadInput, DefinitionError, Fault
from klynge.texts import _

HERE = Path(__file__).parent
THEMES = ("population", "frail", "chronic", "psychiatry")


@cache
def every() -> tuple[Indicator, ...]:
    """The package's own indicators, by theme and file name; DefinitionError tells all faults."""
    return load(HERE / theme for theme in THEMES)


def load(folders: Iterable[Path]) -> tuple[Indicator, ...]:
    """The indicators of every definition in `folders`; DefinitionError tells all faults."""
    found: list[Indicator] = []
    faults: list[Fault] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        if path.stem == "__init__":
            continue
        try:
            found += _run(path)
        except DefinitionError as error:
            faults += error.faults
    faults += _repeated(found) or shared_faults(found)
    if faults:
        raise DefinitionError(heading(), faults)
    return tuple(found)


def together(*several: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Indicators from several places as one set; DefinitionError when they do not go together."""
    found = [indicator for each in several for indicator in each]
    faults = _repeated(found) or shared_faults(found)
    if faults:
        raise DefinitionError(heading(), faults)
    return tuple(found)


def choose(codes: Sequence[str] | None, among: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators with `codes`, in the catalogue's order; all when None.

    BadInput names the nearest for each code that is not there.
    """
    if not codes:
        return tuple(among)
    known = {indicator.code for indicator in among}
    faults = [
        Fault(
            "--indicator",
            _("Indikatoren '{code}' findes ikke.").format(code=code),
            _("en af de {count} koder i docs/reference/indicators.md").format(count=len(known)),
            nearest(code, known),
        )
        for code in dict.fromkeys(codes)
        if code not in known
    ]
    if faults:
        raise BadInput(_("Datapakken blev ikke bygget."), faults)
    return tuple(indicator for indicator in among if indicator.code in set(codes))


def _run(path: Path) -> list[Indicator]:
    try:
        made = runpy.run_path(str(path))
    except DefinitionError:
        raise
    except Exception as error:
        # A definition never sees a row, so its own error may be shown.
        raise DefinitionError(heading(), [_stopped(path, error)]) from None
    one, many = made.get("indicator"), made.get("indicators", ())
    found = [one] if one is not None else list(many)
    if not found or not all(isinstance(item, Indicator) for item in found):
        raise DefinitionError(
            heading(),
            [
                Fault(
                    short(path),
                    _("Filen laver ingen indikator."),
                    _("indicator = Indicator(...), eller indicators = [...] for en familie"),
                    _("Giv indikatoren navnet 'indicator'."),
                )
            ],
        )
    return found


def _stopped(path: Path, error: Exception) -> Fault:
    line = error.lineno if isinstance(error, SyntaxError) else None
    for step in traceback.extract_tb(sys.exc_info()[2]):
        if Path(step.filename) == path:
            line = step.lineno
    remedy = _("Sammenlign med en anden definition, der ligner.")
    missing = getattr(error, "name", None)
    if isinstance(error, (NameError, ImportError)) and missing:
        from klynge.engine.indicators import language

        remedy = nearest(str(missing), language.__all__)
    return Fault(
        _("{file}, linje {line}").format(file=short(path), line=line or "?"),
        f"{type(error).__name__}: {error}",
        _("en definition skrevet med klynge.engine.indicators.language"),
        remedy,
    )


def _repeated(found: Sequence[Indicator]) -> list[Fault]:
    return [
        Fault(
            code,
            _("{count} definitioner har den samme kode.").format(count=count),
            _("én definition til hver kode"),
            _("Giv dem hver sin code=."),
        )
        for code, count in Counter(indicator.code for indicator in found).items()
        if count > 1
    ]
