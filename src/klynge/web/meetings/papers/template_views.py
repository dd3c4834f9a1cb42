"""The pages of the DOCX templates: fetch, edit in Word, hand in again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.documents.word.checking import MAX_BYTES
from klynge.web.meetings.papers import rules
from klynge.web.meetings.papers.forms import TemplateForm
from klynge.web.meetings.papers.models import PaperTemplate
from klynge.web.meetings.papers.template_uses import Use, uses
from klynge.web.meetings.papers.views import TYPES

View = Callable[..., HttpResponse]


def _editor(view: View) -> View:
    """Only for those who may change templates."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("papers.edit_templates"):
            raise PermissionDenied(_("Kun sekretariatet kan ændre skabeloner."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_editor
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, and whether it is ours or edited."""
    own = {row.use: row for row in PaperTemplate.objects.filter(retired_at=None).defer("content")}
    rows = [{"use": use, "own": own.get(use.id)} for use in uses().values()]
    return render(request, "papers/templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@_editor
def template(request: HttpRequest, use: str) -> HttpResponse:
    """One template: its fields, and an edited one handed in."""
    kind = _use_or_404(use)
    posted = request.method == "POST"
    form = TemplateForm(request.POST, request.FILES) if posted else TemplateForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        # One byte more than is allowed is enough to know that it is too much.
        content = file.read(MAX_BYTES + 1)
        try:
            rules.replace_template(by=request.user, use=use, file_name=file.name, content=content)
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error("file", reason)
        else:
            messages.success(request, _("Skabelonen er prøvet, og den bruges fra nu af."))
            return redirect("papers:template", use=use)
    own = PaperTemplate.objects.filter(use=use, retired_at=None).defer("content").first()
    # Not in the page's own template, whose reader would take it for its own code.
    between = _(
        "Mellem {%p for punkt in punkter %} og {%p endfor %}, som hver står i sit eget afsnit."
    )
    context = {
        "use": kind,
        "own": own,
        "form": form,
        "fields": kind.fields(),
        "between": between,
    }
    return render(request, "papers/template.html", context, status=422 if form.errors else 200)


@require_safe
@_editor
def fetch(request: HttpRequest, use: str) -> HttpResponse:
    """The template in force, or ours (?vores=1), to edit in Word."""
    kind = _use_or_404(use)
    content = kind.first_template() if request.GET.get("vores") else rules.in_force(kind)
    response = HttpResponse(content, content_type=TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="skabelon-{kind.id}.docx"'
    return response


@require_POST
@_editor
def drop(request: HttpRequest, use: str) -> HttpResponse:
    """Go back to our template."""
    _use_or_404(use)
    try:
        rules.drop_template(by=request.user, use=use)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Den medfølgende skabelon bruges igen. Jeres egen er gemt."))
    return redirect("papers:template", use=use)


def _use_or_404(use: str) -> Use:
    found = uses().get(use)
    if found is None:
        raise Http404
    return found
