"""The words that stand for codes: as the files of five languages write kinds, costs, facilities, countries. A leaf."""

import re
import unicodedata
from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import override, to_locale
from django_countries import countries

from spaces.choices import COSTS, FACILITIES, KINDS, STEP_FREE

# What people write besides the names of the codes in our languages.
ALSO = {
    "kinds": {
        "hackerspace": "hacker space, makerspace, maker space, fablab, fab lab, hacklab",
        "coworking": "coworking space, co-working, co working",
        "cultural": "cultural center, culture",
        "cafe": "coffee shop, coffee",
        "company": "office, business",
        "community": "community centre, community center",
    },
    "costs": {
        "free": "0, none, no cost, free of charge, gratis, gratuit, gratuito, مجاني, 免費",
        "donation": "donations, pay what you want",
        "hourly": "paid, per hour, hour",
        "daily": "per day, day",
    },
    "step_free": {
        "yes": "true, 1, full, step free, sí, si, oui, نعم, 是",
        "partly": "limited, partial, partially",
        "no": "false, 0, none, non, لا, 否",
        "unknown": "?, n/a, not known",
    },
    "facilities": {
        "wifi": "wi-fi, wlan, internet, wireless",
        "projector": "beamer, proyector, projecteur",
        "power": "electricity, sockets",
        "sound": "microphone, sound",
        "whiteboard": "white board, blackboard",
    },
}
CHOICES = {"kinds": KINDS, "costs": COSTS, "step_free": STEP_FREE, "facilities": FACILITIES}


def plain(text):
    """A word as it is compared: without accents, capitals, punctuation."""
    text = "".join(each for each in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


@cache
def vocabulary(name):
    """Each word for a code: {"gratuit": "free"}."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {plain(label): code for code, label in CHOICES[name]}
    for code, words in ALSO[name].items():
        found |= {plain(word): code for word in words.split(",") if plain(word)}
    return found | {plain(code): code for code, _label in CHOICES[name]}


def code_for(name, text):
    """The code that a word stands for, or None."""
    return vocabulary(name).get(plain(text))


def codes_of(name):
    return [code for code, _label in CHOICES[name]]


@cache
def country_names():
    found = {}
    for language, _name in settings.LANGUAGES:
        territories = Locale.parse(to_locale(language)).territories
        found |= {plain(name): code for code, name in territories.items() if code in countries.countries}
    found |= {plain(countries.alpha3(code)): code for code in countries.countries}
    return found | {plain(code): code for code in countries.countries} | {"uk": "GB", "united states of america": "US"}


def country_code(text):
    """The two letters of a country, by its code or its name in one of our languages, or None."""
    return country_names().get(plain(text))
