"""Lists of words about what happens, shared by records, filters and forms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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

# What an event may be meant to bring, each with a number: said before it is announced, and counted afterwards.
OUTCOMES = [
    ("people", _("people who come")),
    ("first_timers", _("people who come for the first time")),
    ("contributors", _("people who contribute for the first time")),
    ("contributions", _("contributions made there (edits, patches, translations, reports)")),
    ("communities", _("communities that meet each other")),
    ("trained", _("people trained")),
    ("organisers", _("people who will help to organise")),
    ("follow_ups", _("meetings agreed on")),
]

# What makes it possible for people to take part.
ACCESS = [
    ("step_free", _("step-free from the street to a seat")),
    ("toilet", _("toilet for wheelchair users")),
    ("loop", _("hearing loop")),
    ("sign_language", _("sign language")),
    ("captions", _("live captions")),
    ("quiet_room", _("a quiet room")),
    ("childcare", _("childcare")),
    ("guide_dogs", _("assistance dogs are welcome")),
]

PATTERNS = [
    ("weekly", _("every week")),
    ("fortnightly", _("every two weeks")),
    ("monthly", _("every month, on the same weekday (say, the second Wednesday)")),
]

WHICH_HOUR = [("first", pgettext_lazy("hour", "the first")), ("second", pgettext_lazy("hour", "the second"))]
LONGEST_LINK = 1000  # some meeting rooms have long ones
