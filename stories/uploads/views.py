"""From a calendar to events, see `portal.uploads`."""

from django.utils.translation import gettext_lazy as _

from portal.uploads import views
from stories.importers.events import OUTCOMES, import_events
from stories.models import Event, EventUpload

from .forms import UploadForm
from .scope import imports_somewhere, regions_of


class EventSteps:
    """What differs from other imports."""

    upload_model, record_model = EventUpload, Event
    namespace = "event_uploads"
    title = _("Import a calendar")
    outcomes = OUTCOMES
    words = {
        "intro": _(
            "Events out of a calendar. You see what becomes of every entry before anything is written. New ones are drafts: "
            "nothing is public until somebody announces it. Imported again, the calendar updates what came from it, and what "
            "was edited here stays."
        ),
        "next": _("Show what would happen"),
        "look": _("Look at the events"),
        "discard": _("The file and its report are deleted. Events that came out of it stay."),
    }

    def may_import(self, user):
        return imports_somewhere(user)

    def regions_of(self, user):
        return regions_of(user)

    def report(self, **ways):
        upload = self.upload
        return import_events(bytes(upload.content), upload.region, upload.source, by=self.request.user, **ways)


class UploadView(EventSteps, views.UploadView):
    form_class = UploadForm


class PreviewView(EventSteps, views.PreviewView):
    pass


class ResultView(EventSteps, views.ResultView):
    pass


class DiscardView(EventSteps, views.DiscardView):
    pass
