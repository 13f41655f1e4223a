"""A space, and for each round many requests for the same evening: `python -m tests.races.prepare ROUNDS PEOPLE [unprotected]`.

Prints as JSON, for each round, the paths at which its host accepts each of them.
"""

import json
import sys
from datetime import timedelta

import django
from django.db import connection


def prepare(rounds, people):
    from spaces.models import Booking, SpaceRequest  # noqa: PLC0415 (after setup)
    from tests.factories import asked_for, evening, hosted_space, in_the_zone, open_region  # noqa: PLC0415

    space = hosted_space(open_region(timezone="Africa/Nairobi", languages=["en"]), name="The one room")
    first = asked_for(space, evening(400))
    host, paths = space.hosts.get().path("en"), []
    keep = {name: getattr(first, name) for name in ("title", "community", "people", "organiser", "language", "begins", "ends")}
    keep |= {name: getattr(first, name) for name in ("sent_at", "waits_since", "pattern")}
    for number in range(rounds):
        span = evening(30 + number)
        begin, end = in_the_zone(space, span)
        days = {"day": span.start.date(), "last_day": span.end.date(), "answer_by": begin - timedelta(days=1)}
        requests = SpaceRequest.objects.bulk_create(
            [
                SpaceRequest(space=space, key=f"{number}-{one}", email=f"one{one}@example.org", status="sent", **keep, **days)
                for one in range(people)
            ]
        )
        Booking.objects.bulk_create(
            [Booking(request=each, space=space, starts_at=begin, ends_at=end, status="sent") for each in requests]
        )
        paths.append([f"{host}{each.pk}/" for each in requests])
    return paths


def main():
    django.setup()
    rounds, people, *unprotected = sys.argv[1:]
    if unprotected and connection.vendor == "postgresql":
        connection.cursor().execute("ALTER TABLE spaces_booking DROP CONSTRAINT no_two_in_one_room")
    print("PATHS", json.dumps(prepare(int(rounds), int(people))))


if __name__ == "__main__":
    main()
