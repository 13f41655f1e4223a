"""Submitting a space, step by step. What was typed travels in the form, so nobody needs a cookie or a script."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import get_language

from portal.alternates import same_view_alternates
from portal.views.protected import ProtectedFormView
from regions.models import Region
from spaces.duplicates import likely_duplicates
from spaces.models import Space
from spaces.tiles import with_tiles

from .forms import FactsForm, SubmissionForm
from .steps import ASKED, BY_NAME, CHECK, PLACE, STEPS, after, before
from .summaries import summary_of
from .tidying import tidied

ALIKE = 5  # of those that may be the same place


class SubmitSpace(ProtectedFormView):
    """The form: it shows one step, carries what was typed in the others, and sends all of it from the last."""

    form_class = SubmissionForm
    template_name = "spaces/submitting/submit.html"
    success_url = reverse_lazy("submission_sent")

    def get(self, request, *args, **kwargs):
        return self.show(PLACE)

    def post(self, request, *args, **kwargs):
        """`step` is the page that was on the screen, `to` the button that was pressed."""
        self.typed = tidied(request.POST)
        step, to = BY_NAME.get(self.typed.get("step"), PLACE), self.typed.get("to")
        if to == "send":
            return self.send()
        if step == CHECK:
            self.drop_suggested_region()
        if to in BY_NAME:
            return self.check() if to == CHECK.name else self.show(BY_NAME[to])
        form = FactsForm(self.typed, steps=[step])
        if not form.is_valid():
            return self.show(step, form)
        return self.check() if after(step) == CHECK else self.show(after(step))

    # -- Pages ---------------------------------------------------------------------------------------------------------

    typed = None

    def show(self, step, form=None):
        """One step: as it was typed, whatever becomes of it; with what is wrong, when it was meant to go on."""
        form = form or FactsForm(initial=self.as_initial(), steps=[step])
        return self.page(step, form=form, previous=before(step) if step != PLACE else None)

    def check(self, form=None):
        """The last page, if all the others are right: everything once more, and what may be the same place."""
        facts = FactsForm(self.typed)
        if not facts.is_valid():
            return self.show(*self.first_wrong(facts))
        space = facts.instance
        region = self.typed.get("region") or self.region_of(space)
        form = form or SubmissionForm(alike=self.alike(space), initial={"region": region})
        shown = {"summary": summary_of(space), "space": space, "previous": before(CHECK)}
        return self.page(CHECK, form=form, alike=self.alike(space), **shown)

    def first_wrong(self, facts):
        wrong = next(step for step in ASKED if set(step.fields) & set(facts.errors))
        return wrong, FactsForm(self.typed, steps=[wrong])

    def send(self):
        facts = FactsForm(self.typed)
        if not facts.is_valid():
            return self.show(*self.first_wrong(facts))
        form = SubmissionForm(self.typed, network=self.get_form_kwargs()["network"], alike=self.alike(facts.instance))
        if form.is_trapped:
            return HttpResponseRedirect(self.get_success_url())
        if not form.is_valid():
            return self.check(form)
        if form.known_space:
            return self.known(form.known_space)
        return self.form_valid(form)

    def known(self, space):
        """It is listed already: where, and what one can do about it. Nothing was sent."""
        shown = Space.objects.listed().shown_in(get_language()).get(pk=space.pk)
        return render(self.request, "spaces/submitting/known.html", {"space": shown, **self.around()})

    def page(self, step, **context):
        context |= {"step": step, "number": STEPS.index(step) + 1, "steps": STEPS, "carried": self.carried(step)}
        return with_tiles(self.render_to_response({**context, **self.around()}))

    def around(self):
        return {"alternates": same_view_alternates(self.request)}

    # -- What was typed ------------------------------------------------------------------------------------------------

    def as_initial(self):
        if self.typed is None:
            return {}
        several = FactsForm.base_fields["facilities"]
        names = [name for name in FactsForm.base_fields if name in self.typed]
        return {n: self.typed.getlist(n) if FactsForm.base_fields[n] is several else self.typed[n] for n in names}

    def carried(self, step):
        """(name, value) of what the other steps ask."""
        if self.typed is None:
            return []
        names = [name for each in ASKED if each != step for name in each.fields]
        if step != CHECK:
            names.append("region")  # chosen before somebody went back
        return [(name, value) for name in names for value in self.typed.getlist(name)]

    def drop_suggested_region(self):
        """A region that nobody chose is suggested anew when the place is another one."""
        facts = FactsForm(self.typed)
        suggested = self.region_of(facts.instance) if facts.is_valid() else None
        if suggested and self.typed.get("region") == str(suggested.pk):
            self.typed.pop("region")

    # -- What is known -------------------------------------------------------------------------------------------------

    def alike(self, space):
        spaces = Space.objects.listed().shown_in(get_language()).select_related("region")
        return likely_duplicates(space.name, space.latitude, space.longitude, spaces)[:ALIKE]

    def region_of(self, space):
        return Region.objects.open().speaking_for(str(space.country), space.latitude, space.longitude)


submit_space = SubmitSpace.as_view()


def submission_sent(request):
    """Look into your mailbox."""
    return render(request, "spaces/submitting/sent.html", {"alternates": same_view_alternates(request)})
