"""Into which region a row goes: the one that was chosen, or the open region of its country."""

from collections import defaultdict

from django.utils.translation import gettext as _

from regions.models import Region


class Homes:
    """The regions that somebody may import into. All are read at once."""

    def __init__(self, regions=None, chosen=None):
        allowed = list(Region.objects.open() if regions is None else regions)
        self.chosen, self.of_country = chosen, defaultdict(list)
        for region in allowed:
            for country in region.countries:
                self.of_country[country.code].append(region)

    def find(self, country):
        """(region, "") or (None, why not)."""
        if self.chosen:
            return self.check_chosen(country)
        found = self.of_country.get(country, [])
        if len(found) == 1:
            return found[0], ""
        if found:
            names = ", ".join(region.slug for region in found)
            return None, _("%(country)s belongs to several regions: %(names)s. Choose one.") % {
                "country": country,
                "names": names,
            }
        return None, _("%(country)s belongs to no open region that you may import into") % {"country": country}

    def check_chosen(self, country):
        countries = [each.code for each in self.chosen.countries]
        if countries and country not in countries:
            said = {"country": country, "region": self.chosen.name}
            return None, _("%(country)s does not belong to the region %(region)s") % said
        return self.chosen, ""
