"""Machines that translate, one of which an operator may choose: DeepL, Google, LibreTranslate.

wagtail-localize has classes for them, too. These say the right Chinese, see whether an answer is one, keep markup,
placeholders and the glossary's words, and explain what went wrong. Only the server calls them, never a browser.
"""

import re
from collections import Counter

import requests
from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from regions.models import GlossaryTerm

from .matching import Finder
from .suggestions import turns_writing

AT_ONCE = 40  # strings in one question: all three machines take as many
MARKUP = re.compile(r"</?(\w+)([^<>]*)>")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|https?://[^\s<>\"]+")
NO_ANSWER = (requests.RequestException, ValueError, KeyError, TypeError, IndexError)


class MachineFailed(Exception):
    """Why there is no translation, in words for the person who asked for one. Nothing was written."""


class Engine(BaseMachineTranslator):
    """What all of them have in common. Options: `URL`, `KEY`, `TIMEOUT` in seconds."""

    address = ""
    names = {}  # of languages, where the machine has another name for one

    def can_translate(self, source_locale, target_locale):
        return self.name_of(source_locale) != self.name_of(target_locale)

    def name_of(self, locale):
        code = locale.language_code
        return self.names.get(code) or code.split("-")[0]

    def translate(self, source_locale, target_locale, strings):
        strings = list(strings)
        protected = self.protect([string.data for string in strings], source_locale, target_locale)
        answers = []
        for start in range(0, len(strings), AT_ONCE):
            answers += self.ask(protected[start : start + AT_ONCE], source_locale, target_locale)
        usable = {
            string: StringValue(text)
            for string, answer in zip(strings, answers, strict=True)
            if says_the_same_in_markup(string.data, text := unprotected(answer))
        }
        if not usable:
            raise MachineFailed(_("%(machine)s gave no usable answer.") % {"machine": self.display_name})
        return usable

    def ask(self, texts, source_locale, target_locale):
        """One question, or a reason."""
        try:
            response = requests.post(
                self.options.get("URL") or self.address,
                json=self.question(texts, self.name_of(source_locale), self.name_of(target_locale)),
                headers=self.headers(),
                timeout=self.options.get("TIMEOUT", 20),
                allow_redirects=False,  # a key goes to nobody else
            )
            if not response.ok or response.is_redirect:
                raise MachineFailed(self.refusal(response.status_code))
            answers = self.answers(response.json())
            if not isinstance(answers, list) or [type(answer) for answer in answers] != [str] * len(texts):
                raise ValueError
        except requests.Timeout as error:
            raise MachineFailed(_("%(machine)s did not answer in time.") % {"machine": self.display_name}) from error
        except NO_ANSWER as error:
            raise MachineFailed(_("%(machine)s gave no usable answer.") % {"machine": self.display_name}) from error
        return answers

    def refusal(self, status):
        if status in (401, 403):
            reason = _("%(machine)s does not accept the portal's key. Tell the operator.")
        elif status in (429, 456):
            reason = _("%(machine)s has had enough for now. Try again later.")
        else:
            reason = _("%(machine)s refused (error %(status)s).")
        return reason % {"machine": self.display_name, "status": status}

    def protect(self, texts, source_locale, target_locale):
        """The agreed words stand in the question already, marked as not to be translated."""
        terms = GlossaryTerm.objects.between(source_locale.language_code, target_locale.language_code)
        glossary = Finder(terms, texts)
        return [with_agreed_words(text, glossary.find(text)) for text in texts]

    def headers(self):
        return {}


class LibreTranslate(Engine):
    """https://libretranslate.com, or one's own: the free one."""

    display_name = "LibreTranslate"
    address = "https://libretranslate.com/translate"
    names = {"zh-hant": "zh-Hant"}

    def question(self, texts, source, target):
        asked = {"q": texts, "source": source, "target": target, "format": "html"}
        return asked | ({"api_key": self.options["KEY"]} if self.options.get("KEY") else {})

    def answers(self, said):
        return said["translatedText"]


class DeepL(Engine):
    """https://www.deepl.com: a key that ends in `:fx` is one of the free plan, which has an address of its own."""

    display_name = "DeepL"
    names = {"zh-hant": "ZH-HANT"}

    @property
    def address(self):
        host = "api-free.deepl.com" if self.options.get("KEY", "").endswith(":fx") else "api.deepl.com"
        return f"https://{host}/v2/translate"

    def headers(self):
        return {"Authorization": f"DeepL-Auth-Key {self.options.get('KEY', '')}"}

    def question(self, texts, source, target):
        return {"text": texts, "source_lang": source.upper(), "target_lang": target.upper(), "tag_handling": "html"}

    def answers(self, said):
        return [each["text"] for each in said["translations"]]


class Google(Engine):
    """https://cloud.google.com/translate, the basic edition: a key is all it needs."""

    display_name = "Google Translate"
    address = "https://translation.googleapis.com/language/translate/v2"
    names = {"zh-hant": "zh-TW"}

    def headers(self):
        return {"X-Goog-Api-Key": self.options.get("KEY", "")}

    def question(self, texts, source, target):
        return {"q": texts, "source": source, "target": target, "format": "html"}

    def answers(self, said):
        return [each["translatedText"] for each in said["data"]["translations"]]


def with_agreed_words(text, found):
    """From the end to the beginning, so that places stay true."""
    places = sorted(((span, term) for term, spans in found for span in spans), key=lambda each: -each[0][0])
    for (start, end), term in places:
        text = f'{text[:start]}<span translate="no">{term.variants[0]}</span>{text[end:]}'
    return text


def unprotected(answer):
    """Without the marks around agreed words."""
    if "<span" not in answer:
        return answer.strip()
    soup = BeautifulSoup(answer, "html.parser")
    for mark in soup.find_all("span"):
        mark.unwrap()
    return str(soup).strip()


def says_the_same_in_markup(source, text):
    """The same tags and placeholders, whatever their order; no signs that turn the direction of writing."""
    if not text or turns_writing(text):
        return False
    return all(Counter(pattern.findall(source)) == Counter(pattern.findall(text)) for pattern in (MARKUP, PLACEHOLDER))
