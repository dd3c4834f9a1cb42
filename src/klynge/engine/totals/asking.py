"""The published numbers of a build: the file read against every indicator there is."""

from __future__ import annotations

from pathlib import Path

from klynge.engine.choosing import Chosen
from klynge.engine.indicators import ratios
from klynge.engine.indicators.catalogue import every
from klynge.engine.indicators.person_time import person_time
from klynge.engine.indicators.wards import WARDS
from klynge.engine.totals.reading import Total, read


def totals_for(choice: Chosen, file: Path) -> tuple[Total, ...]:
    """The numbers of the file. One for an indicator that is not built now is no fault, for the
    same file may be used for every pack; one for an indicator that nobody has defined is."""
    counted = (*every(), *choice.indicators)
    known = (*counted, *ratios.RATIOS, *person_time(counted), *WARDS)
    return read(file, {each.code: each.ages for each in known})
