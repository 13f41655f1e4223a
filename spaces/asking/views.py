"""The form with which somebody asks for a space. What was typed travels in the form, so nobody needs a cookie or a script."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from portal.alternates import same_view_alternates
from portal.links import LinkError
from portal.numbers import whole_number
from portal.views.protected import ProtectedFormView
from spaces.models import Space, SpaceRequest
from spaces.models.asked_facts import MOST_PEOPLE
from spaces.prices import cost_of
from spaces.submitting.tidying import tidied

from . import times
from .forms import WHAT, WHEN, WHO, AskForm, SendForm
from .others import others
from .summaries import lines_of

A_DAY = timedelta(days=1)


class AskForSpace(ProtectedFormView):
    """First the form, then all of it once more with what it costs, then it is sent. Opened before, it may be filled in."""

    form_class = SendForm
    template_name = "spaces/asking/ask.html"
    check_template_name = "spaces/asking/check.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        listed = Space.objects.listed().shown_in(get_language()).select_related("region")
        self.space = get_object_or_404(listed, slug=kwargs["slug"])

    @cached_property
    def space_url(self):
        return Space.face_model().objects.get(pk=self.space.face["pk"]).get_url()

    def get(self, request, *args, **kwargs):
        if not self.space.may_be_requested:
            return redirect(self.space_url)
        return self.form_page(self.empty(request.GET))

    def post(self, request, *args, **kwargs):
        if not self.space.may_be_requested:
            return redirect(self.space_url)
        typed = tidied(request.POST)
        if "take" in typed:  # one of the times that were offered
            typed["day"], typed["begins"], typed["last_day"], typed["ends"] = (typed["take"].split() + [""] * 4)[:4]
            typed["pattern"], typed["last_day"] = "once", last_day_of(typed)
        if {"back", "take", "carry"} & set(typed):
            return self.form_page(AskForm(space=self.space, initial=as_initial(typed)))
        form = AskForm(typed, space=self.space)
        if not form.is_valid():
            return self.form_page(form)
        if "send" not in typed:
            return self.check_page(form)
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class=None):
        kwargs = self.get_form_kwargs()
        typed = kwargs.pop("data", None)
        person = self.request.user if self.request.user.is_authenticated else None
        kwargs = {"network": kwargs["network"], "language": get_language(), "person": person}
        return SendForm(typed, space=self.space, **kwargs)

    def form_invalid(self, form):
        plain = AskForm(form.data, space=self.space)
        return self.check_page(plain, form) if plain.is_valid() else self.form_page(plain)

    def form_valid(self, form):
        """Of two who send at once, the second may find the time taken: it says so, and keeps what was typed."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            plain = AskForm(form.data, space=self.space)
            plain.add_error(None, error)
            return self.form_page(plain)

    def act(self, form):
        request = form.save()
        return request.path(get_language()) if form.is_confirmed else self.get_success_url()

    def get_success_url(self):
        return reverse("request_sent")

    # -- Pages ---------------------------------------------------------------------------------------------------------

    def empty(self, asked):
        """With what is known already: the day that somebody looked at, and who is signed in."""
        user = self.request.user
        known = {}
        if user.is_authenticated:
            languages = [user.language] if user.language else []
            known = {"organiser": user.get_full_name(), "email": user.email, "languages": languages}
        initial = {
            "pattern": "once",
            **known,
            **self.earlier(asked.get("again", "")),
            **{name: asked[name] for name in ("day", "begins", "ends") if asked.get(name)},
        }
        return AskForm(space=self.space, initial=initial)

    def earlier(self, token):
        """What was said to a host who could not: nobody types it again."""
        try:
            request = SpaceRequest.objects.held_with(token) if token else None
        except LinkError:
            request = None
        if request is None:
            return {}
        said = model_to_dict(request, [*WHEN, *WHAT, *WHO])
        is_evening = request.pattern == request.Pattern.ONCE and request.last_day - request.day <= A_DAY
        return {**said, "last_day": "" if is_evening else request.last_day}

    def form_page(self, form):
        return self.page(self.template_name, form, **self.offers(form))

    def check_page(self, form, sending=None):
        span = form.spans[0] if form.spans else None
        people = form.cleaned_data["people"]
        free = others(self.space, get_language(), people, span, only_free=True) if self.space.is_paid else []
        shown = {"summary": lines_of(form), "total": self.cost(form), "instead": free, "sending": sending}
        return self.page(self.check_template_name, sending or form, times=form.spans, carried=form.carried, **shown)

    def cost(self, form):
        each = [cost_of(self.space, span) for span in form.spans]
        return sum(each) if each and None not in each else None

    def offers(self, form):
        """When what was asked for cannot be: the next times that can, and other spaces that are free then."""
        if not form.is_bound or form.is_valid():
            free = others(self.space, get_language(), only_free=True) if self.space.is_paid else []
            return {"instead": free}
        people = form.cleaned_data.get("people") or people_in(form.data.get("people"))
        is_too_small = bool(people and self.space.capacity and people > self.space.capacity)
        if not (form.is_taken or is_too_small):
            return {}
        span, is_once = form.spans[0] if form.spans else None, form.data.get("pattern") == "once"
        local = timezone.now().astimezone(self.space.zone).replace(tzinfo=None)
        nexts = times.next_that_fit(self.space, span, local) if form.is_taken and is_once and not is_too_small else []
        return {"nexts": nexts, "elsewhere": others(self.space, get_language(), people, span)}

    def page(self, template, form, **context):
        context |= {"form": form, "space": self.space, "space_url": self.space_url, "guard": self.guard(form)}
        return render(self.request, template, {**context, "alternates": same_view_alternates(self.request)})

    def guard(self, form):
        """What the form carries to be known as this one: from the first page to the last, also when it is shown again."""
        person = self.request.user if self.request.user.is_authenticated else None
        fresh = SendForm(space=self.space, language=get_language(), person=person)
        given = {**self.request.POST.dict(), **(form.data.dict() if form.is_bound else {})}
        names = ("form_opened", "form_key", "form_person")
        return {"trap": fresh["form_topic"], "hidden": [(name, given.get(name) or fresh[name].value()) for name in names]}


def last_day_of(typed):
    """Only where it is needed: an evening past midnight ends on the next day by itself."""
    is_evening = typed["last_day"] == typed["day"] or typed["ends"] <= typed["begins"]
    return "" if is_evening else typed["last_day"]


def people_in(text):
    number = whole_number(text)
    return number if number and number <= MOST_PEOPLE else None


def as_initial(typed):
    return {name: typed.getlist(name) if name == "languages" else typed[name] for name in AskForm.base_fields if name in typed}


class RequestSent(TemplateView):
    """Look into your mailbox."""

    template_name = "spaces/asking/sent.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "alternates": same_view_alternates(self.request)}


ask_for_space = AskForSpace.as_view()
request_sent = RequestSent.as_view()
