"""The filters of the lists in this app. A leaf: it is handed querysets and knows their named filters only."""

import django_filters
from django.utils.translation import gettext_lazy as _

from portal.filters import Filters, choice_filter, code_filter, words_filter
from portal.languages import language_choices

from .choices import AREAS, HEALTH, TOPICS


class RegionFilters(Filters):
    area = choice_filter("area", _("World area"), AREAS)


class InRegionFilters(Filters):
    """The base of every list whose records belong to a region: narrows it to one, by the region's address."""

    region = django_filters.ChoiceFilter(
        field_name="region__slug", label=_("Region"), empty_label=_("All regions"), null_label=None
    )

    def __init__(self, data, queryset, regions):
        super().__init__(data, queryset)
        choices = [(region.slug, region.face["title"] if region.face else region.name) for region in regions]
        self.filters["region"].extra["choices"] = choices


class AmbassadorFilters(InRegionFilters):
    language = code_filter("languages", _("Speaks"), language_choices)
    topic = code_filter("topics", _("About"), TOPICS)


class GroupFilters(InRegionFilters):
    q = words_filter()
    language = code_filter("languages", _("Language"), language_choices)
    health = choice_filter("health", _("How it is"), HEALTH)
    area = choice_filter("region__area", _("World area"), AREAS)
