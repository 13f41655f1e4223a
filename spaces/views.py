from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.permissions import policy_registry

from portal.lists import Pages

from .declaring import declaration_form
from .hours_form import HoursForm
from .models import Space, SpaceHost, SpaceRequest

REQUESTS_SHOWN = 20


@login_required
def hosted_spaces(request):
    """The spaces that somebody opens for others, and what one may do for them."""
    spaces = Space.objects.hosted_by(request.user).with_face(get_language()).select_related("region")
    entries = SpaceHost.objects.filter(person=request.user).select_related("space__region", "person").order_by("pk")
    desks = {entry.email.lower(): entry for entry in entries}.values()
    return render(request, "spaces/hosted_spaces.html", {"spaces": spaces, "desks": desks})


@login_required
@require_POST
def confirm_space(request, slug):
    """Its host says that what the directory tells about a space is true today."""
    space = get_object_or_404(Space.objects.hosted_by(request.user).readable(), slug=slug)
    space.confirm(by=request.user)
    messages.success(request, _("Thank you. The page now says that it was confirmed today."))
    return redirect("hosted_spaces")


@login_required
def space_hours(request, slug):
    """When a space can be had: edited by its hosts, and by whoever may change it in the workplace."""
    space = get_object_or_404(kept_by(request.user), slug=slug)
    form = HoursForm(space, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, _("The hours are saved, and public at once."))
        return redirect("space_hours", slug)
    shown = Space.objects.filter(pk=space.pk).with_face(get_language()).get()
    return render(request, "spaces/hours.html", {"space": shown, "form": form})


def kept_by(user):
    """The spaces whose hours somebody keeps."""
    policy = policy_registry.get_by_type(Space)
    hosted = Space.objects.hosted_by(user).readable()
    changed = policy.instances_user_has_permission_for(user, "change")
    return Space.objects.filter(Q(pk__in=hosted.values("pk")) | Q(pk__in=changed.values("pk"))).select_related("region")


@login_required
def declare_space(request, slug):
    """Its host declares what makes it eligible; when that is done already, there is nothing to see."""
    space = get_object_or_404(Space.objects.hosted_by(request.user).readable(), slug=slug)
    form = declaration_form(space, request.POST if request.method == "POST" else None)
    if form is None:
        return redirect("hosted_spaces")
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, form.done)
        return redirect("hosted_spaces")
    return render(request, "spaces/declare.html", {"space": space, "form": form})


@login_required
def own_requests(request):
    """What somebody has asked for, with the addresses that they have confirmed as theirs."""
    asked = (
        SpaceRequest.objects.seen().sent_by(request.user).select_related("space").prefetch_related("bookings__space__region")
    )
    found = Pages(asked.order_by("-changed_at", "-pk"), REQUESTS_SHOWN).get_page(request.GET.get("page"))
    return render(request, "spaces/own_requests.html", {"found": found})
