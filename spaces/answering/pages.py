"""The page of a request and of a case in the workplace: what is asked, what was said, what can be done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from portal.languages import language_name
from portal.scopes import found
from spaces.asking.acting import DONE, Acting
from spaces.asking.answers import OutcomeForm
from spaces.asking.others import cheapest, substitutes_for
from spaces.asking.outcomes import added_questions
from spaces.asking.summaries import facts_of, told
from spaces.held import CONFLICT
from spaces.models import Case, RegionTerms, SpaceRequest
from spaces.models.request_steps import Actor, Part, Status
from spaces.reliability import reliability_of
from spaces.submitting.tidying import tidied

from .scope import cases_of, requests_of


class RegionsPage(WagtailAdminTemplateMixin, TemplateView):
    """Of one thing of one's own regions; another region's does not exist."""

    list_url_name = list_title = ""

    @property
    def actor(self):
        return Actor(Part.REGION, self.request.user, self.request.user.get_full_name())

    def get_breadcrumbs_items(self):
        above = {"url": reverse(self.list_url_name), "label": self.list_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request, *args, **kwargs):
        return self.show()

    def show(self, forms=None, refused="", status=200):
        if refused:
            messages.error(self.request, refused)
        return self.render_to_response(self.get_context_data(forms=forms or {}), status=status)


class RequestPage(Acting, RegionsPage):
    """Whoever acts here does it for the host, and it says so."""

    template_name = "spaces/answering/request.html"
    page_title = gettext_lazy("Request for a space")
    header_icon = "date"
    list_url_name, list_title = "requests:index", gettext_lazy("Requests for spaces")
    verbs = ("accept", "decline", "propose", "say", "withdraw", "note")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.asked = found(requests_of(request.user).with_dates(), kwargs["pk"])

    def get_page_subtitle(self):
        return self.asked.title

    @cached_property
    def regions(self):
        """Where one answers for hosts: of a series that was moved in part, not everything is in one's own region."""
        policy = policy_registry.get_by_type(SpaceRequest)
        return set(policy.regions_for(self.request.user, "approve").values_list("pk", flat=True))

    @property
    def is_ours(self):
        return self.asked.space.region_id in self.regions

    def done(self, act):
        messages.success(self.request, DONE[act])
        return redirect(self.request.path)

    def dates_for(self, name):
        return [each for each in super().dates_for(name) if each.space.region_id in self.regions]

    def chosen(self, act, data):
        return self.chosen_of_own(act, data)

    def do(self, act, form, data):
        if act in ("decline", "propose") and not self.is_ours and not self.dates_for(act):
            raise ValidationError(_("This is answered in another region."))
        super().do(act, form, data)

    def post(self, request, *args, **kwargs):
        if request.POST.get("act") == "outcome":
            return self.outcome(request.POST)
        return super().post(request, *args, **kwargs)

    def outcome(self, data):
        booking = next((each for each in self.ended if each.key == data.get("booking")), None)
        if booking is None:
            return redirect(self.request.path)
        form, more = self.outcome_form(booking, data), added_questions(booking, data, self.request.FILES)
        if not all([each.is_valid() for each in (form, *more)]):  # noqa: C419 (all of them say what is wrong)
            return self.show({booking.key: (form, more)})
        try:
            with transaction.atomic():
                form.tell(self.actor)
                for each in more:
                    each.save(by=self.request.user)
        except ValidationError as error:
            return self.show(refused=" ".join(error.messages), status=CONFLICT)
        return redirect(self.request.path)

    def outcome_form(self, booking, data=None):
        return OutcomeForm(data, booking=booking, auto_id=f"id_{booking.key}_%s")

    def questions(self, booking):
        return self.outcome_form(booking), added_questions(booking)

    @cached_property
    def dates(self):
        dates = list(self.asked.bookings.select_related("space__region").prefetch_related("cases"))
        for booking in dates:
            booking.request = self.asked
        return dates

    @property
    def ended(self):
        over = [each for each in self.dates if each.status == Status.ACCEPTED and each.is_over]
        return [each for each in over if each.space.region_id in self.regions]

    def get_context_data(self, forms=None, **kwargs):
        asked, terms = self.asked, RegionTerms.of(self.asked.space.region)
        return {
            **super().get_context_data(**kwargs),
            "asked": asked,
            "space": asked.space,
            "dates": [(booking, booking.saved(terms)) for booking in self.dates],
            "terms": terms,
            "acts": self.acts(forms),
            "facts": list(facts_of(asked)),
            "written_in": language_name(asked.language),
            "hosts": list(asked.space.hosts.all()) if self.is_ours else [],
            "history": told(
                [step for step in asked.steps.select_related("by") if self.is_ours or not step.is_private], self.dates
            ),
            "cases": [case for booking in self.dates for case in booking.cases.all()],
            "outcomes": [(each, *((forms or {}).get(each.key) or self.questions(each))) for each in self.ended],
            "reliability": reliability_of(asked.space) if self.is_ours else None,
            "now": timezone.now(),
        }


class CasePage(RegionsPage):
    """What happened, whose turn it is until when, who might step in."""

    template_name = "spaces/answering/case.html"
    page_title = gettext_lazy("Case")
    header_icon = "warning"
    list_url_name, list_title = "cases:index", gettext_lazy("Cases")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case = found(cases_of(request.user), kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.case.space)

    def post(self, request, *args, **kwargs):
        data = tidied(request.POST)
        act = data.get("act")
        try:
            if act == "ask":
                chosen = data.getlist("space")
                named = [each for each in self.substitutes if each.slug in chosen]
                spaces = cheapest(self.substitutes) if "all" in data else named
                self.case.ask_substitutes(spaces, self.actor)
                messages.success(request, _("The hosts are asked. The first to say yes has it."))
            elif act in ("step_in", "cannot"):
                self.answer_for_host(act, data.get("offer", ""))
            elif act == "close":
                self.case.close(data.get("outcome", ""), self.actor, data.get("text", "")[:2000])
                messages.success(request, _("The case is closed."))
        except ValidationError as error:
            return self.show(refused=" ".join(error.messages), status=CONFLICT)
        return redirect(request.path)

    @cached_property
    def regions(self):
        return policy_registry.get_by_type(Case).regions_for(self.request.user, "approve")

    def answer_for_host(self, act, key):
        """A host has said it on the phone, or none is named: for the spaces of one's own regions."""
        offer = self.case.offers.filter(key=key, space__region__in=self.regions).select_related("space__region").first()
        if offer is None:
            raise ValidationError(_("This space belongs to another region: its own people answer for it."))
        offer.case = self.case
        if act == "step_in":
            offer.accept(self.actor)
        else:
            offer.decline(self.actor)

    @cached_property
    def substitutes(self):
        if not self.case.is_open or self.case.kind != Case.Kind.WITHDRAWN:
            return []
        return substitutes_for(self.case)

    def get_context_data(self, **kwargs):
        case = self.case
        return {
            **super().get_context_data(**kwargs),
            "case": case,
            "booking": case.booking,
            "asked": case.booking.request,
            "steps": list(case.steps.select_related("done_by")),
            "offers": [(each, each.space.region in self.regions) for each in case.offers.select_related("space__region")],
            "substitutes": self.substitutes,
            "outcomes": case.outcomes,
            "reliability": reliability_of(case.space),
            "request_url": reverse("requests:request", args=[case.booking.request_id]),
            "time_to_resolution": case.time_to_resolution,
        }


request_page = RequestPage.as_view()
case_page = CasePage.as_view()
