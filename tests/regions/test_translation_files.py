"""Translations go out in files and come back: what somebody gets, what is accepted, and that nothing is lost."""

import io
import re
import zipfile

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, UploadedFile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.models import User
from regions.exchange import po, xliff
from regions.exchange.judging import ACCEPTED, CONFLICT, REFUSED, UNCHANGED
from regions.exchange.scope import translations_of
from regions.exchange.strings import load, sheets, with_languages
from regions.exchange.taking_in import Changed, Import
from regions.exchange.units import fingerprint
from regions.models import Team
from stories.models import StoryPage
from tests.factories import UserFactory, open_region, told_story
from tests.translating import translate

pytestmark = pytest.mark.django_db
BODY = [
    ("heading", "How to find the door"),
    ("paragraph", '<p>Ask <a href="https://example.org/door">the <b>host</b></a> first.</p><p>Then ring &amp; wait.</p>'),
    ("quote", {"text": "I came for a map.", "source": "Amina"}),
]
FORMATS = {"po": po, "xliff": xliff}


@pytest.fixture
def region():
    return open_region(name="Kenya", slug="kenya", languages=["en", "fr", "ar"])


@pytest.fixture
def story(region):
    return told_story(region, title="What a room changed", body=BODY)


@pytest.fixture
def translation(story):
    return translated(story, "fr")


@pytest.fixture
def translator(client):
    return translator_of(client, "fr")


def translator_of(client, language, region=None, email="esi@example.org"):
    person = User.objects.create_user(email, "a long pass phrase", first_name="Esi")
    Team.objects.ensure("translator", region=region, language=language).admit(person)
    client.force_login(person)
    return person


def translated(page, language):
    page.prepare_translations([language])
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code=language)


def strings(translation):
    return load(list(with_languages(Translation.objects.filter(pk=translation.pk))))[0]


def say(translation, path, text, **facts):
    """Somebody translates one string in the editor."""
    page = strings(translation)
    key = next(key for key, kept in page.kept.items() if kept.unit.path.startswith(path) and kept.unit.source)
    string, context, found = page.rows[key]
    one = found or StringTranslation(translation_of=string, context=context, locale=translation.target_locale)
    one.data = text
    for name, value in {"translation_type": "manual", **facts}.items():
        setattr(one, name, value)
    one.save()
    return one


def file_of(translation, name="po"):
    return FORMATS[name].write(strings(translation).sheet)


def filled(translation, words, name="po"):
    """The file of a page with these words in it: {original: translation}."""
    data = file_of(translation, name).decode()
    if name == "po":
        file = polib.pofile(data)
        for entry in file:
            entry.msgstr = words.get(entry.msgid, entry.msgstr)
        return str(file).encode()
    for source, target in words.items():
        data = re.sub(
            rf"(<source xml:space=\"preserve\">{re.escape(source)}</source>)(\s*<target.*?</target>)?",
            lambda match, target=target: f'{match[1]}<target xml:space="preserve">{target}</target>',
            data,
        )
    return data.encode()


def look(data, person, name="fr.po", **kwargs):
    return Import(data, name, person, **kwargs).report()


def outcomes(report):
    return {row.source or row.reason: (row.outcome, row.reason) for row in report.rows if row.outcome != UNCHANGED}


def save(data, person, name="fr.po", chosen=()):
    sent = Import(data, name, person)
    return sent.save(sent.report().digest, chosen)


def of_stories():
    """Without the global pages, which are there in every test."""
    return StringTranslation.objects.filter(context__object__in=StoryPage.objects.values("translation_key"))


def kept():
    return sorted(of_stories().values_list("translation_of__data", "data", "locale__language_code"))


# -- Out ---------------------------------------------------------------------------------------------------------------


def test_a_file_has_every_string_with_its_place_and_what_there_is(translation):
    say(translation, "title", "Ce qu'une salle a changé")
    units = {unit.source: unit for unit in strings(translation).sheet.units}
    assert set(units) == {
        "What a room changed",
        "what-a-room-changed",
        "Forty evenings.",
        "How to find the door",
        'Ask <a id="a1">the <b>host</b></a> first.',
        "Then ring &amp; wait.",
        "I came for a map.",
        "Amina",
    }
    title = units["What a room changed"]
    assert (title.target, title.state, title.field) == ("Ce qu'une salle a changé", "translated", "Title")
    assert dict(title.hints) == {"limit": "255"}
    assert units["I came for a map."].field == "Text: Quote: Quote"
    link = units['Ask <a id="a1">the <b>host</b></a> first.']
    assert (link.state, link.hints) == ("initial", (("link", "a1: https://example.org/door"),))


def test_the_same_database_makes_the_same_file_whoever_asks(client, translation, translator):
    urls = [reverse("exchange:download_page", args=[translation.pk, name]) for name in FORMATS]
    first = [client.get(url).content for url in urls]
    other = User.objects.create_superuser("superuser@example.org", "a long pass phrase")
    other.wagtail_userprofile = None
    client.force_login(other)
    assert [client.get(url, headers={"accept-language": "fr"}).content for url in urls] == first
    assert [client.get(reverse("exchange_editor:pofile_download", args=[translation.pk])).content] == first[:1]


@pytest.mark.parametrize("name", FORMATS)
def test_out_and_in_and_out_again_changes_nothing(translation, translator, name):
    say(translation, "title", "Ce qu'une salle a changé")
    say(translation, "summary", "Quarante soirées & plus")  # as an editor types it
    before, first = kept(), file_of(translation, name)
    stamps = list(of_stories().values_list("pk", "updated_at"))
    report = save(first, translator, f"a.{FORMATS[name].ENDING}")
    assert report.counts == {CONFLICT: 0, REFUSED: 0, ACCEPTED: 0, UNCHANGED: 8}
    assert kept() == before
    assert list(of_stories().values_list("pk", "updated_at")) == stamps
    assert file_of(translation, name) == first


def test_what_is_live_is_called_reviewed(translation, commits_at_once):
    translate(translation.source.get_source_instance(), "fr")
    say(translation, "slug", "x")
    translation.save_target(publish=True)
    say(translation, "summary", "Encore autrement")
    states = {unit.path: unit.state for unit in strings(translation).sheet.units}
    assert (states["title"], states["summary"]) == ("reviewed", "translated")


def test_only_what_is_missing(translation):
    say(translation, "title", "Ce qu'une salle a changé")
    say(translation, "summary", "Quarante soirées", translation_type="machine")
    every = Translation.objects.filter(pk=translation.pk)
    (whole,), (missing,) = sheets(every), sheets(every, only_open=True)
    assert {unit.path for unit in whole.units} - {unit.path for unit in missing.units} == {"title"}
    assert "summary" in {unit.path for unit in missing.units}


def zip_of(client, **query):
    response = client.get(reverse("exchange:download"), {"language": "fr", "file_format": "po", **query})
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def test_a_zip_has_a_tree_of_the_pages_that_one_translates(client, region, translation, translator):
    other = open_region(name="Taiwan", slug="taiwan", language="zh-hant", languages=["zh-hant", "fr"])
    translated(told_story(other, title="Rooms", slug="rooms"), "fr")
    translated(Page.objects.get(pk=region.page_in("en").pk).specific, "fr")
    names = zip_of(client).namelist()
    assert {"kenya.po", "kenya/what-a-room-changed.po", "taiwan.po", "taiwan/rooms.po"} <= set(names)
    assert [name for name in names if not name.startswith(("kenya", "taiwan"))] != []
    assert all(name.startswith("global/") for name in names if not name.startswith(("kenya", "taiwan")))
    assert len(names) == len(set(names))
    assert zip_of(client, region=region.pk).namelist() == ["kenya.po", "kenya/what-a-room-changed.po"]
    assert zip_of(client, region=region.pk, file_format="xliff").namelist() == ["kenya.xlf", "kenya/what-a-room-changed.xlf"]


def test_a_team_of_one_region_gets_that_region(client, region, translation):
    other = open_region(name="Taiwan", slug="taiwan", languages=["en", "fr"])
    foreign = translated(told_story(other, title="Rooms", slug="rooms"), "fr")
    person = translator_of(client, "fr", region)
    assert zip_of(client).namelist() == ["kenya.po", "kenya/what-a-room-changed.po"]
    assert client.get(reverse("exchange:download"), {"language": "ar", "file_format": "po"}).status_code == 302
    for name in ("page", "upload_page"):
        assert client.get(reverse(f"exchange:{name}", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("exchange:download_page", args=[foreign.pk, "po"])).status_code == 404
    report = look(filled(foreign, {"Rooms": "Salles"}), person)
    assert {row.reason for row in report.rows} == {"This page is not among those that you translate."}
    assert all(row.kept == row.source == row.title == "" for row in report.rows)


@pytest.mark.parametrize("role", ["contributor", "editor", "ambassador", "translator", "reviewer"])
def test_the_list_of_translations_is_what_the_pages_say_one_by_one(region, translation, role):
    person = UserFactory(email="role@example.org")
    region.grant(person, role, language="fr" if role in ("translator", "reviewer") else "")
    mine = set(translations_of(person).values_list("pk", flat=True))
    each = {
        one.pk
        for one in Translation.objects.filter(enabled=True)
        if (page := one.get_target_instance()).permissions_for_user(person).can_edit()
        and Page.objects.filter(pk=page.pk).exists()
    }
    assert mine == each
    assert bool(mine) == (role != "contributor")


def test_a_zip_of_3_and_of_20_pages_takes_the_same_queries(region, django_assert_num_queries):
    def count():
        with CaptureQueriesContext(connection) as asked:
            list(sheets(Translation.objects.filter(source__object_id__in=keys)))
        return len(asked)

    keys = [translated(told_story(region, title=f"Story {n}"), "fr").source.object_id for n in range(3)]
    count()  # what is asked once for all
    few = count()
    keys += [translated(told_story(region, title=f"Tale {n}"), "fr").source.object_id for n in range(17)]
    assert count() == few


# -- In ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_translated_is_saved_by_that_person_and_not_published(translation, translator, name):
    source = 'Ask <a id="a1">the <b>host</b></a> first.'
    as_shown = source if name == "po" else strings_in(translation, "Ask ")
    target = {
        "po": 'D’abord, <a id="a1">l’<b>hôte</b></a>.',
        "xliff": 'D’abord, <pc id="a1" type="link">l’<pc id="b1">hôte</pc></pc>.',
    }[name]
    data = filled(translation, {"What a room changed": "Une salle", as_shown: target}, name)
    assert outcomes(save(data, translator, f"x.{FORMATS[name].ENDING}")) == {
        "What a room changed": (ACCEPTED, ""),
        source: (ACCEPTED, ""),
    }
    assert kept() == [(source, 'D’abord, <a id="a1">l’<b>hôte</b></a>.', "fr"), ("What a room changed", "Une salle", "fr")]
    one = of_stories().get(data="Une salle")
    tool = {"po": "PO File", "xliff": "XLIFF"}[name]
    assert (one.last_translated_by, one.tool_name, one.translation_type, one.has_error) == (translator, tool, "manual", False)
    assert not Page.objects.get(pk=translation.get_target_instance().pk).live


def strings_in(translation, begin):
    data = file_of(translation, "xliff").decode()
    return next(found for found in re.findall(r'<source xml:space="preserve">(.*?)</source>', data) if found.startswith(begin))


def test_a_report_writes_nothing(translation, translator, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as asked:
        report = look(filled(translation, {"What a room changed": "Une salle"}), translator)
    assert report.counts[ACCEPTED] == 1
    assert [each["sql"] for each in asked if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_what_somebody_else_changed_is_a_conflict_and_stays_unless_chosen(translation, translator):
    say(translation, "title", "Une pièce")
    data = filled(translation, {"What a room changed": "Une salle"})
    say(translation, "title", "Un local", last_translated_by=UserFactory(first_name="Awa", last_name="Ba"))
    (row,) = look(data, translator).of(CONFLICT)
    assert (row.text, row.kept, row.kept_by) == ("Une salle", "Un local", "Awa Ba")
    save(data, translator)
    assert kept() == [("What a room changed", "Un local", "fr")]
    save(data, translator, chosen=["somebody else's", row.number])
    assert kept() == [("What a room changed", "Une salle", "fr")]


def test_what_was_not_touched_in_the_file_does_not_undo_what_changed_here(translation, translator):
    say(translation, "title", "Une pièce")
    data = file_of(translation)
    say(translation, "title", "Un local")
    (row,) = [row for row in look(data, translator).rows if row.field == "Title"]
    assert (row.outcome, row.reason) == (UNCHANGED, "Not touched in this file; here it has changed since.")


def test_a_file_without_fingerprints_overwrites_nothing_unasked(translation, translator):
    say(translation, "title", "Une pièce")
    data = re.sub(rb"#\. seen: .*\n", b"", filled(translation, {"What a room changed": "Une salle"}))
    assert outcomes(look(data, translator)) == {"What a room changed": (CONFLICT, "")}


def test_wagtail_localizes_own_files_are_read(translation, translator):
    file = translation.export_po()
    next(entry for entry in file if entry.msgctxt == "title").msgstr = "Une salle"
    assert outcomes(look(str(file).encode(), translator)) == {"What a room changed": (ACCEPTED, "")}


def test_empty_takes_nothing_away(translation, translator):
    say(translation, "title", "Une pièce")
    data = filled(translation, {"What a room changed": ""})
    assert outcomes(save(data, translator)) == {"What a room changed": (REFUSED, "Empty. What is there stays.")}
    assert kept() == [("What a room changed", "Une pièce", "fr")]


def test_an_original_that_changed_since_is_named(translation, story, translator):
    data = filled(translation, {"What a room changed": "Une salle", "Forty evenings.": "Quarante soirées."})
    story.title, story.body = "What two rooms changed", []
    story.save_revision().publish()
    TranslationSource.objects.get_for_instance(story).update_from_db()
    assert outcomes(look(data, translator)) == {
        "The original has changed since the file was made: please take the new text out.": (
            REFUSED,
            "The original has changed since the file was made: please take the new text out.",
        ),
        "There is no such text on the page any more.": (REFUSED, "There is no such text on the page any more."),
        "Forty evenings.": (ACCEPTED, ""),
    }


def test_a_machines_words_count_once_somebody_has_confirmed_them(translation, translator):
    say(translation, "title", "Une pièce", translation_type="machine")
    data = file_of(translation)
    assert look(data, translator).counts[UNCHANGED] == 8
    save(data.replace(b"#, fuzzy\n", b""), translator)
    assert of_stories().get().translation_type == "manual"
    say(translation, "title", "Une pièce", translation_type="machine")
    data = file_of(translation, "xliff")
    assert look(data, translator, "a.xlf").counts[UNCHANGED] == 8
    save(data.replace(b'state="initial" subState="portolan:machine"', b'state="translated"'), translator, "a.xlf")
    assert of_stories().get().translation_type == "manual"
    say(translation, "title", "Une pièce", translation_type="machine")
    data = filled(translation, {"What a room changed": "Une salle"})
    assert outcomes(look(data, translator)) == {"What a room changed": (REFUSED, "Still marked as not finished.")}


def test_other_languages_and_other_peoples_pages_are_refused(translation, story, translator):
    arabic = translated(story, "ar")
    for name, old, new in (("po", b"Language: fr", b"Language: de"), ("xliff", b'trgLang="fr"', b'trgLang="de"')):
        report = look(file_of(translation, name).replace(old, new), translator, f"a.{FORMATS[name].ENDING}")
        assert {row.reason for row in report.rows} == {"The file is in German, the page is translated into French."}
    for data, reason in (
        (file_of(arabic), "This page is not among those that you translate."),
        (file_of(translation).replace(str(translation.uuid).encode(), b"nonsense"), "This page is not among those"),
        (file_of(translation).replace(str(translation.uuid).encode(), b""), "The file does not say which page"),
    ):
        report = look(data, translator)
        assert report.counts == {CONFLICT: 0, REFUSED: 8, ACCEPTED: 0, UNCHANGED: 0}
        assert all(row.reason.startswith(reason) for row in report.rows)
    assert {row.reason for row in look(file_of(translation), translator, only=arabic).rows} == {
        "The file belongs to another page."
    }


def test_a_locked_page_is_left_alone(translation, translator):
    page = translation.get_target_instance()
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=UserFactory())
    assert {row.reason for row in look(file_of(translation), translator).rows} == {"The page is locked."}


def test_the_same_string_twice_with_different_words_is_refused(translation, translator):
    data = filled(translation, {"What a room changed": "Une salle"}) + b"\n"
    entry = re.search(rb'(#\. field: Title\n.*?msgstr "Une salle"\n)', data, re.DOTALL)[1]
    report = look(data + entry.replace(b"Une salle", b"Une autre"), translator)
    (row,) = report.of(REFUSED)
    assert re.fullmatch(r"Stands there already, with other words: fr\.po, line \d+\.", row.reason)
    assert report.counts[ACCEPTED] == 1


def test_the_report_names_file_line_page_and_field(translation, translator):
    data = filled(translation, {"What a room changed": "<script>x</script>"})
    (row,) = look(data, translator).of(REFUSED)
    begins = data.decode().split("\n").index("#. field: Title") + 1
    assert (row.file, row.title, row.field) == ("fr.po", "What a room changed", "Title")
    assert row.line == begins
    assert row.reason == "This may not stand in a translation: <script>"


def packed(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_zip_comes_back_whole_and_one_damaged_file_is_named(translation, story, client):
    person = translator_of(client, "fr")
    files = {
        "../../etc/kenya.po": filled(translation, {"What a room changed": "Une salle"}),
        "__MACOSX/._kenya.po": b"junk",
        "read me.txt": b"hello",
        "broken.xlf": b"<xliff",
    }
    report = save(packed(**files), person, "all.zip")
    assert [(row.file, row.reason) for row in report.of(REFUSED)] == [("broken.xlf", "The file is not valid XML.")]
    assert kept() == [("What a room changed", "Une salle", "fr")]


BOMB = packed(**{f"{n}.po": b" " * (5 * 1024 * 1024) for n in range(20)})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "The archive is too large when unpacked."),
        (packed(**{"a.po": b" " * (5 * 1024 * 1024 + 1)}), "The file is too large: at most 5 MB."),
        (packed(**{f"{n}.po": b"" for n in range(5001)}), "Too many files: 5001, at most 5000."),
        (packed(**{"a.txt": b""}), "There is no PO or XLIFF file in the archive."),
        (BOMB[:2000], "The archive is damaged or protected."),
        (b"PK\x03\x04", "The archive is damaged or protected."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is too large: at most 5 MB."),
    ],
)
def test_archives_that_would_burst_are_refused(translator, data, reason):
    assert [row.reason for row in look(data, translator, "a.zip").rows][-1] == reason
    assert len(BOMB) < 1024 * 1024


def test_nothing_is_saved_by_half(translation, translator, monkeypatch):
    data = filled(translation, {"What a room changed": "Une salle", "Forty evenings.": "Quarante soirées."})
    saved, original = [], StringTranslation.save

    def breaks(self, *args, **kwargs):
        saved.append(self)
        if len(saved) == 2:
            raise RuntimeError
        return original(self, *args, **kwargs)

    monkeypatch.setattr(StringTranslation, "save", breaks)
    with pytest.raises(RuntimeError):
        save(data, translator)
    assert kept() == []


def test_what_changed_between_report_and_word_stops_everything(translation, translator):
    data = filled(translation, {"What a room changed": "Une salle", "Forty evenings.": "Quarante soirées."})
    sent = Import(data, "fr.po", translator)
    digest = sent.report().digest
    say(translation, "title", "Un local")
    with pytest.raises(Changed):
        sent.save(digest)
    assert kept() == [("What a room changed", "Un local", "fr")]


# -- The screens ---------------------------------------------------------------------------------------------------------


def send(client, data, url=None, name="fr.po"):
    url = url or reverse("exchange:upload")
    return client.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_somebody_takes_a_page_out_and_brings_it_back(client, translation, translator):
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))
    screen = reverse("exchange:page", args=[translation.pk])
    assert screen in editor.content.decode()
    page = client.get(screen).content.decode()
    assert "0 of 8 strings are translated." in page
    download = client.get(reverse("exchange:download_page", args=[translation.pk, "xliff"]))
    assert download["Content-Disposition"] == 'attachment; filename="kenya-what-a-room-changed.fr.xlf"'
    data = filled(translation, {"What a room changed": "Une salle", "Amina": "<ph id='z1'/>"}, "xliff")
    response = send(client, data, reverse("exchange:upload_page", args=[translation.pk]), "fr.xlf")
    report, url = response.content.decode(), response.redirect_chain[0][0]
    assert "Save 1 string" in report
    assert "There is no such placeholder in the original: z1" in report
    assert kept() == []
    digest = re.search(r'name="digest" value="(\w+)"', report)[1]
    done = client.post(url, {"digest": digest}, follow=True).content.decode()
    assert "1 string was saved. 1 was not." in done
    assert "1 of 8 strings are translated." in done
    assert kept() == [("What a room changed", "Une salle", "fr")]
    assert not UploadedFile.objects.exists()
    assert client.get(url).status_code == 404


def test_leaving_changes_nothing_and_throws_the_file_away(client, translation, translator):
    response = send(client, filled(translation, {"What a room changed": "Une salle"}))
    file = UploadedFile.objects.get().file
    assert file.storage.exists(file.name)
    client.post(response.redirect_chain[0][0], {"leave": "1"})
    assert kept() == []
    assert not UploadedFile.objects.exists()
    assert not file.storage.exists(file.name)


def test_a_second_file_takes_the_place_of_the_first(client, translation, translator):
    send(client, file_of(translation))
    send(client, file_of(translation))
    assert UploadedFile.objects.count() == 1


def test_somebody_elses_file_does_not_exist(client, translation, translator):
    url = send(client, file_of(translation)).redirect_chain[0][0]
    translator_of(client, "fr", email="other@example.org")
    assert client.get(url).status_code == 404
    assert client.post(url, {"digest": ""}).status_code == 404


def test_without_a_file_it_says_so(client, translation, translator):
    response = client.post(reverse("exchange:upload"), follow=True)
    assert "This field is required." in response.content.decode()
    response = send(client, b"")
    assert "The submitted file is empty." in response.content.decode()


def test_an_old_word_to_go_ahead_shows_the_new_report(client, translation, translator):
    response = send(client, filled(translation, {"What a room changed": "Une salle"}))
    url = response.redirect_chain[0][0]
    again = client.post(url, {"digest": "old"}, follow=True).content.decode()
    assert "Something has changed in the meantime" in again
    assert "Save 1 string" in again
    assert kept() == []


def test_the_editors_own_upload_leads_to_the_same_report(client, translation, translator):
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    data = filled(translation, {"What a room changed": "<!--><img src=x onerror=alert(1)>-->"})
    response = send(client, data, url)
    assert "This may not stand in a translation: &lt;!--&gt;" in response.content.decode()
    assert kept() == []


def test_fingerprints_do_not_depend_on_how_a_text_is_written():
    assert fingerprint("a & b") == fingerprint("a &amp; b")
    assert fingerprint("a") != fingerprint("b")
