"""Addresses of spaces that are no pages: listing one, asking for one, answering, and what their hosts do."""

from django.urls import path

from . import views
from .asking import following as requests
from .asking import hosting
from .asking import views as asking
from .asking.protocols import protocols
from .submitting import following
from .submitting import views as submitting

urlpatterns = [
    path("account/spaces/", views.hosted_spaces, name="hosted_spaces"),
    path("account/spaces/<slug:slug>/confirm/", views.confirm_space, name="confirm_space"),
    path("account/spaces/<slug:slug>/hours/", views.space_hours, name="space_hours"),
    path("account/spaces/<slug:slug>/declare/", views.declare_space, name="declare_space"),
    path("account/requests/", views.own_requests, name="own_requests"),
    path("spaces/submit/", submitting.submit_space, name="submit_space"),
    path("spaces/submit/sent/", submitting.submission_sent, name="submission_sent"),
    path("spaces/submit/confirm/<str:token>/", following.confirm_submission, name="confirm_submission"),
    path("spaces/ask/sent/", asking.request_sent, name="request_sent"),
    path("spaces/ask/confirm/<str:token>/", requests.confirm_request, name="confirm_request"),
    path("spaces/protocols/", protocols, name="protocols"),
    path("spaces/<slug:slug>/ask/", asking.ask_for_space, name="ask_for_space"),
    path("status/<str:token>/facts/", following.correct_submission, name="correct_submission"),
    path("status/<str:token>/request/", requests.correct_request, name="correct_request"),
    path("status/<str:token>/calendar.ics", requests.request_calendar, name="request_calendar"),
    path("host/<str:token>/", hosting.host, name="host"),
    path("host/<str:token>/calendar.ics", hosting.host_calendar, name="host_calendar"),
    path("host/<str:token>/<int:pk>/", hosting.host_request, name="host_request"),
]
