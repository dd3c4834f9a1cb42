"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from klynge import texts

# A busy machine must not fail a property: nothing here is about time.
settings.register_profile("klynge", deadline=None)
settings.load_profile("klynge")


@pytest.fixture(autouse=True)
def _danish_first() -> Iterator[None]:
    """A command run in English must not leave the next test speaking it."""
    texts.use_language("da")
    yield
    texts.use_language("da")
