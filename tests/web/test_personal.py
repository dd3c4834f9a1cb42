"""Every field of the web's models is marked as about a person or not."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

ROOMS = [room for room in apps.get_app_configs() if room.name.startswith("klynge.web.")]


def _marks(room) -> dict[str, dict[str, bool]]:
    return import_module(f"{room.name}.personal").PERSONAL


@pytest.mark.parametrize(
    "model",
    [model for room in ROOMS for model in room.get_models()],
    ids=lambda model: model._meta.label,
)
def test_every_field_is_marked(model):
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}

    assert set(_marks(model._meta.app_config)[model.__name__]) == fields


@pytest.mark.parametrize("room", [r for r in ROOMS if list(r.get_models())], ids=lambda r: r.label)
def test_no_model_is_marked_that_is_gone(room):
    assert set(_marks(room)) == {model.__name__ for model in room.get_models()}


@pytest.mark.parametrize("room", [r for r in ROOMS if list(r.get_models())], ids=lambda r: r.label)
def test_every_mark_is_a_plain_yes_or_no(room):
    assert all(type(mark) is bool for marks in _marks(room).values() for mark in marks.values())
