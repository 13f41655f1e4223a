"""A machine suggests, people confirm: what it says is marked, counts for nothing and is never published before that."""

import json
from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.core.checks import run_checks
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from regions.models import GlossaryTerm, Team
from regions.wording.engines import DeepL, Google, LibreTranslate, MachineFailed
from tests.factories import UserFactory, open_region

from .machine import running_machine
from .test_wording import SUMMARY, prepared, segment_of, target_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def machine():
    with running_machine() as found:
        yield found


@pytest.fixture
def switched_on(settings, machine):
    options = {"URL": f"{machine.url}/translate", "KEY": "", "TIMEOUT": 20}
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "regions.wording.engines.LibreTranslate", "OPTIONS": options}
    return machine


@pytest.fixture
def translation():
    return prepared(open_region(name="Near", languages=["en", "fr"]), "Two")


@pytest.fixture
def reviewer(client):
    person = UserFactory()
    Team.objects.ensure("reviewer", language="fr").admit(person)
    client.force_login(person)
    return person


def press(client, translation):
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    answer = client.post(url, {"next": reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])})
    assert answer.status_code == 302
    return [unescape(str(message)).strip() for message in get_messages(answer.wsgi_request)]


def save(client, translation, segment, text):
    """As the editor does it."""
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(url, urlencode({"value": text}), FORM)


def of_summary(translation):
    return StringTranslation.objects.get(context__path="summary", context__object_id=translation.source.object_id)


def marks(client, translation):
    rows = client.get(reverse("wording:strings", args=[translation.pk])).json()["segments"]
    return {row["machine"] for row in rows}


@pytest.mark.usefixtures("reviewer")
class TestUnconfirmed:
    def test_it_is_marked_and_counts_for_nothing(self, client, switched_on, translation):
        total = translation.get_progress()[0]
        assert press(client, translation) == ["Successfully translated with LibreTranslate."]
        summary = of_summary(translation)
        assert (summary.data, summary.translation_type) == (f"[{SUMMARY}]", "machine")
        assert summary.get_error() == "Suggested by a machine, not confirmed by anybody yet."
        assert marks(client, translation) == {"LibreTranslate"}
        assert translation.get_progress() == (total, 0)

    def test_it_is_not_published(self, client, switched_on, translation, commits_at_once):
        press(client, translation)
        client.post(reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk]), {"action": "publish"})
        page = target_of(translation).specific
        assert (page.live, page.summary, page.title) == (False, SUMMARY, "Two")

    def test_it_is_nobodys_suggestion(self, client, switched_on, translation):
        press(client, translation)
        second = prepared(open_region(name="Far"), "Three")
        rows = client.get(reverse("wording:strings", args=[second.pk])).json()["segments"]
        assert [row["suggestions"] for row in rows] == [[]] * len(rows)

    @pytest.mark.parametrize("text", [f"[{SUMMARY}]", "Quarante soirées."])
    def test_saving_it_as_it_is_or_changed_confirms_it(self, client, switched_on, translation, text, commits_at_once):
        press(client, translation)
        answer = save(client, translation, segment_of(translation), text)
        assert (answer.status_code, answer.json()["error"]) == (200, None)
        summary = of_summary(translation)
        assert (summary.data, summary.translation_type, summary.has_error) == (text, "manual", False)
        assert marks(client, translation) == {"LibreTranslate", ""}
        assert translation.get_progress()[1] == 1
        for segment in translation.source.stringsegment_set.exclude(context__path="summary"):
            save(client, translation, segment, "deux")
        client.post(reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk]), {"action": "publish"})
        page = target_of(translation).specific
        assert (page.live, page.summary, page.title) == (True, text, "deux")

    def test_what_people_wrote_is_left_alone(self, client, switched_on, translation):
        save(client, translation, segment_of(translation), "de ma main")
        press(client, translation)
        assert of_summary(translation).data == "de ma main"
        assert SUMMARY not in str(switched_on.asked)


FAILURES = {
    "too late": (lambda question: (200, "{}", 2), "LibreTranslate did not answer in time."),
    "broken": (lambda question: (500, "oops", 0), "LibreTranslate refused (error 500)."),
    "no key": (lambda question: (403, "{}", 0), "LibreTranslate does not accept the portal's key. Tell the operator."),
    "too much": (lambda question: (429, "{}", 0), "LibreTranslate has had enough for now. Try again later."),
    "leads away": (lambda question: (302, "{}", 0), "LibreTranslate refused (error 302)."),
    "no JSON": (lambda question: (200, "<html>", 0), "LibreTranslate gave no usable answer."),
    "other words": (lambda question: (200, '{"error": "no"}', 0), "LibreTranslate gave no usable answer."),
    "a list": (lambda question: (200, "[]", 0), "LibreTranslate gave no usable answer."),
    "too few": (lambda question: (200, '{"translatedText": ["one"]}', 0), "LibreTranslate gave no usable answer."),
    "one text": (lambda question: (200, '{"translatedText": "one"}', 0), "LibreTranslate gave no usable answer."),
    "no texts": (
        lambda question: (200, json.dumps({"translatedText": [None] * len(question["q"])}), 0),
        "LibreTranslate gave no usable answer.",
    ),
    "nothing": (
        lambda question: (200, json.dumps({"translatedText": [""] * len(question["q"])}), 0),
        "LibreTranslate gave no usable answer.",
    ),
}


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_says_why_and_changes_nothing(client, switched_on, translation, failure, settings):
    if failure == "too late":
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["TIMEOUT"] = 0.5
    switched_on.behaves, reason = FAILURES[failure]
    before = StringTranslation.objects.count()
    assert press(client, translation) == [reason]
    assert StringTranslation.objects.count() == before
    assert all(path == "/translate" for path, _headers, _question in switched_on.asked)


@pytest.mark.usefixtures("reviewer")
def test_a_machine_that_is_not_there(client, switched_on, translation, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["URL"] = "http://127.0.0.1:9/translate"
    assert press(client, translation) == ["LibreTranslate gave no usable answer."]


@pytest.mark.usefixtures("reviewer")
def test_without_a_machine_there_is_no_such_address(client, translation):
    assert client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk])).status_code == 404
    assert "Translate with" not in client.get(reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])).text


def test_a_stranger_asks_no_machine(client, switched_on, translation):
    person = UserFactory()
    Team.objects.ensure("translator", language="ar").admit(person)
    client.force_login(person)
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    assert client.post(url).status_code == 404
    assert switched_on.asked == []


# -- What is asked and what is taken -----------------------------------------------------------------------------------


def translated(engine, machine, *texts, target="fr", path="/translate", key="k"):
    made = engine({"URL": machine.url + path, "KEY": key, "TIMEOUT": 5})
    english, other = (Locale.objects.get(language_code=code) for code in ("en", target))
    strings = [StringValue(text) for text in texts]
    found = made.translate(english, other, strings)
    return [found[string].data if string in found else None for string in strings]


@pytest.mark.parametrize(
    ("source", "answer", "taken"),
    [
        ("A <b>b</b> c", "C <b>b</b> a", True),
        ("A <b>b</b> c", "C b a", False),
        ('<a id="a1">x</a> <a id="a2">y</a>', '<a id="a2">y</a> <a id="a1">x</a>', True),
        ('<a id="a1">x</a>', '<a id="a9">x</a>', False),
        ("Plain", "<script>alert(1)</script>", False),
        ("Plain", '<a id="a1">link</a>', False),
        ("%(count)s of {total}", "{total}, %(count)s", True),
        ("%(count)s of {total}", "{totale}, %(count)s", False),
        ("See https://example.org/a", "Voir https://example.org/a", True),
        ("See https://example.org/a", "Voir https://evil.example/a", False),
        ("Plain", "a\u202eb", False),
    ],
)
def test_markup_and_placeholders_survive_or_the_answer_is_left_out(machine, source, answer, taken):
    machine.says = lambda text: answer if text == source else "bon"
    assert translated(LibreTranslate, machine, source, "other") == [answer if taken else None, "bon"]


@pytest.mark.parametrize(
    ("engine", "path", "target", "expected"),
    [
        (LibreTranslate, "/translate", "zh-hant", {"source": "en", "target": "zh-Hant", "format": "html", "api_key": "k"}),
        (DeepL, "/deepl", "zh-hant", {"source_lang": "EN", "target_lang": "ZH-HANT", "tag_handling": "html"}),
        (DeepL, "/deepl", "fr", {"source_lang": "EN", "target_lang": "FR", "tag_handling": "html"}),
        (Google, "/google", "zh-hant", {"source": "en", "target": "zh-TW", "format": "html"}),
    ],
)
def test_each_machine_is_asked_in_its_own_way(machine, engine, path, target, expected):
    assert translated(engine, machine, "One", "Two", target=target, path=path) == ["[One]", "[Two]"]
    ((asked_path, headers, question),) = machine.asked
    assert asked_path == path
    assert {name: value for name, value in question.items() if name not in ("q", "text")} == expected
    secrets = {"DeepL": ("Authorization", "DeepL-Auth-Key k"), "Google": ("X-Goog-Api-Key", "k")}
    if engine.__name__ in secrets:
        name, value = secrets[engine.__name__]
        assert headers[name] == value


def test_many_strings_are_asked_in_several_questions(machine):
    texts = [f"Text {number}" for number in range(95)]
    assert translated(LibreTranslate, machine, *texts) == [f"[{text}]" for text in texts]
    assert [len(question["q"]) for _path, _headers, question in machine.asked] == [40, 40, 15]


def test_the_agreed_words_are_in_the_question_and_in_the_answer(machine):
    GlossaryTerm.objects.create(term="space", translation="espace; lieu", target_language="fr")
    GlossaryTerm.objects.create(term="OpenStreetMap", do_not_translate=True, target_language="fr")
    assert translated(LibreTranslate, machine, "A space for <b>OpenStreetMap</b>") == ["[A espace for <b>OpenStreetMap</b>]"]
    (asked,) = machine.asked[0][2]["q"]
    assert asked == 'A <span translate="no">espace</span> for <b><span translate="no">OpenStreetMap</span></b>'


def test_a_language_is_not_translated_into_itself(machine):
    english, french, chinese = (Locale.objects.get(language_code=code) for code in ("en", "fr", "zh-hant"))
    engine = LibreTranslate({"URL": machine.url})
    assert engine.can_translate(english, french)
    assert engine.can_translate(english, chinese)
    assert not engine.can_translate(french, french)


def test_all_answers_unusable_is_a_failure(machine):
    machine.says = lambda text: "<script>"
    with pytest.raises(MachineFailed):
        translated(LibreTranslate, machine, "One")


def test_a_misspelt_machine_is_told_before_the_portal_starts(settings):
    assert [each.id for each in run_checks() if each.id == "wording.E001"] == []
    settings.MACHINE_TRANSLATOR = "deeple"
    assert [each.msg for each in run_checks() if each.id == "wording.E001"] == [
        "MACHINE_TRANSLATOR is 'deeple'; it can be deepl, google, libretranslate, or empty."
    ]
