"""Things in the workplace that not everybody may see: every view and chooser asks the model's policy about the **object**.

Wagtail's own views of snippets ask whether somebody may do a thing to a *kind* of object. Here the rows are narrowed
where they are fetched, in whatever view comes along: what is not yours does not exist (404), what is yours but not
permitted is refused.
"""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property, classproperty
from wagtail.admin.panels import ObjectList
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from .cells import safe_cell
from .panels import in_words


def found(queryset, pk):
    """The row with this key, or 404, also when the key is nonsense."""
    try:
        return queryset.get(pk=unquote(str(pk)))
    except (queryset.model.DoesNotExist, ValueError) as error:
        raise Http404 from error


class ScopedView:
    """Put before any view of an object or a list of them: first the rows, then the permission for this very row."""

    def setup(self, request, *args, **kwargs):
        self.scoped_object = None
        if "pk" in kwargs:
            policy = policy_registry.get_by_type(self.model)
            self.scoped_object = found(policy.instances_user_has_permission_for(request.user, "view"), kwargs["pk"])
            self.check_permission(policy, request.user)
        super().setup(request, *args, **kwargs)

    def check_permission(self, policy, user):
        single = getattr(self, "permission_required", None)
        needed = [single] if single else getattr(self, "any_permission_required", None)
        if needed and not policy.user_has_any_permission_for_instance(user, needed, self.scoped_object):
            raise PermissionDenied


class ScopedIndexView(IndexView):
    """A list of what is one's own. Taking all of it away in a file is a permission of its own."""

    def dispatch(self, request, *args, **kwargs):
        if request.GET.get("export") and not self.may_export:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_export(self):
        return self.user_has_permission("export")

    @property
    def show_export_buttons(self):
        return self.may_export and bool(self.list_export)

    @cached_property
    def columns(self):
        """Without boxes to tick: records are not deleted by the dozen."""
        return [column for column in super().columns if column.name != "bulk_actions"]

    def to_row_dict(self, item):
        row = super().to_row_dict(item)
        return {name: safe_cell(value) for name, value in row.items()}


class ScopedInspectView(InspectView):
    """The facts in words, for those who may look and not change."""

    def get_field_display_value(self, field_name, field):
        return in_words(self.object, field_name, field)


class ChoosableView:
    """Put before any view of a chooser: offers what this person may point at, and nothing else exists."""

    @property
    def choosable(self):
        return policy_registry.get_by_type(self.model_class).choosable_by(self.request.user)

    def get_object_list(self):
        return self.choosable

    def get_object(self, pk):
        return found(self.choosable, pk)

    def get_objects(self, pks):
        return [found(self.choosable, pk) for pk in pks]


class ScopedChooserViewSet(SnippetChooserViewSet):
    """Chooses among what one may point at."""

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(type(view_class.__name__, (ChoosableView, view_class), {}), **kwargs)


class ScopedViewSet(SnippetViewSet):
    """The base of everything in the workplace whose policy looks at the object."""

    index_view_class = ScopedIndexView
    inspect_view_class = ScopedInspectView
    chooser_viewset_class = ScopedChooserViewSet
    base_form_class = None
    copy_view_enabled = False
    inspect_view_enabled = True

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(type(view_class.__name__, (ScopedView, view_class), {}), **kwargs)

    def get_queryset(self, request):
        return policy_registry.get_by_type(self.model).instances_user_has_permission_for(request.user, "view")

    @cached_property
    def inspect_view_fields(self):
        """What the form asks, in its order."""
        return list(self.get_edit_handler().get_form_options()["fields"])

    def get_edit_handler(self):
        return ObjectList(self.panels, base_form_class=self.base_form_class).bind_to_model(self.model)


class NotInBulk(SnippetBulkAction):
    """In the place of Wagtail's bulk deletion: what is scoped goes one by one, by its own verb, or not at all."""

    display_name = aria_label = ""
    action_type = "delete"

    @classproperty
    def models(cls):
        return [model for model in get_snippet_models() if isinstance(model.snippet_viewset, ScopedViewSet)]

    def dispatch(self, *args, **kwargs):
        raise Http404
