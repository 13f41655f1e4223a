"""What is said about each step of a request, to whom it concerns. A leaf."""

from django.utils.translation import gettext_lazy as _

# verb -> part -> one sentence.
TOLD = {
    "confirm": {
        "organiser": _("Your request is on its way to the host. You read the answer on the page below, and get it by mail."),
        "host": _("Somebody asks for your space. You answer with a button on the page below; opening it decides nothing."),
    },
    "correct": {"host": _("The organiser has set right what they said.")},
    "say": {
        "organiser": _("The host has written to you. You can answer on the page below."),
        "host": _("The organiser has written to you. You can answer on the page below."),
    },
    "accept": {
        "organiser": _("The space is yours then, and nobody else’s. On the page below you can plan the event for all to see."),
        "host": _("It is promised. Thank you for opening your door."),
    },
    "decline": {"organiser": _("The host cannot give you the space at this time. The page below shows others that are free.")},
    "propose": {
        "organiser": _("The host proposes a time. Nothing is held until you agree on the page below."),
    },
    "agree": {
        "organiser": _("The space is yours then, and nobody else’s."),
        "host": _("The organiser has agreed: this time is promised. Thank you for opening your door."),
    },
    "turn_down": {"host": _("The time that was proposed does not suit. You can propose another one, or decline.")},
    "withdraw": {
        "organiser": _("The host has withdrawn: this time is not yours any more. The page below shows other spaces."),
        "host": _("The promise is taken back, and the organiser knows."),
    },
    "cancel": {
        "organiser": _("This is cancelled, and the host knows:"),
        "host": _("The organiser does not need your space then:"),
    },
    "expire": {
        "organiser": _("Nobody has answered in time. The page below shows other spaces. We are sorry."),
        "host": _("A request for your space was not answered in time, and is closed."),
    },
    "move": {
        "organiser": _("Another space has stepped in: your meeting is there, at the same time."),
        "host": _("You have stepped in. The meeting is in your space. Thank you."),
    },
}
# The subject of a letter, where it is not the step itself.
HEADINGS = {
    ("confirm", "organiser"): _("Your request is sent"),
    ("confirm", "host"): _("Somebody asks for your space"),
    ("move", "host"): _("You have stepped in"),
    ("reminder", "host"): _("Somebody waits for your answer"),
    ("reminder", "organiser"): _("The host waits for your answer"),
    ("keepers", "region"): _("A request is not answered"),
    ("outcome", "organiser"): _("How it went"),
    ("case_opened", "region"): _("A case that needs you"),
    ("case_overdue", "region"): _("A case is overdue"),
    ("substitute_asked", "host"): _("A group looks for a room"),
    ("substitute_lapsed", "host"): _("Not needed any more"),
    ("case_closed", "organiser"): _("How it ended"),
    ("case_declined", "organiser"): _("Nobody can step in so far"),
    ("hostless", "region"): _("A request for a space without a host"),
}
REMINDED = {
    "host": _("Somebody waits for your answer. If you do not want to give the space, please say so: that helps, too."),
    "organiser": _("The host waits for you: does the proposed time suit?"),
}
# The region's team has acted in the host's place: both sides read that it was not the host.
TOLD_BY_REGION = {
    "say": {
        "organiser": _("The region’s team has written to you. You can answer on the page below."),
        "host": _("The region’s team has written about this request."),
    },
    "accept": {
        "organiser": _("The region’s team has said yes for the host: the space is yours at this time, and nobody else’s."),
        "host": _("The region’s team has said yes for you: this time is promised."),
    },
    "decline": {
        "organiser": _("The region’s team has answered for the host: the space cannot be had at this time."),
        "host": _("The region’s team has declined for you."),
    },
    "propose": {
        "organiser": _(
            "The region’s team has proposed a time for the host. Nothing is held until you agree on the page below."
        ),
        "host": _("The region’s team has proposed a time for you."),
    },
    "withdraw": {
        "organiser": _("The region’s team has withdrawn for the host: this time is not yours any more."),
        "host": _("The region’s team has withdrawn for you, and the organiser knows."),
    },
}
# Nobody has answered in time, when it was the organiser's turn.
NOT_AGREED = _("The time that was proposed was not agreed to in time, so the request is closed.")
HOSTLESS = _("Somebody asks for a space of which no host is named, so you answer. What you do there you do for the host.")
ENDED = _("The case is closed:")
ALL_DECLINED = _("None of the spaces that were asked can step in. The region’s team knows; you can ask others, too.")
NOBODY_ANSWERS = _("A request in your region is not answered. You can answer for the host.")
ASKED_HOW_IT_WENT = _("How did it go? Three questions, half a minute.")
SUBSTITUTE = _(
    "A group has lost its room shortly before the meeting. Could they meet in yours? The first to say yes helps them."
)
NOT_NEEDED = _("The group that had lost its room does not need yours any more. Thank you for being there.")
CASES = {
    "withdrawn": _(
        "A host has withdrawn shortly before a meeting. Other spaces that are free then can be asked with one click."
    ),
    "cancelled": _("A meeting on which others rely was cancelled. Please see to it that they know."),
}
OVERDUE = _("A step of a case is overdue.")
