"""What was translated before, found again. The texts are wagtail-localize's own; here is only the index to them.

Of each translated string a few keys are kept: pairs of neighbouring words, cut short so that inflected forms share them,
the rarest first. A key that many strings have already says nothing and takes no more: so the answer to a question does not
grow with the memory.
"""

import re
from collections import Counter
from hashlib import blake2b
from itertools import pairwise

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Length
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation

from portal.languages import CJK
from regions.wording.matching import folded, without_tags

KEPT = 8  # keys of one string
ROOM = 64  # strings of one key
LONG = 5_000  # signs: nobody translates a longer sentence, and comparing two of them takes long
ASKED = 48  # keys by which one string is looked for
LETTERS = 5  # of a word
BATCH = 5_000  # rows written at once


def keys_of(text, source):
    """The numbers under which a text in this language is found, in the order of its words."""
    words = list(words_of(folded(without_tags(text[:LONG]))))
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    if len(words) < 3:  # noqa: PLR2004 (“Spaces”: nothing but its one word tells it)
        pairs += words
    return list(dict.fromkeys(as_number(f"{source} {pair}") for pair in pairs))


def words_of(text):
    """Words cut short; Chinese and Japanese sign by sign; numbers are all the same."""
    for word in re.findall(r"\w+", text):
        if CJK.search(word):
            yield from word
        else:
            yield "0" if word.isdigit() else word[:LETTERS]


def as_number(pair):
    return int.from_bytes(blake2b(pair.encode(), digest_size=8).digest(), signed=True)


def rarest(keys, taken):
    """Of these keys those by which a string is told best from others; `taken` says how many strings each has."""
    return sorted((key for key in keys if taken.get(key, 0) < ROOM), key=lambda key: taken.get(key, 0))[:KEPT]


class MemoryKeyQuerySet(models.QuerySet):
    def remember(self, string, target):
        """Make a string findable for those who translate into this language."""
        if len(string.data) > LONG or self.filter(string=string, locale=target).exists():
            return
        keys = keys_of(string.data, string.locale_id)
        counted = self.filter(locale=target, key__in=keys).values_list("key").annotate(Count("pk")).order_by()
        rows = [self.model(string=string, locale_id=target, key=key) for key in rarest(keys, dict(counted))]
        self.bulk_create(rows, ignore_conflicts=True)

    def remember_all(self):
        """Index whatever is translated and not findable yet. Returns how many strings that were."""
        return sum(self.remember_all_in(locale) for locale in Locale.objects.values_list("pk", flat=True))

    def remember_all_in(self, target):
        taken = Counter(dict(self.filter(locale=target).values_list("key").annotate(Count("pk")).order_by()))
        known = Exists(self.filter(string=OuterRef("pk"), locale=target))
        translated = Exists(StringTranslation.objects.filter(translation_of=OuterRef("pk"), locale=target))
        missing = String.objects.annotate(signs=Length("data")).filter(translated, ~known, signs__lte=LONG)
        rows, strings = [], 0
        for string in missing.order_by("pk"):
            keys = rarest(keys_of(string.data, string.locale_id), taken)
            taken.update(keys)
            rows += [self.model(string=string, locale_id=target, key=key) for key in keys]
            strings += bool(keys)
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
        return strings

    def similar_to(self, texts, source, target):
        """Keys of strings that share something with these: {text: {string: how much}}, in one query."""
        asked = {}
        for text in texts:
            for key in keys_of(text, source)[:ASKED]:
                asked.setdefault(key, []).append(text)
        shared = {text: {} for text in texts}
        for key, string in self.filter(locale=target, key__in=asked).values_list("key", "string"):
            for text in asked[key]:
                shared[text][string] = shared[text].get(string, 0) + 1
        return shared


class MemoryKey(models.Model):
    """One of the signs by which a translated string is found when a similar one is to be translated."""

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="memory_keys", verbose_name=_("string"))
    locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("translated into")
    )
    key = models.BigIntegerField(_("key"))

    objects = MemoryKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of the translation memory")
        verbose_name_plural = _("keys of the translation memory")
        constraints = [models.UniqueConstraint(fields=["locale", "key", "string"], name="one_key_of_a_string")]

    def __str__(self):
        return f"{self.string_id}: {self.key}"


@receiver(pre_save, sender=StringTranslation)
def what_a_machine_said_is_not_confirmed(sender, instance, **kwargs):
    """wagtail-localize leaves a translation with an error out of its counts and of what it publishes: so do we."""
    if instance.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE and not instance.field_error:
        instance.has_error, instance.field_error = True, str(_("Suggested by a machine, not confirmed by anybody yet."))


@receiver(post_save, sender=StringTranslation)
def what_is_translated_is_remembered(sender, instance, created, **kwargs):
    if created:
        MemoryKey.objects.remember(instance.translation_of, instance.locale_id)
