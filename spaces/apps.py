from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "spaces"
    verbose_name = _("Spaces")

    def ready(self):
        post_migrate.connect(fill_map, sender=self)


def fill_map(sender, using, **kwargs):
    """A portal that had spaces before it had a map: its pins are made once."""
    if "spaces_pin" not in connections[using].introspection.table_names():  # migrated back to before the map
        return
    pins, spaces = sender.get_model("Pin").objects.using(using), sender.get_model("Space").objects.using(using)
    if not pins.exists() and spaces.public().exists():
        pins.rebuild()
