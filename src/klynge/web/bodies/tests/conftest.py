"""What the tests of handing over share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from klynge.web.bodies.tests.handing_over import Grants, grants


@pytest.fixture
def with_grants() -> Iterator[Grants]:
    """A room of grants stands in for every room that registers its matters with the hand-over."""
    with grants() as kind:
        yield kind
