"""Saying that one comes, without an account; and the page of one's seat, behind the link of a letter."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.alternates import same_view_alternates
from portal.faces import link_to
from portal.lists import Pages
from portal.views.protected import ProtectedFormView
from regions.models import TrainingRecord
from spaces.held import CONFLICT, HeldView
from stories.calendars import feed_of
from stories.models import Event, Seat
from stories.models.event_pages import where_names
from stories.models.seats import ADDRESS, SEAT

from .forms import SeatForm

SEATS_SHOWN = 30
DONE = {"cancelled": _("Thank you for saying so."), "confirmed": _("Noted.")}


def public_event(slug):
    language = get_language()
    shown = Event.objects.public().shown_in(language).with_counts().select_related("booking")
    return get_object_or_404(shown.prefetch_related(*where_names(language)), slug=slug)


class TakeSeat(ProtectedFormView):
    """I come. Whoever is signed in with a confirmed address has a seat at once, all others after one letter."""

    form_class = SeatForm
    template_name = "stories/attending/take_seat.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.event = public_event(kwargs["slug"])

    def dispatch(self, request, *args, **kwargs):
        if not self.event.is_taking_seats:
            return redirect(link_to(self.event, request).url)
        return super().dispatch(request, *args, **kwargs)

    dispatch.csrf_exempt = True  # see `ProtectedFormView`

    def get_form_kwargs(self):
        user = self.request.user
        known = {"name": user.get_full_name(), "email": user.email} if user.is_authenticated else {}
        return {
            **super().get_form_kwargs(),
            "event": self.event,
            "language": get_language(),
            "person": user,
            "initial": known,
        }

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:  # the last moment has passed meanwhile
            form.add_error(None, error)
            return self.form_invalid(form)

    def act(self, form):
        seat = form.save()
        return seat.path(get_language()) if form.is_confirmed else None

    def get_success_url(self):
        return reverse("seat_sent")

    def get_context_data(self, **kwargs):
        shown = {"event": self.event, "link": link_to(self.event, self.request)}
        return {**super().get_context_data(**kwargs), **shown, "alternates": same_view_alternates(self.request)}


class SeatSent(TemplateView):
    """Look into your mailbox."""

    template_name = "stories/attending/sent.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "alternates": same_view_alternates(self.request)}


class SeatView(HeldView):
    """Of the seat that a link opens."""

    purpose = SEAT

    def hold(self, token):
        self.seat = Seat.objects.held_with(token, self.purpose)

    @cached_property
    def event(self):
        shown = Event.objects.with_face(get_language()).with_counts().select_related("booking")
        return shown.prefetch_related(*where_names(get_language())).get(pk=self.seat.event_id)

    def show(self, refused="", status=200):
        done = DONE.get(self.request.GET.get("done", ""), "")
        steps = self.event.steps.filter(verb__in=Event.TOLD, at__gte=self.seat.created_at).order_by("-pk")[:5]
        context = {"seat": self.seat, "event": self.event, "link": link_to(self.event, self.request), "steps": steps}
        return self.page({**context, "refused": refused, "done": done}, status)


class ConfirmSeat(SeatView):
    """One button: this address is mine, and I come."""

    purpose = ADDRESS
    template_name = "stories/attending/confirm.html"

    def get(self, request, token):
        return redirect(self.seat.path(get_language())) if self.seat.is_held else self.show()

    def post(self, request, token):
        if not self.seat.is_held:
            try:
                self.seat.confirm()
            except ValidationError as error:
                return self.show(" ".join(error.messages), CONFLICT)
        return redirect(self.seat.path(get_language()))


class SeatPage(SeatView):
    """How it stands with a seat: give it up, or take it again."""

    template_name = "stories/attending/seat.html"

    def instead(self):
        return redirect("seat_sent") if self.seat.status == Seat.Status.DRAFT else None

    def get(self, request, token):
        return self.show()

    def post(self, request, token):
        act = request.POST.get("act")
        if act not in ("cancel", "confirm"):
            return redirect(request.path)
        try:
            getattr(self.seat, act)()
        except ValidationError as error:
            return self.show(" ".join(error.messages), CONFLICT)
        return redirect(f"{request.path}?done={'cancelled' if act == 'cancel' else 'confirmed'}")


def event_calendar(request, slug):
    """One event as a file for a calendar."""
    event = public_event(slug)
    link = link_to(event, request)
    url = request.build_absolute_uri(link.url)
    content = feed_of([(event, link.title, url, link.summary)], "", get_language())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{event.slug}.ics"'
    return response


@login_required
def own_events(request):
    """Where somebody goes, with the addresses that they have confirmed as theirs; and what they were trained in."""
    seats = Seat.objects.of_person(request.user).held().select_related("event__space", "event__booking")
    found = Pages(seats.order_by("-event__starts_at", "-pk"), SEATS_SHOWN).get_page(request.GET.get("page"))
    trainings = TrainingRecord.objects.of_person(request.user).select_related("region", "verified_by")
    return render(request, "stories/attending/own_events.html", {"found": found, "trainings": trainings})


take_seat = TakeSeat.as_view()
seat_sent = SeatSent.as_view()
confirm_seat = ConfirmSeat.as_view()
seat_page = SeatPage.as_view()
