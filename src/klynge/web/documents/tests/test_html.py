"""Rich text becomes blocks, and nothing else."""

from __future__ import annotations

import pytest

from klynge.web.documents import Break, Cell, Heading, Link, Listed, Paragraph, Table, Text
from klynge.web.documents.blocks import plain
from klynge.web.documents.html import blocks_of


def test_paragraphs_keep_their_emphasis():
    [paragraph] = blocks_of("<p>Det <b>er <i>sådan</i></b> nu</p>")

    assert paragraph == Paragraph(
        (
            Text("Det "),
            Text("er ", strong=True),
            Text("sådan", strong=True, emphasis=True),
            Text(" nu"),
        )
    )


def test_loose_text_is_a_paragraph():
    assert blocks_of("Hej <br>der") == (Paragraph((Text("Hej "), Break(), Text("der"))),)


def test_the_highest_heading_stands_just_below_where_the_text_is():
    blocks = blocks_of("<h3>A</h3><p>x</p><h4>B</h4>", below=2)

    assert [block.level for block in blocks if isinstance(block, Heading)] == [3, 4]


def test_lists_nest():
    [listed] = blocks_of("<ol start=3><li>en<ul><li>inde</li></ul></li><li>to</li></ol>")

    assert listed.ordered
    assert listed.start == 3
    assert isinstance(listed.entries[0][1], Listed)
    assert len(listed.entries) == 2


def test_a_table_keeps_its_headers_and_spans():
    [table] = blocks_of(
        "<table><tr><th>År</th><th>Tal</th></tr><tr><th>2023</th><td>1</td></tr>"
        "<tr><td colspan=2>i alt</td></tr></table>"
    )

    assert isinstance(table, Table)
    assert [plain(cell.text) for cell in table.head] == ["År", "Tal"]
    assert table.rows[1] == (Cell((Text("i alt"),), columns=2),)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "<table><tr><td rowspan=9>a</td></tr><tr><td>b</td></tr></table>",
        "<table><tr><td>a</td></tr></table>",
    ],
)
def test_a_table_that_does_not_add_up_keeps_its_words(html):
    blocks = blocks_of(html)

    assert all(isinstance(block, Paragraph) for block in blocks)
    assert {"a", "b", "c"} & set("".join(plain(block.text) for block in blocks))


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>ok</p>",
        "<p onclick='x()'>ok</p><style>p{}</style>",
        "<p>ok</p><iframe src='https://x'></iframe><img src=x onerror=alert(1)>",
        "<!-- [if mso]><x>skjult</x><![endif] --><p class=MsoNormal>ok<o:p></o:p></p>",
        "<p>ok</p><svg><script>1</script></svg>",
    ],
)
def test_nothing_that_runs_and_no_noise_of_word_comes_through(html):
    assert [plain(block.text) for block in blocks_of(html)] == ["ok"]


def test_links_lead_out_only_by_known_ways():
    [paragraph] = blocks_of('<p><a href="https://a.dk/">A</a> <a href="javascript:1">B</a></p>')

    assert paragraph.text == (Link("A", "https://a.dk/"), Text(" "), Text("B"))


def test_empty_is_empty():
    assert blocks_of("") == ()
    assert blocks_of("<p>&nbsp;</p><p></p><ul></ul>") == ()
