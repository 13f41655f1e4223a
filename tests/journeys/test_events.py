"""From a promised room to the story of what happened there, over HTTP: nobody types a thing twice, and everybody is told."""

from base64 import b64decode
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from portal.models import OutgoingMail
from regions.keeping.asking import keep_true
from regions.models import TrainingRecord
from spaces.models import Case
from stories.models import Event, Seat, StoryPage
from tests.factories import HOST, UserFactory, appointed, asked_for, evening, hosted_space, is_over, open_region
from tests.journeys.test_asking import link_in
from tests.spaces.asking import Person

pytestmark = pytest.mark.django_db


def letters(to, purpose):
    return [mail for mail in OutgoingMail.objects.filter(purpose=purpose).order_by("pk") if to in mail.to]


def entry_in(mail):
    _name, content, kind = mail.attachments[0]
    event = Calendar.from_ical(b64decode(content)).walk("VEVENT")[0]
    return kind.split("method=")[1], str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])


def a_photo():
    content = BytesIO()
    picture = Image.new("RGB", (640, 480), "teal")
    exif = picture.getexif()
    exif[0x8825] = {1: "S", 2: (1.0, 17.0, 0.0)}  # where it was taken
    picture.save(content, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", content.getvalue(), content_type="image/jpeg")


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en", "es"])


@pytest.fixture
def amina(kenya):
    person = UserFactory(first_name="Amina", last_name="Otieno", email="amina@example.org", language="en", is_staff=False)
    appointed(kenya, person=person)
    client = Client()
    client.force_login(person)
    return client


def act_on(client, event, verb, **data):
    """A button in the workplace, with what it asks."""
    url = reverse(event.snippet_viewset.get_url_name("verb"), args=[event.pk, verb])
    assert client.get(url).status_code == 200
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors
    event.refresh_from_db()
    return answer


def comes(slug, name, email, language="en"):
    """Says so, follows the link of the letter, presses the button."""
    person = Person(Client(enforce_csrf_checks=True))
    person.open(f"/{language}/events/{slug}/rsvp/")
    person.press("form.form button", name=name, email=email)
    assert person.path == f"/{language}/events/rsvp/sent/", person.errors
    letter = letters(email, "seat_address")[-1]
    person.open(link_in(letter, "events/rsvp/confirm"))
    person.press("form button")
    return person


def test_from_the_promise_to_the_story(kenya, amina):  # noqa: PLR0915 (one story)
    hall = hosted_space(kenya, name="Blue Hall", slug="blue-hall", capacity=2)
    asked = asked_for(hall, evening(10), people=2)
    organiser = Person(Client(enforce_csrf_checks=True))

    # Before the host has said yes there is nothing to plan; then it is one click.
    organiser.open(asked.path("en"))
    assert not organiser.soup.select("form[action$='/event/']")
    asked.accept(HOST)
    organiser.open(asked.path("en"))
    form = organiser.soup.select_one("form[action$='/event/']")
    organiser.shown(organiser.client.post(form["action"], follow=True))
    event = Event.objects.get()
    booking = asked.bookings.get()
    assert (event.name, event.space, event.booking, event.request) == (asked.title, hall, booking, asked)
    assert (event.starts_at, event.ends_at, event.capacity) == (booking.starts_at, booking.ends_at, 2)
    assert (event.other_communities, event.status) == ("Nairobi Mappers", "draft")
    assert [str(each) for each in event.expected.all()] == ["people who come: 2"]

    # The organiser says what is not known yet; one hope is too few.
    assert organiser.value("target_people") == "2"
    organiser.press("[value=plan]", summary="Put your street on the map.")
    assert any("at least two numbers" in error for error in organiser.errors)
    assert organiser.value("summary") == "Put your street on the map."
    organiser.press("[value=plan]", topics="maps, newcomers", target_first_timers="1", target_contributions="20")
    assert "The region’s team announces it." in organiser.text, organiser.errors
    event.refresh_from_db()
    assert sorted(event.tags.names()) == ["maps", "newcomers"]

    # The ambassador is told that it waits, and announces it. It stands in the calendar and on the region's page.
    assert "waits to be announced" in amina.get("/admin/").content.decode()
    reader = Client()
    assert asked.title not in reader.get("/en/events/").content.decode()
    act_on(amina, event, "announce")
    page = event.pages.get().get_url()
    assert "Put your street on the map." in reader.get(page).content.decode()
    for address in ("/en/events/", "/en/regions/kenya/", "/en/", hall.pages.get().get_url()):
        assert page in reader.get(address).content.decode(), address

    # Two come, the third waits; in public stands how many, never who.
    comes(event.slug, "Brian", "brian@example.org")
    lucia = comes(event.slug, "Lucía", "lucia@example.org", "es")
    third = comes(event.slug, "Wei", "wei@example.org")
    assert "You are on the waiting list" in third.text
    public = reader.get(page).content.decode()
    assert "2 people come" in public
    assert "all places are taken" in public
    assert "1 waits" in public
    assert "Brian" not in public
    assert entry_in(letters("brian@example.org", "seat_going")[0])[0] == "REQUEST"
    assert letters("wei@example.org", "seat_waiting")[0].attachments == []

    # One gives up the place: who waits moves up and is told.
    lucia.press("[value=cancel]")
    assert Seat.objects.get(email="wei@example.org").status == "going"
    assert letters("wei@example.org", "seat_moved_up")
    assert entry_in(letters("lucia@example.org", "seat_cancelled")[0])[0] == "CANCEL"
    assert letters("lucia@example.org", "seat_cancelled")[0].headers["Content-Language"] == "es"

    # Another time: the old one is free again, the host is asked for the new one, whoever comes is told.
    day = event.starts_wall + timedelta(days=1)
    assert "It was announced for" not in public
    act_on(
        amina,
        event,
        "reschedule",
        starts_wall=f"{day:%Y-%m-%d} 17:00",
        ends_wall=f"{day:%Y-%m-%d} 20:00",
        reason="A strike of the matatus.",
    )
    booking.refresh_from_db()
    assert (booking.status, event.booking.status, event.seeks_space) == ("cancelled", "sent", True)
    assert (event.booking.starts_at, event.booking.request.email) == (event.starts_at, asked.email)
    for email in ("brian@example.org", "wei@example.org"):
        (mail,) = letters(email, "seat_reschedule")
        assert "A strike of the matatus." in mail.body
        assert "17:00" in mail.body
        method, uid, sequence, status = entry_in(mail)
        assert (method, sequence, status) == ("REQUEST", 1, "CONFIRMED")
        assert uid == entry_in(letters("brian@example.org", "seat_going")[0])[1]
    assert not letters("lucia@example.org", "seat_reschedule")
    public = reader.get(page).content.decode()
    assert "It was announced for" in public
    assert "not confirmed yet" in public
    event.booking.request.accept(HOST)
    event.refresh_from_db()
    assert not event.seeks_space
    assert letters("brian@example.org", "seat_win_space")
    assert Case.objects.count() == 0

    # The day before, whoever comes is reminded, once.
    keep_true(event.starts_at - timedelta(hours=20))
    keep_true(event.starts_at - timedelta(hours=1))
    assert len(letters("brian@example.org", "seat_reminder")) == 1

    # It was held. One form asks all of it, once: the booking's questions and the event's own.
    is_over(event)
    # Who was there, ticked at the door.
    organiser.open(letters(asked.email, "request_accept")[-1] and event.request.path("en"))
    organiser.open(organiser.soup.find("a", string=event.name)["href"])
    organiser.open(organiser.soup.find("a", string="List at the door")["href"])
    assert "Brian" in organiser.text
    assert "brian@example.org" not in organiser.answer.content.decode()
    organiser.press("li:has(.door-name:-soup-contains('Brian')) button")
    assert "1 is here" in organiser.text
    assert Seat.objects.get(email="brian@example.org").came is True

    keep_true(timezone.now())
    mail = letters(asked.email, "request_outcome")[-1]
    organiser.open(link_in(mail, "status"))
    organiser.press(
        "[value=outcome]",
        held="yes",
        came="2",
        actual_cost="0",
        first_timers="1",
        actual_contributions="34",
        learned="Bring more extension cords.",
        photos=a_photo(),
        may_be_shown="on",
    )
    event.refresh_from_db()
    assert (event.booking.status, event.came, event.was_held) == ("held", 2, True)
    hoped = {each.kind: (each.target, each.actual) for each in event.expected.all()}
    assert hoped == {"people": (2, 2), "first_timers": (1, 1), "contributions": (20, 34)}
    photo = event.photos.get().picture
    with photo.file.open() as file:
        assert dict(Image.open(file).getexif()) == {}
    public = reader.get(page).content.decode()
    assert "What came of it" in public
    assert ">34<" in public

    # The ambassador is offered to tell the story: all that is known stands in its draft.
    assert "was held: tell the story" in amina.get("/admin/").content.decode()
    answer = act_on(amina, event, "tell_story")
    story = StoryPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert amina.get(answer.url).status_code == 200
    assert (story.live, story.event, story.region, story.title) == (False, event, kenya, event.name)
    kinds = [block.block_type for block in story.body]
    assert kinds == ["paragraph", "picture", "heading", "paragraph", "paragraph", "place"]
    assert "Bring more extension cords." in str(story.body[0].value)
    assert "hoped for: 20" in str(story.body[3].value)
    story.save_revision().publish()
    assert story.title in reader.get(page).content.decode()
    assert "was held: tell the story" not in amina.get("/admin/").content.decode()

    # Nothing was typed twice, by anybody.
    assert len(organiser.typed) == len(set(organiser.typed)), organiser.typed


def test_the_host_withdraws_and_everything_moves_to_the_substitute(kenya, amina):
    hall = hosted_space(kenya, name="Blue Hall", slug="blue-hall")
    attic = hosted_space(kenya, name="Attic", slug="attic", email="achieng@example.org", latitude=-1.31)
    asked = asked_for(hall, evening(4))
    asked.accept(HOST)
    event = Event.plan(asked.bookings.get())
    event.expect("first_timers", 3)
    event.announce()
    comes(event.slug, "Brian", "brian@example.org")
    asked.withdraw("The roof leaks.", HOST)
    (lost,) = letters("brian@example.org", "seat_lose_space")
    assert "another one is being looked for" in lost.body
    case = Case.objects.get()
    assert [each["name"] for each in case.planned] == [event.name]
    page, reader = event.pages.get().get_url(), Client()
    assert "another one is being looked for" in reader.get(page).content.decode()
    (offer,) = case.ask_substitutes([attic], asked.as_organiser)
    offer.accept(HOST)
    event.refresh_from_db()
    assert (event.space, event.seeks_space, event.booking.space) == (attic, False, attic)
    (moved,) = letters("brian@example.org", "seat_relocate")
    assert "Attic" in moved.body
    assert (entry_in(moved)[0], entry_in(moved)[2]) == ("REQUEST", event.sequence)
    public = reader.get(page).content.decode()
    assert "Attic" in public
    assert "another one is being looked for" not in public


def test_a_training_is_put_on_record(kenya, amina):
    event = Event.objects.create(
        region=kenya,
        name="First steps",
        kind="training",
        training="newcomers",
        timezone="Africa/Nairobi",
        address="Moi Avenue 1",
        starts_wall=datetime.combine(timezone.localdate() + timedelta(days=3), datetime.min.time().replace(hour=10)),
        ends_wall=datetime.combine(timezone.localdate() + timedelta(days=3), datetime.min.time().replace(hour=12)),
        planned_by=UserFactory(email="otieno@example.org", language="en"),
    )
    for kind in ("people", "trained"):
        event.expect(kind, 5)
    event.announce()
    comes(event.slug, "Brian", "brian@example.org")
    comes(event.slug, "Wei", "wei@example.org")
    Seat.objects.get(email="brian@example.org").tick(True)
    is_over(event)
    keep_true(timezone.now())
    organiser = Person(Client(enforce_csrf_checks=True))
    organiser.open(link_in(letters("otieno@example.org", "event_outcome")[0], "status"))
    assert organiser.value("came") == "1"
    organiser.press("[value=outcome]", held="yes", actual_trained="1")
    assert "Thank you for telling." in organiser.text
    assert "Who was at “First steps”?" in amina.get("/admin/").content.decode()
    event.refresh_from_db()
    act_on(amina, event, "record_training")
    row = TrainingRecord.objects.get()
    assert (row.name, row.email, row.kind, row.title) == ("Brian", "brian@example.org", "newcomers", "First steps")
    assert (row.region, row.date, row.verified_by.email) == (kenya, event.starts_wall.date(), "amina@example.org")
    assert "Who was at" not in amina.get("/admin/").content.decode()
