"""The daily run: asks, reminds, puts to sleep. Every step is taken once, however often and wherever it runs."""

from collections import Counter, defaultdict

from django.db import connection, transaction
from wagtail import hooks

from portal.mail import queue_mail
from portal.models import confirmable_models
from regions.models import keepers_of

from .links import addressees_of, link_for

BATCH = 200


def keep_true(now):
    """All steps that are due. Returns how many of each: {"letters": 3, "reminders": 0, ...}."""
    done = Counter()
    for model in confirmable_models():
        model.objects.schedule(now)
        while step := ask_some(model, now):
            done += step
        done["asleep"] += put_to_sleep(model, now)
    for keep in hooks.get_hooks("keep_true_daily"):
        done.update(keep(now))
    return done


@transaction.atomic
def ask_some(model, now):
    """The next records of a kind that are due. They are marked and the letters written in one transaction, or neither."""
    taken = [record.pk for record in locked(model.objects.to_ask(now).order_by("region_id", "pk").only("pk"))[:BATCH]]
    if not taken:
        return Counter()
    records = list(model.objects.filter(pk__in=taken).with_owners().order_by("region_id", "pk"))
    model.objects.filter(pk__in=taken).mark_asked(now)
    letters = write_letters(records, keepers_of({record.region for record in records}, model.is_asked_by_staff))
    first = sum(record.times_asked == 0 for record in records)
    return Counter(asked=first, reminded=len(records) - first, letters=letters)


def locked(records):
    """For us alone, until the end of the transaction; what another run has taken is left to it."""
    features = connection.features
    return records.select_for_update(
        skip_locked=features.has_select_for_update_skip_locked, of=("self",) if features.has_select_for_update_of else ()
    )


def write_letters(records, keepers):
    """One letter to each mailbox with all that it is asked about. Returns how many."""
    asked = defaultdict(list)
    for record in records:
        for addressee in addressees_of(record, keepers):
            asked[addressee.email.lower()].append((addressee, record))
    for pairs in asked.values():
        write_letter(pairs[0][0], pairs)
    return len(asked)


def write_letter(addressee, pairs):
    questions = [
        {"record": record, "url": link_for(record, asked._replace(language=addressee.language))} for asked, record in pairs
    ]
    is_reminder = all(record.times_asked for _addressee, record in pairs)
    context = {"addressee": addressee, "questions": questions, "first": pairs[0][1], "is_reminder": is_reminder}
    queue_mail([addressee.email], "ask_to_confirm", context, addressee.language)


def put_to_sleep(model, now):
    """One by one, since each changes what the public reads. Returns how many."""
    asleep, waiting = 0, model.objects.to_put_to_sleep(now).order_by("pk")
    while batch := list(waiting[:BATCH].values_list("pk", flat=True)):
        asleep += sum(tell_asleep(model, pk, now) for pk in batch)
        waiting = waiting.filter(pk__gt=batch[-1])
    return asleep


@transaction.atomic
def tell_asleep(model, pk, now):
    """Its owners read that it sleeps, and how to wake it. Whoever comes second finds it asleep and says nothing."""
    record = model.objects.with_owners().get(pk=pk)
    if not record.go_dormant(now=now):
        return 0
    for addressee in addressees_of(record):
        context = {"addressee": addressee, "record": record, "url": link_for(record, addressee)}
        queue_mail([addressee.email], "fallen_asleep", context, addressee.language)
    return 1
