from django.urls import path

from . import views

urlpatterns = [
    path("groups/<slug:slug>/", views.group, name="group"),
    path("ambassadors/<slug:slug>/contact/", views.contact_ambassador, name="contact_ambassador"),
    path("ambassadors/<slug:slug>/contact/sent/", views.letter_sent, name="letter_sent"),
]
