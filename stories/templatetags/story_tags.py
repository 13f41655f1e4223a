from django import template
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.faces import link_to
from portal.pictures import attach_card_pictures
from portal.templatetags.reading import hreflang
from spaces.models import Space
from stories.models import AnnouncementPage, Event, StoryPage
from stories.models.events import where_names

register = template.Library()


@register.simple_tag
def next_events(region=None, space=None, limit=5):
    """The next events: everywhere, of a region (which is then known), or at a space."""
    events = Event.objects.public().upcoming()
    if region:
        events = events.in_region(region)
    if space:
        events = events.at_space(space)
    regions, spaces = where_names(get_language())
    return events.shown_in(get_language()).prefetch_related(*[spaces] if region else [regions, spaces])[:limit]


@register.simple_tag
def latest_stories(region=None, limit=3):
    """The latest stories, each once, in the language that suits the reader."""
    stories = StoryPage.objects.latest()
    stories = stories.in_region(region) if region else stories
    shown = stories.once_each(get_language()).select_related("locale").defer_streamfields()
    return attach_card_pictures(shown[:limit])


@register.filter
def with_pictures(stories):
    """A page of a list of stories with their pictures, in one query more."""
    return attach_card_pictures(stories)


@register.simple_tag(takes_context=True)
def announcements_for(context, region=None, limit=3):
    """The announcements in force now: for everyone, or also for a region. Asked once for a page, shown in two places."""
    request = context.get("request")
    known = request.__dict__.setdefault("announcements", {}) if request else {}
    key = region.pk if region else None
    if key not in known:
        current = AnnouncementPage.objects.current().filter(locale__language_code=get_language())
        current = current.for_region(region) if region else current.for_everyone()
        known[key] = list(current.select_related("locale").defer_streamfields()[:limit])
    return known[key]


def with_page(space):
    """The space with its page: from the list it came in, or asked for now."""
    return space if hasattr(space, "face") else Space.objects.with_face(get_language()).get(pk=space.pk)


@register.simple_tag(takes_context=True)
def place_of(context, event, linked=False):
    """Where an event is, in one line: the space and its city, an address, or online."""
    if event.space:
        link = link_to(with_page(event.space), context.get("request"))
        name = format_html('<a href="{}"{}>{}</a>', link.url, hreflang(link), link.title) if link and linked else None
        return format_html("{}, {}", name or (link.title if link else event.space.name), event.space.city)
    return event.address or _("online")
