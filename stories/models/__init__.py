from .announcements import AnnouncementIndexPage, AnnouncementPage
from .event_pages import EventIndexPage, EventPage
from .event_steps import EventStep
from .events import CoHost, Event, EventSeries, ExpectedOutcome
from .outcomes import EventOutcome, EventPhoto
from .seats import Seat
from .stories import StoryIndexPage, StoryPage

__all__ = [
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "CoHost",
    "Event",
    "EventIndexPage",
    "EventOutcome",
    "EventPage",
    "EventPhoto",
    "EventSeries",
    "EventStep",
    "ExpectedOutcome",
    "Seat",
    "StoryIndexPage",
    "StoryPage",
]
