"""Which country a folder of the community index stands for, and which region the country belongs to."""

import re
import unicodedata
from functools import cache

from babel import Locale

from portal.imports import ImportFailed, Problem
from regions.models import Region

# Folders that CLDR's English names do not tell, or tell wrongly: the index's "congo" is the one of Kinshasa.
EXCEPTIONS = {
    "congo": "CD",
    "czechrepublic": "CZ",
    "hongkong": "HK",
    "korea": "KR",
    "macedonia": "MK",
    "myanmar": "MM",
    "palestine": "PS",
    "turkey": "TR",
}
CODE_LENGTH = 2  # CLDR names continents as well, by numbers


def plain(name):
    """`cote_d'_ivoire` and `Côte d’Ivoire` alike: letters only, without accents."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", name).casefold())


@cache
def countries_by_name():
    names = Locale("en").territories
    return {plain(name): code for code, name in names.items() if len(code) == CODE_LENGTH} | EXCEPTIONS


def country_of(folder):
    """The ISO code of the country, or nothing where the folder is none: a continent, `catalan_countries`."""
    return countries_by_name().get(plain(folder), "")


def country_name(code):
    return Locale("en").territories.get(code, code)


class RegionsOfCountries:
    """Finds the region of a country, among those chosen. It makes none: where there is none, it says why."""

    def __init__(self, chosen=None):
        self.regions = list(Region.objects.order_by("slug"))
        self.usable = [region for region in self.regions if region.status != Region.Status.CLOSED]
        if chosen is not None:
            known = {region.slug for region in self.usable}
            unknown = [slug for slug in chosen if slug not in known]
            if unknown:
                raise ImportFailed(*(Problem(f"no open or planned region “{slug}”", "--regions") for slug in unknown))
            self.usable = [region for region in self.usable if region.slug in chosen]

    def find(self, folder):
        """The region, or None and the reason."""
        code = country_of(folder)
        if not code:
            return None, f"“{folder}” is not a country" if folder else "belongs to no single country"
        found = self.having(code, self.usable)
        if len(found) == 1:
            return found[0], ""
        return None, self.why_not(country_name(code), found, self.having(code, self.regions))

    @staticmethod
    def having(code, regions):
        return [region for region in regions if code in [country.code for country in region.countries]]

    @staticmethod
    def why_not(country, found, others):
        if found:
            slugs = ", ".join(region.slug for region in found)
            return f"several regions have {country}: {slugs}; choose one with --regions"
        for region in others:
            closed = region.status == Region.Status.CLOSED
            return f"the region {region.slug} is closed" if closed else f"the region {region.slug} was not chosen"
        return f"no region has {country}"
