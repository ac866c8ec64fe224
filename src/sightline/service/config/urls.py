"""Every address of the service."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
    path("", include("sightline.service.measures.urls")),
    path("audit/", include("sightline.service.audit.urls")),
    path("accounts/", include("sightline.service.accounts.urls")),
    path("restricted/", include("sightline.service.children.urls")),
]
handler400 = "sightline.service.design.errors.bad_request"
handler403 = "sightline.service.design.errors.forbidden"
handler404 = "sightline.service.design.errors.not_found"
handler500 = "sightline.service.design.errors.server_error"
