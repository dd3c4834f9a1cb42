"""Writes docs/reference/spine.md from the descriptions of the tables. `make docs` renews it."""

from __future__ import annotations

from collections.abc import Iterator

from klynge.engine.spine.models import ADMISSION_MIN_HOURS, MAX_GAP_HOURS, models
from klynge.engine.spine.tables import TABLES, SpineTable

_HEAD = f"""\
# The spine

Generated from `src/klynge/engine/spine/tables.py`; change it there, and run `make docs`.

The few person-level tables every indicator is built on.
A definition may use any column below except `pid`: `residents.age >= 65`, `stays.acute`.
How a table is made is plain SQL, one numbered file each, in `src/klynge/engine/spine`.

## What holds for all of them

- Residence and age are those of 1 January: the snapshot of 31 December the day before, or of the
  day itself. Snapshots of other quarters change no year's population: a quarterly delivery gives
  the same figures as a yearly one.
- Who moves within the country or leaves it stays in the figures of the 1 January before.
  `time_lost` has the days of the year after a death or out of the country.
- Times are local wall-clock times without a zone, as registers give them.
- Missing is equal to nothing: a condition about a missing value is false, and `~` of it true.
- A model looks at one person at a time. Only `persons` numbers everybody.
- The SQL keeps to a subset that means the same on DuckDB and Spark; `subset.py` checks it.
- Every row of a register has one fate, told in the views `..._rows`: used, or why not.
  `quality.json` is counted from them.

## What a stay is

Physical contacts (`ALCA00`) of one person are one stay while they overlap or follow within
{MAX_GAP_HOURS} hours of the latest end so far, so contacts may nest.
A stay of {ADMISSION_MIN_HOURS} hours or more is an admission.
Both are parameters; sources that count other things use gaps of 6, 8 or 12 hours.

- Somatic and psychiatric contacts chain together. The stay's domain is that of its **first
  contact's main speciality**: psychiatric when its text holds "psykiatri", else somatic.
- Whether the stay is acute, and its main diagnosis, are the first contact's too: why the person
  came, not what was found or arose later. `stays.any_diagnosis_in(...)` looks at every contact
  instead.
- Finished contacts count. Unfinished ones count in psychiatry only, as running to the end of the
  extract, or to the end of the day of death.
- A contact begun after the day of death, after the end of the extract, or ended before it began,
  falls out.
- The extract ends at the midnight after the last day with a usual number of contacts begun, so a
  date typed wrong does not move it.
- `stays.followed_within(days=30, by=...)` looks 30 times 24 hours ahead of the end, for another
  stay; for what is known by its day alone (home nursing, a move, a death) it looks from the day the
  stay ended to 30 days after. General practice is known by the week of the claim: it counts when a
  day of that week is one of those days, so some outside them count, and late claims are missed.
  `stays.preceded_within(...)` looks back from the start in the same way.
  Stays that the extract does not cover for so long are left out and told in `quality.json`.
- `stays.during(care_home.all)` asks what went on when the stay began.
- `residents.have(events, dated_by, window)` asks for people who have something, such as a disease
  on 1 January, and so says what an indicator is out of.

## What a chronic disease is

The onset of every disease is found in one pass, from the codelists beside the indicators.
Unless its rule says otherwise, one A or B diagnosis is enough, or two dispensings on different
days; the codelist and the rule say which codes, within how many days, and from which age.
The day the rule is first met is the onset; few diseases end (`onsets.ended_on`).
These are local definitions.

## Models, in order

| model | kept as | reads |
|---|---|---|"""


def page() -> str:
    """The reference page of the spine."""
    lines = [_HEAD]
    for model in models():
        kept = "view" if model.is_view else "table"
        reads = ", ".join(f"`{name}`" for name in sorted(model.reads))
        lines.append(f"| `{model.name}` | {kept} | {reads} |")
    for table in TABLES.values():
        lines += ["", *_section(table)]
    return "\n".join(lines) + "\n"


def _section(table: SpineTable) -> Iterator[str]:
    yield from (f"## {table.name}", "", f"One row: {table.row}.", "")
    yield from ("| column | kind | | may be missing |", "|---|---|---|---|")
    for column in table.columns:
        kind = column.kind.name.lower().replace("_", "/")
        missing = "yes" if column.may_be_missing else ""
        yield f"| `{column.name}` | {kind} | {column.means} | {missing} |"
