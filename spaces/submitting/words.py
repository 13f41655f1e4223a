"""What is said about each step of a submission: in the history, and to whoever submitted. A leaf."""

from django.utils.translation import gettext_lazy as _

RELATIONS = [
    ("host", _("I open the door there: I am the host")),
    ("community", _("I belong to the community that meets there, or would like to")),
    ("other", _("I know the place for another reason")),
]

# What each declaration means, for somebody who reads it for the first time.
DECLARATIONS = {
    "supports_free_software": _(
        "The place welcomes meetings about free and open source software, open data and open knowledge, "
        "and does not ask groups to promote anything else instead."
    ),
    "has_basic_resources": _(
        "There are seats for the people it is listed for, light, power sockets and a toilet that visitors may use."
    ),
    "not_commercialised": _(
        "A price for the room is fine. Selling tickets to the community's own meetings, collecting visitors' addresses "
        "for advertising, or making a group sell products is not."
    ),
    "host_agrees": _("Whoever opens the door knows that the place will stand in a public directory, and has said yes."),
}

# One sentence for the submitter, when the step has happened.
TOLD = {
    "confirm": _(
        "Thank you, your address is confirmed. People who know the region will look at what you sent and write to you."
    ),
    "ask": _("The region has a question before the space can be listed. You can answer on the page below."),
    "answer": _("Your answer has arrived. The region goes on from here."),
    "correct": _("What you corrected is kept, and the region sees it."),
    "list": _("The space is accepted. Thank you for opening a door."),
    "decline": _("The region decided not to list the space now. If things are different, tell them on the page below."),
    "reopen": _("The region looks at the space once more."),
    "hand_over": _("Another region looks at the space now, because it is nearer."),
    "withdraw": _(
        "You have withdrawn the space. Nobody goes on with it; for half a year you can send it again from the page below."
    ),
    "send_again": _("The space is sent again, and waits for the region."),
}

# What the region is told, when it is its turn.
WAITS = {
    "confirm": _("Somebody has submitted a space in your region."),
    "answer": _("Your question about a space has been answered."),
    "correct": _("The facts of a space that waits for you were corrected."),
    "hand_over": _("A space was handed over to your region."),
    "send_again": _("A space in your region was submitted again."),
}
