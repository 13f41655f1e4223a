"""An import: files are read, each string is judged, and what was accepted is saved, all of it or nothing."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from .archives import files_in, read
from .judging import REFUSED, Report, Row, judge, row
from .scope import translations_of
from .strings import AT_ONCE, load, with_languages
from .units import ExchangeError

TOOLS = {"po": "PO File", "xliff": "XLIFF"}


class Changed(Exception):
    """Somebody saved something in the meantime: nothing was written, and there is a new report to look at."""


class Import:
    """What one person sends in: a file or an archive, perhaps for one page only."""

    def __init__(self, data, name, user, only=None):
        self.user, self.only = user, only
        self.data, self.name = data, name
        self.pages = {}

    def report(self):
        """What would happen, row by row. Nothing is written."""
        return self.look(translations_of(self.user))

    def look(self, translations):
        """In batches, so that an archive of a whole language does not stand in memory with all of its pages."""
        report, seen = Report(), {}
        try:
            for batch in batches(self.given(report)):
                pages = self.load(translations, {each.sheet for each in batch})
                report.rows += [self.judge(each, pages, seen) for each in batch]
        except ExchangeError as error:
            report.rows.append(Row(REFUSED, self.name, error.line, str(error)))
        return report

    def judge(self, given, pages, seen):
        if self.only and given.sheet and given.sheet != str(self.only.uuid):
            return row(given, REFUSED, _("The file belongs to another page."))
        return judge(given, pages, self.user, seen)

    def given(self, report):
        for name, data in files_in(self.data, self.name):
            try:
                yield read(data, name)
            except ExchangeError as error:
                report.rows.append(Row(REFUSED, name, error.line, str(error)))

    def load(self, translations, keys):
        valid = [key for key in keys if is_uuid(key) and (self.only is None or key == str(self.only.uuid))]
        found = load(list(with_languages(translations.filter(uuid__in=valid))))
        return {each.sheet.key: each for each in found}

    def save(self, digest, chosen=()):
        """Save what the report with this digest accepted, and the conflicts that were decided for the file."""
        try:
            with transaction.atomic():
                self.lock()
                report = self.look(translations_of(self.user))
                if report.digest != digest:
                    raise Changed
                self.write(report.to_save(set(chosen)))
                return report
        except IntegrityError as error:  # an editor saved the same string for the first time, this very moment
            raise Changed from error

    def lock(self):
        """Two imports of the same pages: one after the other. An editor who saves one string waits, too."""
        keys = {each.sheet for _name, batch in self.readable() for each in batch}
        wanted = Translation.objects.filter(uuid__in=[key for key in keys if is_uuid(key)]).order_by("pk")
        locked = list(wanted.select_for_update().values_list("source__object_id", "target_locale_id"))
        strings = StringTranslation.objects.filter(
            context__object__in={key for key, _locale in locked}, locale__in={locale for _key, locale in locked}
        )
        list(strings.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))

    def readable(self):
        try:
            for name, data in files_in(self.data, self.name):
                try:
                    yield name, read(data, name)
                except ExchangeError:
                    continue
        except ExchangeError:
            return

    def write(self, rows):
        for begin in range(0, len(rows), AT_ONCE):
            part = rows[begin : begin + AT_ONCE]
            pages = self.load(translations_of(self.user), {each.sheet for each in part})
            for each in part:
                self.write_one(each, pages[each.sheet])
        touched = Translation.objects.filter(uuid__in={each.sheet for each in rows})
        touched.update(translations_last_updated_at=timezone.now())

    def write_one(self, accepted, page):
        string, context, found = page.rows[accepted.key]
        one = found or StringTranslation(translation_of=string, context=context, locale=page.translation.target_locale)
        one.data, one.last_translated_by = accepted.text, self.user
        one.translation_type, one.tool_name = StringTranslation.TRANSLATION_TYPE_MANUAL, TOOLS[kind_of(accepted.file)]
        one.has_error, one.field_error = False, ""
        one.save()


def kind_of(name):
    return "po" if name.lower().endswith(".po") else "xliff"


def batches(files):
    """Strings of whole files, about as many pages at a time as are loaded together."""
    waiting, count = [], 0
    for strings in files:
        waiting += strings
        count += 1
        if count >= AT_ONCE:
            yield waiting
            waiting, count = [], 0
    if waiting:
        yield waiting


def is_uuid(key):
    return len(key) == 36 and key.count("-") == 4 and all(sign in "0123456789abcdef-" for sign in key)  # noqa: PLR2004
