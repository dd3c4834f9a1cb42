"""What is generated and committed is fresh, and texts outside the web speak English too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).parents[2]


def test_generated_pages_and_catalogues_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "tools/renew.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr + "\nrun `make fix`"


def test_every_text_outside_the_web_has_an_english_one() -> None:
    catalogue = polib.pofile(str(ROOT / "src/klynge/locale/en/LC_MESSAGES/klynge.po"))
    missing = [entry.msgid for entry in catalogue if not entry.translated()]
    assert not missing


def test_english_texts_keep_the_placeholders_of_the_danish_ones() -> None:
    catalogue = polib.pofile(str(ROOT / "src/klynge/locale/en/LC_MESSAGES/klynge.po"))
    for entry in catalogue:
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        for text in filter(None, texts):
            assert _placeholders(text) <= _placeholders(entry.msgid + entry.msgid_plural), text


def _placeholders(text: str) -> set[str]:
    import string

    return {name for _text, name, _spec, _conv in string.Formatter().parse(text) if name}
