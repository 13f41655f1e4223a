"""Lists of words about what happens, shared by records, filters and forms."""

from django.utils.translation import gettext_lazy as _

EVENT_KINDS = [
    ("meetup", _("meet-up")),
    ("training", _("training")),
    ("workshop", _("workshop")),
    ("hackfest", _("hackfest")),
    ("sprint", _("sprint")),
    ("talk", _("talk")),
    ("online", _("online")),
]

TIMES = [("upcoming", _("coming")), ("past", _("past"))]
