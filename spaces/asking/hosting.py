"""The pages of whoever opens the door, behind the link of a letter: all that is asked of them, and each request."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.links import LinkError, LinkExpired
from portal.lists import Pages
from spaces.held import CONFLICT, HeldView
from spaces.models import Booking, Space, SpaceHost, SpaceRequest, SubstituteOffer
from spaces.models.request_steps import TAKEN, Actor, Part
from spaces.submitting.tidying import tidy

from .acting import Acting
from .calendars import calendar_of
from .summaries import facts_of, told

SHOWN = 20


ANSWERED = {"step_in": _("You step in. The organiser knows."), "cannot": _("Thank you for answering.")}


class NotYoursAnyMore(LinkError):
    message = _("This meeting is not in your space any more: another one has stepped in.")


class HostView(HeldView):
    """Of the spaces that are opened by whoever has the address to which the link was sent."""

    def hold(self, token):
        self.host = SpaceHost.objects.held_with(token)
        self.spaces = Space.objects.filter(hosts__in=SpaceHost.objects.of_address(self.host.email))
        self.actor = Actor(Part.HOST, self.host.person, self.host.name)

    def requests(self):
        return SpaceRequest.objects.seen().in_spaces(self.spaces.values("pk"))


class HostPage(HostView):
    """What waits for them, what is promised, and what is over."""

    template_name = "spaces/asking/host.html"

    def get(self, request, token):
        return self.show()

    def post(self, request, token):
        """Stepping in for a space that was lost, or not."""
        act = request.POST.get("act")
        asked = SubstituteOffer.objects.filter(space__in=self.spaces.values("pk"), key=tidy(request.POST.get("offer", "")))
        offer = asked.select_related("space__region", "case__booking__request").first()
        if offer is None or act not in ("step_in", "cannot"):
            return redirect(request.path)
        try:
            offer.accept(self.actor) if act == "step_in" else offer.decline(self.actor)
        except ValidationError as error:
            return self.show(" ".join(error.messages), CONFLICT)
        return redirect(f"{request.path}?done={act}")

    def offers(self):
        asked = SubstituteOffer.objects.filter(space__in=self.spaces.values("pk"), status=SubstituteOffer.Status.ASKED)
        return asked.select_related("space__region", "case__booking__request", "case__booking__space__region")

    def page_of(self, rows, name):
        return Pages(rows, SHOWN).get_page(self.request.GET.get(name))

    def show(self, refused="", status=200):
        bookings = Booking.objects.filter(space__in=self.spaces.values("pk")).select_related("request", "space__region")
        waiting = self.requests().open().with_dates().order_by("answer_by", "pk")
        settled = Q(status__in=TAKEN)
        coming = bookings.filter(settled, ends_at__gte=timezone.now())
        over = bookings.filter(settled, ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
        context = {
            "host": self.host,
            "spaces": self.spaces.distinct().select_related("region"),
            "waiting": self.page_of(waiting, "waiting"),
            "offers": self.offers()[:SHOWN],
            "coming": self.page_of(coming, "coming"),
            "over": self.page_of(over, "over"),
            "token": self.token,
            "refused": refused,
            "done": ANSWERED.get(self.request.GET.get("done", ""), ""),
            "calendar_url": self.request.build_absolute_uri(reverse("host_calendar", args=[self.token])),
        }
        return self.page(context, status)


class HostRequest(Acting, HostView):
    """One request: what is asked, what was said, and two buttons."""

    template_name = "spaces/asking/host_request.html"
    verbs = ("accept", "decline", "propose", "say", "withdraw")

    def hold(self, token, pk):
        super().hold(token)
        asked = self.requests().with_dates()
        self.asked = asked.filter(pk=pk).first()
        if self.asked is None:  # it has moved to another space, or was forgotten
            moved = SpaceRequest.objects.filter(pk=pk, bookings__cases__space__in=self.spaces.values("pk")).exists()
            raise NotYoursAnyMore if moved else LinkExpired

    def get(self, request, token, pk):
        return self.show()

    def dates_for(self, name):
        own = set(self.spaces.values_list("pk", flat=True))
        return [each for each in super().dates_for(name) if each.space_id in own]

    def chosen(self, act, data):
        """Never a date that was promised by another space."""
        return self.chosen_of_own(act, data)

    def show(self, forms=None, refused="", status=200):
        own = set(self.spaces.values_list("pk", flat=True))
        dates = [each for each in self.asked.all_dates() if each.space_id in own]
        context = {
            "asked": self.asked,
            "space": self.asked.space,
            "dates": dates,
            "acts": self.acts(forms),
            "facts": list(facts_of(self.asked)),
            "contact": self.asked if self.asked.shows_addresses else None,
            "history": told([step for step in self.asked.steps.select_related("by") if not step.is_private], dates),
            "refused": refused,
            "done": self.done_words,
            "token": self.token,
            "host_url": reverse("host", args=[self.token]),
        }
        return self.page(context, status)


class HostCalendar(HostView):
    """A private feed: whoever has its address reads what is promised in these spaces, also what was taken back."""

    def get(self, request, token):
        since = timezone.now() - timedelta(days=90)
        bookings = Booking.objects.in_calendars().filter(space__in=self.spaces.values("pk"), ends_at__gte=since)
        found = bookings.select_related("request", "space__region")
        name = ", ".join(space.name for space in self.spaces.distinct())
        return HttpResponse(calendar_of(found, name), content_type="text/calendar; charset=utf-8")


host = HostPage.as_view()
host_request = HostRequest.as_view()
host_calendar = HostCalendar.as_view()
