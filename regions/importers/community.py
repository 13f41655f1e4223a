"""One community of the index: its rows, gathered from the file, and the facts that they tell together."""

import re
from functools import cached_property, partial

from django.core.exceptions import ValidationError

from portal.imports import Problem
from regions.models import GroupChannel, UserGroup

from .countries import country_name, country_of

SOURCE = "osm-community-index"
FACTS = ("name", "description", "description_language", "languages", "place", "latitude", "longitude")
# These types speak for the community itself; the others describe one channel of it.
VOICES = ("osm", "osm-lc", "group", "youthmappers")
CAMPUS = re.compile(r"^YouthMappers chapter at (.+?)\.?$")
TOWN = re.compile(r"^(?:OpenStreetMap|OSM) (.+)$")
LONGEST_PLACE = UserGroup._meta.get_field("place").max_length


class Community:
    """One community within one region: several rows of the index, each of them a channel."""

    def __init__(self, region):
        self.region, self.resources = region, []

    @property
    def first(self):
        return self.resources[0]

    @cached_property
    def name(self):
        return next((each.community for each in self.resources if each.community_id), self.first.community)

    @cached_property
    def by_order(self):
        return sorted(self.resources, key=lambda each: (-each.order, each.channel["name"].casefold(), each.row))

    @cached_property
    def source_keys(self):
        """By which the group is found again, the first for a new one.

        They hold the region's key, because its slug may change, and without a community's id the id of each row,
        because the order of the rows may change.
        """
        ids = [f"community:{each.community_id}" for each in self.resources if each.community_id]
        ids += [f"row:{each.id}" for each in self.resources if not each.community_id]
        return [f"{SOURCE}:{self.region.key}:{each}" for each in dict.fromkeys(ids)]

    @cached_property
    def facts(self):
        longitude, latitude = next((each.point for each in self.resources if each.point), (None, None))
        return {
            "region": str(self.region.key),
            "name": self.name,
            "description": self.description,
            "description_language": "en",  # the index is written in English
            "languages": sorted(set().union(*(each.languages for each in self.resources))),
            "place": self.place,
            "latitude": latitude,
            "longitude": longitude,
            "channels": self.channels,
        }

    @property
    def channels(self):
        """One for each address; two rows may name the same."""
        by_address = {}
        for each in self.by_order:
            if each.url:
                by_address.setdefault(each.url, each.channel)
        return list(by_address.values())

    @property
    def description(self):
        voices = [each for each in self.by_order if each.type in VOICES]
        texts = [each.text("extendedDescription") or each.text("description") for each in voices]
        texts += [each.text(key) for key in ("extendedDescription", "description") for each in self.by_order]
        return next(filter(None, texts), "")

    @property
    def place(self):
        """The campus or the town where the rows name one, and the country; mostly they name the country alone."""
        country = country_name(country_of(self.first.folder))
        campus = (CAMPUS.match(each.text("description")) for each in self.resources if each.type == "youthmappers")
        town = TOWN.match(self.name) if any(each.point for each in self.resources) else None
        found = next(filter(None, [*campus, town]), None)
        place = f"{found[1]}, {country}" if found and found[1] != country else country
        return place if len(place) <= LONGEST_PLACE else country

    def problems(self):
        """What the models refuse: a name that is too long, too many languages."""
        group = UserGroup(source_key=self.source_keys[0], **{name: self.facts[name] for name in FACTS})
        # The field's own validate() knows the languages that a form offers; of an import CLDR's names are accepted too.
        checks = [
            partial(group.clean_fields, exclude={"region", "slug", "languages"}),
            partial(UserGroup._meta.get_field("languages").run_validators, group.languages),
        ]
        checks += [partial(GroupChannel(**each).clean_fields, exclude={"group"}) for each in self.channels]
        for check in checks:
            try:
                check()
            except ValidationError as error:
                fields = ", ".join(getattr(error, "error_dict", ["languages"]))
                yield Problem(" ".join(error.messages), fields, self.first.row, self.first.id)


def gather(resources, homes):
    """The communities of these rows, each within its region: `homes` tells the region of a folder."""
    ids = {(homes[each.folder], each.community.casefold()): each.community_id for each in resources if each.community_id}
    found = {}
    for each in resources:
        region, name = homes[each.folder], each.community.casefold()
        # Two clubs may bear the same name, so without an id it takes the same place as well.
        identity = each.community_id or ids.get((region, name)) or (name, str(each.data["locationSet"]["include"]))
        found.setdefault((region, identity), Community(region)).resources.append(each)
    return list(found.values())
