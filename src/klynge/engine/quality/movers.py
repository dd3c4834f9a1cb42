"""What became of the people of each 1 January by the next, and who was new then.

Figures are about those who lived here on 1 January, all the year. This tells how many they lose
on the way (died, gone from the 98 kommuner, moved to another) and how many come after that day
and are first counted the year after, so that a reader sees what the closed cohort leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

KINDS = ("stayed", "moved", "died", "gone", "born", "came")

QUESTION = "movers"

_SQL = """
    SELECT a.year, CAST(
      CASE
        WHEN b.pid IS NOT NULL AND b.kommune = a.kommune THEN 'stayed'
        WHEN b.pid IS NOT NULL THEN 'moved'
        WHEN p.died_on < MAKE_DATE(a.year + 1, 1, 1) THEN 'died'
        ELSE 'gone'
      END AS VARCHAR) AS kind,
      COUNT(*) AS n
    FROM residents AS a
    JOIN persons AS p ON p.pid = a.pid
    LEFT JOIN residents AS b ON b.pid = a.pid AND b.year = a.year + 1
    GROUP BY 1, 2
    UNION ALL
    SELECT b.year - 1 AS year, CAST(
      CASE WHEN b.age = 0 THEN 'born' ELSE 'came' END AS VARCHAR) AS kind, COUNT(*) AS n
    FROM residents AS b
    LEFT JOIN residents AS a ON a.pid = b.pid AND a.year = b.year - 1
    WHERE a.pid IS NULL
    GROUP BY 1, 2
"""


def questions(made: Iterable[str]) -> dict[str, str]:
    """What must be asked of the spine, in SQL by name."""
    return {QUESTION: _SQL} if {"residents", "persons"} <= set(made) else {}


def told(
    rows: Sequence[tuple[Any, ...]], years: Sequence[int], rounded: Callable[[int], int | str]
) -> list[dict[str, Any]]:
    """How many of each kind in each of the years that has a 1 January after it."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for year, kind, n in rows:
        counts[int(year)][kind] = int(n)
    followed = {year for year, kinds in counts.items() if "stayed" in kinds or "moved" in kinds}
    return [
        {"year": year, **{kind: rounded(counts[year].get(kind, 0)) for kind in KINDS}}
        for year in sorted(followed & set(years))
    ]
