"""The glossary in the workplace: everybody sees the words of the own languages, reviewers keep them."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldRowPanel
from wagtail.permissions import policy_registry, register_permission_policy

from portal.jobs import Job
from portal.permissions import oversees
from portal.scopes import ScopedViewSet
from regions.models import GlossaryTerm
from regions.policies import LanguagePolicy

register_permission_policy(GlossaryTerm, LanguagePolicy(GlossaryTerm))


class GlossaryForm(WagtailAdminModelForm):
    """Offers the languages whose words somebody keeps."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        languages = self.kept_languages()
        field = self.fields["target_language"]
        field.choices = [(code, name) for code, name in field.choices if code in languages or not code]
        if len(languages) == 1:
            self.initial.setdefault("target_language", min(languages))
            self.initial["target_language"] = self.initial["target_language"] or min(languages)

    def kept_languages(self):
        if oversees(self.for_user):
            return {code for code, _name in settings.LANGUAGES}
        return policy_registry.get_by_type(GlossaryTerm).languages(self.for_user, {"add", "change"})


class GlossaryViewSet(ScopedViewSet):
    model = GlossaryTerm
    base_form_class = GlossaryForm
    menu_hook = Job.LANGUAGES.hook
    menu_label = _("Glossary")
    icon = "openquote"
    list_display = ["term", "pair", "translation", "do_not_translate", "note"]
    list_filter = ["target_language", "source_language"]
    list_export = ["source_language", "target_language", "term", "translation", "do_not_translate", "note"]
    search_fields = ["term", "translation", "note"]
    panels = [
        FieldRowPanel(["source_language", "target_language"]),
        "term",
        "translation",
        "do_not_translate",
        "note",
    ]
