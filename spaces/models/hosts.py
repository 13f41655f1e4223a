from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.conf import settings
from django.db import models
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from portal import links

from .spaces import Space

HOST = "host"  # purpose of the link to the page of a host
LINKS_LAST = timedelta(days=2 * 365)


def mark_of(email):
    """Whose address a link was sent to, without saying it."""
    return salted_hmac(HOST, email.strip().lower()).hexdigest()[:16]


class HostQuerySet(models.QuerySet):
    def of_address(self, email):
        """All entries with the same address: one person, or one office."""
        return self.filter(email__iexact=email.strip())

    def held_with(self, token):
        """The entry that a link opens, while it has the address to which the link was sent. Else a `LinkError`."""
        content = links.read(token, HOST, LINKS_LAST)
        found = self.select_related("space__region", "person").filter(pk=content["pk"]).first()
        if found is None or mark_of(found.email) != content.get("to"):
            raise links.LinkExpired
        return found


class SpaceHost(Orderable):
    """Who opens the door: a person or an organisation. The address is never public."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("name"), max_length=160, help_text=_("A person or an organisation: who opens the door."))
    email = models.EmailField(
        _("e-mail address"), help_text=_("Never shown to the public. Whoever confirms this address as theirs is its host.")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hosted",
        verbose_name=_("account"),
        editable=False,
    )

    objects = HostQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """The address decides whose space it is: the account of whoever has confirmed it as theirs."""
        confirmed = EmailAddress.objects.filter(email__iexact=self.email, verified=True).first()
        self.person_id = confirmed.user_id if confirmed else None
        super().save(*args, **kwargs)

    @property
    def language(self):
        """In which we write to them."""
        return (self.person and self.person.language) or self.space.region.language

    @property
    def token(self):
        return links.sign(HOST, self, to=mark_of(self.email))

    def path(self, language=""):
        """The page that lists what is asked of them, for whoever holds the link."""
        with translation.override(language or self.language):
            return reverse("host", args=[self.token])

    @property
    def here(self):
        """The same, for who reads this page."""
        return self.path(translation.get_language())

    def path_to(self, request):
        with translation.override(self.language):
            return reverse("host_request", args=[self.token, request.pk])


@receiver(email_confirmed)
def hosts_find_their_spaces(request, email_address, **kwargs):
    """Somebody named as a host has made an account, or confirmed another address."""
    SpaceHost.objects.filter(email__iexact=email_address.email).update(person=email_address.user)
