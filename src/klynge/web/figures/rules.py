"""What may happen to figures: bringing in a data pack, bringing in published figures.

Whatever is wrong with the input is told at once (BadInput), and then nothing is saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from pathlib import Path, PurePath
from typing import Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klynge import datapack
from klynge.datapack.schema import DESCRIPTOR
from klynge.faults import BadInput, Fault
from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_analyst, is_secretariat
from klynge.web.audit.rules import note
from klynge.web.figures import published_file, weighting
from klynge.web.figures.loading import save_figures, save_flows
from klynge.web.figures.models import (
    Draft,
    FlowTable,
    Indicator,
    Pack,
    PublishedFigure,
    PublishedIndicator,
    PublishedSource,
)

rules.add_perm("figures.import_pack", is_secretariat | is_analyst)
rules.add_perm("figures.import_published", is_secretariat | is_analyst)

BATCH = 5_000
DRAFT_LIVES = timedelta(days=1)


@dataclass(frozen=True)
class ImportedPack:
    """The pack and whether it was new; the same pack twice is no fault and changes nothing."""

    pack: Pack
    is_new: bool
    figures: int


def import_pack(folder: Path, *, by: User | None) -> ImportedPack:
    """Bring in the data pack at `folder`. It becomes the one the pages show if it is the newest.

    Verified first: BadInput with every fault when it is not whole, and nothing is saved.
    """
    try:
        read = datapack.read(folder)
    except BadInput as error:
        name = PurePath(folder).name
        raise BadInput(
            _("Datapakken {name} er ikke indlæst.").format(name=name), error.faults
        ) from None
    there = Pack.objects.filter(seal=read.id).first()
    if there is not None:
        return ImportedPack(there, False, read.figures.num_rows)
    return _save_pack(read, by=by)


@transaction.atomic
def _save_pack(read: datapack.Pack, *, by: User | None) -> ImportedPack:
    newer = Pack.objects.filter(is_current=True, created__gt=read.created).exists()
    if not newer:
        Pack.objects.filter(is_current=True).update(is_current=False)
    pack = Pack.objects.create(**_pack_fields(read), is_current=not newer, imported_by=by)
    indicators = {
        entry["code"]: Indicator.objects.create(
            pack=pack,
            code=entry["code"],
            position=position,
            theme=entry["theme"],
            domain=entry["domain"],
            kind=entry["kind"],
            entry=entry,
        ).pk
        for position, entry in enumerate(read.indicators)
    }
    save_figures(read.figures, indicators)
    if read.flows is not None:
        table = FlowTable.objects.create(pack=pack, entry=read.flow_definition)
        save_flows(read.flows, table.pk)
    note("data pack imported", about=pack, by=by)
    return ImportedPack(pack, True, read.figures.num_rows)


def _pack_fields(read: datapack.Pack) -> dict[str, Any]:
    own = read.descriptor["klynge"]
    descriptor = (read.folder / DESCRIPTOR).read_bytes()
    return {
        "name": read.name,
        "title": read.title,
        "seal": read.id,
        "sha256": hashlib.sha256(descriptor).hexdigest(),
        "created": read.created,
        "years": list(read.years),
        "engine": own["engine"],
        "version": own["version"],
        "note": read.note,
        "rounded_to": read.rounded_to,
        "signed_by": read.signed_by or "",
        "geography": read.geography,
        "registers": read.registers,
        "quality": read.quality,
    }


@dataclass(frozen=True)
class SourceFacts:
    """What is said of where published figures come from; `title` where the file does not say."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    terms: str = PublishedSource.Terms.UNVERIFIED
    retrieved: date | None = None
    note: str = ""
    own_computation: bool = False


@dataclass(frozen=True)
class Plan:
    """What an import of published figures will do: shown first, then done."""

    file_name: str
    sha256: str
    content: published_file.Content
    computed: tuple[weighting.Weighted, ...]
    replaces: tuple[PublishedSource, ...]
    already: bool

    @property
    def sources(self) -> tuple[str, ...]:
        """The titles of the sources in the file, in its order."""
        return tuple(dict.fromkeys(row.source for row in self.content.rows))


def plan_published(
    name: str, content: bytes, *, source: SourceFacts | None = None, compute: bool = True
) -> Plan:
    """What bringing in the file would do, without doing it. BadInput with every fault.

    compute: also figures for larger places, weighted by population. Only for shares and rates.
    """
    source = source or SourceFacts()
    read = published_file.read(name, content, source=source.title)
    sha256 = hashlib.sha256(content).hexdigest()
    titles = {row.source for row in read.rows}
    there = PublishedSource.objects.filter(title__in=titles, replaced_at=None)
    return Plan(
        file_name=PurePath(name).name,
        sha256=sha256,
        content=read,
        computed=tuple(weighting.of_places(read.rows, read.about)) if compute else (),
        replaces=tuple(there),
        already=bool(there) and all(old.sha256 == sha256 for old in there),
    )


@transaction.atomic
def import_published(
    name: str,
    content: bytes,
    *,
    by: User | None,
    source: SourceFacts | None = None,
    compute: bool = True,
) -> list[PublishedSource]:
    """Bring in published figures; a source of the same title is replaced, and kept unshown.

    Raises BadInput with every fault, and for a file that is already in; then nothing is saved.
    """
    source = source or SourceFacts()
    plan = plan_published(name, content, source=source, compute=compute)
    if plan.already:
        raise BadInput(
            _("{name} er allerede indlæst.").format(name=plan.file_name),
            [
                Fault(
                    plan.file_name,
                    _("Filen er den samme som den, der blev indlæst før."),
                    _("en ny fil"),
                    _("Der er ikke noget at gøre: tallene er her."),
                )
            ],
        )
    now = timezone.now()
    for old in plan.replaces:
        old.replaced_at = now
        old.save(update_fields=("replaced_at",))
        note("published figures replaced", about=old, by=by)
    return [_save_source(plan, title, source, by=by) for title in plan.sources]


def _save_source(plan: Plan, title: str, facts: SourceFacts, *, by: User | None) -> PublishedSource:
    source = PublishedSource.objects.create(
        **{**asdict(facts), "title": title},
        file_name=plan.file_name,
        sha256=plan.sha256,
        imported_by=by,
    )
    indicators = {
        code: PublishedIndicator.objects.create(source=source, code=code, **asdict(about))
        for (of, code), about in plan.content.about.items()
        if of == title
    }
    rows = (row for row in plan.content.rows if row.source == title)
    computed = (row for row in plan.computed if row.source == title)
    _save_figures(indicators, rows, computed)
    note("published figures imported", about=source, by=by)
    return source


def _save_figures(
    indicators: Mapping[str, PublishedIndicator],
    rows: Iterable[published_file.Row],
    computed: Iterable[weighting.Weighted],
) -> None:
    figures = [
        PublishedFigure(indicator=indicators[row.indicator], **_without(asdict(row)))
        for row in rows
    ] + [
        PublishedFigure(indicator=indicators[row.indicator], computed=True, **_without(asdict(row)))
        for row in computed
    ]
    PublishedFigure.objects.bulk_create(figures, batch_size=BATCH)


def _without(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("indicator", "source")}


@transaction.atomic
def keep_draft(name: str, content: bytes, *, facts: Mapping[str, Any], by: User) -> Draft:
    """Keep a file that can be used while `by` looks at what it will do; old drafts go away."""
    Draft.objects.filter(made_at__lt=timezone.now() - DRAFT_LIVES).delete()
    return Draft.objects.create(
        file_name=PurePath(name).name[:200], content=content, facts=dict(facts), made_by=by
    )


def plan_draft(draft: Draft) -> Plan:
    """What bringing in a kept file would do."""
    return plan_published(
        draft.file_name,
        bytes(draft.content),
        source=source_facts(draft.facts),
        compute=draft.facts.get("compute", True),
    )


@transaction.atomic
def import_draft(draft: Draft, *, by: User) -> list[PublishedSource]:
    """Bring in what was looked at, and forget the draft."""
    imported = import_published(
        draft.file_name,
        bytes(draft.content),
        by=by,
        source=source_facts(draft.facts),
        compute=draft.facts.get("compute", True),
    )
    draft.delete()
    return imported


def source_facts(kept: Mapping[str, Any]) -> SourceFacts:
    """What was said of a source, out of what was kept with a draft."""
    said = {field.name: kept[field.name] for field in fields(SourceFacts) if field.name in kept}
    retrieved = kept.get("retrieved")
    return SourceFacts(
        **{**said, "retrieved": date.fromisoformat(retrieved) if retrieved else None}
    )
