"""The OSM community index, read into user groups."""

from collections import defaultdict

from django.db import transaction
from wagtail.log_actions import log

from portal.imports import CHANGED, MERGED, NEW, SKIPPED, UNCHANGED, ImportFailed, Report
from regions.models import GroupChannel, UserGroup

from .checks import read_resources
from .community import FACTS, SOURCE, gather
from .countries import RegionsOfCountries

CHANNEL_FACTS = ("kind", "name", "url")


@transaction.atomic
def import_communities(data, regions=None, dry_run=False):
    """Make and change the groups of these regions (slugs; all of them, if none are named) after the community index.

    Returns a Report of its rows; a dry run writes nothing and reports the same. Raises ImportFailed, and then nothing
    was written either. A group that somebody has edited since stays as it is.
    """
    resources, countries = read_resources(data), RegionsOfCountries(regions)
    homes = {folder: countries.find(folder) for folder in {each.folder for each in resources}}
    report = Report()
    for each in resources:
        region, reason = homes[each.folder]
        if region is None:
            report.add(each.row, each.label, SKIPPED, reason)
    communities = gather_checked([each for each in resources if homes[each.folder][0]], homes)
    for community, group, outcome, reason in compare(communities):
        report_rows(report, community, outcome, reason)
        if outcome in (NEW, CHANGED) and not dry_run:
            write(group, community)
    report.sort()
    return report


def gather_checked(resources, homes):
    communities = gather(resources, {folder: region for folder, (region, _reason) in homes.items()})
    problems = [problem for community in communities for problem in community.problems()]
    if problems:
        raise ImportFailed(*problems)
    return communities


def compare(communities):
    """Each community with its group, what is to become of it, and why. All groups are read at once."""
    groups, channels = groups_by_key(), defaultdict(list)
    for channel in GroupChannel.objects.filter(group__in=groups.values()).order_by("sort_order", "pk"):
        channels[channel.group_id].append({name: getattr(channel, name) for name in CHANNEL_FACTS})
    for community in communities:
        group = next((groups[key] for key in community.source_keys if key in groups), None)
        if group is None:
            yield community, UserGroup(source_key=community.source_keys[0]), NEW, f"region {community.region.slug}"
        else:
            yield community, group, *outcome_of(group, facts_of(group, channels[group.pk]), community.facts)


def groups_by_key():
    # Locked, so that nobody edits a group between the comparison and the writing.
    groups = UserGroup.objects.filter(source_key__startswith=f"{SOURCE}:").select_related("region")
    return {group.source_key: group for group in groups.select_for_update(of=("self",))}


def facts_of(group, channels):
    """The facts of a group in the shape in which they were imported, to see whether a hand changed them since."""
    facts = {name: getattr(group, name) for name in FACTS}
    return facts | {"region": str(group.region.key), "languages": sorted(group.languages), "channels": channels}


def outcome_of(group, present, wanted):
    if present != group.source_facts:
        return SKIPPED, "edited by hand"
    names = [name for name in wanted if wanted[name] != present[name]]
    return (CHANGED, ", ".join(names)) if names else (UNCHANGED, "")


def report_rows(report, community, outcome, reason):
    """The first row tells what becomes of the group, the others that they joined it."""
    joined = f"into row {community.first.row}, {community.name}"
    others = (SKIPPED, reason) if outcome == SKIPPED else (MERGED, joined)
    for each in community.resources:
        said = (outcome, reason) if each is community.first else others
        unknown = ", ".join(each.unknown_languages)
        report.add(
            each.row,
            each.label,
            *said,
            "" if each.url else "no web address, so no channel",
            f"unknown language: {unknown}" if unknown else "",
        )


def write(group, community):
    facts = community.facts
    before, group.source_facts, group.region = group.source_facts, facts, community.region
    for name in FACTS:
        setattr(group, name, facts[name])
    group.save()
    GroupChannel.objects.filter(group=group).delete()
    GroupChannel.objects.bulk_create(
        GroupChannel(group=group, sort_order=number, **channel) for number, channel in enumerate(facts["channels"])
    )
    if before:
        changes = {name: [before[name], facts[name]] for name in facts if before[name] != facts[name]}
        log(instance=group, action="portal.facts_changed", data={"changes": changes})
