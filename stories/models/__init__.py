from .announcements import AnnouncementIndexPage, AnnouncementPage
from .event_pages import EventIndexPage, EventPage
from .event_rows import CoHost, EventSeries, ExpectedOutcome
from .event_steps import EventStep
from .events import Event
from .outcomes import EventOutcome, EventPhoto
from .seats import Seat
from .stories import StoryIndexPage, StoryPage
from .uploads import EventUpload

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
    "EventUpload",
    "ExpectedOutcome",
    "Seat",
    "StoryIndexPage",
    "StoryPage",
]
