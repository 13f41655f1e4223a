"""The words that translators have agreed on: kept by reviewers, found in texts, and missed where they are not used."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from regions.models import GlossaryTerm, Team
from regions.wording.matching import Finder, keeps_to
from tests.factories import UserFactory, open_region


def term(word, translation="", **facts):
    return GlossaryTerm(**{"term": word, "translation": translation, "target_language": "fr", **facts})


def found(text, *words):
    finder = Finder([term(word) for word in words], [text])
    return [(each.term, [text[start:end] for start, end in spans]) for each, spans in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("A Space is a space.", ["space"], [("space", ["Space", "space"])]),
        ("Two spaces, one host's key", ["space", "host"], [("space", ["spaces"]), ("host", ["host's"])]),
        ("Spacecraft and backspace", ["space"], []),
        ("Mapping  parties tonight", ["mapping party", "party"], [("mapping party", ["Mapping  parties"])]),
        ("A community space", ["space", "community space"], [("community space", ["community space"])]),
        ('Our <a id="a1">space</a> and <b>host</b>', ["space", "a1", "b"], [("space", ["space"])]),
        ("community <b>space</b>", ["community space", "space"], [("space", ["space"])]),
        ("Tea &amp; amp", ["amp"], [("amp", ["amp"])]),
        ("製圖聚會在空間舉行", ["空間"], [("空間", ["空間"])]),
        ("زوروا المساحة", ["مساحة"], [("مساحة", ["المساحة"])]),
        ("Nothing", [], []),
        ("a.b axb", ["a.b"], [("a.b", ["a.b"])]),
    ],
)
def test_terms_in_a_text(text, words, expected):
    assert found(text, *words) == expected


@pytest.mark.parametrize(
    ("agreed", "text", "expected"),
    [
        ("espacio", "Nuestros ESPACIOS abiertos", True),
        ("espacio", "Nuestra sala", False),
        ("código de conducta", "Los códigos de nuestra conducta", True),
        ("hôte; hôtesse", "Votre hotesse vous attend", True),
        ("مساحة", "زوروا المساحات المفتوحة", True),
        ("مساحة", "زوروا الغرف", False),
        ("مُؤسّسة", "من المؤسسة", True),
        ("空間", "社群空間", True),
        ("空間", "社群場所", False),
        ("espace", "<b>espace</b>", True),
        ("strong", "<strong>rien</strong>", False),
    ],
)
def test_whether_a_translation_keeps_to_the_agreed_word(agreed, text, expected):
    assert keeps_to(term("x", agreed), text) is expected


def test_a_name_stays_as_it_is():
    name = term("OpenStreetMap", do_not_translate=True)
    assert keeps_to(name, "avec OpenStreetMap") is True
    assert keeps_to(name, "avec la carte ouverte des rues") is False


def test_a_hundred_thousand_signs_are_searched_in_their_beginning_only():
    assert found("space " + "x" * 100_000 + " host", "space", "host") == [("space", ["space"])]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"term": "<b>space</b>"}, "term"),
        ({"term": "   "}, "term"),
        ({"translation": "espace <script>"}, "translation"),
        ({"translation": ""}, "translation"),
        ({"translation": " ; "}, "translation"),
        ({"translation": "\u202eecapse"}, "translation"),
        ({"note": "a\u0000b"}, "note"),
        ({"term": "x" * 100_000}, "term"),
        ({"target_language": "en"}, "target_language"),
        ({"target_language": "xx"}, "target_language"),
    ],
)
def test_what_is_refused_says_where(db, facts, field):
    with pytest.raises(ValidationError) as caught:
        term(
            **{"word": "space", "translation": "espace"} | {("word" if k == "term" else k): v for k, v in facts.items()}
        ).full_clean()
    assert set(caught.value.message_dict) == {field}


@pytest.mark.django_db
def test_a_pair_has_a_term_once():
    first = term(" Mapping   party ", "cartopartie")
    first.full_clean()
    first.save()
    assert (first.term, first.folded) == ("Mapping party", "mapping party")
    with pytest.raises(ValidationError) as caught:
        term("MAPPING party", "fête").full_clean()
    assert caught.value.message_dict["term"] == ["This term is in the glossary of these two languages already."]
    term("MAPPING party", "fiesta", target_language="es").full_clean()
    first.full_clean()


# -- Who keeps it ------------------------------------------------------------------------------------------------------

LIST, ADD = "wagtailsnippets_regions_glossaryterm:list", "wagtailsnippets_regions_glossaryterm:add"
POSTED = {"source_language": "en", "target_language": "fr", "term": "host", "translation": "hôte", "note": ""}


@pytest.fixture
def terms(db):
    for language, translation in (("fr", "espace"), ("ar", "مساحة")):
        GlossaryTerm.objects.create(term="space", translation=translation, target_language=language)


def signed_in(client, role, language="", region=None):
    person = UserFactory()
    Team.objects.ensure(role, region=region, language=language).admit(person)
    client.force_login(person)
    return person


@pytest.mark.usefixtures("terms")
class TestInTheWorkplace:
    def test_a_translator_sees_the_words_of_the_own_language(self, client):
        signed_in(client, "translator", "fr")
        page = client.get(reverse(LIST)).content.decode()
        assert "espace" in page
        assert "مساحة" not in page
        assert "Glossary" in client.get("/admin/").content.decode()

    def test_and_changes_none(self, client):
        signed_in(client, "translator", "fr")
        mine, other = (GlossaryTerm.objects.get(target_language=code) for code in ("fr", "ar"))
        edit = "wagtailsnippets_regions_glossaryterm:edit"
        assert client.post(reverse(edit, args=[mine.pk]), POSTED).status_code == 302
        assert client.post(reverse(edit, args=[other.pk]), POSTED).status_code == 404
        client.post(reverse(ADD), POSTED)
        assert set(GlossaryTerm.objects.values_list("term", flat=True)) == {"space"}

    def test_a_reviewer_keeps_them(self, client):
        signed_in(client, "reviewer", "fr")
        answer = client.post(reverse(ADD), POSTED)
        assert answer.status_code == 302
        assert GlossaryTerm.objects.get(term="host").translation == "hôte"

    def test_in_no_other_language(self, client):
        signed_in(client, "reviewer", "fr")
        answer = client.post(reverse(ADD), {**POSTED, "target_language": "ar"})
        assert answer.status_code == 200
        assert "Select a valid choice" in answer.content.decode()
        assert 'value="hôte"' in answer.content.decode()
        assert not GlossaryTerm.objects.filter(term="host").exists()

    def test_a_reviewer_of_one_region_leaves_them_to_those_of_the_language(self, client):
        signed_in(client, "reviewer", "fr", open_region(name="Near"))
        assert "espace" in client.get(reverse(LIST)).content.decode()
        client.post(reverse(ADD), POSTED)
        assert not GlossaryTerm.objects.filter(term="host").exists()

    def test_an_editor_sees_the_words_of_the_regions_languages(self, client):
        signed_in(client, "editor", region=open_region(name="Near", languages=["en", "fr"]))
        page = client.get(reverse(LIST)).content.decode()
        assert "espace" in page
        assert "مساحة" not in page

    def test_a_term_that_is_there_is_said_beside_its_field(self, client):
        signed_in(client, "reviewer", "fr")
        answer = client.post(reverse(ADD), {**POSTED, "term": "SPACE"})
        assert "This term is in the glossary of these two languages already." in answer.content.decode()
        assert GlossaryTerm.objects.filter(target_language="fr").count() == 1

    def test_one_takes_the_list_along(self, client):
        signed_in(client, "translator", "fr")
        rows = b"".join(client.get(reverse(LIST) + "?export=csv").streaming_content).decode().splitlines()
        assert rows[1:] == ["en,fr,space,espace,False,"]

    def test_a_list_of_three_and_of_twenty_asks_as_often(self, client, django_assert_num_queries):
        signed_in(client, "translator", "fr")
        client.get(reverse(LIST))
        with django_assert_num_queries(20, exact=False) as few:
            client.get(reverse(LIST))
        for number in range(17):
            GlossaryTerm.objects.create(term=f"word {number}", translation="mot", target_language="fr")
        with django_assert_num_queries(20, exact=False) as many:
            client.get(reverse(LIST))
        assert len(few) == len(many)
