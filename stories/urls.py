"""Addresses of events that are no pages: saying that one comes, and what organisers do."""

from django.urls import path

from . import feeds, pictures
from .attending import views as attending
from .organising import views as organising

urlpatterns = [
    path("events/calendar.ics", feeds.calendar_feed, name="events_calendar"),
    path("events/feed.atom", feeds.atom_feed, name="events_atom"),
    path("regions/<slug:slug>/calendar.ics", feeds.calendar_feed, name="region_calendar"),
    path("regions/<slug:slug>/feed.atom", feeds.atom_feed, name="region_atom"),
    path("events/<slug:slug>/share.png", pictures.share_picture, name="event_share"),
    path("account/events/", attending.own_events, name="own_events"),
    path("events/rsvp/sent/", attending.seat_sent, name="seat_sent"),
    path("events/rsvp/confirm/<str:token>/", attending.confirm_seat, name="confirm_seat"),
    path("events/<slug:slug>/rsvp/", attending.take_seat, name="take_seat"),
    path("events/<slug:slug>/event.ics", attending.event_calendar, name="event_calendar"),
    path("status/<str:token>/event/", organising.plan_event, name="plan_event"),
    path("door/<str:token>/", organising.door, name="door"),
]
