"""Keeps the board true: whatever changes how far a page is in a language has it counted again, once, after the commit.

Bookkeeping, not domain events: nothing here decides anything. `manage.py count_translations` tells it all anew.
"""

import threading
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from portal.models import Record
from portal.translating import follow_original
from regions.models import PageTranslation, Region, SentBack

from .counting import count

waiting = threading.local()


def count_later(*keys):
    """Count these pages once what is being done is committed, however many reasons there were."""
    if not hasattr(waiting, "keys"):
        waiting.keys = set()
    waiting.keys.update(keys)
    transaction.on_commit(count_waiting, robust=True)


def count_waiting():
    if getattr(waiting, "held", 0):
        return
    keys, waiting.keys = getattr(waiting, "keys", set()), set()
    if keys:
        count(keys)


@contextmanager
def counted_once():
    """Whatever happens inside is counted once, at its end: a request, an import, the demo."""
    if not getattr(waiting, "held", 0) and not connection.in_atomic_block:
        waiting.keys = set()  # what is left there was taken back with its transaction
    waiting.held = getattr(waiting, "held", 0) + 1
    try:
        yield
    finally:
        waiting.held -= 1
        if getattr(waiting, "keys", None):  # else the database need not be asked at all
            transaction.on_commit(count_waiting, robust=True)


@receiver(page_published)
def translators_see_the_new_original(sender, instance, **kwargs):
    """New and changed text reaches translators when the original is published; what the public reads stays."""
    follow_original(instance)
    count_later(instance.translation_key)


@receiver(page_unpublished)
def a_page_was_taken_down(sender, instance, **kwargs):
    count_later(instance.translation_key)


@receiver(post_page_move)
def pages_changed_their_region(sender, instance, **kwargs):
    count_later(*Page.objects.filter(path__startswith=instance.path).values_list("translation_key", flat=True))


@receiver([post_save, post_delete])
def something_changed(sender, instance, **kwargs):
    """A page was made, renamed or deleted; the facts of a record say until when it matters."""
    if isinstance(instance, Page):
        count_later(instance.translation_key)
    elif isinstance(instance, Record):
        count_later(instance.key)


@receiver([post_save, post_delete], sender=Translation)
def a_translation_began_or_ended(sender, instance, **kwargs):
    count_later(instance.source.object_id)


@receiver([post_save, post_delete], sender=StringSegment)
def there_is_more_or_less_to_translate(sender, instance, **kwargs):
    count_later(instance.source.object_id)


@receiver([post_save, post_delete], sender=StringTranslation)
def a_string_was_translated(sender, instance, **kwargs):
    if instance.context_id:
        count_later(instance.context.object_id)


@receiver([post_save, post_delete], sender=SentBack)
def a_translation_was_sent_back(sender, instance, **kwargs):
    count_later(instance.translation.key)


@receiver(post_save, sender=Region)
def a_region_changed_its_languages(sender, instance, update_fields=None, **kwargs):
    if update_fields is None or {"languages", "status"} & set(update_fields):
        transaction.on_commit(lambda: count_region.enqueue(instance.pk), robust=True)


@task
def count_region(pk):
    """Everything below the pages of a region: its languages are what is expected there."""
    pages = Region.objects.get(pk=pk).pages.all()
    keys = set(PageTranslation.objects.filter(region=pk).values_list("key", flat=True))
    for page in pages:
        keys |= set(Page.objects.filter(path__startswith=page.path).values_list("translation_key", flat=True))
    count(keys)
