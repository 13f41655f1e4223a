"""What can happen to a translation of a page: it is started, published, or sent back. Each is said to those it concerns."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.mail import queue_mail
from portal.models import User
from portal.translating import strings_to_translate


class StartsAndEnds:
    """The verbs of a `PageTranslation`."""

    @transaction.atomic
    def start(self, by):
        """Make the draft into which somebody translates, and the pages above it. Started twice, it is the same draft."""
        field = type(self).objects.select_for_update().get(pk=self.pk)
        if field.page_id:
            return field.page
        original = field.original.specific if field.original_id else None
        if original is None or not original.live:
            raise ValidationError(_("There is no published original to translate from."))
        original.prepare_translations([field.locale.language_code], by)
        page = Page.objects.get(translation_key=field.key, locale=field.locale_id)
        if field.region_id:
            field.region.teams.sync_region(field.region)  # the region's own page may be new in this language
        log(instance=page, action="portal.translation_started", user=by)
        return page

    def publish(self, by, seen=None):
        """Put what was translated before the public: all of it, and what the reviewer has seen (`fingerprint()`)."""
        with transaction.atomic():
            translation = self.locked()
            if seen is not None and seen != self.fingerprint():
                raise ValidationError(_("Somebody has changed this translation since you opened it. Please look at it again."))
            try:
                translation.save_target(user=by, publish=True)
            except ValidationError as error:  # kept beside the string by wagtail-localize, so nothing is rolled back here
                problem = error
            else:
                problem = None
                self.tell_translators("translation_published", by)
                log(instance=self.page, action="portal.translation_released", user=by)
        if problem:
            raise ValidationError(self.in_words(problem))

    @transaction.atomic
    def send_back(self, by, comment):
        """Give it back to its translators, with a word on what is to be done."""
        self.locked()
        comment = comment.strip()
        if not comment:
            raise ValidationError({"comment": _("Say what the translators shall look at.")})
        self.sent_back.create(by=by, comment=comment)
        self.tell_translators("translation_sent_back", by, comment=comment)
        log(instance=self.page, action="portal.translation_sent_back", user=by)

    # -- When the original is gone -------------------------------------------------------------------------------------

    @transaction.atomic
    def keep_as_original(self, by):
        """The page stands on its own from now on; what is translated from it next comes from here."""
        TranslationSource.objects.filter(object_id=self.key).delete()
        log(instance=self.page, action="portal.translation_ended", user=by)

    @transaction.atomic
    def take_down(self, by):
        """Out of public sight, as its original is."""
        self.page.specific.take_down()  # Wagtail takes it for a page of its own by now, which a reviewer could not unpublish
        log(instance=self.page, action="portal.closed", user=by)

    # -- What they need ------------------------------------------------------------------------------------------------

    def locked(self):
        translation = Translation.objects.select_for_update(of=("self",)).filter(pk=self.get_translation().pk).first()
        if translation is None or not translation.enabled:
            raise ValidationError(_("This page is not translated from another one any more."))
        return translation

    def get_translation(self):
        found = Translation.objects.filter(source__object_id=self.key, target_locale=self.locale_id).select_related("source")
        return found.first() or Translation()

    def strings(self):
        """Its strings that there are to translate, with `text`: what is translated, or None."""
        segments = strings_to_translate(source=self.get_translation().source_id)
        segments = segments.select_related("string", "context").order_by("order", "pk")
        return segments.annotate_translation(self.locale, include_errors=True)

    def fingerprint(self):
        """What a reviewer has seen, in short: another one means that somebody has changed a string since."""
        strings = [(segment.pk, segment.translation or "") for segment in self.strings()]
        return sha256(repr(strings).encode()).hexdigest()[:16]

    def translators(self):
        """Who has worked on it."""
        ours = StringTranslation.objects.filter(context__object_id=self.key, locale=self.locale_id)
        return User.objects.filter(pk__in=ours.values("last_translated_by"), is_active=True).order_by("pk")

    def tell_translators(self, template, by, **words):
        url = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        for person in self.translators().exclude(pk=by.pk if by else None):
            name = by.get_full_name() if by else ""  # never the address
            context = {"title": self.title, "code": self.language, "by": name, "url": url, **words}
            queue_mail([person.email], template, context, person.language or self.language)

    def in_words(self, error):
        """What is wrong with which field of the page."""
        if not hasattr(error, "message_dict"):
            return error.messages
        model = self.page.specific_class
        names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()}
        return [f"{capfirst(names.get(name, name))}: {text}" for name, texts in error.message_dict.items() for text in texts]
