"""What whoever asked does with the links from the letters: confirm the address, see, write, cancel, tell how it went."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from portal.numbers import whole_number
from spaces.held import CONFLICT, HeldView
from spaces.models import Case, SpaceRequest
from spaces.models.request_steps import Status, Verb
from spaces.models.requests import ADDRESS, REQUEST
from spaces.submitting.tidying import tidied

from .acting import Acting
from .answers import OutcomeForm
from .calendars import calendar_of
from .forms import CorrectForm, group_of
from .others import cheapest, others, substitutes_for
from .outcomes import added_questions
from .summaries import facts_of, told

GONE_DATES = (Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN)


class RequestView(HeldView):
    """Of the request that a link opens, for whoever asked."""

    purpose = REQUEST

    def hold(self, token):
        self.asked = SpaceRequest.objects.held_with(token, self.purpose)
        self.actor = self.asked.as_organiser

    def instead(self):
        is_early = self.purpose == REQUEST and self.asked.status == Status.DRAFT
        return redirect("request_sent") if is_early else None


class ConfirmAddress(RequestView):
    """One button: this address is mine, and I ask for this."""

    purpose = ADDRESS
    template_name = "spaces/asking/confirm.html"

    def get(self, request, token):
        if not self.asked.may(Verb.CONFIRM):
            return redirect(self.asked.path(get_language()))
        return self.show()

    def post(self, request, token):
        if self.asked.may(Verb.CONFIRM):
            try:
                self.asked.confirm()
            except ValidationError as error:
                self.asked.refresh_from_db()
                if self.asked.may(Verb.CONFIRM):  # pressed twice: it is confirmed
                    return self.show(" ".join(error.messages), CONFLICT)
        return redirect(self.asked.path(get_language()))

    def show(self, refused="", status=200):
        dates = list(self.asked.bookings.select_related("space__region"))
        return self.page({"asked": self.asked, "space": self.asked.space, "dates": dates, "refused": refused}, status)


class RequestPage(Acting, RequestView):
    """How it stands with a request, and what its organiser can do."""

    template_name = "spaces/asking/status.html"
    verbs = ("agree", "turn_down", "say", "cancel")

    def get(self, request, token):
        return self.show()

    def post(self, request, token):
        act = request.POST.get("act")
        if act == "outcome":
            return self.outcome(tidied(request.POST))
        if act in ("ask_substitutes", "close_case"):
            return self.on_case(act, request.POST)
        return super().post(request, token)

    def outcome(self, data):
        booking = self.asked.bookings.select_related("space__region").filter(key=data.get("booking", "")).first()
        if booking is None:
            return redirect(self.request.path)
        booking.request = self.asked
        form, more = OutcomeForm(data, booking=booking), added_questions(booking, data, self.request.FILES)
        if not all([each.is_valid() for each in (form, *more)]):  # noqa: C419 (all of them say what is wrong)
            return self.show({f"outcome {booking.key}": (form, more)})
        try:
            with transaction.atomic():
                form.tell(self.actor)
                for each in more:
                    each.save()
        except ValidationError as error:
            return self.show(refused=" ".join(error.messages), status=CONFLICT)
        return self.done("outcome")

    def on_case(self, act, data):
        case = self.cases().open().filter(pk=whole_number(data.get("case"))).first()
        if case is None:
            return redirect(self.request.path)
        try:
            if act == "close_case":
                case.close(data.get("outcome", ""), self.actor)
            else:
                chosen = data.getlist("space")
                found = substitutes_for(case)
                spaces = [each for each in found if each.slug in chosen] if chosen else cheapest(found)
                case.ask_substitutes(spaces, self.actor)
        except ValidationError as error:
            return self.show(refused=" ".join(error.messages), status=CONFLICT)
        return redirect(self.request.path)

    # -- The page ------------------------------------------------------------------------------------------------------

    def cases(self):
        return Case.objects.filter(booking__request=self.asked, kind=Case.Kind.WITHDRAWN)

    def show(self, forms=None, refused="", status=200):
        asked, forms = self.asked, forms or {}
        dates = list(asked.all_dates())
        for booking in dates:
            booking.request = asked
        ended = [booking for booking in dates if booking.status == Status.ACCEPTED and booking.is_over]
        cases = self.cases().select_related("space", "booking__space__region").prefetch_related("offers__space", "steps")
        in_case = {case.booking_id for case in cases if case.is_open}
        gone = GONE_DATES if not asked.is_open else (Status.WITHDRAWN,)
        lost = [each for each in dates if each.status in gone and each.pk not in in_case]
        is_lost = bool(lost) or asked.status in (Status.DECLINED, Status.EXPIRED)
        context = {
            "asked": asked,
            "space": asked.space,
            "dates": dates,
            "acts": self.acts(forms),
            "may_correct": asked.may(Verb.CORRECT),
            "outcomes": [(each, *self.questions(each, forms)) for each in ended],
            "cases": [(case, substitutes_for(case)) for case in cases],
            "elsewhere": others(asked.space, get_language(), asked.people, dates[0].local if dates else None)
            if is_lost
            else [],
            "contacts": list(asked.space.hosts.all()) if asked.shows_addresses else [],
            "facts": list(facts_of(asked)),
            "history": told([step for step in asked.steps.select_related("by") if not step.is_private], dates),
            "refused": refused,
            "done": self.done_words,
            "places": asked.places if asked.shows_addresses else [],
            "is_partly": asked.status == Status.SENT and asked.shows_addresses,
            "token": self.token,
            "has_calendar": any(booking.is_taken or booking.sequence for booking in dates),
        }
        return self.page(context, status)

    def questions(self, booking, forms):
        key = f"outcome {booking.key}"
        return (
            forms[key]
            if key in forms
            else (OutcomeForm(booking=booking, auto_id=f"id_{booking.key}_%s"), added_questions(booking))
        )


class CorrectRequest(RequestView):
    """What was said, once more; when it is meant to be, and who asks, stay."""

    template_name = "spaces/asking/correct.html"

    def get(self, request, token):
        return self.form_page(CorrectForm(instance=self.asked))

    def post(self, request, token):
        form = CorrectForm(tidied(request.POST), instance=SpaceRequest.objects.select_related("space").get(pk=self.asked.pk))
        if not form.is_valid():
            return self.form_page(form)
        if not form.has_changed():
            return redirect("status", self.token)
        try:
            group = group_of(form.cleaned_data["community"], self.asked.space.region)
            self.asked.correct(self.actor, **form.cleaned_data, group=group)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_page(form, CONFLICT)
        return redirect("status", self.token)

    def form_page(self, form, status=200):
        if not self.asked.may(Verb.CORRECT):
            return redirect("status", self.token)
        return self.page({"form": form, "asked": self.asked, "status_url": reverse("status", args=[self.token])}, status)


class RequestCalendar(RequestView):
    """The dates that are theirs, for their calendar."""

    def get(self, request, token):
        bookings = self.asked.bookings.in_calendars().select_related("space__region", "request")
        if not bookings:
            raise Http404
        return HttpResponse(calendar_of(bookings), content_type="text/calendar; charset=utf-8")


request_page = RequestPage.as_view()

confirm_request = ConfirmAddress.as_view()
correct_request = CorrectRequest.as_view()
request_calendar = RequestCalendar.as_view()
