from django import template
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.faces import link_to
from portal.pictures import card_pictures
from portal.templatetags.reading import hreflang
from stories.models import AnnouncementPage, Event, StoryPage
from stories.models.events import where_names

register = template.Library()


def as_cards(stories, limit):
    shown = stories.once_each(get_language()).select_related("locale").defer_streamfields()
    return shown.prefetch_related(Prefetch("image", card_pictures()))[:limit]


@register.simple_tag
def next_events(region=None, space=None, limit=5):
    """The next events: everywhere, of a region, or at a space."""
    events = Event.objects.public().upcoming()
    if region:
        events = events.in_region(region)
    if space:
        events = events.at_space(space)
    return events.shown_in(get_language()).prefetch_related(*where_names(get_language()))[:limit]


@register.simple_tag
def latest_stories(region=None, limit=3):
    """The latest stories, each once, in the language that suits the reader."""
    stories = StoryPage.objects.latest()
    return as_cards(stories.in_region(region) if region else stories, limit)


@register.filter
def with_pictures(stories):
    """A page of a list of stories with their pictures, in two queries."""
    wanted = [story.pk for story in stories]
    found = StoryPage.objects.filter(pk__in=wanted).select_related("locale").defer_streamfields()
    by_pk = {story.pk: story for story in found.prefetch_related(Prefetch("image", card_pictures()))}
    return [by_pk[pk] for pk in wanted]


@register.simple_tag
def announcements_for(region=None, urgent_only=False, limit=3):
    """The announcements in force now: for everyone, or also for a region."""
    current = AnnouncementPage.objects.current().filter(locale__language_code=get_language())
    current = current.for_region(region) if region else current.for_everyone()
    return (current.filter(urgent=True) if urgent_only else current).defer_streamfields()[:limit]


@register.simple_tag(takes_context=True)
def place_of(context, event, linked=False):
    """Where an event is, in one line: the space and its city, an address, or online."""
    if event.space:
        link = link_to(event.space, context.get("request"))
        name = format_html('<a href="{}"{}>{}</a>', link.url, hreflang(link), link.title) if link and linked else None
        return format_html("{}, {}", name or (link.title if link else event.space.name), event.space.city)
    return event.address or _("online")
