"""The few words a document itself adds, in the document's own language, not the reader's."""

from __future__ import annotations

_WORDS = {
    "da": {
        "region": "DK",
        "contents": "Indhold",
        "page": "Side {page} af {pages}",
        "attached": "Vedhæftet denne PDF som filen «{name}».",
        "follows": "Bilagets egne sider følger efter denne.",
        "elsewhere": "Bilaget er filen «{name}». Det følger ikke med i dette dokument.",
        "unreadable": "Filen «{name}» kan ikke vises som sider. Den er vedhæftet denne PDF.",
        "figure": "Figur",
        "table": "Tabel",
    },
    "en": {
        "region": "GB",
        "contents": "Contents",
        "page": "Page {page} of {pages}",
        "attached": "Attached to this PDF as the file “{name}”.",
        "follows": "The annex's own pages follow this one.",
        "elsewhere": "The annex is the file “{name}”. It does not come with this document.",
        "unreadable": "The file “{name}” cannot be shown as pages. It is attached to this PDF.",
        "figure": "Figure",
        "table": "Table",
    },
}


def words(language: str) -> dict[str, str]:
    """The words of a language; Danish for one that is not known."""
    return _WORDS.get(language, _WORDS["da"])
