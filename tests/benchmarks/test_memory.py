"""How the translation memory grows: the words beside twenty strings, over fifty times as many translated strings."""

import random
import time
from statistics import median

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslationContext

from regions.models import MemoryKey, Team
from tests.factories import UserFactory, open_region
from tests.regions.test_wording import prepared, segment_of, translate

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
WORDS = [
    f"{one}{two}{three}"
    for one in ("ba", "ke", "li", "mo", "nu", "sta")
    for two in ("ra", "ten", "vi", "lo")
    for three in ("m", "s", "ter", "ng", "l", "d", "n", "k", "p", "x", "")
]
COMMON = "the of a in to and at for with our room evening space community open volunteers host city street".split()
FEW, MANY = 1_000, 50_000


def sentences(number, seed):
    """Sentences of a few common and many rarer words, some of them nearly the same, as on a portal of many regions."""
    dice = random.Random(seed)
    for each in range(number):
        if each % 10 == 0:
            yield f"Come to our space in {dice.choice(WORDS)} on evening {each}."
        else:
            yield " ".join(dice.choice(COMMON if dice.random() < 0.4 else WORDS) for _word in range(dice.randint(4, 16)))


def fill(target, source, contexts, number, seed):
    texts = list(dict.fromkeys(sentences(number, seed)))
    strings = [String(locale=source, data=text, data_hash=String._get_data_hash(text)) for text in texts]
    String.objects.bulk_create(strings, ignore_conflicts=True, batch_size=2_000)
    rows = String.objects.filter(locale=source).exclude(translations__locale=target)
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(translation_of=row, locale=target, context=contexts[place % len(contexts)], data=f"fr {row.data}")
            for place, row in enumerate(rows.iterator())
        ],
        batch_size=2_000,
    )
    MemoryKey.objects.remember_all()


def milliseconds(client, url, times=9):
    client.get(url)
    taken = []
    for _again in range(times):
        begun = time.perf_counter()
        assert client.get(url).status_code == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def test_fifty_times_as_many_strings(client, capsys):
    region = open_region(name="Measured")
    translate(other := prepared(region, "Other"), "texte")
    page = prepared(region, "Page")
    story = page.source.get_source_instance()
    story.body = [("heading", text) for text in sentences(20, seed=7)]
    story.save_revision().publish()
    page.source.update_from_db()
    english, french = (Locale.objects.get(language_code=code) for code in ("en", "fr"))
    contexts = list(TranslationContext.objects.filter(object_id=segment_of(other).context.object_id))
    person = UserFactory()
    Team.objects.ensure("translator", language="fr").admit(person)
    client.force_login(person)
    url = reverse("wording:strings", args=[page.pk])
    fill(french, english, contexts, FEW, seed=1)
    few = milliseconds(client, url)
    fill(french, english, contexts, MANY - FEW, seed=2)
    found = sum(len(row["suggestions"]) for row in client.get(url).json()["segments"])
    many = milliseconds(client, url)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{String.objects.count()} strings, {MemoryKey.objects.count()} keys, {found} suggestions: "
            f"{few:.1f} ms {many:.1f} ms  ratio {many / few:.2f}"
        )
    assert many <= 3 * few
