from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from portal.search import Kind, find_pages_of
from portal.viewsets import MOVE, RecordViewSet, Verb

from .models import Space, SpacePage


class SpaceViewSet(RecordViewSet):
    model = Space
    icon = "home"
    menu_label = _("Spaces")
    menu_order = 130
    add_to_admin_menu = True
    list_display = ["name", "city", "region", "cost", "status", "confirmed_at"]
    list_filter = ["region", "status", "cost", "kind"]
    search_fields = ["name", "city", "address"]
    panels = [
        FieldRowPanel(["name", "region"]),
        "kind",
        MultiFieldPanel(
            ["address", FieldRowPanel(["city", "country"]), FieldRowPanel(["latitude", "longitude"])], heading=_("Where")
        ),
        FieldRowPanel(["capacity", "step_free"]),
        "facilities",
        MultiFieldPanel(["cost", FieldRowPanel(["price", "currency"])], heading=_("Cost")),
        "website",
        "tags",
        MultiFieldPanel(list(Space.DECLARATIONS), heading=_("What the host declares")),
        InlinePanel("hosts", label=_("Host"), panels=[FieldRowPanel(["name", "email"]), "person"]),
        "slug",
    ]
    verbs = [
        Verb(
            "list",
            _("List this space"),
            _("Its page is published in the region's first language, and the space stands in the directory."),
            lambda space: space.status != Space.Status.LISTED,
            "check",
        ),
        Verb(
            "confirm", _("Confirm that this is true"), _("The page will say that the facts were confirmed today."), icon="check"
        ),
        Verb(
            "close",
            _("Close this space"),
            _("Its pages are taken out of public sight, in every language. Nothing is deleted."),
            lambda space: space.status == Space.Status.LISTED,
            "cross",
        ),
        MOVE,
    ]


register_snippet(SpaceViewSet)


@hooks.register("register_search_kinds")
def spaces():
    return [Kind("spaces", _("Spaces"), find_pages_of(SpacePage), "includes/page_result.html", 40)]
