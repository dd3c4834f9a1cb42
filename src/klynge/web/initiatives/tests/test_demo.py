"""The demo's goals and initiatives: made once, and only in the demo."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from klynge.web.bodies.tests.builders import a_lawful_political_level
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.goals import control, readings
from klynge.web.goals.models import Goal
from klynge.web.initiatives.models import Initiative

pytestmark = pytest.mark.django_db
COMMANDS = ("demo_goals", "demo_initiatives")
ON = date(2024, 9, 15)


@pytest.fixture
def filled(settings, tmp_path):
    settings.KLYNGE_DEMO = True
    a_lawful_political_level()
    country = a_country(value=lambda k, y: (60 + int(k) % 9, 500), years=range(2021, 2026))
    code = {"ophold": "genind_67", "psyk": "genind_psyk_30"}
    country["indicators"] = [{**one, "code": code[one["code"]]} for one in country["indicators"]]
    column = [code[each] for each in country["figures"]["indicator"].to_pylist()]
    table = country["figures"]
    at = table.column_names.index("indicator")
    country["figures"] = table.set_column(at, table.schema.field("indicator"), [column])
    an_imported_pack(tmp_path, **country)
    for _time in range(2):
        for command in COMMANDS:
            call_command(command, verbosity=0)


def test_it_is_filled_once_with_what_there_is_to_look_at(filled):
    one, need = Initiative.objects.order_by("created_at", "pk")
    own, on_pack = Goal.objects.order_by("indicator")

    assert (one.state, one.effect_indicator) == ("running", "genind_psyk_30")
    assert one.models.count() == 1
    assert list(one.goals.all()) == [own]
    assert (need.origin, need.need_indicator) == ("figure", "genind_67")
    assert on_pack.indicator == "genind_67"
    assert control.of(own, readings.of_goal(own, ON)).signs


def test_without_a_pack_the_rest_is_made_all_the_same(settings):
    settings.KLYNGE_DEMO = True
    a_lawful_political_level()
    for command in COMMANDS:
        call_command(command, verbosity=0)

    assert Initiative.objects.get(state="need").origin == "wish"
    assert Goal.objects.get().own_indicator is not None


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_invented_outside_the_demo(settings, command):
    settings.KLYNGE_DEMO = False
    with pytest.raises(CommandError, match="demoens indstillinger"):
        call_command(command)
