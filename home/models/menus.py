from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page, TranslatableMixin


class Menu(TranslatableMixin, ClusterableModel):
    """A row of links: the one at the head of every page, or the one at its foot."""

    class Place(models.TextChoices):
        MAIN = "main", _("at the head")
        FOOTER = "footer", _("at the foot")

    place = models.CharField(_("where"), max_length=10, choices=Place, help_text=_("Each place has one menu in each language."))

    panels = ["place", InlinePanel("items", label=_("Link"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["place", "locale"], name="one_menu_for_a_place")]

    def __str__(self):
        return str(self.get_place_display())

    def clean(self):
        super().clean()
        if Menu.objects.filter(place=self.place, locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError({"place": _("There is one already.")})


class MenuItem(TranslatableMixin, Orderable):
    """A link in a menu: to a page of the portal, shown in the reader's language, or to an address elsewhere."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")
    label = models.CharField(_("words"), max_length=60, blank=True, help_text=_("Left empty, the title of the page."))
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    url = models.URLField(_("or address"), blank=True, help_text=_("Elsewhere on the web, with https:// before it."))

    panels = ["label", PageChooserPanel("page"), "url"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label or (self.page.title if self.page else self.url)

    def clean(self):
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page, or give an address: one of the two.")})
