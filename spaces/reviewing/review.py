"""The page on which a region decides about one submission: what to look at, what was said, what can be done."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from portal.languages import language_name
from portal.panels import in_words
from portal.scopes import found
from spaces.duplicates import likely_duplicates
from spaces.models import Space
from spaces.submitting.summaries import lines_of, summary_of

from .acts import ACTS
from .scope import submissions_of

COMPARED = "name kind address city capacity step_free cost price website".split()
ALIKE = 3  # stand beside it


class Check(NamedTuple):
    """One line of the checklist."""

    words: str
    is_right: bool


class Compared(NamedTuple):
    """One fact of the submission beside those of the spaces that may be the same."""

    label: str
    value: str
    others: list  # (value, whether it differs)


class Possible(NamedTuple):
    """What can be done now."""

    label: str
    url: str
    classname: str


class SubmissionView(WagtailAdminTemplateMixin):
    """Of one submission; another region's does not exist."""

    header_icon = "download"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.submission = found(submissions_of(request.user), kwargs["pk"])

    def get_breadcrumbs_items(self):
        above = {"url": reverse("submissions:index"), "label": _("Submitted spaces")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.submission)}]


class Review(SubmissionView, TemplateView):
    template_name = "spaces/reviewing/review.html"
    page_title = gettext_lazy("Submitted space")

    def get_page_subtitle(self):
        return str(self.submission)

    def get_context_data(self, **kwargs):
        one = self.submission
        return {
            **super().get_context_data(**kwargs),
            "submission": one,
            "checks": self.checks(),
            "summary": summary_of(one),
            "history": self.history,
            "alike": self.alike,
            "compared": self.compared(),
            "acts": self.acts(),
            "written_in": language_name(one.language),
            "page_url": self.page_url(),
        }

    @cached_property
    def history(self):
        return list(self.submission.steps.select_related("by"))

    @cached_property
    def alike(self):
        """Also drafts and closed ones of the own region: whoever decides shall know of them. Of others, what is public."""
        one, others = self.submission, policy_registry.get_by_type(Space).choosable_by(self.request.user)
        others = others.exclude(pk=one.space_id) if one.space_id else others
        return likely_duplicates(one.name, one.latitude, one.longitude, others)[:ALIKE]

    def checks(self):
        one = self.submission
        yield Check(_("The sender's address is confirmed."), True)
        for name in Space.DECLARATIONS:
            yield Check(str(one._meta.get_field(name).verbose_name).capitalize() + ".", getattr(one, name))
        if one.is_middle_of_city:
            yield Check(_("The position is only the middle of the city: ask for the door, or look it up."), False)
        else:
            yield Check(_("The position was given by hand. Does it fit the address?"), True)
        yield Check(
            _("Nothing alike is known.") if not self.alike else _("It may be known already: see below."), not self.alike
        )
        if not one.region:
            yield Check(_("No region speaks for this place yet: hand it over to one."), False)
        if one.is_from(self.request.user):
            yield Check(_("You sent this, or are its host: somebody else decides on it."), False)

    def compared(self):
        """The facts side by side, the differences marked."""
        one = self.submission
        for name in COMPARED if self.alike else []:
            value = dict(lines_of(one, name)).values()
            value = str(next(iter(value), "–"))
            others = [str(in_words(each.space, name, each.space._meta.get_field(name))) for each in self.alike]
            label = str(one._meta.get_field(name).verbose_name)
            yield Compared(label.capitalize(), value, [(other, other != value) for other in others])

    def acts(self):
        seen = self.history[-1].pk if self.history else ""
        for verb, act in ACTS.items():
            if self.submission.may(verb):
                url = reverse("submissions:act", args=[self.submission.pk, verb.value])
                yield Possible(act.button, f"{url}?seen={seen}", act.classname)

    def page_url(self):
        space = self.submission.space
        page = space.pages.order_by("pk").first() if space else None
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""


review = Review.as_view()
