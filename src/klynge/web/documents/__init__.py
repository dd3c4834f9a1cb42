"""Documents: one tree of blocks, drawn as an accessible PDF or as DOCX.

The lowest floor of the web: it imports no room. Rooms say what a document holds (`blocks`);
`pdf.render` and `word.fill` draw it. Rich text comes in through `html.blocks_of`.
"""

from klynge.web.documents.blocks import (
    Annex,
    Block,
    Boxed,
    Break,
    Cell,
    Chart,
    Contents,
    Definitions,
    Document,
    Heading,
    Inline,
    Inlines,
    Link,
    Listed,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Text,
    runs,
)

__all__ = [
    "Annex",
    "Block",
    "Boxed",
    "Break",
    "Cell",
    "Chart",
    "Contents",
    "Definitions",
    "Document",
    "Heading",
    "Inline",
    "Inlines",
    "Link",
    "Listed",
    "Note",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Table",
    "Text",
    "runs",
]
