"""What the database itself refuses in the ledger, in SQLite's words and in PostgreSQL's.

1. A row of the ledger is never changed or removed.
2. No account but a source goes below zero, whoever adds the movement and however.

A migration that rebuilds one of these tables on SQLite loses its triggers and must make them again.
"""

from __future__ import annotations

from collections.abc import Callable

TABLES = ("funds_account", "funds_entry", "funds_movement")
CHANGED = "the ledger is never changed"
BELOW_ZERO = "an account of the ledger would go below zero"


def make(vendor: str, execute: Callable[[str], object]) -> None:
    """Make every trigger. `execute` runs one statement."""
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]():
        execute(statement)


def remove(vendor: str, execute: Callable[[str], object]) -> None:
    """Take every trigger away."""
    for name, table in _names():
        on = f" ON {table}" if vendor == "postgresql" else ""
        execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    if vendor == "postgresql":
        execute("DROP FUNCTION IF EXISTS funds_never_changed()")
        execute("DROP FUNCTION IF EXISTS funds_not_below_zero()")


def _names() -> list[tuple[str, str]]:
    kept = [(f"{table}_no_{what}", table) for table in TABLES for what in ("update", "delete")]
    return [*kept, ("funds_movement_not_below_zero", "funds_movement")]


_LEFT = """(SELECT COALESCE(SUM(amount), 0) FROM funds_movement WHERE debit_id = NEW.credit_id)
    - (SELECT COALESCE(SUM(amount), 0) FROM funds_movement WHERE credit_id = NEW.credit_id)"""


def _sqlite() -> list[str]:
    kept = [
        f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END"
        for table in TABLES
        for what in ("update", "delete")
    ]
    zero = f"""CREATE TRIGGER funds_movement_not_below_zero AFTER INSERT ON funds_movement
    WHEN (SELECT kind FROM funds_account WHERE id = NEW.credit_id) <> 'source' AND {_LEFT} < 0
    BEGIN SELECT RAISE(ABORT, '{BELOW_ZERO}'); END"""  # noqa: S608
    return [*kept, zero]


def _postgresql() -> list[str]:
    functions = [
        f"""CREATE FUNCTION funds_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'check_violation'; END $$""",
        # The account is locked first, so that two who spend at once are seen one after the other.
        f"""CREATE FUNCTION funds_not_below_zero() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE its_kind text;
        BEGIN
          SELECT kind INTO its_kind FROM funds_account WHERE id = NEW.credit_id FOR UPDATE;
          IF its_kind <> 'source' AND {_LEFT} < 0 THEN
            RAISE EXCEPTION '{BELOW_ZERO}' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NULL;
        END $$""",  # noqa: S608
    ]
    kept = [
        f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION funds_never_changed()"
        for table in TABLES
        for what in ("update", "delete")
    ]
    zero = """CREATE TRIGGER funds_movement_not_below_zero AFTER INSERT ON funds_movement
    FOR EACH ROW EXECUTE FUNCTION funds_not_below_zero()"""
    return [*functions, *kept, zero]
