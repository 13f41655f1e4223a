from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.conf import settings
from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .spaces import Space


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


@receiver(email_confirmed)
def hosts_find_their_spaces(request, email_address, **kwargs):
    """Somebody named as a host has made an account, or confirmed another address."""
    SpaceHost.objects.filter(email__iexact=email_address.email).update(person=email_address.user)
