"""Records and pages for tests, made the way the portal makes them: by their verbs."""

from datetime import UTC, time, timedelta

import factory
from django.utils import timezone

from portal.models import User
from portal.walltimes import wall_of
from regions.models import Ambassadorship, Region, UserGroup
from spaces.availability import on_day
from spaces.models import Booking, Space, SpaceHost, SpaceRequest, SpaceSubmission
from spaces.models.request_steps import Actor, Part
from stories.models import Event, StoryPage


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ["email"]

    first_name = factory.Sequence(lambda n: f"Amina{n}")
    last_name = "Otieno"
    email = factory.LazyAttribute(lambda user: f"{user.first_name.lower()}@example.org")
    password = factory.django.Password("a long pass phrase")


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"Region {n}")
    area = "africa"
    language = "en"
    languages = ["en", "fr"]
    countries = ["KE"]
    timezone = "Africa/Nairobi"
    latitude = -1.29
    longitude = 36.82


class AmbassadorshipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ambassadorship

    person = factory.SubFactory(UserFactory)
    region = factory.SubFactory(RegionFactory)
    starts = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    languages = ["en", "sw"]
    topics = ["newcomers"]


class UserGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UserGroup

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Mappers {n}")
    languages = ["en"]


class SpaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Space

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Room {n}")
    address = "Ngong Road 112"
    city = "Nairobi"
    country = "KE"
    latitude = -1.3
    longitude = 36.78
    capacity = 40
    supports_free_software = has_basic_resources = not_commercialised = host_agrees = True


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event
        skip_postgeneration_save = True

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Evening {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    timezone = "Africa/Nairobi"
    address = "Ngong Road 112"
    languages = ["en"]

    @factory.post_generation
    def hopes(event, create, given, **kwargs):
        """What it is meant to bring, without which nobody announces it."""
        if create:
            for kind, target in (given if given is not None else {"people": 20, "first_timers": 5}).items():
                event.expect(kind, target)


class SubmissionFactory(factory.django.DjangoModelFactory):
    """A space that somebody sends in; made by the verb, so the first letter is written."""

    class Meta:
        model = SpaceSubmission

    name = factory.Sequence(lambda n: f"Proposed room {n}")
    address = "Ngong Road 112"
    city = "Nairobi"
    country = "KE"
    latitude = -1.3
    longitude = 36.78
    capacity = 40
    supports_free_software = has_basic_resources = not_commercialised = host_agrees = True
    summary = "A room above a bakery."
    getting_in = "The blue door."
    language = "en"
    submitter = "Wanjiru Kamau"
    email = "wanjiru@example.org"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.submit(model_class(**kwargs))


def submitted_space(region, **facts):
    """One that waits for the region: its sender's address is confirmed."""
    submission = SubmissionFactory(region=region, **facts)
    submission.confirm()
    return submission


def open_region(**facts):
    """A region with its pages: the first language live, the others drafts."""
    region = RegionFactory(**facts)
    region.open()
    return region


def listed_space(region, **facts):
    space = SpaceFactory(region=region, **facts)
    space.list(summary="A room with a door.")
    return space


def hosted_space(region, email="juma@example.org", host="Juma", **facts):
    """A listed space that somebody opens."""
    space = listed_space(region, **facts)
    SpaceHost.objects.create(space=space, name=host, email=email)
    return space


HOST = Actor(Part.HOST, None, "Juma")


def evening(days=30, begins=time(18), ends=time(21)):
    """By the clock of a place, so many days from now."""
    return on_day((timezone.now() + timedelta(days=days)).date(), begins, ends)


def in_the_zone(space, span):
    return tuple(at.replace(tzinfo=space.zone).astimezone(UTC) for at in span)


def asked_for(space, *spans, is_confirmed=True, **facts):
    """A request that waits for the host, for one evening in a month unless said otherwise."""
    spans = spans or [evening()]
    facts = {
        "title": "Evening for new mappers",
        "community": "Nairobi Mappers",
        "people": 20,
        "languages": ["en"],
        "organiser": "Wanjiru Kamau",
        "email": "wanjiru@example.org",
        "language": "en",
        "day": spans[0].start.date(),
        "begins": spans[0].start.time(),
        "last_day": spans[-1].end.date(),
        "ends": spans[0].end.time(),
        **facts,
    }
    request = SpaceRequest(space=space, **facts)
    is_flexible = request.pattern == SpaceRequest.Pattern.FLEXIBLE
    return SpaceRequest.objects.ask(request, [] if is_flexible else [in_the_zone(space, each) for each in spans], is_confirmed)


def booked(space, *spans, **facts):
    """One that the host has accepted."""
    request = asked_for(space, *spans, **facts)
    request.accept(HOST)
    return request


def announced_event(region, **facts):
    event = EventFactory(region=region, **facts)
    event.announce(summary="Come.")
    if event.booking:
        event.booking.request.accept(HOST)
        event.refresh_from_db()
    return event


def planned_event(booking, **facts):
    """Announced, in the space that was promised for it."""
    event = Event.plan(booking)
    for name, value in facts.items():
        setattr(event, name, value)
    event.save()
    event.expect("first_timers", 5)
    event.announce(summary="Come.")
    return event


def is_over(event, hours_ago=1):
    """The event, and its booking, lie in the past by now."""
    ends = timezone.now() - timedelta(hours=hours_ago)
    starts = ends - timedelta(hours=3)
    event.refresh_from_db()
    event.set_times(wall_of(starts, event.zone), wall_of(ends, event.zone))
    event.save()
    Booking.objects.filter(event=event).update(starts_at=starts, ends_at=ends)
    event.refresh_from_db()
    return event


def appointed(region, **facts):
    ambassadorship = AmbassadorshipFactory(region=region, **facts)
    ambassadorship.appoint(summary="Knows everybody.")
    return ambassadorship


def told_story(region, title="What a room changed", **fields):
    """A live story under the region's page in its first language."""
    parent = region.page_in(region.language)
    story = StoryPage(title=title, locale=parent.locale, summary="Forty evenings.", **fields)
    parent.add_child(instance=story)
    story.save_revision().publish()
    story.refresh_from_db()
    return story


def publish_in(page, language, **changes):
    """A real translation, live."""
    page.prepare_translations([language])
    translated = type(page).objects.get(translation_key=page.translation_key, locale__language_code=language)
    for name, value in changes.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    translated.refresh_from_db()
    return translated
