from django.urls import path

from . import views
from .people.answering import InvitationPage

urlpatterns = [
    path("groups/<slug:slug>/", views.group, name="group"),
    path("ambassadors/<slug:slug>/contact/", views.contact_ambassador, name="contact_ambassador"),
    path("ambassadors/<slug:slug>/contact/sent/", views.letter_sent, name="letter_sent"),
    path("invitation/<str:token>/", InvitationPage.as_view(), name="invitation"),
]
