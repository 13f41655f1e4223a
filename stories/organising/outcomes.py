"""What an event asks beside the questions of its booking, for the hook `register_outcome_questions`."""

from stories.models import Event

from .forms import EventOutcomeForm


def questions(booking, data=None, files=None):
    event = Event.objects.filter(booking=booking).exclude(status=Event.Status.CANCELLED).first()
    return EventOutcomeForm(data, files, event=event) if event and event.status == Event.Status.SCHEDULED else None
