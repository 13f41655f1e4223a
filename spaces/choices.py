"""Lists of words about spaces, shared by records, filters and forms."""

from django.utils.translation import gettext_lazy as _

KINDS = [
    ("community", _("community space")),
    ("hackerspace", _("hackerspace")),
    ("library", _("library")),
    ("university", _("university")),
    ("school", _("school")),
    ("coworking", _("coworking space")),
    ("company", _("company")),
    ("cafe", _("café")),
    ("cultural", _("cultural centre")),
]

FACILITIES = [
    ("wifi", _("wifi")),
    ("projector", _("projector")),
    ("whiteboard", _("whiteboard")),
    ("power", _("power sockets")),
    ("backup-power", _("backup power")),
    ("kitchen", _("kitchen")),
    ("sound", _("sound system")),
    ("streaming", _("streaming")),
    ("workshop", _("workshop tools")),
    ("childcare", _("childcare")),
    ("parking", _("parking")),
    ("quiet-room", _("quiet room")),
]

STEP_FREE = [
    ("yes", _("step-free")),
    ("partly", _("partly step-free")),
    ("no", _("steps at the entrance")),
    ("unknown", _("step-free access not known")),
]

COSTS = [
    ("free", _("free")),
    ("donation", _("donation")),
    ("hourly", _("paid by the hour")),
    ("daily", _("paid by the day")),
]
