"""What the editor of a translation is told beside each string: what was said before, the agreed words, what a machine said."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from regions.models import GlossaryTerm, MemoryKey, Team
from regions.models.memory import KEPT, ROOM, keys_of
from regions.wording.suggestions import likeness, with_links_of
from tests.factories import UserFactory, open_region, told_story

pytestmark = pytest.mark.django_db
SUMMARY = "Forty evenings in one room."


def prepared(region, title, summary=SUMMARY, language="fr", **fields):
    """A story of a region, and its translation, which waits for its strings."""
    story = told_story(region, title=title)
    story.summary = summary
    story.save_revision().publish()
    region.page_in(region.language).prepare_translations([language])
    story.prepare_translations([language])
    TranslationSource.objects.get_for_instance(story).update_from_db()
    return Translation.objects.get(source__object_id=story.translation_key, target_locale__language_code=language)


def segment_of(translation, path="summary"):
    return translation.source.stringsegment_set.get(context__path=path)


def translate(translation, text, path="summary", **facts):
    segment = segment_of(translation, path)
    return StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale, data=text, **facts
    )


def publish(translation):
    for each in translation.source.stringsegment_set.exclude(context__path="summary"):
        translate(translation, f"{each.string.data} fr".replace(" ", "-"), each.context.path)
    translation.save_target(publish=True)


def target_of(translation):
    return translation.get_target_instance()


@pytest.fixture
def near():
    return open_region(name="Near", languages=["en", "fr", "ar", "zh-hant"])


@pytest.fixture
def far():
    return open_region(name="Far")


@pytest.fixture
def ask(client):
    """Asks as a translator into French, everywhere or in one region, for the words beside the summary."""

    def ask(translation, region=None, path="summary", language="fr", person=None):
        if person is None:
            person = UserFactory()
            Team.objects.ensure("translator", region=region, language=language).admit(person)
        client.force_login(person)
        answer = client.get(reverse("wording:strings", args=[translation.pk]))
        assert answer.status_code == 200
        rows = {row["id"]: row for row in answer.json()["segments"]}
        return SimpleNamespace(**rows[segment_of(translation, path).pk], all=answer.json())

    return ask


def said(row):
    return [(each["text"], each["percent"]) for each in row.suggestions]


class TestWhatWasSaidBefore:
    def test_the_same_string_on_a_page_that_is_live(self, near, far, ask, commits_at_once):
        translate(old := prepared(far, "One"), "Quarante soirées dans une salle.")
        publish(old)
        assert said(ask(prepared(near, "Two"), near)) == [("Quarante soirées dans une salle.", 100)]

    @pytest.mark.parametrize(
        ("language", "similar", "text"),
        [
            ("fr", "Fifty evenings in one room.", "Quarante soirées."),
            ("ar", "Forty evenings in our room.", "أربعون أمسية في غرفة واحدة."),
            ("zh-hant", "Forty evenings in one hall.", "在同一間房裡的四十個夜晚。"),
        ],
    )
    def test_a_similar_string(self, near, ask, language, similar, text):
        translate(prepared(near, "One", SUMMARY, language), text)
        (found,) = said(ask(prepared(near, "Two", similar, language), language=language))
        assert found == (text, likeness(SUMMARY, similar))
        assert 75 <= found[1] < 100

    def test_a_similar_string_of_a_chinese_original(self, ask):
        region = open_region(name="Taiwan", language="zh-hant", languages=["zh-hant", "fr"])
        translate(prepared(region, "One", "在同一間房裡的四十個夜晚。"), "Quarante soirées.")
        assert said(ask(prepared(region, "Two", "在同一間房裡的五十個夜晚。"))) == [("Quarante soirées.", 92)]

    def test_not_what_is_only_a_little_alike(self, near, ask):
        translate(prepared(near, "One"), "Quarante soirées.")
        assert said(ask(prepared(near, "Two", "One room for a hundred of them, and a garden."))) == []

    def test_the_same_before_the_similar_and_no_more_than_three(self, near, ask):
        for number, summary in enumerate([SUMMARY, f"{SUMMARY}!", f"{SUMMARY}?", f"{SUMMARY}."]):
            translate(prepared(near, f"Story {number}", summary), f"texte {number}")
        found = said(ask(prepared(near, "Two")))
        assert found[0] == ("texte 0", 100)
        assert len(found) == 3

    def test_one_text_on_many_pages_is_one_suggestion(self, near, ask):
        for number in range(3):
            translate(prepared(near, f"Story {number}"), "Quarante soirées.")
        row = ask(prepared(near, "Two"))
        assert [(each["text"], each["times"]) for each in row.suggestions] == [("Quarante soirées.", 3)]

    def test_not_what_stands_there_already(self, near, ask):
        translate(prepared(near, "One"), "Quarante soirées.")
        second = prepared(near, "Two")
        assert said(ask(second)) == [("Quarante soirées.", 100)]
        translate(second, "Quarante soirées.")
        assert said(ask(second)) == []

    def test_links_that_the_string_does_not_have_become_words(self):
        text = 'Dans <a id="a1">la salle</a>, <a id="a2">ce soir</a> <b>!</b>'
        assert with_links_of('To <a id="a1">the room</a>', text) == 'Dans <a id="a1">la salle</a>, ce soir <b>!</b>'

    def test_what_turns_the_direction_of_writing_is_not_offered(self, near, ask):
        translate(prepared(near, "One"), "Quarante \u202eseéorios")
        translate(prepared(near, "Three"), "Quarante soirées")
        assert said(ask(prepared(near, "Two"))) == [("Quarante soirées", 100)]

    def test_a_hundred_thousand_signs_are_neither_offered_nor_in_the_way(self, near, ask):
        translate(prepared(near, "One"), "x" * 100_000)
        assert said(ask(prepared(near, "Two"))) == []

    def test_markup_arrives_as_text(self, near, ask):
        translate(prepared(near, "One"), "<script>alert(1)</script>")
        assert StringTranslation.objects.get(data__contains="alert").has_error is True
        assert said(ask(prepared(near, "Two"))) == []


class TestWhoIsTold:
    """Amina translates in one region; what the other one has not published is none of her business."""

    def test_a_draft_of_another_region_is_not(self, near, far, ask):
        translate(prepared(far, "One"), "secret-far")
        mine = prepared(near, "Two")
        assert said(ask(mine)) == [("secret-far", 100)]
        assert said(ask(mine, near)) == []

    def test_nor_what_was_changed_since_it_was_published(self, near, far, ask, commits_at_once):
        public = translate(old := prepared(far, "One"), "public")
        publish(old)
        mine = prepared(near, "Two")
        assert said(ask(mine, near)) == [("public", 100)]
        public.data = "secret-far"
        public.save()
        assert said(ask(mine, near)) == []
        assert said(ask(mine)) == [("secret-far", 100)]

    def test_nor_what_was_taken_down(self, near, far, ask, commits_at_once):
        translate(old := prepared(far, "One"), "public")
        publish(old)
        mine = prepared(near, "Two")
        assert said(ask(mine, near)) == [("public", 100)]
        target_of(old).unpublish()
        assert said(ask(mine, near)) == []

    def test_nor_what_is_behind_a_password(self, near, far, ask, commits_at_once):
        translate(old := prepared(far, "One"), "public")
        publish(old)
        mine = prepared(near, "Two")
        assert said(ask(mine, near)) == [("public", 100)]
        page = Page.objects.get(pk=target_of(old).pk)
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
        assert said(ask(mine, near)) == []

    def test_nor_what_belongs_to_no_page(self, near, ask):
        translate(old := prepared(near, "One"), "of a page that is gone")
        target_of(old).delete()
        assert said(ask(prepared(near, "Two"))) == []

    def test_a_translation_that_is_not_ones_own_does_not_exist(self, near, far, client):
        person = UserFactory()
        Team.objects.ensure("translator", region=near, language="fr").admit(person)
        client.force_login(person)
        mine, other = prepared(near, "One"), prepared(far, "Two")
        assert client.get(reverse("wording:strings", args=[mine.pk])).status_code == 200
        assert client.get(reverse("wording:strings", args=[other.pk])).status_code == 404
        assert client.get(reverse("wording:strings", args=[987654321])).status_code == 404
        assert client.post(reverse("wording:strings", args=[mine.pk])).status_code == 405


class TestTheAgreedWords:
    def test_they_stand_where_they_are(self, near, ask):
        GlossaryTerm.objects.create(term="room", translation="salle", target_language="fr", note="Not “pièce”.")
        GlossaryTerm.objects.create(term="room", translation="غرفة", target_language="ar")
        (term,) = ask(prepared(near, "Two")).terms
        assert (term["term"], term["variants"], term["note"]) == ("room", ["salle"], "Not “pièce”.")
        assert [SUMMARY[start:end] for start, end in term["spans"]] == ["room"]
        assert term["accepted"] == [["sall"]]

    def test_not_in_an_address(self, near, ask):
        GlossaryTerm.objects.create(term="room", translation="salle", target_language="fr")
        story = prepared(near, "A room")
        assert [each["term"] for each in ask(story, path="title").terms] == ["room"]
        assert ask(story, path="slug").terms == []

    def test_directions_of_both_languages(self, near, ask):
        found = ask(prepared(near, "Two", language="ar"), language="ar").all
        assert found["source"] == {"tag": "en", "dir": "ltr", "name": "English"}
        assert found["target"] == {"tag": "ar", "dir": "rtl", "name": "Arabic"}
        assert ask(prepared(near, "Three", language="zh-hant"), language="zh-hant").all["target"]["tag"] == "zh-Hant"


def test_three_strings_and_twenty_ask_as_often(near, ask, django_assert_num_queries, client):
    def questions(translation):
        client.get(reverse("wording:strings", args=[translation.pk]))
        with django_assert_num_queries(30, exact=False) as asked:
            assert client.get(reverse("wording:strings", args=[translation.pk])).status_code == 200
        return len(asked)

    GlossaryTerm.objects.create(term="room", translation="salle", target_language="fr")
    translate(prepared(near, "One"), "Quarante soirées.")
    few = prepared(near, "Two")
    assert said(ask(few)) == [("Quarante soirées.", 100)]
    many = prepared(near, "Three")
    story = many.source.get_source_instance()
    story.body = [("heading", f"Evening {number} in our room") for number in range(20)]
    story.save_revision().publish()
    many.source.update_from_db()
    assert many.source.stringsegment_set.count() >= 20
    assert questions(few) == questions(many)


class TestTheMemory:
    @pytest.fixture
    def english(self):
        return Locale.objects.get(language_code="en")

    @pytest.fixture
    def french(self):
        return Locale.objects.get(language_code="fr")

    def test_inflected_words_share_their_keys(self):
        assert keys_of("Connected spaces", 1)[:1] == keys_of("connected SPACE", 1)[:1]
        assert keys_of("Evening 12 in town", 1) == keys_of("Evening 13 in town", 1)
        assert set(keys_of("Evening in town", 1)).isdisjoint(keys_of("Evening in town", 2))

    def test_a_string_keeps_few_keys_and_a_key_few_strings(self, english, french):
        for number in range(ROOM + 5):
            string = String.objects.create(
                locale=english, data=f"Come to our room tonight at {'abcdefghij'[number % 10]}{number}"
            )
            MemoryKey.objects.remember(string, french.pk)
        counts = [MemoryKey.objects.filter(string=each, locale=french).count() for each in String.objects.all()]
        assert max(counts) == KEPT
        assert MemoryKey.objects.filter(key=keys_of("our room", english.pk)[0]).count() == ROOM

    def test_what_came_in_past_the_workplace_is_found_after_the_command(self, near, ask):
        segment = segment_of(old := prepared(near, "One"))
        row = {"translation_of": segment.string, "context": segment.context, "locale": old.target_locale, "data": "texte"}
        StringTranslation.objects.bulk_create([StringTranslation(**row)])
        similar = prepared(near, "Two", SUMMARY + "!")
        assert said(ask(similar)) == []
        assert MemoryKey.objects.remember_all() == 1
        assert said(ask(similar)) == [("texte", likeness(SUMMARY, SUMMARY + "!"))]
        assert MemoryKey.objects.remember_all() == 0
