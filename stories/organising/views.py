"""The pages of whoever organises an event, behind a link of their own: plan it, see who comes, tell how it went."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.faces import link_to
from spaces.asking.following import RequestView
from spaces.held import CONFLICT, HeldView
from stories.attending.forms import WalkInForm
from stories.models import Event, Seat

from .forms import OwnOutcomeForm, PlanForm
from .links import DOOR, held_with, path

BEFORE = timedelta(hours=12)  # the beginning: then people may be ticked
MOST_WALK_INS = 500
DONE = {
    "planned": _("Planned. Say below what is not known yet: then the region’s team announces it."),
    "saved": _("Saved. The region’s team announces it."),
    "outcome": _("Thank you for telling."),
}


class EventView(HeldView):
    """Of the event that a link opens."""

    purpose = "event"

    def hold(self, token):
        events = Event.objects.with_face(get_language()).with_counts().select_related("region", "space", "booking", "request")
        self.event = held_with(events, token, self.purpose)

    def about(self, **context):
        link = link_to(self.event, self.request)
        return {"event": self.event, "link": link, "title": link.title if link else self.event.name, **context}


class OrganiserPage(EventView):
    """How it stands with an event, and what its organiser can say."""

    template_name = "stories/organising/event.html"

    def get(self, request, token):
        return self.show()

    def post(self, request, token):
        act = request.POST.get("act")
        if act == "plan" and self.event.status == Event.Status.DRAFT:
            form = PlanForm(request.POST, event=self.event)
            return self.save(form, "saved") if form.is_valid() else self.show(plan=form)
        if act == "outcome" and self.event.may_tell_outcome:
            form = OwnOutcomeForm(request.POST, request.FILES, event=self.event)
            return self.save(form, "outcome") if form.is_valid() else self.show(outcome=form)
        return redirect(request.path)

    @property
    def done_words(self):
        done = self.request.GET.get("done", "")
        return DONE.get(done, "") if done == "outcome" or self.event.status == Event.Status.DRAFT else ""

    def save(self, form, done):
        try:
            form.save()
        except ValidationError as error:
            return self.show(refused=" ".join(error.messages), status=CONFLICT)
        return redirect(f"{self.request.path}?done={done}")

    def show(self, plan=None, outcome=None, refused="", status=200):
        event = self.event
        if event.status == Event.Status.DRAFT:
            plan = plan or PlanForm(event=event)
        if event.may_tell_outcome:
            outcome = outcome or OwnOutcomeForm(event=event)
        context = {
            "plan": plan,
            "outcome": outcome,
            "refused": refused,
            "done": self.done_words,
            "door_url": path(event, purpose=DOOR),
            "request_url": event.request.here if event.request and event.request.email else "",
            "steps": event.steps.select_related("by"),
        }
        return self.page(self.about(**context), status)


class PlanEvent(RequestView):
    """From what was promised to events: one for each date that has none yet."""

    def get(self, request, token):
        return redirect("status", token)

    def post(self, request, token):
        promised = Event.unplanned(self.asked)
        try:
            with transaction.atomic():
                planned = [Event.plan(booking, self.asked.person) for booking in promised]
        except ValidationError:
            planned = []
        if len(planned) != 1:
            return redirect("status", token)
        return redirect(f"{path(planned[0])}?done=planned")


class Door(EventView):
    """Who comes, to be ticked on a phone. Names only: an address is nobody's business at a door."""

    purpose = DOOR
    template_name = "stories/organising/door.html"

    def get(self, request, token):
        return self.show()

    @property
    def is_open(self):
        """Around the event: who is ticked weeks before was not there."""
        return self.event.status == Event.Status.SCHEDULED and timezone.now() >= self.event.starts_at - BEFORE

    @transaction.atomic
    def post(self, request, token):
        self.event.lock(with_request=False)
        if not self.is_open:
            return redirect(request.path)
        if request.POST.get("act") == "walk_in":
            form = WalkInForm(request.POST)
            if form.is_valid() and self.event.seats.filter(email="").count() >= MOST_WALK_INS:
                form.add_error("name", _("Not more than %(most)s people can be written down here.") % {"most": MOST_WALK_INS})
            if not form.is_valid():
                return self.show(form)
            seat = self.event.seats.create(name=form.cleaned_data["name"], language=get_language(), status=Seat.Status.GOING)
            seat.tick(True)
        else:
            seat = get_object_or_404(self.seats(), key=request.POST.get("seat", ""))
            seat.tick(request.POST.get("came") == "yes" or None)
        return redirect(f"{request.path}#seat-{seat.key}")

    def seats(self):
        return self.event.seats.held()

    def show(self, form=None):
        seats = list(self.seats().order_by("name", "pk"))
        context = {
            "seats": seats,
            "is_open": self.is_open,
            "form": form or WalkInForm(),
            "came": len([seat for seat in seats if seat.came]),
            "going": len([seat for seat in seats if seat.status == Seat.Status.GOING]),
        }
        return self.page(self.about(**context))


organiser_page = OrganiserPage.as_view()
plan_event = PlanEvent.as_view()
door = Door.as_view()
