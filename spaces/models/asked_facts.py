from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.fields import LanguagesField
from regions.models import UserGroup

MOST_PEOPLE = 100_000


class AskedFacts(models.Model):
    """What an organiser says when asking for a space, once: the event, its page and its story take it from here."""

    title = models.CharField(
        pgettext_lazy("request", "what for"),
        max_length=160,
        help_text=_("As you would announce it: “Evening for new mappers”."),
    )
    community = models.CharField(
        _("which community"), max_length=160, help_text=_("The group that meets, or that you ask for.")
    )
    group = models.ForeignKey(
        UserGroup,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("user group"),
    )  # the one of that name in the directory
    people = models.PositiveIntegerField(
        _("how many people"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    needs = models.TextField(
        _("what is needed"),
        max_length=1000,
        blank=True,
        help_text=_("A projector, a kitchen, a room for children, help at the door."),
    )
    languages = LanguagesField(_("your languages"), help_text=_("In which the host can write and talk to you."))
    organiser = models.CharField(_("your name"), max_length=160)
    email = models.EmailField(_("your e-mail address"))
    language = models.CharField(max_length=12, editable=False)  # in which we write to them

    class Meta:
        abstract = True
