"""The page behind the link of a letter: shows what the public reads, and takes one of three answers.

Opening it decides nothing, so it does no harm when a mail scanner follows the link. It uses no cookie: whoever holds
the link may answer, and it says so once; then it is over.
"""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail import hooks

from portal.alternates import same_view_alternates
from portal.links import LinkBroken, LinkError
from portal.panels import fact
from regions.models import ProblemReport

from .forms import NoteForm
from .links import LinkAnswered, addressee_of, question_of, read, record_of
from .showing import edit_url, public_link

GONE, NOT_FOUND = 410, 404


# Exempt, because it acts for whoever holds the link and for nobody's session.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ConfirmPage(View):
    """All still right, something changed, or closed: each is a button."""

    def dispatch(self, request, *args, token):
        try:
            self.content = read(token)
            self.record = record_of(self.content)
            self.addressee = addressee_of(self.content, self.record)
            self.check_open()
        except LinkError as error:
            return self.closed(error)
        return super().dispatch(request, *args, token=token)

    def check_open(self):
        if question_of(self.record) != self.content["question"] or not self.record.may_be_shown:
            raise LinkAnswered

    def get(self, request, token):
        return self.page()

    def post(self, request, token):
        answers = {"right": self.right, "changed": self.changed, "closed": self.we_closed, "declared": self.declared}
        answer = answers.get(request.POST.get("answer"))
        return answer() if answer else HttpResponseRedirect(request.path)

    # -- Answers -----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def once(self):
        """Take the row: of two answers at once, the second finds the question answered."""
        type(self.record).objects.select_for_update().get(pk=self.record.pk)
        self.record = record_of(self.content)
        self.check_open()

    def person(self):
        """The account that answers, if it is the one that was asked; else the link alone."""
        user = self.request.user
        return user if user.is_authenticated and user.email.lower() == self.addressee.email.lower() else None

    def answer(self, act):
        try:
            with transaction.atomic():
                self.once()
                act()
        except LinkError as error:
            return self.closed(error)
        return None

    def right(self):
        return self.answer(self.confirm) or self.page(done="right")

    def confirm(self):
        self.record.confirm(by=self.person(), is_owner=self.addressee.is_owner)

    def changed(self):
        """For owners. Whoever keeps the region changes it in the workplace, and has nobody to tell."""
        if not self.addressee.is_owner:
            return HttpResponseRedirect(self.request.path)
        form = NoteForm(self.request.POST, record=self.record)
        if not form.is_valid():
            return self.page(form=form)
        return self.answer(form.save) or self.page(done="changed")

    def owner_form(self, data=None):
        """What only its owner can add, if something is missing; the app whose record it is brings the form."""
        if not self.addressee.is_owner:
            return None
        forms = (make(self.record, data) for make in hooks.get_hooks("owner_form"))
        return next(filter(None, forms), None)

    def declared(self):
        form = self.owner_form(self.request.POST)
        if form is None:
            return HttpResponseRedirect(self.request.path)
        if not form.is_valid():
            return self.page(owner_form=form)
        return self.answer(lambda: form.save(by=self.person())) or self.page(done="declared", told=form.done)

    def we_closed(self):
        return self.answer(self.close) or self.page(done="closed")

    def close(self):
        """A host's word is enough, since nobody is listed against their will; the ambassador is told, and can undo it."""
        if self.addressee.is_owner:
            ProblemReport.objects.file(self.record, ProblemReport.Kind.CLOSED, by_owner=True)
        if self.record.closes_at_once:
            self.record.close(by=self.person())

    # -- Pages -------------------------------------------------------------------------------------------------------

    def facts(self):
        return [fact(self.record, name) for name in self.record.shown_facts]

    def closed(self, error):
        return self.respond({"why_closed": str(error)}, NOT_FOUND if isinstance(error, LinkBroken) else GONE)

    def page(self, **context):
        known = {
            "record": self.record,
            "addressee": self.addressee,
            "facts": self.facts(),
            "form": NoteForm(record=self.record),
            "owner_form": self.owner_form(),
        }
        links = {"link": public_link(self.record, self.request), "edit_url": edit_url(self.record, self.request.user)}
        return self.respond({**known, **links, **context})

    def respond(self, context, status=200):
        context["alternates"] = same_view_alternates(self.request)
        return render(self.request, "regions/keeping/confirm.html", context, status=status)
