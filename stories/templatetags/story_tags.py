import json

from django import template
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from portal.faces import link_to
from portal.pictures import attach_card_pictures
from portal.templatetags.reading import hreflang
from spaces.models import Space
from spaces.templatetags.map_tags import ESCAPES
from stories.attending.forms import SeatForm
from stories.choices import ACCESS
from stories.models import AnnouncementPage, Event, Seat, StoryPage
from stories.models.event_pages import where_names
from stories.organising.links import path
from stories.saying import kept_when, when_words, where_words
from stories.structured import as_event

register = template.Library()
for words in (when_words, where_words, kept_when):
    register.filter(words)
STEPS_SHOWN, TOPICS_SHOWN = 5, 30


@register.simple_tag
def next_events(region=None, space=None, limit=5):
    """The next events: everywhere, of a region (which is then known), or at a space."""
    events = Event.objects.public().upcoming().select_related("booking")
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


# -- Events in words ---------------------------------------------------------------------------------------------------


@register.filter
def access_names(codes):
    return [str(dict(ACCESS).get(code, code)) for code in codes]


@register.simple_tag
def co_hosts_of(event):
    """The user groups that host it, and the names of other communities."""
    groups = [row.group for row in event.co_hosts.select_related("group__region")]
    return {"groups": groups, "others": event.other_communities, "any": bool(groups or event.other_communities)}


@register.simple_tag
def seats_of(event):
    """How many come, wait, and may still come. Never who."""
    going = event.count_seats()
    return {
        "going": going,
        "waiting": event.count_seats("waiting"),
        "left": None if event.capacity is None else max(0, event.capacity - going),
    }


@register.simple_tag(takes_context=True)
def own_seat(context, event):
    """Of whoever is signed in: the seat that they hold, or the form with which one click takes one."""
    user = getattr(context.get("request"), "user", None)
    if not (user and user.is_authenticated):
        return None
    seat = Seat.objects.of_person(user).held().filter(event=event).first()
    if seat:
        return {"seat": seat, "url": seat.path(get_language())}
    address = user.emailaddress_set.filter(verified=True).order_by("-primary", "pk").values_list("email", flat=True).first()
    name = user.get_full_name()
    if not (address and name):
        return None
    form = SeatForm(event=event, language=get_language(), person=user)
    guard = [(field, form[field].value()) for field in ("form_opened", "form_key", "form_person")]
    return {"fields": [*guard, ("name", name), ("email", address)], "email": address}


@register.simple_tag
def changes_of(event):
    """What people who come should know of, the latest first."""
    return event.steps.filter(verb__in=Event.TOLD).order_by("-pk")[:STEPS_SHOWN]


@register.simple_tag
def stories_of(event):
    """The stories that tell of an event, each once."""
    return StoryPage.objects.live().public().filter(event=event).once_each(get_language()).select_related("locale")


# -- From a request to its events --------------------------------------------------------------------------------------


@register.simple_tag
def events_of_request(asked):
    """For whoever asked: what is planned from it, with the link to each, and whether something could be."""
    planned = list(Event.objects.filter(request=asked).exclude(status=Event.Status.CANCELLED).order_by("starts_at"))
    number = len(Event.unplanned(asked))
    return {"planned": [(event, path(event)) for event in planned], "may_plan": number > 0, "number": number}


@register.simple_tag(takes_context=True)
def plan_button(context, asked):
    """The same in the workplace: only for those who announce events in the region."""
    found = events_of_request(asked)
    user = context["request"].user
    regions = policy_registry.get_by_type(Event).regions_for(user, "publish")
    places = {each.space.region_id for each in asked.all_dates()}
    is_ours = bool(places) and regions.filter(pk__in=places).exists()
    edit = Event.snippet_viewset.get_url_name("edit")
    mine = policy_registry.get_by_type(Event).instances_user_has_permission_for(user, "change")
    keys = set(mine.filter(request=asked).values_list("pk", flat=True))
    planned = [(event, reverse(edit, args=[event.pk]) if event.pk in keys else "") for event, _url in found["planned"]]
    return {"planned": planned, "may_plan": found["may_plan"] and is_ours, "url": reverse("plan_from_request", args=[asked.pk])}


# -- The calendar ------------------------------------------------------------------------------------------------------


@register.simple_tag
def topics_of_events():
    """The topics of what comes, the most frequent first, for those who do not know what to type."""
    coming = Event.objects.public().upcoming().order_by()
    counted = coming.exclude(tags=None).values_list("tags__name").annotate(number=Count("pk")).order_by("-number", "tags__name")
    return [name for name, _number in counted[:TOPICS_SHOWN]]


@register.simple_tag(takes_context=True)
def feed_links(context, filters=None, region=None):
    """Addresses of the feeds that follow these filters, or of a region."""
    request = context["request"]
    if region:
        calendar, atom = (reverse(f"region_{kind}", args=[region.slug]) for kind in ("calendar", "atom"))
    else:
        query = feed_query(filters) if filters else ""
        calendar, atom = reverse("events_calendar") + query, reverse("events_atom") + query
    whole = request.build_absolute_uri(calendar)
    return {"calendar": calendar, "atom": atom, "webcal": f"webcal://{whole.partition('://')[2]}"}


def feed_query(filters):
    """What narrows the list; a feed has its own time."""
    data = filters.data.copy()
    for name in list(data):
        is_usual = data[name] in ("", filters.defaults.get(name))
        if is_usual or name in ("when", "on") or name not in filters.filters:
            data.pop(name)
    return f"?{data.urlencode()}" if data else ""


@register.simple_tag
def in_month(filters, first=None):
    """The same filters, as a month."""
    data = filters.data.copy()
    for name in ("page", "on", "when"):
        data.pop(name, None)
    data["month"] = f"{first:%Y-%m}" if first else ""
    return f"?{data.urlencode()}"


@register.simple_tag
def without_month(filters):
    return filters.without("month", "on")


@register.simple_tag
def on_day(filters, day):
    """The list of one day."""
    data = filters.data.copy()
    for name in ("page", "month", "when"):
        data.pop(name, None)
    data["on"] = f"{day:%Y-%m-%d}"
    return f"?{data.urlencode()}"


@register.simple_tag(takes_context=True)
def structured_event(context, event, page):
    """The event for search engines, as a block of data that no browser runs."""
    request = context["request"]
    url, picture = (request.build_absolute_uri(each) for each in (page.get_url(request), page.drawn_share_url))
    left = event.seats_left if event.is_taking_seats else None
    text = json.dumps(as_event(event, page, url, picture, left), ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
