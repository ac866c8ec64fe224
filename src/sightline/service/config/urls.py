"""Every address of the service."""

from django.urls import include, path

from sightline.service.design.views import accessibility, privacy
from sightline.service.scrutiny.public.views.sitemap import robots

urlpatterns = [
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("sign-in/", include("sightline.service.accounts.sign_in")),
    path("loads/casework/", include("sightline.service.feed.urls")),
    path("", include("sightline.service.measures.urls")),
    path("api/", include("sightline.service.api.urls")),
    path("audit/", include("sightline.service.audit.urls")),
    path("accounts/", include("sightline.service.accounts.urls")),
    path("restricted/", include("sightline.service.children.urls")),
    path("families/", include("sightline.service.children.urls_families")),
    path("front-door/", include("sightline.service.frontdoor.urls")),
    path("protection/", include("sightline.service.protection.urls")),
    path("missing/", include("sightline.service.missing.urls")),
    path("reminders/", include("sightline.service.reminders.urls")),
    path("scrutiny/", include("sightline.service.scrutiny.urls")),
    path("robots.txt", robots, name="robots"),
    path("public/", include("sightline.service.scrutiny.public.urls")),
    path("", include("sightline.service.scrutiny.public.moderngov")),
]
