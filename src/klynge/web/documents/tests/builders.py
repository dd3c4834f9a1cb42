"""A document to try things on: a test says only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from klynge.web.documents import Block, Document

MADE_AT = datetime(2024, 9, 15, 8, 0, tzinfo=UTC)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160">'
    '<rect width="300" height="80" fill="#0a5c69"/>'
    '<text x="10" y="120" font-family="IBM Plex Sans">Indbyggere</text></svg>'
)


def a_document(*blocks: Block, **more: Any) -> Document:
    return Document(more.pop("title", "Referat"), blocks, more.pop("made_at", MADE_AT), **more)
