"""What the demo's translators agreed on is what its translations say."""

import polib
import pytest
from django.utils.translation import to_locale

from home.demo import content
from home.demo.building import OTHERS, Builder
from regions.models import GlossaryTerm
from regions.wording.matching import Finder, keeps_to


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_the_translations_keep_to_the_glossary(language):
    Builder().write_glossary()
    terms = list(GlossaryTerm.objects.between("en", language))
    assert len(terms) >= 10
    for term in terms:
        term.full_clean()
    entries = polib.pofile(str(content.HERE / "translations" / f"{to_locale(language)}.po")).translated_entries()
    finder = Finder(terms, [entry.msgid for entry in entries])
    uses = [(term, entry) for entry in entries for term, _spans in finder.find(entry.msgid)]
    assert len(uses) > 50
    left_out = [(term.term, entry.msgstr) for term, entry in uses if not keeps_to(term, entry.msgstr)]
    assert len(left_out) <= len(uses) / 20, left_out


@pytest.mark.django_db
def test_a_second_run_writes_no_second_glossary():
    Builder().write_glossary()
    count = GlossaryTerm.objects.count()
    Builder().write_glossary()
    assert GlossaryTerm.objects.count() == count
