"""Addresses of spaces that are no pages: what their hosts do with an account."""

from django.urls import path

from . import views

urlpatterns = [
    path("account/spaces/", views.hosted_spaces, name="hosted_spaces"),
    path("account/spaces/<slug:slug>/confirm/", views.confirm_space, name="confirm_space"),
]
