from .announcements import AnnouncementIndexPage, AnnouncementPage
from .events import Event, EventIndexPage, EventPage
from .stories import StoryIndexPage, StoryPage

__all__ = [
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "Event",
    "EventIndexPage",
    "EventPage",
    "StoryIndexPage",
    "StoryPage",
]
