"""Two regions with everything in them, public and not, and one person for each role. Amina's region is A, Bob's is B.

`A` (Kenya, first language English, also French and Arabic) and `B` (Taiwan, first language Traditional Chinese, also
English) each have a live and a draft of everything. Every private text carries the region's name and a word that stands
nowhere else, so a leak can be searched for.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, UploadedFile
from wagtail_localize.models import StringTranslation, Translation

from portal.models import OutgoingMail, User
from regions.models import (
    GlossaryTerm,
    Invitation,
    PageTranslation,
    ProblemReport,
    Region,
    Team,
    TrainingRecord,
    TranslationOffer,
)
from regions.permissions import region_collection
from regions.translating.counting import count_all
from spaces.models import Award, RegionTerms, SpaceHost, SpaceUpload
from spaces.models.request_steps import Actor, Part
from stories.models import AnnouncementIndexPage, AnnouncementPage, EventUpload, Seat, StoryPage
from tests.factories import (
    HOST,
    AmbassadorshipFactory,
    EventFactory,
    SpaceFactory,
    SubmissionFactory,
    UserGroupFactory,
    announced_event,
    appointed,
    asked_for,
    booked,
    evening,
    listed_space,
    open_region,
    publish_in,
    submitted_space,
    told_story,
)
from tests.translating import translate

PASSWORD = "a long pass phrase"

# Every role, and how somebody comes to it. Those in a region are in region A, but for ambassador_b.
ROLES = [
    "anonymous",
    "volunteer",
    "host",
    "contributor",
    "editor",
    "ambassador_a",
    "ambassador_b",
    "translator",  # into French, everywhere
    "translator_a",  # into French, in region A
    "reviewer",  # of French, everywhere
    "assessor",
    "staff",
    "superuser",
]


@dataclass
class World:
    """Two regions and the people."""

    a: SimpleNamespace
    b: SimpleNamespace
    people: dict = field(default_factory=dict)
    announcement: object = None
    draft_announcement: object = None
    planned_region: object = None
    redirect: object = None
    unconfirmed: object = None
    glossary_term: object = None
    mail: object = None
    waiting_mail: object = None

    def person(self, role):
        """A fresh look at somebody, as every request has it; None for a reader."""
        return User.objects.get(pk=self.people[role].pk) if role in self.people else None

    def sign_in(self, client, role):
        client.logout()
        if role in self.people:
            client.force_login(self.person(role))


def make_person(name):
    person = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.replace("_", " ").title())
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_region(name, **facts):
    """A region with a live and a draft of everything. Drafts and secrets are named `secret-<what>-<name>`."""
    region = open_region(name=name, slug=name, **facts)
    secret = f"secret-%s-{name}"
    ambassador = make_person(f"ambassador_{name[0]}" if name in ("aland", "bland") else name)
    space = listed_space(region, name=f"Hall of {name}")
    SpaceHost.objects.create(space=space, name="The host", email=f"{secret % 'host'}@example.org")
    draft_space = SpaceFactory(region=region, name=secret % "space", slug=f"draft-space-{name}")
    draft_event = EventFactory(region=region, name=secret % "event", slug=f"draft-event-{name}")
    return SimpleNamespace(
        region=region,
        ambassador=ambassador,
        page=region.page_in(region.language),
        ambassadorship=appointed(region, person=ambassador),
        colleague=appointed(region, person=make_person(f"colleague_{name}")),
        planned=AmbassadorshipFactory(region=region, person=make_person(secret % "candidate")),
        space=space,
        draft_space=draft_space,
        draft_space_page=draft_space.make_face(),
        event=announced_event(region, name=f"Evening in {name}"),
        draft_event=draft_event,
        draft_event_page=draft_event.make_face(),
        story=told_story(region, title=f"Story of {name}"),
        draft_story=draft_story(region, secret % "story"),
        group=UserGroupFactory(region=region, name=f"Mappers of {name}"),
        submission=submitted_space(
            region, name=secret % "submission", email=f"{secret % 'sender'}@example.org", submitter="secret-name-" + name
        ),
        unconfirmed_submission=SubmissionFactory(region=region, email=f"unconfirmed-{name}@example.org"),
        picture=picture_of(region, secret % "picture"),
        document=document_of(region, secret % "document"),
    )


def draft_story(region, title, owner=None):
    parent = region.page_in(region.language)
    story = StoryPage(title=title, locale=parent.locale, summary=title, live=False, owner=owner)
    parent.add_child(instance=story)
    story.save_revision(user=owner)
    return story


def picture_of(region, title):
    return get_image_model().objects.create(title=title, file=get_test_image_file(), collection=region_collection(region))


def document_of(region, title):
    file = ContentFile(b"What the document says.", name=f"{title}.txt")
    return get_document_model().objects.create(title=title, file=file, collection=region_collection(region))


def make_announcement():
    parent = AnnouncementIndexPage.objects.get(locale__language_code="en")
    page = AnnouncementPage(title="To everyone", slug="to-everyone", locale=parent.locale)
    parent.add_child(instance=page)
    page.save_revision().publish()
    draft = AnnouncementPage(title="secret-announcement", slug="not-yet-said", locale=parent.locale, live=False)
    parent.add_child(instance=draft)
    draft.save_revision()
    return Page.objects.get(pk=page.pk).specific


def make_world():
    """The two regions, French translations of A, and one person for each role."""
    a = make_region("aland", languages=["en", "fr", "ar"])
    b = make_region("bland", language="zh-hant", languages=["zh-hant", "en", "fr"])
    planned = Region.objects.create(
        name="secret-region-planned", slug="planned", area="asia", language="en", latitude=1, longitude=1
    )
    for record in (a.space, a.event):
        publish_in(record.pages.get(), "fr")
    a.french_page = publish_in(a.page, "fr", title="Alande")
    a.french_space_page = a.space.pages.get(locale__language_code="fr")
    for place in (a, b):
        make_french(place)
    world = World(a, b, announcement=make_announcement(), planned_region=planned)
    world.draft_announcement = AnnouncementPage.objects.get(slug="not-yet-said")
    world.people = {"ambassador_a": a.ambassador, "ambassador_b": b.ambassador}
    for role in ("volunteer", "contributor", "editor"):
        world.people[role] = make_person(role)
        a.region.grant(world.people[role], role)
    for role, place in {
        "translator": {"role": "translator", "language": "fr"},
        "reviewer": {"role": "reviewer", "language": "fr"},
        "translator_a": {"role": "translator", "language": "fr", "region": a.region},
        "assessor": {"role": "assessor"},
        "staff": {"role": "staff"},
    }.items():
        world.people[role] = make_person(role)
        Team.objects.ensure(**place).admit(world.people[role])
    world.people["host"] = make_person("host")
    SpaceHost.objects.create(space=a.space, name="Hana", email="host@example.org")
    world.people["superuser"] = User.objects.create_superuser("superuser@example.org", PASSWORD)
    a.own_draft_story = draft_story(a.region, "secret-own-story-aland", world.people["contributor"])
    a.own_draft_space = SpaceFactory(region=a.region, name="secret-own-space-aland", slug="own-draft-space")
    a.own_draft_space.make_face(by=world.people["contributor"])
    a.past_draft = EventFactory(region=a.region, name="secret-past-aland", starts_at=timezone.now() - timedelta(days=2))
    for place, writer in ((a, world.people["contributor"]), (b, b.ambassador)):
        make_unfinished(place, writer)
        make_team(place, world.people["staff"])
        make_report_and_awards(place, world.people["staff"])
        make_requests(place)
        make_upload(place)
        make_attended(place)
        key = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "key", "credential": {}}}
        Authenticator.objects.create(user=place.colleague.person, **key)
    world.unconfirmed = EmailAddress.objects.create(user=world.people["volunteer"], email="second@example.org", verified=False)
    facts = {"target_language": "fr", "term": "space", "translation": "espace"}
    world.glossary_term = GlossaryTerm.objects.create(**facts)
    make_mail(world)
    world.redirect = Redirect.objects.create(old_path="/old", redirect_page=a.story)
    count_board(world)
    return world


def make_mail(world):
    """One mail that did not arrive, and one that waits. Nobody but staff sees what was written to whom."""
    facts = {"to": ["secret-reader@example.org"], "subject": "secret-subject", "body": "secret-letter"}
    failed = {"given_up_at": timezone.now(), "needs_somebody": True, "attempts": 1}
    world.mail = OutgoingMail.objects.create(**facts, **failed)
    world.waiting_mail = OutgoingMail.objects.create(**facts, next_attempt_at=timezone.now() + timedelta(days=1))


def make_french(place):
    """The story of a region in French, as a draft with a picture; and what wagtail-localize knows of that translation."""
    if not place.space.pages.filter(locale__language_code="fr").exists():
        publish_in(place.space.pages.get(), "fr")
    place.story.image = place.picture
    place.story.save_revision().publish()
    place.story.prepare_translations(["fr"])
    place.french_page = place.region.page_in("fr")
    place.french_space_page = place.space.pages.get(locale__language_code="fr")
    place.french_draft = StoryPage.objects.get(translation_key=place.story.translation_key, locale__language_code="fr")
    french = {"target_locale__language_code": "fr"}
    place.translation = Translation.objects.get(source__object_id=place.story.translation_key, **french)
    place.segment = place.translation.source.stringsegment_set.order_by("pk").first()
    place.overridable = place.translation.source.overridablesegment_set.order_by("pk").first()
    translate(place.story, "fr")
    translate(place.space.pages.get(locale__language_code=place.region.language), "fr")


def make_unfinished(place, writer):
    """A story that waits for moderation, one behind a password, and files that were sent and not saved."""
    name = place.region.slug
    place.handed_in = draft_story(place.region, f"secret-handed-in-{name}", writer)
    place.handed_in.get_workflow().start(place.handed_in, writer)
    place.handed_in.refresh_from_db()
    place.task_state = place.handed_in.current_workflow_task_state
    place.behind_password = told_story(place.region, title=f"secret-behind-password-{name}")
    place.restriction = PageViewRestriction.objects.create(
        page=place.behind_password, restriction_type=PageViewRestriction.PASSWORD, password="a password for readers"
    )
    place.uploads = {
        kind: UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"half sent", name=f"half-{kind}.txt"),
            uploaded_by_user=place.ambassador,
        )
        for kind, model in {"image": get_image_model(), "document": get_document_model(), "strings": StringTranslation}.items()
    }


def make_report_and_awards(place, by):
    """What a reader has reported, with an address for the answer; an award, and one that was revoked for a reason."""
    name = place.region.slug
    said = {"text": f"secret-problem-{name}", "email": f"secret-reporter-{name}@example.org"}
    place.problem = ProblemReport.objects.file(place.group, "contact", **said)
    place.award, place.revoked_award = (
        Award(space=place.space, title=title, reason="Tea for everybody.") for title in ("Open to all", "Open to some")
    )
    for award in (place.award, place.revoked_award):
        award.grant(by=by)
    place.revoked_award.revoke(f"secret-revoked-{name}", by=by)


def make_requests(place):
    """Somebody asks for the space; somebody has not confirmed that yet; somebody has lost it, so that there is a case."""
    name = place.region.slug
    asker = {"organiser": f"secret-asker-{name}", "email": f"secret-asker-{name}@example.org"}
    annex = place.annex = listed_space(place.region, name=f"Annex of {name}")  # what somebody asked for stays
    SpaceHost.objects.create(
        space=annex, name="Hana", email="host@example.org" if name == "aland" else "other-host@example.org"
    )
    place.request = asked_for(annex, title=f"secret-request-{name}", needs=f"secret-needs-{name}", **asker)
    place.request.note(f"secret-note-{name}", Actor(Part.REGION, place.ambassador, "The ambassador"))
    place.new_request = asked_for(annex, evening(40), is_confirmed=False, email=f"unconfirmed-asker-{name}@example.org")
    place.booked = booked(annex, evening(50), title=f"secret-guest-{name}", email=f"secret-guest-{name}@example.org")
    lost = place.lost = booked(annex, evening(3), title=f"secret-lost-{name}", email=f"secret-loser-{name}@example.org")
    lost.withdraw("The roof leaks.", HOST)
    place.case = lost.bookings.get().cases.get()
    place.terms = RegionTerms.objects.create(region=place.region, rent_source=f"secret-rent-{name}")


def make_upload(place):
    """A file of spaces that the ambassador has sent and not imported yet."""
    columns = "name,address,city,country,latitude,longitude,capacity"
    row = f"secret-row-{place.region.slug},Road 1,Town,KE,1,1,9"
    place.space_upload = SpaceUpload.objects.create(
        uploaded_by=place.ambassador,
        name=f"secret-file-{place.region.slug}.csv",
        format="csv",
        source="file",
        content=f"{columns}\n{row}".encode(),
    )


def make_attended(place):
    """Somebody comes to the event; somebody has not confirmed that yet; somebody was at a training; a calendar waits."""
    name = place.region.slug
    who = {"name": f"secret-attendee-{name}", "email": f"secret-attendee-{name}@example.org", "language": "en"}
    place.seat = Seat.objects.ask(place.event, **who, is_confirmed=True)
    place.new_seat = Seat.objects.ask(
        place.event, name="Somebody", email=f"unconfirmed-attendee-{name}@example.org", language="en"
    )
    place.training = TrainingRecord.objects.create(
        name=f"secret-trained-{name}",
        email=f"secret-trained-{name}@example.org",
        region=place.region,
        kind="newcomers",
        date=timezone.localdate(),
        title="First steps",
        event_key=place.event.key,
        verified_by=place.ambassador,
    )
    day = timezone.localdate() + timedelta(days=9)
    entry = f"UID:x\nSUMMARY:secret-entry-{name}\nLOCATION:Here\nDTSTART:{day:%Y%m%d}T180000"
    place.event_upload = EventUpload.objects.create(
        uploaded_by=place.ambassador,
        region=place.region,
        name=f"secret-calendar-{name}.ics",
        source="file",
        content=f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{entry}\nEND:VEVENT\nEND:VCALENDAR\n".encode(),
    )


def make_team(place, by):
    """Somebody who helps in the region, for a reason; and somebody who is asked to."""
    name = place.region.slug
    terms = {"by": by, "reason": f"secret-reason-{name}"}
    place.member = place.region.grant(make_person(f"secret-member-{name}"), "volunteer", **terms)
    volunteers = Team.objects.get(region=place.region, role="volunteer")
    place.invitation = Invitation.objects.invite(volunteers, f"secret-invited-{name}@example.org", **terms)
    place.offer = TranslationOffer.objects.create(
        name=f"secret-helper-{name}",
        email=f"secret-helper-{name}@example.org",
        language="fr",
        region=place.region,
        reads_in="fr",
        status=TranslationOffer.Status.OPEN,
    )


def count_board(world):
    """The translators' board, and on it what is missing in French and what waits for review."""
    count_all()
    in_french = PageTranslation.objects.in_language("fr")
    for place in (world.a, world.b):
        place.missing = in_french.get(key=place.ambassadorship.key)
        place.ready = in_french.get(key=place.story.translation_key)
