"""What holds for the tests of every part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from klynge import texts

# A busy machine must not fail a property: nothing here is about time.
settings.register_profile(
    "klynge",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("klynge")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A test is not named by the bytes of a file: they may hold the time they were made, and two
    workers must give it one name."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _danish_first() -> Iterator[None]:
    """A command run in English must not leave the next test speaking it."""
    texts.use_language("da")
    yield
    texts.use_language("da")


@pytest.fixture(autouse=True, scope="session")
def _emptying_lifts_the_ledgers_triggers() -> Iterator[None]:
    """The database is emptied after a test that commits.

    The ledger's triggers refuse to remove its rows, and on SQLite Django empties a table with
    DELETE. Only the tests may lift them, and only for that.
    """
    # Through `base`: on PostgreSQL nothing has imported it, and alone it goes in a circle.
    from django.db.backends.sqlite3.base import DatabaseOperations

    from klynge.web.funds import triggers

    plain = DatabaseOperations.execute_sql_flush

    def lifted(self, sql_list):
        with self.connection.cursor() as cursor:
            triggers.remove("sqlite", cursor.execute)
            plain(self, sql_list)
            triggers.make("sqlite", cursor.execute)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", lifted)
        yield
