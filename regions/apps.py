from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = _("Regions")

    def ready(self):
        import_module("regions.translating.following")  # its receivers keep the translators' board true
