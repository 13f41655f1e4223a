"""Events of the demo: announced in spaces whose hosts have agreed, with people who come, and with what became of them."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from spaces.models.request_steps import Actor, Part
from stories.choices import ACCESS
from stories.models import Event, EventOutcome, Seat

PEOPLE = (
    "Wanjiru Kamau, Brian Otieno, Lucía Rojas, Wei-Ting Lin, Nikos Pappas, Ananya Rao, Diego Vargas, Joy Mendoza, "
    "Amal Haddad, Chloé Martin, Kofi Mensah, Elena Sanz"
).split(", ")
HOPES = {"training": "trained", "sprint": "contributions", "hackfest": "contributions", "talk": "first_timers"}
TRAININGS = {"localization": "localization", "events": "events", "accessibility": "accessibility"}


def event_of(region, table, spaces, today):
    """The event of a table, made once."""
    event = Event.objects.filter(slug__startswith=table["slug"]).first()
    if event:
        return event
    day = today + timedelta(days=table["day"])
    starts = datetime.combine(day, time.fromisoformat(table["time"]))
    event = Event(region=region, name=table["title"], kind=table["kind"], slug=f"{table['slug']}-{day:%Y-%m-%d}")
    event.set_times(starts, starts + timedelta(hours=table["hours"]), region.timezone)
    event.languages, event.capacity = table["languages"], table.get("capacity")
    event.space = spaces[table["space"]] if "space" in table else None
    event.address = ", ".join(filter(None, [table.get("address"), table.get("city")]))
    event.online_url = "https://meet.example.org/" + table["slug"] if table.get("online") else ""
    event.code_of_conduct = "https://example.org/code-of-conduct"
    event.accessibility = [code for number, (code, _label) in enumerate(ACCESS) if (len(table["slug"]) + number) % 3 == 0]
    if table["kind"] == "training":
        event.training = next((TRAININGS[tag] for tag in table.get("tags", []) if tag in TRAININGS), "newcomers")
    event.save()
    event.tags.set(table.get("tags", []))
    event.expect("people", max(8, (event.capacity or 24) * 3 // 4))
    event.expect(HOPES.get(table["kind"], "first_timers"), 5)
    group = region.groups.order_by("pk").first()
    if group:
        event.host_with(group)
    return event


def promise_space(event):
    """Its host has said yes, as hosts do when they are asked."""
    if event.seeks_space:
        event.booking.request.accept(Actor(Part.HOST, None, event.space.hosts.first().name))
        event.refresh_from_db()


def fill_seats(event):
    """Some come; where there are few places, some wait."""
    if not event.is_taking_seats or event.seats.exists():
        return
    number = min(len(PEOPLE), 3 + len(event.slug) % 7)
    people = [Seat(event=event, name=name, email=address_of(name), language=event.region.language) for name in PEOPLE[:number]]
    for seat in people[1:]:
        seat.status = Seat.Status.GOING if event.capacity is None or event.capacity >= number else Seat.Status.WAITING
    Seat.objects.bulk_create(people[1:])  # without a letter each: one example is enough to read
    people[0].save()
    people[0].confirm()


def address_of(name):
    return f"{name.split()[0].lower()}@example.org"


def tell_outcome(event):
    """How it went, of what is over: a little better than hoped, mostly."""
    if not event.is_past or event.told or event.is_cancelled or event.booking:
        return
    hoped = dict(event.expected.values_list("kind", "target"))
    came = hoped["people"] + len(event.slug) % 6 - 2
    outcome = EventOutcome(event=event, held=True, came=came, first_timers=max(2, came // 4), told_at=timezone.now())
    outcome.learned = "Ask people at the door what brought them. Somebody always knows somebody who should have been told."
    outcome.save()
    event.close_outcome(outcome, {kind: target + 3 for kind, target in hoped.items() if kind != "people"})
