"""The keys of a sharing as CSV: a row a place and key, with what it rests on."""

from __future__ import annotations

import csv
import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.funds.comparing import Compared


def as_csv(compared: Compared) -> str:
    """Semicolons and decimal commas in Danish, commas and points in English."""
    english = get_language() == "en"
    text = io.StringIO()
    text.write("\ufeff")  # tells spreadsheets that it is UTF-8
    writer = csv.writer(text, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow(
        [_("Sted"), _("Nøgle"), _("Kroner"), _("Andel"), _("Bygger på"), _("Oplysninger")]
    )
    for at, key in enumerate(compared.keys):
        for line in compared.lines:
            share = line.shares[at]
            cells = (
                line.name,
                key.name,
                _number(f"{share.ore // 100}.{share.ore % 100:02}", english),
                _number(f"{share.share:.6f}", english),
                share.basis,
                " ".join(compared.about[at]),
            )
            writer.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
                             for cell in cells])  # fmt: skip
    return text.getvalue()


def _number(text: str, english: bool) -> str:
    return text if english else text.replace(".", ",")
