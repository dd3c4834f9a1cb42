"""How the tests of meetings' pages address them, fill them in and read them."""

from __future__ import annotations

import re
from html import unescape

from django.urls import reverse

BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
PDF = b"%PDF-1.7\n"


def text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def url(name, *args, **kwargs):
    return reverse(f"meetings:{name}", args=args, kwargs=kwargs)


def item_of(**changes):
    return {"kind": "beslutning", "title": "Et punkt", "clauses": "at drøfte\n\ngodkende",
            "text_sagsresume": "**Kort** sagt", "text_oekonomi": "", **changes}  # fmt: skip
