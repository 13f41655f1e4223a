"""What a region can do with a submission: a form for each verb, which calls it."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages import language_name
from regions.models import Region
from spaces.models.submission_steps import Verb

WORDS = 2000


class ActForm(forms.Form):
    """Asks what a verb needs and calls it. `seen` is the last step that stood on the screen."""

    button = question = done = ""
    classname = "button-secondary"

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.submission = submission

    def act(self, by):
        """Returns the address to go on to, or nothing."""
        raise NotImplementedError


class AskForm(ActForm):
    button = _("Ask for more")
    question = _("The question goes to the submitter by mail, with your name. The answer comes back here.")
    done = _("The question is on its way.")
    text = forms.CharField(label=_("Question"), max_length=WORDS, widget=forms.Textarea({"rows": 5}))

    def act(self, by):
        self.submission.ask(self.cleaned_data["text"], by, self.cleaned_data["seen"])


class DeclineForm(ActForm):
    button = _("Decline")
    question = _("The reason goes to the submitter by mail, with your name. They may answer, and you may change your mind.")
    done = _("The submission is declined, and the submitter knows why.")
    text = forms.CharField(label=_("Reason"), max_length=WORDS, widget=forms.Textarea({"rows": 5}))

    def act(self, by):
        self.submission.decline(self.cleaned_data["text"], by, self.cleaned_data["seen"])


class ReopenForm(ActForm):
    button = _("Look at it again")
    question = _("It waits for the region once more. The submitter is told.")
    done = _("It waits for the region once more.")

    def act(self, by):
        self.submission.reopen(by, self.cleaned_data["seen"])


class HandOverForm(ActForm):
    button = _("Hand over to another region")
    question = _("The ambassadors of the other region see it from now on, and you do not. The submitter is told.")
    done = _("It is handed over.")
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.open().exclude(pk=self.submission.region_id)

    def act(self, by):
        self.submission.hand_over(self.cleaned_data["region"], by, self.cleaned_data["seen"])
        return reverse("submissions:index")


class ListForm(ActForm):
    button, classname = _("List it"), ""
    question = _(
        "A space with these facts, its host and its page are made. You come to the page next, and can write more there."
    )
    done = _("The space is made. This is its page.")
    publish = forms.TypedChoiceField(
        label=_("The page is"),
        choices=[("live", _("public at once")), ("draft", _("a draft, which somebody publishes later"))],
        coerce=lambda value: value == "live",
        initial="live",
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(label=_("What it is like"), max_length=255, required=False, widget=forms.Textarea({"rows": 3}))
    getting_in = forms.CharField(label=_("How to get in"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        one = self.submission
        for name in ("summary", "getting_in"):
            said = one.said_of(name)
            if one.region and one.language == one.region.language:
                self.initial[name] = said
            elif one.region and said:
                words = _("Written in %(theirs)s: “%(said)s” The page is in %(ours)s: say it in that language here.")
                names = {"theirs": language_name(one.language), "ours": language_name(one.region.language)}
                self.fields[name].help_text = words % {**names, "said": said}

    def act(self, by):
        data = self.cleaned_data
        words = {"summary": data["summary"], "getting_in": data["getting_in"]}
        space = self.submission.list(by, data["publish"], data["seen"], **words)
        return reverse("wagtailadmin_pages:edit", args=[space.pages.first().pk])


ACTS = {
    Verb.LIST: ListForm,
    Verb.ASK: AskForm,
    Verb.DECLINE: DeclineForm,
    Verb.REOPEN: ReopenForm,
    Verb.HAND_OVER: HandOverForm,
}
