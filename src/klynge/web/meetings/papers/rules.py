"""What may happen to the templates, and the making of papers with them."""

from __future__ import annotations

import hashlib

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.documents import word
from klynge.web.documents.word.checking import Fault
from klynge.web.meetings.papers.models import PaperTemplate
from klynge.web.meetings.papers.template_uses import Use, uses

rules.add_perm("papers.edit_templates", is_secretariat)


def in_force(use: Use) -> bytes:
    """The template that is used: the secretary's own, or ours when there is none."""
    own = PaperTemplate.objects.filter(use=use.id, retired_at=None).first()
    return bytes(own.content) if own else use.first_template()


@transaction.atomic
def replace_template(*, by: User | None, use: str, file_name: str, content: bytes) -> PaperTemplate:
    """Use an edited template from now on. Raises NotAllowed with all that is wrong with it."""
    _must_edit(by)
    kind = uses().get(use)
    if kind is None:
        raise NotAllowed(_("Der er ingen papirer af den slags."))
    try:
        word.check(content, kind.sample())
    except word.TemplateFaults as error:
        raise NotAllowed(*(in_words(fault) for fault in error.faults)) from None
    _retire(use)
    made = PaperTemplate.objects.create(
        use=use,
        file_name=file_name[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=clock.now(),
        added_by=by,
    )
    note("paper template replaced", about=made, by=by)
    return made


@transaction.atomic
def drop_template(*, by: User | None, use: str) -> None:
    """Go back to the template we ship. The edited one is kept."""
    _must_edit(by)
    if not _retire(use):
        raise NotAllowed(_("Der er ingen egen skabelon at tage ud af brug."))
    note("paper template dropped", about=use, by=by)


def _retire(use: str) -> int:
    rows = PaperTemplate.objects.select_for_update().filter(use=use, retired_at=None)
    return rows.update(retired_at=clock.now())


def _must_edit(by: User | None) -> None:
    if by is not None and not by.has_perm("papers.edit_templates"):
        raise NotAllowed(_("Kun sekretariatet kan ændre skabeloner."))


def in_words(fault: Fault) -> str:
    """A fault as a sentence that says what to do."""
    match fault.kind:
        case "unknown" if fault.meant:
            return _("Feltet {name} kendes ikke. Mente du {meant}?").format(
                name=fault.about, meant=fault.meant
            )
        case "unknown":
            return _("Feltet {name} kendes ikke. Se listen over felter, og ret det i Word.").format(
                name=fault.about
            )
        case "syntax":
            return _(
                "Et felt eller en betingelse er ikke skrevet færdig. Se efter, at hvert {{ slutter"
                " med }}, og at hvert {%p if … %} og {%p for … %} har sin slutning. ({detail})"
            ).replace("{detail}", fault.about)
        case "macro":
            return _("Filen har makroer eller indlejrede programmer. Gem den uden dem som .docx.")
        case "outside":
            return _(
                "Filen henter noget udefra (en tilknyttet skabelon eller et kædet billede)."
                " Fjern kæden i Word, og prøv igen."
            )
        case "too_big":
            return _("Filen er for stor. En skabelon fylder højst 5 MB; gør billeder i den mindre.")
        case "empty":
            return _("Der er ingen felter i filen, så intet ville blive udfyldt. Brug mindst ét.")
        case "not_docx":
            return _("Filen er ikke et Word-dokument (.docx).")
        case "forbidden":
            return _("Skabelonen beder om noget, en skabelon ikke må. Brug kun felterne på listen.")
    return _("Filen kan ikke udfyldes. Åbn den i Word, gem den igen som .docx, og prøv igen.")
