import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages import language_name

VARIANTS = ";"  # stands between several agreed translations, the preferred one first


def clean_wording(text):
    """Words as they are kept: one line, single spaces, composed signs. Markup and invisible signs are refused."""
    text = unicodedata.normalize("NFC", text)
    if "<" in text or ">" in text:
        raise ValidationError(_("Words only: no markup."))
    # Joiners are part of words in some scripts; signs that turn the direction of writing are part of none.
    hidden = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") and sign not in "\u200c\u200d\t"]
    if hidden:
        raise ValidationError(_("There is an invisible sign in it (U+%04X). Type the words anew.") % ord(hidden[0]))
    return " ".join(text.split())


class GlossaryQuerySet(models.QuerySet):
    def between(self, source, target):
        """The agreed words of one pair of languages."""
        return self.filter(source_language=source, target_language=target)


class GlossaryTerm(models.Model):
    """What the people who translate into a language have agreed to call a thing, for one pair of languages."""

    source_language = models.CharField(_("from"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    target_language = models.CharField(_("into"), max_length=12, choices=settings.LANGUAGES)
    term = models.CharField(
        _("term"), max_length=120, help_text=_("As it stands in the original, in the singular: “mapping party”.")
    )
    translation = models.CharField(
        _("agreed translation"),
        max_length=200,
        blank=True,
        help_text=_("Several with a semicolon between them, the preferred one first."),
    )
    do_not_translate = models.BooleanField(
        _("do not translate"), default=False, help_text=_("A name: it stays as it is in every language.")
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("When this word and not another. Translators read it.")
    )
    folded = models.CharField(max_length=240, editable=False)  # the term without the difference of upper and lower case

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["target_language", "source_language", "folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "folded"],
                name="one_agreed_translation",
                violation_error_message=_("This term is in the glossary of these two languages already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source_language=models.F("target_language")), name="from_one_language_into_another"
            ),
        ]

    def __str__(self):
        return f"{self.term} ({self.source_language} → {self.target_language})"

    @property
    def pair(self):
        return f"{language_name(self.source_language)} → {language_name(self.target_language)}"

    @property
    def variants(self):
        """The agreed translations, the preferred one first; the term itself where it is a name."""
        agreed = [variant.strip() for variant in self.translation.split(VARIANTS) if variant.strip()]
        return [self.term] if self.do_not_translate else agreed

    def clean(self):
        problems = {}
        for name in ("term", "translation", "note"):
            try:
                setattr(self, name, clean_wording(getattr(self, name)))
            except ValidationError as error:
                problems[name] = error
        if self.source_language == self.target_language:
            problems["target_language"] = _("The two languages are the same.")
        if not self.term and "term" not in problems:
            problems["term"] = _("Words, not only spaces.")
        if not self.variants and "translation" not in problems:
            problems["translation"] = _("Say the agreed translation, or that it is not translated.")
        self.folded = self.term.casefold()
        if problems:
            raise ValidationError(problems)
        self.check_that_it_is_new()

    def check_that_it_is_new(self):
        """Beside the field: the constraint would speak of the whole form."""
        same = GlossaryTerm.objects.between(self.source_language, self.target_language).filter(folded=self.folded)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"term": _("This term is in the glossary of these two languages already.")})

    def save(self, *args, **kwargs):
        self.folded = self.term.casefold()
        super().save(*args, **kwargs)
