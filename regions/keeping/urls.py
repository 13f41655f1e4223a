from django.urls import path

from .answering import ConfirmPage
from .reporting import ReportPage, report_sent

urlpatterns = [
    path("confirm/<str:token>/", ConfirmPage.as_view(), name="confirm"),
    path("report/<slug:kind>/<slug:slug>/", ReportPage.as_view(), name="report"),
    path("report/<slug:kind>/<slug:slug>/sent/", report_sent, name="report_sent"),
]
