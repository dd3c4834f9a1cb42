"""For the tests of every part: how the database is emptied after a test that commits.

The ledger's triggers refuse to remove its rows, and on SQLite Django empties a table with DELETE.
Only the tests may lift them, and only for that.
"""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def _emptying_lifts_the_ledgers_triggers():
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
