from django.urls import include, path

from . import views
from .people.answering import InvitationPage
from .translating import helping

urlpatterns = [
    path("", include("regions.keeping.urls")),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("ambassadors/<slug:slug>/contact/", views.contact_ambassador, name="contact_ambassador"),
    path("ambassadors/<slug:slug>/contact/sent/", views.letter_sent, name="letter_sent"),
    path("invitation/<str:token>/", InvitationPage.as_view(), name="invitation"),
    path("translate/", helping.OfferToTranslate.as_view(), name="offer_translation"),
    path("translate/sent/", helping.offer_sent, name="translation_offer_sent"),
    path("translate/confirm/<str:token>/", helping.confirm_offer, name="confirm_translation_offer"),
]
