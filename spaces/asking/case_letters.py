"""The letters about cases. A leaf: it is handed the case, the offer, the step."""

from django.urls import reverse
from django.utils.translation import override

from portal.mail import queue_mail
from regions.models import keepers_of

from .words import ALL_DECLINED, CASES, ENDED, HEADINGS, NOT_NEEDED, OVERDUE, SUBSTITUTE


def tell_keepers(case):
    """Those who look after the region: what happened, and the page with what can be done."""
    write_to_keepers(case, CASES[case.kind], "case_opened", keepers_of([case.space.region]))


def tell_overdue(case, step):
    """A step that nobody took in time: once more those of the region, and those who oversee all regions."""
    own, staff = keepers_of([case.space.region]), keepers_of([case.space.region], staff_only=True)
    people = {each.email: each for found in (own, staff) for each in found[case.space.region_id]}
    write_to_keepers(case, OVERDUE, "case_overdue", {case.space.region_id: people.values()}, step)


def write_to_keepers(case, told, purpose, keepers, step=None):
    for keeper in keepers[case.space.region_id]:
        with override(keeper.language):
            url = reverse("cases:case", args=[case.pk])
            context = {**about(case), "told": told, "name": keeper.name, "url": url, "overdue": step, "is_workplace": True}
            context["heading"] = HEADINGS.get((purpose, "region")) or HEADINGS[purpose, "host"]
            queue_mail([keeper.email], "request_told", context, keeper.language, purpose=purpose)


def ask_host(offer):
    """Could they meet in your space? Nobody's name or address."""
    write_to_hosts(offer, SUBSTITUTE, "substitute_asked")


def tell_lapsed(offer):
    write_to_hosts(offer, NOT_NEEDED, "substitute_lapsed")


def write_to_hosts(offer, told, purpose):
    hosts = {host.email.lower(): host for host in offer.space.hosts.select_related("person", "space__region")}
    if not hosts and purpose == "substitute_asked":  # those who look after the region answer for it
        keepers = keepers_of([offer.space.region])[offer.space.region_id]
        write_to_keepers(offer.case, told, purpose, {offer.case.space.region_id: keepers})
    for host in hosts.values():
        context = {**about(offer.case), "told": told, "name": host.name, "url": host.path(), "hides_cost": True}
        context["heading"] = HEADINGS[purpose, "host"]
        context["asks"] = offer.case.booking.request if offer.status == "asked" else None
        queue_mail([host.email], "request_told", context, host.language, purpose=purpose)


def tell_organiser(case, text=""):
    """How it ended; or that nobody of those who were asked can step in, and others can be asked."""
    request = case.booking.request
    if not request.email:
        return
    with override(request.language):
        told = f"{ENDED} {case.get_outcome_display()}." if case.outcome else str(ALL_DECLINED)
    heading = HEADINGS["case_closed" if case.outcome else "case_declined", "organiser"]
    context = {**about(case), "told": told, "heading": heading, "name": request.organiser, "url": request.path()}
    context["step"] = {"text": text, "name": ""} if text else None
    queue_mail([request.email], "request_told", context, request.language, purpose="case_told")


def about(case):
    return {"asked": case.booking.request, "space": case.space, "dates": [case.booking]}
