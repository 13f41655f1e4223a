"""Events for calendar programs (iCalendar) and feed readers (Atom), with the filters of the calendar, open to every site."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.api.middleware import open_to_other_sites
from portal.api.problems import problem
from portal.faces import link_to
from portal.languages import tag
from regions.models import Region
from spaces.submitting.tidying import tidy

from .calendars import feed_of
from .filters import EventFilters
from .models import Event
from .saying import when_words, where_words

MOST = 1000
MOST_ENTRIES = 100


class Chosen:
    """What a feed tells of: the events that its filters leave, in the words of their pages, and what it is called.

    A filter that is not understood is said: nobody looks at a feed, as they look at a list.
    """

    def __init__(self, request, slug=""):
        self.request, self.language = request, get_language()
        regions = Region.objects.open().shown_in(self.language)
        self.region = get_object_or_404(regions, slug=slug) if slug else None
        listed = Event.objects.public().shown_in(self.language).select_related("space", "booking", "region")
        listed = listed.in_region(self.region) if self.region else listed
        self.filters = EventFilters(request.GET, listed.prefetch_related("tags"), regions)
        self.errors = dict(self.filters.errors)
        for name in set(request.GET) - set(self.filters.filters):
            self.errors[name[:200]] = [_("There is no such filter.")]

    @property
    def name(self):
        words = [self.region.face["title"]] if self.region else []
        words += [chip.label for chip in self.filters.chips()]
        return f"{_('Events')}: {', '.join(words)}" if words else _("Events")

    @property
    def url(self):
        """The list of the same events, for people."""
        data = self.request.GET.copy()
        if self.region:
            data["region"] = self.region.slug
        query = f"?{data.urlencode()}" if data else ""
        return self.request.build_absolute_uri(f"/{self.language}/events/{query}")

    def told(self, events):
        """(event, title, url, summary) of each."""
        for event in events:
            link = link_to(event, self.request)
            yield event, tidy(link.title), self.request.build_absolute_uri(link.url), tidy(link.summary)

    def refusal(self):
        return problem(422, errors=[(name, " ".join(words)) for name, words in self.errors.items()])


@open_to_other_sites
def calendar_feed(request, slug=""):
    chosen = Chosen(request, slug)
    if chosen.errors:
        return chosen.refusal()
    events = chosen.filters.whenever().lately()[:MOST]
    content = feed_of(chosen.told(events), chosen.name, chosen.language, chosen.url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Language"] = tag(chosen.language)
    response["Content-Disposition"] = f'inline; filename="{slug or "events"}.ics"'
    return response


@open_to_other_sites
def atom_feed(request, slug=""):
    chosen = Chosen(request, slug)
    if chosen.errors:
        return chosen.refusal()
    events = list(chosen.filters.whenever().lately().order_by("-announced_at", "-pk")[:MOST_ENTRIES])
    feed = EventFeed(
        title=chosen.name,
        link=chosen.url,
        description="",
        author_name=settings.WAGTAIL_SITE_NAME,
        language=tag(chosen.language),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"{request.build_absolute_uri(request.path)}#{request.GET.urlencode()}",
    )
    for event, title, url, summary in chosen.told(events):
        lines = [when_words(event), tidy(where_words(event)), *([summary] if summary else [])]
        feed.add_item(
            title=f"{title} ({event.get_status_display()})" if event.is_cancelled or event.is_postponed else title,
            link=url,
            description=linebreaks("\n".join(lines), autoescape=True),  # Atom's summary is HTML here
            unique_id=f"urn:uuid:{event.key}",
            pubdate=event.announced_at or event.created_at,
            updateddate=event.updated_at,
            categories=[each.name for each in event.tags.all()],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Content-Language"] = tag(chosen.language)
    return response


class EventFeed(Atom1Feed):
    """Atom (RFC 4287) that changes only when an event does: an empty one has its portal's first day."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)
