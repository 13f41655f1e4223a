"""Lists of words that the community uses, in one place because filters, forms and records share them."""

from django.utils.translation import gettext_lazy as _

AREAS = [
    ("africa", _("Africa")),
    ("latin-america", _("Latin America")),
    ("north-america", _("North America")),
    ("europe", _("Europe")),
    ("middle-east", _("Middle East")),
    ("south-asia", _("South Asia")),
    ("southeast-asia", _("Southeast Asia")),
    ("east-asia", _("East Asia")),
    ("oceania", _("Oceania")),
]

# What one may ask an ambassador about.
TOPICS = [
    ("newcomers", _("getting started")),
    ("spaces", _("spaces")),
    ("events", _("events")),
    ("groups", _("user groups")),
    ("localization", _("localization")),
    ("training", _("training")),
    ("speaking", _("speaking invitations")),
    ("press", _("press")),
    ("accessibility", _("accessibility")),
    ("feedback", _("feedback to the foundation")),
]

# How a user group is doing.
HEALTH = [
    ("unknown", _("not known")),
    ("active", _("active")),
    ("quiet", _("quiet")),
    ("looking", _("looking for organisers")),
]

# Where a user group talks.
CHANNELS = [
    ("website", _("website")),
    ("forum", _("forum")),
    ("mailinglist", _("mailing list")),
    ("chat", _("chat")),
    ("meetup", _("meetings")),
    ("social", _("social network")),
    ("code", _("code")),
    ("video", _("video")),
    ("wiki", _("wiki")),
    ("group", _("association")),
    ("other", _("other")),
]
