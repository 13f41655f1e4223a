"""What whoever submitted does with the links from the letters: confirm the address, see, answer, correct, withdraw."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spaces.held import CONFLICT, HeldView
from spaces.models import SpaceSubmission
from spaces.models.submission_steps import Verb
from spaces.models.submissions import ADDRESS, STATUS
from spaces.tiles import with_tiles

from .forms import FactsForm
from .letters import page_url
from .positions import as_text
from .steps import FACTS
from .summaries import summary_of
from .tidying import tidied

OWN = (Verb.ANSWER, Verb.CORRECT, Verb.WITHDRAW, Verb.SEND_AGAIN)


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("What you want to say"), max_length=2000, widget=forms.Textarea({"rows": 6}))


class SubmissionView(HeldView):
    """Of the submission that a link opens."""

    purpose = STATUS

    def hold(self, token):
        self.submission = SpaceSubmission.objects.held_with(token, self.purpose)

    def instead(self):
        is_early = self.purpose == STATUS and self.submission.status == SpaceSubmission.Status.SUBMITTED
        return redirect("submission_sent") if is_early else None


class ConfirmAddress(SubmissionView):
    """One button: this address is mine, and I sent this."""

    purpose = ADDRESS
    template_name = "spaces/submitting/confirm.html"

    def get(self, request, token):
        if not self.submission.may(Verb.CONFIRM):
            return redirect(self.submission.path(get_language()))
        return self.page({"submission": self.submission})

    def post(self, request, token):
        if self.submission.may(Verb.CONFIRM):
            try:
                self.submission.confirm()
            except ValidationError:  # pressed twice: it is confirmed
                self.submission.refresh_from_db()
        return redirect(self.submission.path(get_language()))


class StatusPage(SubmissionView):
    """How it stands with the space that somebody sent, and what they can do."""

    template_name = "spaces/submitting/status.html"

    def get(self, request, token):
        return self.status_page()

    def post(self, request, token):
        act = request.POST.get("act")
        if act == "answer":
            form = AnswerForm(tidied(request.POST))
            if not form.is_valid():
                return self.status_page(form)
            return self.done(self.submission.answer, form.cleaned_data["text"])
        acts = {"withdraw": self.submission.withdraw, "send_again": self.submission.send_again}
        return self.done(acts[act]) if act in acts else redirect(request.path)

    def done(self, verb, *args):
        try:
            verb(*args)
        except ValidationError as error:
            self.submission.refresh_from_db()
            return self.status_page(refused=" ".join(error.messages), status=CONFLICT)
        return redirect(self.request.path)

    def status_page(self, form=None, status=200, **context):
        history = list(self.submission.steps.select_related("by"))
        said = [step for step in history if step.verb in (Verb.ASK, Verb.DECLINE)]
        return self.page(
            {
                "submission": self.submission,
                "history": history,
                "question": said[-1] if said else None,
                "summary": summary_of(self.submission),
                "may": {verb.value: self.submission.may(verb) for verb in OWN},
                "form": form or AnswerForm(),
                "facts_url": reverse("correct_submission", args=[self.token]),
                "page_url": page_url(self.submission),
                **context,
            },
            status,
        )


class CorrectFacts(SubmissionView):
    """The facts once more, all on one page; who sent it and what was declared stay."""

    template_name = "spaces/submitting/correct.html"

    def get(self, request, token):
        return self.form_page(FactsForm(instance=self.submission, steps=FACTS, initial={"position": self.position()}))

    def post(self, request, token):
        form = FactsForm(request.POST, instance=self.submission, steps=FACTS)
        if not form.is_valid():
            return self.form_page(form)
        try:
            self.submission.correct(**form.facts)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_page(form, CONFLICT)
        return redirect(self.status_url)

    @property
    def status_url(self):
        return reverse("status", args=[self.token])

    def position(self):
        here = self.submission
        return "" if here.is_middle_of_city else as_text(here.latitude, here.longitude)

    def form_page(self, form, status=200):
        if not self.submission.may(Verb.CORRECT):
            return redirect(self.status_url)
        return with_tiles(self.page({"form": form, "submission": self.submission, "status_url": self.status_url}, status))


confirm_submission = ConfirmAddress.as_view()
submission_status = StatusPage.as_view()
correct_submission = CorrectFacts.as_view()
