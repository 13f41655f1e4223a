"""Many at once, and much of it: two people with files of one page, a thousand damaged files, a whole language."""

import io
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from portal.models import User
from regions.exchange import po, xliff
from regions.exchange.strings import load, with_languages
from regions.exchange.taking_in import Changed, Import
from regions.models import Team
from tests.factories import open_region, told_story


def make_translation():
    region = open_region(name="Kenya", slug="kenya", languages=["en", "fr"])
    story = told_story(region, body=[("paragraph", '<p>Ask <a href="https://example.org/">the host</a> <b>now</b>.</p>')])
    story.prepare_translations(["fr"])
    return Translation.objects.get(source__object_id=story.translation_key)


def make_translator(name):
    person = User.objects.create_user(f"{name}@example.org", "a long pass phrase")
    Team.objects.ensure("translator", language="fr").admit(person)
    return person


def sheet_of(translation):
    return load(list(with_languages(Translation.objects.filter(pk=translation.pk))))[0].sheet


@pytest.mark.django_db
def test_of_two_files_the_second_waits_and_is_told():
    """The rows are locked before anybody looks at them again; who comes second looks at what the first one has saved."""
    translation = make_translation()
    data = po.write(sheet_of(translation)).decode()
    paul, jeanne = (
        Import(data.replace('msgstr ""\n\n', f'msgstr "{name}"\n\n').encode(), "a.po", make_translator(name))
        for name in ("paul", "jeanne")
    )
    digests = paul.report().digest, jeanne.report().digest
    with CaptureQueriesContext(connection) as asked:
        paul.save(digests[0])
    with pytest.raises(Changed):
        jeanne.save(digests[1])
    texts = StringTranslation.objects.filter(context__object=translation.source.object_id)
    assert set(texts.values_list("data", flat=True)) == {"paul"}
    locked = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert len(locked) == (2 if connection.features.has_select_for_update else 0)


# -- A thousand damaged files ---------------------------------------------------------------------------------------------

PARTS = [b"\x00", b"\xff\xfe", b"<", b">", b"&#0;", b"]]>", b'"', b"\\", b"\n", b"msgid", b"msgstr[0]", b"#~ ", b"<pc id='a1'>"]
PARTS += [b"<!DOCTYPE x>", b"PK\x03\x04", b"\xf0\x9f\x98", "\u202e".encode(), b"</segment>", b"<target/>", b"%", b"x" * 5000]


def damage(data, chance):
    """Something is cut out, put in, turned around or written over, a few times."""
    data = bytearray(data)
    for _each in range(chance.randint(1, 6)):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice([0, 1, 3, 40, 400]))
        what = chance.choice(["cut", "put", "turn", "bit"])
        if what == "cut":
            del data[begin:end]
        elif what == "put":
            data[begin:end] = chance.choice(PARTS)
        elif what == "turn":
            data[begin:end] = data[begin:end][::-1]
        elif begin < len(data):
            data[begin] ^= 1 << chance.randrange(8)
    return bytes(data)


def zipped(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlf", data)
    return packed.getvalue()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_thousand_damaged_files_break_nothing(client, monkeypatch):
    """Each is sent and looked at, and every fourth is told to go ahead: always an answer, never a text that may not stand."""
    monkeypatch.setattr("django.template.Template._render", lambda template, context: "blank")
    translation = make_translation()
    client.force_login(make_translator("fatou"))
    sheet = sheet_of(translation)
    kinds = {"a.po": po.write(sheet), "a.xlf": xliff.write(sheet), "a.zip": zipped(xliff.write(sheet))}
    chance, answers = random.Random(20261125), []
    for number in range(1000):
        name = chance.choice(list(kinds))
        sent = {"file": SimpleUploadedFile(name, damage(kinds[name], chance))}
        response = client.post(reverse("exchange:upload"), sent)
        report = client.get(response["Location"])
        answers.append(report.status_code)
        if number % 4 == 0 and report.context and "report" in report.context:
            done = client.post(response["Location"], {"digest": report.context["report"].digest})
            answers.append(done.status_code)
    assert set(answers) <= {200, 302}
    assert not StringTranslation.objects.filter(context__object=translation.source.object_id, has_error=True).exists()
