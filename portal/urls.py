"""Every address of the portal. Apps add theirs by dotted string; what is left belongs to Wagtail's pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.sitemaps import sitemap
from portal.views import account, demo_mail, health, languages, search, statuses

urlpatterns = [
    path("", languages.choose_language, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_section"),
    path("demo/mail/", demo_mail.mail_list, name="demo_mail"),
    path("demo/mail/<int:pk>/", demo_mail.mail_detail, name="demo_mail_detail"),
    path("demo/mail/<int:pk>/html/", demo_mail.mail_html, name="demo_mail_html"),
    path("demo/mail/<int:pk>/attached/<int:number>/", demo_mail.mail_attachment, name="demo_mail_attachment"),
    path("admin/login/", account.the_one_door, name="the_one_door"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("spaces.data_urls")),
    path("api/", include("portal.api.urls")),
    path("", include("spaces.sharing_urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media")]

urlpatterns += i18n_patterns(
    path("_util/login/", account.the_one_door),
    path("search/", search.search, name="search"),
    path("not-yet/<uuid:key>/", languages.not_yet, name="not_yet"),
    path("account/", include("portal.account_urls")),
    path("status/<str:token>/", statuses.status, name="status"),
    path("", include("regions.urls")),
    path("", include("spaces.urls")),
    path("", include("stories.urls")),
    path("", include(wagtail_urls)),
)
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
handler403 = "portal.views.errors.permission_denied"
handler400 = "portal.views.errors.bad_request"
