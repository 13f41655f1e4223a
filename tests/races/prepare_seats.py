"""Events with a few places, and for each many people who want one: `python -m tests.races.prepare_seats ROUNDS PEOPLE SEATS`.

Prints as JSON, for each round, the number of the event and the paths at which each of them confirms that they come.
"""

import json
import sys

import django


def prepare(rounds, people, places):
    from stories.models import Seat  # noqa: PLC0415 (after setup)
    from tests.factories import announced_event, open_region  # noqa: PLC0415

    region, races = open_region(timezone="Africa/Nairobi", languages=["en"]), []
    for number in range(rounds):
        event = announced_event(region, name=f"Evening {number}", capacity=places)
        seats = Seat.objects.bulk_create(
            [Seat(event=event, name=f"Person {one}", email=f"one{one}@example.org", language="en") for one in range(people)]
        )
        races.append([event.pk, [seat.confirmation_path() for seat in seats]])
    return races


def main():
    django.setup()
    print("PATHS", json.dumps(prepare(*map(int, sys.argv[1:]))))


if __name__ == "__main__":
    main()
