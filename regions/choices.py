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

# What each role is for, in one sentence for somebody who is asked to take it on.
WHAT_ROLES_DO = {
    "volunteer": _("You are on the list of people who lend a hand, and are told when one is needed."),
    "contributor": _("You write drafts for the region; somebody reads them before they are published."),
    "editor": _("You write, change and publish pages of the region, and keep its facts true."),
    "ambassador": _("You look after the whole region: its pages, spaces, events, groups and people."),
    "translator": _("You put pages into your language; a reviewer or an ambassador publishes them."),
    "reviewer": _("You translate, read the translations of others and publish them."),
    "assessor": _("You read and score the applications that are given to you."),
    "staff": _("You look after all regions, and decide what concerns the whole programme."),
}

# What people are trained in at events of the community. Steps of the ladder may ask for one of them.
TRAININGS = [
    ("newcomers", _("first steps in the community")),
    ("contributing", _("contributing")),
    ("localization", _("localization")),
    ("events", _("organising events")),
    ("accessibility", _("accessibility")),
    ("safety", _("safe events and the code of conduct")),
    ("speaking", _("speaking in public")),
    ("training", _("training others")),
]
