"""Addresses of spaces that are no pages: what their hosts do with an account, and how somebody submits one."""

from django.urls import path

from . import views
from .submitting import following
from .submitting import views as submitting

urlpatterns = [
    path("account/spaces/", views.hosted_spaces, name="hosted_spaces"),
    path("account/spaces/<slug:slug>/confirm/", views.confirm_space, name="confirm_space"),
    path("account/spaces/<slug:slug>/hours/", views.space_hours, name="space_hours"),
    path("account/spaces/<slug:slug>/declare/", views.declare_space, name="declare_space"),
    path("spaces/submit/", submitting.submit_space, name="submit_space"),
    path("spaces/submit/sent/", submitting.submission_sent, name="submission_sent"),
    path("spaces/submit/confirm/<str:token>/", following.confirm_submission, name="confirm_submission"),
    path("status/<str:token>/", following.submission_status, name="submission_status"),
    path("status/<str:token>/facts/", following.correct_submission, name="correct_submission"),
]
