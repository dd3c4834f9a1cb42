"""A meeting that is published, for what is written to other systems."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.publishing import rules
from tests.web.exchange.whole import a_whole_meeting


@pytest.fixture
def meeting(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    meeting = a_whole_meeting()
    secretary = a_secretary()
    rules.show_body(by=secretary, body=meeting.body, members=True, dates=True)
    for part in ("dagsorden", "referat"):
        rules.publish(by=secretary, meeting=meeting, part=part, looked_through=True)
    return meeting
