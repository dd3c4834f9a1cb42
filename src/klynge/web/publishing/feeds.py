"""How machines find what is public: sitemap, robots, the Atom feed, and Popolo per body."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.agreements import public as hearings
from klynge.web.publishing import frame, popolo, public, public_views
from klynge.web.publishing.public import Shown

NEWEST = 50


@frame.page
def robots(request: HttpRequest) -> HttpResponse:
    """Only the public pages are for search engines."""
    lines = (
        "User-agent: *",
        f"Allow: {reverse('publishing:home')}",
        f"Allow: {reverse('agreements:portal')}",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('publishing:sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@frame.page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, with when it was published."""
    rows = [(reverse("publishing:home"), None), (reverse("publishing:decisions"), None)]
    rows += [
        (reverse("publishing:body", kwargs={"kind": each.kind, "place": each.place}), None)
        for each in public.bodies()
    ]
    rows += [(_address(each), each.publication.visible_from) for each in public.shown()]
    rows.append((reverse("agreements:portal"), None))
    rows += [
        (reverse("agreements:public_hearing", args=[each.uid]), each.changed_at)
        for each in hearings.published()
    ]
    entries = "".join(
        f"<url><loc>{escape(request.build_absolute_uri(path))}</loc>"
        + (f"<lastmod>{_stamp(moment)}</lastmod>" if moment else "")
        + "</url>"
        for path, moment in rows
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n'
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@frame.page
def atom(request: HttpRequest) -> HttpResponse:
    """What was published last."""
    shown = sorted(public.shown(), key=lambda each: each.publication.visible_from, reverse=True)[
        :NEWEST
    ]
    own = request.build_absolute_uri(request.path)
    updated = shown[0].publication.visible_from if shown else None
    entries = "".join(_entry(request, each) for each in shown)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da">'
        f"<title>{escape(_('Nyt om åbne møder'))}</title><id>{escape(own)}</id>"
        f'<link rel="self" href="{escape(own)}"/>'
        f'<link href="{escape(request.build_absolute_uri(reverse("publishing:home")))}"/>'
        f"<author><name>Klynge</name></author>"
        f"<updated>{_stamp(updated) if updated else '1970-01-01T00:00:00+00:00'}</updated>"
        f"{entries}</feed>\n"
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@frame.answer
def popolo_of(_request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """Everything public of a body as Popolo."""
    return frame.as_json(popolo.of_body(public_views.body_or_404(kind, place)))


def _entry(request: HttpRequest, shown: Shown) -> str:
    address = escape(request.build_absolute_uri(_address(shown)))
    name = shown.publication.get_part_display()
    title = f"{name}: {shown.content['body']['name']}, {shown.begins_at:%d.%m.%Y}"
    items = "\n".join(
        f"{each['number'] or ''} {each['title']}".strip() for each in shown.content["items"]
    )
    return (
        f"<entry><title>{escape(title)}</title>"
        f"<id>urn:uuid:{shown.publication.uid}</id>"
        f'<link href="{address}"/>'
        f"<updated>{_stamp(shown.publication.visible_from)}</updated>"
        f"<summary>{escape(items)}</summary></entry>"
    )


def _address(shown: Shown) -> str:
    return reverse("publishing:part", kwargs={"uid": shown.uid, "part": shown.part})


def _stamp(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
