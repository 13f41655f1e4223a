"""The form behind every page's editor."""

import json

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import ReferenceIndex

from .permissions import things_to_point_at

KEPT = ("-count", "-order", "-deleted")  # numbers in the form of a text that are no objects


class PortalPageForm(WagtailAdminPageForm):
    """Refuses what is not offered: a picture, document, draft or record of a region that is none of the writer's.

    The choosers show only what one may point at, but a form can be sent with any number in it. What was there before
    stays: somebody else may have chosen it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pointed_at_before = set(pointed_at(self.instance)) if self.instance.pk else set()

    def _post_clean(self):
        super()._post_clean()
        if self.for_user is None:
            return
        new = {target: name for target, name in pointed_at(self.instance).items() if target not in self.pointed_at_before}
        for (content_type, pk), name in new.items():
            allowed = things_to_point_at(self.for_user, ContentType.objects.get_for_id(content_type).model_class())
            if allowed is not None and not allowed.filter(pk=pk).exists():
                self.add_error(name if name in self.fields else None, _("You may not use what you have chosen here."))
                self.forget(name, str(pk))

    def forget(self, name, number):
        """What was sent with this number is not shown again: its title, picture or address would be."""
        self.data = self.data.copy()
        for key in [key for key in self.data if key.partition("-")[0] == name and not key.endswith(KEPT)]:
            self.data[key] = without(self.data[key], number)


def pointed_at(page):
    """What a page points at, in all its fields and texts: {(content type, key): name of the field}."""
    references = ReferenceIndex._extract_references_from_object(page)
    return {(content_type, pk): path.split(".")[0] for content_type, pk, _model_path, path in references}


def without(value, number):
    """A value, or a text with links, without what has this number."""
    if value == number:
        return ""
    if '"entityMap"' not in value:
        return value
    text = json.loads(value)
    for entity in text["entityMap"].values():
        if str(entity["data"].get("id")) == number:
            entity["data"]["id"] = 0
    return json.dumps(text)
