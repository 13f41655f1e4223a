"""A page of a request on which somebody acts: each button is a verb, and what cannot be is said in words."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from spaces.held import CONFLICT
from spaces.models.request_steps import Verb

from .answers import ProposeForm, WordsForm

LABELS = {
    "say": _("Your message"),
    "decline": _("Why it is not possible"),
    "withdraw": _("Why"),
    "cancel": _("Why, if you want to say it"),
    "turn_down": _("A few words to the host"),
    "accept": _("A few words to the organiser"),
    "agree": "",
    "note": _("Note"),
}
DONE = {
    "say": _("Your message is on its way."),
    "accept": _("Accepted. The organiser knows."),
    "decline": _("Declined. The organiser knows."),
    "propose": _("Proposed. The organiser is asked."),
    "withdraw": _("Withdrawn. The organiser knows."),
    "cancel": _("Cancelled. The host knows."),
    "agree": _("Agreed. The time is yours."),
    "turn_down": _("The host knows."),
    "note": _("Noted, for the team alone."),
    "outcome": _("Thank you for telling."),
}
NEED_WORDS = {"say", "decline", "withdraw", "note"}


class Acting:
    """Put before a view that has `asked`, `actor` and `show(forms, refused, status)`. `verbs` are those of its page."""

    verbs = ()

    def post(self, request, *args, **kwargs):
        act = request.POST.get("act", "")
        if act not in self.verbs:
            return redirect(request.path)
        form = self.form_for(act, request.POST)
        if not form.is_valid():
            return self.show({act: form})
        try:
            self.do(act, form, request.POST)
        except ValidationError as error:
            self.asked.refresh_from_db()
            return self.show({act: form}, " ".join(error.messages), CONFLICT)  # with what was typed
        return self.done(act)

    def done(self, act):
        """Once more the page, which says what was done."""
        return redirect(f"{self.request.path}?done={act}")

    @property
    def done_words(self):
        return DONE.get(self.request.GET.get("done", ""), "")

    def form_for(self, act, data=None):
        if act == "propose":
            return ProposeForm(data, asked=self.asked, auto_id=f"id_{act}_%s")
        return WordsForm(data, label=LABELS[act], required=act in NEED_WORDS, auto_id=f"id_{act}_%s")

    def do(self, act, form, data):
        text = form.cleaned_data["text"]
        dates = self.chosen(act, data)
        match act:
            case "accept":
                self.asked.accept(self.actor, text=text, **dates)
            case "decline" | "withdraw":
                getattr(self.asked, act)(text, self.actor, **dates)
            case "cancel":
                self.asked.cancel(self.actor, text, **dates)
            case "propose":
                self.asked.propose(*form.moment, self.actor, text)
            case "agree":
                self.asked.agree(self.actor, data.get("proposal"))
            case "turn_down":
                self.asked.turn_down(self.actor, text)
            case "say" | "note":
                getattr(self.asked, act)(text, self.actor)

    def chosen(self, act, data):
        """Of several dates those that were ticked; without a choice, all."""
        return {"dates": data.getlist("dates")} if "choose" in data else {}

    def chosen_of_own(self, act, data):
        """The same for who answers for some spaces only: `dates_for` names the dates in those."""
        own = [booking.key for booking in self.dates_for(act)] if act in CHOOSING else []
        if act not in CHOOSING or (not own and self.asked.is_flexible):  # nothing but words, or a request for any day
            return {}
        return {"dates": [key for key in data.getlist("dates") if key in own] if "choose" in data else own}

    def acts(self, forms=None):
        """What is possible now: {verb: (form, the dates to choose from where there are several)}."""
        found = {}
        for name in self.verbs:
            dates = self.dates_for(name)
            if self.asked.may(Verb(name)) and (dates or name not in CHOOSING or self.asked.is_flexible):
                found[name] = {
                    "form": (forms or {}).get(name) or self.form_for(name),
                    "dates": dates if len(dates) > 1 and name in CHOOSING else [],
                    "is_open": name in (forms or {}),
                }
        return found

    def dates_for(self, name):
        return self.asked.dates_for(Verb(name))


CHOOSING = {"accept", "decline", "withdraw", "cancel"}  # of several dates
