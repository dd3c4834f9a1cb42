"""What may be in a text, and light markup as another way of writing the same."""

from __future__ import annotations

import pytest

from klynge.web.meetings import html, light_markup

WORD = """<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style>p.MsoNormal {margin:0cm}</style>
<p class=MsoNormal style='margin-bottom:8.0pt'><b><span lang=DA>Baggrund</span></b>
<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'><![if !supportLists]>
<span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Første punkt</p>
<p class=MsoListParagraphCxSpLast><span style='font-family:Symbol'>·<span>&nbsp; </span></span>Andet
punkt</p>"""


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='https://example.org'></iframe>",
        '<p style="background:url(javascript:alert(1))">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_that_runs_is_let_in(bad):
    cleaned = html.clean(f"<p>før</p>{bad}<p>efter</p>")

    assert "alert" not in cleaned
    assert not any(word in cleaned for word in ("script", "onerror", "onclick", "style", "iframe"))
    assert "før" in cleaned


def test_words_own_marks_are_gone_and_its_lists_are_lists():
    cleaned = html.clean(WORD)

    assert cleaned == (
        "<p><strong>Baggrund</strong>\n</p><ul><li>Første punkt</li><li>Andet\npunkt</li></ul>"
    )


def test_plain_text_becomes_paragraphs():
    assert html.clean("Et\nto\n\ntre & fire") == "<p>Et<br>to</p><p>tre &amp; fire</p>"


def test_a_table_is_kept():
    table = '<table><tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table>'

    assert html.clean(table) == table


def test_text_outside_a_paragraph_gets_one():
    assert html.clean("løst <strong>fast</strong><p>x</p>") == (
        "<p>løst <strong>fast</strong></p><p>x</p>"
    )


def test_cleaning_twice_is_cleaning_once():
    for text in (WORD, "a &lt; b", "<p>a &amp; b</p>", "5 < 6 > 4"):
        once = html.clean(text)
        assert html.clean(once) == once


def test_an_empty_text_is_empty():
    for text in ("", "<p>&nbsp;</p>", "<p><br></p><ul><li></li></ul>", "   "):
        assert html.clean(text) == ""
        assert html.is_empty(html.clean(text))


def test_the_words_alone():
    assert html.to_text("<p>Et &amp; to</p><ul><li>a</li><li>b</li></ul>") == "Et & to\na\nb"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("Et **fedt** ord", "<p>Et <strong>fedt</strong> ord</p>"),
        ("Et _skråt_ ord, men snake_case_ord", "<p>Et <em>skråt</em> ord, men snake_case_ord</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("### Økonomi\nTekst", "<h3>Økonomi</h3><p>Tekst</p>"),
        ("Linje\nlinje", "<p>Linje<br>linje</p>"),
        ("HbA1c < 53 & mere", "<p>HbA1c &lt; 53 &amp; mere</p>"),
        ("Se:\n- a\n\nSlut", "<p>Se:</p><ul><li>a</li></ul><p>Slut</p>"),
        (
            "[KL](https://kl.dk)",
            '<p><a href="https://kl.dk" rel="noopener noreferrer">KL</a></p>',
        ),
    ],
)
def test_light_markup(written, made):
    assert light_markup.to_html(written) == made
    assert light_markup.to_html(light_markup.from_html(made)) == made


def test_light_markup_lets_nothing_in_either():
    assert light_markup.to_html('<p onclick="alert(1)">x</p>') == "<p>x</p>"
    assert light_markup.to_html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_a_table_survives_the_plain_field():
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"

    assert light_markup.to_html(light_markup.from_html(f"<p>a</p>{table}")) == f"<p>a</p>{table}"
