"""What we write, against the schema files of the specifications themselves.

The files are not part of this project (docs/decisions/0071). Fetch them into two folders and name
these, and the tests run:

    KLYNGE_OPARL_SCHEMAS=…/spec/schema KLYNGE_POPOLO_SCHEMAS=…/popolo-spec/schemas pytest FILE
"""

from __future__ import annotations

import json
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft3Validator, Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3, DRAFT202012

from tests.web.exchange import oparl_schemas, popolo_schemas

pytestmark = pytest.mark.django_db
ROOT = "/api/oparl/v1.1/"
POPOLO = {
    "persons": "person",
    "organizations": "organization",
    "memberships": "membership",
    "events": "event",
    "motions": "motion",
}
FORMATS = FormatChecker(formats=())
FORMATS.checks("url")(lambda value: bool(re.fullmatch(r"https?://[^\s/]+\S*", value)))
FORMATS.checks("date", raises=ValueError)(lambda value: bool(date.fromisoformat(value)))
FORMATS.checks("date-time", raises=ValueError)(
    lambda value: datetime.fromisoformat(value).tzinfo is not None
)


def _folder(name: str) -> Path:
    if not os.environ.get(name):
        pytest.skip(f"{name} names no folder with the specification's own schema files")
    return Path(os.environ[name])


def _translated(value: Any) -> Any:
    """OParl's dialect in plain JSON Schema: «schema» is $ref; what a link leads to is not there."""
    if isinstance(value, list):
        return [_translated(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "schema" in value:
        return {"$ref": value["schema"]}
    left_out = {"items"} if value.get("references") == "externalList" else set()
    return {key: _translated(each) for key, each in value.items() if key not in left_out}


def _oparl() -> Registry:
    files = _folder("KLYNGE_OPARL_SCHEMAS").glob("*.json")
    schemas = {each.name: _translated(json.loads(each.read_text("utf-8"))) for each in files}
    return Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in schemas.items()
    )


def _popolo() -> Registry:
    files = _folder("KLYNGE_POPOLO_SCHEMAS").glob("*.json")
    schemas = [json.loads(each.read_text("utf-8")) for each in files]
    return Registry().with_resources(
        (each["id"], Resource.from_contents(each, default_specification=DRAFT3)) for each in schemas
    )


def _faults(validator: Any, value: Any) -> list[str]:
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in validator(value)]


def _answer(client, address: str) -> Any:
    return client.get(address.removeprefix("http://testserver")).json()


def test_oparl_passes_the_schema_files_of_its_specification(client, meeting):
    registry = _oparl()
    told = [("System", _answer(client, ROOT))]
    for kind in oparl_schemas.OF_KIND:
        for each in _answer(client, f"{ROOT}list/klynge-rm-randers/{kind}/")["data"]:
            told.append((each["type"].rpartition("/")[2], each))

    for kind, value in told:
        schema = registry.contents(f"{kind}.json")
        validator = Draft202012Validator(schema, registry=registry, format_checker=FORMATS)
        assert _faults(validator.iter_errors, value) == [], value
    assert {f"{kind}.json" for kind, _value in told} == set(registry)


def test_popolo_passes_the_schema_files_of_its_specification(client, meeting):
    registry = _popolo()
    answer = _answer(client, "/offentligt/organ/klynge-politisk/rm-randers/popolo.json")

    assert set(POPOLO) == set(popolo_schemas.OF_KIND)
    for part, kind in POPOLO.items():
        schema = registry.contents(f"http://www.popoloproject.com/schemas/{kind}.json#")
        validator = Draft3Validator(schema, registry=registry, format_checker=FORMATS)
        assert answer[part]
        for each in answer[part]:
            assert _faults(validator.iter_errors, each) == [], each
