"""Text with a little form: the one place where HTML is let in.

Whatever comes in (from the editor, from Word, from another system) is cut down to a few tags
without style, script or picture. Stored text has always been through `clean`.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

TAGS = frozenset({
    "p", "br", "strong", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "h3", "h4", "a",
    "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
# Emptied with what is in them; of every other unknown tag only the tag itself goes.
EMPTIED = {"script", "style", "title", "head", "xml", "object", "template", "noscript", "textarea"}
SAME = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
_WORD = (
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"<!\[(?:if|endif)[^>]*>", re.I),
    re.compile(r"<\?xml[^>]*>", re.I),
    re.compile(r"</?(?:o|w|v|m|st1):[^>]*>", re.I),
)
_LIST_ITEM = re.compile(
    r"<p\b[^>]*\bclass=[\"']?MsoListParagraph\w*[\"']?[^>]*>(.*?)</p>", re.S | re.I
)
_BULLET = re.compile(
    r"^(?:\s|&nbsp;|\u00a0|<[^>]+>)*(?P<sign>[·•§o▪‣–-]|\(?\d{1,2}[.)]|[a-z][.)])"
    r"(?:\s|&nbsp;|\u00a0|<[^>]+>)+"
)
_RENAMED = re.compile(rf"<(/?)({'|'.join(SAME)})\b[^>]*>", re.I)
_EMPTY = re.compile(
    r"<(p|h3|h4|li|ul|ol|strong|em|u|s|blockquote)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>", re.I
)
_NESTED_P = re.compile(r"<p>\s*(?=<(?:p|ul|ol|table|h3|h4|blockquote)\b)|(?<=</p>)\s*</p>", re.I)
_BLOCK = re.compile(r"</?(?:p|ul|ol|li|h3|h4|blockquote|table|tr|br|caption)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]+>")


def clean(html: str) -> str:
    """The text with nothing in it but TAGS: no script, style, class, picture or Word's own marks.

    Plain text without any tag becomes paragraphs.
    """
    html = html.replace("\x00", "").replace("\r\n", "\n")
    if not _TAG.search(html):
        return from_plain(unescape(html))
    for noise in _WORD:
        html = noise.sub("", html)
    html = _lists_of_word(html)
    html = _RENAMED.sub(lambda found: f"<{found[1]}{SAME[found[2].lower()]}>", html)
    html = _sanitised(html)
    html = html.replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u00ad", "")
    before = None
    while before != html:
        before = html
        html = _NESTED_P.sub("", _EMPTY.sub("", html))
    # Taking tags out may have left some unbalanced: what is stored is always sound.
    return _in_paragraphs(_sanitised(html)).strip()


def from_plain(text: str) -> str:
    """Paragraphs of a plain text: an empty line begins a new one."""
    parts = re.split(r"\n\s*\n", text.strip())
    lines = ("<br>".join(escape(line.strip(), quote=False) for line in part.split("\n"))
             for part in parts if part.strip())  # fmt: skip
    return "".join(f"<p>{line}</p>" for line in lines)


def to_text(html: str) -> str:
    """The words alone, a line a paragraph: for search, mails and comparison."""
    lines = unescape(_TAG.sub("", _BLOCK.sub("\n", html))).split("\n")
    return "\n".join(line for each in lines if (line := " ".join(each.split())))


def is_empty(html: str) -> bool:
    """Whether there is nothing to read in it."""
    return not to_text(html)


def _sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=EMPTIED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _lists_of_word(html: str) -> str:
    """Word writes a list as paragraphs that begin with a sign: make it a list."""

    def as_item(found: re.Match[str]) -> str:
        inside, sign = found[1], _BULLET.match(found[1])
        if sign is None:
            return f"<p>{inside}</p>"
        kind = "ol" if sign["sign"][-1] in ".)" else "ul"
        return f"<{kind}><li>{inside[sign.end() :]}</li></{kind}>"

    html = _LIST_ITEM.sub(as_item, html)
    return re.sub(r"</(ul|ol)>\s*<\1>", "", html)


def _in_paragraphs(html: str) -> str:
    """Text that stands outside every block, as an editor may leave it, gets a paragraph."""
    parts = re.split(r"(<(p|ul|ol|h3|h4|blockquote|table)\b.*?</\2>)", html, flags=re.S)
    if len(parts) == 1:
        return f"<p>{html.strip()}</p>" if html.strip() else ""
    kept, number = [], 0
    while number < len(parts):
        loose = parts[number].strip()
        if loose and loose != "<br>":
            kept.append(loose if loose.startswith("</") else f"<p>{loose}</p>")
        if number + 1 < len(parts):
            kept.append(parts[number + 1])
        number += 3
    return "".join(kept)
