from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fields import CodesField
from spaces.choices import FACILITIES
from spaces.prices import wrong_price
from spaces.submitting.words import RELATIONS

from .spaces import Space


def as_in_space(name, **otherwise):
    """The same column as the space's: what is submitted fits."""
    field = Space._meta.get_field(name).clone()
    vars(field).update(otherwise)
    return field


class SubmittedFacts(models.Model):
    """What a form about a space asks: the facts of a space, and what else it takes to decide."""

    FACTS = (
        "name kind address city country latitude longitude capacity facilities step_free cost price currency website".split()
    )

    name = as_in_space("name")
    kind = as_in_space("kind")
    address = as_in_space("address", blank=False)
    city = as_in_space("city")
    country = as_in_space("country")
    latitude = as_in_space("latitude")
    longitude = as_in_space("longitude")
    is_middle_of_city = models.BooleanField(_("the position is only the middle of the city"), default=False)
    capacity = as_in_space("capacity")
    facilities = CodesField(_("facilities"), codes=FACILITIES, help_text=_("Only what visitors can count on."))
    step_free = as_in_space("step_free")
    cost = as_in_space("cost")
    price = as_in_space("price")
    currency = as_in_space("currency")
    website = as_in_space("website")
    supports_free_software = as_in_space("supports_free_software")
    has_basic_resources = as_in_space("has_basic_resources")
    not_commercialised = as_in_space("not_commercialised")
    host_agrees = as_in_space("host_agrees")
    # Words, in the language of the page on which they were written
    summary = models.CharField(
        _("what it is like"), max_length=300, blank=True, help_text=_("One or two sentences for somebody who was never there.")
    )
    getting_in = models.CharField(
        _("how to get in"),
        max_length=300,
        blank=True,
        help_text=_("From the street to the door: which bell, which floor, whom to call."),
    )
    opening_hours = models.CharField(
        _("when the community can use it"), max_length=300, blank=True, help_text=_("In your words: “Tuesdays from 6 pm”.")
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    # Who sent it, and who opens the door. Never public.
    submitter = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail address"))
    relation = models.CharField(_("what you have to do with the place"), max_length=10, choices=RELATIONS, default="host")
    host_name = models.CharField(_("the host's name"), max_length=160, blank=True)
    host_email = models.EmailField(_("the host's e-mail address"), blank=True)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if wrong := wrong_price(self):
            raise ValidationError(wrong)

    @property
    def facts(self):
        """As they go into a space."""
        return {name: getattr(self, name) for name in (*self.FACTS, *Space.DECLARATIONS)}

    def said_of(self, name):
        """What goes into the page's text of this name: when it is open, in words, belongs to how one gets in."""
        words = [getattr(self, name), self.opening_hours if name == "getting_in" else ""]
        return "\n".join(filter(None, words))

    @property
    def host(self):
        """(name, address) of whoever opens the door: somebody else, or the submitter.

        The name stands on the page, so it is the one that was given for that; without one, the place speaks for itself.
        """
        is_other = self.relation != "host" and self.host_email
        return self.host_name or self.name, self.host_email if is_other else self.email
