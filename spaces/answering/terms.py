"""What a region has settled, in the workplace: how long hosts have to answer, what is late, what a room costs elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel

from portal.jobs import Job
from regions.viewsets import RegionalForm, RegionalViewSet
from spaces.models import RegionTerms
from spaces.policies import TermsPolicy


class TermsForm(RegionalForm):
    """One row for each region; it stays with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["region"].disabled = True


class TermsViewSet(RegionalViewSet):
    model = RegionTerms
    policy_class = TermsPolicy
    base_form_class = TermsForm
    menu_hook = Job.SPACES.hook
    menu_label = _("Terms")
    icon = "cogs"
    list_display = ["region", "answer_days", "notice_days", "rent", "rent_currency"]
    panels = [
        "region",
        FieldRowPanel(["answer_days", "notice_days"]),
        MultiFieldPanel(
            [FieldRowPanel(["rent", "rent_currency"]), FieldRowPanel(["rent_source", "rent_on"])],
            heading=_("What a room costs on the market"),
        ),
    ]
