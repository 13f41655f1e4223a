"""Texts that mean harm are sent through every door by which a translation can come, and stand nowhere a reader looks."""

from contextlib import suppress
from urllib.parse import urlencode

import polib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from portal.models import User
from regions.exchange import po
from regions.exchange.strings import load, with_languages
from regions.exchange.taking_in import Import
from regions.models import Team
from stories.models import StoryPage
from tests.factories import open_region, told_story

pytestmark = pytest.mark.django_db
SOURCE = 'Ask <a id="a1">the host</a> first.'
GOOD = 'Demandez à <a id="a1">l’hôte</a>.'
HOSTILE = {
    "script": "<script>alert('zq7')</script>",
    "picture": '<a id="a1">x</a><img src=x onerror=alert("zq7")>',
    "comment": '<!--><img src=x onerror=alert("zq7")>--><a id="a1">x</a>',
    "address": '<a id="a1" href="javascript:zq7()">x</a>',
    "other address": '<a href="javascript:zq7()">x</a>',
    "address in words": '<a id="a1">javascript:zq7()</a>',
    "data": '<a id="a1">data:text/html,zq7</a>',
    "handler": '<a id="a1" onclick="zq7()">x</a>',
    "placeholder lost": "zq7 without its link",
    "placeholder new": '<a id="a1">x</a> <a id="a7">zq7</a>',
    "placeholder twice": '<a id="a1">x</a> <a id="a1">zq7</a>',
    "placeholder torn": '<a id="a1">zq7',
    "turned around": '<a id="a1">x</a> \u202ezq7',
    "turned and never back": '<a id="a1">x</a> \u2067zq7',
    "control": '<a id="a1">x</a> \x1bzq7',
    "long": f'<a id="a1">x</a> zq7{"x" * 100_000}',
    "instruction": '<?xml-stylesheet zq7?><a id="a1">x</a>',
    "section": '<![CDATA[zq7]]><a id="a1">x</a>',
    "block": '<p>zq7</p><a id="a1">x</a>',
}


@pytest.fixture
def translation():
    """A story with one string in rich text that has a link; everything else is translated already."""
    region = open_region(name="Kenya", slug="kenya", languages=["en", "fr"])
    body = [("paragraph", '<p>Ask <a href="https://example.org/door">the host</a> first.</p>')]
    story = told_story(region, title="A room", body=body)
    story.prepare_translations(["fr"])
    region.page_in("fr").save_revision().publish()
    translation = Translation.objects.get(source__object_id=story.translation_key)
    for segment in segments(translation):
        if segment.string.data != SOURCE:
            text = "une-salle" if segment.context.path == "slug" else "Une salle"
            StringTranslation.objects.create(**place(translation, segment), data=text, translation_type="manual")
    return translation


def segments(translation):
    return translation.source.stringsegment_set.select_related("string", "context")


def place(translation, segment):
    return {"translation_of": segment.string, "context": segment.context, "locale": translation.target_locale}


def string_of(translation, source=SOURCE):
    return segments(translation).get(string__data=source)


@pytest.fixture
def reviewer(client):
    person = User.objects.create_user("reviewer@example.org", "a long pass phrase")
    Team.objects.ensure("reviewer", language="fr").admit(person)
    client.force_login(person)
    return person


def in_the_editor(client, translation, reviewer, text):
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string_of(translation).pk])
    return client.put(url, urlencode({"value": text}), "application/x-www-form-urlencoded")


def by_file(client, translation, reviewer, text):
    file = translation.export_po()
    next(entry for entry in file if entry.msgid == SOURCE).msgstr = text
    sent = Import(str(file).encode(), "a.po", reviewer)
    return sent.save(sent.report().digest)


def by_the_editors_upload(client, translation, reviewer, text):
    file = translation.export_po()
    next(entry for entry in file if entry.msgid == SOURCE).msgstr = text
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    report = client.post(url, {"file": SimpleUploadedFile("a.po", str(file).encode())}, follow=True)
    digest = report.context["report"].digest
    return client.post(report.redirect_chain[0][0], {"digest": digest}, follow=True)


class Machine(BaseMachineTranslator):
    display_name = "Machine"
    says = ""

    def translate(self, source_locale, target_locale, strings):
        return {string: StringValue(self.says) for string in strings}

    def can_translate(self, source_locale, target_locale):
        return True


def by_a_machine(client, translation, reviewer, text):
    Machine.says = text
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def by_code(client, translation, reviewer, text):
    StringTranslation.objects.create(**place(translation, string_of(translation)), data=text)


def by_code_past_every_signal(client, translation, reviewer, text):
    StringTranslation.objects.bulk_create([StringTranslation(**place(translation, string_of(translation)), data=text)])


DOORS = [in_the_editor, by_file, by_the_editors_upload, by_a_machine, by_code, by_code_past_every_signal]
STORE_NOTHING = DOORS[:3]


@pytest.fixture(autouse=True)
def _machine(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "tests.regions.test_string_guard.Machine", "OPTIONS": {}}


def publish(client, translation):
    """By the editor's button, and past it. Where something is missing or refused, neither does anything."""
    page = translation.get_target_instance()
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    with suppress(ValidationError):
        translation.save_target(publish=True)
    page = StoryPage.objects.get(pk=page.pk)
    assert page.live
    return page


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_an_honest_text_comes_through_every_door(client, translation, reviewer, door, commits_at_once):
    door(client, translation, reviewer, GOOD)
    if door is by_a_machine:  # whose words wait for a person
        in_the_editor(client, translation, reviewer, GOOD)
    page = publish(client, translation)
    shown = client.get(page.get_url()).content.decode()
    assert 'Demandez à <a href="https://example.org/door">l’hôte</a>.' in shown


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_means_harm_stands_nowhere_live(client, translation, reviewer, door, commits_at_once):
    stored = StringTranslation.objects.filter(translation_of__data=SOURCE)
    by_code(client, translation, reviewer, GOOD)
    publish(client, translation)
    for name, text in HOSTILE.items():
        stored.delete()
        door(client, translation, reviewer, text)
        assert stored.exists() == (door not in STORE_NOTHING), name
        page = publish(client, translation)
        assert all(one.has_error and one.field_error for one in stored.all()), name
        shown = client_of_a_reader(page)
        everything = [shown, *page.revisions.values_list("content", flat=True), *StoryPage.objects.filter(pk=page.pk).values()]
        assert [each for each in everything if "zq7" in str(each)] == [], name


def client_of_a_reader(page):
    answer = Client().get(page.get_url())
    assert answer.status_code == 200
    assert "Une salle" in answer.content.decode()
    return answer.content.decode()


def test_the_editor_says_why_and_keeps_what_was_typed(client, translation, reviewer):
    in_the_editor(client, translation, reviewer, GOOD)
    answer = in_the_editor(client, translation, reviewer, HOSTILE["comment"])
    told = answer.json()
    assert (answer.status_code, told["data"]) == (200, HOSTILE["comment"])
    assert told["error"] == "This may not stand in a translation: <!-->"
    assert told["segment_id"] == string_of(translation).pk
    assert StringTranslation.objects.get(translation_of__data=SOURCE).data == GOOD


def test_a_superuser_meets_the_same_checks(client, translation):
    client.force_login(User.objects.create_superuser("superuser@example.org", "a long pass phrase"))
    assert in_the_editor(client, translation, None, HOSTILE["comment"]).json()["error"]
    assert not StringTranslation.objects.filter(translation_of__data=SOURCE).exists()


def test_the_title_holds_as_much_as_its_field(client, translation, reviewer):
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string_of(translation, "A room").pk])
    answer = client.put(url, f"value={'x' * 256}", "application/x-www-form-urlencoded")
    assert answer.json()["error"] == "Too long: 256 signs, at most 255 fit."
    assert translation.get_target_instance().draft_title == "Une salle"


def test_what_was_marked_can_be_put_right(client, translation, reviewer, commits_at_once):
    by_code(client, translation, reviewer, HOSTILE["script"])
    strings = load(list(with_languages(Translation.objects.filter(pk=translation.pk))))[0]
    assert {unit.source: (unit.state, unit.target) for unit in strings.sheet.units}[SOURCE] == ("initial", "")
    file = polib.pofile(po.write(strings.sheet).decode())
    next(entry for entry in file if entry.msgid == SOURCE).msgstr = GOOD
    sent = Import(str(file).encode(), "a.po", reviewer)
    sent.save(sent.report().digest)
    one = StringTranslation.objects.get(translation_of__data=SOURCE)
    assert (one.data, one.has_error, one.field_error) == (GOOD, False, "")
