"""Reading all there is: from the first pages and every search, list and export, along the links, a few of each kind."""

import re
from collections import Counter, deque
from html import unescape

from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

from stories.organising.links import DOOR, path

from .knocking import BROKEN

LINK = re.compile(
    r"""(?:href|src|action|data-[\w-]*url[\w-]*|data-[\w-]*src[\w-]*|hx-get)=["'](/[^"'#\s]*)|"(/admin/[^"\s\\]*)"""
)
OF_A_KIND = 1  # addresses of one view that are read besides those that are named below
BOUND = 360  # addresses that one person reads
NOT_READ = ("/static/", "/admin/sprite/", "/admin/jsi18n/", "/admin/localize/jsi18n/", "/admin/failwhale/")
MODELS = (
    "spaces_space",
    "stories_event",
    "regions_region",
    "regions_ambassadorship",
    "regions_usergroup",
    "regions_glossaryterm",
)
MODELS += ("regions_problemreport", "regions_trainingrecord", "spaces_award", "spaces_regionterms")


def places_of(place):
    pages = (place.draft_story, place.story, place.handed_in, place.page, place.behind_password, place.french_draft)
    for page in pages:
        path = page.url_path.split("/", 2)[2]
        yield f"/{page.locale.language_code}/{path}"
        yield f"/{page.locale.language_code}/not-yet/{page.translation_key}/"
        for view in ("edit", "view_draft", "history", "usage", "workflow_history"):
            yield reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
        yield reverse("wagtailadmin_explore", args=[page.pk])
        yield reverse("wagtailadmin_choose_page_child", args=[page.pk])
        yield reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}"
        yield f"/admin/api/main/pages/{page.pk}/"
        yield f"/admin/api/main/pages/?child_of={page.pk}&for_explorer=1"
    records = (place.draft_space, place.space, place.draft_event, place.event, place.planned, place.region)
    for record in (*records, *others_of(place)):
        urls = type(record).snippet_viewset
        yield from (reverse(urls.get_url_name(view), args=[record.pk]) for view in ("edit", "inspect", "history", "usage"))
        yield reverse(urls.chooser_viewset.get_url_name("chosen"), args=[record.pk])
    yield reverse("submissions:review", args=[place.submission.pk])
    yield reverse("submissions:act", args=[place.submission.pk, "list"])
    yield reverse("requests:request", args=[place.request.pk])
    yield reverse("requests:request", args=[place.booked.pk])
    yield reverse("requests:request", args=[place.lost.pk])
    yield reverse("cases:case", args=[place.case.pk])
    yield from (reverse(f"space_uploads:{step}", args=[place.space_upload.pk]) for step in ("columns", "preview"))
    yield reverse("event_uploads:preview", args=[place.event_upload.pk])
    yield reverse("wagtailimages:edit", args=[place.picture.pk])
    yield reverse("wagtailimages_chooser:chosen", args=[place.picture.pk])
    yield reverse("wagtaildocs:edit", args=[place.document.pk])
    yield reverse("wagtaildocs_chooser:chosen", args=[place.document.pk])
    yield reverse("wording:strings", args=[place.translation.pk])


def by_own_links(role, place):
    """What only whoever has the link opens: the host of the region's annex, and who keeps the list at the door."""
    if role in ("editor", "ambassador_a"):
        yield path(place.event, "en", DOOR)
    if role == "host":
        page = place.annex.hosts.get().path("en")
        yield from (page, f"{page}calendar.ics", *(f"{page}{each.pk}/" for each in (place.request, place.booked, place.lost)))


def others_of(place):
    """What has verbs and no page."""
    return (place.problem, place.award, place.revoked_award, place.terms, place.training)


def searches():
    """Every place that lists, and what it finds for the word that all the secrets begin with."""
    yield from ("/en/", "/fr/", "/sitemap.xml", "/robots.txt", "/en/search/?q=secret", "/fr/search/?q=secret", "/en/account/")
    yield from ("/spaces.geojson", "/spaces.csv", "/spaces/clusters.json?bbox=-180,-85,180,85&zoom=2")
    yield from (
        "/en/account/data/",
        "/en/account/data/download/",
        "/en/account/spaces/",
        "/en/account/events/",
        "/admin/",
        "/admin/pages/",
    )
    for language in ("en", "fr"):
        for page in Page.objects.live().filter(depth=3, locale__language_code=language):
            yield f"/{language}/{page.slug}/"
            yield f"/{language}/{page.slug}/?q=secret"
    for address in ("/admin/pages/search/", "/admin/pages/search/results/", "/admin/choose-page/search/", "/admin/images/"):
        yield f"{address}?q=secret"
    for address in ("/admin/images/chooser/results/", "/admin/documents/", "/admin/documents/chooser/results/"):
        yield f"{address}?q=secret"
    yield from (
        "/admin/api/main/pages/?search=secret",
        "/admin/api/main/pages/?limit=20",
        "/admin/tag-autocomplete/?term=secret",
    )
    for model in MODELS:
        listed = reverse(f"wagtailsnippets_{model}:list")
        yield from (listed, f"{listed}?q=secret", f"{listed}?export=csv")
        chooser = f"wagtailsnippetchoosers_{model}:choose_results"
        yield from (reverse(chooser), f"{reverse(chooser)}?q=secret")
    for report in ("aging_pages", "site_history", "workflow", "workflow_tasks", "locked_pages"):
        address = reverse(f"wagtailadmin_reports:{report}")
        yield from (address, f"{address}?export=csv")
    yield from (reverse("submissions:index"), f"{reverse('submissions:index')}?q=secret")
    for name in ("requests", "cases"):
        yield from (reverse(f"{name}:index"), f"{reverse(f'{name}:index')}?q=secret", f"{reverse(f'{name}:index')}?export=csv")
    yield "/en/account/requests/"
    yield f"{reverse('outbox:index')}?q=unconfirmed"
    yield from (f"/api/v1/{name}" for name in ("regions", "ambassadors", "groups", "spaces"))
    yield from ("/spaceapi/", "/embed/spaces/", "/api/v1/docs", reverse("space_uploads:index"))
    yield from (reverse("people:index"), reverse("people:invitations"), f"{reverse('people:index')}?q=secret")


def crawl(visitor, place, follows_links=True):
    """(address, answer) of all that somebody can read."""
    waiting = deque([*by_own_links(visitor.role, place), *searches(), *places_of(place)])
    seen, kinds = set(waiting), Counter()
    read = 0
    while waiting and read < BOUND:
        url = waiting.popleft()
        answer = visitor.get(url)
        read += 1
        assert answer.kind != BROKEN, url
        yield url, answer
        if follows_links and answer.status == 200 and "html" in answer.response.get("Content-Type", "") + url:
            for link in links_in(answer.text) - seen:
                kinds[kind_of(link)] += 1
                if kinds[kind_of(link)] <= OF_A_KIND:
                    seen.add(link)
                    waiting.append(link)


def links_in(text):
    found = (unescape(one or two) for one, two in LINK.findall(text))
    return {link for link in found if not link.startswith(NOT_READ) and "logout" not in link}


def kind_of(link):
    """The view behind a link."""
    try:
        return resolve(link.partition("?")[0]).view_name
    except Resolver404:
        return "nowhere"
