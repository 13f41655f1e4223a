"""The addresses of the workplace, below /admin/translations/; its doors and its item in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from portal.keys import translation

from . import acts, board, offers, reviewing, together
from .scope import answers_offers, at_the_door, at_the_letterbox, translates_somewhere

app_name = "translating"
urlpatterns = [
    path("", board.BoardView.as_view(), name="board"),
    path("results/", board.BoardView.as_view(results_only=True), name="board_results"),
    path("start/", acts.StartView.as_view(), name="start"),
    path("batch/<int:pk>/", acts.BatchView.as_view(), name="batch"),
    path("orphan/<int:pk>/", acts.OrphanView.as_view(), name="orphan"),
    path("review/", reviewing.ReviewList.as_view(), name="review"),
    path("review/results/", reviewing.ReviewList.as_view(results_only=True), name="review_results"),
    path("review/<int:pk>/", reviewing.ReviewView.as_view(), name="review_one"),
    path("presence/<int:translation_id>/", together.presence, name="presence"),
    path("offers/", offers.OfferList.as_view(), name="offers"),
    path("offers/<int:pk>/", offers.OfferView.as_view(), name="offer"),
]
KEYS = {"offers": at_the_letterbox, "offer": at_the_letterbox, "presence": translation}


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("translations/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {f"{app_name}:{pattern.name}": KEYS.get(pattern.name, at_the_door) for pattern in urlpatterns}


class TranslatingMenuItem(MenuItem):
    """Stands in the menu of those who translate somewhere, or keep pages that are translated."""

    label, url_name, icon = _("Translations"), "translating:board", "table"

    def __init__(self):
        super().__init__(self.label, reverse_lazy(self.url_name), name=self.url_name.replace(":", "-"), icon_name=self.icon)

    def is_shown(self, request):
        return translates_somewhere(request.user)


class ReviewMenuItem(TranslatingMenuItem):
    label, url_name, icon = _("To review"), "translating:review", "check"


class OffersMenuItem(TranslatingMenuItem):
    label, url_name, icon = _("Offers to translate"), "translating:offers", "mail"

    def is_shown(self, request):
        return answers_offers(request.user)
