"""Addresses of the directory for other sites and programs."""

from django.urls import path

from . import sharing

urlpatterns = [
    path("spaces.xlsx", sharing.xlsx, name="spaces_xlsx"),
    path("spaceapi/", sharing.spaceapi_directory, name="spaceapi_directory"),
    path("spaceapi/<slug:slug>.json", sharing.spaceapi_space, name="spaceapi_space"),
    path("spaces/<slug:slug>/freebusy.ics", sharing.space_freebusy, name="space_freebusy"),
    path("embed/spaces/", sharing.embed, name="embed_spaces"),
]
