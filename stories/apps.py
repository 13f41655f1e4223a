from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self):
        import_module("stories.bookings")  # its receiver hears when a space is lost
