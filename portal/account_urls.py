"""One's own account, under /<lang>/account/: allauth's pages, and a first page that says what one can do here."""

from django.urls import include, path

from portal.views.account import account_home

urlpatterns = [path("", account_home, name="account_home"), path("", include("allauth.urls"))]
