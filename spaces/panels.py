"""What the editor of a space shows besides its fields."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .importers.facts import facts_of


class ProvenancePanel(Panel):
    """Of an imported space: where it comes from, and which facts people have changed since."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and self.instance.is_imported

        def render_html(self, parent_context=None):
            rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", self.rows())
            note = _("Facts that people changed here stay when the source is imported again.")
            return format_html("<dl>{}</dl><p class='help'>{}</p>", rows, note)

        def rows(self):
            space = self.instance
            yield _("Source"), space.source
            yield _("Id in the source"), space.source_id
            if space.source_url:
                yield _("Address in the source"), format_html("<a href='{0}' rel='noopener'>{0}</a>", space.source_url)
            if space.imported_at:
                yield _("Imported"), date_format(timezone.localtime(space.imported_at), "SHORT_DATETIME_FORMAT")
            present, said = facts_of(space), space.source_facts
            changed = [name for name in present if present[name] != said.get(name, present[name])]
            words = [str(getattr(space._meta.get_field(name), "verbose_name", name)) for name in changed]
            yield _("Changed here since"), ", ".join(words) or "–"
