"""Who the tests of all rooms are logged in as."""

from __future__ import annotations

import pytest
from django.test import Client

from klynge.web.accounts.tests.builders import a_secretary


@pytest.fixture
def secretary(client: Client) -> Client:
    """A browser where a secretary is logged in; `secretary.user` is who it is."""
    client.user = a_secretary()
    client.force_login(client.user)
    return client
