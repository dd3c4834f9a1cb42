"""The demo's agreement: made once, holds, and says that it is invented."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from klynge.web.agreements import demo, reading
from klynge.web.agreements.models import Process

pytestmark = pytest.mark.django_db


def test_it_is_made_once_and_its_goals_hold():
    assert demo.fill() == demo.fill() == 1
    process = Process.objects.get()
    assert process.state == "holds"
    assert "Opdigtet" in process.note
    assert len(reading.goals_of("1082", date(2024, 9, 15))) == 2


def test_it_is_made_in_a_demo_only(settings):
    settings.KLYNGE_DEMO = False
    with pytest.raises(CommandError, match="demoens indstillinger"):
        call_command("demo_agreements")
    settings.KLYNGE_DEMO = True
    call_command("demo_agreements", verbosity=0)
    assert Process.objects.count() == 1
