"""Who may come through a door of the workplace: small questions about a person, a request and the object in its address.

Each is called with the request and the values in the address, and answers yes or no, or with another address to go to;
what one has no business with does not exist (404). `portal/doors.py` says which key fits which door.
"""

from functools import partial
from io import BytesIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, UploadedFile
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from portal.numbers import whole_number

from .permissions import PAGES, SEEN, oversees, pages_to_point_at, seen
from .scopes import ScopedViewSet, found
from .workplace import start_page


def anybody(request, kwargs):
    """Whoever works here: the view shows only what is one's own, or nothing of anybody."""
    return True


def own_pages(request, kwargs):
    """Everybody's pages begin somewhere: at the own region, the own language, or at the root."""
    page = start_page(request.user)
    return redirect("wagtailadmin_explore", page.pk) if page else True


def staff(request, kwargs):
    return oversees(request.user)


def superusers(request, kwargs):
    return request.user.is_superuser


def nothing(request, kwargs):
    """An address of Wagtail's behind which we have nothing, for superusers neither."""
    raise Http404


def pages(*names):
    """These numbers in the address, or in the form, are pages through which one may walk."""

    def door(request, kwargs):
        for name in names:
            number = kwargs.get(name) or request.POST.get(name)
            if number:
                found(PAGES.explorable_instances(request.user).values("pk"), number)  # of the page itself nothing is asked
        return True

    return door


def move(request, kwargs):
    """A page that one may move to this place: Wagtail asks only when it is done."""
    pages("page_to_move_id", "destination_id")(request, kwargs)
    page, destination = (Page.objects.get(pk=kwargs[name]) for name in ("page_to_move_id", "destination_id"))
    return page.permissions_for_user(request.user).can_move_to(destination)


def media(get_model, name="pk", actions=SEEN):
    """This number in the address is a picture or document of one's own region."""

    def door(request, kwargs):
        found(seen(get_model(), request.user, actions).values("pk"), kwargs[name])
        return True

    return door


def picture_shown(request, kwargs):
    """A picture of one's own region, or one that stands on a page through which one may walk: translators see what it shows."""
    model = get_image_model()
    if seen(model, request.user).filter(pk=kwargs["pk"]).exists():
        return True
    shown = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=str(kwargs["pk"]),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pages = PAGES.explorable_instances(request.user).filter(
        pk__in=[int(pk) for pk in shown.values_list("object_id", flat=True)]
    )
    if not pages.exists():
        raise Http404
    return True


def own_upload(request, kwargs):
    """A file that one has sent oneself and not saved yet."""
    found(UploadedFile.objects.filter(uploaded_by_user=request.user), kwargs["uploaded_file_id"])
    return True


def page_to_point_at(request, kwargs):
    found(pages_to_point_at(request.user), kwargs["parent_page_id"])
    return True


def all_of(get_queryset, request, kwargs):
    """Every number in the query is one of these; with one that is not, nothing happens at all."""
    numbers = set(request.GET.getlist("id")) | set(request.POST.getlist("id"))
    queryset = get_queryset(request.user)
    for number in numbers:
        found(queryset, number)
    return True


pages_chosen = partial(all_of, pages_to_point_at)


def chosen(get_model, actions=("choose",)):
    return partial(all_of, lambda user: seen(get_model(), user, actions))


def bulk(request, kwargs):
    """Many at once, all of them one's own."""
    model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    if oversees(request.user) and issubclass(model, Page | get_image_model() | get_document_model()):
        return True
    if "all" in request.GET.getlist("id"):
        return False
    if issubclass(model, Page):
        return all_of(PAGES.explorable_instances, request, kwargs) and pages("chooser")(request, kwargs)
    if issubclass(model, get_image_model() | get_document_model()):
        return all_of(partial(seen, model), request, kwargs)
    return False


def translation(request, kwargs):
    """A translation whose target one may edit; before it has one, it is nobody's."""
    target = target_of(found(Translation.objects.all(), kwargs["translation_id"]))
    if not isinstance(target, Page):
        return oversees(request.user)
    if not target.permissions_for_user(request.user).can_edit():
        raise Http404
    return True


def target_of(one):
    """What is translated into, or None while there is nothing yet."""
    try:
        return one.get_target_instance()
    except ObjectDoesNotExist:
        return None


def override(request, kwargs):
    """Another picture than the original's: for those who write the page, from the pictures of their region."""
    translation(request, kwargs)
    target = target_of(Translation.objects.get(pk=kwargs["translation_id"]))
    if not target.permissions_for_user(request.user).can_copy():
        return False
    chosen = sent(request) if request.method == "PUT" else None
    number = whole_number(chosen)
    return chosen is None or bool(number and seen(get_image_model(), request.user, ["choose"]).filter(pk=number).exists())


def string(request, kwargs):
    """One string of such a translation."""
    return translation(request, kwargs) and (request.method != "PUT" or sent(request) is not None)


def sent(request):
    """The value in the body of a PUT, which Django reads for no other method than POST; without one it is a bad request."""
    if request.content_type == "multipart/form-data":
        data, _files = request.parse_file_upload(request.META, BytesIO(request.body))
    else:
        data = QueryDict(request.body)
    if "value" not in data:
        raise SuspiciousOperation("A translation without a value")
    return data["value"]


def snippet(request, kwargs):
    """Something with a list, a form and verbs: its own policy answers, and its views ask about the row."""
    model = model_of(request.resolver_match)
    return policy_registry.get_by_type(model).user_has_any_permission(request.user, {"add", "change", "delete", "view"})


def snippet_chooser(request, kwargs):
    """Choosing among what is scoped: the chooser shows what one may point at."""
    viewset = model_of(request.resolver_match).snippet_viewset
    return isinstance(viewset, ScopedViewSet) or oversees(request.user)


def model_of(match):
    """The model behind `wagtailsnippets_spaces_space:edit`."""
    _prefix, app, model = match.namespace.split("_", 2)
    return apps.get_model(app, model)
