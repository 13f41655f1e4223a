"""What is said to those who come: how it stands with their seat, and what happened to the event. A leaf."""

from django.utils.translation import gettext_lazy as _

HEADINGS = {
    "plan": _("Your event is planned"),
    "announce": _("Your event is announced"),
    "going": _("Your place"),
    "waiting": _("You are on the waiting list"),
    "moved_up": _("There is a place for you"),
    "already": _("Your place"),
    "cancelled": _("You do not come"),
    "reminder": _("It is soon"),
    "reschedule": _("Another time"),
    "postpone": _("Postponed"),
    "relocate": _("Another place"),
    "go_online": _("Online instead"),
    "cancel": _("Cancelled"),
    "lose_space": _("The room is lost"),
    "win_space": _("The room is confirmed"),
}
# verb -> what whoever organises it is told.
TO_ORGANISERS = {
    "plan": _("It is planned. Say on the page below what is not known yet; then the region’s team announces it."),
    "announce": _("It is announced: people can read of it, and say that they come."),
    "reschedule": _("It takes place at another time. Whoever has said that they come is told."),
    "postpone": _("It is postponed, to a time that is not known yet. Whoever has said that they come is told."),
    "relocate": _("It takes place somewhere else. Whoever has said that they come is told."),
    "go_online": _("It takes place online. Whoever has said that they come is told."),
    "cancel": _("It is cancelled. Whoever has said that they come is told."),
}
TOLD = {
    "going": _("You have a place. If you cannot come after all, please say so below: somebody else will be glad."),
    "waiting": _("All places are taken at the moment. As soon as one is free, you move up by yourself and get a letter."),
    "moved_up": _("Somebody has given up their place, and it is yours now. If you do not need it, please say so below."),
    "already": _("You have said already that you come. Here is the link to your place once more."),
    "cancelled": _("Thank you for saying so. You can change your mind on the page below, as long as there are places."),
    "reminder": _("We look forward to you. If you cannot come after all, please say so below: somebody else will be glad."),
    "reschedule": _("The event takes place at another time. If you cannot come then, please say so."),
    "postpone": _("The event does not take place at this time. As soon as a new time is known, we write to you."),
    "relocate": _("The event takes place somewhere else."),
    "go_online": _("The event takes place online. Nobody meets in a room."),
    "cancel": _("The event does not take place. We are sorry."),
    "lose_space": _("The room is not available any more, and another one is being looked for. We write to you then."),
    "win_space": _("The host has said yes: the room is confirmed."),
}
