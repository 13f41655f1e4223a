"""One's own account, under /<lang>/account/: allauth's pages, and a first page that says what one can do here."""

from django.urls import include, path

from portal.views.account import account_home
from portal.views.own_data import account_data, account_erase, account_erased, account_export

urlpatterns = [
    path("", account_home, name="account_home"),
    path("data/", account_data, name="account_data"),
    path("data/download/", account_export, name="account_export"),
    path("erase/", account_erase, name="account_erase"),
    path("erased/", account_erased, name="account_erased"),
    path("", include("allauth.urls")),
]
