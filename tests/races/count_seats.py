"""How many hold a seat and how many wait, at each event: `python -m tests.races.count_seats`. Prints JSON."""

import json

import django


def main():
    django.setup()
    from stories.models import Event  # noqa: PLC0415 (after setup)

    counts = Event.objects.with_counts().order_by("pk").values_list("pk", "going", "waiting")
    print("COUNTS", json.dumps([list(row) for row in counts]))


if __name__ == "__main__":
    main()
