"""A sixth language needs a setting, a catalogue and `manage.py found`: no code."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale

from home.models import HomePage
from portal.languages import own_name
from regions.models import Team
from tests.factories import publish_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("es", "Español"),
        ("fr", "Français"),
        ("ar", "العربية"),
        ("zh-hant", "繁體中文"),
        ("pt", "Português"),
        ("pt-br", "Português (Brasil)"),
        ("tlhh", "tlhh"),
    ],
)
def test_languages_are_called_as_they_call_themselves(code, name):
    assert own_name(code) == name


def test_the_setting_is_read_from_the_environment():
    shown = subprocess.run(
        [sys.executable, "-c", "from portal.settings.test import LANGUAGES, LANGUAGE_CODE; print(LANGUAGE_CODE, LANGUAGES)"],
        env={**os.environ, "LANGUAGES": "es,en,pt", "PYTHONIOENCODING": "utf-8"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "es [('es', 'Español'), ('en', 'English'), ('pt', 'Português')]"


@pytest.fixture
def _portuguese(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("pt", "Português")]


@pytest.mark.usefixtures("_portuguese")
def test_a_sixth_language_has_its_pages_teams_and_addresses(capsys):
    call_command("found")
    home = HomePage.objects.get(locale__language_code="en")
    portuguese = HomePage.objects.get(locale=Locale.objects.get(language_code="pt"))
    assert (portuguese.live, portuguese.translation_key) == (False, home.translation_key)
    assert {team.role for team in Team.objects.filter(language="pt")} == {"translator", "reviewer"}
    missing = Client().get(f"/pt/not-yet/{home.translation_key}/")
    assert missing.status_code == 200
    assert "Português" in missing.content.decode()
    publish_in(home, "pt", title="Carta")
    shown = Client().get("/pt/")
    assert shown.status_code == 200
    assert 'lang="pt"' in shown.content.decode()
    assert 'hreflang="pt"' in Client().get("/en/").content.decode()
