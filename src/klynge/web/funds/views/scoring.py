"""Scoring an application, and declaring that one has a part in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import applying_forms, scoring_rules
from klynge.web.funds.views.applications import application_or_404, conflict_of, crumbs_to
from klynge.web.funds.views.common import ask, form_page, must, only, posted


@only("funds.score")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's points; somebody with a part in it is told why not, and it is recorded."""
    found = application_or_404(pk)
    must(request, "funds.see_application", found)
    scorer = scoring_rules.scorer(request.user, found.call)
    if scorer is None:
        raise PermissionDenied(_("Kun medlemmer af det organ, puljen hører til, kan vurdere."))
    criteria = list(found.call.criteria.all())
    before = {each.criterion_id: each for each in found.scores.filter(person=scorer.person)}
    initial = {
        **{f"point-{key}": str(each.points) for key, each in before.items()},
        **{f"note-{key}": each.comment for key, each in before.items()},
    }
    data = posted(request)
    form = applying_forms.ScoreForm(data, criteria=criteria, initial=initial)
    if data is not None and form.is_valid():
        try:
            # Not in one transaction: a conflict of interest that shows itself stays recorded.
            scoring_rules.score(
                by=request.user, application=found, points=form.points(), comments=form.comments()
            )
            messages.success(request, _("Din vurdering er gemt."))
            return redirect("funds:application", pk=pk)
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
    return form_page(
        request,
        form,
        heading=_("Vurdér: {title}").format(title=found.title),
        button=_("Gem vurderingen"),
        back=reverse("funds:application", args=[pk]),
        crumbs=crumbs_to(request, found.call),
        kind=found.call.title,
        template="funds/score.html",
        application=found,
        conflict=conflict_of(request.user, found, scorer),
        hint=scoring_rules.partner_hint(scorer.person, found),
        pairs=[(one, form[f"point-{one.pk}"], form[f"note-{one.pk}"]) for one in criteria],
    )


@only("funds.score")
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has a part in an application."""
    found = application_or_404(pk)
    must(request, "funds.see_application", found)
    form = applying_forms.ReasonForm(posted(request))
    return ask(
        request,
        form,
        lambda: scoring_rules.declare(
            by=request.user, application=found, reason=form.cleaned_data["reason"]
        ),
        heading=_("Meld dig inhabil"),
        button=_("Meld inhabil"),
        back=reverse("funds:application", args=[pk]),
        said=_("Det er noteret, at du er inhabil. Du vurderer ikke ansøgningen."),
        crumbs=crumbs_to(request, found.call),
        kind=found.title,
        explains=_("Det står i beslutningsoplægget og kan ikke tages tilbage. Har du vurderet"
                   " ansøgningen, tæller det ikke længere."),
    )  # fmt: skip
